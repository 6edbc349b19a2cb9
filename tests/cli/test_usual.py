"""What is usual on the command line: shown, told part by part; what cannot be changes nothing."""

import json
import re
import shlex
from datetime import date

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rituals import __main__ as command_line
from rituals.model.household import ONE, TWO
from rituals.model.plan import Choice
from rituals.store.schema import TABLES
from tests.support.notation import WEEK, a_household, a_plan, a_ritual, an_instant, windows

NEXT = WEEK + 1  # 30 November to 6 December
NEVER_SAID = re.compile(r"\b(failed|missed|behind|overdue|should|streak|score)\b|%", re.IGNORECASE)

pytestmark = pytest.mark.usefixtures("told_on_sunday")


def run(line):
    result = CliRunner().invoke(command_line.commands, shlex.split(line))
    assert not NEVER_SAID.search(result.output)
    return result


def output(line):
    result = run(f"usual {line}")
    assert (0, "") == (result.exit_code, result.stderr)
    return result.stdout


def refusal(line):
    result = run(f"usual {line}")
    assert (2, "") == (result.exit_code, result.stdout)
    (sentence,) = result.stderr.splitlines()
    return sentence


def shown():
    return json.loads(output("show --json"))


WAY_HOME = "  A way home takes 20 minutes\n"
USUALLY = "Your hours\n  Up 06:30, supper 18:00, children asleep 19:30, you 22:30\n"
TOLD = {
    'work Jonas "Mon-Fri 09:00-17:00"': "Jonas works\n  Monday to Friday 09:00–17:00\n",
    'asleep Jonas "Tue-Fri 08:00-14:00"': (
        "Jonas sleeps by day\n  Tuesday to Friday 08:00–14:00\n"
    ),
    'school "Mon-Fri 08:00-15:00"': ("The children\n  Away by day: Monday to Friday 08:00–15:00\n"),
    'elsewhere "2026-12-12T10:00/2026-12-13T18:00" --weeks 2 --at "Oma’s"': (
        "The children\n"
        "  Every second Saturday 10:00 to Sunday 18:00, next on 12 December, at Oma’s\n"
    ),
    'sitter "Fri 19:00-23:00" --weeks 2 --from 2026-12-11': (
        "Sitter\n  Every second Friday 19:00–23:00, next on 11 December\n"
    ),
    'hours "Fri,Sat bedtime 20:30 sleep 00:30" --who Jonas': (
        "Your hours\n"
        "  Up 06:30, supper 18:00, children asleep 19:30, you 22:30\n"
        "  Friday and Saturday: Jonas bedtime 20:30, to sleep 00:30\n" + WAY_HOME
    ),
    "wake 07:00": "Your hours\n  Up 07:00, supper 18:00, children asleep 19:30, you 22:30\n"
    + WAY_HOME,
    "supper 18:30": "Your hours\n  Up 06:30, supper 18:30, children asleep 19:30, you 22:30\n"
    + WAY_HOME,
    "sleep 00:30": "Your hours\n  Up 06:30, supper 18:00, children asleep 19:30, you 00:30\n"
    + WAY_HOME,
    "bedtime 22:30": "Your hours\n  Up 06:30, supper 18:00, children asleep 22:30, you 22:30\n"
    + WAY_HOME,
    "bedtime none": "Your hours\n  Up 06:30, supper 18:00, no regular bedtime, you 22:30\n"
    + WAY_HOME,
    'children "Mia 2019" Ben': "Your children\n  Mia, born 2019\n  Ben\n",
    "holidays de-by --off Maya --off Jonas": (
        "Public holidays\n  Bayern, Germany: Maya and Jonas off, no school\n"
    ),
    "way-home 35": USUALLY + "  A way home takes 35 minutes\n",
    "way-home 0": USUALLY + "  A way home takes no time\n",
    "free-evenings Maya Thu,Mon": (
        USUALLY + WAY_HOME + "  Maya would rather keep Monday and Thursday evenings free\n"
    ),
    "free-evenings Jonas daily": (
        USUALLY + WAY_HOME + "  Jonas would rather keep every evening free\n"
    ),
    "holidays AT --school": "Public holidays\n  Austria: nobody off\n",
}


SINCE = "Holds from the week of 30 November on; earlier weeks stay as they were.\n"
OF_NO_WEEK = ("children", "way-home", "free-evenings")  # parts that only plan ahead


@pytest.mark.parametrize("line", TOLD)
def test_each_part_can_be_told_and_is_said_back_with_the_week_from_which_on_it_holds(line):
    since = "" if line.startswith(OF_NO_WEEK) else SINCE

    assert TOLD[line] + since == output(f"set {line}")
    assert "It was so before.\n" == output(f"set {line}")


def test_weeks_take_turns_from_the_week_of_a_day_on(empty):
    output(
        'set work Maya --weeks 2 --from 2026-12-02 "A: Mon-Thu 08:30-15:00" "b: Mon 12:00-20:00"'
    )

    assert [
        "2026-11-30T08:30/2026-11-30T15:00 FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TU,WE,TH",
        "2026-12-07T12:00/2026-12-07T20:00 FREQ=WEEKLY;INTERVAL=2;BYDAY=MO",
    ] == [str(told) for told in empty.load_household().usual.work[ONE]]


def test_what_is_told_takes_the_place_of_what_was_told_before(empty):
    output('set work Maya --weeks 2 --from 2026-11-30 "A: Mon 08:00-15:00"')
    output('set work Jonas "Mon 08:00-15:00"')
    output('set work Maya "Mon 08:00-15:00" "Tue 22:00-06:00"')
    home = empty.load_household()

    assert {} == home.usual.work
    assert {ONE: windows("Mon 08:00-15:00; Tue 22:00-06:00"), TWO: windows("Mon 08:00-15:00")} == (
        home.hours.work
    )


def test_children_may_be_at_more_than_one_place(empty):
    output('set elsewhere 2026-12-12T10:00/2026-12-13T18:00 --weeks 2 --at "Oma’s"')
    output('set elsewhere 2026-12-04T18:00/2026-12-06T18:00 --weeks 4 --at "Ben’s" --also')

    assert ["Oma’s", "Ben’s"] == [p.place for p in empty.load_household().usual.elsewhere]


def test_hours_of_one_partner_leave_the_others_alone():
    output('set hours "Sat wake 08:00" --who Jonas')
    output('set hours "Wed,Fri sleep 00:30"')
    output('set hours "Sat wake 09:00" --who Jonas')

    assert [
        {"who": None, "line": "Wed,Fri sleep 00:30"},
        {"who": "Jonas", "line": "Sat wake 09:00"},
    ] == shown()["other_hours"]


def test_everything_can_be_cleared(empty):
    before = shown()
    for line in TOLD:
        output(f"set {line}")
    for part in ("work Jonas", "asleep Jonas", "school", "elsewhere", "sitter", "children"):
        output(f"set {part} --none")
    for line in ("hours --who Jonas --none", "holidays --none", "wake 06:30", "supper 18:00"):
        output(f"set {line}")
    for line in ("sleep 22:30", "bedtime 19:30", "way-home 20"):
        output(f"set {line}")
    for who in ("Maya", "Jonas"):
        output(f"set free-evenings {who} --none")

    assert before == shown()
    assert not empty.load_household().usual


def test_what_is_cleared_is_said():
    output('set asleep Jonas "Tue-Fri 08:00-14:00"')
    output('set sitter "Fri 19:00-23:00"')

    assert "Jonas sleeps by day\n  Not any more\n" + SINCE == output("set asleep Jonas --none")
    assert "Sitter\n  None known\n" + SINCE == output("set sitter --none")
    assert "It was so before.\n" == output("set children --none")


def test_json_can_be_told_again_line_by_line(empty):
    output('set work Maya --weeks 2 --from 2026-11-30 "A: Mon 08:30-15:00" "B: Tue 22:00-06:00"')
    for line in TOLD:
        output(f"set {line}")
    told = shown()
    empty.save_household(a_household())

    for one in told["work"]:
        lines = shlex.join([*one["weekly"], *one["turns"]])
        output(f"set work {one['who']} {lines}")
    output(f"set asleep Jonas {shlex.join(told['asleep'][1]['turns'])}")
    output(f"set sitter {shlex.join(told['sitter'])}")
    output(f"set school {shlex.join(told['school']['weekly'])}")
    output(f"set elsewhere {shlex.quote(told['elsewhere'][0]['turn'])} --at Oma’s")

    again = shown()
    for part in ("work", "asleep", "sitter", "school", "elsewhere"):
        assert told[part] == again[part]


def test_json_has_stable_keys():
    output("set bedtime none")
    output('set children "Mia 2019" Ben')
    output("set holidays DE --off Jonas")
    output("set free-evenings Maya Mon,Thu")

    assert {
        "hours": {"wake": "06:30", "supper": "18:00", "bedtime": None, "sleep": "22:30"},
        "other_hours": [],
        "work": [
            {"who": "Maya", "weekly": [], "turns": []},
            {"who": "Jonas", "weekly": [], "turns": []},
        ],
        "asleep": [{"who": "Maya", "turns": []}, {"who": "Jonas", "turns": []}],
        "school": {"weekly": [], "turns": []},
        "elsewhere": [],
        "sitter": [],
        "way_home": 20,
        "free_evenings": [{"who": "Maya", "days": "Mon,Thu"}, {"who": "Jonas", "days": ""}],
        "children": [{"name": "Mia", "born": 2019}, {"name": "Ben", "born": None}],
        "holidays": {"region": "DE", "off": ["Jonas"], "school": False},
    } == shown()


def test_what_is_usual_is_shown_heading_by_heading():
    output('set work Jonas "Mon-Fri 09:00-17:00"')

    assert "Maya works\n  No regular hours\nJonas works\n  Monday to Friday 09:00–17:00\n" in (
        output("show")
    )


def test_week_a_is_that_of_the_day_that_was_told_though_it_holds_nothing(empty):
    output('set work Maya "B: Mon 12:00-20:00" --weeks 2 --from 2026-12-02')
    assert {("work", ONE): date(2026, 11, 30)} == empty.load_household().usual.week_a

    output('set work Maya "Mon 12:00-20:00"')
    assert {} == empty.load_household().usual.week_a


def test_the_weeks_ahead_are_placed_anew(empty):
    talk = a_ritual(window="Tue,Fri 20:00-21:00")
    empty.save_ritual(talk)
    empty.change_plan(a_plan(week=NEXT, choices=(Choice(talk.id, None, 1),)), lambda plan: plan)

    for day, other in (("Fri", "Tue"), ("Tue", "Fri")):
        output(f'set work Maya "{day} 14:00-22:00"')

        assert {an_instant(f"{other} 20:00", NEXT)} == {
            o.start for o in empty.load_plan(NEXT).occurrences
        }


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ('work Alex "Mon 08:00-15:00"', "Nobody here is called “Alex”"),
        ("work Maya", "or --none"),
        ('work Maya "Mon 08:00-15:00" --none', "and not both"),
        ('work Maya "Mon 8-15"', "“Mon 8-15” is not a window"),
        ('work Maya "Mon wake-15:00"', "needs clock times"),
        ('work Maya "Mon 08:00-08:00"', "the very minute it begins"),
        ('work Maya "Mon 08:00-12:00" "Mon 10:00-14:00"', "same hours in two lines"),
        ('work Maya "A: Mon 08:00-15:00" --weeks 2', "need a beginning"),
        ('work Maya "C: Mon 08:00-15:00" --weeks 2 --from 2026-11-30', "is of week C"),
        ('work Maya "B: Mon 08:00-15:00"', "is of week B"),
        ('work Maya "Mon 08:00-15:00" --weeks 9', "not in the range"),
        ('work Maya "Mon 08:00-15:00" --from 2026-11-30', "say with --weeks how many"),
        ('work Maya "A: Mon 08:00-15:00" --weeks 2 --from soon', "“soon” is not a day"),
        ('work Maya "2026-11-30T08:00/2026-12-09T08:00 FREQ=WEEKLY"', "longer than its turn"),
        ('work Maya "2026-11-30T08:00/2026-11-30T09:00 FREQ=DAILY"', "does not come again"),
        ("elsewhere 2026-12-12/2026-12-13", "is not from an hour to an hour"),
        ("elsewhere 2026-12-13T10:00/2026-12-12T10:00", "ends before it starts"),
        ("elsewhere 9999-12-12T10:00/9999-12-13T10:00", "too far away"),
        (
            "elsewhere 2026-12-01T10:00/2026-12-13T10:00",
            "“2026-12-01T10:00/2026-12-13T10:00” is longer than its turn.",
        ),
        ('hours "Fri sleep late"', "no hours of a day"),
        ('hours ""', "no hours of a day"),
        ('hours "Fri wake 22:00"', "later in the day than waking up"),
        ('hours "Fri sleep 06:30" --who Jonas', "very minute of going to sleep"),
        ("wake noon", "“noon” is not an hour"),
        ("sleep wake", "“wake” is not an hour"),
        ("sleep 17:00", "comes last in the day"),
        ("bedtime", "or --none"),
        ("bedtime 05:00", "later in the day than waking up"),
        ('children "Mia 1950"', "a birth year lies between"),
        ('children " "', "has one to 40 letters"),
        ("way-home 121", "The way home takes from 0 to 120 minutes here."),
        ("way-home -- -5", "The way home takes from 0 to 120 minutes here."),
        ("way-home soon", "not a valid integer"),
        ("free-evenings Maya Mo", "“Mo” are no weekdays; write them like Mon,Thu or daily."),
        ("free-evenings Maya", "or --none"),
        ("free-evenings Alex Mon", "Nobody here is called “Alex”"),
        ("holidays Bavaria", "public holidays of “Bavaria”"),
        ("holidays DE-", "public holidays of “DE-”"),
        ("holidays utils", "public holidays of “utils”"),
        ("holidays DE --off Alex", "Nobody here is called “Alex”"),
        ("holidays --none --off Maya", "nobody is off"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence_and_nothing_changed(empty, line, why):
    before = empty.revision()

    assert why in refusal(f"set {line}")
    assert before == empty.revision()


@pytest.mark.parametrize(
    "line", ['school "Mon 08:00-15:00"', 'sitter "Fri 19:00-23:00"', "children Mia", "bedtime none"]
)
def test_without_children_nothing_is_told_of_them(empty, line):
    empty.save_household(a_household(children=False))

    assert "no children at home" in refusal(f"set {line}")


ODD = st.one_of(
    st.sampled_from(["", "-", "--", "-1", "\x1b[2J", "\udcff", "9" * 5000, "A:", "FREQ=", "/"]),
    st.text(max_size=8),
)
WORDS = sorted({word for line in TOLD for word in shlex.split(line)})
DAYS = ["2026-12-01", "2026-12-03", "2026-12-04T19:00", "2026-12-04T23:30", "2027-11-30"]
ADDED = ["away", "off", "work", "sitter", "bedtime", "children-away", "Maya", "Jonas", "--nights"]
typed = st.one_of(
    st.tuples(st.just(["usual", "set"]), st.lists(st.one_of(st.sampled_from(WORDS), ODD))),
    st.tuples(
        st.just(["different", "add"]), st.lists(st.one_of(st.sampled_from([*ADDED, *DAYS]), ODD))
    ),
    st.tuples(st.just(["usual", "set"]), st.sampled_from(sorted(TOLD)).map(shlex.split)),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed)
def test_whatever_is_typed_is_taken_as_a_whole_or_refused_in_a_sentence(empty, line):
    before = everything(empty)
    result = CliRunner().invoke(command_line.commands, [*line[0], *line[1]])

    assert isinstance(result.exception, SystemExit | None), result.exception
    if result.exit_code:
        assert (2, 1, before) == (
            result.exit_code,
            len(result.stderr.splitlines()),
            everything(empty),
        )
    assert empty.load_household()


def everything(store):
    """All rows of all tables."""
    with store.reading() as at:
        return {table.name: at.execute(table.select()).all() for table in TABLES.sorted_tables}

"""What was usual is kept when other things are: a week that is over stays, byte by byte."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rituals.backup import archive, readable, transfer
from rituals.insights import balance, tables
from rituals.model import local_time
from rituals.model.difference import What
from rituals.model.household import ONE, TWO, Earlier, Kind
from rituals.model.time.formats import Formats
from rituals.model.usual import NOTHING, OF_A_WEEK, DayHours, Elsewhere, Holidays
from rituals.model.week_facts import week_facts
from rituals.model.wording_of_weeks import named_facts
from rituals.store.errors import DamagedError
from rituals.store.schema import EARLIER
from rituals.store.store import open_store
from tests.model.test_week_facts import a_difference, recurring
from tests.store.test_plan_rows import HOUSEHOLD
from tests.support.notation import NOW, WEEK, a_household, a_plan, an_occurrence, hours_of

MONDAY = WEEK.monday
TRIP = a_difference(What.AWAY, "2026-11-18", "2026-11-20", ONE)
HOME = a_household(hours=hours_of("Mon-Fri 09:00-17:00", away="Mon-Fri 08:00-15:00"))
OTHER_HOME = Elsewhere(
    recurring("2026-11-16T16:00/2026-11-23T08:00 FREQ=WEEKLY;INTERVAL=2;BYDAY=MO")[0], "Rome"
)
FRIDAYS = recurring("2026-11-06T19:00/2026-11-06T23:00 FREQ=WEEKLY;BYDAY=FR")
LATE = recurring("2026-11-02T14:00/2026-11-02T22:00 FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TU")


@pytest.fixture
def home(store):
    store.save_household(HOME)
    store.save_difference(TRIP)
    return store


@pytest.fixture
def either(url):
    opened = open_store(url)
    yield opened
    opened.engine.dispose()


def usual_changes():
    """A household with one thing told anew, whatever it was."""

    def of_usual(**told):
        return lambda household: replace(household, usual=replace(household.usual, **told))

    def of_all(**told):
        return lambda household: replace(household, **told)

    return st.sampled_from(
        [
            of_all(children=False),
            of_all(children=True),
            of_all(zone="America/New_York"),
            of_all(zone="Pacific/Auckland"),
            of_all(zone="Europe/Berlin"),
            of_all(week_starts=6),
            of_all(week_starts=0),
            of_all(hours=hours_of("Mon-Thu 08:00-12:00", "Fri 22:00-06:00", bedtime="20:30")),
            of_all(hours=HOME.hours),
            of_all(formats=Formats(twelve_hours=True)),
            of_usual(elsewhere=(OTHER_HOME,)),
            of_usual(elsewhere=()),
            of_usual(sitter=FRIDAYS),
            of_usual(school=recurring("2026-11-02T08:00/2026-11-02T12:00 FREQ=WEEKLY;BYDAY=MO")),
            of_usual(work={TWO: LATE}, asleep={TWO: LATE}),
            of_usual(days=(DayHours.read("Fri,Sat bedtime 21:00 sleep 00:30"),)),
            of_usual(holidays=Holidays("DE-BY", (ONE, TWO))),
            of_usual(no_bedtime=True),
            of_usual(no_bedtime=False),
        ]
    )


def as_counted(store, week):
    """All that is counted of a week and named in it, as it is read; hours are written one way."""
    household = replace(store.load_household(), formats=Formats())
    told = {"week": week, "ritual": "run", "kind": Kind.ALONE, "partner": ONE}
    plan = a_plan(an_occurrence("Tue 16:00-19:00", **told), week=week)
    rows = balance.rows({week: plan}, [week], household)
    return repr(
        (
            week_facts(week, household),
            [fact.text for fact in named_facts(week, household)],
            [local_time.hours_on(day, household) for day in local_time.days(week, household)],
            local_time.week_span(week, household),
            rows,
            household.clock(plan.occurrences[0].start),
        )
    ).encode()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(usual_changes(), st.integers(0, 40)), min_size=1, max_size=5))
def test_any_change_of_what_is_usual_leaves_every_week_before_it_byte_by_byte(home, changes):
    """The days go on from one change to the next, within a week or over some."""
    with home.writing() as at:
        at.execute(sa.delete(EARLIER))
    home.save_household(HOME)
    day = MONDAY
    for change, later in changes:
        day += timedelta(days=later)
        told = home.load_household()
        after, first = change(told), local_time.week_to_plan(day, told)
        over = [first - back for back in range(1, 10)]
        before = [as_counted(home, week) for week in over]
        home.change_household(after, day)

        assert before == [as_counted(home, week) for week in over]


@given(usual_changes())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_changed_back_within_the_week_leaves_nothing_odd(home, change):
    home.save_household(HOME)
    before = home.load_household()
    home.change_household(change(before), MONDAY)
    home.change_household(before, MONDAY + timedelta(days=2))

    assert before == home.load_household()
    assert [] == rows_of(home)


def test_what_was_earlier_comes_back_in_every_field(either):
    either.save_household(HOUSEHOLD)
    either.change_household(replace(a_household(week_starts=2), id=HOUSEHOLD.id), MONDAY)
    found = either.load_household().earlier

    assert (Earlier.of(HOUSEHOLD, WEEK),) == found
    assert [] == [
        name for name in OF_A_WEEK if getattr(found[0].usual, name) == getattr(NOTHING, name)
    ]


def test_a_second_home_told_today_changes_no_week_before(home):
    run = {"ritual": "run", "kind": Kind.ALONE, "partner": ONE}
    weeks = [WEEK - back for back in range(4, -1, -1)]
    for week in weeks:
        plan = a_plan(an_occurrence("Tue 16:00-19:00", week=week, **run), week=week)
        home.change_plan(plan, lambda plan: plan)
    before, sheet = seen(home, weeks)
    told = home.load_household()
    home.change_household(replace(told, usual=replace(told.usual, elsewhere=(OTHER_HOME,))), MONDAY)
    after, new_sheet = seen(home, weeks)

    assert before.splitlines()[:-1] == after.splitlines()[:-1]
    assert sheet[:-1] == new_sheet[:-1]
    assert before != seen_as_if_always(home, weeks)


def seen(store, weeks):
    """The balance as CSV, and as the table under the chart of what is planned."""
    household = store.load_household()
    rows = balance.rows(store.load_plans(weeks), weeks, household)
    sheet = tables.weeks(rows, weeks[0]).rows
    return tables.all_strands_csv(rows, household), [r for r in sheet if r[1] != "hoped for"]


def seen_as_if_always(store, weeks):
    household = store.load_household().lasting
    rows = balance.rows(store.load_plans(weeks), weeks, household)
    return tables.all_strands_csv(rows, household)


@pytest.mark.parametrize(("before", "after"), [(0, 6), (6, 0), (0, 5), (5, 0)])
def test_weeks_that_come_to_begin_on_another_day_take_nothing_from_what_is_planned(
    home, before, after
):
    """Weeks that are planned keep their days: what lies on the last of them stays theirs."""
    home.save_household(replace(HOME, week_starts=before))
    weeks = [WEEK - 1, WEEK, WEEK + 1]
    for week in weeks:
        days = local_time.days(week, home.load_household())
        talks = [an_occurrence(f"{day:%a} 20:00-21:00", week=week) for day in days]
        placed = [replace(o, id=f"{week}/{n}") for n, o in enumerate(talks)]
        home.change_plan(a_plan(*placed, week=week), lambda plan: plan)
    planned = [as_counted(home, week) for week in weeks]
    for starts in (after, before, after):
        home.change_household(replace(home.load_household(), week_starts=starts), MONDAY)

        assert planned == [as_counted(home, week) for week in weeks]
    household = home.load_household()
    seen = [day for n in range(-1, 5) for day in local_time.days(WEEK + n, household)]
    assert sorted(set(seen)) == seen
    assert after == local_time.first_day(WEEK + 3, household).weekday()


def test_another_screen_counts_the_weeks_behind_as_they_were(home):
    other = open_store(home.engine.url.render_as_string(hide_password=False))
    number, before = other.revision(), as_counted(other, WEEK - 1)
    home.change_household(replace(home.load_household(), children=False), MONDAY)

    assert number + 1 == other.revision()
    assert (before, False) == (as_counted(other, WEEK - 1), other.load_household().children)
    other.engine.dispose()


def test_who_saves_a_household_as_it_always_was_keeps_nothing_of_before(home):
    home.save_household(replace(HOME, zone="Europe/Paris"))

    assert [] == rows_of(home)


def test_what_was_earlier_goes_out_and_comes_back(home, tmp_path):
    home.change_household(replace(HOME, children=False), MONDAY)
    there = open_store(f"sqlite:///{tmp_path / 'there.db'}")
    archive.restore(archive.export_archive(home, NOW), there)

    assert home.load_household() == there.load_household()
    there.engine.dispose()


def test_what_was_earlier_moves_along(home, bare):
    home.change_household(replace(HOME, children=False), MONDAY)
    there = open_store(bare)
    transfer.move(home, there)

    assert home.load_household().earlier == there.load_household().earlier != ()
    there.engine.dispose()


@pytest.mark.parametrize(
    "written",
    ["", "[]", "{}", "[" * 100_000, '{"children": 1, "week_starts": 0}', "null", '{"children": {'],
)
def test_what_cannot_be_read_of_it_is_found_and_set_aside(home, written):
    home.change_household(replace(HOME, children=False), MONDAY)
    with home.writing() as at:
        at.execute(sa.update(EARLIER).values(usual=written))
    file = Path(home.engine.url.database)
    with pytest.raises(DamagedError):
        open_store(f"sqlite:///{file}").load_household()
    found = readable.unreadable_rows(file)

    assert ["what was usual in earlier weeks (2026-W48)"] == [one.name for one in found]
    readable.delete(file, found)
    assert "" == readable.problem_with(file)


@pytest.mark.parametrize(
    ("name", "value"),
    [("week_starts", 7), ("week_starts", True), ("children", "yes"), ("zone", None), ("clock", {})],
)
def test_a_zip_with_something_else_in_it_is_not_put_back(home, name, value):
    home.change_household(replace(HOME, children=False), MONDAY)
    with home.writing() as at:
        told = json.loads(at.execute(sa.select(EARLIER.c.usual)).scalar_one())
        at.execute(sa.update(EARLIER).values(usual=json.dumps(told | {name: value})))

    assert readable.unreadable_rows(Path(home.engine.url.database))


def rows_of(store):
    with store.reading() as at:
        return at.execute(sa.select(EARLIER)).all()

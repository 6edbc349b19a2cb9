import csv
import io
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from icalendar import Calendar

from rituals import __main__ as command_line
from rituals.calendars.outgoing import checklist
from rituals.calendars.outgoing.ledger import Ledger
from rituals.cli import context
from rituals.model.calendar import Audience, Busy, Feed, Origin, Route
from rituals.model.calendar import Calendar as OutsideCalendar
from rituals.model.household import Kind
from rituals.model.plan import Choice, Occurrence, Plan, Season
from rituals.model.time.span import Span
from rituals.model.time.week import Week
from rituals.planning import catalogue, changes, review
from rituals.store import location
from rituals.store.store import Store, open_store
from tests.support.notation import (
    a_household,
    a_plan,
    a_ritual,
    a_span,
    agreed_by_both,
    an_instant,
    an_occurrence,
)
from tests.support.paths import ROOT

SUNDAY_NIGHT = datetime(2026, 11, 22, 20, tzinfo=UTC)
AHEAD = Week(2026, 48)
NEVER_SAID = re.compile(r"\b(failed|missed|behind|overdue|should|streak|score)\b|%", re.IGNORECASE)


@pytest.fixture
def file(new_file: Path, tmp_path: Path) -> Path:
    """The file of the store."""
    (tmp_path / "data").mkdir()
    return Path(shutil.copy2(new_file, tmp_path / "data"))


@pytest.fixture(autouse=True)
def url(file: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A store of its own for every test, on one and the same Sunday night."""
    address = location.sqlite_url(file)
    monkeypatch.setenv("LEAVEWELL_DATABASE_URL", address)
    monkeypatch.setattr(context, "now", lambda: SUNDAY_NIGHT)
    return address


@pytest.fixture
def not_there(file: Path) -> None:
    """Neither the store nor its folder."""
    file.unlink()
    file.parent.rmdir()


@pytest.fixture(scope="session")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for what `sample` made."""
    return tmp_path_factory.mktemp("samples")


@pytest.fixture
def sampled(file: Path, url: str, samples: Path) -> Callable[[int], None]:
    """Fills the store as `sample` does with so many weeks, which it does alike each time."""

    def fill(weeks: int) -> None:
        made = samples / f"{weeks}.db"
        if not made.exists():
            output("sample", "--weeks", weeks)
            with the_store(url):
                pass  # whoever goes last leaves one file behind
            shutil.copy2(file, made)
        shutil.copy2(made, file)

    return fill


A_PROPOSAL = re.compile(r"^(One|\d+) of them .* said yes\.\n", re.MULTILINE)


def run(*arguments: object) -> Result:
    return CliRunner().invoke(command_line.commands, [str(a) for a in arguments])


def output(*arguments: object) -> str:
    """What a command that succeeds says; none of it is a word that is never said."""
    result = run(*arguments)
    assert (result.exit_code, A_PROPOSAL.sub("", result.stderr)) == (0, "")
    assert not NEVER_SAID.search(result.stdout)
    return result.stdout


def refusal(*arguments: object) -> str:
    """The one line with which a command refuses."""
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert isinstance(result.exception, SystemExit)
    assert not NEVER_SAID.search(result.stderr)
    (line,) = result.stderr.splitlines()
    return line


@contextmanager
def the_store(url: str) -> Iterator[Store]:
    store = open_store(url)
    yield store
    store.engine.dispose()


def kept(url: str) -> tuple[object, ...]:
    """Everything in the store."""
    with the_store(url) as store:
        years = store.load_plans([Week(2020, 1) + n for n in range(1000)])
        return store.load_household(), store.load_rituals(), years


def keep(url: str, plan: Plan) -> None:
    with the_store(url) as store:
        if store.load_household() is None:
            store.save_household(a_household())
        store.change_plan(plan, lambda begun: begun)


def summaries(file: bytes) -> list[str]:
    return [str(event["summary"]) for event in Calendar.from_ical(file).walk("VEVENT")]


def rows(*arguments: object) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(output("balance", "--csv", *arguments))))


# sample


@pytest.mark.usefixtures("not_there")
def test_sample_fills_an_empty_store_with_weeks_of_life_and_the_week_to_plan(url: str) -> None:
    output("sample", "--weeks", 3)
    household, rituals, weeks = kept(url)

    assert household.name("one") == "Maya"
    assert [AHEAD + n for n in range(-3, 1)] == sorted(weeks)
    assert {c.ritual for plan in weeks.values() for c in plan.choices} == set(rituals)


def test_sample_gives_half_a_year_unless_told_otherwise(url: str) -> None:
    output("sample")

    assert len(kept(url)[2]) == 27


def test_sample_can_give_a_couple_that_has_lived_no_week_yet(url: str) -> None:
    output("sample", "--weeks", 0)

    assert list(kept(url)[2]) == [AHEAD]


def test_sample_leaves_a_used_store_as_it_was(url: str) -> None:
    keep(url, a_plan(an_occurrence()))
    before = kept(url)
    sentence = refusal("sample", "--weeks", 2)

    assert sentence == "This store already holds a household, and it stays as it is."
    assert before == kept(url)


# plan


def test_plan_shows_the_week_to_plan_as_a_person_reads_it(url: str) -> None:
    talk = an_occurrence("Thu 20:00-21:15", way="One small lamp")
    class_of_hers = an_occurrence(
        "Mon 18:00-20:00", ritual="class", title="Pottery", kind="out", partner="one"
    )
    keep(url, changes.in_season(changes.first_plan(AHEAD, a_household()), Season.CALM))
    with the_store(url) as store:
        begun = store.load_plan(AHEAD)
        store.change_plan(
            begun, lambda p: review.add_spontaneous(review.add_spontaneous(p, talk), class_of_hers)
        )

    assert output("plan") == (
        "The week of 23 November 2026 · 2026-W48\n"
        "This is a roomy week.\n"
        "\n"
        "                          hoped for   planned\n"
        "Together                        6 h    1 h 15\n"
        "Maya, alone                  2 h 30       0 h\n"
        "Maya, with the children         5 h       0 h\n"
        "Maya, out                    2 h 30       2 h\n"
        "Jonas, alone                 2 h 30       0 h\n"
        "Jonas, with the children        5 h    1 h 30\n"
        "Jonas, out                   2 h 30       0 h\n"
        "\n"
        "Monday 23 November\n"
        "  18:00–20:00  Maya: Pottery\n"
        "\n"
        "Thursday 26 November\n"
        "  20:00–21:15  Late talk\n"
        "               One small lamp\n"
    )


def test_plan_leaves_out_what_was_let_go_and_what_just_happened(url: str) -> None:
    let_go = an_occurrence("Mon 20:00-21:00", title="Quiz", number=2, let_go=True)
    happened = an_occurrence("Tue 20:00-21:00", title="Rain", number=3, spontaneous=True)
    keep(url, a_plan(an_occurrence("Wed 20:00-21:00"), let_go, happened))

    assert {"Late talk"} == {
        o["title"] for o in json.loads(output("plan", "--json"))["occurrences"]
    }
    assert "Late talk" in output("plan")
    assert not re.search("Quiz|Rain", output("plan"))


def test_plan_of_a_grace_week_says_that_everything_rests(url: str) -> None:
    keep(url, a_plan(an_occurrence(), season=Season.GRACE))

    assert output("plan").splitlines()[1:] == ["A week off: everything rests."]
    assert json.loads(output("plan", "--json"))["occurrences"] == []


def test_plan_as_json_has_stable_keys(url: str) -> None:
    with the_store(url) as store:
        store.save_household(a_household())
        first = changes.first_plan(AHEAD, a_household(children=False))
        talk = an_occurrence("Sat 23:30-00:30", way="“Über” lamp", fixed=True, partner="two")
        store.change_plan(first, lambda begun: review.add_spontaneous(begun, talk))

    assert json.loads(output("plan", "--json")) == {
        "week": "2026-W48",
        "season": "usual",
        "hopes": [
            {"kind": "together", "partner": None, "hoped": 300, "planned": 60},
            {"kind": "alone", "partner": "Maya", "hoped": 120, "planned": 0},
            {"kind": "out", "partner": "Maya", "hoped": 120, "planned": 0},
            {"kind": "alone", "partner": "Jonas", "hoped": 120, "planned": 0},
            {"kind": "out", "partner": "Jonas", "hoped": 120, "planned": 0},
        ],
        "occurrences": [
            {
                "id": "2026-W48/late-talk/two/1",
                "title": "Late talk",
                "kind": "together",
                "partner": "Jonas",
                "start": "2026-11-28T23:30:00+01:00",
                "end": "2026-11-29T00:30:00+01:00",
                "minutes": 60,
                "way": "“Über” lamp",
                "fixed": True,
                "reason": "",
            }
        ],
        "clashes": [],
        "open questions": [],
    }


def test_what_waits_for_a_sitter_is_marked_and_asked_about(url: str) -> None:
    with the_store(url) as store:
        store.save_household(a_household())
        out = an_occurrence(
            "Fri 19:00-22:00", week=AHEAD, ritual="date", kind=Kind.OUT, title="Date"
        )
        keep(url, a_plan(out, week=AHEAD))

    assert "Date\n               Open until a sitter is found.\n" in output("plan")
    assert [
        {
            "question": "sitter",
            "start": "2026-11-27T18:30:00+01:00",
            "end": "2026-11-27T22:30:00+01:00",
            "waiting": [out.id],
        }
    ] == json.loads(output("plan", "--json"))["open questions"]


def test_plan_shows_what_a_week_would_begin_with_and_keeps_nothing(
    sampled: Callable[[int], None], url: str
) -> None:
    sampled(2)
    before = kept(url)
    said = output("plan", "--week", "2026-W50")

    assert said.splitlines()[:2] == [
        "The week of 7 December 2026 · 2026-W50",
        "Not planned yet; it would begin like this.",
    ]
    assert "Monday 7 December" in said
    assert before == kept(url)


def test_plan_of_a_week_with_nothing_in_it_says_so(url: str) -> None:
    keep(url, a_plan())

    assert output("plan").endswith("\nNothing is planned.\n")


def test_plan_reads_the_clock_in_the_household_s_zone(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with the_store(url) as store:
        store.save_household(a_household("Pacific/Auckland"))
    monkeypatch.setattr(context, "now", lambda: datetime(2026, 11, 21, 12, tzinfo=UTC))

    assert json.loads(output("plan", "--json"))["week"] == "2026-W48"  # it is Sunday there


def test_plan_as_json_says_why_each_thing_lies_where_it_lies(
    sampled: Callable[[int], None],
) -> None:
    sampled(0)
    there = json.loads(output("plan", "--json"))["occurrences"]

    assert there
    assert all(o["reason"].endswith(".") for o in there)


# place


def test_plan_and_place_name_what_meets_something(url: str) -> None:
    talk = an_occurrence("Thu 20:00-21:00", fixed=True, title="Date at home")
    keep(url, a_plan(talk, choices=(Choice("late-talk", None, 1),)))
    his = OutsideCalendar("his", "two", "his", Origin.FILE, "his.ics", titles=True)
    with the_store(url) as store:
        store.save_calendar(his, [Busy(a_span("Thu 19:00-21:00"), "A ring for Maya")])

    for command in ("plan", "place"):
        said, told = output(command), json.loads(output(command, "--json"))["clashes"]

        assert "Date at home, Thursday 20:00: Jonas is busy 19:00–21:00." in said
        assert "ring" not in said
        assert [("Date at home", "busy", "Jonas", "2026-11-26T19:00:00+01:00")] == [
            (c["title"], m["sort"], m["partner"], m["start"]) for c in told for m in c["meets"]
        ]
        assert re.fullmatch(r"2026-11-2\dT.*", told[0]["other_place"]["start"])


def test_place_finds_each_ritual_its_place_and_keeps_it(url: str) -> None:
    keep(url, changes.choose(a_plan(), "late-talk", None, 1))
    said = output("place")
    (talk,) = kept(url)[2][AHEAD].occurrences

    assert "  Late talk\n" in said
    assert f"               {talk.reason}\n" in said
    assert "Without a place" not in said


def test_place_says_what_has_no_place_and_what_is_in_its_way(url: str) -> None:
    keep(url, changes.choose(a_plan(season=Season.USUAL), "date-night", None, 1))
    with the_store(url) as store:
        away = Busy(Span(SUNDAY_NIGHT, SUNDAY_NIGHT + timedelta(days=9)))
        store.save_calendar(CALENDAR, [away])
    told = json.loads(output("place", "--json"))
    (without,) = told["unplaced"]

    assert [] == told["occurrences"]
    assert ("Date night", "together", None, 1) == (
        without["title"], without["kind"], without["partner"], without["number"],
    )  # fmt: skip
    assert without["reason"].endswith(".")
    assert output("place").endswith(
        f"Without a place\n  Date night\n               {without['reason']}\n"
    )


def test_place_says_what_rests_in_a_hard_week(url: str) -> None:
    choices = (Choice("date-night", None, 1), Choice("late-talk", None, 1))
    keep(url, a_plan(season=Season.HARD, choices=choices))
    sentence = "A hard week: Date night and Late talk rest."

    assert f"\n\n{sentence}\n" in output("place")
    assert [sentence] == json.loads(output("place", "--json"))["resting"]


def test_place_says_nothing_of_rest_where_nothing_rests(url: str) -> None:
    keep(url, a_plan(choices=(Choice("late-talk", None, 1),)))

    assert " rest" not in output("place")
    assert [] == json.loads(output("place", "--json"))["resting"]


def test_place_says_what_would_have_to_give(url: str) -> None:
    with the_store(url) as store:
        store.save_ritual(a_ritual("ours", window="Fri 19:00-21:00", minutes=120, title="Our date"))
        store.save_ritual(a_ritual("game", window="Fri 20:00-21:00", title="A game"))
    game = an_occurrence("Fri 20:00-21:00", ritual="game", title="A game")
    with_ours = changes.choose(a_plan(game), "game", None, 1)
    keep(url, changes.choose(with_ours, "ours", None, 1))
    told = json.loads(output("place", "--json"))
    (given,) = told["exchanges"]
    (left,) = told["unplaced"]

    assert given["title"] == left["title"]
    assert [1] == [len(offer["gives"]) for offer in given["offers"]]
    assert f"What would have to give\n  {given['title']} on Friday" in output("place")


def test_place_tells_of_other_weeks_on_request(sampled: Callable[[int], None]) -> None:
    sampled(1)
    others = json.loads(output("place", "--json", "--alternatives"))["alternatives"]
    said = output("place", "--alternatives")

    assert "alternatives" not in json.loads(output("place", "--json"))
    assert 2 == len(others)
    assert all(other["line"] in said for other in others)


def test_place_again_changes_nothing(sampled: Callable[[int], None], url: str) -> None:
    sampled(1)
    first = output("place", "--json")
    before = kept(url)

    assert first == output("place", "--json")
    assert before == kept(url)


def test_place_leaves_what_is_fixed_where_it_is(url: str) -> None:
    fixed = an_occurrence("Thu 20:00-21:15", fixed=True)
    keep(url, changes.choose(a_plan(fixed), "late-talk", None, 1))
    with the_store(url) as store:
        store.save_calendar(CALENDAR, [Busy(Span(fixed.start, fixed.end))])
    output("place")

    assert (fixed,) == kept(url)[2][AHEAD].occurrences


def test_place_begins_a_week_that_has_no_plan_yet(sampled: Callable[[int], None], url: str) -> None:
    sampled(1)
    said = output("place", "--week", "2026-W49")

    assert "2026-W49" in said
    assert kept(url)[2][AHEAD + 1].occurrences


def test_place_does_not_keep_a_week_in_which_nothing_lies(
    sampled: Callable[[int], None], url: str
) -> None:
    sampled(0)
    output("place", "--week", "1970-W01")

    assert [AHEAD] == list(kept(url)[2])


# busy

CALENDAR = OutsideCalendar("1", "one", "work.ics", Origin.FILE, "work.ics")


def a_file(folder: Path, name: str = "work.ics", *events: str) -> Path:
    """A calendar file of events, each "20261124T090000Z/20261124T100000Z Dentist"."""
    lines = []
    for number, event in enumerate(events or ("20261124T090000Z/20261124T100000Z Dentist",)):
        when, title = event.split(maxsplit=1)
        start, end = when.split("/")
        kind = "" if "T" in start else ";VALUE=DATE"
        lines += ["BEGIN:VEVENT", f"UID:{number}", f"DTSTART{kind}:{start}", f"DTEND{kind}:{end}",
                  f"SUMMARY:{title}", "TRANSP:OPAQUE", "END:VEVENT"]  # fmt: skip
    text = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//us//EN", *lines, "END:VCALENDAR", ""]
    (folder / name).write_bytes("\r\n".join(text).encode())
    return folder / name


def busy_times(url: str) -> dict[str, list[Span]]:
    with the_store(url) as store:
        span = Span(SUNDAY_NIGHT - timedelta(weeks=500), SUNDAY_NIGHT + timedelta(weeks=500))
        return {partner: list(spans) for partner, spans in store.load_busy(span).items()}


def calendars(url: str) -> tuple[OutsideCalendar, ...]:
    with the_store(url) as store:
        return store.load_calendars()


def titles(url: str, partner: str) -> list[str]:
    with the_store(url) as store:
        span = Span(SUNDAY_NIGHT - timedelta(weeks=500), SUNDAY_NIGHT + timedelta(weeks=500))
        return [busy.title for busy in store.load_titles(partner, span)]


@pytest.fixture
def home(url: str) -> str:
    keep(url, a_plan())
    return url


DENTIST = Span(datetime(2026, 11, 24, 9, tzinfo=UTC), datetime(2026, 11, 24, 10, tzinfo=UTC))


def test_busy_add_takes_in_when_a_partner_is_busy_and_nothing_else(
    home: str, tmp_path: Path
) -> None:
    said = output("busy", "add", a_file(tmp_path), "--partner", "Jonas")
    (calendar,) = calendars(home)

    assert said == "work.ics is taken in for Jonas.\n"
    assert {"two": [DENTIST]} == busy_times(home)
    assert ("two", "work.ics", Origin.FILE, "work.ics", False, False) == (
        calendar.partner, calendar.name, calendar.origin, calendar.where, calendar.titles,
        calendar.whole_days,
    )  # fmt: skip
    assert SUNDAY_NIGHT == calendar.read
    assert [] == titles(home, "two")


@pytest.mark.parametrize("name", ["Maya", "maya", " MAYA ", "one"])
def test_busy_add_knows_a_partner_by_name(name: str, home: str, tmp_path: Path) -> None:
    output("busy", "add", a_file(tmp_path), "--partner", name)

    assert ["one"] == list(busy_times(home))


def test_busy_add_keeps_titles_only_where_they_are_asked_for(home: str, tmp_path: Path) -> None:
    output("busy", "add", a_file(tmp_path), "--partner", "Maya", "--titles")
    kept_then = titles(home, "one")
    output("busy", "add", a_file(tmp_path), "--partner", "Maya")

    assert (["Dentist"], []) == (kept_then, titles(home, "one"))


def test_busy_add_counts_whole_days_only_where_they_are_asked_for(
    home: str, tmp_path: Path
) -> None:
    file = a_file(tmp_path, "work.ics", "20261124/20261125 Away")
    output("busy", "add", file, "--partner", "Maya")
    without = busy_times(home)
    output("busy", "add", file, "--partner", "Maya", "--whole-days")

    assert {} == without
    assert [timedelta(days=1)] == [span.length for span in busy_times(home)["one"]]


def test_busy_add_takes_in_the_childrens_calendar(home: str, tmp_path: Path) -> None:
    file = a_file(tmp_path, "school.ics", "20261221/20270107 Christmas holidays")
    said = output("busy", "add", file, "--partner", "children", "--away", "--titles")
    (calendar,) = calendars(home)

    assert said == "school.ics is taken in for the children.\n"
    assert ("children", True, True, False) == (
        calendar.partner, calendar.whole_days, calendar.away, calendar.titles,
    )  # fmt: skip
    assert output("busy", "list").startswith("The children · school.ics · ")
    assert {} == busy_times(home)


def test_busy_add_of_the_same_file_takes_its_own_place(home: str, tmp_path: Path) -> None:
    output("busy", "add", a_file(tmp_path), "--partner", "Maya")
    later = a_file(tmp_path, "work.ics", "20261125T090000Z/20261125T100000Z Dentist")
    (before,) = calendars(home)
    output("busy", "add", later, "--partner", "Maya")

    assert [before.id] == [c.id for c in calendars(home)]
    assert [25] == [span.start.day for span in busy_times(home)["one"]]


def test_busy_add_of_the_same_file_for_both_is_two_calendars(home: str, tmp_path: Path) -> None:
    for name in ("Maya", "Jonas"):
        output("busy", "add", a_file(tmp_path), "--partner", name)

    assert ["one", "two"] == [c.partner for c in calendars(home)]


def test_busy_add_keeps_the_week_behind_and_sixty_ahead(home: str, tmp_path: Path) -> None:
    days = ["20261114", "20261115", "20280115", "20280116"]
    events = [f"{day}T090000Z/{day}T100000Z Dentist" for day in days]
    output("busy", "add", a_file(tmp_path, "work.ics", *events), "--partner", "Maya")

    assert ["20261115", "20280115"] == [f"{s.start:%Y%m%d}" for s in busy_times(home)["one"]]


def test_busy_add_moves_what_may_move_and_names_what_stays(url: str, tmp_path: Path) -> None:
    held = an_occurrence("Tue 10:00-11:00", fixed=True)
    loose = an_occurrence("Tue 10:00-10:30", ritual="tea", title="Tea", partner="one")
    tea = a_ritual("tea", title="Tea", kind=Kind.ALONE, minutes=30, window="Tue 10:00-12:00")
    choices = (Choice("late-talk", None, 1), Choice("tea", "one", 1))
    keep(url, a_plan(held, loose, choices=choices))
    with the_store(url) as store:
        store.save_ritual(tea)
    said = output("busy", "add", a_file(tmp_path), "--partner", "Maya")
    lies = {o.title: o.start for o in kept(url)[2][AHEAD].occurrences}

    assert said == (
        "work.ics is taken in for Maya.\n"
        "Late talk, Tuesday 24 November 10:00: Maya is busy 10:00–11:00.\n"
    )
    assert an_instant("Tue 10:00") == lies["Late talk"] < lies["Tea"]


def test_busy_add_knows_under_which_address_its_owner_is_invited(home: str, tmp_path: Path) -> None:
    file = a_file(tmp_path, "work.ics", "20261124T090000Z/20261124T100000Z Dentist")
    told = ("--invited-as", "Maya@Example.org", "--accepted-only")
    said = output("busy", "add", file, "--partner", "Maya", *told).splitlines()
    output("busy", "add", file, "--partner", "Maya")

    assert ["work.ics is taken in for Maya.", "  Invited as maya@example.org."] == said
    assert [("maya@example.org",)] == [c.addresses for c in calendars(home)]


def test_busy_add_refuses_an_address_that_is_none(home: str, tmp_path: Path) -> None:
    file = a_file(tmp_path, "work.ics", "20261124T090000Z/20261124T100000Z Dentist")
    said = refusal("busy", "add", file, "--partner", "Maya", "--invited-as", "Maya")

    assert "“Maya” is not an address; write it like name@example.org." == said
    assert () == calendars(home)


def test_busy_add_says_what_it_left_out(home: str, tmp_path: Path) -> None:
    file = a_file(tmp_path, "work.ics", "20261124T090000Z/20261124T100000Z Dentist", "x/y z")
    said = output("busy", "add", file, "--partner", "Maya").splitlines()

    assert "work.ics is taken in for Maya." == said[0]
    assert [f"  {sentence}" for sentence in calendars(home)[0].skipped] == said[1:]
    assert 1 == len(said[1:])


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "This file is empty."),
        (b"a letter", "This is not a calendar file: choose one that ends in .ics."),
    ],
)
def test_busy_add_of_what_is_no_calendar_leaves_all_as_it_was(
    content: bytes, sentence: str, home: str, tmp_path: Path
) -> None:
    file = a_file(tmp_path)
    output("busy", "add", file, "--partner", "Maya", "--titles")
    before = calendars(home), busy_times(home)
    file.write_bytes(content)

    assert sentence == refusal("busy", "add", file, "--partner", "Maya")
    assert before == (calendars(home), busy_times(home))
    assert ["Dentist"] == titles(home, "one")


@pytest.mark.usefixtures("home")
def test_busy_add_of_what_cannot_be_read_says_why(tmp_path: Path) -> None:
    nowhere = tmp_path / "nowhere.ics"

    assert f"{nowhere} cannot be read: No such file or directory." == refusal(
        "busy", "add", nowhere, "--partner", "Maya"
    )
    assert f"{tmp_path} cannot be read: it is not a file." == refusal(
        "busy", "add", tmp_path, "--partner", "Maya"
    )


def test_busy_add_for_nobody_here_says_who_is(home: str, tmp_path: Path) -> None:
    assert "Nobody here is called “Kim”: say Maya, Jonas or children." == refusal(
        "busy", "add", a_file(tmp_path), "--partner", "Kim"
    )
    assert () == calendars(home)


def test_busy_add_for_one_of_two_with_the_same_name_asks_which(url: str, tmp_path: Path) -> None:
    with the_store(url) as store:
        store.save_household(a_household(names=("Kim", "Kim")))

    assert "Both of you are called Kim: say one or two instead." == refusal(
        "busy", "add", a_file(tmp_path), "--partner", "Kim"
    )
    output("busy", "add", a_file(tmp_path), "--partner", "two")

    assert ["two"] == list(busy_times(url))


def test_busy_list_shows_each_calendar_and_what_was_left_out(home: str) -> None:
    assert "No calendars are taken in yet.\n" == output("busy", "list")
    with the_store(home) as store:
        store.save_calendar(replace(CALENDAR, read=SUNDAY_NIGHT, skipped=("One is left out.",)))
        store.save_calendar(replace(CALENDAR, id="2", partner="two", name="choir"))

    assert (
        "Maya · work.ics · a file, read on 22 November · 1\n"
        "  One is left out.\n"
        "Jonas · choir · a file, not read yet · 2\n"
    ) == output("busy", "list")


@pytest.mark.parametrize("named", ["1", "work.ics"])
def test_busy_remove_forgets_a_calendar_and_no_other(named: str, home: str) -> None:
    other = replace(CALENDAR, id="2", partner="two", name="choir")
    with the_store(home) as store:
        store.save_calendar(CALENDAR, [Busy(DENTIST)])
        store.save_calendar(other, [Busy(DENTIST)])

    assert "work.ics is forgotten.\n" == output("busy", "remove", named)
    assert (other,) == calendars(home)
    assert {"two": [DENTIST]} == busy_times(home)


def test_busy_remove_of_what_is_not_there_or_there_twice_is_refused(home: str) -> None:
    both = (CALENDAR, replace(CALENDAR, id="2", partner="two"))
    with the_store(home) as store:
        for calendar in both:
            store.save_calendar(calendar)

    assert "There is no calendar “choir” here." == refusal("busy", "remove", "choir")
    assert "2 calendars are called “work.ics”: name one by its id." == refusal(
        "busy", "remove", "work.ics"
    )
    assert both == calendars(home)


# export


def test_export_twice_gives_the_same_bytes(sampled: Callable[[int], None], tmp_path: Path) -> None:
    sampled(2)
    one, two = tmp_path / "one.ics", tmp_path / "two.ics"
    output("export", "--weeks", 3, "-o", one)
    output("export", "--weeks", 3, "-o", two)

    assert one.read_bytes() == two.read_bytes()
    assert len(summaries(one.read_bytes())) > 50


def test_export_of_a_week_without_a_plan_keeps_what_it_wrote(
    sampled: Callable[[int], None], url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sampled(2)
    file = tmp_path / "week.ics"
    output("export", "--week", "2026-W49", "-o", file)
    first = file.read_bytes()
    monkeypatch.setattr(context, "now", lambda: datetime(2026, 12, 2, 20, tzinfo=UTC))
    output("export", "--week", "2026-W49", "-o", file)

    assert first == file.read_bytes()
    assert Week(2026, 49) in kept(url)[2]


def test_export_of_weeks_begins_each_from_the_one_before(url: str, tmp_path: Path) -> None:
    keep(url, a_plan(choices=(Choice("late-talk", None, 1),)))
    output("export", "--weeks", 4, "-o", tmp_path / "weeks.ics")
    weeks = kept(url)[2]

    assert [AHEAD + n for n in range(4)] == sorted(weeks)
    assert {(Choice("late-talk", None, 1),)} == {week.choices for week in weeks.values()}


def test_export_to_a_dash_is_the_same_file_on_standard_output(
    sampled: Callable[[int], None], tmp_path: Path
) -> None:
    sampled(1)
    output("export", "--for", "shared", "-o", tmp_path / "week.ics")

    assert (tmp_path / "week.ics").read_bytes() == run("export", "-o", "-").stdout_bytes


def test_export_holds_what_is_in_the_plan_and_nothing_that_was_let_go(
    url: str, tmp_path: Path
) -> None:
    keep(url, a_plan(an_occurrence(), an_occurrence(title="Quiz", number=2, let_go=True)))
    output("export", "-o", tmp_path / "week.ics")

    assert summaries((tmp_path / "week.ics").read_bytes()) == ["Late talk"]


def test_export_leaves_no_other_file_beside_the_one_it_wrote(
    sampled: Callable[[int], None], tmp_path: Path
) -> None:
    sampled(0)
    there = tmp_path / "calendars"
    there.mkdir()
    output("export", "-o", there / "week.ics")
    output("export", "-o", there / "week.ics")

    assert [there / "week.ics"] == list(there.iterdir())


def test_export_through_a_link_writes_the_file_it_leads_to(
    sampled: Callable[[int], None], tmp_path: Path
) -> None:
    sampled(0)
    (tmp_path / "real.ics").touch()
    (tmp_path / "link.ics").symlink_to(tmp_path / "real.ics")
    output("export", "-o", tmp_path / "link.ics")

    assert (tmp_path / "link.ics").is_symlink()
    assert (tmp_path / "real.ics").read_bytes().startswith(b"BEGIN:VCALENDAR")


def test_export_that_cannot_be_finished_leaves_the_old_file_whole(
    sampled: Callable[[int], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sampled(0)
    there = tmp_path / "calendars"
    there.mkdir()
    (there / "week.ics").write_text("before")
    monkeypatch.setattr(os, "fsync", lambda _file: full())
    sentence = refusal("export", "-o", there / "week.ics")

    assert sentence == f"{there / 'week.ics'} cannot be written: No space left on device."
    assert [there / "week.ics"] == list(there.iterdir())
    assert (there / "week.ics").read_text() == "before"


def full() -> None:
    raise OSError(28, "No space left on device")


TALK = an_occurrence("Thu 20:00-21:00")
WALK = an_occurrence("Fri 18:00-19:00", ritual="walk", title="Walk", partner="one")
CHOIR = an_occurrence("Fri 18:00-19:00", ritual="choir", title="Choir", partner="two")


def notices(*arguments: object) -> list[str]:
    """What an export that succeeds says beside its file."""
    result = run("export", *arguments)
    assert result.exit_code == 0
    assert not NEVER_SAID.search(result.stderr)
    return A_PROPOSAL.sub("", result.stderr).splitlines()


def lies(url: str, *occurrences: Occurrence) -> None:
    """Has exactly these in the week."""
    with the_store(url) as store:
        store.change_plan(a_plan(), lambda plan: replace(plan, occurrences=occurrences))


def later(occurrence: Occurrence) -> Occurrence:
    moved = changes.move(
        a_plan(occurrence),
        occurrence.id,
        a_span("Sat 20:30-21:30"),
        fixed=False,
        now=SUNDAY_NIGHT,
    )
    return moved.occurrences[0]


@pytest.fixture
def taken(url: str, tmp_path: Path) -> str:
    """A store with a week that was taken along."""
    keep(url, a_plan(TALK, WALK, CHOIR))
    output("export", "-o", tmp_path / "first.ics")
    return url


@pytest.mark.parametrize("name", ["Maya", " maya ", "one"])
def test_export_for_a_partner_holds_that_partner_s_own_alone(
    name: str, url: str, tmp_path: Path
) -> None:
    keep(url, a_plan(TALK, WALK, CHOIR))
    output("export", "--for", name, "-o", tmp_path / "week.ics")

    assert ["Walk"] == summaries((tmp_path / "week.ics").read_bytes())


def test_export_for_one_of_two_with_the_same_name_asks_which(url: str, tmp_path: Path) -> None:
    with the_store(url) as store:
        store.save_household(a_household(names=("Kim", "Kim")))
    keep(url, a_plan(TALK, CHOIR))
    sentence = refusal("export", "--for", "Kim", "-o", tmp_path / "week.ics")
    output("export", "--for", "two", "-o", tmp_path / "week.ics")

    assert "Both of you are called Kim: say one or two instead." == sentence
    assert ["Choir"] == summaries((tmp_path / "week.ics").read_bytes())


def test_export_for_nobody_here_says_who_is(url: str, tmp_path: Path) -> None:
    keep(url, a_plan(TALK))
    sentence = refusal("export", "--for", "Anna", "-o", tmp_path / "week.ics")

    assert "Nobody here is called “Anna”: say Maya, Jonas or shared." == sentence
    assert not (tmp_path / "week.ics").exists()


def test_export_of_changes_holds_what_is_new_or_moved_and_says_what_a_hand_does(
    taken: str, tmp_path: Path
) -> None:
    quiz = an_occurrence("Sun 18:00-19:00", ritual="quiz", title="Quiz")
    lies(taken, later(TALK), WALK, replace(CHOIR, let_go=True), quiz)
    said = notices("--changes", "-o", tmp_path / "changes.ics")
    events = Calendar.from_ical((tmp_path / "changes.ics").read_bytes()).walk("VEVENT")
    first = Calendar.from_ical((tmp_path / "first.ics").read_bytes()).walk("VEVENT")
    known = {str(event["summary"]): str(event["uid"]) for event in first}

    assert [("Late talk", 1), ("Quiz", 0)] == [(str(e["summary"]), e["sequence"]) for e in events]
    assert known["Late talk"] == str(events[0]["uid"])
    assert [
        "By hand, because no file can:",
        "  Delete Jonas: Choir: Friday 27 November 18:00",
        "  Move Late talk: Thursday 26 November 20:00 → Saturday 28 November 20:30",
        checklist.WHAT_MOVED,
    ] == said


def test_export_of_changes_again_writes_no_file_and_says_one_sentence(
    taken: str, tmp_path: Path
) -> None:
    lies(taken, later(TALK), WALK, replace(CHOIR, let_go=True))
    notices("--changes", "-o", tmp_path / "changes.ics")
    said = notices("--changes", "-o", tmp_path / "again.ics")

    assert ["There is nothing new for a file, so none is written."] == said
    assert not (tmp_path / "again.ics").exists()


def test_export_of_changes_with_only_something_let_go_says_so_once(
    taken: str, tmp_path: Path
) -> None:
    lies(taken, TALK, WALK, replace(CHOIR, let_go=True))
    said = notices("--changes", "-o", tmp_path / "changes.ics")

    assert [
        "There is nothing new for a file, so none is written.",
        "By hand, because no file can:",
        "  Delete Jonas: Choir: Friday 27 November 18:00",
    ] == said
    assert 1 == len(notices("--changes", "-o", tmp_path / "changes.ics"))
    assert not (tmp_path / "changes.ics").exists()


def test_export_says_nothing_on_standard_output_but_the_file(taken: str) -> None:
    lies(taken, later(TALK), WALK)
    result = run("export", "--changes", "-o", "-")

    assert ["Late talk"] == summaries(result.stdout_bytes)
    assert "Delete Jonas: Choir" in result.stderr


def test_export_that_cannot_be_written_was_not_taken(url: str, tmp_path: Path) -> None:
    keep(url, a_plan(TALK))
    refusal("export", "-o", tmp_path / "nowhere" / "week.ics")
    with the_store(url) as store:
        assert () == store.load_exported()


@pytest.mark.usefixtures("taken")
def test_what_one_audience_took_is_new_to_another(tmp_path: Path) -> None:
    assert [] == notices("--changes", "--for", "Jonas", "-o", tmp_path / "jonas.ics")
    assert ["Choir"] == summaries((tmp_path / "jonas.ics").read_bytes())


def test_export_rings_where_a_ritual_has_an_alarm(url: str, tmp_path: Path) -> None:
    keep(url, a_plan(TALK, WALK))
    with the_store(url) as store:
        store.save_ritual(a_ritual("late-talk", alarm=15))
    output("export", "-o", tmp_path / "week.ics")
    (alarm,) = Calendar.from_ical((tmp_path / "week.ics").read_bytes()).walk("VALARM")

    assert timedelta(minutes=-15) == alarm["trigger"].dt


# feed


def take(url: str, plan: Plan, audience: Audience = Audience.SHARED) -> None:
    """Keeps a plan as one whose week was taken for an audience."""
    keep(url, agreed_by_both(plan))
    with the_store(url) as store:
        ledger = Ledger(a_household(), audience, Route.FILE)
        store.save_exported(ledger.new_entries(plan.week, plan.occurrences, SUNDAY_NIGHT))


def test_feed_writes_the_weeks_that_were_taken_and_says_where(url: str, tmp_path: Path) -> None:
    take(url, a_plan(an_occurrence()))
    keep(url, a_plan(an_occurrence(week=AHEAD + 1, title="Not taken"), week=AHEAD + 1))
    said = output("feed", tmp_path)

    assert f"{tmp_path}/leavewell-shared.ics\n" == said
    assert ["Late talk"] == summaries(Path(said.strip()).read_bytes())


@pytest.mark.parametrize("name", ["Maya", "maya", "one"])
def test_feed_is_for_one_of_them_by_name(url: str, tmp_path: Path, name: str) -> None:
    take(url, a_plan(an_occurrence(), an_occurrence(partner="one")), Audience.ONE)
    said = output("feed", tmp_path, "--for", name)

    assert f"{tmp_path}/leavewell-maya.ics\n" == said
    assert ["Late talk"] == summaries(Path(said.strip()).read_bytes())


def test_feed_is_for_nobody_who_is_not_here(url: str, tmp_path: Path) -> None:
    keep(url, a_plan())

    assert "Nobody here is called “Kim”: say Maya, Jonas or shared." == refusal(
        "feed", tmp_path, "--for", "Kim"
    )


def test_feed_makes_no_folder(url: str, tmp_path: Path) -> None:
    keep(url, a_plan())

    assert f"There is no folder {tmp_path}/gone." == refusal("feed", tmp_path / "gone")
    assert not (tmp_path / "gone").exists()


def test_feed_without_a_household_says_what_to_do(tmp_path: Path) -> None:
    assert refusal("feed", tmp_path).startswith("There is no household yet")


def test_what_a_command_changes_goes_into_the_folders(url: str, tmp_path: Path) -> None:
    take(url, a_plan(an_occurrence()))
    with the_store(url) as store:
        store.save_feed(Feed(Audience.SHARED, "", str(tmp_path)))
    file = tmp_path / "leavewell-shared.ics"
    output("plan")
    after_a_look = file.exists()
    output("place")

    assert (False, True) == (after_a_look, file.exists())


def test_a_folder_that_is_gone_is_said_and_stops_no_command(url: str, tmp_path: Path) -> None:
    keep(url, a_plan(an_occurrence()))
    with the_store(url) as store:
        store.save_feed(Feed(Audience.SHARED, "", str(tmp_path / "gone")))
    result = run("place")

    assert (0, f"There is no folder {tmp_path}/gone.\n") == (result.exit_code, result.stderr)
    assert result.stdout.startswith("The week of 23 November 2026")


# balance


def test_balance_has_a_row_for_each_week_and_strand_with_unknown_hours_empty(
    sampled: Callable[[int], None],
) -> None:
    sampled(2)
    written = rows("--weeks", 2)
    first, last = written[0], written[-1]

    assert len(written) == 3 * 7
    assert [first[k] for k in ("week", "starts", "kind", "partner")] == [
        "2026-W46",
        "2026-11-09",
        "together",
        "",
    ]
    assert re.fullmatch(r"\d+\.\d\d", first["lived"])
    assert (last["week"], last["partner"], last["lived"]) == ("2026-W48", "Jonas", "")


def test_balance_tells_what_of_together_is_all_of_us_behind_the_old_columns(
    sampled: Callable[[int], None],
) -> None:
    sampled(2)
    together, alone, *_ = rows("--weeks", 2)

    assert ["planned_all_of_us", "lived_all_of_us"] == list(together)[-2:]
    assert 0 <= float(together["lived_all_of_us"]) <= float(together["lived"])
    assert "" == alone["lived_all_of_us"]


def test_balance_of_a_household_without_children_knows_no_shades(store: Store) -> None:
    store.save_household(a_household(children=False))

    assert "grace" == list(rows("--weeks", 1)[0])[-1]


def test_balance_of_a_week_without_a_plan_is_unknown_and_not_zero(
    sampled: Callable[[int], None],
) -> None:
    sampled(0)
    before = [row for row in rows("--weeks", 1) if row["week"] == "2026-W47"]

    assert {("", "", "")} == {(row["hoped"], row["planned"], row["lived"]) for row in before}


def test_balance_shows_half_a_year_unless_told_otherwise(sampled: Callable[[int], None]) -> None:
    sampled(1)

    assert len({row["week"] for row in rows()}) == 27


# what is refused


@pytest.mark.parametrize(
    "arguments",
    [
        ["plan"],
        ["place"],
        ["export", "-o", "week.ics"],
        ["balance", "--csv"],
        ["busy", "add", "week.ics", "--partner", "Maya"],
        ["busy", "list"],
        ["busy", "remove", "week.ics"],
    ],
    ids=lambda a: "-".join(a[:2]),
)
def test_a_store_without_a_household_is_refused_with_what_to_do(arguments: list[str]) -> None:
    assert refusal(*arguments) == (
        "There is no household yet: open Leavewell to begin, or run “python -m rituals sample”."
    )


def test_a_store_that_is_no_store_is_refused(file: Path) -> None:
    file.write_text("a letter, not a store")

    assert re.fullmatch(r"The store at .*leavewell\.db cannot be opened: .*\.", refusal("plan"))


def test_a_catalogue_that_cannot_be_read_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "catalogue.toml").write_text("[[ritual]]\nkey = 'late-talk'\n")
    monkeypatch.setattr(catalogue, "SUGGESTED", tmp_path / "catalogue.toml")

    assert refusal("sample").startswith("catalogue.toml, ritual 1 (late-talk): the field “title”")


@pytest.mark.parametrize("command", ["plan", "place", "export"])
@pytest.mark.parametrize("week", ["2026-48", "2026-W54", "next", ""])
def test_a_week_that_cannot_be_read_is_refused(command: str, week: str) -> None:
    sentence = f"“{week}” is not a week; write it like 2026-W48."

    assert sentence == refusal(command, "--week", week)


@pytest.mark.parametrize("year", ["0001", "1969", "3000", "9999"])
def test_a_week_beyond_all_calendars_is_refused(sampled: Callable[[int], None], year: str) -> None:
    sampled(0)
    sentence = refusal("plan", "--week", f"{year}-W52")

    assert sentence == f"The year {int(year)} is too far away to be planned."


def test_a_week_in_which_nothing_lies_gives_no_file_and_is_not_kept(
    sampled: Callable[[int], None], url: str, tmp_path: Path
) -> None:
    sampled(0)
    sentence = refusal("export", "--week", "1970-W01", "-o", tmp_path / "week.ics")

    assert sentence == "Nothing lies in the plan there, so there is no file to write."
    assert not (tmp_path / "week.ics").exists()
    assert list(kept(url)[2]) == [AHEAD]


@pytest.mark.parametrize("week", ["1970-W01", "2999-W52"])
def test_the_first_and_the_last_week_that_can_be_planned(
    sampled: Callable[[int], None], week: str
) -> None:
    sampled(0)

    assert json.loads(output("plan", "--week", week, "--json"))["week"] == week


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("nowhere/week.ics", "No such file or directory"),
        ("", "it is not a file"),
    ],
    ids=["no such folder", "a folder"],
)
def test_a_file_that_cannot_be_written_is_refused(
    sampled: Callable[[int], None], name: str, why: str, tmp_path: Path
) -> None:
    sampled(0)

    assert (
        refusal("export", "-o", tmp_path / name) == f"{tmp_path / name} cannot be written: {why}."
    )


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["export"], "Missing option '-o'."),
        (["balance"], "Missing option '--csv'."),
        (["sample", "--weeks", "-1"], "Invalid value for '--weeks': -1 is not in the range"),
        (["export", "--weeks", "5", "-o", "-"], "Invalid value for '--weeks': 5 is not in"),
        (["export", "--weeks", "0", "-o", "-"], "Invalid value for '--weeks': 0 is not in"),
        (["plan", "--month", "11"], "No such option '--month'."),
        (["busy", "add", "week.ics"], "Missing option '--partner'."),
        (["busy", "add"], "Missing argument 'FILE'."),
        (["busy", "remove"], "Missing argument 'ID_OR_NAME'."),
        (["busy", "dance"], "No such command 'dance'."),
        (["dance"], "No such command 'dance'."),
    ],
)
def test_what_was_mistyped_is_refused_on_one_line(arguments: list[str], sentence: str) -> None:
    assert refusal(*arguments).startswith(sentence)


def test_a_refused_export_writes_nothing(tmp_path: Path) -> None:
    refusal("export", "-o", tmp_path / "week.ics")

    assert not (tmp_path / "week.ics").exists()


@pytest.mark.parametrize(
    "command",
    [
        "",
        "sample",
        "plan",
        "place",
        "export",
        "balance",
        "busy",
        "busy add",
        "busy list",
        "busy remove",
        "feed",
    ],
)
def test_help_says_nothing_that_is_never_said(command: str) -> None:
    assert "Usage:" in output(*command.split(), "--help")


# the program itself


def python(*arguments: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-W", "error", *arguments], cwd=ROOT, capture_output=True, check=False
    )


@pytest.mark.outside
@pytest.mark.usefixtures("not_there")
def test_the_module_runs_from_the_first_sample_to_the_calendar_file() -> None:
    ends = [
        python("-m", "rituals", *command.split())
        for command in ("sample --weeks 1", "sample", "export -o -", "export -o -")
    ]

    assert [end.returncode for end in ends] == [0, 2, 0, 0]
    assert ends[1].stderr.decode().count("\n") == 1
    assert ends[2].stdout == ends[3].stdout
    assert ends[2].stdout.startswith(b"BEGIN:VCALENDAR\r\n")


@pytest.mark.outside
def test_a_week_that_cannot_be_read_ends_the_program_with_status_two() -> None:
    end = python("-m", "rituals", "plan", "--week", "soon")

    assert (end.returncode, end.stdout) == (2, b"")
    assert end.stderr.decode() == "“soon” is not a week; write it like 2026-W48.\n"


@pytest.mark.outside
def test_what_only_one_command_needs_is_not_imported_for_the_others() -> None:
    heavy = {
        "pandas", "icalendar", "recurring_ical_events", "altair", "alembic", "streamlit",
    }  # fmt: skip
    asked = f"import sys, rituals.__main__; print({heavy} & set(sys.modules))"

    assert python("-c", asked).stdout.strip() == b"set()"

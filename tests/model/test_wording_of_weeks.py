"""What is usual and what is different, as sentences."""

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest

from rituals.model import wording_of_weeks
from rituals.model.difference import Difference, What
from rituals.model.household import ONE, TWO
from rituals.model.time.formats import STANDARD
from rituals.model.time.recurrence import Recurrence
from rituals.model.time.week import Week
from rituals.model.usual import Child, DayHours, Elsewhere, Holidays, Usual
from tests.support.notation import a_household, hours_of

TODAY = date(2026, 11, 29)
HOME = a_household(hours=hours_of("Mon-Fri 09:00-17:00", away="Mon-Fri 08:00-16:00"))

TOLD = [datetime(2026, 11, day, tzinfo=UTC) for day in (1, 2)]


def every(rule, when="2026-12-11T19:00/2026-12-11T23:00"):
    return Recurrence.read(f"{when} FREQ=WEEKLY;{rule}")


def different(what, first, last=None, partner="", **more):
    days = (date.fromisoformat(f"2026-12-{day:02}") for day in (first, last or first))
    return Difference("1", what, *days, datetime(2026, 11, 1, tzinfo=UTC), partner, **more)


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [
        ("INTERVAL=1", "Every Friday 19:00–23:00"),
        ("INTERVAL=1;BYDAY=MO,TU,WE", "Monday to Wednesday 19:00–23:00"),
        ("INTERVAL=2", "Every second Friday 19:00–23:00, next on 11 December"),
        (
            "INTERVAL=3;BYDAY=MO,TU,WE,TH",
            "Every third week, Monday to Thursday 19:00–23:00, next on 7 December",
        ),
        ("INTERVAL=6", "Every six weeks on Friday 19:00–23:00, next on 11 December"),
    ],
)
def test_what_comes_again_says_how_often_and_when_next(rule, sentence):
    assert sentence == wording_of_weeks.recurrence(every(rule), TODAY, STANDARD)


def test_a_weekend_away_says_when_it_ends():
    weekend = every("INTERVAL=2", "2026-12-12T10:00/2026-12-13T18:00")

    assert (
        "Every second Saturday 10:00 to Sunday 18:00, next on 12 December"
        == wording_of_weeks.recurrence(weekend, TODAY, STANDARD)
    )


@pytest.mark.parametrize(
    ("value", "long"),
    [
        (
            different(What.AWAY, 1, 3, TWO, nights=True),
            "Jonas away, Tuesday 1 to Thursday 3 December",
        ),
        (different(What.OFF, 4, partner=ONE), "Maya off, Friday 4 December"),
        (
            different(What.AWAY, 1, 2, TWO),
            "Jonas away, back for the nights, Tuesday 1 to Wednesday 2 December",
        ),
        (
            different(What.SITTER, 4, 5, start=time(19), end=time(0, 30)),
            "Sitter, Friday 4 December 19:00–00:30",
        ),
        (
            different(
                What.CHILDREN_AWAY, 5, 6, start=time(10), end=time(18), nights=True, place="Oma’s"
            ),
            "Children away at Oma’s, Saturday 5 December 10:00 to Sunday 6 December 18:00",
        ),
        (
            different(What.BEDTIME, 4, start=time(21)),
            "Children’s bedtime, 21:00, Friday 4 December",
        ),
        (
            different(What.WORK, 1, 3, ONE, start=time(14), end=time(22)),
            "Maya works, Tuesday 1 to Thursday 3 December, 14:00–22:00",
        ),
    ],
)
def test_a_difference_says_what_and_when(value, long):
    assert long == wording_of_weeks.difference(value, HOME)


def test_the_facts_of_a_week_are_named_each_for_its_days():
    usual = Usual(
        elsewhere=(Elsewhere(every("INTERVAL=2", "2026-12-05T10:00/2026-12-06T18:00"), "Oma’s"),),
        sitter=(every("INTERVAL=2", "2026-12-04T19:00/2026-12-04T23:00"),),
    )
    trip = different(What.AWAY, 1, 3, TWO, nights=True)
    household = replace(HOME, usual=usual, differences=(trip,))
    named = wording_of_weeks.named_facts(Week(2026, 49), household)

    assert [
        ("Jonas away Tue–Thu", "Jonas away"),
        ("Sitter Fri 19:00–23:00", "Sitter 19:00–23:00"),
        ("Children at Oma’s Sat–Sun", "Children at Oma’s"),
    ] == [(fact.text, fact.band) for fact in named]
    assert [] == wording_of_weeks.named_facts(Week(2026, 50), replace(household, differences=()))


EVENING = {"start": time(19), "end": time(23)}


@pytest.mark.parametrize(
    ("earlier", "later", "named"),
    [
        (different(What.NO_SITTER, 4), different(What.SITTER, 4, **EVENING), "Sitter 19:00–23:00"),
        (different(What.SITTER, 4, **EVENING), different(What.NO_SITTER, 4), "No sitter"),
        (
            different(What.AWAY, 4, partner=TWO),
            different(What.HOME, 4, partner=TWO),
            "Jonas at home",
        ),
        (different(What.OFF, 4, partner=TWO), different(What.AWAY, 4, partner=TWO), "Jonas away"),
        (
            different(What.CHILDREN_AWAY, 4),
            different(What.CHILDREN_HOME, 4),
            "Children at home",
        ),
        (
            different(What.BEDTIME, 4, start=time(21)),
            different(What.BEDTIME, 4, start=time(20)),
            "Children’s bedtime 20:00",
        ),
        (
            different(What.WORK, 4, partner=TWO, **EVENING),
            different(What.OFF, 4, partner=TWO),
            "Jonas off",
        ),
    ],
)
def test_what_a_later_word_took_the_place_of_is_not_named(earlier, later, named):
    told = [replace(each, id=str(n), told=TOLD[n]) for n, each in enumerate((earlier, later))]
    household = replace(HOME, differences=tuple(told))

    assert [named] == [f.band for f in wording_of_weeks.named_facts(Week(2026, 49), household)]


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        (different(What.AWAY, 4, partner=TWO), different(What.WORK, 4, partner=TWO, **EVENING)),
        (different(What.AWAY, 4, partner=TWO), different(What.HOME, 4, partner=ONE)),
        (different(What.NO_SCHOOL, 4), different(What.CHILDREN_AWAY, 4)),
        (different(What.SITTER, 4, **EVENING), different(What.NO_SITTER, 4, end=time(20))),
    ],
)
def test_what_still_says_something_beside_a_later_word_is_named(earlier, later):
    told = [replace(each, id=str(n), told=TOLD[n]) for n, each in enumerate((earlier, later))]
    household = replace(HOME, differences=tuple(told))

    assert 2 == len(wording_of_weeks.named_facts(Week(2026, 49), household))


def test_a_trip_is_not_named_on_the_day_on_which_one_is_at_home_after_all():
    trip = different(What.AWAY, 1, 3, TWO, nights=True)
    home = replace(different(What.HOME, 2, partner=TWO), id="2", told=TOLD[1])
    household = replace(HOME, differences=(trip, home))
    fact, _ = wording_of_weeks.named_facts(Week(2026, 49), household)

    assert "Jonas away Tue–Thu" == fact.text
    assert [True, False, True] == [fact.holds_on(date(2026, 12, n)) for n in (1, 2, 3)]


@pytest.mark.parametrize(
    ("holidays", "text"),
    [
        (Holidays("DE", (ONE, TWO)), "Christmas Day Fri (no school, both off)"),
        (Holidays("DE", (ONE,), no_school=False), "Christmas Day Fri (Maya off)"),
        (Holidays("DE", no_school=False), "Christmas Day Fri"),
    ],
)
def test_a_public_holiday_says_what_it_means(holidays, text):
    household = replace(HOME, usual=Usual(holidays=holidays))
    friday, saturday = wording_of_weeks.named_facts(Week(2026, 52), household)

    assert (text, "Second Day of Christmas Sat") == (friday.text, saturday.text)


def test_what_goes_beyond_a_week_is_named_with_its_dates():
    trip = different(What.AWAY, 1, 14, TWO, nights=True)
    (fact,) = wording_of_weeks.named_facts(Week(2026, 49), replace(HOME, differences=(trip,)))

    assert "Jonas away 1 December–14 December" == fact.text
    assert (date(2026, 12, 1), date(2026, 12, 6)) == (fact.first, fact.last)


def test_what_is_usual_is_told_heading_by_heading():
    usual = Usual(
        work={TWO: (every("INTERVAL=2;BYDAY=MO,TU", "2026-11-30T22:00/2026-12-01T06:00"),)},
        asleep={TWO: (every("INTERVAL=2;BYDAY=TU,WE", "2026-12-01T08:00/2026-12-01T15:00"),)},
        days=(DayHours.read("Fri,Sat sleep 00:30"), DayHours.read("Sun wake 09:00", TWO)),
        children=(Child("Mia", 2019), Child("Ben")),
        holidays=Holidays("DE-BY", (ONE, TWO)),
        way_home=35,
        free_evenings={TWO: (4, 5, 6)},
    )

    assert {
        "Maya works": ["Monday to Friday 09:00–17:00"],
        "Jonas works": ["Every second week, Monday and Tuesday 22:00–06:00, next on 30 November"],
        "Jonas sleeps by day": [
            "Every second week, Tuesday and Wednesday 08:00–15:00, next on 1 December"
        ],
        "Mia and Ben": ["Away by day: Monday to Friday 08:00–16:00"],
        "Sitter": ["None known"],
        "Your hours": [
            "Up 06:30, supper 18:00, children asleep 19:30, you 22:30",
            "Friday and Saturday: to sleep 00:30",
            "Sunday: Jonas up 09:00",
            "A way home takes 35 minutes",
            "Jonas would rather keep Friday to Sunday evenings free",
        ],
        "Public holidays": ["Bayern, Germany: Maya and Jonas off, no school"],
    } == dict(wording_of_weeks.usual_sentences(replace(HOME, usual=usual), TODAY))

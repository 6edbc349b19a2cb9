"""School holidays from a file: the children's calendar tells the week that there is no school."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from rituals.calendars.incoming import intake
from rituals.model.calendar import Calendar, Origin
from rituals.model.difference import What
from rituals.model.household import CHILDREN, ONE, TWO, Kind
from rituals.model.local_time import week_span
from rituals.model.plan import standing
from rituals.model.ritual import TakesPart
from rituals.model.time.week import Week
from rituals.model.week_facts import calendars_say, week_facts
from rituals.model.wording_of_weeks import named_facts
from rituals.planning import changes, scheduling
from rituals.store.context import load_context
from tests.support.notation import a_household, a_ritual, hours_of, spans
from tests.support.paths import ROOT

FILES = ROOT / "tests" / "data" / "school_holidays"
READ = datetime(2026, 11, 22, 20, tzinfo=UTC)
CHRISTMAS, NEW_YEAR = Week(2026, 52), Week(2026, 53)
SCHOOL = "Mon-Fri 08:00-15:00"
HOURS = hours_of("Mon-Fri 09:00-17:00", "Mon-Fri 09:00-17:00", SCHOOL)
OURS = Calendar("k", CHILDREN, "school.ics", Origin.FILE, "school.ics", whole_days=True)


@pytest.fixture
def home(store):
    store.save_household(a_household(hours=HOURS))
    return store


def took_in(store, name, calendar=OURS):
    intake.take_in(store, calendar, (FILES / name).read_bytes(), store.load_household(), READ)
    return store.load_household()


def at_school(week, household):
    return week_facts(week, household).elsewhere & spans(SCHOOL_DAYS, week)


SCHOOL_DAYS = ", ".join(f"{day} 08:00-15:00" for day in ("Mon", "Tue", "Wed", "Thu", "Fri"))


@pytest.mark.parametrize(
    ("file", "days"),
    [
        ("german.ics", [(date(2026, 12, 23), date(2027, 1, 8))]),
        ("austrian.ics", [(date(2026, 12, 23), date(2027, 1, 8))]),
        ("british.ics", [(date(2026, 12, 18), date(2027, 1, 4))]),
    ],
)
def test_whole_days_in_a_row_are_one_stretch_whatever_the_file_says_of_busy(home, file, days):
    (row,) = took_in(home, file).from_calendars

    assert {What.NO_SCHOOL} == {said.what for said in row}
    assert days == [(said.first, said.last) for said in row]


@pytest.mark.parametrize("file", ["german.ics", "austrian.ics", "british.ics"])
def test_christmas_holidays_from_a_file_are_weeks_without_school(home, file):
    household = took_in(home, file)

    assert not at_school(NEW_YEAR, household)
    assert at_school(CHRISTMAS - 2, household)
    assert [What.NO_SCHOOL] == [said.what for said in calendars_say(NEW_YEAR, household)]


def test_holidays_are_named_in_their_week_and_cannot_be_taken_out_there(home):
    household = took_in(home, "german.ics")

    assert [("No school Wed–Sun", None)] == [
        (fact.text, fact.difference) for fact in named_facts(CHRISTMAS, household)
    ]


def test_holidays_begin_on_their_day_and_not_before(home):
    household = took_in(home, "german.ics")

    assert spans("Mon 08:00-15:00, Tue 08:00-15:00", CHRISTMAS) == at_school(CHRISTMAS, household)


def test_the_plan_knows_that_the_children_are_at_home(home):
    ritual = a_ritual("zoo", minutes=120, window="Mon-Fri 10:00-12:30", kind=Kind.SOLO,
                      takes_part=TakesPart.EACH)  # fmt: skip
    free = replace(HOURS, work={})
    home.save_household(replace(home.load_household(), hours=free))

    assert [] == lying(home, NEW_YEAR, ritual)

    took_in(home, "german.ics")

    assert ["zoo"] == lying(home, NEW_YEAR, ritual)


def lying(store, week, ritual):
    household = store.load_household()
    context = load_context(store, week, household, {ritual.id: ritual})
    plan = changes.choose(changes.first_plan(week, household), ritual.id, ONE, 1)
    return [o.ritual for o in standing(scheduling.scheduled(plan, context, READ))]


def test_what_has_hours_takes_the_children_from_home_where_that_is_ticked(home):
    week = Week(2026, 50)
    without = week_facts(week, took_in(home, "british.ics")).other_home
    ticked = took_in(home, "british.ics", replace(OURS, away=True))

    assert not without
    assert spans("Fri 16:00-19:00", week) == week_facts(week, ticked).other_home


def test_a_calendar_whose_whole_days_mean_nothing_says_nothing(home):
    assert () == took_in(home, "german.ics", replace(OURS, whole_days=False)).from_calendars


def test_a_removed_calendar_takes_what_it_said_with_it(home):
    before = home.load_household()
    took_in(home, "german.ics")
    home.remove_calendar(OURS.id)

    assert before == home.load_household()


def test_a_partners_calendar_says_nothing_of_school_and_takes_no_time_with_holidays(home):
    household = took_in(home, "german.ics", replace(OURS, partner=TWO))

    assert () == household.from_calendars
    assert {} == home.load_busy(week_span(CHRISTMAS, household))


def test_the_childrens_calendar_takes_nobody_elses_time(home):
    household = took_in(home, "british.ics", replace(OURS, away=True))

    assert {} == home.load_busy(week_span(Week(2026, 50), household))


def test_of_a_partners_calendar_days_in_a_row_are_kept_and_single_free_ones_are_not(home):
    household = took_in(home, "british.ics", replace(OURS, partner=ONE))

    assert [(ONE, date(2026, 12, 21), date(2027, 1, 1))] == [
        (days.partner, days.first, days.last) for days in home.load_whole_days(household)
    ]

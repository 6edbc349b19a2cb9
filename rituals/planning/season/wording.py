"""Sentences on what is rare: why it is in a week, and when it comes."""

from __future__ import annotations

from datetime import date

from rituals.model import local_time, wording
from rituals.model.household import Household
from rituals.model.ritual import Ritual
from rituals.model.time.week import Week
from rituals.planning.season.repeats import Decided
from rituals.planning.season.season import Rare, SeasonAhead, day_in

NOTHING = "Nothing rare is kept yet."
WHILE_DECIDED = {
    Decided.PLANNED: "it is planned",
    Decided.BY_HAND: "you put it there",
    Decided.LEFT_OUT: "left out",
}


def why(ritual: Ritual, week: Week, last: Week | None, household: Household) -> str:
    """A sentence on why something rare is in a week: its day, or how long ago the last one was."""
    if day := day_in(ritual, week, household):
        return f"It is {_dated(ritual, day, household)}."
    if last is None:
        return "It would be the first one."
    return f"The last one was {ago(week - last)}."


def ago(weeks: int) -> str:
    """A number of weeks as "a week ago", "five weeks ago" or "a year ago"."""
    if weeks == 1:
        return "a week ago"
    if weeks in (52, 53):
        return "a year ago"
    return f"{wording.number(weeks)} weeks ago"


def title(ritual: Ritual, partner: str | None, household: Household) -> str:
    """Its title, with the name of who has it where it is one of the two."""
    return f"{household.name(partner)}: {ritual.title}" if partner else ritual.title


def when(entry: Rare, household: Household) -> str:
    """The day of what has a date, or the week it comes in, as "week of 7 December"."""
    if entry.day:
        return household.formats.day(entry.day)
    return f"week of {household.formats.short_day(local_time.first_day(entry.week, household))}"


def line(entry: Rare, household: Household) -> str:
    """One time of something rare, with why it is there or what became of it."""
    decided = WHILE_DECIDED.get(entry.decided) if entry.decided else None
    about = decided or why(entry.ritual, entry.week, entry.last, household)[:-1]
    about = about[0].lower() + about[1:]
    waits = "" if entry.has_sitter or entry.is_left_out else ", a sitter is to be found"
    return f"{title(entry.ritual, entry.partner, household)} · {about}{waits}"


def not_in_it(season: SeasonAhead, household: Household) -> list[str]:
    """Lines on rituals that are kept and do not come in these weeks, one each."""
    there = {(entry.ritual.id, entry.partner) for entry in season.rare}
    return [
        f"{title(ritual, partner, household)}, {wording.rhythm(ritual.rhythm, household.formats)}"
        for ritual, partner, _ in season.kept
        if (ritual.id, partner) not in there
    ]


def _dated(ritual: Ritual, day: date, household: Household) -> str:
    counted = ritual.rhythm.date.ordinal(day.year) if ritual.rhythm.date else ""
    on = f"on {household.formats.day(day)}"
    return f"{counted}, {on}" if counted else on

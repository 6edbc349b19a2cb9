"""Sentences on what is usual and what is different, for every screen and the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, time, timedelta
from typing import NamedTuple, cast

from rituals.model import local_time, public_holidays, week_facts
from rituals.model.difference import Difference, What
from rituals.model.household import Earlier, Household
from rituals.model.time.formats import STANDARD, Formats
from rituals.model.time.recurrence import Recurrence
from rituals.model.time.week import Week
from rituals.model.time.window import DAYS, Window
from rituals.model.usual import DayHours
from rituals.model.wording import WEEKDAYS, listed, number, weekdays

SATURDAY = 5
EVERY = {1: "Every", 2: "Every second", 3: "Every third", 4: "Every fourth"}
HOURS = {"wake": "up", "supper": "supper", "bedtime": "bedtime", "sleep": "to sleep"}


def recurrence(value: Recurrence, today: date, formats: Formats) -> str:
    """A stretch as "Every second Friday 19:00-23:00, next on 11 December"."""
    when = f"{_every(value)} {_from_to(value, formats)}"
    if value.weeks == 1:
        return when
    return f"{when}, next on {formats.short_day(value.next_day(today))}"


def _every(value: Recurrence) -> str:
    """Frequency of a stretch: "Every second Friday", "Every second week, Monday to Thursday"."""
    every = EVERY.get(value.weeks)
    if len(value.weekdays) > 1:
        named = weekdays(value.weekdays)
        often = f"{every} week" if every else f"Every {number(value.weeks)} weeks"
        return named if value.weeks == 1 else f"{often}, {named}"
    return f"{every or f'Every {number(value.weeks)} weeks on'} {WEEKDAYS[value.weekdays[0]]}"


def weekly(value: Window, formats: Formats) -> str:
    """Weekly hours as "Monday to Friday 09:00–17:00"."""
    start, end = cast("time", value.start), cast("time", value.end)  # rituals alone have anchors
    return f"{weekdays(value.days)} {formats.from_to(start, end)}"


def day_hours(value: DayHours, household: Household) -> str:
    """Other hours on some days as "Friday and Saturday: Sam to sleep 00:30"."""
    whose = f"{household.name(value.partner)} " if value.partner else ""
    chosen = ((word, getattr(value, name)) for name, word in HOURS.items())
    clock = household.formats.clock
    hours = ", ".join(f"{word} {clock(hour)}" for word, hour in chosen if hour is not None)
    return f"{weekdays(value.days)}: {whose}{hours}"


def way_home(minutes: int) -> str:
    """The way home as "A way home takes 20 minutes"."""
    taken = "no time" if minutes == 0 else "a minute" if minutes == 1 else f"{minutes} minutes"
    return f"A way home takes {taken}"


def free_evenings(name: str, days: Sequence[int]) -> str:
    """Evenings kept free as "Sam would rather keep Monday and Thursday evenings free"."""
    every = "every evening" if len(days) == len(DAYS) else f"{weekdays(days)} evenings"
    return f"{name} would rather keep {every} free"


def difference(value: Difference, household: Household) -> str:
    """A difference as "Jonas away, Tuesday 1 to Thursday 3 December"."""
    return f"{what(value, household)}, {_stretch(value, household.formats)}"


class NamedFact(NamedTuple):
    """Something that makes a week another one, named: from a day to a day, both included."""

    what: str
    hours: str
    first: date
    last: date
    difference: Difference | None = None  # None where nobody told it by hand
    is_holiday: bool = False
    formats: Formats = STANDARD
    taken: frozenset[date] = frozenset()  # the days that something told later took from it

    def holds_on(self, day: date) -> bool:
        """True on its days, but for those that something told later took from it."""
        return self.first <= day <= self.last and day not in self.taken

    @property
    def text(self) -> str:
        """The fact with its days: "Jonas away Tue–Thu", "Sitter Fri 19:00–23:00"."""
        first, last = self.first, self.last
        if self.difference is not None and not _is_one_night(self.difference):
            first, last = self.difference.first, self.difference.last
        return " ".join(
            filter(None, (self.what, _short_days(first, last, self.formats), self.hours))
        )

    @property
    def band(self) -> str:
        """The fact as it stands at its days: "Jonas away", "Sitter 19:00–23:00"."""
        return " ".join(filter(None, (self.what, self.hours)))


def named_facts(week: Week, household: Household) -> list[NamedFact]:
    """All that makes a week another one, in the order of its days, the longer first.

    Differences, public and school holidays, where the children are by turns, and a sitter who
    comes by turns.
    """
    household = household.in_week(week)
    shown = local_time.days(week, household)
    chosen = week_facts.differences_in(week, household)
    found = [_of_difference(difference, shown, household) for difference in chosen]
    found = [f for f in (_without_taken(f, chosen) for f in found) if any(map(f.holds_on, shown))]
    holidays = week_facts.named_days(week, household)
    found += [
        NamedFact(name, _means(day, household), day, day, None, is_holiday=True)
        for day, name in holidays.items()
    ]
    if household.children:
        found += _by_turns(shown, household)
        found += _school_holidays(week, household)
    return sorted(found, key=lambda f: (f.first, -f.last.toordinal(), f.text))


def _means(day: date, household: Household) -> str:
    """Meaning of a public holiday at home, as "(no school, Maya off)"; nothing at a weekend."""
    holidays = household.usual.holidays
    names = [household.name(key) for key in holidays.off]
    school = "no school" if household.children and holidays.no_school else ""
    off = "both off" if len(names) > 1 else " ".join([*names, "off"] if names else [])
    chosen = ", ".join(filter(None, (school, off)))
    return f"({chosen})" if chosen and day.weekday() < SATURDAY else ""


def _of_difference(value: Difference, shown: Sequence[date], household: Household) -> NamedFact:
    last = value.first if _is_one_night(value) else value.last
    days = max(value.first, shown[0]), max(min(last, shown[-1]), shown[0])
    hours = _short_hours(value, household.formats)
    return NamedFact(what(value, household), hours, *days, value, formats=household.formats)


def _without_taken(fact: NamedFact, differences: Sequence[Difference]) -> NamedFact:
    days = [fact.first + timedelta(days=n) for n in range((fact.last - fact.first).days + 1)]
    own = cast("Difference", fact.difference)
    later = [d for d in differences if (d.told, d.id) > (own.told, own.id)]
    return fact._replace(
        taken=frozenset(day for day in days if any(d.leaves_nothing_of(own, day) for d in later))
    )


def what(value: Difference, household: Household) -> str:
    """The thing that is different, without its days: "Jonas away", "No school"."""
    name = household.name(value.partner) if value.partner else ""
    place = f" at {value.place}" if value.place else ""
    by_day = ", back for the nights" if not value.nights and _has_nights(value) else ""
    words = {
        What.OFF: f"{name} off",
        What.AWAY: f"{name} away{place}{by_day}",
        What.HOME: f"{name} at home",
        What.WORK: f"{name} works",
        What.NO_SCHOOL: "No school",
        What.CHILDREN_AWAY: f"Children away{place}{by_day}",
        What.CHILDREN_HOME: "Children at home",
        What.BEDTIME: "Children’s bedtime",
        What.SITTER: "Sitter",
        What.NO_SITTER: "No sitter",
        What.NOTHING: "Nothing",
    }
    return words[value.what]


def overridden(before: Sequence[Difference], household: Household) -> str:
    """Sentence on what a new difference takes the place of; empty where that is nothing."""
    named = listed([f"“{difference(old, household)}”" for old in before])
    return f"Where they meet, this takes the place of {named}." if before else ""


def days_in_words(first: date, last: date, formats: Formats) -> str:
    """Days as "Friday 4 December" or "Tuesday 1 to Thursday 3 December"."""
    if first == last or first.month != last.month or formats.month_first:
        return " to ".join(formats.day(day) for day in dict.fromkeys((first, last)))
    return f"{WEEKDAYS[first.weekday()]} {first.day} to {formats.day(last)}"


def _after_colon(sentence: str) -> str:
    return f"every{sentence[5:]}" if sentence.startswith("Every ") else sentence


def _has_nights(value: Difference) -> bool:
    return value.what in (What.AWAY, What.CHILDREN_AWAY) and value.last > value.first


def _from_to(value: Recurrence, formats: Formats) -> str:
    days = (value.end.date() - value.start.date()).days
    if days <= 1 and value.end - value.start <= timedelta(hours=20):
        return formats.from_to(value.start, value.end)
    begins, ends = formats.clock(value.start), formats.clock(value.end)
    return f"{begins} to {WEEKDAYS[value.end.weekday()]} {ends}"


def _stretch(value: Difference, formats: Formats) -> str:
    days = days_in_words(value.first, value.last, formats)
    first, last = formats.day(value.first), formats.day(value.last)
    if value.what is What.BEDTIME and value.start:
        return f"{formats.clock(value.start)}, {days}"
    if value.first == value.last or _is_one_night(value):
        return f"{first}{_hours(value, ' ', formats)}"
    if value.what is What.WORK:
        return f"{days}{_hours(value, ', ', formats)}"
    begins = f" {formats.clock(value.start)}" if value.start else ""
    ends = f" {formats.clock(value.end)}" if value.end else ""
    if not begins and not ends:
        return days
    return f"{first}{begins} to {last}{ends}"


def _short_days(first: date, last: date, formats: Formats) -> str:
    if last - first >= timedelta(days=7):
        return f"{formats.short_day(first)}–{formats.short_day(last)}"
    ends = DAYS[last.weekday()]
    return ends if first == last else f"{DAYS[first.weekday()]}–{ends}"


def _short_hours(value: Difference, formats: Formats) -> str:
    """The hours of an evening, of a day, or of each of its days; none over nights."""
    if value.what is What.BEDTIME and value.start:
        return formats.clock(value.start)
    within_days = value.first == value.last or _is_one_night(value) or value.what is What.WORK
    return _hours(value, "", formats) if within_days else ""


def _is_one_night(value: Difference) -> bool:
    """True for an evening that ends after midnight."""
    over_midnight = value.last - value.first == timedelta(days=1) and not value.nights
    return bool(over_midnight and value.start and value.end and value.end < value.start)


def _hours(value: Difference, before: str, formats: Formats) -> str:
    if value.start and value.end:
        return f"{before}{formats.from_to(value.start, value.end)}"
    if value.start:
        return f"{before}from {formats.clock(value.start)}"
    return f"{before}until {formats.clock(value.end)}" if value.end else ""


def _by_turns(shown: Sequence[date], household: Household) -> Iterator[NamedFact]:
    for place in household.usual.elsewhere:
        text = f"Children at {place.place}" if place.place else "Children away"
        for start, end in place.when.between(shown[0], shown[-1]):
            if start.date() <= shown[-1] and end.date() >= shown[0]:
                days = max(start.date(), shown[0]), min(end.date(), shown[-1])
                yield NamedFact(text, "", *days, formats=household.formats)
    for evening in household.usual.sitter:
        for start, end in evening.between(shown[0], shown[-1]):
            if shown[0] <= start.date() <= shown[-1] and not _is_cancelled(start.date(), household):
                hours = household.formats.from_to(start, end)
                yield NamedFact("Sitter", hours, start.date(), start.date())


def _school_holidays(week: Week, household: Household) -> Iterator[NamedFact]:
    """Days without school by the children's calendars; their hours away would be too many."""
    shown = local_time.days(week, household)
    for said in week_facts.calendars_say(week, household):
        if said.what is What.NO_SCHOOL:
            yield _of_difference(said, shown, household)._replace(difference=None)


def _is_cancelled(day: date, household: Household) -> bool:
    chosen = (d for d in household.differences if d.what is What.NO_SITTER)
    return any(d.touches(day, day) for d in chosen)


def usual_sentences(household: Household, today: date) -> Iterator[tuple[str, list[str]]]:
    """Headings of what is usual in a household, each with its sentences: "Sam works"."""
    usual, hours, formats = household.usual, household.hours, household.formats
    for partner in household.partners:
        lines = [weekly(window, formats) for window in hours.work.get(partner.key, ())]
        lines += [recurrence(r, today, formats) for r in usual.work.get(partner.key, ())]
        asleep = [recurrence(r, today, formats) for r in usual.asleep.get(partner.key, ())]
        yield f"{partner.name} works", lines or ["No regular hours"]
        if asleep:
            yield f"{partner.name} sleeps by day", asleep
    if household.children:
        yield childrens_name(household), list(_of_children(household, today))
        yield "Sitter", [recurrence(r, today, formats) for r in usual.sitter] or ["None known"]
    yield "Your hours", list(_of_hours(household))
    region = usual.holidays.region
    yield "Public holidays", [_of_holidays(household) if region else "Not told"]


def holds_from(before: Household, after: Household, first: Week, unplanned: Week) -> str:
    """From which week on what is told anew holds; empty where it is of no week.

    Another first day of the week comes after the weeks that have a plan.
    """
    short_day, said = after.formats.short_day, ""
    as_before = replace(after, week_starts=before.week_starts)
    if Earlier.of(as_before, first) != Earlier.of(before, first):
        day = short_day(local_time.first_day(first, before))
        said = f"Holds from the week of {day} on; earlier weeks stay as they were."
    if after.week_starts != before.week_starts:
        day = short_day(after.lasting.first_day(unplanned + 1))
        said += f" Weeks begin on {WEEKDAYS[after.week_starts]} from {day} on."
    return said.strip()


def childrens_name(household: Household) -> str:
    """The children by their names, or as "The children"."""
    names = [child.name for child in household.usual.children]
    return listed(names) if names else "The children"


def _of_children(household: Household, today: date) -> Iterator[str]:
    usual = household.usual
    school = [weekly(window, household.formats) for window in household.hours.children_away]
    school += [recurrence(r, today, household.formats) for r in usual.school]
    yield from (f"Away by day: {_after_colon(line)}" for line in school)
    for place in usual.elsewhere:
        at = f", at {place.place}" if place.place else ""
        yield f"{recurrence(place.when, today, household.formats)}{at}"
    if not school and not usual.elsewhere:
        yield "Always at home"


def _of_hours(household: Household) -> Iterator[str]:
    hours, clock = household.hours, household.formats.clock
    bedtime = "children asleep" if household.children else "evening from"
    when = f"{bedtime} {clock(hours.bedtime)}"
    if household.children and household.usual.no_bedtime:
        when = "no regular bedtime"
    yield f"Up {clock(hours.wake)}, supper {clock(hours.supper)}, {when}, you {clock(hours.sleep)}"
    yield from (day_hours(line, household) for line in household.usual.days)
    yield way_home(household.usual.way_home)
    for partner in household.partners:
        if days := household.usual.free_evenings.get(partner.key):
            yield free_evenings(partner.name, days)


def _of_holidays(household: Household) -> str:
    holidays = household.usual.holidays
    off = [household.name(key) for key in holidays.off]
    who = f"{listed(off)} off" if off else "nobody off"
    school = ", no school" if household.children and holidays.no_school else ""
    return f"{public_holidays.region_name(holidays.region)}: {who}{school}"

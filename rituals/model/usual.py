"""Usual life of a household beside its weekly hours: turns, other hours on some days, a sitter.

Each line is kept as text that people can read, and shown as a sentence (wording_of_weeks.py).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date, time

from rituals.model.time.recurrence import Recurrence
from rituals.model.time.window import NotationError, read_days, read_hour, write_days, write_hour
from rituals.text import quoted

WAY_HOME, LONGEST_WAY_HOME = 20, 120  # minutes
HOURS = ("wake", "supper", "bedtime", "sleep")
BABY, SCHOOL_AGE, TEEN = 3, 6, 13  # years of age at which other things suit a child
OLDEST = 25  # a birth year says nothing of whoever is older
# Fields of Usual that the facts of a week follow from, and all others, which hold at any time.
OF_A_WEEK = ("work", "asleep", "days", "school", "elsewhere", "sitter", "holidays", "no_bedtime")
AT_ANY_TIME = ("children", "week_a", "way_home", "free_evenings")


@dataclass(frozen=True)
class DayHours:
    """Other hours than the usual ones on some weekdays, of both partners or of one.

    Written "Fri,Sat bedtime 20:30 sleep 00:30"; an hour that is None is the usual one.
    """

    days: tuple[int, ...]
    partner: str = ""  # "": the household's
    wake: time | None = None
    supper: time | None = None
    bedtime: time | None = None
    sleep: time | None = None

    @classmethod
    def read(cls, text: str, partner: str = "") -> DayHours:
        """The hours of their notation; raises NotationError that quotes what cannot be read."""
        if not re.fullmatch(r"\S+( (wake|supper|bedtime|sleep) \d\d:\d\d)+", text.strip()):
            raise NotationError(_unreadable(text))
        days, *named = text.split()
        try:
            hours = {
                name: read_hour(hour) for name, hour in zip(named[::2], named[1::2], strict=True)
            }
            return cls(read_days(days), partner, **hours)  # type: ignore[arg-type]
        except ValueError as unreadable:
            raise NotationError(_unreadable(text)) from unreadable

    def __str__(self) -> str:
        named = ((name, getattr(self, name)) for name in HOURS)
        hours = (f"{name} {write_hour(hour)}" for name, hour in named if hour is not None)
        return " ".join([write_days(self.days), *hours])


@dataclass(frozen=True)
class Elsewhere:
    """Stretch that the children spend elsewhere again and again: every second weekend at Oma's."""

    when: Recurrence
    place: str = ""


@dataclass(frozen=True)
class Child:
    """A child's name, and the year of its birth where that was told."""

    name: str
    born: int | None = None


@dataclass(frozen=True)
class Holidays:
    """The public holidays of a country or region, as "DE" or "DE-BY", and their meaning at home."""

    region: str = ""  # "": none
    off: tuple[str, ...] = ()  # the partners who are off then
    no_school: bool = True


@dataclass(frozen=True)
class Usual:
    """Turns, other hours, sitter, children, holidays beside the weekly hours; each may be empty.

    Free evenings are those of weekdays, by partner, on which one would rather have nothing.
    """

    work: Mapping[str, tuple[Recurrence, ...]] = field(default_factory=dict)  # by partner, in turns
    asleep: Mapping[str, tuple[Recurrence, ...]] = field(default_factory=dict)  # by day
    days: tuple[DayHours, ...] = ()
    school: tuple[Recurrence, ...] = ()  # children away by day, in turns
    elsewhere: tuple[Elsewhere, ...] = ()
    sitter: tuple[Recurrence, ...] = ()
    children: tuple[Child, ...] = ()
    holidays: Holidays = Holidays()
    no_bedtime: bool = False  # a baby sleeps when it sleeps
    # A day of week A by what takes turns, and whose: where the first to come is not week A's.
    week_a: Mapping[tuple[str, str], date] = field(default_factory=dict)
    way_home: int = WAY_HOME  # minutes
    free_evenings: Mapping[str, tuple[int, ...]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return any(getattr(self, f.name) != getattr(NOTHING, f.name) for f in fields(self))


NOTHING = Usual()


def _unreadable(text: str) -> str:
    return f"“{quoted(text)}” are no hours of a day; write them like “Fri,Sat sleep 00:30”."

"""Rhythms: every week, every so many weeks, or on one date of each year.

Written as "weekly", "every 13 weeks", "yearly on 12 June" or "yearly on 12 June since 2019".
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from rituals.model.time.window import NotationError
from rituals.text import quoted

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
EVERY_WEEK, YEAR = "weekly", 52  # weeks
MOST_WEEKS = 2 * YEAR
LEAP_YEAR = 2000  # it has every date there is
FIRST_YEARS = range(1900, 2201)
WEEKS = re.compile(r"every ([1-9]\d{0,2}) weeks", re.ASCII)
DATE = re.compile(rf"yearly on ([1-9]\d?) ({'|'.join(MONTHS)})(?: since (\d{{4}}))?", re.ASCII)


@dataclass(frozen=True)
class YearlyDate:
    """A date of every year, and the year from which the years are counted, if that is known."""

    month: int
    day: int
    first: int | None = None

    def __post_init__(self) -> None:
        try:
            datetime.date(LEAP_YEAR, self.month, self.day)
        except ValueError as none:
            raise NotationError(f"No year has a {self.day}. in its month {self.month}.") from none
        if self.first is not None and self.first not in FIRST_YEARS:
            raise NotationError(f"Years are counted from {FIRST_YEARS[0]} to {FIRST_YEARS[-1]}.")

    def __str__(self) -> str:
        since = f" since {self.first}" if self.first is not None else ""
        return f"{self.day} {MONTHS[self.month - 1]}{since}"

    def in_year(self, year: int) -> datetime.date:
        """Its day in a year; the 29th of February is the 28th where there is none."""
        try:
            return datetime.date(year, self.month, self.day)
        except ValueError:
            return datetime.date(year, self.month, self.day - 1)

    def ordinal(self, year: int) -> str:
        """Its number in a year as "the 7th"; nothing in and before the first year, or without one.

        The first year is that of the birth or the wedding itself.
        """
        if self.first is None or year <= self.first:
            return ""
        return f"the {_ordinal(year - self.first)}"


@dataclass(frozen=True)
class Rhythm:
    """Rhythm of a ritual: every so many weeks, or on its date, about every 52."""

    every_weeks: int = 1
    date: YearlyDate | None = None

    def __post_init__(self) -> None:
        if not 1 <= self.every_weeks <= MOST_WEEKS:
            raise NotationError(f"A rhythm has one to {MOST_WEEKS} weeks, not {self.every_weeks}.")
        if self.date and self.every_weeks != YEAR:
            raise NotationError(f"What has a date comes every {YEAR} weeks.")

    @classmethod
    def read(cls, text: str) -> Rhythm:
        """The rhythm of its notation, "" for every week; raises NotationError."""
        written = text.strip()
        if written in ("", EVERY_WEEK):
            return WEEKLY
        if found := WEEKS.fullmatch(written):
            return cls(int(found[1]))
        if found := DATE.fullmatch(written):
            first = int(found[3]) if found[3] else None
            return cls.yearly(YearlyDate(MONTHS.index(found[2]) + 1, int(found[1]), first))
        raise NotationError(
            f"“{quoted(text)}” is no rhythm; write it like “weekly”, “every 4 weeks” "
            "or “yearly on 12 June”."
        )

    @classmethod
    def yearly(cls, date: YearlyDate) -> Rhythm:
        """The rhythm of a date."""
        return cls(YEAR, date)

    def __str__(self) -> str:
        if self.date:
            return f"yearly on {self.date}"
        return EVERY_WEEK if self.is_weekly else f"every {self.every_weeks} weeks"

    @property
    def is_weekly(self) -> bool:
        """True where it may come in any week, as often as it is chosen."""
        return self.every_weeks == 1

    def day_in(self, year: int) -> datetime.date | None:
        """The day of its date in a year; None where it has no date."""
        return self.date.in_year(year) if self.date else None


WEEKLY = Rhythm()


def _ordinal(number: int) -> str:
    if number % 100 in (11, 12, 13):
        return f"{number}th"
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"

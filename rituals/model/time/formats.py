"""Formats of hours and days in a household: 20:00 or 8:00 pm, 26 November or November 26.

Every screen, file and sentence goes through here; what programs read stays ISO. Words are English.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

from rituals.model.time.rhythm import MONTHS

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
WEEK_STARTS = (0, 5, 6)  # Monday, Saturday, Sunday: the first days of the week in use in the world
QUOTED = re.compile("'[^']*'")  # words inside a pattern, such as "d 'de' MMMM"


class Paper(StrEnum):
    """Sizes of paper that home printers hold."""

    A4 = "a4"
    LETTER = "letter"


PAPERS = {Paper.A4: "A4", Paper.LETTER: "US Letter"}


@dataclass(frozen=True)
class Formats:
    """A household's habits of writing; without a size of paper it is that of their time zone."""

    twelve_hours: bool = False
    month_first: bool = False
    paper: Paper | None = None

    def clock(self, at: time | datetime) -> str:
        """A clock time as "20:00" or "8:00 pm"."""
        return f"{self._hour(at)}{_half(at)}" if self.twelve_hours else f"{at:%H:%M}"

    def from_to(self, start: time | datetime, end: time | datetime, joined: str = "–") -> str:
        """Two clock times as "20:00–21:15" or "8:00–9:15 pm"."""
        once = self.twelve_hours and _half(start) == _half(end)
        begins = self._hour(start) if once else self.clock(start)
        return f"{begins}{joined}{self.clock(end)}"

    def hour(self, hour: int) -> str:
        """A whole hour on a scale, as "20" or "8 pm"."""
        return f"{hour % 12 or 12}{_half(time(hour % 24))}" if self.twelve_hours else f"{hour:02}"

    def short_day(self, day: date) -> str:
        """A day as "26 November" or "November 26"."""
        month = MONTHS[day.month - 1]
        return f"{month} {day.day}" if self.month_first else f"{day.day} {month}"

    def brief_day(self, day: date) -> str:
        """A day as "26 Nov" or "Nov 26"."""
        month = MONTHS[day.month - 1][:3]
        return f"{month} {day.day}" if self.month_first else f"{day.day} {month}"

    def day(self, day: date) -> str:
        """A day as "Thursday 26 November" or "Thursday, November 26"."""
        comma = "," if self.month_first else ""
        return f"{WEEKDAYS[day.weekday()]}{comma} {self.short_day(day)}"

    def dated(self, day: date) -> str:
        """A day as "26 November 2026" or "November 26, 2026"."""
        return f"{self.short_day(day)}{self._year(day)}"

    def days(self, first: date, last: date) -> str:
        """Two days with their year, as "23 to 29 November 2026" or "November 23 to 29, 2026"."""
        if first.year != last.year:
            return f"{self.dated(first)} to {self.dated(last)}"
        return f"{self.short_days(first, last)}{self._year(last)}"

    def short_days(self, first: date, last: date) -> str:
        """Two days as "23 to 29 November" or "November 23 to 29"."""
        if first.month != last.month:
            return f"{self.short_day(first)} to {self.short_day(last)}"
        if self.month_first:
            return f"{self.short_day(first)} to {last.day}"
        return f"{first.day} to {self.short_day(last)}"

    def _hour(self, at: time | datetime) -> str:
        return f"{at.hour % 12 or 12}:{at:%M}" if self.twelve_hours else f"{at:%H:%M}"

    def _year(self, day: date) -> str:
        return f"{',' if self.month_first else ''} {day.year}"


STANDARD = Formats()  # of a household that was asked nothing


def usual_in(language: str) -> tuple[Formats, int]:
    """The formats that go with a browser's language, as "en-US", and the first day of its week."""
    from babel import Locale, UnknownLocaleError  # asked for once, on the first visit

    try:
        locale = Locale.parse(language, sep="-")
    except (ValueError, UnknownLocaleError):
        return STANDARD, WEEK_STARTS[0]
    hour = QUOTED.sub("", locale.time_formats["short"].pattern)
    day = QUOTED.sub("", locale.date_formats["long"].pattern)
    formats = Formats("h" in hour, month_first=day.index("M") < day.index("d"))
    first = locale.first_week_day
    return formats, first if first in WEEK_STARTS else WEEK_STARTS[0]


def _half(at: time | datetime) -> str:
    """Half of the day; it stays beside its hour at the end of a line."""
    return "\N{NO-BREAK SPACE}am" if at.hour < 12 else "\N{NO-BREAK SPACE}pm"

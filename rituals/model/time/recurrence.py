"""Stretches of local time that come again: every week, or in turns of up to eight weeks.

Written with RFC 5545's own rule: "2026-12-11T19:00/2026-12-11T23:00 FREQ=WEEKLY;INTERVAL=2".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import cast

from dateutil.rrule import rrule, rrulestr

from rituals.model.time.window import NotationError
from rituals.text import quoted

MOST_WEEKS = 8  # of a cycle
LONGEST = timedelta(weeks=MOST_WEEKS)
RULE_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
WRITTEN = re.compile(
    r"(\d{4}-\d\d-\d\dT\d\d:\d\d)/(\d{4}-\d\d-\d\dT\d\d:\d\d) (FREQ=WEEKLY[A-Z=;,\d]*)"
)


@dataclass(frozen=True)
class Recurrence:
    """A stretch of local clock time, from `start` to `end`, again every so many weeks.

    `days` are the weekdays on which it begins; none: that of `start`, which says only in which
    weeks it comes: it comes before as well. Both ends are naive: local clocks, in any zone.
    """

    start: datetime
    end: datetime
    weeks: int = 1
    days: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        if not 1 <= self.weeks <= MOST_WEEKS:
            raise NotationError(f"A cycle has one to {MOST_WEEKS} weeks, and not {self.weeks}.")
        if not timedelta() < self.end - self.start <= LONGEST:
            raise NotationError("It ends after it starts, and within eight weeks.")

    @classmethod
    def read(cls, text: str) -> Recurrence:
        """The recurrence of its notation; raises NotationError that quotes what cannot be read."""
        found = WRITTEN.fullmatch(text.strip())
        try:
            if not found:
                raise ValueError(text)
            start, end = (datetime.fromisoformat(found[n]) for n in (1, 2))
            return cls(start, end, *_read_rule(found[3]))
        except NotationError:
            raise
        except (ValueError, AttributeError) as unreadable:
            raise NotationError(
                f"“{quoted(text)}” does not come again; write it like "
                "“2026-12-11T19:00/2026-12-11T23:00 FREQ=WEEKLY;INTERVAL=2;BYDAY=FR”."
            ) from unreadable

    def __str__(self) -> str:
        days = f";BYDAY={','.join(RULE_DAYS[day] for day in self.days)}" if self.days else ""
        when = "/".join(at.isoformat(timespec="minutes") for at in (self.start, self.end))
        return f"{when} FREQ=WEEKLY;INTERVAL={self.weeks}{days}"

    @property
    def weekdays(self) -> tuple[int, ...]:
        """The weekdays on which it begins."""
        return self.days or (self.start.weekday(),)

    def between(self, first: date, last: date) -> Iterator[tuple[datetime, datetime]]:
        """Local starts and ends of those that touch the days from `first` to `last`."""
        length = self.end - self.start
        begins = datetime.combine(first, self.start.time()) - length - timedelta(days=1)
        ends = datetime.combine(last, self.start.time()) + timedelta(days=2)
        for start in self._rule_near(begins).between(begins, ends, inc=True):
            yield start, start + length

    def next_day(self, today: date) -> date:
        """The day on which it begins next, today included."""
        begins = datetime.combine(today, datetime.min.time())
        found = self._rule_near(begins).after(begins, inc=True)
        return cast("datetime", found).date()

    def week_in_cycle(self, monday: date) -> int:
        """Number of weeks from the week of its start to that of a Monday, within its cycle."""
        begun = self.start.date() - timedelta(days=self.start.weekday())
        return (monday - begun).days // 7 % self.weeks

    def _rule_near(self, begins: datetime) -> rrule:
        """Its rule, begun a cycle before: dateutil counts each occurrence from the beginning."""
        cycles = (begins - self._monday).days // (7 * self.weeks) - 1
        return self._rule.replace(dtstart=self._monday + timedelta(weeks=self.weeks * cycles))

    @cached_property
    def _monday(self) -> datetime:
        return self.start - timedelta(days=self.start.weekday())

    @cached_property
    def _rule(self) -> rrule:
        days = ",".join(RULE_DAYS[day] for day in self.weekdays)
        rule = f"FREQ=WEEKLY;INTERVAL={self.weeks};BYDAY={days}"
        return rrulestr(rule, dtstart=self._monday)


def _read_rule(text: str) -> tuple[int, tuple[int, ...]]:
    """Weeks and weekdays of a weekly rule; of what else a rule may hold, none is known here."""
    parts = dict(part.split("=", 1) for part in text.split(";"))
    if unknown := parts.keys() - {"FREQ", "INTERVAL", "BYDAY"}:
        raise ValueError(min(unknown))
    named = [day for day in parts.get("BYDAY", "").split(",") if day]
    return int(parts.get("INTERVAL", "1")), tuple(sorted({RULE_DAYS.index(day) for day in named}))

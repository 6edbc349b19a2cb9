"""ISO weeks, written 2026-W48."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, lru_cache
from typing import overload

from rituals.model.time.window import NotationError
from rituals.text import quoted


@dataclass(frozen=True, order=True)
class Week:
    """An ISO week, written 2026-W48. Which seven days it shows is decided in `local_time.py`."""

    year: int
    number: int

    @classmethod
    def read(cls, text: str) -> Week:
        """The week written as 2026-W48; raises NotationError for anything else."""
        return _read_week(text)

    @classmethod
    def of_monday(cls, monday: date) -> Week:
        """The ISO week that a day lies in."""
        year, number, _ = monday.isocalendar()
        return cls(year, number)

    @cached_property
    def monday(self) -> date:
        """Its ISO Monday."""
        return date.fromisocalendar(self.year, self.number, 1)

    @property
    def ordinal(self) -> int:
        """The number of weeks since the first of the calendar: no year's end breaks its row."""
        return self.monday.toordinal() // 7

    def __add__(self, weeks: int) -> Week:
        return Week.of_monday(self.monday + timedelta(weeks=weeks))

    @overload
    def __sub__(self, other: Week) -> int: ...

    @overload
    def __sub__(self, other: int) -> Week: ...

    def __sub__(self, other: Week | int) -> int | Week:
        return self + -other if isinstance(other, int) else self.ordinal - other.ordinal

    def __str__(self) -> str:
        return f"{self.year}-W{self.number:02}"


@lru_cache(4096)  # a page of many years reads each of its weeks from more than one row
def _read_week(text: str) -> Week:
    found = re.fullmatch(r"(\d{4})-W(\d{2})", text)
    try:
        if not found:
            raise ValueError(text)
        return Week.of_monday(date.fromisocalendar(int(found[1]), int(found[2]), 1))
    except ValueError:
        raise NotationError(f"“{quoted(text)}” is not a week; write it like 2026-W48.") from None

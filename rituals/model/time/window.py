"""Weekdays and local hours, as they are written in a catalogue and in the store."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import time
from enum import StrEnum

from rituals.text import quoted

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


class Anchor(StrEnum):
    """An hour of the household that a window may name instead of a clock time."""

    WAKE = "wake"
    SUPPER = "supper"
    BEDTIME = "bedtime"
    SLEEP = "sleep"


class NotationError(ValueError):
    """A week or window that cannot be read; the text is one sentence for people."""


@dataclass(frozen=True)
class Window:
    """Weekdays and local hours in which a ritual may lie; an end not after its start is next day's.

    Written "Mon-Fri 18:00-20:00", "Sat,Sun wake-12:00" or "daily bedtime-sleep".
    """

    days: tuple[int, ...]
    start: time | Anchor
    end: time | Anchor

    @classmethod
    def read(cls, text: str) -> Window:
        """The window of its notation; raises NotationError that quotes what cannot be read."""
        found = re.fullmatch(r"(\S+) ([\w:]+)-([\w:]+)", text.strip())
        try:
            if not found:
                raise ValueError(text)
            return cls(read_days(found[1]), read_hour(found[2]), read_hour(found[3]))
        except ValueError:
            raise NotationError(
                f"“{quoted(text)}” is not a window; write it like “Mon-Fri 18:00-20:00”."
            ) from None

    def __str__(self) -> str:
        return f"{write_days(self.days)} {write_hour(self.start)}-{write_hour(self.end)}"


def day_runs(days: Iterable[int]) -> list[list[int]]:
    """Sorted weekdays as runs of days that follow each other."""
    runs: list[list[int]] = []
    for day in days:
        if runs and runs[-1][-1] == day - 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    return runs


def read_days(text: str) -> tuple[int, ...]:
    """The sorted weekdays of "Mon-Wed,Sat" or "daily"; raises ValueError."""
    if text == "daily":
        return tuple(range(7))
    days: list[int] = []
    for part in text.split(","):
        first, dash, last = part.partition("-")
        start, end = DAYS.index(first), DAYS.index(last if dash else first)
        days += [(start + step) % 7 for step in range((end - start) % 7 + 1)]
    return tuple(sorted(set(days)))


def write_days(days: tuple[int, ...]) -> str:
    """Weekdays as "Mon-Wed,Sat", or "daily" for all of them."""
    if len(days) == len(DAYS):
        return "daily"
    runs = day_runs(days)
    return ",".join(
        DAYS[run[0]] if len(run) == 1 else f"{DAYS[run[0]]}-{DAYS[run[-1]]}" for run in runs
    )


def read_hour(text: str) -> time | Anchor:
    """The clock time of "18:00", or the hour that is named; raises ValueError."""
    if text in set(Anchor):
        return Anchor(text)
    if not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", text):
        raise ValueError(text)
    return time.fromisoformat(text)


def write_hour(hour: time | Anchor) -> str:
    """A clock time as "18:00", or the name of an hour."""
    return hour.value if isinstance(hour, Anchor) else hour.isoformat("minutes")

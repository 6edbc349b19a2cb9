"""Recurrence rules (RRULE) read from their text, blanks and parts of other makers aside."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache

MOST_LETTERS = 1_000  # of one rule: every day of a year by its number needs fewer, nearly
LONGEST_PART = 40  # letters of a rule that a sentence repeats
PERIODS = ("YEARLY", "MONTHLY", "WEEKLY", "DAILY")
SUB_DAILY = {"HOURLY": 3_600, "MINUTELY": 60, "SECONDLY": 1}  # seconds
STEPS = {"WEEKLY": timedelta(weeks=1), "DAILY": timedelta(days=1)} | {
    every: timedelta(seconds=seconds) for every, seconds in SUB_DAILY.items()
}
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
WEEKDAY = re.compile(r"([+-]?\d{1,2})? ?(MO|TU|WE|TH|FR|SA|SU)")
NUMBERS = {  # the least and the most; what may be counted from the end goes by its amount
    "BYMONTH": (1, 12),
    "BYMONTHDAY": (-31, 31),
    "BYYEARDAY": (-366, 366),
    "BYWEEKNO": (-53, 53),
    "BYSETPOS": (-366, 366),
    "BYHOUR": (0, 23),
    "BYMINUTE": (0, 59),
    "BYSECOND": (0, 60),
}


class RuleError(ValueError):
    """Refusal of a rule; the text is the part of it that cannot be read."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One RRULE; what it does not say is empty."""

    every: str
    interval: int = 1
    count: int | None = None
    until: str = ""
    week_begins: int = 0
    months: tuple[int, ...] = ()
    month_days: tuple[int, ...] = ()
    year_days: tuple[int, ...] = ()
    weeks: tuple[int, ...] = ()
    weekdays: tuple[tuple[int, int], ...] = ()  # each with its number in month or year, or 0
    places: tuple[int, ...] = ()
    hours: tuple[int, ...] = ()
    minutes: tuple[int, ...] = ()
    seconds: tuple[int, ...] = ()

    @property
    def is_plain(self) -> bool:
        """True if it comes again after the same time on the clock, over and over."""
        days = self.months or self.month_days or self.year_days or self.weeks or self.weekdays
        clock = self.hours or self.minutes or self.seconds or self.places
        return self.every in STEPS and not days and not clock


@lru_cache(1_024)
def rule(value: bytes) -> Rule:
    """The rule of a line's value, blanks and parts of other makers aside.

    Raises RuleError where a part of it cannot be read.
    """
    if len(value) > MOST_LETTERS:
        raise RuleError
    parts = _parts(value)
    every = parts.get("FREQ", "")
    if every not in PERIODS and every not in SUB_DAILY:
        raise RuleError(_part("FREQ", every))
    if parts.get("RSCALE", "GREGORIAN") != "GREGORIAN":
        raise RuleError(_part("RSCALE", parts["RSCALE"]))
    if parts.get("SKIP", "OMIT") != "OMIT":
        raise RuleError(_part("SKIP", parts["SKIP"]))
    by = {name: _numbers(name, parts.get(name, "")) for name in NUMBERS}
    return Rule(
        every,
        _interval(parts.get("INTERVAL", "1")),
        _count(parts.get("COUNT", "")),
        parts.get("UNTIL", ""),
        _week_begins(parts.get("WKST", "MO")),
        by["BYMONTH"],
        by["BYMONTHDAY"],
        by["BYYEARDAY"],
        by["BYWEEKNO"],
        _weekdays(parts.get("BYDAY", ""), numbered=_may_number_weekdays(every, by["BYWEEKNO"])),
        by["BYSETPOS"],
        by["BYHOUR"],
        by["BYMINUTE"],
        tuple(sorted({min(second, 59) for second in by["BYSECOND"]})),  # leap seconds
    )


def _parts(value: bytes) -> dict[str, str]:
    text = value.decode("ascii", "replace").upper()
    parts = [part.partition("=") for part in text.split(";")]
    return {name.strip(): part.strip() for name, _, part in parts if name.strip()}


def _part(name: str, value: str) -> str:
    return "".join(c for c in f"{name}={value}"[:LONGEST_PART] if c.isprintable())


def _interval(text: str) -> int:
    if not re.fullmatch(r"\+?\d{1,4}", text) or int(text) < 1:
        raise RuleError(_part("INTERVAL", text))
    return int(text)


def _count(text: str) -> int | None:
    """The number of times; a negative one, as some programs write it, stands for no end."""
    if not text or re.fullmatch(r"-\d{1,9}", text):
        return None
    if not re.fullmatch(r"\+?\d{1,9}", text):
        raise RuleError(_part("COUNT", text))
    return int(text)


def _week_begins(text: str) -> int:
    if text not in WEEKDAYS:
        raise RuleError(_part("WKST", text))
    return WEEKDAYS.index(text)


def _numbers(name: str, text: str) -> tuple[int, ...]:
    least, most = NUMBERS[name]
    found = set()
    for number in filter(None, map(str.strip, text.split(","))):
        fits = re.fullmatch(r"[+-]?\d{1,3}", number) and least <= int(number) <= most
        if not fits or (least < 0 and not int(number)):
            raise RuleError(_part(name, number))
        found.add(int(number))
    return tuple(sorted(found))


def _may_number_weekdays(every: str, weeks: tuple[int, ...]) -> bool:
    return every == "MONTHLY" or (every == "YEARLY" and not weeks)


def _weekdays(text: str, *, numbered: bool) -> tuple[tuple[int, int], ...]:
    found = []
    for part in filter(None, map(str.strip, text.split(","))):
        weekday = WEEKDAY.fullmatch(part)
        if not weekday:
            raise RuleError(_part("BYDAY", part))
        number = int(weekday[1] or 0) if numbered else 0
        found.append((number, WEEKDAYS.index(weekday[2])))
    return tuple(found)

"""Recurrence rules (RRULE): how often they come, and how long that takes to work out.

Only bounds of the work are computed here; the dates themselves are the library's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from math import gcd
from typing import NamedTuple

MOST_TIMES = 48  # a day's repeats: every half hour
MOST_LETTERS = 1_000  # of one rule: every day of a year by its number needs fewer, nearly
PAD = timedelta(days=2)  # zones lie up to a day apart, and floating times have none yet
OF_A_TIME = 30  # microseconds, measured and rounded up

DAY = re.compile(rb"\d{8}")
SUB_DAILY = {"SECONDLY": "second", "MINUTELY": "minute", "HOURLY": "hour"}
UNITS = {"DAILY": 1, "WEEKLY": 7, "MONTHLY": 28, "YEARLY": 365}  # days, at least
STEP = {"DAILY": 3, "WEEKLY": 5, "MONTHLY": 10, "YEARLY": 60}  # microseconds of one period
PER_DAY = {"HOURLY": 24, "MINUTELY": 1_440, "SECONDLY": 86_400}
CLOCK = {"BYHOUR", "BYMINUTE", "BYSECOND"}


class Reason(NamedTuple):
    """Reason for leaving events out, worded for one and for several."""

    one: str
    many: str


NO_RULE = Reason("the rule it repeats by cannot be read", "the rules they repeat by cannot be read")
TOO_OFTEN = Reason("it repeats too many times a day", "they repeat too many times a day")
EVERY = {
    name: Reason(f"it repeats every {unit}", f"they repeat every {unit}")
    for name, unit in SUB_DAILY.items()
}


class Days(NamedTuple):
    """The days wanted, padded: from `first` up to, not including, `last`."""

    first: date
    last: date


def rule(value: bytes) -> dict[str, str]:
    """The parts of a rule by name, in capitals; empty where it cannot be read."""
    if len(value) > MOST_LETTERS:
        return {}
    parts = [part.partition("=") for part in value.decode("ascii", "replace").upper().split(";")]
    return {name.strip(): text.strip() for name, _, text in parts if name.strip()}


def obstacle(parts: dict[str, str]) -> Reason | None:
    """Reason for not reading events that repeat by a rule at all, or None."""
    every, interval = parts.get("FREQ"), parts.get("INTERVAL", "1")
    if every not in UNITS and every not in SUB_DAILY:
        return NO_RULE
    if not re.fullmatch(r"\+?\d{1,4}", interval) or int(interval) < 1:
        return NO_RULE
    ends = re.fullmatch(r"\d{1,9}", parts.get("COUNT", "")) or "UNTIL" in parts
    if every in SUB_DAILY and not ends:
        return EVERY[every]
    times = _product(_many(parts, name) for name in CLOCK)
    return TOO_OFTEN if times > MOST_TIMES else None


def cost(parts: dict[str, str], start: bytes, lasts: timedelta, days: Days) -> int:
    """Estimated microseconds it takes to work a rule out, rather too many.

    That is done from its start on; for one that never comes again, until the year 9999.
    """
    every, comes = parts["FREQ"], surely_comes(parts)
    begins = _day_or(start, days.first)
    ends = _day_or(parts.get("UNTIL", "").encode(), days.last)
    until = min(days.last, ends) + PAD if comes else date.max
    period = int(parts.get("INTERVAL", "1")) * UNITS.get(every, 1) / PER_DAY.get(every, 1)
    periods = max(0, (until - begins).days) / period + 2
    if comes and parts.get("COUNT", "").isdigit():
        periods = min(periods, int(parts["COUNT"]) + 1)
    times = _product(_many(parts, name) for name in CLOCK)
    wanted = ((days.last - days.first) + lasts).days / period + 2
    found = min(periods, wanted) * times * _days_in_a_period(parts)
    each = STEP.get(every, 3) * _many(parts, "BYSETPOS") + times
    return int(periods * each + found * OF_A_TIME)


def surely_comes(parts: dict[str, str]) -> bool:
    """True if a rule certainly has a next time soon; 30 February never comes."""
    by = {name for name in parts if name.startswith("BY")} - CLOCK
    every, interval = parts["FREQ"], int(parts.get("INTERVAL", "1"))
    if every in SUB_DAILY:
        clock = {name for name in parts if name.startswith("BY")} & CLOCK
        return not by and (interval == 1 or not clock)
    if not by:
        return True
    if every in ("DAILY", "WEEKLY"):
        return _comes_in_a_week(parts, by, interval)
    return _comes_in_a_month(parts, by) and (every == "YEARLY" or interval < 12 or "BYMONTH" in by)


def last_start(parts: dict[str, str], begins: date) -> date | None:
    """The last day on which a rule may start something; None if that cannot be told."""
    if "UNTIL" in parts:
        return max(begins, day(parts["UNTIL"].encode()) + timedelta(days=1))
    plain = {name for name in parts if name.startswith("BY")} <= {"BYDAY"}
    every = parts.get("FREQ")
    if "COUNT" not in parts or not plain or every not in ("DAILY", "WEEKLY"):
        return None
    if every == "DAILY" and "BYDAY" in parts:
        return None
    times, interval = int(parts["COUNT"]), int(parts.get("INTERVAL", "1"))
    if times < 1 or interval < 1:
        return None
    return begins + timedelta(days=(times + 1) * interval * UNITS[every])


def day(value: bytes) -> date:
    """The day that a date or a time begins with; raises ValueError if it does not."""
    digits = DAY.match(value.strip())
    if not digits:
        raise ValueError("not a date")
    return date.fromisoformat(digits[0].decode())


def _comes_in_a_week(parts: dict[str, str], by: set[str], interval: int) -> bool:
    if by == {"BYDAY"}:
        return parts["FREQ"] == "WEEKLY" or gcd(interval, 7) == 1
    if by <= {"BYDAY", "BYMONTH"}:
        return interval == 1 or (interval <= 4 and (parts["FREQ"] == "WEEKLY" or "BYDAY" not in by))
    return interval == 1 and "BYDAY" not in by and _comes_in_a_month(parts, by)


def _comes_in_a_month(parts: dict[str, str], by: set[str]) -> bool:
    """True if days named within a month are in every month, as those of real calendars are."""
    monthly = parts["FREQ"] == "MONTHLY"
    if by & {"BYYEARDAY", "BYWEEKNO"} or (monthly and "BYMONTH" in by):
        return False
    ordinals = [int(found) for found in re.findall(r"[+-]?\d+", parts.get("BYDAY", ""))]
    places = [int(found) for found in re.findall(r"[+-]?\d+", parts.get("BYSETPOS", ""))]
    numbers = [int(found) for found in re.findall(r"[+-]?\d+", parts.get("BYMONTHDAY", ""))]
    if "BYMONTHDAY" in by and by - {"BYMONTHDAY", "BYMONTH"}:
        return False
    most = 31 if monthly and by == {"BYMONTHDAY"} else 28
    return all(1 <= abs(n) <= 4 for n in ordinals + places) and all(
        1 <= abs(n) <= most for n in numbers
    )


def _days_in_a_period(parts: dict[str, str]) -> int:
    """Largest number of days on which a rule comes in each of its periods."""
    by = {name for name in parts if name.startswith("BY")} - CLOCK
    unit = UNITS.get(parts["FREQ"], 1)
    if not by or unit == 1:
        return 1
    if "BYSETPOS" in by:
        return _many(parts, "BYSETPOS")
    if parts["FREQ"] == "WEEKLY":
        return _many(parts, "BYDAY")
    weekdays = sum(1 if day[:-2] else 5 for day in parts.get("BYDAY", "MO").split(","))
    months = _many(parts, "BYMONTH") if "BYMONTH" in by else max(1, unit // 30)
    return min(unit, weekdays * months * _many(parts, "BYMONTHDAY"))


def _many(parts: dict[str, str], name: str) -> int:
    return parts.get(name, "").count(",") + 1


def _product(numbers: Iterable[int]) -> int:
    product = 1
    for number in numbers:
        product *= number
    return product


def _day_or(value: bytes, fallback: date) -> date:
    try:
        return day(value)
    except ValueError:
        return fallback

"""Hours, days and titles as a couple reads them on every screen, in every file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from rituals.model import Household, Kind, Occurrence, Strand

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
KINDS = {
    Kind.TOGETHER: "Together",
    Kind.ALONE: "Alone",
    Kind.SOLO: "With the children",
    Kind.OUT: "Night out",
}


def hours(minutes: int) -> str:
    """Minutes as "45 min", "2 h" or "7 h 30"."""
    whole, rest = divmod(minutes, 60)
    if not whole:
        return f"{rest} min" if rest else "0 h"
    return f"{whole} h {rest:02}" if rest else f"{whole} h"


def day(value: date) -> str:
    """A day as "Thursday 26 November"."""
    return f"{WEEKDAYS[value.weekday()]} {short_day(value)}"


def short_day(value: date) -> str:
    """A day as "26 November"."""
    return f"{value.day} {MONTHS[value.month - 1]}"


def moment(instant: datetime, household: Household) -> str:
    """An instant at home as "Thursday 20:00"."""
    local = instant.astimezone(household.tz)
    return f"{WEEKDAYS[local.weekday()]} {local:%H:%M}"


def listed(words: Sequence[str]) -> str:
    """Words joined as "a, b and c"."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def strand(value: Strand, household: Household) -> str:
    """A strand as "Together" or "Maya, alone"."""
    if value.partner is None:
        return KINDS[value.kind]
    return f"{household.name(value.partner)}, {KINDS[value.kind].lower()}"


def title(occurrence: Occurrence, household: Household) -> str:
    """An occurrence's title with the name of who has it, where it is one of the two."""
    if occurrence.partner is None:
        return occurrence.title
    return f"{household.name(occurrence.partner)}: {occurrence.title}"

"""Validation of rows from outside, one by one and all of them together.

A database takes any text for a kind or a week; what reads it later takes only those there are.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import UTC, datetime
from functools import cache
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from rituals.model.calendar import Audience, Origin, Route
from rituals.model.difference import What
from rituals.model.household import BOTH, CHILDREN, ONE, TWO, Household, Kind
from rituals.model.local_time import YEARS
from rituals.model.plan import Plan, Said, Season
from rituals.model.ritual import Needs, Ritual, Size, TakesPart
from rituals.model.time.formats import Paper
from rituals.model.time.lean import read_lean
from rituals.model.time.rhythm import Rhythm
from rituals.model.time.week import Week
from rituals.model.time.window import Window
from rituals.model.usual import LONGEST_WAY_HOME
from rituals.store.calendar_rows import read_calendar
from rituals.store.household_rows import read_earlier, read_household
from rituals.store.plan_rows import (
    read_exported,
    read_feeds,
    read_plans,
    read_rituals,
    read_servers,
)
from rituals.store.schema import (
    CALENDARS,
    DIFFERENCES,
    EARLIER,
    HOURS,
    HOUSEHOLD,
    PARTNERS,
    RITUAL_LINES,
    RITUALS,
    TAKEN,
    WEEKS,
    Instant,
)

FIRST, LAST = datetime(1969, 1, 1, tzinfo=UTC), datetime(3001, 1, 1, tzinfo=UTC)
WEEKS_AT_ONCE = 52  # that are held in memory
A_WEEK = 8 * 24 * 60  # minutes: its longest, and some
ONE_OR_TWO = {ONE, TWO}
ANYBODY = {BOTH, ONE, TWO}

# What a column may say, where that is not any text at all; null is the column's own matter.
ONE_OF: Mapping[str, Collection[Any]] = {
    "household.paper": set(Paper),
    "partners.key": ONE_OR_TWO,
    "hours.whose": {ONE, TWO, CHILDREN},
    "usual.whose": ANYBODY,
    "differences.what": set(What),
    "differences.partner": ANYBODY,
    "rituals.kind": set(Kind),
    "rituals.takes_part": set(TakesPart),
    "rituals.needs": set(Needs),
    "rituals.size": set(Size),
    "rituals.thinks": ANYBODY,
    "ritual_lines.what": {"window", "way"},
    "weeks.season": set(Season),
    "weeks.paused": set(Season),
    "hopes.kind": set(Kind),
    "hopes.partner": ANYBODY,
    "choices.partner": ANYBODY,
    "calendars.partner": {ONE, TWO, CHILDREN},
    "calendars.origin": set(Origin),
    "occurrences.kind": set(Kind),
    "occurrences.partner": ONE_OR_TWO,
    "occurrences.size": set(Size),
    "occurrences.said": set(Said),
    "yes.partner": ANYBODY,
    "lived.kind": set(Kind),
    "lived.partner": ANYBODY,
    "noticed.writer": ONE_OR_TWO,
    "taken.audience": set(Audience),
    "taken.route": set(Route),
    "feeds.audience": set(Audience),
    "servers.audience": set(Audience),
    "drawers.partner": ONE_OR_TWO,
    "covers.giver": ONE_OR_TWO,
    "wished.partner": ONE_OR_TWO,
    "season.partner": ANYBODY,
}
# How far a number may go; any other goes from 0 to MOST.
MOST = 1_000_000
MOST_TIMES = 100  # a week
NUMBERS: Mapping[str, tuple[int, int]] = {
    "household.week_starts": (0, 6),
    "rituals.least_minutes": (1, A_WEEK),
    "rituals.most_minutes": (1, A_WEEK),
    "rituals.least_times": (0, MOST_TIMES),
    "rituals.most_times": (0, MOST_TIMES),
    "choices.times": (0, MOST_TIMES),
    "choices.most": (0, MOST_TIMES),
    "rituals.alarm": (0, A_WEEK),
    "hopes.usual": (0, A_WEEK),
    "hopes.by_hand": (0, A_WEEK),
    "lived.minutes": (0, A_WEEK),
    "occurrences.lived": (0, A_WEEK),
    "calendars.longest": (0, 2**31 - 1),
}
OUTSIDE = "busy"  # what comes from other calendars may lie in any year


class InvalidRowError(ValueError):
    """Rows that make no sense; the text says which."""


def check(row: Mapping[str, Any], table: sa.Table) -> None:
    """Raises InvalidRowError if a row holds a value that Leavewell never writes."""
    for name, is_valid in _rules(table):
        value = row[name]
        if value is not None and not is_valid(value):
            raise InvalidRowError(f"“{name}” is nothing that could stand there")
    is_span = "start" in row and "end" in row and table is not DIFFERENCES
    if is_span and row["end"] <= row["start"]:
        raise InvalidRowError("it ends before it begins")
    if table is RITUAL_LINES and row["what"] == "window":
        Window.read(row["text"])
    if table is RITUALS:
        read_lean(row["leans"])
        Rhythm.read(row["rhythm"])
    if table is HOURS:
        Window.read(row["window"])
    if table is EARLIER:
        read_earlier(row)


def household(at: sa.Connection) -> Household:
    """Household of a store; raises InvalidRowError unless there is one, of two people."""
    rows, partners = (at.execute(sa.select(t)).all() for t in (HOUSEHOLD, PARTNERS))
    found = read_household(at) if len(partners) == 2 and len(rows) == 1 else None
    if found is None:
        raise InvalidRowError("there is not one household of two people in it")
    UUID(found.id)  # the names of events begin with it
    if not found.zone_is_known:
        raise InvalidRowError("its time zone is not known here")
    if not 0 <= found.usual.way_home <= LONGEST_WAY_HOME:
        raise InvalidRowError("its way home takes no such time")
    return found


def rituals(at: sa.Connection) -> dict[str, Ritual]:
    """Rituals of a store by id; raises InvalidRowError if one asks for more than it allows."""
    found = read_rituals(at)
    for ritual in found.values():
        times = ritual.frequency
        if ritual.least_minutes > ritual.most_minutes or times.least > times.most:
            raise InvalidRowError("a ritual asks for more than it allows")
    return found


def plan_batches(at: sa.Connection) -> Iterator[dict[Week, Plan]]:
    """Plans of a store, the oldest first, WEEKS_AT_ONCE weeks at a time."""
    query = sa.select(WEEKS.c.week).order_by(WEEKS.c.week)
    weeks = [Week.read(week) for week in at.execute(query).scalars()]
    for first in range(0, len(weeks), WEEKS_AT_ONCE):
        some = weeks[first : first + WEEKS_AT_ONCE]
        yield read_plans(at, some[0], some[-1])


def read_all(at: sa.Connection) -> None:
    """Reads everything as Leavewell does; raises ValueError or LookupError if it cannot."""
    household(at)
    rituals(at)
    read_feeds(at)
    read_servers(at)
    for row in at.execute(_all(CALENDARS)).mappings():
        read_calendar(row)
    for row in at.execute(_all(TAKEN)).mappings():
        read_exported(row)
    for some in plan_batches(at):
        some.clear()


def _all(table: sa.Table) -> sa.Select[Any]:
    return sa.select(table).order_by(*table.primary_key)


@cache
def _rules(table: sa.Table) -> list[tuple[str, Callable[[Any], bool]]]:
    """Keys of the columns that are checked, with the function that accepts a value."""
    found = ((c.key, _rule(c, f"{table.name}.{c.name}", table.name)) for c in table.columns)
    return [(key, rule) for key, rule in found if rule]


def _rule(column: sa.Column[Any], name: str, table: str) -> Callable[[Any], bool] | None:
    if name in ONE_OF:
        return ONE_OF[name].__contains__
    if isinstance(column.type, Instant):
        return None if table == OUTSIDE else lambda value: FIRST <= value <= LAST
    if isinstance(column.type, sa.Integer):
        least, most = NUMBERS.get(name, (0, MOST))
        return lambda value: least <= value <= most
    return _is_week if column.name == "week" else None


def _is_week(text: str) -> bool:
    week = Week.read(text)
    return week.year in YEARS and str(week) == text

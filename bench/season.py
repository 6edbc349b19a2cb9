"""Time to choose the weeks of what is rare, thirteen at once, and twelve weeks lived after that.

Sixty invented households keep some of the catalogue's rare rituals, beside calendars, trips and
sitter evenings. Each season is chosen with cold facts, once more with nothing changed, and week by
week as it is lived. The floor is one look at the room of every week.
"""

from __future__ import annotations

import os
import sys
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from random import Random
from statistics import median
from zoneinfo import ZoneInfo

from bench.machine import calibration, keep, p95
from rituals.model.context import RareWeek, SeasonContext
from rituals.model.difference import Difference, What
from rituals.model.household import ONE, TWO, Hours, Household, Partner
from rituals.model.plan import Choice, Plan
from rituals.model.time.recurrence import Recurrence
from rituals.model.time.span import Span, Spans
from rituals.model.time.week import Week
from rituals.model.time.window import Window
from rituals.model.usual import Usual
from rituals.model.week_facts import week_facts
from rituals.planning import catalogue
from rituals.planning.season.season import SeasonAhead, season, weeks_from
from rituals.planning.season.weeks_ahead import WeekAhead

FIRST = Week(2026, 49)
LIVED = 12  # weeks
CASES = 60
TOLD = datetime(2026, 11, 1, tzinfo=UTC)
OFTEN = ("film-club", "money-hour", "photo-evening")  # every second week, monthly, quarterly
LIMITS = {
    "median, ms": 500,
    "most, ms": 1500,
    "not proven": 0,
    "moved though nothing changed": 0,
    "not as often as asked": 0,
    "lived in other weeks than chosen": 5,
}


@dataclass(frozen=True)
class Taken:
    """Figures of one household; times in milliseconds."""

    kept: int
    took: float
    floor: float
    proven: bool
    moved: int
    not_as_asked: int
    elsewhere: int


def main() -> int:
    """Measure, print and keep it; 1 where something is above its limit."""
    chosen(a_case(CASES))  # the first call of all pays for what is read only once
    taken = [measure(a_case(seed)) for seed in range(CASES)]
    times = [one.took for one in taken]
    figures = {
        "median, ms": median(times),
        "p95, ms": p95(times),
        "most, ms": max(times),
        "floor, ms": median(one.floor for one in taken),
        "not proven": sum(not one.proven for one in taken),
        "moved though nothing changed": sum(one.moved for one in taken),
        "not as often as asked": sum(one.not_as_asked for one in taken),
        "lived in other weeks than chosen": sum(one.elsewhere for one in taken),
    }
    for name, figure in figures.items():
        limit = f"  at most {LIMITS[name]}" if name in LIMITS else ""
        print(f"{name:34} {figure:8.1f}{limit}")
    machine = {"calibration": calibration(), "load": os.getloadavg()[0], "cores": os.cpu_count()}
    cases = [vars(one) for one in taken]
    return keep("season", {"machine": machine, "cases": cases}, figures, LIMITS)


def a_case(seed: int) -> SeasonContext:
    """A household with the things of OFTEN and some others, each with a last time or none."""
    chance = Random(seed)  # noqa: S311 - nothing secret is drawn
    suggested = catalogue.load(catalogue.SUGGESTED)
    others = [r.id for r in suggested.values() if not r.rhythm.is_weekly and r.id not in OFTEN]
    ids = [*OFTEN, *chance.sample(others, chance.randint(2, len(others)))]
    rituals = {id: replace(suggested[id], kept=True) for id in ids}
    last = {
        (id, ""): FIRST - chance.randint(1, ritual.rhythm.every_weeks)
        for id, ritual in rituals.items()
        if id in OFTEN or chance.random() < 0.6
    }
    busy = {key: Spans(_evenings(chance)) for key in (ONE, TWO)}
    return SeasonContext(_household(chance), rituals, {}, busy, last, {})


def chosen(context: SeasonContext, first: Week = FIRST) -> SeasonAhead:
    """The season from a week on, chosen on the day before it."""
    return season(context, weeks_from(first), first.monday - timedelta(days=1))


def measure(context: SeasonContext) -> Taken:
    """One household: its season with cold facts, the same again, and lived."""
    week_facts.cache_clear()
    begun = time.perf_counter()
    found = chosen(context)
    took = (time.perf_counter() - begun) * 1000
    again = chosen(replace(context, rows=found.rows))
    twelve = season(context, weeks_from(FIRST, LIVED), FIRST.monday - timedelta(days=1))
    first = {_key(row) for row in found.rows if row.week < FIRST + LIVED}
    return Taken(
        len(found.kept),
        took,
        floor(context),
        found.proven,
        len({*map(_key, found.rows)} ^ {*map(_key, again.rows)}),
        sum(_times(twelve.rows, id) != _asked(context, id) for id in OFTEN),
        len(first - {_key(row) for row in live(context)}),
    )


def live(context: SeasonContext) -> list[RareWeek]:
    """Twelve weeks as they are lived, each with what was chosen for it."""
    lived: list[RareWeek] = []
    for n in range(LIVED):
        week = FIRST + n
        found = chosen(context, week)
        now = [row for row in found.rows if row.week == week]
        choices = tuple(Choice(row.ritual, row.partner or None, 1) for row in now)
        plans = {**context.plans, week: Plan(week, choices=choices)}
        last = {**context.last, **{(row.ritual, row.partner): week for row in now}}
        context = replace(context, plans=plans, last=last, rows=found.rows)
        lived += now
    return lived


def floor(context: SeasonContext) -> float:
    """The milliseconds of one look at the room of every week for everything kept."""
    begun = time.perf_counter()
    for week in weeks_from(FIRST):
        ahead = WeekAhead.of(week, context, FIRST.monday - timedelta(days=1))
        for ritual in context.rituals.values():
            ahead.room(ritual, None)
    return (time.perf_counter() - begun) * 1000


def _asked(context: SeasonContext, id: str) -> int:
    every = context.rituals[id].rhythm.every_weeks
    first = max(context.last[id, ""] + every - FIRST, 0)
    return len(range(first, LIVED, every))


def _times(rows: Iterable[RareWeek], id: str) -> int:
    return Counter(row.ritual for row in rows)[id]


def _key(row: RareWeek) -> tuple[str, str, Week]:
    return row.ritual, row.partner, row.week


def _household(chance: Random) -> Household:
    work = tuple(Window.read(text) for text in ("Mon-Fri 08:30-17:00",))
    hours = Hours(work={ONE: work, TWO: work}, children_away=work)
    friday = FIRST.monday + timedelta(days=4)
    every = chance.choice([1, 2, 3])
    rule = f"FREQ=WEEKLY;INTERVAL={every};BYDAY=FR"
    sitter = Recurrence.read(f"{friday}T19:00/{friday}T23:30 {rule}")
    usual = Usual(sitter=(sitter,) if chance.random() < 0.7 else ())
    trips = tuple(_trip(chance, n) for n in range(chance.randint(0, 3)))
    partners = (Partner(ONE, "Nora"), Partner(TWO, "Sam"))
    id = "5f0c6b0e-6f3b-4f0e-9d53-0b7a3c9f2a11"
    return Household(
        id, partners, True, "Europe/Berlin", hours=hours, usual=usual, differences=trips
    )


def _trip(chance: Random, number: int) -> Difference:
    first = FIRST.monday + timedelta(days=chance.randrange(13 * 7))
    last = first + timedelta(days=chance.randint(1, 4))
    return Difference(
        str(number), What.AWAY, first, last, TOLD, chance.choice([ONE, TWO]), nights=True
    )


def _evenings(chance: Random) -> Sequence[Span]:
    """Two or three evenings a week in somebody's calendar."""
    days = [day for n in range(25) for day in chance.sample(range(n * 7, n * 7 + 7), 2)]
    return [_evening(FIRST.monday + timedelta(days=day)) for day in days]


def _evening(day: date) -> Span:
    zone = ZoneInfo("Europe/Berlin")
    start = datetime(day.year, day.month, day.day, 19, tzinfo=zone).astimezone(UTC)
    return Span(start, start + timedelta(hours=3))


if __name__ == "__main__":
    sys.exit(main())

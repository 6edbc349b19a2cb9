"""A couple with very many full weeks behind them, made quickly from half a year of the sample."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import cache

from rituals.model.household import Household
from rituals.model.plan import Plan, Said, Season
from rituals.model.time.week import Week
from rituals.planning import catalogue, sample
from rituals.store.store import Store

OF_SAMPLE = 26  # weeks, which come again and again
FULL = 29  # occurrences in a full week
UNWRITTEN, GRACE = 17, 23  # each so many weeks back nobody wrote down, or was one of grace
NAMES = ("holiday", "flu", "")


def fill(store: Store, weeks: int, today: date, *, full: int = FULL) -> Household:
    """Keeps so many weeks behind the one to plan, each with so many occurrences."""
    couple = _half_a_year(today)
    store.fill(couple.household, (), [*lived(couple.plans, weeks, full), couple.plans[-1]])
    return couple.household


@cache
def _half_a_year(today: date) -> sample.Sample:
    return sample.couple(today, OF_SAMPLE, catalogue.load(catalogue.SUGGESTED))


def lived(source: tuple[Plan, ...], weeks: int, full: int = FULL) -> Iterator[Plan]:
    """So many weeks, the oldest first, up to the one before the newest of the source."""
    ahead = source[-1].week
    good = [p for p in source[:-1] if p.season is Season.USUAL and _is_spoken(p)]
    for back in range(weeks, 0, -1):
        plan = _moved(good[back % len(good)], ahead - back, full)
        if back % GRACE == 0:
            yield replace(plan, season=Season.GRACE, grace=NAMES[back // GRACE % len(NAMES)])
        elif back % UNWRITTEN == 0:
            silent = (replace(o, said=None, lived=None) for o in plan.occurrences)
            yield replace(plan, occurrences=tuple(silent))
        else:
            yield plan


def _moved(plan: Plan, to: Week, full: int) -> Plan:
    later = timedelta(weeks=to - plan.week)
    moved = [
        replace(o, id=f"{to}/{number}", start=o.start + later, end=o.end + later)
        for number, o in enumerate(plan.occurrences)
    ]
    happened = [
        replace(o, id=f"{o.id}/again", ritual=None, spontaneous=True, said=Said.AS_PLANNED, lived=5)
        for o in moved[: max(full - len(moved), 0)]
    ]
    return replace(plan, week=to, occurrences=(*moved, *happened)[:full])


def _is_spoken(plan: Plan) -> bool:
    return any(o.said is not None for o in plan.occurrences)

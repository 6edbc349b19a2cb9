"""Context that a week is planned in, read from the store."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import count, islice

from rituals.model.context import PlanningContext
from rituals.model.household import Household
from rituals.model.local_time import span_with_nights
from rituals.model.plan import Occurrence
from rituals.model.ritual import Ritual
from rituals.model.time.span import Spans
from rituals.model.time.week import Week
from rituals.store import covers
from rituals.store.plan_rows import read_weeks_of_grace
from rituals.store.store import Store

WEEKS_REMEMBERED = 8  # when a week is placed: for turns, and for the hours one is used to


def load_context(
    store: Store, week: Week, household: Household, rituals: Mapping[str, Ritual]
) -> PlanningContext:
    """Busy times of a week, covers included, and the occurrences of the weeks before it."""
    busy = store.load_busy(span_with_nights(week, household))
    life = PlanningContext(household, rituals, busy, _past(store, week))
    asked = covers.of_week(store, week, household)
    if not asked:
        return life
    covered = Spans(cover.span for cover in asked)
    kept_free = {p.key: busy.get(p.key, Spans()) | covered for p in household.partners}
    return replace(life, busy=kept_free, covers=asked, appointments=busy)


def _past(store: Store, week: Week) -> tuple[Occurrence, ...]:
    """Occurrences of the last weeks before this one, grace aside, those let go among them."""
    with store.reading() as at:
        rested = read_weeks_of_grace(at, week)
    lately = (w for w in (week - back for back in count(1)) if w not in rested)
    before = store.load_plans(list(islice(lately, WEEKS_REMEMBERED)))
    return tuple(
        o for plan in before.values() for o in plan.occurrences if o.chosen and not o.spontaneous
    )

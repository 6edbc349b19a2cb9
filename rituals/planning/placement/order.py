"""An order of the two partners that lies in their weeks, and not in who is left or right on screen.

With it the same couple the other way round gets the same week the other way round.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from rituals.model.childcare import OTHER
from rituals.model.household import ONE, TWO, Household
from rituals.model.plan import Occurrence
from rituals.model.time.week import Week
from rituals.model.week_facts import week_facts
from rituals.planning.placement.request import Request, Surroundings


def first_partner(
    wanted: Sequence[Request], around: Surroundings, household: Household, week: Week
) -> str:
    """The key of the partner who comes first wherever one of two equals has to."""
    return min((ONE, TWO), key=lambda key: _signature(key, wanted, around, household, week))


def _signature(
    key: str, wanted: Sequence[Request], around: Surroundings, household: Household, week: Week
) -> tuple[Any, ...]:
    """All that is this partner's; the name and the key only where everything else is alike."""
    facts = week_facts(week, household)
    own = (facts.work[key], facts.away[key], facts.asleep[key], around.busy.get(key, ()))
    return (
        sorted(_hopes(key, around)),
        *(tuple((s.start, s.end) for s in spans) for spans in own),
        sorted((w.ritual.id, w.number, w.lay is not None) for w in wanted if w.partner == key),
        sorted(_laid(w) for w in wanted if w.partner == key and w.lay),
        *(_lying(key, some) for some in (around.standing, around.past)),
        sorted(household.usual.free_evenings.get(key, ())),
        household.name(key),
        OTHER[key],
    )


def _hopes(key: str, around: Surroundings) -> Iterable[tuple[str, int]]:
    return ((str(s.kind), m) for s, m in around.hopes.items() if s.partner == key)


def _laid(want: Request) -> tuple[Any, ...]:
    return (want.ritual.id, want.number, want.lay.start, want.lay.end) if want.lay else ()


def _lying(key: str, some: Iterable[Occurrence]) -> list[tuple[Any, ...]]:
    return sorted(
        (o.start, o.end, o.ritual or "", o.number, o.fixed, o.let_go, _had(o))
        for o in some
        if o.partner == key
    )


def _had(o: Occurrence) -> int:
    return o.minutes if o.lived is None else o.lived

"""Sentences for the giver before a surprise is kept: who is away then, and who is taken."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rituals.model.childcare import OTHER
from rituals.model.household import Household
from rituals.model.time.span import Spans
from rituals.model.week_facts import week_facts
from rituals.surprises import surprise as surprises
from rituals.surprises.surprise import Surprise


def sentences(surprise: Surprise, household: Household, busy: Mapping[str, Spans]) -> Iterator[str]:
    """A sentence on the other's trip or appointment, and one on the giver's own.

    They speak of the surprise's hours and, where it asks for some, of those of its hint.
    """
    away = week_facts(surprises.week_of(surprise, household), household).away
    giver, other = surprise.giver, OTHER[surprise.giver]
    own = Spans([surprise.span])
    hint = Spans([surprises.covered_span(surprise, household)]) if surprise.line else Spans()
    name = household.name(other)
    if (own | hint) & away[other]:
        yield f"{name} is away then."
    elif taken := busy.get(other, Spans()) & own:
        yield f"{name}’s calendar has something {_hours(taken, household)}."
    if (own | hint) & away[giver]:
        yield "You are away then yourself."
    elif taken := busy.get(giver, Spans()) & (own | hint):
        yield f"Your own calendar has something {_hours(taken, household)}."


def _hours(taken: Spans, household: Household) -> str:
    first = next(iter(taken))
    start, end = (household.clock(at).time() for at in (first.start, first.end))
    return household.formats.from_to(start, end)

"""Care of the children, minute by minute, while they are at home.

While they are awake one of the two or a sitter is with them; asleep, one of the two is in
the house. So one partner's time alone or out is the other's time with the children.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from rituals.model import local_time
from rituals.model.household import ONE, TWO, Household, Kind, Strand
from rituals.model.plan import Occurrence
from rituals.model.ritual import Size
from rituals.model.span import Span, Spans
from rituals.model.week import Week

OTHER = {ONE: TWO, TWO: ONE}
AWAY = (Kind.ALONE, Kind.OUT)
WEEKS_CACHED = 1024  # charts of many weeks ask for the same ones again and again


@dataclass(frozen=True)
class Children:
    """Spans of the children at home, awake and asleep; both empty without children."""

    awake: Spans
    asleep: Spans


@lru_cache(WEEKS_CACHED)
def children(week: Week, household: Household) -> Children:
    """The children's week, with the nights on both sides of it."""
    if not household.children:
        return Children(Spans(), Spans())
    whole = Spans([local_time.span_with_nights(week, household)])
    away = local_time.window_spans_around(household.hours.children_away, week, household)
    asleep = local_time.children_asleep(week, household) & whole
    return Children(awake=whole - asleep - away, asleep=asleep - away)


def handed_over(
    partner: str,
    occurrences: Iterable[Occurrence],
    sitter: Spans,
    week: Week,
    household: Household,
) -> dict[str, int]:
    """Minutes this partner has the children, by id of the occurrence that takes the other away.

    Minutes that lie in an occurrence of their own with the children are not counted twice.
    """
    lying = list(occurrences)
    away = [o for o in lying if o.partner == OTHER[partner] and takes_away(o.kind, o.size)]
    if not away:
        return {}
    own = Spans(Span(o.start, o.end) for o in lying if o.strand == Strand(Kind.SOLO, partner))
    left = children(week, household).awake - sitter - own
    minutes = {o.id: (Spans([Span(o.start, o.end)]) & left).length for o in away}
    return {id: int(length.total_seconds()) // 60 for id, length in minutes.items() if length}


def takes_away(kind: Kind, size: Size) -> bool:
    """True where its partner cannot have the children meanwhile; small moments leave room."""
    return kind in AWAY and size is not Size.SMALL


def uncovered(
    occurrences: Iterable[Occurrence],
    busy: Mapping[str, Spans],
    sitter: Spans,
    week: Week,
    household: Household,
) -> Spans:
    """Spans in which the children are at home without anybody, by this household's own account.

    Usual working hours of both are covered: somebody has the children then every week.
    """
    at_home, lying = children(week, household), list(occurrences)
    open_ = Spans()
    for kinds, home in ((AWAY, at_home.awake), ((Kind.OUT,), at_home.asleep)):
        gone, working = {}, {}
        for partner in (ONE, TWO):
            work = local_time.window_spans_around(
                household.hours.work.get(partner, ()), week, household
            )
            gone[partner] = (busy.get(partner, Spans()) - work) | _spans(lying, partner, kinds)
            working[partner] = work
        open_ |= gone[ONE] & (gone[TWO] | working[TWO]) & home
        open_ |= gone[TWO] & working[ONE] & home
    return open_ - sitter


def _spans(occurrences: Iterable[Occurrence], partner: str, kinds: tuple[Kind, ...]) -> Spans:
    return Spans(
        Span(o.start, o.end)
        for o in occurrences
        if o.partner == partner and o.kind in kinds and o.size is not Size.SMALL
    )

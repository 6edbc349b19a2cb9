"""Care of the children, minute by minute, while they are at home.

While they are awake one of the two or a sitter is with them; asleep, an adult is in the house. Who
is away, out, at work or asleep by day is not there for them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import NamedTuple, Protocol

from rituals.model import local_time
from rituals.model.household import ONE, TWO, Household, Kind, Strand
from rituals.model.plan import Occurrence
from rituals.model.ritual import Needs, Ritual, Size
from rituals.model.time.span import Span, Spans
from rituals.model.time.week import Week
from rituals.model.week_facts import Children, WeekFacts, week_facts

OTHER = {ONE: TWO, TWO: ONE}
AWAY = (Kind.ALONE, Kind.OUT)
QUARTER = timedelta(minutes=15)
EPOCH = datetime(2000, 1, 1, tzinfo=UTC)  # on a quarter, as every zone of today counts them


class Marks(Protocol):
    """Marks of a ritual, or of an occurrence of it, that decide who is there for the children."""

    @property
    def kind(self) -> Kind:
        """The kind of time."""
        ...

    @property
    def size(self) -> Size:
        """The part of a day it takes."""
        ...

    @property
    def leaves(self) -> bool:
        """True where who takes part leaves the house."""
        ...

    @property
    def with_children(self) -> bool:
        """True where the children take part."""
        ...


class Absence(NamedTuple):
    """When who takes part in something cannot be there for the children."""

    awake: bool  # while they are up
    asleep: bool  # while they sleep


class Waiting(NamedTuple):
    """Something that is open until a sitter is found, and the span in which one is asked for."""

    occurrence: Occurrence
    span: Span


def absence(of: Marks) -> Absence:
    """Absence of a ritual's people: while the children are up, and while they sleep.

    Who leaves the house leaves it whether they sleep or not, but for what the children come along
    to. Small moments at home leave room for them.
    """
    if of.with_children or of.kind is Kind.SOLO:
        return Absence(awake=False, asleep=False)
    alone = of.kind in AWAY and of.size is not Size.SMALL
    return Absence(awake=alone or of.leaves, asleep=of.leaves)


def children(week: Week, household: Household) -> Children:
    """The children's week, with the whole day on both sides of it."""
    return week_facts(week, household).children


def sitter(evenings: Iterable[Span], week: Week, household: Household) -> Spans:
    """When a sitter is there: as is usual, and as was told of this week."""
    return week_facts(week, household).sitter | Spans(evenings)


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
    away = [o for o in lying if o.partner == OTHER[partner] and absence(o).awake]
    if not away:
        return {}
    left = _left_with(partner, lying, sitter, week_facts(week, household))
    minutes = {o.id: _minutes(Spans([Span(o.start, o.end)]) & left) for o in away}
    return {id: length for id, length in minutes.items() if length}


def minutes_of_trips(
    partner: str,
    occurrences: Iterable[Occurrence],
    sitter: Spans,
    week: Week,
    household: Household,
) -> int:
    """Minutes of a week this partner has the children because the other is on a trip.

    Without the rush before school, which counts for nobody, and without what something that the
    other does, or they do with the children, has counted already.
    """
    facts, lying = week_facts(week, household), list(occurrences)
    trips = facts.away[OTHER[partner]]
    if not trips or not household.in_week(week).children:
        return 0
    counted = Spans(
        Span(o.start, o.end)
        for o in lying
        if o.with_children or (o.partner == OTHER[partner] and absence(o).awake)
    )
    left = _left_with(partner, lying, sitter, facts) - facts.not_there(partner) - counted
    rush = Spans(s for s in facts.children.awake if any(s.end == e.start for e in facts.elsewhere))
    shown = Spans([local_time.week_span(week, household)])
    return _minutes(trips & (left - rush) & shown)


def uncovered(
    occurrences: Iterable[Occurrence],
    busy: Mapping[str, Spans],
    sitter: Spans,
    week: Week,
    household: Household,
) -> Spans:
    """Spans in which the children are at home without an adult, by this household's own account.

    Usual working hours of both are covered: somebody has the children then every week.
    """
    facts, lying = week_facts(week, household), list(occurrences)
    open_ = Spans()
    for asleep, at_home in ((False, facts.children.awake), (True, facts.children.asleep)):
        if at_home:
            gone = {p: _gone(p, lying, busy, facts, asleep=asleep) for p in (ONE, TWO)}
            open_ |= gone[ONE] & gone[TWO] & at_home
    return open_ - sitter - facts.covered


def open_for_a_sitter(
    occurrences: Iterable[Occurrence],
    sitter: Spans,
    week: Week,
    household: Household,
    rituals: Mapping[str, Ritual],
) -> tuple[Waiting, ...]:
    """Occurrences that need a sitter and lack one, each with the span one is asked for.

    That is from a way before it to a way home after it, where it leaves the house. Both who leave
    together need one while the children are at home, by the same account as `uncovered`; so does
    a ritual that says it needs one.
    """
    facts = week_facts(week, household)
    alone = (facts.children.awake | facts.children.asleep) - sitter - facts.covered
    way = timedelta(minutes=household.usual.way_home)
    return tuple(
        Waiting(o, _asked(o, alone, way))
        for o in occurrences
        if needs_a_sitter(o, rituals) and alone & Spans([Span(o.start, o.end)])
    )


def needs_a_sitter(occurrence: Occurrence, rituals: Mapping[str, Ritual]) -> bool:
    """True where somebody else has to be with the children, should they be at home then."""
    ritual = rituals.get(occurrence.ritual or "")
    both_leave = occurrence.partner is None and absence(occurrence).asleep
    return both_leave or (ritual is not None and ritual.needs is Needs.SITTER)


def _asked(occurrence: Occurrence, alone: Spans, way_home: timedelta) -> Span:
    """The hull of what is to be covered, in whole quarters, for nobody asks for ten to seven."""
    way = way_home if occurrence.leaves else timedelta()
    whole = Spans([Span(occurrence.start - way, occurrence.end + way)]) & alone
    spans = list(whole)
    start, end = spans[0].start, spans[-1].end
    return Span(start - (start - EPOCH) % QUARTER, end + (EPOCH - end) % QUARTER)


def _gone(
    partner: str,
    occurrences: Iterable[Occurrence],
    busy: Mapping[str, Spans],
    facts: WeekFacts,
    *,
    asleep: bool,
) -> Spans:
    """When a partner is not there for the children, while they sleep or while they are up."""
    own = Spans(
        Span(o.start, o.end)
        for o in occurrences
        if o.partner in (None, partner) and (absence(o).asleep if asleep else absence(o).awake)
    )
    return own | busy.get(partner, Spans()) | facts.not_there(partner)


def _left_with(
    partner: str, occurrences: Iterable[Occurrence], sitter: Spans, facts: WeekFacts
) -> Spans:
    """When the children are up at home, without a sitter and without something of their own."""
    solo = Strand(Kind.SOLO, partner)
    own = Spans(Span(o.start, o.end) for o in occurrences if o.strand == solo)
    return facts.children.awake - sitter - own


def _minutes(spans: Spans) -> int:
    return spans.length // timedelta(minutes=1)

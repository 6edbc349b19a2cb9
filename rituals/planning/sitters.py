"""Evenings that wait for a sitter: what is open until one is found, and the question about each.

What is open leaves the house as little as what not both agreed on: no feed and no server has it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from rituals.model import childcare, local_time
from rituals.model.childcare import Waiting
from rituals.model.household import Household, Kind
from rituals.model.plan import Occurrence, Plan, standing
from rituals.model.ritual import Ritual, Size
from rituals.model.time.span import Span, Spans
from rituals.model.week_facts import PARTNERS, week_facts
from rituals.planning import agreement

ONE_EVENING = timedelta(hours=1)  # a sitter does not go home for less
LONG_ENOUGH = timedelta(hours=2)  # of shared hours without the children, to be spoken of


@dataclass(frozen=True)
class Question:
    """A span in which nobody would be with the children, and what of the plan waits for that."""

    span: Span
    waiting: tuple[Occurrence, ...] = ()


def waiting(
    plan: Plan, household: Household, rituals: Mapping[str, Ritual], now: datetime
) -> tuple[Waiting, ...]:
    """Occurrences that are open until a sitter is found, as they lie now; none that is over."""
    return _waiting(standing(plan), plan, household, rituals, now)


def ids(
    plan: Plan, household: Household, rituals: Mapping[str, Ritual], now: datetime
) -> frozenset[str]:
    """The ids of what is open until a sitter is found."""
    return frozenset(o.id for o, _ in waiting(plan, household, rituals, now))


def settled(
    plan: Plan, household: Household, rituals: Mapping[str, Ritual], now: datetime
) -> tuple[Occurrence, ...]:
    """The occurrences as both agreed on them, without what waits for a sitter at those hours."""
    ours = agreement.ours(plan)
    open_ = {o.id for o, _ in _waiting(ours, plan, household, rituals, now)}
    return tuple(o for o in ours if o.id not in open_)


def questions(
    plan: Plan,
    busy: Mapping[str, Spans],
    household: Household,
    now: datetime,
    rituals: Mapping[str, Ritual],
) -> tuple[Question, ...]:
    """One question for each evening on which nobody would be with the children, in their order.

    Also for what takes both of them away that no ritual says, such as two appointments.
    """
    open_ = waiting(plan, household, rituals, now)
    asked = Spans(span for _, span in open_) | _both_away(plan, busy, household, now)
    return tuple(
        Question(span, tuple(o for o, own in open_ if own.overlaps(span)))
        for span in _evenings(asked)
    )


def unused(
    plan: Plan, household: Household, kept_free: Spans, now: datetime
) -> tuple[tuple[bool, Span], ...]:
    """Hours to come without the children that hold nothing yet, and whether a sitter brings them.

    One time with friends or as two is enough; hours that a hint keeps free hold something.
    """
    if not household.in_week(plan.week).children or not standing(plan):
        return ()
    facts = week_facts(plan.week, household)
    week = Spans([local_time.week_span(plan.week, household)])
    taken = Spans(s for key in PARTNERS for s in facts.not_there(key) | facts.asleep[key])
    held = kept_free | Spans(Span(o.start, o.end) for o in standing(plan) if _is_worth_it(o))
    found = [(True, span) for span in facts.sitter] + [(False, span) for span in facts.other_home]
    return tuple(
        (by_sitter, next(iter(free)))
        for by_sitter, span in found
        if (free := (Spans([span]) & week) - taken).length >= LONG_ENOUGH
        and now < next(iter(free)).start
        and not Spans([span]) & held
    )


def _is_worth_it(o: Occurrence) -> bool:
    as_two = o.kind is Kind.TOGETHER and o.partner is None and not o.with_children
    return o.kind is Kind.OUT or (as_two and o.size is not Size.SMALL)


def _waiting(
    occurrences: Iterable[Occurrence],
    plan: Plan,
    household: Household,
    rituals: Mapping[str, Ritual],
    now: datetime,
) -> tuple[Waiting, ...]:
    ahead = [
        o
        for o in occurrences
        if o.end > now and o.said is None and childcare.needs_a_sitter(o, rituals)
    ]
    if not ahead or not household.in_week(plan.week).children:  # a feed asks of two years of weeks
        return ()
    there = childcare.sitter(plan.sitter, plan.week, household)
    return childcare.open_for_a_sitter(ahead, there, plan.week, household, rituals)


def _both_away(plan: Plan, busy: Mapping[str, Spans], household: Household, now: datetime) -> Spans:
    end = local_time.week_span(plan.week, household).end
    if not household.in_week(plan.week).children or end <= now:
        return Spans()
    there = childcare.sitter(plan.sitter, plan.week, household)
    away = childcare.uncovered(standing(plan), busy, there, plan.week, household)
    return away & Spans([Span(now, end)])


def _evenings(asked: Spans) -> list[Span]:
    """The spans, those of one evening as one."""
    evenings: list[Span] = []
    for span in asked:
        if evenings and span.start - evenings[-1].end < ONE_EVENING:
            evenings[-1] = Span(evenings[-1].start, span.end)
        else:
            evenings.append(span)
    return evenings

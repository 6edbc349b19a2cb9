"""Agreement of both partners on a week: their yes, and the proposals that still wait for one.

A version with a yes of both stays theirs, until both say yes to something else or one of
them lets it go. Only that leaves the house.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from rituals.model import wording
from rituals.model.household import BOTH, ONE, TWO, Household
from rituals.model.plan import Occurrence, Plan, Yes, standing
from rituals.model.time.span import Span
from rituals.planning import changes


class ChangedSinceAgreed(NamedTuple):
    """An occurrence whose hours or title changed since both said yes to it."""

    was: Yes
    now: Occurrence


def say_yes(plan: Plan, partner: str, only: Collection[str] | None = None) -> Plan:
    """The plan with a partner's yes to all that stands in it, or only to these ids."""
    stands = {o.id for o in standing(plan)}
    meant = stands if only is None else stands & set(only)
    return _each(plan, lambda o: _with_yes(o, (partner,)) if o.id in meant else o)


def withdraw_yes(plan: Plan, partner: str) -> Plan:
    """The plan once a partner took every yes back: nothing in it is ours then."""
    return _each(
        plan, lambda o: replace(o, yes=tuple(y for y in o.yes if y.partner not in (partner, BOTH)))
    )


def with_own_yes(before: Plan, after: Plan, sitting: Iterable[str]) -> Plan:
    """The changed plan with the yes of those who sit here to their own change.

    It is added only for those who have a yes in this week already; an occurrence that was not
    changed and lacked their yes lacks it still.
    """
    were = {o.id: o for o in standing(before)}
    stand = {o.id for o in standing(after)}
    begun = [p for p in sitting if any(_agrees(o, p) for o in were.values())]

    def follow(o: Occurrence) -> Occurrence:
        was = were.get(o.id)
        is_new = was is None or _version(was, BOTH) != _version(o, BOTH)
        who = [p for p in begun if is_new or (was is not None and _agrees(was, p))]
        return _with_yes(o, who) if o.id in stand else o

    return _each(after, follow) if begun else after


def moved_back(plan: Plan, id: str, now: datetime) -> Plan:
    """The plan with one occurrence back at the hours that both agreed on last."""
    (yes,) = (o.agreed for o in plan.occurrences if o.id == id)
    return plan if yes is None else changes.move(plan, id, Span(yes.start, yes.end), True, now)


def agreed_in_calendar(plan: Plan, id: str) -> Plan:
    """The plan with the yes of both to one occurrence: a calendar has it, whoever wrote it."""
    return changes.with_occurrence(plan, id, lambda o: _with_yes(o, (ONE, TWO)))


def ours(plan: Plan) -> tuple[Occurrence, ...]:
    """The standing occurrences as both agreed on them: only these may leave the house."""
    stands = ((o, o.agreed) for o in standing(plan))
    return tuple(
        replace(o, title=yes.title, start=yes.start, end=yes.end)
        for o, yes in stands
        if yes is not None
    )


def proposals(plan: Plan) -> tuple[Occurrence, ...]:
    """The standing occurrences that lack a yes of both to how they are now."""
    return tuple(o for o in standing(plan) if not is_agreed(o))


def is_agreed(occurrence: Occurrence) -> bool:
    """True where both said yes to an occurrence as it is now."""
    return _agrees(occurrence, BOTH)


def is_ours(plan: Plan) -> bool:
    """True where both agreed on all that stands in the plan, and something stands."""
    return bool(standing(plan)) and not proposals(plan)


def awaiting_yes(plan: Plan, partner: str) -> tuple[Occurrence, ...]:
    """The proposals that lack this partner's yes to how they are now."""
    return tuple(o for o in proposals(plan) if not _agrees(o, partner))


def changed_since_agreed(plan: Plan, partner: str) -> tuple[ChangedSinceAgreed, ...]:
    """The occurrences that await this partner's yes although both agreed on an earlier version."""
    return tuple(
        ChangedSinceAgreed(o.agreed, o) for o in awaiting_yes(plan, partner) if o.agreed is not None
    )


def new_since_yes(plan: Plan, partner: str) -> tuple[Occurrence, ...]:
    """The occurrences that are new since this partner said yes to something of the plan."""
    if not any(y.partner in (partner, BOTH) for o in standing(plan) for y in o.yes):
        return ()
    return tuple(o for o in awaiting_yes(plan, partner) if o.agreed is None)


def changed_sentence(change: ChangedSinceAgreed, household: Household) -> str:
    """Sentence on what changed: the title, hour or length now, and the agreed one."""
    was, now = change
    named = wording.title(now, household)
    if was.title != now.title:
        named = f"{was.title}, now {now.title},"
    if was.start != now.start:
        after, before = (wording.moment(at, household) for at in (now.start, was.start))
        return f"{named} is on {after} now; both of you said yes to {before}."
    if was.end != now.end:
        after, before = wording.hours(now.minutes), _length(was)
        return f"{named} is {after} long now; both of you said yes to {before}."
    return f"{named} is still on {wording.moment(now.start, household)}."


def _agrees(occurrence: Occurrence, partner: str) -> bool:
    return _version(occurrence, partner) in occurrence.yes


def _version(occurrence: Occurrence, partner: str) -> Yes:
    return Yes(partner, occurrence.title, occurrence.start, occurrence.end)


def _with_yes(occurrence: Occurrence, partners: Iterable[str]) -> Occurrence:
    answers = {y.partner: y for y in occurrence.yes}
    answers |= {partner: _version(occurrence, partner) for partner in partners}
    if all(answers.get(partner) == _version(occurrence, partner) for partner in (ONE, TWO)):
        answers[BOTH] = _version(occurrence, BOTH)
    return replace(occurrence, yes=tuple(sorted(answers.values())))


def _length(yes: Yes) -> str:
    return wording.hours(int((yes.end - yes.start).total_seconds()) // 60)


def _each(plan: Plan, change: Callable[[Occurrence], Occurrence]) -> Plan:
    return replace(plan, occurrences=tuple(change(o) for o in plan.occurrences))

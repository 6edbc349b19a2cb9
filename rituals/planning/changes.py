"""Every change a couple makes to a week, as a function from a plan to the changed plan."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from rituals.model.calendar import RemoteEvent
from rituals.model.household import Household, Strand
from rituals.model.plan import (
    COUNTS_AS_USUAL,
    Beside,
    Choice,
    Hope,
    Occurrence,
    Plan,
    Season,
    in_order,
    most_times,
)
from rituals.model.time.span import Span, Spans
from rituals.model.time.week import Week
from rituals.model.totals import FIRST_HOPES, MOST_HOPED, hope_of
from rituals.text import LONGEST_TITLE


def first_plan(week: Week, household: Household) -> Plan:
    """The plan of a couple that has no week behind it: gentle hopes and nothing chosen."""
    return Plan(
        week, hopes={s: Hope(FIRST_HOPES[s.kind]) for s in household.in_week(week).strands()}
    )


def carried_over(last: Plan, week: Week, household: Household) -> Plan:
    """A new week that hopes for the usual and chooses what was chosen before."""
    begun = first_plan(week, household).hopes
    hopes = {strand: _usual_again(last, strand, hope) for strand, hope in begun.items()}
    choices = tuple(replace(choice, by_hand=False) for choice in last.choices)
    return Plan(week, hopes=hopes, choices=choices)


def plans_ahead(
    plan: Plan,
    later: Iterable[Week],
    kept: Mapping[Week, Plan],
    begin: Callable[[Plan, Week], Plan],
) -> list[Plan]:
    """A plan and those of the weeks after it: as kept, or each begun from the one before."""
    each = [plan]
    for week in later:
        each.append(kept.get(week) or begin(each[-1], week))
    return each


def with_hope(plan: Plan, strand: Strand, minutes: int) -> Plan:
    """The plan with one strand's hopes set by hand."""
    kept = min(max(minutes, 0), MOST_HOPED)
    return replace(plan, hopes={**plan.hopes, strand: replace(hope_of(plan, strand), by_hand=kept)})


def with_usual_hopes(plan: Plan) -> Plan:
    """The plan without what was set by hand: all hopes are usual, in the season's measure."""
    return replace(plan, hopes={s: replace(h, by_hand=None) for s, h in plan.hopes.items()})


def with_sitter(plan: Plan, span: Span) -> Plan:
    """The plan with somebody else with the children at that time."""
    return replace(plan, sitter=tuple(Spans((*plan.sitter, span))))


def without_sitter(plan: Plan, span: Span) -> Plan:
    """The plan with nobody else with the children at that time after all."""
    return replace(plan, sitter=tuple(Spans(plan.sitter) - Spans([span])))


def in_season(plan: Plan, season: Season) -> Plan:
    """The plan in another season; what was set by hand stays, and grace only pauses the season."""
    if season is not Season.GRACE:
        return replace(plan, season=season, grace="", paused=Season.USUAL)
    return plan if plan.season is season else replace(plan, season=season, paused=plan.season)


def choose(
    plan: Plan, ritual: str, partner: str | None, times: int, most: int | None = None
) -> Plan:
    """The plan with a ritual chosen so many times by hand; none takes it out."""
    upto = most_times(plan, ritual, partner) if most is None else most
    choice = Choice(ritual, partner, times, upto, by_hand=True)
    here = [(c.ritual, c.partner) for c in plan.choices]
    if (ritual, partner) in here:
        changed = [
            choice if (c.ritual, c.partner) == (ritual, partner) else c for c in plan.choices
        ]
    else:
        changed = [*plan.choices, choice]
    return replace(plan, choices=tuple(c for c in changed if c.times > 0))


def back_to(plan: Plan, before: Plan, now: datetime) -> Plan:
    """The plan as it was before, and calendars hear of it.

    Answers, yeses and exports since then stay; an occurrence that came since is kept
    unseen, unless it has an answer.
    """
    were = {o.id: o for o in before.occurrences}
    are = {o.id: o for o in plan.occurrences}
    lost = [touched(o, now) for id, o in were.items() if id not in are and not o.spontaneous]
    present = [_as_it_was(were.get(id), o, now) for id, o in are.items()]
    return replace(before, occurrences=in_order((*present, *lost)), lived=plan.lived)


def move(plan: Plan, id: str, span: Span, fixed: bool, now: datetime) -> Plan:
    """The plan with one occurrence at another time, and fixed or not."""

    def moved(o: Occurrence) -> Occurrence:
        if (o.start, o.end, o.let_go) == (span.start, span.end, False):
            return replace(o, fixed=fixed)
        at = replace(o, start=span.start, end=span.end, let_go=False, fixed=fixed, reason="")
        return touched(at, now)

    return with_occurrence(plan, id, moved)


def keep_beside(plan: Plan, id: str, some: Iterable[Beside]) -> Plan:
    """The plan with one occurrence kept beside what it meets; no calendar has to hear of it."""
    kept = frozenset(some)
    return with_occurrence(plan, id, lambda o: replace(o, beside=tuple(sorted({*o.beside, *kept}))))


def let_go(plan: Plan, id: str, now: datetime) -> Plan:
    """The plan with one occurrence let go; its ritual stays chosen."""
    return with_occurrence(
        plan, id, lambda o: o if o.let_go else touched(replace(o, let_go=True), now)
    )


def with_remote_event(plan: Plan, id: str, seen: RemoteEvent, now: datetime) -> Plan:
    """The plan with one occurrence as somebody left it in a calendar, and fixed.

    Its sequence is never lower than the calendar's, so that what comes later is heard. Its ritual
    is chosen as often as that asks.
    """

    def heard(o: Occurrence) -> Occurrence:
        title = seen.title[:LONGEST_TITLE] or o.title
        moved = replace(o, title=title, start=seen.start, end=seen.end, fixed=True)
        stands = replace(moved, let_go=False, chosen=True, reason="")
        return touched(replace(stands, sequence=max(o.sequence, seen.sequence - 1)), now)

    after = with_occurrence(plan, id, heard)
    back = next(o for o in after.occurrences if o.id == id)
    if back.ritual is None or stays(back, after):
        return after
    return choose(after, back.ritual, back.partner, back.number)


def with_occurrence(plan: Plan, id: str, change: Callable[[Occurrence], Occurrence]) -> Plan:
    """The plan with one of its occurrences changed."""
    changed = (change(o) if o.id == id else o for o in plan.occurrences)
    return replace(plan, occurrences=in_order(changed))


def stays(occurrence: Occurrence, plan: Plan) -> bool:
    """True where an occurrence stays in the plan: still chosen, answered, or spontaneous."""
    if occurrence.spontaneous or occurrence.said is not None:
        return True
    if occurrence.ritual is None:  # nobody chose it: it came by itself
        return occurrence.chosen
    chosen = max((max(c.times, c.most) for c in plan.choices if _is_of(c, occurrence)), default=0)
    return occurrence.chosen and occurrence.number <= chosen


def unselected(occurrence: Occurrence, now: datetime) -> Occurrence:
    """An occurrence that is no longer chosen: kept unseen, and calendars hear of it."""
    return touched(replace(occurrence, chosen=False), now) if occurrence.chosen else occurrence


def touched(occurrence: Occurrence, now: datetime) -> Occurrence:
    """An occurrence of whose change calendars hear, as its sequence says."""
    return replace(occurrence, changed=now, sequence=occurrence.sequence + 1)


def _usual_again(last: Plan, strand: Strand, begun: Hope) -> Hope:
    before = last.hopes.get(strand, begun)
    if before.by_hand is not None and last.season in COUNTS_AS_USUAL:
        return Hope(before.by_hand)
    return Hope(before.usual)


def _is_of(choice: Choice, occurrence: Occurrence) -> bool:
    return (choice.ritual, choice.partner) == (occurrence.ritual, occurrence.partner)


def _as_it_was(was: Occurrence | None, present: Occurrence, now: datetime) -> Occurrence:
    if was is None or not was.chosen:
        spoken = present.ritual is None or present.said is not None
        return present if spoken else unselected(present, now)
    kept = {
        name: getattr(present, name)
        for name in ("said", "lived", "exported", "changed", "yes", "leaves", "with_children")
    }
    again = replace(was, **kept, sequence=max(was.sequence, present.sequence))
    mute = {name: getattr(present, name) for name in ("fixed", "reason", "beside")}
    unheard = replace(again, **mute)
    return again if unheard == present else touched(again, now)

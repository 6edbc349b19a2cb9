"""Chosen rituals placed into the best slots of a week, anew whenever something changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache

from rituals.model import local_time, totals
from rituals.model.context import PlanningContext
from rituals.model.household import Household
from rituals.model.plan import Choice, Occurrence, Plan, Season, in_order
from rituals.model.ritual import Ritual, possible
from rituals.model.time.span import Span, Spans
from rituals.model.time.week import Week
from rituals.planning import changes
from rituals.planning.choices import rest, secret, suggestions
from rituals.planning.placement import reasons as of_places
from rituals.planning.placement.grid import first_ahead
from rituals.planning.placement.place import Placed, Placement, Unplaced, place
from rituals.planning.placement.request import Request, Surroundings
from rituals.planning.season import arrivals

PLACEMENTS_CACHED = 64  # a step back, and a partner's own screen, ask for the same ones again
WEEKS_AHEAD = 54  # as far as a difference can be told: a year, and the week that is running
_Key = tuple[str | None, str | None, int, str]  # ritual, partner, number; id if it just happened


@dataclass(frozen=True)
class OpenedWeek:
    """A plan parted into what looks for a place in it and what stays as it is."""

    plan: Plan
    kept: Mapping[_Key, Occurrence]
    gone: Mapping[_Key, Occurrence]  # no longer chosen
    wanted: tuple[Request, ...]
    stands: Mapping[_Key, Occurrence]
    around: Surroundings

    def before(self, want: Request) -> Occurrence | None:
        """The occurrence that a request had in the plan, if any; perhaps unseen."""
        key = _wanted_key(want)
        return self.kept.get(key) or self.gone.get(key)

    def with_places(self, some: Iterable[Placed], now: datetime) -> Plan:
        """The plan with what found a place in it, and without what found none."""
        lying, gone = dict(self.stands), dict(self.gone)
        for placed in some:
            key = _wanted_key(placed.wanted)
            before = self.before(placed.wanted)
            if key not in self.kept:
                gone.pop(key, None)
            lying[key] = occurrence_of(placed, self.plan.week, before, now)
        left = {k: changes.unselected(o, now) for k, o in self.kept.items() if k not in lying}
        here = in_order((*lying.values(), *(gone | left).values()))
        return replace(self.plan, occurrences=here)


def weeks_ahead(today: date, household: Household) -> list[Week]:
    """The running week and those after it that may have a plan to place anew."""
    this = local_time.week_of(today, household)
    return [this + n for n in range(WEEKS_AHEAD)]


def starting_plan(last: Plan | None, week: Week, context: PlanningContext, now: datetime) -> Plan:
    """The plan a week starts from: the one before it carried over, its rituals in their slots."""
    begun = (
        changes.carried_over(last, week, context.household)
        if last
        else changes.first_plan(week, context.household)
    )
    return scheduled(arrivals.begun(begun, context), context, now)


def scheduled(plan: Plan, context: PlanningContext, now: datetime, *, at_rest: bool = True) -> Plan:
    """The plan with each chosen ritual in the best slot of its week.

    An occurrence moves only for a reason, and not at all where it was fixed by hand, exported to a
    calendar, agreed on by both, answered, or has begun. One no longer chosen goes, unless it was
    lived. While something lies in hours that a hint asks for, it alone looks for a place. While a
    hand moves, so not `at_rest`, wide windows are tried at some quarters only.
    """
    if plan.season is Season.GRACE:
        return plan
    week = _giving_way(opened(plan, context, now), context)
    found = _found(week.wanted, week.around, context.household, plan.week, at_rest)
    return week.with_places(found.placed, now)


def opened(plan: Plan, context: PlanningContext, now: datetime) -> OpenedWeek:
    """A plan with all that may move looking for a place anew; not for a grace week."""
    plan = marked(plan, context.rituals, context.household, now)
    plan = without_secrets(plan, context.rituals, now)
    awake = replace(plan, choices=rest.awake(plan, context.rituals))
    kept = {_key(o): o for o in plan.occurrences if _stays(o, plan, awake, now)}
    gone = {
        _key(o): changes.unselected(o, now)
        for o in plan.occurrences
        if not _stays(o, plan, awake, now)
    }
    wanted, stands = _open_and_standing(awake, kept, context, now)
    around = _around(plan, stands.values(), context, now)
    return OpenedWeek(plan, kept, gone, tuple(wanted), stands, around)


def unplaced(plan: Plan, context: PlanningContext, now: datetime) -> tuple[Unplaced, ...]:
    """The chosen rituals that have no slot in the plan as it lies, each with what is in its way."""
    if plan.season is Season.GRACE or is_scheduled(plan, context.rituals):
        return ()
    placed = {_key(o): o for o in plan.occurrences if o.chosen}
    wanted = _wanted(rest.awake(plan, context.rituals), plan.week, context)
    missing = [w for w in wanted if not w.extra and _wanted_key(w) not in placed]
    around = _around(plan, placed.values(), context, now)
    return _found(tuple(missing), around, context.household, plan.week).unplaced


def reasons(plan: Plan, context: PlanningContext, now: datetime) -> Mapping[str, str]:
    """Reasons that are true now, by id, for what our placement put where it is.

    Before those of what is rare stands why it is in this week.
    """
    return arrivals.reasons(plan, context, of_places.reasons(plan, context, now))


def explained(plan: Plan, context: PlanningContext, now: datetime) -> Plan:
    """The plan with the reasons that are true now."""
    found = reasons(plan, context, now)
    occurrences = tuple(replace(o, reason=found.get(o.id, "")) for o in plan.occurrences)
    return replace(plan, occurrences=occurrences)


def marked(plan: Plan, rituals: Mapping[str, Ritual], household: Household, now: datetime) -> Plan:
    """The plan with the marks that its rituals have now, also where it is fixed or agreed on.

    They are no news for a calendar, and a week that is over keeps those it was lived with.
    """
    if local_time.week_span(plan.week, household).end <= now:
        return plan
    return replace(plan, occurrences=tuple(_marked(o, rituals) for o in plan.occurrences))


def without_secrets(plan: Plan, rituals: Mapping[str, Ritual], now: datetime) -> Plan:
    """The plan without what lies ahead of rituals that are secret by now, and calendars hear of it.

    A week that is kept from before has them until its next change.
    """
    gone = [o.id for o in plan.occurrences if o.chosen and secret.is_ahead(o, rituals, now)]
    if not gone:
        return plan
    here = (changes.unselected(o, now) if o.id in gone else o for o in plan.occurrences)
    return replace(plan, occurrences=tuple(here))


def may_move(occurrence: Occurrence, now: datetime) -> bool:
    """True where a new placement may move an occurrence."""
    held = occurrence.fixed or occurrence.exported or occurrence.let_go or occurrence.spontaneous
    return not held and not occurrence.agreed and occurrence.said is None and occurrence.start > now


def is_scheduled(plan: Plan, rituals: Mapping[str, Ritual]) -> bool:
    """True where all that does not rest lies in the plan, or was let go from it."""
    placed = {(o.ritual, o.partner, o.number) for o in plan.occurrences if o.chosen}
    return all(
        (choice.ritual, choice.partner, number) in placed
        for choice in rest.awake(plan, rituals)
        for number in range(1, choice.times + 1)
    )


def occurrence_of(
    placed: Placed, week: Week, before: Occurrence | None, now: datetime
) -> Occurrence:
    """A placed ritual's occurrence; an earlier one goes on where its sequence was."""
    want, span = placed.wanted, placed.span
    if before is not None and before.chosen:
        if (before.start, before.end) == (span.start, span.end):
            return replace(before, reason=placed.reason)
        moved = replace(before, start=span.start, end=span.end, reason=placed.reason)
        return changes.touched(moved, now)
    ritual = want.ritual
    return Occurrence(
        id=f"{week}/{ritual.id}/{want.partner or 'both'}/{want.number}",
        title=ritual.title,
        kind=ritual.kind,
        partner=want.partner,
        start=span.start,
        end=span.end,
        created=before.created if before else now,
        changed=now,
        ritual=ritual.id,
        number=want.number,
        size=ritual.size,
        leaves=ritual.leaves,
        with_children=ritual.with_children,
        way=suggestions.way(ritual, week, want.number),
        reason=placed.reason,
        sequence=before.sequence + 1 if before else 0,
    )


def in_the_way(plan: Plan, context: PlanningContext, now: datetime) -> tuple[Occurrence, ...]:
    """Occurrences that may move and lie in hours that the hints of a week ask for."""
    asked = Spans(cover.span for cover in context.covers)
    chosen = (o for o in plan.occurrences if o.chosen and may_move(o, now))
    return tuple(o for o in chosen if Spans([Span(o.start, o.end)]) & asked)


def _giving_way(week: OpenedWeek, context: PlanningContext) -> OpenedWeek:
    """The week in which what lies where a hint does looks for a place, and all else stays.

    So that a hint tells of itself alone, and its giver can be told before what it will move.
    """
    lying = {_wanted_key(want): want for want in week.wanted if want.lay}
    ids = {o.id for o in in_the_way(week.plan, context, week.around.since)}
    moves = [want for key, want in lying.items() if week.kept[key].id in ids]
    if not moves:
        return week
    stay = {key: week.kept[key] for key, want in lying.items() if want not in moves}
    stands = {**week.stands, **stay}
    standing = tuple(o for o in stands.values() if not o.let_go)
    around = replace(week.around, standing=standing)
    return replace(week, wanted=tuple(moves), stands=stands, around=around)


def _found(
    wanted: tuple[Request, ...],
    around: Surroundings,
    household: Household,
    week: Week,
    at_rest: bool = False,
) -> Placement:
    around = replace(around, since=first_ahead(around.since, household, week))
    return _found_once(wanted, around, household, week, at_rest)


def forget_placements() -> None:
    """Has each week placed anew: for a planner that is another one from now on."""
    _found_once.cache_clear()


@lru_cache(PLACEMENTS_CACHED)
def _found_once(
    wanted: tuple[Request, ...],
    around: Surroundings,
    household: Household,
    week: Week,
    at_rest: bool,
) -> Placement:
    return place(wanted, around, household, week, at_rest=at_rest)


def _stays(o: Occurrence, plan: Plan, awake: Plan, now: datetime) -> bool:
    """True where it stays chosen; what is held stays though its ritual rests."""
    return changes.stays(o, awake) or (changes.stays(o, plan) and not may_move(o, now))


def _open_and_standing(
    plan: Plan, kept: Mapping[_Key, Occurrence], context: PlanningContext, now: datetime
) -> tuple[list[Request], dict[_Key, Occurrence]]:
    """The requests for a slot, movable occurrences included, and the occurrences that stay."""
    wanted, stands = [], dict(kept)
    for want in _wanted(plan.choices, plan.week, context):
        occurrence = kept.get(_wanted_key(want))
        if occurrence is None:
            wanted.append(want)
        elif may_move(occurrence, now):
            wanted.append(replace(want, lay=Span(occurrence.start, occurrence.end)))
            del stands[_wanted_key(want)]
    return wanted, stands


def _around(
    plan: Plan, stands: Iterable[Occurrence], context: PlanningContext, now: datetime
) -> Surroundings:
    lying = list(stands)
    return Surroundings(
        now,
        tuple(o for o in lying if not o.let_go),
        context.busy,
        Spans(plan.sitter),
        {strand: totals.hoped(plan, strand) for strand in context.household.strands()},
        context.past,
        tuple(o for o in lying if o.let_go and not o.spontaneous),
    )


def _marked(occurrence: Occurrence, rituals: Mapping[str, Ritual]) -> Occurrence:
    ritual = rituals.get(occurrence.ritual or "")
    if ritual is None or ritual.kind is not occurrence.kind:
        return occurrence
    if (occurrence.leaves, occurrence.with_children) == (ritual.leaves, ritual.with_children):
        return occurrence
    return replace(occurrence, leaves=ritual.leaves, with_children=ritual.with_children)


def _key(occurrence: Occurrence) -> _Key:
    own = occurrence.id if occurrence.ritual is None else ""
    return occurrence.ritual, occurrence.partner, occurrence.number, own


def _wanted_key(wanted: Request) -> _Key:
    return wanted.ritual.id, wanted.partner, wanted.number, ""


def _wanted(choices: Iterable[Choice], week: Week, context: PlanningContext) -> Iterator[Request]:
    rituals = {r.id: r for r in possible(context.rituals.values(), context.household)}
    for choice in choices:
        if choice.ritual in rituals:
            for number in range(1, max(choice.times, choice.most) + 1):
                yield Request(
                    arrivals.on_its_day(rituals[choice.ritual], week, context.household),
                    choice.partner,
                    number,
                    choice.times,
                    extra=number > choice.times,
                )

"""Every change a couple makes to a week, as a function from a plan to the changed plan."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from rituals import coverage, suggest
from rituals.model import (
    Choice,
    Hope,
    Household,
    Kind,
    Occurrence,
    Plan,
    Ritual,
    Season,
    Size,
    Strand,
    Week,
)
from rituals.placement import Placed, Unplaced, place, share_somebody
from rituals.spans import Span, Spans
from rituals.taken import Seen
from rituals.wanted import Around, Wanted

LONGEST_TITLE = 120  # as the store holds it
MOST_HOPED = 20 * 60  # minutes: where every slider ends
HALF_HOUR = 30
FIRST_HOPES = {Kind.TOGETHER: 300, Kind.ALONE: 120, Kind.SOLO: 240, Kind.OUT: 120}
ASKS = {Season.CALM: 1.25, Season.USUAL: 1.0, Season.HARD: 0.5, Season.GRACE: 0.0}
WHOLE_WEEKS = (Season.CALM, Season.USUAL)  # what is hoped for in these is what is usual
_Key = tuple[str | None, str | None, int, str]  # ritual, partner, number; id if it just happened


def first(week: Week, household: Household) -> Plan:
    """The plan of a couple that has no week behind it: gentle hopes and nothing chosen."""
    return Plan(week, hopes={s: Hope(FIRST_HOPES[s.kind]) for s in household.strands()})


def carried_over(last: Plan, week: Week, household: Household) -> Plan:
    """A new week that hopes for the usual and chooses what was chosen before."""
    begun = first(week, household).hopes
    hopes = {strand: _usual_again(last, strand, hope) for strand, hope in begun.items()}
    return Plan(week, hopes=hopes, choices=last.choices)


@dataclass(frozen=True)
class Life:
    """What a week is planned around: the household, its rituals, calendars and last weeks."""

    household: Household
    rituals: Mapping[str, Ritual]
    busy: Mapping[str, Spans] = field(default_factory=dict)  # by partner
    past: tuple[Occurrence, ...] = ()


def begun(last: Plan | None, week: Week, life: Life, now: datetime) -> Plan:
    """The plan a week starts from: the one before it carried over, its rituals in their slots."""
    household = life.household
    plan = first(week, household) if last is None else carried_over(last, week, household)
    return laid(plan, life, now)


def ahead(
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


def hoped(plan: Plan, strand: Strand) -> int:
    """The minutes hoped for: as set by hand, else the usual in this season's measure."""
    hope = _hope(plan, strand)
    if hope.by_hand is not None:
        return hope.by_hand
    return min(round(hope.usual * ASKS[plan.season] / HALF_HOUR) * HALF_HOUR, MOST_HOPED)


def hope(plan: Plan, strand: Strand, minutes: int) -> Plan:
    """The plan with one strand's hopes set by hand."""
    kept = min(max(minutes, 0), MOST_HOPED)
    return replace(plan, hopes={**plan.hopes, strand: replace(_hope(plan, strand), by_hand=kept)})


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


def standing(plan: Plan) -> tuple[Occurrence, ...]:
    """The occurrences that are in the plan: not let go, not just happened; none in a grace week."""
    if plan.season is Season.GRACE:
        return ()
    return tuple(o for o in plan.occurrences if o.chosen and not (o.let_go or o.spontaneous))


def planned(plan: Plan, strand: Strand, household: Household) -> int:
    """The minutes of a strand that are in the plan; time with the children while the other is
    away is among them."""
    own = sum(o.minutes for o in standing(plan) if o.strand == strand)
    return own + sum(handed_over(plan, strand, household).values())


def handed_over(plan: Plan, strand: Strand, household: Household) -> dict[str, int]:
    """By occurrence of the other partner, the minutes it adds to time with the children."""
    if strand.kind is not Kind.SOLO or strand.partner is None:
        return {}
    return coverage.handed_over(
        strand.partner, standing(plan), Spans(plan.sitter), plan.week, household
    )


def asks(plan: Plan) -> int:
    """The minutes a week asks of the two of you; time of both counts once."""
    return sum(o.minutes for o in standing(plan))


def times(plan: Plan, ritual: str, partner: str | None) -> int:
    """How many times a ritual is chosen for this week."""
    return sum(c.times for c in plan.choices if (c.ritual, c.partner) == (ritual, partner))


def most_times(plan: Plan, ritual: str, partner: str | None) -> int:
    """How many times a ritual may come where the hopes ask for more; 0: as often as chosen."""
    return sum(c.most for c in plan.choices if (c.ritual, c.partner) == (ritual, partner))


def choose(
    plan: Plan, ritual: str, partner: str | None, times: int, most: int | None = None
) -> Plan:
    """The plan with a ritual chosen so many times; none takes it out."""
    upto = most_times(plan, ritual, partner) if most is None else most
    choice = Choice(ritual, partner, times, upto)
    here = [(c.ritual, c.partner) for c in plan.choices]
    if (ritual, partner) in here:
        changed = [
            choice if (c.ritual, c.partner) == (ritual, partner) else c for c in plan.choices
        ]
    else:
        changed = [*plan.choices, choice]
    return replace(plan, choices=tuple(c for c in changed if c.times > 0))


def laid(plan: Plan, life: Life, now: datetime) -> Plan:
    """The plan with each chosen ritual in the best slot there is.

    What lies there moves only for a reason, and not at all where it was fixed by hand, taken into a
    calendar, said yes to by both, spoken of, or has begun. What is no longer chosen goes, unless it
    was lived.
    """
    return _laid(plan, life, now)


def another(plan: Plan, life: Life, now: datetime, word: str) -> Plan:
    """Another week of about equal worth: what may move lies elsewhere, each word its own way."""
    return _laid(plan, life, now, word)


def back_to(plan: Plan, before: Plan, now: datetime) -> Plan:
    """The plan as it was before, and calendars hear of it.

    What was said since, and what was taken into a calendar, stays so; what came since is kept
    unseen, unless it was spoken of.
    """
    were = {o.id: o for o in before.occurrences}
    are = {o.id: o for o in plan.occurrences}
    lost = [_told(o, now) for id, o in were.items() if id not in are and not o.spontaneous]
    there = [_as_it_was(were.get(id), o, now) for id, o in are.items()]
    return replace(before, occurrences=in_order((*there, *lost)), lived=plan.lived)


def without_place(plan: Plan, life: Life, now: datetime) -> tuple[Unplaced, ...]:
    """The chosen rituals that have no slot in the plan as it lies, each with what is in its way."""
    if plan.season is Season.GRACE or is_laid(plan):
        return ()
    there = {_key(o): o for o in plan.occurrences if o.chosen}
    wanted = _wanted(plan.choices, life)
    missing = [w for w in wanted if not w.extra and _wanted_key(w) not in there]
    around = _around(plan, there.values(), life, now)
    return place(missing, around, life.household, plan.week).unplaced


def may_move(occurrence: Occurrence, now: datetime) -> bool:
    """Whether a new placement may lay it elsewhere."""
    held = occurrence.fixed or occurrence.taken or occurrence.let_go or occurrence.spontaneous
    return not held and not occurrence.agreed and occurrence.said is None and occurrence.start > now


def is_laid(plan: Plan) -> bool:
    """Whether everything chosen lies in the plan, or was let go from it."""
    there = {(o.ritual, o.partner, o.number) for o in plan.occurrences if o.chosen}
    return all(
        (choice.ritual, choice.partner, number) in there
        for choice in plan.choices
        for number in range(1, choice.times + 1)
    )


def clash(plan: Plan, occurrence: Occurrence, span: Span) -> Occurrence | None:
    """The occurrence that already has somebody of this one at that time; small ones give way."""
    return next(
        (
            o
            for o in standing(plan)
            if o.id != occurrence.id
            and Size.SMALL not in (o.size, occurrence.size)
            and share_somebody(o.partner, occurrence.partner)
            and Span(o.start, o.end).overlaps(span)
        ),
        None,
    )


def move(plan: Plan, id: str, span: Span, fixed: bool, now: datetime) -> Plan:
    """The plan with one occurrence at another time, perhaps fixed there."""

    def moved(o: Occurrence) -> Occurrence:
        if (o.start, o.end, o.let_go) == (span.start, span.end, False):
            return replace(o, fixed=fixed)
        at = replace(o, start=span.start, end=span.end, let_go=False, fixed=fixed, reason="")
        return _told(at, now)

    return with_one(plan, id, moved)


def let_go(plan: Plan, id: str, now: datetime) -> Plan:
    """The plan with one occurrence let go; its ritual stays chosen."""
    return with_one(plan, id, lambda o: o if o.let_go else _told(replace(o, let_go=True), now))


def came_back(plan: Plan, id: str, seen: Seen, now: datetime) -> Plan:
    """The plan with one occurrence as somebody left it in a calendar, fixed there.

    Its sequence is never lower than the calendar's, so that what comes later is heard. Its ritual
    is chosen as often as that asks.
    """

    def heard(o: Occurrence) -> Occurrence:
        title = seen.title[:LONGEST_TITLE] or o.title
        there = replace(o, title=title, start=seen.start, end=seen.end, fixed=True)
        stands = replace(there, let_go=False, chosen=True, reason="")
        return _told(replace(stands, sequence=max(o.sequence, seen.sequence - 1)), now)

    after = with_one(plan, id, heard)
    back = next(o for o in after.occurrences if o.id == id)
    if back.ritual is None or _stays(back, after):
        return after
    return choose(after, back.ritual, back.partner, back.number)


def insisted(plan: Plan, id: str, sequence: int, now: datetime) -> Plan:
    """The plan with one occurrence as it is, told anew to a calendar that is at this sequence."""
    return with_one(plan, id, lambda o: _told(replace(o, sequence=max(o.sequence, sequence)), now))


def with_one(plan: Plan, id: str, change: Callable[[Occurrence], Occurrence]) -> Plan:
    """The plan with one of its occurrences changed."""
    changed = (change(o) if o.id == id else o for o in plan.occurrences)
    return replace(plan, occurrences=in_order(changed))


def in_order(occurrences: Iterable[Occurrence]) -> tuple[Occurrence, ...]:
    """Occurrences in the order of time."""
    return tuple(sorted(occurrences, key=lambda o: (o.start, o.end, o.id)))


def _hope(plan: Plan, strand: Strand) -> Hope:
    """What is hoped for a strand; a first hope where the household gained it since."""
    return plan.hopes.get(strand, Hope(FIRST_HOPES[strand.kind]))


def _usual_again(last: Plan, strand: Strand, begun: Hope) -> Hope:
    before = last.hopes.get(strand, begun)
    if before.by_hand is not None and last.season in WHOLE_WEEKS:
        return Hope(before.by_hand)
    return Hope(before.usual)


def _stays(occurrence: Occurrence, plan: Plan) -> bool:
    if occurrence.spontaneous or occurrence.said is not None:
        return True
    if occurrence.ritual is None:  # nobody chose it: it came by itself
        return occurrence.chosen
    chosen = max((max(c.times, c.most) for c in plan.choices if _is_of(c, occurrence)), default=0)
    return occurrence.chosen and occurrence.number <= chosen


def _is_of(choice: Choice, occurrence: Occurrence) -> bool:
    return (choice.ritual, choice.partner) == (occurrence.ritual, occurrence.partner)


def _laid(plan: Plan, life: Life, now: datetime, word: str = "") -> Plan:
    if plan.season is Season.GRACE:
        return plan
    kept = {_key(o): o for o in plan.occurrences if _stays(o, plan)}
    gone = {_key(o): _gone(o, now) for o in plan.occurrences if not _stays(o, plan)}
    wanted, stands = _open_and_standing(plan, kept, life, now)
    around = _around(plan, stands.values(), life, now, word)
    lying = dict(stands)
    for placed in place(wanted, around, life.household, plan.week).placed:
        key = _wanted_key(placed.wanted)
        before = kept.get(key) or gone.pop(key, None)
        lying[key] = _occurrence(placed, plan.week, before, now)
    gone |= {key: _gone(o, now) for key, o in kept.items() if key not in lying}
    return replace(plan, occurrences=in_order((*lying.values(), *gone.values())))


def _open_and_standing(
    plan: Plan, kept: Mapping[_Key, Occurrence], life: Life, now: datetime
) -> tuple[list[Wanted], dict[_Key, Occurrence]]:
    """What looks for a place, though it may lie somewhere now, and what stays where it is."""
    wanted, stands = [], dict(kept)
    for want in _wanted(plan.choices, life):
        there = kept.get(_wanted_key(want))
        if there is None:
            wanted.append(want)
        elif may_move(there, now):
            wanted.append(replace(want, lay=Span(there.start, there.end)))
            del stands[_wanted_key(want)]
    return wanted, stands


def _as_it_was(was: Occurrence | None, present: Occurrence, now: datetime) -> Occurrence:
    if was is None or not was.chosen:
        spoken = present.ritual is None or present.said is not None
        return present if spoken else _gone(present, now)
    kept = {name: getattr(present, name) for name in ("said", "lived", "taken", "changed", "yes")}
    again = replace(was, **kept, sequence=max(was.sequence, present.sequence))
    unheard = replace(again, fixed=present.fixed, reason=present.reason)
    return again if unheard == present else _told(again, now)


def _around(
    plan: Plan, stands: Iterable[Occurrence], life: Life, now: datetime, word: str = ""
) -> Around:
    return Around(
        now,
        tuple(o for o in stands if not o.let_go),
        life.busy,
        Spans(plan.sitter),
        {strand: hoped(plan, strand) for strand in life.household.strands()},
        life.past,
        word,
    )


def _gone(occurrence: Occurrence, now: datetime) -> Occurrence:
    return _told(replace(occurrence, chosen=False), now) if occurrence.chosen else occurrence


def _key(occurrence: Occurrence) -> _Key:
    own = occurrence.id if occurrence.ritual is None else ""
    return occurrence.ritual, occurrence.partner, occurrence.number, own


def _wanted_key(wanted: Wanted) -> _Key:
    return wanted.ritual.id, wanted.partner, wanted.number, ""


def _wanted(choices: Iterable[Choice], life: Life) -> Iterator[Wanted]:
    rituals = {r.id: r for r in suggest.fitting(life.rituals.values(), life.household)}
    for choice in choices:
        if choice.ritual in rituals:
            for number in range(1, max(choice.times, choice.most) + 1):
                yield Wanted(
                    rituals[choice.ritual],
                    choice.partner,
                    number,
                    choice.times,
                    extra=number > choice.times,
                )


def _occurrence(placed: Placed, week: Week, before: Occurrence | None, now: datetime) -> Occurrence:
    """A placed ritual's occurrence; one that was there before goes on where its sequence was."""
    want, span = placed.wanted, placed.span
    if before is not None and before.chosen:
        stays = (before.start, before.end) == (span.start, span.end)
        there = before if stays else _told(replace(before, start=span.start, end=span.end), now)
        return replace(there, reason=placed.reason)
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
        way=suggest.way(ritual, week, want.number),
        reason=placed.reason,
        sequence=before.sequence + 1 if before else 0,
    )


def _told(occurrence: Occurrence, now: datetime) -> Occurrence:
    return replace(occurrence, changed=now, sequence=occurrence.sequence + 1)

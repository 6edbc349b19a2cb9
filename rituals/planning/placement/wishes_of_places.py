"""Wishes about single places: each gives points of bother to each candidate.

None of them can forbid anything; the package says what outranks what.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import time, timedelta

from rituals.model import childcare, local_time
from rituals.model.household import ONE, TWO
from rituals.model.plan import Occurrence
from rituals.model.ritual import Needs, Size, TakesPart
from rituals.model.time.lean import Lean
from rituals.model.time.span import Span, Spans
from rituals.model.time.window import Anchor
from rituals.planning.placement.candidates import Candidate, SearchSpace
from rituals.planning.placement.grid import CARE, LANE, MINUTES, PER_QUARTER, WEEKEND, slots, union
from rituals.planning.placement.moments import Moment, moment
from rituals.planning.placement.request import Group
from rituals.planning.placement.weights import (
    AFTER_LATE_WORK,
    AFTER_NIGHT,
    AT_WORK,
    BEFORE_WORK,
    CHILDREN_COME,
    EARLY,
    ENDS_TOO_SOON,
    EVENING_FREE,
    HABIT,
    HURRIED,
    KEPT,
    KEPT_DAY,
    KEPT_START,
    LATE_FOR_TWO,
    LEAN,
    LEAN_TO_THE_END,
    LET_GO,
    OF_ITSELF,
    ON_A_TRIP,
    OVER,
    REST,
    SAME_DAY_AGAIN,
    SUPPER,
    TOO_LATE,
    UNDER,
    WITH_SITTER,
)

HOUR_AT_MOST = 16  # quarters, however far from where it likes to lie
AFTER_WORK, SUPPER_LASTS, LONG = 30, 45, 45  # minutes
A_MINUTE = timedelta(minutes=1)
SOON = 60  # minutes after the children's bedtime
LATE, LATER, IN_THE_NIGHT, NOON = time(20, 30), time(21, 30), time(2), time(12)
TEENAGERS = time(22)  # whose bedtime is that or later
BEFORE_NIGHT, MORNING = timedelta(hours=3), timedelta(hours=7)
LATE_WORK_ENDS, LATE_WORK = time(20, 30), timedelta(hours=5)  # from then on, for so long
AFTER_LATE = timedelta(hours=3)
BEFORE_COMING, AFTER_COMING = timedelta(minutes=30), timedelta(hours=1)


def prefers_what_is_hoped_for(space: SearchSpace) -> Iterable[int]:
    """As long as the hopes of its strand ask for, rather shorter than longer."""
    lies = [_lies_as_hoped(group, space) for group in space.groups]
    for candidate in space.candidates:
        off = slots(candidate.minutes) - slots(space.groups[candidate.group].minutes)
        if (candidate.start, candidate.minutes) in lies[candidate.group]:
            off = 0
        yield off * OVER if off > 0 else -off * UNDER


def leans_to_its_hour(space: SearchSpace) -> Iterable[int]:
    """The hour that it has come to have, else the end of its window to which it leans."""
    for candidate in space.candidates:
        group = space.groups[candidate.group]
        home = space.liked.home(group, candidate.start, candidate.minutes)
        off = min(abs(candidate.start - home) // PER_QUARTER, HOUR_AT_MOST)
        drawn = LEAN_TO_THE_END - space.liked.after(group)
        yield off * (drawn if group.ritual.leans is Lean.END else LEAN)


def prefers_another_weekday(space: SearchSpace) -> Iterable[int]:
    """Another weekday than in the last weeks; what has a weekday of its own keeps it."""
    for candidate in space.candidates:
        group = space.groups[candidate.group]
        habit = space.liked.habit(group)
        weekday = space.grid.weekday(candidate.day)
        ago = 0 if habit.weekdays or len(group.wanted) > 1 else habit.last.get(weekday, 0)
        yield SAME_DAY_AGAIN // ago if ago else 0


def follows_its_habit(space: SearchSpace) -> Iterable[int]:
    """The weekday that it has come to have; not one on which it is let go again and again.

    Another one costs, and its own gains nothing: of two who want an evening neither has it sooner
    for being used to it.
    """
    for candidate in space.candidates:
        habit = space.liked.habit(space.groups[candidate.group])
        weekday = space.grid.weekday(candidate.day)
        drawn = HABIT if habit.by_hand else OF_ITSELF
        leaves = habit.weekdays and weekday not in habit.weekdays
        yield LET_GO * (weekday in habit.let_go) + (drawn if leaves else 0)


def prefers_a_sitter_s_hours(space: SearchSpace) -> Iterable[int]:
    """Hours of a known sitter, or without the children until after bedtime, for what needs one."""
    some = space.grid.household.children
    needs = [some and group.ritual.needs is Needs.SITTER for group in space.groups]
    for candidate in space.candidates:
        drawn = needs[candidate.group] and not space.grid.uncared(candidate.body)
        known = drawn and (candidate.body & space.grid.sitter or not _ends_soon(candidate, space))
        yield -WITH_SITTER if known else 0


def keeps_its_place(space: SearchSpace) -> Iterable[int]:
    """The place it has already, or one near."""
    lays = [
        [(space.grid.slot_of(w.lay.start), w.lay.length) for w in group.wanted if w.lay]
        for group in space.groups
    ]
    for candidate in space.candidates:
        kept = max((_kept(candidate, *lay, space) for lay in lays[candidate.group]), default=0)
        yield -kept


def leaves_evenings_free(space: SearchSpace) -> Iterable[int]:
    """Not on an evening that one of its people would rather keep free."""
    free = space.grid.household.usual.free_evenings
    kept = [
        {day for key in LANE if group.whose in (None, key) for day in free.get(key, ())}
        for group in space.groups
    ]
    for candidate in space.candidates:
        is_kept = space.grid.weekday(candidate.day) in kept[candidate.group]
        yield EVENING_FREE if is_kept and reaches_evening(candidate, space) else 0


def lets_rest_around_work(space: SearchSpace) -> Iterable[int]:
    """Half an hour before and after work with nothing in it.

    A few minutes do no harm, but are rather not at work or on a trip; a word from afar may be.
    """
    breaks = {key: _breaks(key, space) for key in LANE}
    trips = [_on_a_trip(group, space) for group in space.groups]
    length = AFTER_WORK // MINUTES
    work = [space.at_work(group) for group in space.groups]
    rests = [_of_its_people(group, breaks) for group in space.groups]
    for candidate in space.candidates:
        number, body = candidate.group, candidate.body
        if space.groups[number].ritual.size is Size.SMALL:
            at_work = AT_WORK if body & work[number] else 0
            yield ON_A_TRIP if body & trips[number] else at_work
            continue
        yield REST * min((rests[number] & body).bit_count(), length) // length


def leaves_supper_to_all(space: SearchSpace) -> Iterable[int]:
    """Supper with nothing in it but what is supper itself; a few minutes do no harm."""
    supper, length = _suppers(space), SUPPER_LASTS // MINUTES
    meets = [
        0 if group.ritual.size is Size.SMALL or _is_supper(group) else supper
        for group in space.groups
    ]
    for candidate in space.candidates:
        yield SUPPER * (meets[candidate.group] & candidate.body).bit_count() // length


def lets_sleep_after_a_night_shift(space: SearchSpace) -> Iterable[int]:
    """Nothing in the hours after a night at work, nothing that goes on into the one before.

    Nor are the children left with who comes from one.
    """
    nights = {key: _around_nights(key, space) for key in LANE}
    mornings = {key: _after_nights(key, space) for key in LANE}
    for candidate in space.candidates:
        group = space.groups[candidate.group]
        meets = _of_its_people(group, nights) & candidate.body
        if group.partner and not meets:
            cares = space.grid.care(group.ritual, candidate.body)
            meets = cares & mornings[childcare.OTHER[group.partner]]
        yield AFTER_NIGHT if meets and group.ritual.size is not Size.SMALL else 0


def lets_late_work_end_the_day(space: SearchSpace) -> Iterable[int]:
    """Nothing for the two of them, and no going out, once one comes home late from work."""
    late = {key: _after_late_work(key, space) for key in LANE}
    meets = [
        _of_its_people(group, late)
        if group.ritual.size is not Size.SMALL and (not group.whose or group.ritual.leaves)
        else 0
        for group in space.groups
    ]
    for candidate in space.candidates:
        yield AFTER_LATE_WORK if meets[candidate.group] & candidate.body else 0


def begins_before_it_is_late(space: SearchSpace) -> Iterable[int]:
    """An evening out that begins in the evening, and what is long for two before it is over."""
    for candidate in space.candidates:
        ritual = space.groups[candidate.group].ritual
        evening = candidate.evening
        if ritual.size is Size.EVENING:
            yield TOO_LATE if candidate.start > space.grid.clock(evening, LATE) else 0
            continue
        for_two = ritual.takes_part is TakesPart.BOTH and ritual.leans is not Lean.END
        long = for_two and ritual.size is not Size.SMALL and candidate.minutes >= LONG
        yield LATE_FOR_TWO if long and candidate.start > space.grid.clock(evening, LATER) else 0


def keeps_the_way_home(space: SearchSpace) -> Iterable[int]:
    """Time to go there and come home around what leaves the house."""
    gone = space.grid.taken >> CARE * space.grid.length & space.grid.everything
    near = {key: _ways_of_standing(key, space) for key in LANE}
    bodies = {key: _bodies_of_standing(key, space) for key in LANE}
    arounds = [space.way_home(group) for group in space.groups]
    nears = [_of_its_people(group, near) for group in space.groups]
    for candidate in space.candidates:
        group, around = space.groups[candidate.group], arounds[candidate.group]
        meets = nears[candidate.group] & candidate.body
        if around and not meets:
            start, end = candidate.start, candidate.start + slots(candidate.minutes)
            ways = space.grid.slots(start - around, end + around)
            meets = _of_its_people(group, bodies) & ways
            meets |= ways & ~space.grid.waking(group.partner)
            if group.partner:  # the other has the children until one is back
                meets |= space.grid.care(group.ritual, ways) & gone
        yield HURRIED if candidate.hurried or meets else 0


def begins_later_on_a_weekend(space: SearchSpace) -> Iterable[int]:
    """No beginning soon after waking on a morning on which one may sleep in."""
    for candidate in space.candidates:
        before = space.grid.later_morning(candidate.day) - candidate.start
        early = space.grid.weekday(candidate.day) in WEEKEND and before > 0
        yield min(before // PER_QUARTER, HOUR_AT_MOST) * EARLY if early else 0


def lets_an_evening_out_be_one(space: SearchSpace) -> Iterable[int]:
    """An evening for two that is not over within the hour after the children's bedtime."""
    for candidate in space.candidates:
        yield ENDS_TOO_SOON if _ends_soon(candidate, space) else 0


def keeps_evenings_before_a_morning_off(space: SearchSpace) -> Iterable[int]:
    """An evening for two before a day on which neither works nor a child is at school by noon."""
    early = _early_days(space)
    for_two = [g.partner is None and g.ritual.size is Size.EVENING for g in space.groups]
    for candidate in space.candidates:
        meets = for_two[candidate.group] and candidate.evening + 1 in early
        yield BEFORE_WORK if meets else 0


def is_there_when_the_children_come(space: SearchSpace) -> Iterable[int]:
    """Nothing without the children around the minute in which they come home from elsewhere."""
    ends = [span.end for span in space.grid.facts.other_home]
    coming = space.grid.mask(Span(at - BEFORE_COMING, at + AFTER_COMING) for at in ends)
    meets = [
        0 if g.ritual.size is Size.SMALL or g.ritual.with_children else coming for g in space.groups
    ]
    for candidate in space.candidates:
        yield CHILDREN_COME if meets[candidate.group] & candidate.body else 0


def _early_days(space: SearchSpace) -> set[int]:
    """The days before whose noon one of the two works or the children are at school."""
    grid, facts = space.grid, space.grid.facts
    school = facts.elsewhere - facts.other_home
    busy = grid.mask([*facts.work[ONE], *facts.work[TWO], *school], outward=True)
    days = range(len(grid.midnights))
    return {day for day in days if busy & grid.slots(grid.midnights[day], grid.clock(day, NOON))}


def _lies_as_hoped(group: Group, space: SearchSpace) -> set[tuple[int, int]]:
    """The starts and minutes at which it lies, where these are what the hopes ask for."""
    if not group.keeps_lengths:
        return set()
    lays = [want.lay for want in group.wanted if want.lay]
    return {(space.grid.slot_of(lay.start), lay.length // A_MINUTE) for lay in lays}


def reaches_evening(candidate: Candidate, space: SearchSpace) -> bool:
    """True where a place reaches beyond the children's bedtime; small moments take no evening."""
    is_small = space.groups[candidate.group].ritual.size is Size.SMALL
    ends = candidate.start * MINUTES + candidate.minutes
    return not is_small and ends > space.grid.evenings[candidate.day]


def _ends_soon(candidate: Candidate, space: SearchSpace) -> bool:
    """True of an evening for two that is over when it has hardly begun."""
    grid, group = space.grid, space.groups[candidate.group]
    if group.partner is not None or group.ritual.size is not Size.EVENING:
        return False
    begins = grid.evenings[candidate.day] // MINUTES
    if begins >= grid.clock(candidate.day, TEENAGERS):  # their bedtime says nothing of an evening
        begins = grid.clock(candidate.day, LATE)
    return candidate.start + slots(candidate.minutes) < begins + SOON // MINUTES


def _kept(candidate: Candidate, start: int, length: timedelta, space: SearchSpace) -> int:
    if start == candidate.start:
        return KEPT if length == timedelta(minutes=candidate.minutes) else KEPT_START
    if space.grid.day_of(start) == candidate.day:
        return max(KEPT_DAY - abs(start - candidate.start) // PER_QUARTER, 0)
    return 0


def _of_its_people(group: Group, slots_of: Mapping[str, int]) -> int:
    """The slots of all whose time a ritual takes."""
    return union(slots_of[key] for key in LANE if group.whose in (None, key))


def _breaks(key: str, space: SearchSpace) -> int:
    """The slots of the half hours before and after a partner's work, and after sleep by day."""
    rest = timedelta(minutes=AFTER_WORK)
    facts = space.grid.facts
    around = (
        span
        for at in facts.work[key]
        for span in (Span(at.start - rest, at.start), Span(at.end, at.end + rest))
    )
    return space.grid.mask(
        [*around, *(Span(s.end, s.end + rest) for s in facts.asleep_by_day[key])]
    )


def _around_nights(key: str, space: SearchSpace) -> int:
    """The slots of the three hours before a partner's nights at work and of the morning after."""
    before = (Span(at.start - BEFORE_NIGHT, at.start) for at in _nights(key, space))
    return space.grid.mask(before) | _after_nights(key, space)


def _after_nights(key: str, space: SearchSpace) -> int:
    """The slots of the mornings after a partner's nights at work."""
    return space.grid.mask(Span(at.end, at.end + MORNING) for at in _nights(key, space))


def _nights(key: str, space: SearchSpace) -> list[Span]:
    """A partner's work that goes on in the small hours."""
    small_hours = _each_day(IN_THE_NIGHT, timedelta(hours=1), space)
    return [at for at in space.grid.facts.work[key] if small_hours & Spans([at])]


def _after_late_work(key: str, space: SearchSpace) -> int:
    """The slots of the hours after a partner's work that goes on into the evening."""
    late = _each_day(LATE_WORK_ENDS, LATE_WORK, space)
    ends = (at.end for at in space.grid.facts.work[key])
    return space.grid.mask(
        Span(end, end + AFTER_LATE) for end in ends if late & Spans([Span(end, end + A_MINUTE)])
    )


def _each_day(hour: time, length: timedelta, space: SearchSpace) -> Spans:
    """So long from that hour on, on each day of the week."""
    begins = (local_time.instant(day, hour, space.grid.household) for day in space.grid.days)
    return Spans(Span(at, at + length) for at in begins)


def _on_a_trip(group: Group, space: SearchSpace) -> int:
    """The slots in which a trip has somebody who takes part; none of what is sent from afar."""
    if moment(group) is Moment.WORD:
        return 0
    own = space.grid.bodies(group.whose, space.grid.everything)
    return space.folded(group, space.grid.travelling & own)


def _suppers(space: SearchSpace) -> int:
    """The slots in which the family eats; none without children."""
    grid = space.grid
    if not grid.household.children:
        return 0
    hours = (local_time.hours_on(day, grid.household).supper for day in grid.days)
    begins = (grid.clock(day, hour) for day, hour in enumerate(hours))
    return union(grid.slots(start, start + SUPPER_LASTS // MINUTES) for start in begins)


def _is_supper(group: Group) -> bool:
    return any(Anchor.SUPPER in (w.start, w.end) for w in group.ritual.windows)


def _standing_with(key: str, space: SearchSpace) -> Iterator[Occurrence]:
    return (o for o in space.grid.around.standing if o.partner in (None, key))


def _bodies_of_standing(key: str, space: SearchSpace) -> int:
    """The slots of what stands already for a partner, appointments among it."""
    standing = [Span(o.start, o.end) for o in _standing_with(key, space)]
    return space.grid.mask([*standing, *space.grid.around.busy.get(key, ())])


def _ways_of_standing(key: str, space: SearchSpace) -> int:
    """The slots in which a partner is on the way to what stands already, or home from it."""
    way = timedelta(minutes=space.grid.household.usual.way_home)
    if not way:
        return 0
    out = [o for o in _standing_with(key, space) if o.leaves and o.size is not Size.SMALL]
    return space.grid.mask(
        span for o in out for span in (Span(o.start - way, o.start), Span(o.end, o.end + way))
    )

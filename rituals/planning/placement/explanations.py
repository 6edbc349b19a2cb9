"""Reasons in a sentence: for the place of a ritual, or for why another has none.

Read off the same bits as the placement, so every sentence is true of the week it stands in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from rituals.model import local_time, wording
from rituals.model.childcare import OTHER
from rituals.model.household import Household
from rituals.model.plan import Occurrence
from rituals.model.ritual import Needs
from rituals.model.time.span import Span
from rituals.planning.placement.candidates import Candidate, SearchSpace
from rituals.planning.placement.grid import LANE, MINUTES, Blocker, Grid, slots, union
from rituals.planning.placement.request import Group
from rituals.planning.placement.wishes_of_weeks import is_full

AGAIN = 2  # times that it lay there lately
NEAR = 15  # minutes
MOST_NAMED = 2  # in one sentence
OVER = "Its hours of this week are over."
BABY = "when the baby sleeps, if it does"  # who else is awake leaves no room for it
EASE = {
    "placed": 1,
    "busy": 2,
    "fixed": 3,
    "work": 4,
    "away": 5,
    "asleep": 6,
}  # what is easier to move is named first


@dataclass(frozen=True)
class InTheWay:
    """Something that takes a slot: whose (None: of both), when, and what it is.

    Busy in a calendar, at work, on a trip, asleep by day, an occurrence that stays, or one placed
    in this week.
    """

    partner: str | None
    span: Span
    sort: str  # one of EASE
    title: str = ""


@dataclass(frozen=True)
class Nearest:
    """The slot that would be free if the fewest things were elsewhere."""

    span: Span
    in_the_way: tuple[InTheWay, ...]


def of_placed(space: SearchSpace, candidate: Candidate, chosen: Iterable[Candidate]) -> str:
    """Reason for a place: what it waits for, and how it stands out among the places left."""
    why = _as_usual(space, candidate) or _left(space, candidate, list(chosen))
    parts = (_when(space, candidate), why)
    reason = "; ".join(part for part in parts if part)
    return f"{reason[:1].upper()}{reason[1:]}."


def nearest(space: SearchSpace, group: Group, chosen: Sequence[Candidate]) -> Nearest | None:
    """The slot with the least in its way, or None where its hours hold none at all."""
    number = space.groups.index(group)
    minutes = group.ritual.least_minutes
    in_the_way = list(_in_the_way(space, group, (c for c in chosen if c.group != number)))
    best = None
    for start in _other_starts(space, group, chosen):
        if not is_full(space.at(number, start, minutes), chosen, space):
            body = space.grid.slots(start, start + slots(minutes))
            hit = [x for bits, x in in_the_way if bits & body]
            key = (len(hit), sum(EASE[x.sort] for x in hit), start)
            best = min(best or (key, hit), (key, hit), key=lambda found: found[0])
    if best is None:
        return None
    (_, _, start), hit = best
    return Nearest(space.span(space.at(number, start, minutes)), tuple(hit))


def _other_starts(space: SearchSpace, group: Group, chosen: Iterable[Candidate]) -> Iterator[int]:
    """The starts of a group's least on days and evenings on which it does not lie yet."""
    own = [c for c in chosen if c.group == space.groups.index(group)]
    days = {c.day for c in own} | {space.grid.evening_of(c.start) for c in own}
    least = group.ritual.least_minutes
    for start in space.starts(group, space.windows(group), least, every=True):
        if days.isdisjoint((space.grid.day_of(start), space.grid.evening_of(start))):
            yield start


def of_unplaced(
    space: SearchSpace, group: Group, near: Nearest | None, chosen: Sequence[Candidate]
) -> str:
    """Sentence on what would make room."""
    length = wording.minutes_from_to(group.ritual.least_minutes, group.ritual.least_minutes)
    if near is None:
        return _nowhere(space, group, chosen, length)
    shared = "shared " if group.whose is None else ""
    free = "hour" if length == "1 hour" else length
    where = "at its hour" if space.liked.is_tied(group) else "in its hours"
    return f"No {shared}free {free} {where}: {_taken(near.in_the_way, space.grid.household)}."


def _when(space: SearchSpace, candidate: Candidate) -> str:
    """Clause on the children meanwhile, and on who is with them."""
    if not space.grid.household.children:
        return ""
    group, body = space.groups[candidate.group], candidate.body
    if group.ritual.with_children:
        return "while the children are at home and awake"
    if not body & (space.grid.awake | space.grid.asleep):
        return "while the children are away"
    if space.asks_for_somebody(group):
        return "with a sitter" if space.has_sitter(body) else "if somebody is with the children"
    if group.partner and candidate.cover:
        return _covered(candidate, space.grid.household.name(OTHER[group.partner]))
    if body & ~space.grid.asleep:
        return BABY if group.ritual.needs is Needs.ASLEEP else ""
    evening = space.span(candidate).start >= _bedtime(space, candidate)
    return "after the children sleep" if evening else "while the children sleep"


def _covered(candidate: Candidate, other: str) -> str:
    """Clause on who has the children, with the length where that is not the whole time."""
    if candidate.cover == slots(candidate.minutes):
        return f"while {other} is with the children"
    return f"{other} has the children for {wording.hours(candidate.cover * MINUTES)} of it"


def _as_usual(space: SearchSpace, candidate: Candidate) -> str:
    """Clause on the weekday and hour that it has come to have; "" where this is another."""
    grid, group = space.grid, space.groups[candidate.group]
    weekday = grid.weekday(candidate.day)
    if weekday not in space.liked.habit(group).weekdays:
        return ""
    start = space.span(candidate).start
    near = [o for o in grid.around.past if group.has(o) and _is_like(o, start, weekday, grid)]
    if len(near) < AGAIN:
        return ""
    whose = f"{grid.household.name(group.partner)} likes" if group.partner else "you like"
    when = f"{wording.WEEKDAYS[weekday]}s at {wording.spoken_hour(start, grid.household)}"
    return f"{when}, as {whose} it"


def _is_like(o: Occurrence, start: datetime, weekday: int, grid: Grid) -> bool:
    """True where it took place on that weekday at about that hour."""
    own, at = grid.household.clock(o.start), grid.household.clock(start)
    off = (own.hour - at.hour) * 60 + own.minute - at.minute
    return not o.let_go and own.weekday() == weekday and abs(off) <= NEAR


def _left(space: SearchSpace, candidate: Candidate, chosen: Sequence[Candidate]) -> str:
    """Clause on this place among those that the rest of the week leaves."""
    group = space.groups[candidate.group]
    if candidate.body & space.at_work(group):
        return "short enough for a moment at work"
    who = f"{space.grid.household.name(group.whose)} is" if group.whose else "you are both"
    apart = _days_apart(space, candidate, chosen)
    if apart is not None:
        return _beside(f"{who} free", apart)
    days = _days_left(space, candidate, chosen)
    unit = "evening" if space.span(candidate).start >= _bedtime(space, candidate) else "day"
    if len(days) == 1:
        one = "time" if len(next(iter(days.values()))) == 1 else unit
        return f"the only {one} {who} free for it"
    return (
        f"the first {unit} {who} free for it" if candidate.day == min(days) else f"{who} free then"
    )


def _bedtime(space: SearchSpace, candidate: Candidate) -> datetime:
    """The instant at which the evening of its day begins."""
    household = space.grid.household
    day = local_time.local_day(space.span(candidate).start, household)
    return local_time.bedtime(day, household)


def _days_apart(
    space: SearchSpace, candidate: Candidate, chosen: Iterable[Candidate]
) -> int | None:
    """Number of days to the nearest other time of the same ritual; None where it has none."""
    others = [c.day for c in chosen if c.group == candidate.group and c is not candidate]
    days = [*others, *space.days_of(space.groups[candidate.group])]
    return min((abs(candidate.day - day) for day in days), default=None)


def _beside(free: str, apart: int) -> str:
    """Clause on the distance between a ritual's times."""
    if apart == 1:
        return f"once a day, when {free}"
    return f"{free}, with {'a day' if apart == 2 else 'some days'} between"


def _days_left(
    space: SearchSpace, candidate: Candidate, chosen: Iterable[Candidate]
) -> dict[int, list[int]]:
    """By day, where it could begin as things are; its own place is among them."""
    group = space.groups[candidate.group]
    free = space.free(group)
    own = set()
    for other in chosen:
        if other.group != candidate.group:
            free &= ~space.folded(group, other.mask)
        elif other is not candidate:
            own.add(other.day)
    days = {candidate.day: [candidate.start]}
    for start in space.starts(group, free, candidate.minutes, every=True, anywhere=True):
        day = space.grid.day_of(start)
        if day not in own and start != candidate.start:
            days.setdefault(day, []).append(start)
    return days


def _in_the_way(
    space: SearchSpace, group: Group, placed: Iterable[Candidate]
) -> Iterator[tuple[int, InTheWay]]:
    """All that may be in a group's way, with the slots that it takes from it."""
    for blocker in space.grid.blockers:
        if (blocker.work or blocker.away) and group.ritual.possible_apart:
            continue
        occurrence = blocker.occurrence
        sort = _sort(blocker)
        title = occurrence.title if occurrence else ""
        found = InTheWay(blocker.partner, blocker.span, sort, title)
        yield space.folded(group, blocker.mask), found
    for candidate in placed:
        other = space.groups[candidate.group]
        found = InTheWay(other.partner, space.span(candidate), "placed", other.ritual.title)
        yield space.folded(group, candidate.mask), found


def _sort(blocker: Blocker) -> str:
    sorts = {"work": blocker.work, "away": blocker.away, "asleep": blocker.asleep}
    if known := next((sort for sort, is_one in sorts.items() if is_one), ""):
        return known
    return "fixed" if blocker.occurrence else "busy"


def _taken(in_the_way: Sequence[InTheWay], household: Household) -> str:
    """Clause on the obstacles, as many as a sentence can hold; a day they share comes once."""
    moments = [wording.moment(x.span.start, household).split(maxsplit=1) for x in in_the_way]
    busy = all(x.sort == "busy" for x in in_the_way)
    one_day = len({day for day, _ in moments}) == 1 and not (busy and len(in_the_way) == 1)
    named = [
        _named(x, household, clock if one_day else f"{day} {clock}")
        for x, (day, clock) in zip(in_the_way, moments, strict=True)
    ]
    more = len(named) - MOST_NAMED
    listed = wording.listed([*named[:MOST_NAMED], f"{more} more"] if more > 0 else named)
    if busy:
        on = f"on {moments[0][0]}, " if one_day else ""
        return f"{on}{listed} {_is(named)} taken"
    return f"{moments[0][0]} has {listed}" if one_day else f"there {_is(named)} {listed}"


def _is(some: Sequence[str]) -> str:
    return "is" if len(some) == 1 else "are"


def _named(found: InTheWay, household: Household, when: str) -> str:
    """A thing in the way as "Maya’s 20:00", "Maya’s work", "Maya’s sleep" or "“Date night”"."""
    whose = f"{household.name(found.partner)}’s " if found.partner else ""
    words = {"busy": when, "work": "work", "away": "trip", "asleep": "sleep"}
    what = words.get(found.sort, f"“{found.title}”")
    return f"{whose}{what}"


def _nowhere(space: SearchSpace, group: Group, chosen: Sequence[Candidate], length: str) -> str:
    least = group.ritual.least_minutes
    ahead, ever = space.windows(group), space.windows(group, past=True)
    if any(True for _ in _other_starts(space, group, chosen)):  # and each of these is full
        if group.whose is None and not group.ritual.with_children:
            return "The evenings left for it hold something for the two of you already."
        return "On each evening left for it the children are put to bed already."
    if space.starts(group, ahead, least, every=True, again=True):
        return "It already lies on every day that is left for it."
    if not space.starts(group, ever, least, every=True, again=True):
        waits = _waits_for_the_children(space, group, chosen)
        return waits or f"Its hours have no room for {length} this week."
    return "Too little of its hours is left this week." if ahead else OVER


def _waits_for_the_children(
    space: SearchSpace, group: Group, chosen: Sequence[Candidate]
) -> str | None:
    """Sentence where only the children leave no room in its hours; else None."""
    least, household = group.ritual.least_minutes, space.grid.household
    alone = space.own_hours(group)
    if not household.children or not space.starts(group, alone, least, every=True, again=True):
        return None
    if group.ritual.with_children:
        return "The children are away or asleep in its hours this week."
    if group.ritual.needs is Needs.ASLEEP:
        if household.usual.no_bedtime:
            return "It waits until the children sleep, and a baby sleeps when it sleeps."
        return "The children are awake in its hours this week."
    room = alone & space.grid.ahead & ~space.folded(group, _in_its_way(space, chosen))
    sitter = "; with a sitter there is room" if space.starts(group, room, least, every=True) else ""
    return f"Nobody is with the children in its hours{sitter}."


def _in_its_way(space: SearchSpace, chosen: Sequence[Candidate]) -> int:
    """The bits of bodies that are taken, whoever has the children."""
    bodies = union(space.grid.bodies(key, space.grid.everything) for key in LANE)
    masks = [*(b.mask for b in space.grid.blockers), *(c.mask for c in chosen)]
    return union(masks) & bodies

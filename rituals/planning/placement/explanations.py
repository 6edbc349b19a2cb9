"""Why a ritual lies where it lies, and what is in the way of one that has no place.

Read off the same bits as the placement, so every sentence is true of the week it stands in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from rituals.model import local_time, wording
from rituals.model.childcare import OTHER
from rituals.model.household import Household
from rituals.model.ritual import Needs, Size
from rituals.model.span import Span
from rituals.planning.placement.candidates import Candidate, SearchSpace
from rituals.planning.placement.grid import MINUTES, slots
from rituals.planning.placement.request import Group

MOST_NAMED = 2  # in one sentence
OVER = "Its hours of this week are over."
EASE = {"placed": 1, "busy": 2, "fixed": 3, "work": 4}  # what is easier to move is named first


@dataclass(frozen=True)
class InTheWay:
    """Something that takes a slot: whose (None: of both), when, and what it is.

    Busy in a calendar, at work, an occurrence that stays, or one that was placed in this week.
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


def of_placed(scene: SearchSpace, candidate: Candidate, chosen: Iterable[Candidate]) -> str:
    """Why there: what it waits for, and how it stands out among the places that were left."""
    parts = (_when(scene, candidate), _left(scene, candidate, list(chosen)))
    reason = "; ".join(part for part in parts if part)
    return f"{reason[:1].upper()}{reason[1:]}."


def nearest(scene: SearchSpace, group: Group, chosen: Sequence[Candidate]) -> Nearest | None:
    """The slot with the least in its way, or None where its hours hold none at all."""
    number = scene.groups.index(group)
    days = {c.day for c in chosen if c.group == number}
    minutes = group.ritual.least_minutes
    in_the_way = list(_in_the_way(scene, group, (c for c in chosen if c.group != number)))
    best = None
    for start in scene.starts(group, scene.windows(group), minutes, every=True):
        if scene.ground.day_of(start) not in days:
            body = scene.ground.slots(start, start + slots(minutes))
            hit = [x for bits, x in in_the_way if bits & body]
            key = (len(hit), sum(EASE[x.sort] for x in hit), start)
            best = min(best or (key, hit), (key, hit), key=lambda found: found[0])
    if best is None:
        return None
    (_, _, start), hit = best
    return Nearest(scene.span(scene.at(number, start, minutes)), tuple(hit))


def of_unplaced(scene: SearchSpace, group: Group, near: Nearest | None) -> str:
    """What would make room, in one sentence."""
    length = wording.minutes_from_to(group.ritual.least_minutes, group.ritual.least_minutes)
    if near is None:
        return _nowhere(scene, group, length)
    shared = "shared " if group.partner is None else ""
    free = "hour" if length == "1 hour" else length
    return (
        f"No {shared}free {free} in its hours: {_taken(near.in_the_way, scene.ground.household)}."
    )


def _when(scene: SearchSpace, candidate: Candidate) -> str:
    """What the children do meanwhile, and who is with them."""
    if not scene.ground.household.children:
        return ""
    group, body = scene.groups[candidate.group], scene.body(candidate)
    if group.ritual.with_children:
        return "while the children are at home and awake"
    if not body & (scene.ground.awake | scene.ground.asleep):
        return "while the children are away"
    if group.ritual.needs is Needs.SITTER:
        return "with a sitter"
    if group.partner and candidate.cover:
        return _covered(candidate, scene.ground.household.name(OTHER[group.partner]))
    if body & ~scene.ground.asleep:
        return ""
    evening = scene.span(candidate).start >= _bedtime(scene, candidate)
    return "after the children sleep" if evening else "while the children sleep"


def _covered(candidate: Candidate, other: str) -> str:
    """Who has the children meanwhile, and for how long where that is not the whole time."""
    if candidate.cover == slots(candidate.minutes):
        return f"while {other} is with the children"
    return f"{other} has the children for {wording.hours(candidate.cover * MINUTES)} of it"


def _left(scene: SearchSpace, candidate: Candidate, chosen: Sequence[Candidate]) -> str:
    """How this place stands out among those that the rest of the week leaves."""
    group = scene.groups[candidate.group]
    if scene.body(candidate) & scene.at_work(group):
        return "short enough for a moment at work"
    who = f"{scene.ground.household.name(group.partner)} is" if group.partner else "you are both"
    apart = _days_apart(scene, candidate, chosen)
    if apart is not None:
        return _beside(f"{who} free", apart)
    days = _days_left(scene, candidate, chosen)
    unit = "evening" if scene.span(candidate).start >= _bedtime(scene, candidate) else "day"
    if len(days) == 1:
        one = "time" if len(next(iter(days.values()))) == 1 else unit
        return f"the only {one} {who} free for it"
    return (
        f"the first {unit} {who} free for it" if candidate.day == min(days) else f"{who} free then"
    )


def _bedtime(scene: SearchSpace, candidate: Candidate) -> datetime:
    """When the evening begins on its day."""
    household = scene.ground.household
    day = local_time.local_day(scene.span(candidate).start, household)
    return local_time.instant(day, household.hours.bedtime, household)


def _days_apart(
    scene: SearchSpace, candidate: Candidate, chosen: Iterable[Candidate]
) -> int | None:
    """How many days lie from it to the nearest other time of the same ritual."""
    others = [c.day for c in chosen if c.group == candidate.group and c is not candidate]
    there = [*others, *scene.days_of(scene.groups[candidate.group])]
    return min((abs(candidate.day - day) for day in there), default=None)


def _beside(free: str, apart: int) -> str:
    """How a ritual's times lie to each other."""
    if apart == 1:
        return f"once a day, when {free}"
    return f"{free}, with {'a day' if apart == 2 else 'some days'} between"


def _days_left(
    scene: SearchSpace, candidate: Candidate, chosen: Iterable[Candidate]
) -> dict[int, list[int]]:
    """By day, where it could begin as things are; its own place is among them."""
    group = scene.groups[candidate.group]
    free = scene.free(group)
    own = set()
    for other in chosen:
        if other.group != candidate.group:
            free &= ~scene.folded(group, other.mask)
        elif other is not candidate:
            own.add(other.day)
    days = {candidate.day: [candidate.start]}
    for start in scene.starts(group, free, candidate.minutes, every=True):
        day = scene.ground.day_of(start)
        if day not in own and start != candidate.start:
            days.setdefault(day, []).append(start)
    return days


def _in_the_way(
    scene: SearchSpace, group: Group, placed: Iterable[Candidate]
) -> Iterator[tuple[int, InTheWay]]:
    """All that may be in a group's way, with the slots that it takes from it."""
    for blocker in scene.ground.blockers:
        if blocker.work and group.ritual.size is Size.SMALL:
            continue
        there = blocker.occurrence
        sort = "work" if blocker.work else "fixed" if there else "busy"
        title = there.title if there else ""
        found = InTheWay(blocker.partner, blocker.span, sort, title)
        yield scene.folded(group, blocker.mask), found
    for candidate in placed:
        other = scene.groups[candidate.group]
        found = InTheWay(other.partner, scene.span(candidate), "placed", other.ritual.title)
        yield scene.folded(group, candidate.mask), found


def _taken(in_the_way: Sequence[InTheWay], household: Household) -> str:
    """What is in the way, as far as a sentence can hold it; the day once, where there is one."""
    moments = [wording.moment(x.span.start, household).split() for x in in_the_way]
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
    """A thing in the way as "Maya’s 20:00", "Maya’s work" or "“Date night”"."""
    whose = f"{household.name(found.partner)}’s " if found.partner else ""
    what = {"busy": when, "work": "work"}.get(found.sort, f"“{found.title}”")
    return f"{whose}{what}"


def _nowhere(scene: SearchSpace, group: Group, length: str) -> str:
    least = group.ritual.least_minutes
    ahead, ever = scene.windows(group), scene.windows(group, past=True)
    if scene.starts(group, ahead, least, every=True, again=True):
        return "It already lies on every day that is left for it."
    if not scene.starts(group, ever, least, every=True, again=True):
        return f"Its hours have no room for {length} this week."
    return "Too little of its hours is left this week." if ahead else OVER

"""Why a ritual lies where it lies, and what is in the way of one that has no place.

Read off the same bits as the placement, so every sentence is true of the week it stands in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rituals import weeks, words
from rituals.coverage import OTHER
from rituals.model import Household, Kind, Needs, Size
from rituals.scene import Candidate, Group, Scene, fits, slots
from rituals.spans import Span

MOST_NAMED = 2  # in one sentence
EASE = {"placed": 1, "busy": 2, "fixed": 3, "work": 4}  # what is easier to move is named first


@dataclass(frozen=True)
class InTheWay:
    """Something that takes a slot: whose (None: of both), when, and what it is.

    `what` is "busy" in a calendar, "work", or the title of an occurrence.
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


def of_placed(scene: Scene, candidate: Candidate, chosen: Iterable[Candidate]) -> str:
    """Why there: what it waits for, and how it stands out among the places that were left."""
    group = scene.groups[candidate.group]
    reason = "; ".join(
        part for part in (_when(scene, candidate), _left(scene, candidate, chosen)) if part
    )
    return (
        f"{reason[:1].upper()}{reason[1:]}."
        if reason
        else f"In its hours, like every {group.ritual.title}."
    )


def nearest(scene: Scene, group: Group, chosen: Sequence[Candidate]) -> Nearest | None:
    """The slot with the least in its way, or None where its hours hold none at all."""
    number = scene.groups.index(group)
    days = {c.day for c in chosen if c.group == number}
    minutes = group.ritual.least_minutes
    in_the_way = list(_in_the_way(scene, group, (c for c in chosen if c.group != number)))
    best = None
    for start in scene.starts(group, scene.windows(group), minutes, every=True):
        if scene.day_of(start) not in days:
            body = scene.slots(start, start + slots(minutes))
            hit = [x for bits, x in in_the_way if bits & body]
            key = (len(hit), sum(EASE[x.sort] for x in hit), start)
            best = min(best or (key, hit), (key, hit), key=lambda found: found[0])
    if best is None:
        return None
    (_, _, start), hit = best
    return Nearest(scene.span(scene.at(number, start, minutes)), tuple(hit))


def of_unplaced(scene: Scene, group: Group, near: Nearest | None) -> str:
    """What would make room, in one sentence."""
    minutes = words.hours(group.ritual.least_minutes)
    if near is None:
        return _nowhere(scene, group, minutes)
    shared = "shared " if group.partner is None else ""
    named = [_named(x, scene.household) for x in near.in_the_way[:MOST_NAMED]]
    more = len(near.in_the_way) - len(named)
    named += [f"{more} more"] if more else []
    when = words.moment(near.span.start, scene.household)
    return f"No {shared}free {minutes} in its hours. On {when} there is {words.listed(named)}."


def _when(scene: Scene, candidate: Candidate) -> str:
    """What about the household makes this an hour for it."""
    group, span = scene.groups[candidate.group], scene.span(candidate)
    ritual, household = group.ritual, scene.household
    if not household.children:
        return ""
    if ritual.needs is Needs.SITTER:
        return "with a sitter"
    if group.partner and candidate.cover:
        return f"while {household.name(OTHER[group.partner])} is with the children"
    if ritual.kind is Kind.SOLO or ritual.needs is Needs.CHILDREN:
        return "while the children are at home and awake"
    day = weeks.local_day(span.start, household)
    if span.start >= weeks.instant(day, household.hours.bedtime, household):
        return "after the children sleep"
    return ""


def _left(scene: Scene, candidate: Candidate, chosen: Iterable[Candidate]) -> str:
    """How this place stands out among those that the rest of the week leaves."""
    others = list(chosen)
    minutes, who = words.hours(candidate.minutes), _who(scene, candidate)
    if any(c.group == candidate.group and c is not candidate for c in others):
        return f"on a day of its own, when {who} free for {minutes}"
    days = _days_left(scene, candidate, others)
    if len(days) == 1:
        starts = next(iter(days.values()))
        only = "the only free" if len(starts) == 1 else "the only day with a free"
        return f"{only} {minutes} in its hours"
    if candidate.day == min(days):
        return f"the first day {who} free for {minutes}"
    return f"{who} free then for {minutes}"


def _who(scene: Scene, candidate: Candidate) -> str:
    partner = scene.groups[candidate.group].partner
    return f"{scene.household.name(partner)} is" if partner else "you are both"


def _days_left(
    scene: Scene, candidate: Candidate, chosen: Iterable[Candidate]
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
        day = scene.day_of(start)
        if day not in own and start != candidate.start:
            days.setdefault(day, []).append(start)
    return days


def _in_the_way(
    scene: Scene, group: Group, placed: Iterable[Candidate]
) -> Iterator[tuple[int, InTheWay]]:
    """All that may be in a group's way, with the slots that it takes from it."""
    for blocker in scene.blockers:
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


def _named(found: InTheWay, household: Household) -> str:
    when = words.moment(found.span.start, household)
    if found.sort == "busy":
        return f"{household.name(found.partner or '')}’s {when}"
    if found.sort == "work":
        return f"{household.name(found.partner or '')}’s work"
    whose = f"{household.name(found.partner)}’s " if found.partner else ""
    return f"{whose}“{found.title}”"


def _nowhere(scene: Scene, group: Group, minutes: str) -> str:
    if scene.starts(group, scene.windows(group), group.ritual.least_minutes, every=True):
        return "It lies on each of its days already."
    if fits(scene.windows(group, past=True), slots(group.ritual.least_minutes)):
        return "Its hours of this week are over."
    return f"Its hours hold no {minutes} in a week like this."

"""Requests and their places in a search: which of a ritual's times lies where."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta

from rituals.planning.placement.candidates import Candidate, SearchSpace
from rituals.planning.placement.request import Request

MINUTE = timedelta(minutes=1)


def group_of(want: Request, space: SearchSpace) -> int:
    """The number of a request's group in a search."""
    who = want.ritual.id, want.partner
    return next(n for n, g in enumerate(space.groups) if (g.ritual.id, g.partner) == who)


def lay_of(want: Request, space: SearchSpace) -> tuple[int, int] | None:
    """The slot and the minutes of a request's present place; None where it has none."""
    if want.lay is None:
        return None
    return space.grid.slot_of(want.lay.start), want.lay.length // MINUTE


def shared_out(
    space: SearchSpace, wanted: Sequence[Request], own: Sequence[Candidate]
) -> dict[Request, Candidate]:
    """Places of one group by request: one at its old start or day keeps it, the rest in order."""
    lays = {want: at[0] for want in wanted if (at := lay_of(want, space))}
    day = space.grid.day_of
    tests: tuple[Callable[[int, int], bool], ...] = (
        lambda lay, start: lay == start,
        lambda lay, start: day(lay) == day(start),
        lambda _lay, _start: True,
    )
    given: dict[Request, Candidate] = {}
    left = sorted(own, key=lambda c: c.start)
    for is_near in tests:
        for want, lay in lays.items():
            place = next((c for c in left if is_near(lay, c.start)), None)
            if want not in given and place:
                given[want] = place
                left.remove(place)
    new = [want for want in wanted if want not in lays]
    return given | dict(zip(new, left, strict=False))

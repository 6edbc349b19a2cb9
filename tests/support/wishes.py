"""A week's places, and the one that a single wish of the planner would choose of them."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any

from rituals.model.household import ONE, Household
from rituals.model.plan import Occurrence
from rituals.model.ritual import Ritual
from rituals.planning.placement import solver
from rituals.planning.placement.candidates import SearchSpace, search_space
from rituals.planning.placement.objective import EACH
from rituals.planning.placement.request import Request, Surroundings
from tests.support.notation import WEEK, a_household, a_span, an_instant, spans

LONG_AGO = an_instant("Mon 00:00", WEEK - 52)
LAST_WEEK = WEEK - 1

Wish = Callable[[SearchSpace], Iterable[Any]]


def wanted(
    ritual: Ritual, partner: str | None = None, times: int = 1, lay: Sequence[str] = ()
) -> list[Request]:
    """A ritual so many times, the first of them where they lay."""
    at = [*map(a_span, lay), *[None] * (times - len(lay))]
    return [Request(ritual, partner, n + 1, times, lay=at[n]) for n in range(times)]


def a_space(
    *some: Sequence[Request],
    standing: Sequence[Occurrence] = (),
    household: Household | None = None,
    busy: str = "",
    **around: Any,
) -> SearchSpace:
    """The places of rituals in a week, beside what stands in it and is busy in ONE's calendar."""
    asked = [want for wants in some for want in wants]
    beside = Surroundings(LONG_AGO, tuple(standing), {ONE: spans(busy)}, **around)
    return search_space(asked, beside, household or a_household(), WEEK)


def by_start(wish: Wish, space: SearchSpace) -> dict[str, int]:
    """The points that a wish gives, by where each place begins and how long it is."""
    points = list(wish(space))
    assert len(points) == len(space.candidates)
    return {
        f"{clock(space.span(c).start)} {c.minutes}": p
        for c, p in zip(space.candidates, points, strict=True)
    }


def by_day(wish: Wish, space: SearchSpace) -> dict[str, int]:
    """The points that a wish gives to each day of a ritual with one place a day."""
    points = by_start(wish, space)
    found = {at.split()[0]: p for at, p in points.items()}
    assert len(found) == len(points)
    return found


def clock(instant: datetime) -> str:
    """An instant as "Thu 20:00"."""
    return f"{instant.astimezone(a_household().tz):%a %H:%M}"


def chosen(wish: Wish, space: SearchSpace) -> list[str]:
    """Where everything lies if only this wish counts."""
    nothing = [0] * len(space.candidates)
    points, balances = (list(wish(space)), []) if wish in EACH else (nothing, list(wish(space)))
    best = solver.solve(space, points, balances)

    assert best.proven
    return [clock(space.span(space.candidates[i]).start) for i in best.chosen]


def is_silent(wish: Wish, space: SearchSpace) -> bool:
    """True where a wish makes no place better than another."""
    said = list(wish(space))
    return len(set(said)) <= 1 if wish in EACH else not said

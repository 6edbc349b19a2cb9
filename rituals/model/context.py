"""Surroundings of a week: household, rituals, busy times, last weeks, covers of surprises."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from rituals.model.household import Household
from rituals.model.plan import Occurrence, Plan
from rituals.model.ritual import Ritual
from rituals.model.time.span import Span, Spans
from rituals.model.time.week import Week


@dataclass(frozen=True)
class Cover:
    """All that the other may see of a surprise: a line, and the hours that it keeps free."""

    id: str
    giver: str
    line: str
    week: Week
    span: Span


@dataclass(frozen=True, order=True)
class RareWeek:
    """The week chosen for a rare ritual, once; `partner` is BOTH where both take part."""

    ritual: str
    partner: str
    week: Week
    by_hand: bool = False
    left_out: bool = False


@dataclass(frozen=True)
class Due:
    """A rare ritual that a week arrives with, and when it was there last."""

    ritual: str
    partner: str | None
    last: Week | None = None
    by_hand: bool = False  # moved there


@dataclass(frozen=True)
class SeasonContext:
    """All that the weeks of what is rare are chosen from.

    `last` and `let_go` are the newest weeks behind in which something was in a plan, or was let
    go; `rows` are the weeks as they were chosen before.
    """

    household: Household
    rituals: Mapping[str, Ritual]
    plans: Mapping[Week, Plan]
    busy: Mapping[str, Spans]
    last: Mapping[tuple[str, str], Week]  # by ritual and partner
    let_go: Mapping[tuple[str, str], Week]
    rows: tuple[RareWeek, ...] = ()


@dataclass(frozen=True)
class PlanningContext:
    """A household, its rituals, calendars and last weeks.

    `busy` is all that is kept free for each partner, the hours of covers too; `appointments` is
    what their calendars alone hold, and None where that is the same.
    """

    household: Household
    rituals: Mapping[str, Ritual] = field(hash=False)
    busy: Mapping[str, Spans] = field(default_factory=dict, hash=False)  # by partner
    past: tuple[Occurrence, ...] = ()
    covers: tuple[Cover, ...] = ()
    appointments: Mapping[str, Spans] | None = field(default=None, hash=False)
    due: tuple[Due, ...] = ()

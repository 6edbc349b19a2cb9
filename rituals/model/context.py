"""Surroundings of a week: household, rituals, busy times, last weeks, covers of surprises."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from rituals.model.household import Household
from rituals.model.plan import Occurrence
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

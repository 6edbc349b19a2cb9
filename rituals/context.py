"""What a week is planned around."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from rituals.model import Household, Occurrence, Ritual
from rituals.spans import Spans


@dataclass(frozen=True)
class Life:
    """A household, its rituals, calendars and last weeks."""

    household: Household
    rituals: Mapping[str, Ritual]
    busy: Mapping[str, Spans] = field(default_factory=dict)  # by partner
    past: tuple[Occurrence, ...] = ()

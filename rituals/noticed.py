"""What one of the two noticed about the other: a line a week, private until it is shared."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from rituals.model import Week

WEEKS_LATER = 13  # until a line may come back


@dataclass(frozen=True)
class Noticed:
    """A line about the other ("you brought me coffee"), its writer's own until it is shared."""

    id: str
    week: Week
    writer: str
    text: str
    shared: bool
    at: datetime


def may_read(noticed: Iterable[Noticed], reader: str) -> tuple[Noticed, ...]:
    """The lines somebody may read: their own, and what the other shared."""
    return tuple(n for n in noticed if n.shared or n.writer == reader)


def comes_back(noticed: Iterable[Noticed], week: Week) -> Noticed | None:
    """A shared line from months ago, the same all week long; None while none is that old."""
    old = [n for n in noticed if n.shared and week - n.week >= WEEKS_LATER]
    if not old:
        return None
    return random.Random(f"noticed {week}").choice(old)  # noqa: S311 - chance, not secrecy

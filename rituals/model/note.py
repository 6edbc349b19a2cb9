"""Notes of appreciation: one line a week about the other, private until it is shared."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from rituals.model.time.week import Week
from rituals.text import single_line

WEEKS_LATER = 13  # until a line may come back
LETTERS = 280  # of a line


@dataclass(frozen=True)
class Note:
    """A line about the other ("you brought me coffee"), its writer's own until it is shared."""

    id: str
    week: Week
    writer: str
    text: str
    shared: bool
    at: datetime


def written(text: str) -> str:
    """Text cleaned and cut to the one short line that is kept."""
    return single_line(text)[:LETTERS].strip()


def id_of(week: Week, writer: str) -> str:
    """The id of a week's line from one of the two: a second one would replace it."""
    return f"{week}/{writer}"


def shared_notes(noticed: Iterable[Note]) -> tuple[Note, ...]:
    """The lines that were shared, the newest week first."""
    return _newest_first(n for n in noticed if n.shared)


def of_writer(noticed: Iterable[Note], writer: str) -> tuple[Note, ...]:
    """Every line somebody wrote, shared or not, the newest week first."""
    return _newest_first(n for n in noticed if n.writer == writer)


def shared(line: Note, yes: bool = True) -> Note:
    """The line, for the other to read too, or its writer's own again."""
    return replace(line, shared=yes)


def changed(line: Note, text: str) -> Note:
    """The line in other words."""
    return replace(line, text=written(text))


def forgotten(line: Note) -> Note:
    """The line without its words, which no store keeps."""
    return replace(line, text="")


def comes_back(noticed: Iterable[Note], week: Week) -> Note | None:
    """A shared line from months ago, the same all week long; None while none is that old."""
    old = [n for n in noticed if n.shared and week - n.week >= WEEKS_LATER]
    if not old:
        return None
    return random.Random(f"noticed {week}").choice(old)  # noqa: S311 - chance, not secrecy


def _newest_first(noticed: Iterable[Note]) -> tuple[Note, ...]:
    return tuple(sorted(noticed, key=lambda n: (n.week, n.at), reverse=True))

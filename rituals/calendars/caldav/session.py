"""One session with an audience's CalDAV server: look, pull, push, or both ways.

A page and a command do the same; only who answers where both sides were changed differs.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from rituals.calendars.caldav import sync
from rituals.calendars.caldav.diff import RemoteChange, SyncDiff, SyncSide
from rituals.calendars.caldav.errors import ServerError
from rituals.calendars.caldav.server import opened
from rituals.model.calendar import Server
from rituals.model.household import Household
from rituals.model.plan import Plan
from rituals.store.store import Store

if TYPE_CHECKING:
    from rituals.calendars.caldav.client import Connection


class Side(StrEnum):
    """The side whose version of an occurrence is to stay."""

    REMOTE = "there"
    LOCAL = "here"


Answer = Callable[[RemoteChange], Side | None]
Progress = Callable[[int, int], None]  # so many done, of so many


@dataclass(frozen=True)
class SyncResult:
    """Counts of what a session did, and the conflicts that nobody has answered yet."""

    pulled: int = 0  # brought back into the plans
    kept: int = 0  # where the plan's version stays
    written: int = 0  # written or removed on the server
    steps: int = 0  # that were to be written or removed
    open: tuple[RemoteChange, ...] = ()  # changed on both sides, and nobody has answered
    waiting: int = 0  # changed on the server alone, and not brought back yet


class StoppedError(ServerError):
    """The server stopped in the middle; what was done until then is known."""

    def __init__(self, why: ServerError, done: int, steps: int) -> None:
        super().__init__(str(why))
        self.done = done
        self.steps = steps


@dataclass(frozen=True)
class SyncSession:
    """A household's weeks, the server they go to, and its password."""

    store: Store
    household: Household
    server: Server
    password: str = field(repr=False)
    taking: tuple[Plan, ...]
    now: datetime

    def look(self) -> SyncDiff:
        """Differences between the server and the plans; raises ServerError."""
        with self._opened() as connection:
            return sync.look(self._side(), connection)

    def pull(self, answer: Answer) -> SyncResult:
        """Takes into the plans what was changed on the server; raises ServerError."""
        with self._opened() as connection:
            return self._pull(sync.look(self._side(), connection), answer)

    def push(self, progress: Progress) -> SyncResult:
        """Writes to the server what was changed in the plans alone.

        Raises ServerError, or StoppedError midway.
        """
        with self._opened() as connection:
            diff = sync.look(self._side(), connection)
            return self._push(diff, connection, progress)

    def both_ways(self, answer: Answer, progress: Progress) -> SyncResult:
        """Pulls first, and then pushes what is new in the plans; raises as `push` does."""
        with self._opened() as connection:
            diff = sync.look(self._side(), connection)
            pulled = self._pull(diff, answer)
            if pulled.pulled or pulled.kept:
                diff = sync.look(self._side(), connection)
            pushed = self._push(diff, connection, progress)
        return replace(pushed, pulled=pulled.pulled, kept=pulled.kept)

    def _opened(self) -> AbstractContextManager[Connection]:
        return opened(self.server, self.password, self.household.tz)

    def _side(self) -> SyncSide:
        return SyncSide.of(self.store, self.household, self.server.audience, self.taking, self.now)

    def _pull(self, diff: SyncDiff, answer: Answer) -> SyncResult:
        side = self._side()
        sync.pull(side, diff)
        answers = [(changed, answer(changed)) for changed in diff.conflicts]
        for changed, chosen in answers:
            if chosen is Side.REMOTE:
                sync.take_theirs(side, changed)
            elif chosen is Side.LOCAL:
                sync.keep_ours(side, changed)
        choices = [chosen for _, chosen in answers]
        return SyncResult(
            pulled=len(diff.incoming) + choices.count(Side.REMOTE),
            kept=choices.count(Side.LOCAL),
            open=tuple(changed for changed, chosen in answers if chosen is None),
        )

    def _push(self, diff: SyncDiff, connection: Connection, progress: Progress) -> SyncResult:
        done = 0

        def count(number: int) -> None:
            nonlocal done
            done = number
            progress(done, diff.steps)

        try:
            written = sync.publish(self._side(), connection, diff, count)
        except ServerError as why:
            raise StoppedError(why, done, diff.steps) from None
        return SyncResult(
            written=written, steps=diff.steps, open=diff.conflicts, waiting=len(diff.incoming)
        )


def nobody(_: RemoteChange) -> None:
    """The answer of one who leaves what was changed on both sides alone."""

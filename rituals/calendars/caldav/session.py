"""One errand to an audience's server: look what is new, bring it back, take the weeks there.

A page and a command do the same; only who answers where both sides were changed differs.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from rituals.calendars.caldav import sync
from rituals.calendars.caldav.client import Connection, ServerError, opened
from rituals.calendars.caldav.diff import RemoteChange, SyncDiff, SyncSide
from rituals.model.calendar import Server
from rituals.model.household import Household
from rituals.model.plan import Plan
from rituals.store.store import Store


class Side(StrEnum):
    """Whose version of an occurrence is to stay."""

    THERE = "there"
    HERE = "here"


Answer = Callable[[RemoteChange], Side | None]
Progress = Callable[[int, int], None]  # so many done, of so many


@dataclass(frozen=True)
class Done:
    """What came of an errand."""

    back: int = 0  # brought back into the plans
    here: int = 0  # where the plan's version stays
    written: int = 0  # written or removed there
    steps: int = 0  # that were to be written or removed
    open: tuple[RemoteChange, ...] = ()  # changed on both sides, and nobody has answered
    waiting: int = 0  # changed there alone, and not brought back yet


class StoppedError(ServerError):
    """The server stopped in the middle; what was done until then is known."""

    def __init__(self, why: ServerError, done: int, steps: int) -> None:
        super().__init__(str(why))
        self.done = done
        self.steps = steps


@dataclass(frozen=True)
class SyncSession:
    """Whose weeks are to go to which server, with its password."""

    store: Store
    household: Household
    server: Server
    password: str = field(repr=False)
    taking: tuple[Plan, ...]
    now: datetime

    def look(self) -> SyncDiff:
        """What the server and the plans do not agree on; raises ServerError."""
        with self._opened() as there:
            return sync.look(self._desk(), there)

    def bring_back(self, answer: Answer) -> Done:
        """Takes into the plans what was changed there; raises ServerError."""
        with self._opened() as there:
            return self._bring_back(sync.look(self._desk(), there), answer)

    def take_there(self, progress: Progress) -> Done:
        """Writes there what was changed here alone; raises ServerError, StoppedError midway."""
        with self._opened() as there:
            outlook = sync.look(self._desk(), there)
            return self._take_there(outlook, there, progress)

    def both_ways(self, answer: Answer, progress: Progress) -> Done:
        """What was changed there first, and then what is new here; raises as above."""
        with self._opened() as there:
            outlook = sync.look(self._desk(), there)
            back = self._bring_back(outlook, answer)
            if back.back or back.here:
                outlook = sync.look(self._desk(), there)
            out = self._take_there(outlook, there, progress)
        return replace(out, back=back.back, here=back.here)

    def _opened(self) -> AbstractContextManager[Connection]:
        return opened(self.server, self.password, self.household.tz)

    def _desk(self) -> SyncSide:
        return SyncSide.of(self.store, self.household, self.server.audience, self.taking, self.now)

    def _bring_back(self, outlook: SyncDiff, answer: Answer) -> Done:
        desk = self._desk()
        sync.pull(desk, outlook)
        answers = [(changed, answer(changed)) for changed in outlook.both]
        for changed, side in answers:
            if side is Side.THERE:
                sync.take_theirs(desk, changed)
            elif side is Side.HERE:
                sync.keep_ours(desk, changed)
        sides = [side for _, side in answers]
        return Done(
            back=len(outlook.back) + sides.count(Side.THERE),
            here=sides.count(Side.HERE),
            open=tuple(changed for changed, side in answers if side is None),
        )

    def _take_there(self, outlook: SyncDiff, there: Connection, progress: Progress) -> Done:
        done, rituals = 0, self.store.load_rituals()

        def count(number: int) -> None:
            nonlocal done
            done = number
            progress(done, outlook.steps)

        try:
            written = sync.publish(self._desk(), there, outlook, rituals, count)
        except ServerError as why:
            raise StoppedError(why, done, outlook.steps) from None
        return Done(
            written=written, steps=outlook.steps, open=outlook.both, waiting=len(outlook.back)
        )


def nobody(_: RemoteChange) -> None:
    """The answer of one who leaves what was changed on both sides alone."""

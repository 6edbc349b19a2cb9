"""The listening socket: lines are taken in by turns with all else, and some turned away."""

from __future__ import annotations

import socket
from collections.abc import Callable
from typing import Any

AT_A_TIME = 16  # lines that are taken in before whoever is in already has a turn
QUEUE = 4096  # that wait to be taken in; the system forgets the others, who try a second later


class Gate(socket.socket):
    """A socket that pretends now and then that nobody waits.

    asyncio takes in as many as its queue is long before it does anything else: with 2,048 lines
    at the door a page waits for most of a second.
    """

    _taken = 0
    _welcomes: Callable[[str], bool]

    @classmethod
    def of(cls, listening: socket.socket, welcomes: Callable[[str], bool]) -> Gate:
        """The gate in the place of a listening socket; it asks of each address if it may come in.

        Whoever may not costs a third of a line that is taken in.
        """
        gate = cls(fileno=listening.detach())
        gate._welcomes = welcomes
        return gate

    def listen(self, backlog: int = QUEUE, /) -> None:
        """Listens, with a queue of at least ours."""
        super().listen(max(backlog, QUEUE))

    def accept(self) -> tuple[socket.socket, Any]:
        """Takes one in; raises BlockingIOError if nobody waits, or it is the others' turn."""
        while self._taken < AT_A_TIME:
            self._taken += 1
            line, at = super().accept()
            if self._welcomes(at[0]):
                return line, at
            line.close()
        self._taken = 0
        raise BlockingIOError

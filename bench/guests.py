"""The couple's page while guests hammer the door: how long it takes, and what the server holds.

`python -m bench.guests [MINUTES]`; they open lines that say nothing, say half a request, ask for
pages and addresses that are not theirs, and try passphrases.
"""

from __future__ import annotations

import http.client
import random
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path

from bench.half_requests import HALF, asked
from bench.machine import calibration, keep, p95
from rituals.security import passphrase
from tests.browser.conftest import ROOT, Leavewell

MINUTES = 3.0
QUIET = 15  # seconds without guests, before, between and after
LIMITS = {"p95 beside guests, times quiet": 2.0, "memory gained, %": 20.0}
GUESTS = ("127.0.0.9", "127.0.0.10", "127.0.0.11")
A_MOMENT = 0.05  # second
AT_ONCE = 40  # lines that each of them holds open
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def main() -> int:
    """Prints p95 and memory, quiet and beside the guests, and what the log gained.

    Quiet and loud stretches take turns, so that whatever else this machine does hits both alike.
    """
    minutes = float(sys.argv[1]) if len(sys.argv) > 1 else MINUTES
    with tempfile.TemporaryDirectory() as folder:
        server = Leavewell(Path(folder), "0.0.0.0")  # noqa: S104 guests come from elsewhere
        with server.store() as store:
            passphrase.set_passphrase(store, "the blue boat comes home", datetime.now(UTC))
        server.start()
        try:
            return _measured(server, minutes)
        finally:
            server.stop()


def _measured(server: Leavewell, minutes: float) -> int:
    time.sleep(8)  # by then what is loaded once is loaded
    quiet, loud = _asked_for(server, QUIET), list[float]()
    before, log = _resident(server), server.log.stat().st_size
    for stretch in _stretches(minutes):
        guests = [_guest(server, at, stretch) for at in GUESTS]
        loud += _asked_for(server, stretch * 60)
        for guest in guests:
            guest.wait()
        quiet += _asked_for(server, QUIET)
    figures = {
        "p95 beside guests, times quiet": p95(loud) / p95(quiet),
        "memory gained, %": 100 * (_resident(server) / before - 1),
        "log gained a minute, bytes": (server.log.stat().st_size - log) / minutes,
    }
    print(f"quiet: p95 {p95(quiet):.3f} s in {len(quiet)} answers, {before:.0f} MiB")
    print(
        f"beside {len(GUESTS)} guests for {minutes:g} min: p95 {p95(loud):.3f} s,"
        f" at most {max(loud):.3f} s in {len(loud)} answers, {_resident(server):.0f} MiB"
    )
    print("; ".join(f"{name}: {figure:.2f}" for name, figure in figures.items()))
    seconds = {"quiet": quiet, "loud": loud, "machine": calibration()}
    return keep("guests", seconds, figures, LIMITS)


def _stretches(minutes: float) -> Iterator[float]:
    """So many minutes, at most one at a time."""
    while minutes > 0:
        yield min(minutes, 1)
        minutes -= 1


def _asked_for(server: Leavewell, seconds: float) -> list[float]:
    """Seconds of each of the couple's answers for so long."""
    took, until = [], time.monotonic() + seconds
    while time.monotonic() < until:
        took.append(asked(server))
        time.sleep(A_MOMENT)
    return took


def _resident(server: Leavewell) -> float:
    """MiB of memory that the server holds."""
    held = Path(f"/proc/{server.pid}/status").read_text()
    return int(held.partition("VmRSS:")[2].split()[0]) / 1024


def _guest(server: Leavewell, at: str, minutes: float) -> subprocess.Popen[bytes]:
    """A guest in a process of its own, last in turn: it is another machine, and brings its own."""
    command = [sys.executable, "-m", "bench.guests", "--guest", at, str(server.port)]
    last_in_turn = ["nice", "-n", "19", *command, str(minutes)]
    return subprocess.Popen(last_in_turn, cwd=ROOT)


def _hammer(at: str, port: int, minutes: float) -> None:
    """One guest, who does one thing after the other."""
    chance, held = random.Random(at), list[socket.socket]()  # noqa: S311 no secret
    until = time.monotonic() + minutes * 60
    while time.monotonic() < until:
        with suppress(OSError, http.client.HTTPException):
            chance.choice((_line, _line, _page, _feed, _try))(at, port, held)
        if len(held) > AT_ONCE:
            held.pop(0).close()


def _line(at: str, port: int, held: list[socket.socket]) -> None:
    held.append(socket.create_connection(("127.0.0.1", port), 5, (at, 0)))
    held[-1].sendall(HALF if len(held) % 2 else b"")


def _page(at: str, port: int, _held: list[socket.socket]) -> None:
    _ask(at, port, "GET", "/")


def _feed(at: str, port: int, _held: list[socket.socket]) -> None:
    _ask(at, port, "GET", f"/calendar/{'x' * 43}.ics")


def _try(at: str, port: int, _held: list[socket.socket]) -> None:
    _ask(at, port, "POST", "/come-in", "passphrase=the+blue+boot+comes+home")


def _ask(at: str, port: int, method: str, path: str, body: str | None = None) -> None:
    with closing(http.client.HTTPConnection("127.0.0.1", port, 5, (at, 0))) as line:
        line.request(method, path, body, FORM if body else {})
        line.getresponse().read()


if __name__ == "__main__":
    if "--guest" in sys.argv:
        _hammer(sys.argv[2], int(sys.argv[3]), float(sys.argv[4]))
    else:
        sys.exit(main())

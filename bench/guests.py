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
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path

from bench.half_requests import HALF, asked
from rituals.security import passphrase
from tests.browser.conftest import ROOT, Leavewell

MINUTES = 3.0
QUIET = 20  # seconds without guests
GUESTS = ("127.0.0.9", "127.0.0.10", "127.0.0.11")
A_MOMENT = 0.05  # second
AT_ONCE = 40  # lines that each of them holds open
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def main() -> None:
    """Prints p95 and memory, quiet and beside the guests, and what the log gained."""
    minutes = float(sys.argv[1]) if len(sys.argv) > 1 else MINUTES
    with tempfile.TemporaryDirectory() as folder:
        server = Leavewell(Path(folder), "0.0.0.0")  # noqa: S104 guests come from elsewhere
        with server.store() as store:
            passphrase.set_passphrase(store, "the blue boat comes home", datetime.now(UTC))
        server.start()
        try:
            time.sleep(8)  # by then what is loaded once is loaded
            quiet, before = _asked_for(server, QUIET), _resident(server)
            log = server.log.stat().st_size
            guests = [_guest(server, at, minutes) for at in GUESTS]
            loud = _asked_for(server, minutes * 60)
            for guest in guests:
                guest.wait()
            gained = server.log.stat().st_size - log
            print(f"quiet: p95 {_p95(quiet):.3f} s, {before:.0f} MiB")
            print(
                f"beside {len(GUESTS)} guests for {minutes:g} min: p95 {_p95(loud):.3f} s,"
                f" at most {max(loud):.3f} s in {len(loud)} answers, {_resident(server):.0f} MiB;"
                f" the log gained {gained} bytes"
            )
        finally:
            server.stop()


def _asked_for(server: Leavewell, seconds: float) -> list[float]:
    """Seconds of each of the couple's answers for so long."""
    took, until = [], time.monotonic() + seconds
    while time.monotonic() < until:
        took.append(asked(server))
        time.sleep(A_MOMENT)
    return took


def _p95(took: list[float]) -> float:
    return sorted(took)[int(len(took) * 0.95)]


def _resident(server: Leavewell) -> float:
    """MiB of memory that the server holds."""
    held = Path(f"/proc/{server.pid}/status").read_text()
    return int(held.partition("VmRSS:")[2].split()[0]) / 1024


def _guest(server: Leavewell, at: str, minutes: float) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "bench.guests", "--guest", at, str(server.port)]
    return subprocess.Popen([*command, str(minutes)], cwd=ROOT)


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
        main()

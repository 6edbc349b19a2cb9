"""Seconds a page takes while strangers open 20,000 lines and say half a request on each.

`python -m bench.half_requests [LINES]`; first one stranger, then four at once.
"""

from __future__ import annotations

import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections import deque
from pathlib import Path

from tests.browser.conftest import ROOT, Leavewell

LINES, HELD = 20_000, 900  # in all, and open at a time
STRANGERS = "127.0.0.{}"
FIRST = 9  # the end of the first stranger's address
HALF = b"GET / HTTP/1.1\r\nHost: x\r\n"


def main() -> None:
    """Prints the longest answers with and without strangers, and what the log gained."""
    lines = int(sys.argv[1]) if len(sys.argv) > 1 else LINES
    with tempfile.TemporaryDirectory() as folder:
        server = Leavewell(Path(folder))
        server.start()
        try:
            quiet = [asked(server) for _ in range(20)]
            print(f"quiet: at most {max(quiet):.3f} s")
            for strangers in (1, 4):
                log, begun = server.log.stat().st_size, time.perf_counter()
                loud = beside(server, lines, strangers)
                took, gained = time.perf_counter() - begun, server.log.stat().st_size - log
                print(
                    f"beside {strangers} with {lines:,} half requests in {took:.0f} s: at most"
                    f" {max(loud):.3f} s in {len(loud)} answers; the log gained {gained} bytes"
                )
        finally:
            server.stop()


def beside(server: Leavewell, lines: int, strangers: int) -> list[float]:
    """Seconds of each answer while so many strangers say so many half requests."""
    command = [sys.executable, "-m", "bench.half_requests", "--hammer", str(server.port)]
    each = str(lines // strangers)
    hammers = [
        subprocess.Popen([*command, each, STRANGERS.format(FIRST + n)], cwd=ROOT)
        for n in range(strangers)
    ]
    took = [asked(server)]
    while any(hammer.poll() is None for hammer in hammers):
        took.append(asked(server))
        time.sleep(0.05)
    if any(hammer.returncode for hammer in hammers):
        raise RuntimeError("a stranger stopped")
    return took


def asked(server: Leavewell) -> float:
    """Seconds that the couple's page takes."""
    page = urllib.request.Request(server.url)  # noqa: S310 our own
    page.add_header("Cookie", "=".join(server.cookie))
    begun = time.perf_counter()
    with urllib.request.urlopen(page, timeout=30) as answer:  # noqa: S310 our own
        answer.read()
    return time.perf_counter() - begun


def _hammer(port: int, lines: int, stranger: str) -> None:
    held: deque[socket.socket] = deque()
    for _ in range(lines):
        one = socket.socket()
        one.settimeout(20)
        try:
            one.bind((stranger, 0))
            one.connect(("127.0.0.1", port))
            one.sendall(HALF)
        except OSError:
            pass
        held.append(one)
        if len(held) >= HELD:
            held.popleft().close()
    while held:
        held.popleft().close()


if __name__ == "__main__":
    if "--hammer" in sys.argv:
        _hammer(int(sys.argv[2]), int(sys.argv[3]), sys.argv[4])
    else:
        main()

"""Seconds a page takes while somebody opens 20,000 lines and says half a request on each."""

from __future__ import annotations

import socket
import tempfile
import threading
import time
import urllib.request
from pathlib import Path

from tests.browser.conftest import Leavewell

LINES, HELD = 20_000, 900  # in all, and open at a time
STRANGER = "127.0.0.9"
HALF = b"GET / HTTP/1.1\r\nHost: x\r\n"


def main() -> None:
    """Prints the longest answers with and without the stranger, and what the log gained."""
    with tempfile.TemporaryDirectory() as folder:
        server = Leavewell(Path(folder))
        server.start()
        try:
            page = urllib.request.Request(server.url)  # noqa: S310 our own
            page.add_header("Cookie", "=".join(server.cookie))
            quiet = [_asked(page) for _ in range(20)]
            log = server.log.stat().st_size
            stranger = threading.Thread(target=_hammer, args=(server.port,))
            began = time.perf_counter()
            stranger.start()
            loud = []
            while stranger.is_alive():
                loud.append(_asked(page))
                time.sleep(0.1)
            gained = server.log.stat().st_size - log
        finally:
            server.stop()
    took = time.perf_counter() - began
    print(
        f"quiet: at most {max(quiet):.3f} s; beside {LINES:,} half requests in {took:.0f} s:",
        end=" ",
    )
    print(f"{max(loud):.3f} s in {len(loud)} answers; the log gained {gained:,} bytes")


def _asked(page: urllib.request.Request) -> float:
    begun = time.perf_counter()
    with urllib.request.urlopen(page, timeout=30) as answer:  # noqa: S310 our own
        answer.read()
    return time.perf_counter() - begun


def _hammer(port: int) -> None:
    held: list[socket.socket] = []
    for _ in range(LINES):
        one = socket.socket()
        one.settimeout(20)
        try:
            one.bind((STRANGER, 0))
            one.connect(("127.0.0.1", port))
            one.sendall(HALF)
        except OSError:
            pass
        held.append(one)
        if len(held) >= HELD:
            held.pop(0).close()
    for one in held:
        one.close()


if __name__ == "__main__":
    main()

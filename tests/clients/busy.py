"""What other programs find busy in a calendar file: each expands what repeats in its own way.

Unlike the readers of our own files (readers.py) these take broken files as they come, with
whatever zone a program finds by a name, and Berlin's for times that have none.
"""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from tests.clients.readers import HERE, NODE, SYSTEM_PYTHON, TIMEOUT, missing

HOME = "Europe/Berlin"
COMMANDS: dict[str, tuple[str, ...]] = {
    "icalendar": (sys.executable, str(HERE / "busy_icalendar.py")),
    "vobject": (sys.executable, str(HERE / "busy_vobject.py")),
    "ical": (sys.executable, str(HERE / "busy_ical.py")),
    "ical.js": (NODE or "node", str(HERE / "busy_ical_js.mjs")),
    "node-ical": (NODE or "node", str(HERE / "busy_node_ical.mjs")),
    "libical": (SYSTEM_PYTHON, "-E", str(HERE / "busy_libical.py")),
}

Busy = frozenset[tuple[datetime, datetime]] | str


def ready() -> list[str]:
    """The programs to ask; in CI all of them."""
    absent = missing()
    return [name for name in COMMANDS if os.environ.get("CI") == "true" or name not in absent]


def read(
    name: str, files: Sequence[tuple[Path, date, date]], timeout: float = TIMEOUT
) -> list[Busy]:
    """The times of each file between two days by one program, or the word with which it refuses."""
    asked = "\n".join(json.dumps([str(path), str(first), str(last)]) for path, first, last in files)
    done = subprocess.run(
        COMMANDS[name], input=asked, capture_output=True, encoding="utf-8", timeout=timeout,
        check=True, env={**os.environ, "TZ": HOME},
    )  # fmt: skip
    return [_found(json.loads(line)) for line in done.stdout.splitlines()]


def _found(told: list[list[int]] | str) -> Busy:
    if isinstance(told, str):
        return told
    return frozenset((_moment(start), _moment(end)) for start, end in told)


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)

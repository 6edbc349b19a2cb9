"""What other programs see in a calendar file: each event's UID, start, end and summary.

Every reader is a process of its own, because the libraries keep zones and settings for the whole
process, and takes its times from the VTIMEZONE in the file where its library can. Files hold single
events with both ends; anything else makes a reader fail.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).resolve().parent
SYSTEM_PYTHON = "/usr/bin/python3"  # Debian's python3-gi is for this one only
# tests/install.py puts node beside Python where the system has none
NODE_PATH = os.pathsep.join([os.environ.get("PATH", os.defpath), str(Path(sys.executable).parent)])
NODE = shutil.which("node", path=NODE_PATH)
TIMEOUT = 60  # seconds; a thousand events take less than two


class Seen(NamedTuple):
    """One event as a program shows it, in UTC."""

    uid: str
    start: datetime
    end: datetime
    summary: str


class ReaderError(Exception):
    """A reader refused a file, or could not run; holds what it said."""


COMMANDS: dict[str, tuple[str, ...]] = {
    "icalendar": (sys.executable, str(HERE / "read_icalendar.py")),
    "vobject": (sys.executable, str(HERE / "read_vobject.py")),
    "ical": (sys.executable, str(HERE / "read_ical.py")),
    "ical.js": (NODE or "node", str(HERE / "read_ical_js.mjs")),
    "calendar-js": (NODE or "node", str(HERE / "read_calendar_js.mjs")),
    "node-ical": (NODE or "node", str(HERE / "read_node_ical.mjs")),
    # -E: a PYTHONPATH meant for the tests' own Python would mislead the system's
    "libical": (SYSTEM_PYTHON, "-E", str(HERE / "read_libical.py")),
}


def read(name: str, paths: Sequence[Path]) -> list[set[Seen]]:
    """What the reader sees in each file; one process reads all, since its start takes longest."""
    lines = [line for line in _told(name, paths).split("\n") if line]
    if len(lines) != len(paths):
        raise ReaderError(f"{name} told of {len(lines)} files instead of {len(paths)}")
    return [_seen(name, path, line) for path, line in zip(paths, lines, strict=True)]


def _read_one(name: str, path: Path) -> set[Seen]:
    return read(name, [path])[0]


READERS: dict[str, Callable[[Path], set[Seen]]] = {
    name: partial(_read_one, name) for name in COMMANDS
}


def ready() -> list[str]:
    """The readers to test with; in CI all of them, so that a missing one fails there."""
    if os.environ.get("CI") == "true":
        return list(READERS)
    absent = missing()
    return [name for name in READERS if name not in absent]


def missing() -> dict[str, str]:
    """What each reader lacks on this machine, in a sentence; empty when all is there."""
    lacks = {
        "icalendar": _lack_of_packages("icalendar", "recurring_ical_events"),
        "vobject": _lack_of_packages("vobject"),
        "ical": _lack_of_packages("ical"),
        "ical.js": _lack_of_npm("ical.js"),
        "calendar-js": _lack_of_npm("@nextcloud/calendar-js"),
        "node-ical": _lack_of_npm("node-ical"),
        "libical": _lack_of_libical(),
    }
    return {name: lack for name, lack in lacks.items() if lack}


def _told(name: str, paths: Sequence[Path]) -> str:
    try:
        done = _run(*COMMANDS[name], *(str(path.resolve()) for path in paths))
    except (OSError, subprocess.TimeoutExpired) as error:
        raise ReaderError(f"{name} did not run: {error}") from error
    if done.returncode != 0:
        raise ReaderError(f"{name} failed: {done.stderr.strip()}")
    return done.stdout


def _run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, capture_output=True, encoding="utf-8", timeout=TIMEOUT, check=False
    )


def _seen(name: str, path: Path, line: str) -> set[Seen]:
    events = [
        Seen(uid, _moment(start), _moment(end), summary)
        for uid, start, end, summary in json.loads(line)
    ]
    # A set would hide that a file holds an event twice.
    if len({event.uid for event in events}) != len(events):
        raise ReaderError(f"{name} sees a UID twice in {path}")
    return set(events)


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def _lack_of_packages(*packages: str) -> str | None:
    absent = [package for package in packages if find_spec(package) is None]
    return f"Python has no {' and no '.join(absent)}." if absent else None


def _lack_of_npm(package: str) -> str | None:
    if NODE is None:
        return "Node.js is not installed."
    if not (HERE / "node_modules" / package / "package.json").is_file():
        return "npm ci has not been run in tests/clients."
    return None


def _lack_of_libical() -> str | None:
    try:
        done = _run(SYSTEM_PYTHON, "-E", "-c", "import gi; gi.require_version('ICalGLib', '3.0')")
    except OSError:
        return f"There is no {SYSTEM_PYTHON}."
    if done.returncode != 0:
        return "The system's Python lacks the Debian packages python3-gi and gir1.2-ical-3.0."
    return None

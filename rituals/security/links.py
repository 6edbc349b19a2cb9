"""Links that let a browser in at the machine itself, once each.

Whoever may read a private file beside the store can make one: it holds the key of this run of the
program, and lies there as long as it runs. A link never stands in a command, which everybody on
the machine can see: a browser is handed a private page that leads on.
"""

from __future__ import annotations

import json
import os
import socket
import sys
import webbrowser
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from html import escape
from pathlib import Path
from secrets import token_urlsafe
from urllib.parse import urlsplit

from rituals.security import session_words
from rituals.store import files

COMMAND = (
    r".venv\Scripts\python -m rituals open"
    if os.name == "nt"
    else ".venv/bin/python -m rituals open"
)
PATH = "/open/"
RUNNING, LEADS_ON = ".running", ".html"  # the ends of names
PATIENCE = 2  # seconds
PAGE = (
    '<!doctype html><meta charset="utf-8"><meta name="referrer" content="no-referrer">'
    '<meta http-equiv="refresh" content="0;url={link}"><title>Leavewell</title>'
    '<a href="{link}">Leavewell</a>\n'
)


@dataclass(frozen=True)
class Run:
    """One run of the program: the address of its pages, and the key of its links."""

    address: str
    key: str = field(default_factory=lambda: token_urlsafe(32), repr=False)

    def new_link(self) -> str:
        """Link that is good once, as long as this run lasts."""
        begun = token_urlsafe(16)
        signed = session_words.signature(begun, self.key.encode(), PATH)
        return f"{self.address}{PATH}{begun}.{signed}"

    def is_own(self, word: str) -> bool:
        """True if that is the end of a link of this run."""
        begun, _, signed = word.rpartition(".")
        return session_words.is_signed(begun, signed, self.key.encode(), PATH)


@contextmanager
def announced(run: Run, store: Path) -> Iterator[None]:
    """As long as it lasts, links can be made by whoever may read the file with its key."""
    file = _file(run, store, RUNNING)
    with suppress(OSError):  # where nothing can be written, the link that is printed is the one
        files.make_folder(file.parent)
        file.unlink(missing_ok=True)
        files.write_atomically(json.dumps(asdict(run)).encode(), file)
    try:
        yield
    finally:
        for suffix in (RUNNING, LEADS_ON):
            with suppress(OSError):
                _file(run, store, suffix).unlink(missing_ok=True)


def runs(store: Path) -> list[Run]:
    """Runs of the program on a store that answer, the newest first."""
    there = sorted(
        store.parent.glob(f"{store.stem}-*{RUNNING}"), key=lambda f: f.stat().st_mtime, reverse=True
    )
    return [run for file in there if (run := _read(file)) and _answers(run)]


def open_browser(run: Run, store: Path) -> bool:
    """Opens a new link in the browser of whoever sits here; false where there is none."""
    if not _has_screen():
        return False
    page, link = _file(run, store, LEADS_ON), escape(run.new_link())
    try:
        page.unlink(missing_ok=True)
        files.write_atomically(PAGE.format(link=link).encode(), page)
    except OSError:
        return False
    return webbrowser.open(page.absolute().as_uri())


def _file(run: Run, store: Path, suffix: str) -> Path:
    return store.with_name(f"{store.stem}-{urlsplit(run.address).port}{suffix}")


def _read(file: Path) -> Run | None:
    """A run as its file tells of it; None for a file of something else."""
    try:
        return Run(**json.loads(file.read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def _answers(run: Run) -> bool:
    """True if something listens there: a run that was cut short leaves its file behind."""
    at = urlsplit(run.address)
    try:
        socket.create_connection((at.hostname, at.port), PATIENCE).close()
    except OSError:
        return False
    return True


def _has_screen() -> bool:
    """True unless a browser could only be shown in the terminal."""
    if os.name == "nt" or sys.platform == "darwin":
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER"))

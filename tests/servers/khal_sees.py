"""What a partner sees in khal, which vdirsyncer fills from the same server.

Both are processes of their own with settings in one folder; nothing on the server is written, and
neither the machine's time zone nor its settings matter.
"""

import json
import os
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

from tests.clients.readers import Seen
from tests.servers.calendar_server import Account

TIMEOUT = 60  # seconds for each of three steps; usually one or less
WRITTEN = "%Y-%m-%d %H:%M"
SYNC = """
[general]
status_path = {status}
[pair shown]
a = "there"
b = "here"
collections = [{name}]
implicit = "create"
[storage there]
type = "caldav"
url = {url}
username = {user}
password = {password}
read_only = true
[storage here]
type = "filesystem"
path = {here}
fileext = ".ics"
"""
SHOW = """
[calendars]
[[shown]]
path = {here}
[sqlite]
path = {index}
[locale]
local_timezone = UTC
default_timezone = UTC
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = {written}
longdatetimeformat = {written}
"""
FIELDS = ("uid", "start-long-full", "end-long-full", "title")


class KhalError(Exception):
    """khal or vdirsyncer did not do its part; holds what it said."""


def sees(
    account: Account, folder: Path, first: date, *, days: int = 7, calendar: str = "us"
) -> set[Seen]:
    """What khal lists in these days; with a folder it knows, it looks for what changed since."""
    sync = ["vdirsyncer", "-c", str(_sync_settings(account, folder, calendar))]
    if not (folder / "status" / "shown.collections").exists():
        _run(folder, *sync, "discover")
    _run(folder, *sync, "sync", "--force-delete")  # it refuses an emptied calendar else
    fields = [part for field in FIELDS for part in ("--json", field)]
    show = ["khal", "-c", str(_show_settings(folder, calendar)), "list", "--once"]
    told = _run(folder, *show, *fields, first.isoformat(), f"{days}d")
    # One line for each day with a list of its events.
    return {_seen(event) for line in told.splitlines() for event in json.loads(line)}


def _sync_settings(account: Account, folder: Path, calendar: str) -> Path:
    told = {
        "status": str(folder / "status"),
        "name": calendar,
        "url": account.url,
        "user": account.user,
        "password": account.password,
        "here": str(folder / "calendars"),
    }
    file = folder / "vdirsyncer.conf"
    file.write_text(SYNC.format(**{name: json.dumps(value) for name, value in told.items()}))
    return file


def _show_settings(folder: Path, calendar: str) -> Path:
    here, index = folder / "calendars" / calendar, folder / f"{calendar}.db"
    file = folder / "khal.conf"
    file.write_text(SHOW.format(here=here, index=index, written=WRITTEN))
    return file


def _run(folder: Path, *module: str) -> str:
    # HOME and XDG_CONFIG_HOME: a person's own khal stays out of it.
    env = os.environ | {"HOME": str(folder), "XDG_CONFIG_HOME": str(folder), "PYTHONUTF8": "1"}
    env.pop("PYTHONPATH", None)
    done = subprocess.run(
        [sys.executable, "-m", *module],
        cwd=folder,
        env=env,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=TIMEOUT,
        check=False,
    )
    if done.returncode != 0:
        raise KhalError(f"{' '.join(module[:4])}: {done.stdout}{done.stderr}")
    return done.stdout


def _seen(event: dict[str, str]) -> Seen:
    uid, start, end, title = (event[field] for field in FIELDS)
    return Seen(uid, _moment(start), _moment(end), title)


def _moment(text: str) -> datetime:
    return datetime.strptime(text, WRITTEN).replace(tzinfo=UTC)

"""A real CalDAV server: Radicale on a free port, with an account for each test.

An account holds three calendars: "Us", which is empty; "Work", which holds what others wrote; and
"Holidays", which can be read and not written. Nothing of it outlives the test run.
"""

import os
import secrets
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from time import monotonic, sleep

from tests.servers.another_client import TIMEOUT, AnotherClient

WORK = Path(__file__).parent / "data" / "work"
START_TAKES = 30  # seconds at most, on a busy machine; usually less than one
CONFIG = """
[server]
hosts = 127.0.0.1:{port}
delay_on_error = 0
[auth]
type = htpasswd
htpasswd_filename = {folder}/people
htpasswd_encryption = plain
delay = 0
[rights]
type = from_file
file = {folder}/rights
[storage]
filesystem_folder = {folder}/collections
[web]
type = none
"""
RIGHTS = """
[root]
user: .+
collection:
permissions: R
[home]
user: .+
collection: {user}
permissions: RW
[to be read]
user: .+
collection: {user}/holidays
permissions: r
[own]
user: .+
collection: {user}/[^/]+
permissions: rw
"""


@dataclass(frozen=True)
class Account:
    """What a person types into a calendar program, and where their three calendars lie."""

    url: str
    user: str
    password: str

    @property
    def us(self) -> str:
        """Address of the calendar "Us", which is empty at first."""
        return f"{self.url}{self.user}/us/"

    @property
    def work(self) -> str:
        """Address of the calendar "Work", whose events are others' to change."""
        return f"{self.url}{self.user}/work/"

    @property
    def holidays(self) -> str:
        """Address of the calendar "Holidays", which the server lets nobody write."""
        return f"{self.url}{self.user}/holidays/"

    def by_way_of(self, url: str) -> "Account":
        """The same account behind a forwarder that stands at another address."""
        return replace(self, url=url)

    def with_password(self, password: str) -> "Account":
        """The same account as someone who mistypes would ask for it."""
        return replace(self, password=password)

    def in_calendar(self, calendar: str, *, timeout: float = TIMEOUT) -> AnotherClient:
        """Another program that looks into one of the calendars; name its address."""
        return AnotherClient(calendar, self.user, self.password, timeout)


class Radicale:
    """A Radicale of the test run's own; its log stays in its folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.log = folder / "radicale.log"
        self.port = _free_port()
        self.url = f"http://127.0.0.1:{self.port}/"
        self._people = folder / "people"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, and return once it answers."""
        settings = self._folder / "config"
        settings.write_text(CONFIG.format(port=self.port, folder=self._folder))
        (self._folder / "rights").write_text(RIGHTS)
        self._people.touch()
        command = [sys.executable, "-m", "radicale", "--config", str(settings)]
        # From its own folder and with a clean path, or tests/ would lie before its packages.
        env = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                command, cwd=self._folder, env=env, stdout=log, stderr=subprocess.STDOUT
            )
        self._wait_until_it_answers(monotonic() + START_TAKES)

    def stop(self) -> None:
        """End it, as a machine that is switched off."""
        if self._process is not None:
            self._process.terminate()
            try:
                self._process.wait(5)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
            self._process = None

    def account(self) -> Account:
        """A new person's account with its three calendars."""
        user = f"maya-{secrets.token_hex(4)}"
        account = Account(self.url, user, f"Tee: {secrets.token_urlsafe(12)} ä")
        with self._people.open("a", encoding="utf-8") as people:
            people.write(f"{user}:{account.password}\n")
        for calendar, name in ((account.us, "Us"), (account.work, "Work")):
            account.in_calendar(calendar).make(name)
        for file in sorted(WORK.glob("*.ics")):
            account.in_calendar(account.work).put(file.name, file.read_bytes())
        self._lay(user, "holidays", '{"tag": "VCALENDAR", "D:displayname": "Holidays"}')
        return account

    def _lay(self, user: str, calendar: str, properties: str) -> None:
        """A calendar that cannot be made over HTTP, since nobody may write it."""
        folder = self._folder / "collections" / "collection-root" / user / calendar
        folder.mkdir()
        (folder / ".Radicale.props").write_text(properties)

    def _wait_until_it_answers(self, deadline: float) -> None:
        assert self._process is not None
        while True:
            with closing(socket.socket()) as one:
                if one.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            assert self._process.poll() is None, self.log.read_text()
            assert monotonic() < deadline, self.log.read_text()
            sleep(0.02)  # nothing but asking again tells whether a server has started


@contextmanager
def a_radicale(folder: Path) -> Iterator[Radicale]:
    """A Radicale that runs while the block does."""
    server = Radicale(folder)
    server.start()
    try:
        yield server
    finally:
        server.stop()


def _free_port() -> int:
    with closing(socket.socket()) as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])

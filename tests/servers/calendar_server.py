"""A real calendar server on a free port, with an account for each test; its log stays beside it.

An account holds two calendars at least: "Us", which is empty, and "Work", which holds what others
wrote. Nothing of it outlives the test run.
"""

import os
import socket
import subprocess
from abc import ABC, abstractmethod
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from time import monotonic, sleep

from tests.servers.another_client import TIMEOUT, AnotherClient
from tests.support.ports import free_port

WORK = Path(__file__).parent / "data" / "work"
START_TAKES = 30  # seconds at most, on a busy machine; usually less than one


@dataclass(frozen=True)
class Account:
    """An account as typed into a calendar program, and the place of its calendars."""

    url: str
    user: str
    password: str
    home: str  # path of the folder that holds the calendars

    @property
    def us(self) -> str:
        """Address of the calendar "Us", which is empty at first."""
        return self.calendar("us")

    @property
    def work(self) -> str:
        """Address of the calendar "Work", whose events are others' to change."""
        return self.calendar("work")

    @property
    def holidays(self) -> str:
        """Address of the calendar "Holidays", which Radicale lets nobody write."""
        return self.calendar("holidays")

    def calendar(self, name: str) -> str:
        """Address of a calendar by its name in addresses."""
        return f"{self.url}{self.home}{name}/"

    def by_way_of(self, url: str) -> "Account":
        """This account behind a forwarder that stands at another address."""
        return replace(self, url=url)

    def with_password(self, password: str) -> "Account":
        """This account as someone who mistypes would ask for it."""
        return replace(self, password=password)

    def in_calendar(self, calendar: str, *, timeout: float = TIMEOUT) -> AnotherClient:
        """Another program that looks into one of the calendars; name its address."""
        return AnotherClient(calendar, self.user, self.password, timeout)

    def fill(self) -> None:
        """Makes the two calendars and lays into "Work" what others wrote."""
        for calendar, name in ((self.us, "Us"), (self.work, "Work")):
            self.in_calendar(calendar).make(name)
        for file in sorted(WORK.glob("*.ics")):
            self.in_calendar(self.work).put(file.name, file.read_bytes())


class CalendarServer(ABC):
    """A server of the test run's own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.log = folder / "server.log"
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}/"
        self._process: subprocess.Popen[bytes] | None = None

    @abstractmethod
    def command(self) -> list[str]:
        """The command that starts it, its settings in its folder."""

    @abstractmethod
    def account(self) -> Account:
        """A person's account with its calendars as at the beginning."""

    def start(self) -> None:
        """Start it, and return once it answers."""
        # From its own folder and with a clean path, or tests/ would lie before its packages.
        env = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                self.command(), cwd=self.folder, env=env, stdout=log, stderr=subprocess.STDOUT
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

    def _wait_until_it_answers(self, deadline: float) -> None:
        assert self._process is not None
        while True:
            with closing(socket.socket()) as one:
                if one.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            assert self._process.poll() is None, self.log.read_text()
            assert monotonic() < deadline, self.log.read_text()
            sleep(0.02)  # nothing but asking again tells whether a server has started

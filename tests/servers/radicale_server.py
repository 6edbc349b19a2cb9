"""Radicale, whose accounts have a calendar besides that can be read and not written: "Holidays"."""

import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.servers.calendar_server import Account, CalendarServer

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


class Radicale(CalendarServer):
    """A Radicale of the test run's own."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._people = folder / "people"

    def command(self) -> list[str]:
        settings = self.folder / "config"
        settings.write_text(CONFIG.format(port=self.port, folder=self.folder))
        (self.folder / "rights").write_text(RIGHTS)
        self._people.touch()
        return [sys.executable, "-m", "radicale", "--config", str(settings)]

    def account(self) -> Account:
        """A new person's account with its three calendars."""
        user = f"maya-{secrets.token_hex(4)}"
        account = Account(self.url, user, f"Tee: {secrets.token_urlsafe(12)} ä", f"{user}/")
        with self._people.open("a", encoding="utf-8") as people:
            people.write(f"{user}:{account.password}\n")
        account.fill()
        self._lay(user, "holidays", '{"tag": "VCALENDAR", "D:displayname": "Holidays"}')
        return account

    def _lay(self, user: str, calendar: str, properties: str) -> None:
        """A calendar that cannot be made over HTTP, since nobody may write it."""
        folder = self.folder / "collections" / "collection-root" / user / calendar
        folder.mkdir()
        (folder / ".Radicale.props").write_text(properties)


@contextmanager
def a_radicale(folder: Path) -> Iterator[Radicale]:
    """A Radicale that runs while the block does."""
    server = Radicale(folder)
    server.start()
    try:
        yield server
    finally:
        server.stop()

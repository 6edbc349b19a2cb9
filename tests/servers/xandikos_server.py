"""Xandikos, which keeps calendars in Git and knows one person, whatever name is told."""

import sys
from contextlib import suppress

from tests.servers.another_client import RefusedError
from tests.servers.calendar_server import Account, CalendarServer


class Xandikos(CalendarServer):
    """A Xandikos of the test run's own."""

    _is_filled = False

    def command(self) -> list[str]:
        """What starts it; its person has a home and nothing in it."""
        served = ["--directory", str(self.folder / "calendars"), "--autocreate"]
        where = ["--listen-address", "127.0.0.1", "--port", str(self.port)]
        return [sys.executable, "-m", "xandikos", "serve", *served, *where]

    def account(self) -> Account:
        """The one account, its calendar "Us" made anew."""
        account = Account(self.url, "maya", "not asked for", "user/calendars/")
        if self._is_filled:
            us = account.in_calendar(account.us)
            with suppress(RefusedError):  # the test before may have taken it away
                us.unmake()
            us.make("Us")
        else:
            account.fill()
            self._is_filled = True
        return account

"""sabre/dav, the PHP library that Baïkal and Nextcloud are built on, as Baïkal sets it up.

It lies under /dav.php/, leads there from the usual address of calendars, and wants a digest.
"""

import secrets
import sqlite3
from contextlib import closing
from hashlib import md5
from pathlib import Path
from urllib.parse import quote

from tests.servers.calendar_server import Account, CalendarServer

SCRIPT = Path(__file__).parent / "sabre_server.php"
REALM = "Leavewell"
TABLES = """
create table users (id integer primary key, username text unique, digesta1 text);
create table principals (
    id integer primary key, uri text unique, email text, displayname text, vcardurl text
);
create table groupmembers (id integer primary key, principal_id integer, member_id integer);
create table calendars (
    id integer primary key, principaluri text, displayname text, uri text, ctag integer,
    description text, calendarorder integer, calendarcolor text, timezone text, components text,
    transparent bool
);
create table calendarobjects (
    id integer primary key, calendardata blob, uri text, calendarid integer, lastmodified integer,
    etag text, size integer, componenttype text, firstoccurence integer, lastoccurence integer
);
"""


class Sabre(CalendarServer):
    """A sabre/dav of the test run's own, in PHP's own web server."""

    def command(self) -> list[str]:
        """What starts it, its tables made."""
        with closing(sqlite3.connect(self.folder / "sabre.db")) as base:
            base.executescript(TABLES)
        return ["php", "-S", f"127.0.0.1:{self.port}", str(SCRIPT)]

    def account(self) -> Account:
        """A new person's account with its two calendars."""
        user, password = f"Mäyä {secrets.token_hex(4)}", f"Tee: {secrets.token_urlsafe(12)} ä"
        digest = md5(f"{user}:{REALM}:{password}".encode(), usedforsecurity=False).hexdigest()
        with closing(sqlite3.connect(self.folder / "sabre.db")) as base, base:
            base.execute("insert into users (username, digesta1) values (?, ?)", (user, digest))
            base.execute("insert into principals (uri) values (?)", (f"principals/{user}",))
        account = Account(self.url, user, password, f"dav.php/calendars/{quote(user)}/")
        account.fill()
        return account

"""Invitations, and what else says whether an event takes its owner's time."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from rituals.calendars.incoming import vevents
from rituals.calendars.incoming.decode import decoded, plain_text
from rituals.calendars.incoming.vevents import Block

MOST_ADDRESSES = 10  # of one person
ADDRESS = re.compile(r"[^\s@,;:<>\"]+@[^\s@,;:<>\"]+")
NAME = re.compile(rb"\nX-WR-CALNAME[^\n:]*:([^\n]*)", re.IGNORECASE)
ORGANIZER = re.compile(rb"\nORGANIZER[^\n]*?:[ \t]*mailto:([^\s]+)", re.IGNORECASE)
NO = {"DECLINED", "DELEGATED"}
NOT_YET = {"NEEDS-ACTION", "TENTATIVE"}


@dataclass(frozen=True)
class Invited:
    """The person invited: their addresses, and whether what they left open takes their time."""

    addresses: tuple[str, ...] = ()
    open_is_busy: bool = True

    @property
    def as_bytes(self) -> frozenset[bytes]:
        """The addresses as they may stand in a file, in small letters."""
        return frozenset(address.lower().encode() for address in self.addresses)


EVERYBODYS = Invited()


class State(NamedTuple):
    """The words of an event that say whether it takes time."""

    status: str
    transparency: str
    microsoft: str
    answer: str  # of the calendar's owner

    def stands(self, invited: Invited) -> bool:
        """True unless it was called off or declined, or is open where that takes no time."""
        if self.status == "CANCELLED" or self.answer in NO:
            return False
        is_open = self.answer in NOT_YET or self.microsoft == "TENTATIVE"
        return invited.open_is_busy or not is_open

    def is_free(self, whole_day: bool) -> bool:
        """True if it takes no time; a whole day takes it only where the file says so."""
        if self.microsoft in ("FREE", "WORKINGELSEWHERE"):
            return True
        if self.transparency.isdigit():  # of vCalendar 1.0
            return self.transparency != "0"
        return self.transparency == "TRANSPARENT" or (whole_day and self.transparency != "OPAQUE")


def state(block: Block) -> State:
    """The state of an event, from its own lines and its calendar's METHOD."""
    called_off = block.head.method == b"CANCEL"
    return State(
        "CANCELLED" if called_off else block.word("STATUS"),
        block.word("TRANSP"),
        block.word("X-MICROSOFT-CDO-BUSYSTATUS"),
        block.answer,
    )


def proposed(data: bytes, logins: Iterable[str] = ()) -> tuple[str, ...]:
    """The addresses under which a file's owner is probably invited.

    They are the calendar's name, whoever organizes most of its events, and logins at servers,
    where these are addresses. Raises CalendarError for what cannot be unpacked.
    """
    lines = vevents.unfolded(plain_text(data))
    found = (*_names(lines), *_organizers(lines), *logins)
    addresses = (one.strip().lower() for one in found if ADDRESS.fullmatch(one.strip()))
    return tuple(dict.fromkeys(addresses))[:MOST_ADDRESSES]


def written(text: str) -> tuple[str, ...]:
    """The addresses in what somebody typed, each once."""
    found = (one.lower() for one in ADDRESS.findall(text.replace("mailto:", " ")))
    return tuple(dict.fromkeys(found))[:MOST_ADDRESSES]


def _names(lines: bytes) -> Iterator[str]:
    for name in NAME.findall(lines):
        yield decoded(name)


def _organizers(lines: bytes) -> Iterator[str]:
    """The address that organizes more than half of the events that have an organizer."""
    times = Counter(decoded(address).lower() for address in ORGANIZER.findall(lines))
    yield from (address for address, n in times.items() if n > 1 and 2 * n > times.total())

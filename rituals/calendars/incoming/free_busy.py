"""Busy times of a file that holds nothing else (VFREEBUSY), as some servers publish them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from rituals.calendars.incoming import reasons, values
from rituals.calendars.incoming.invitations import Invited
from rituals.calendars.incoming.reasons import Reason
from rituals.calendars.incoming.series import Wanted
from rituals.calendars.incoming.values import Length, Property
from rituals.model.calendar import Busy
from rituals.model.time.span import Span

LINE = re.compile(rb"\nFREEBUSY((?:;[^\n:\"]*(?:\"[^\n\"]*\")?)*):([^\n]*)", re.IGNORECASE)
KIND = re.compile(rb';FBTYPE="?([A-Z-]+)', re.IGNORECASE)
FREE, OPEN = b"FREE", b"BUSY-TENTATIVE"


def times(lines: bytes, wanted: Wanted, invited: Invited, left: Counter[Reason]) -> Iterator[Busy]:
    """The busy times that a file's FREEBUSY lines name; what cannot be read is counted."""
    for parameters, value in LINE.findall(lines):
        kind = KIND.search(parameters)
        said = kind[1].upper() if kind else b""
        if said == FREE or (said == OPEN and not invited.open_is_busy):
            continue
        for one in values.each(Property("FREEBUSY", parameters, value)):
            try:
                yield from _busy(one, wanted)
            except (ValueError, OverflowError):
                left[reasons.unreadable(one).reason] += 1


def _busy(line: Property, wanted: Wanted) -> Iterator[Busy]:
    start, end = values.period(line, wanted.zones)
    begins = start.instant(wanted.home)
    if isinstance(end, Length):
        ends = begins + end.days + end.exact
    else:
        ends = end.instant(wanted.home) if end else begins
    if begins < ends:
        yield Busy(Span(begins, ends))

"""Zones as the package tzdata has them, read beside zoneinfo, and where clocks differ from them."""

from datetime import UTC, datetime, timedelta
from importlib import resources
from itertools import pairwise
from zoneinfo import ZoneInfo

A_WEEK = timedelta(days=7)
FIRST, LAST = datetime(2020, 1, 1, tzinfo=UTC), datetime(2040, 1, 1, tzinfo=UTC)
WEEKS = [FIRST + n * A_WEEK for n in range((LAST - FIRST) // A_WEEK + 1)]


def every_zone():
    """Every zone that the package knows."""
    return resources.files("tzdata").joinpath("zones").read_text("ascii").split()


def packaged(zone):
    """A zone out of the package, whatever zoneinfo would take."""
    with file_of(zone).open("rb") as file:
        return ZoneInfo.from_file(file, key=zone)


def file_of(zone):
    """The file of a zone in the package."""
    return resources.files("tzdata.zoneinfo").joinpath(*zone.split("/"))


def changes(tz):
    """What the clocks of a zone show from 2020 to 2040: offset and name, and since when."""
    clocks = [shown(tz, week) for week in WEEKS]
    found = [(FIRST, *clocks[0])]
    for (before, after), (was, is_) in zip(pairwise(WEEKS), pairwise(clocks), strict=True):
        if was != is_:
            found.append((_change(tz, before, after), *is_))
    return found


def other_clocks():
    """The zones whose clocks in this process are not those of the package."""
    return [zone for zone in every_zone() if changes(ZoneInfo(zone)) != changes(packaged(zone))]


def shown(tz, instant):
    local = instant.astimezone(tz)
    return local.utcoffset(), local.tzname()


def _change(tz, before, after):
    was = shown(tz, before)
    while after - before > timedelta(seconds=1):
        middle = (before + (after - before) // 2).replace(microsecond=0)
        before, after = (middle, after) if shown(tz, middle) == was else (before, middle)
    return after

"""What a file takes along, said in words, and what only a hand can do in a calendar."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from itertools import groupby

from rituals import words
from rituals.model import Household, Occurrence
from rituals.taken import Audience, Moved, News, Route, Taken

WHAT_MOVED = (
    "Some programs take what moved from the file; others refuse what they know already. "
    "There, move it by hand."
)
ROUTES = {Route.FILE: "by file", Route.FEED: "by address", Route.SERVER: "by server"}


def whose(audience: Audience, household: Household) -> str:
    """An audience's calendar as "the calendar you share" or "Maya’s own calendar"."""
    if audience is Audience.SHARED:
        return "the calendar you share"
    return f"{household.name(audience)}’s own calendar"


def counted(news: News) -> str:
    """News in short: "2 new · 1 moved · 1 let go"."""
    counts = ((news.new, "new"), (news.moved, "moved"), (news.let_go, "let go"))
    return " · ".join(f"{len(those)} {word}" for those, word in counts if those)


def new(occurrence: Occurrence, household: Household) -> str:
    """What is new as "Late talk: Thursday 26 November 20:00"."""
    return f"{_title(occurrence, household)}: {_moment(occurrence.start, household)}"


def known(entry: Taken, household: Household) -> str:
    """What a calendar has, as "Late talk: Thursday 26 November 20:00"."""
    return f"{entry.title}: {_moment(entry.start, household)}"


def moved(pair: Moved, household: Household) -> str:
    """What moved as "Late talk: Thursday 26 November 20:00 → Friday 27 November 20:30"."""
    was, now = pair.was, pair.now
    title = _title(now, household)
    named = title if title == was.title else f"{was.title}, now {title}"
    before, after = (_stretch(of, household) for of in (was, now))
    if was.end - was.start == now.end - now.start:
        before, after = (_moment(of.start, household) for of in (was, now))
    day = words.day(was.start.astimezone(household.tz).date())
    to = "" if before == after else f" → {after.removeprefix(f'{day} ')}"
    return f"{named}: {before}{to}"


def by_hand(pairs: Iterable[Moved], gone: Iterable[Taken], household: Household) -> dict[str, str]:
    """By occurrence, what no file can do for sure: first what to delete, then what to move."""
    deleted = {entry.occurrence: f"Delete {known(entry, household)}" for entry in gone}
    return deleted | {pair.now.id: f"Move {moved(pair, household)}" for pair in pairs}


def takings(taken: Iterable[Taken], household: Household, most: int) -> list[str]:
    """The newest takings: when, by which way, for whom and how much."""

    def one(entry: Taken) -> tuple[datetime, Route, Audience]:
        return entry.at, entry.route, entry.audience

    each = groupby(sorted(taken, key=one, reverse=True), key=one)
    return [_taking(list(entries), household) for _, entries in each][:most]


def _taking(entries: list[Taken], household: Household) -> str:
    first = entries[0]
    gone = [entry.title for entry in entries if entry.gone]
    there = len(entries) - len(gone)
    said = [f"{there} {'event' if there == 1 else 'events'}"] if there else []
    said += [f"let go: {words.listed(gone)}"] if gone else []
    when = _moment(first.at, household)
    what = f"{ROUTES[first.route]} for {whose(first.audience, household)}"
    return f"{when} · {what} · {' · '.join(said)}"


def _title(occurrence: Occurrence, household: Household) -> str:
    return words.line(words.title(occurrence, household))


def _moment(instant: datetime, household: Household) -> str:
    local = instant.astimezone(household.tz)
    return f"{words.day(local.date())} {local:%H:%M}"


def _stretch(of: Taken | Occurrence, household: Household) -> str:
    return f"{_moment(of.start, household)}–{of.end.astimezone(household.tz):%H:%M}"

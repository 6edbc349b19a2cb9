"""Lines about an export: the changes in it, and those that only a hand can make."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from itertools import groupby

from rituals.calendars.outgoing.event_content import event_title
from rituals.calendars.outgoing.ledger import Moved, PendingChanges
from rituals.model import wording
from rituals.model.calendar import Audience, ExportedEvent, Route
from rituals.model.household import Household
from rituals.model.plan import Occurrence
from rituals.model.time.week import Week

WHAT_MOVED = (
    "Some programs take what moved from the file; others refuse what they know already. "
    "There, move it by hand."
)
ROUTES = {
    Route.FILE: "by file",
    Route.FEED: "by subscribe link",
    Route.SERVER: "by calendar server",
}


def events(count: int) -> str:
    """A number of events: "1 event", "8 events"."""
    return "1 event" if count == 1 else f"{count} events"


def last_route(taken: Iterable[ExportedEvent], audience: Audience, before: Week) -> Route | None:
    """The route by which the week up to this one went last to an audience; None the first time."""
    own = [entry for entry in taken if entry.audience is audience and entry.week <= before]
    if not own:
        return None
    return max(own, key=lambda entry: (entry.week, entry.at)).route


def calendar_label(audience: Audience, household: Household) -> str:
    """An audience's calendar as "the calendar you share" or "Maya’s own calendar"."""
    if audience is Audience.SHARED:
        return "the calendar you share"
    return f"{household.name(audience)}’s own calendar"


def into_calendar(audience: Audience, household: Household) -> str:
    """Label of the button that takes a week: "Put it into our calendar"."""
    of_one = audience is not Audience.SHARED
    return f"Put it into {f'{household.name(audience)}’s' if of_one else 'our'} calendar"


def proposals_sentence(count: int) -> str:
    """Sentence about the proposals in a file; "" where there are none."""
    if not count:
        return ""
    which = "One of them is" if count == 1 else f"{count} of them are"
    return f"{which} not agreed yet, and the file says so: not both of you have said yes."


def waiting_sentence(count: int) -> str:
    """Sentence about what waits for a sitter; "" where nothing does."""
    if not count:
        return ""
    waits, has = ("waits", "has it") if count == 1 else ("wait", "has them")
    return (
        f"{count} {waits} for a sitter: until one is found no subscribe link and no calendar "
        f"server {has}, and a file says so."
    )


def summary(news: PendingChanges) -> str:
    """Pending changes in short: "2 new · 1 moved · 1 let go"."""
    counts = (
        (news.new, "new"),
        (news.moved, "moved"),
        (news.changed, "changed"),
        (news.let_go, "let go"),
    )
    return " · ".join(f"{len(those)} {word}" for those, word in counts if those)


def new_line(occurrence: Occurrence, household: Household) -> str:
    """A new occurrence as "Late talk: Thursday 26 November 20:00"."""
    named = event_title(occurrence, household, Audience.SHARED)
    return f"{named}: {_moment(occurrence.start, household)}"


def entry_line(entry: ExportedEvent, household: Household) -> str:
    """An entry of the ledger as "Late talk: Thursday 26 November 20:00"."""
    return f"{entry.title}: {_moment(entry.start, household)}"


def moved_line(pair: Moved, household: Household) -> str:
    """A moved one as "Late talk: Thursday 26 November 20:00 → Friday 27 November 20:30"."""
    now = pair.now
    named = event_title(now, household, pair.was.audience)
    return changed_line(pair.was, named, now.start, now.end, household)


def changed_line(
    was: ExportedEvent, called: str, start: datetime, end: datetime, household: Household
) -> str:
    """An entry and its title and hours of now, in the form of `moved_line`."""
    named = called if called == was.title else f"{was.title}, now {called}"
    before, after = (_moment(at, household) for at in (was.start, start))
    if was.end - was.start != end - start:
        before, after = time_range(was.start, was.end, household), time_range(start, end, household)
    day = household.formats.day(was.start.astimezone(household.tz).date())
    to = "" if before == after else f" → {after.removeprefix(f'{day} ')}"
    return f"{named}: {before}{to}"


def time_range(start: datetime, end: datetime, household: Household) -> str:
    """Start and end as "Thursday 26 November 20:00–21:30"."""
    begins, ends = (at.astimezone(household.tz) for at in (start, end))
    return f"{household.formats.day(begins)} {household.formats.from_to(begins, ends)}"


def by_hand(
    pairs: Iterable[Moved], gone: Iterable[ExportedEvent], household: Household
) -> dict[str, str]:
    """By occurrence, a line on what no file does for sure: deletions first, then moves."""
    deleted = {entry.occurrence: f"Delete {entry_line(entry, household)}" for entry in gone}
    return deleted | {pair.now.id: f"Move {moved_line(pair, household)}" for pair in pairs}


def before_importing(entries: Iterable[ExportedEvent], household: Household) -> dict[str, str]:
    """By occurrence, a line on what to delete before a week comes anew, as last exported."""
    lines = {entry.occurrence: entry_line(entry, household) for entry in entries}
    return {
        id: f"Before you import, delete {line} (or wherever it is)" for id, line in lines.items()
    }


def export_history(taken: Iterable[ExportedEvent], household: Household, most: int) -> list[str]:
    """The newest exports, a line each: when, by which route, for whom and how much."""

    def one(entry: ExportedEvent) -> tuple[datetime, Route, Audience]:
        return entry.at, entry.route, entry.audience

    each = groupby(sorted(taken, key=one, reverse=True), key=one)
    return [_taking(list(entries), household) for _, entries in each][:most]


def _taking(entries: list[ExportedEvent], household: Household) -> str:
    first = entries[0]
    gone = [entry.title for entry in entries if entry.gone]
    kept = len(entries) - len(gone)
    parts = [events(kept)] if kept else []
    parts += [f"let go: {wording.listed(gone)}"] if gone else []
    when = _moment(first.at, household)
    what = f"{ROUTES[first.route]} for {calendar_label(first.audience, household)}"
    return f"{when} · {what} · {' · '.join(parts)}"


def _moment(instant: datetime, household: Household) -> str:
    local = instant.astimezone(household.tz)
    return f"{household.formats.day(local)} {household.formats.clock(local)}"

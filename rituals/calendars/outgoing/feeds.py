"""Feeds: agreed occurrences as an audience's calendars read them again and again.

The same bytes are served at an address and written into a folder. A feed removes: what was let go
is on it no more. No proposal is on it, and nothing that waits for a sitter.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from threading import Lock

from rituals.calendars.outgoing import ical
from rituals.calendars.outgoing.ledger import EventVersion, Ledger, meant_for, version_of
from rituals.model import local_time
from rituals.model.calendar import Audience, ExportedEvent, Feed, Route
from rituals.model.household import Household
from rituals.model.plan import Occurrence, Plan
from rituals.model.ritual import Ritual
from rituals.model.time.week import Week
from rituals.planning import sitters
from rituals.store import files
from rituals.store.store import Store

BACK = 12  # weeks that stay on a feed once they are over
AHEAD = 104  # weeks: a look-up need not go through all that was ever taken
WEEK_FILE = "-from-"  # in the name of a file that was taken once, and never in a feed's


class FeedError(Exception):
    """A feed could not be written; the text is one sentence that says what is in the way."""


@dataclass(frozen=True)
class FeedContent:
    """The .ics bytes of a feed, and when they last changed."""

    content: bytes
    modified: datetime  # a whole second in UTC

    @property
    def etag(self) -> str:
        """Entity tag of the bytes, quoted as HTTP writes it."""
        return f'"{hashlib.sha256(self.content).hexdigest()[:32]}"'


def new_token() -> str:
    """The secret part of an address: nobody guesses it, and any calendar program can ask it."""
    return secrets.token_urlsafe(32)


def feed_of_token(store: Store, token: str) -> Feed | None:
    """The feed with this token; compared in constant time, so that timing gives none away."""
    digest, found = _digest(token), None
    for feed in store.load_feeds().values():
        if hmac.compare_digest(_digest(feed.token), digest) and feed.token:
            found = feed
    return found


def current_content(
    store: Store, audience: Audience, household: Household, now: datetime
) -> FeedContent:
    """Content of an audience's feed: what is agreed of the weeks around this one."""
    this = local_time.week_of(local_time.local_day(now, household), household)
    around = [this + n for n in range(-BACK, AHEAD)]
    out = store.load_plans(around)
    known = store.load_rituals()
    meant = {
        week: meant_for(sitters.settled(plan, household, known, now), audience)
        for week, plan in out.items()
    }
    taken = _recorded(store, meant, audience, household, now)
    ours = [(o, taken[o.id]) for each in meant.values() for o in each]
    rituals = tuple(known.values())
    versions = tuple(version_of(entry) for _, entry in ours)
    content = _content(tuple(o for o, _ in ours), versions, household, audience, rituals)
    begun = local_time.week_span(this, household).start  # then the oldest week left the feed
    newest = max([begun, *_changes(out.values(), taken.values())])
    return FeedContent(content, min(newest, now).replace(microsecond=0))


def record_week(store: Store, plan: Plan, household: Household, now: datetime) -> None:
    """Records in the ledger what of a week is on the existing feeds."""
    settled = sitters.settled(plan, household, store.load_rituals(), now)
    for audience in store.load_feeds():
        _recorded(store, {plan.week: meant_for(settled, audience)}, audience, household, now)


def file_name(audience: Audience, household: Household) -> str:
    """The name of a feed's file, which stays the same week after week."""
    return f"leavewell-{ical.audience_slug(audience, household)}.ics"


def write_file(
    store: Store, audience: Audience, folder: Path, household: Household, now: datetime
) -> Path:
    """Writes the feed's file into a folder and returns its path; on FeedError the old one stays.

    A file that says the same already is not touched, so that nothing is synced for nothing.
    """
    if not os.path.isdir(folder):  # Path.is_dir raises where a name is too long
        raise FeedError(f"There is no folder {folder}.")
    file = folder / file_name(audience, household)
    content = current_content(store, audience, household, now).content
    try:
        with _WRITING:
            if not file.is_file() or file.read_bytes() != content:
                files.write_atomically(content, file)
    except OSError as refused:
        raise FeedError(f"{file} cannot be written: {_why(refused)}.") from refused
    return file


def write_out(store: Store, now: datetime) -> tuple[str, ...]:
    """Writes every feed with a folder; returns a sentence for each one that was refused."""
    feeds = [feed for feed in store.load_feeds().values() if feed.folder]
    household = store.load_household() if feeds else None
    if household is None:
        return ()
    return tuple(_refusals(store, feeds, household, now))


def folder_path(written: str) -> Path:
    """The folder somebody wrote, in full."""
    # Path.expanduser raises where nobody has that name
    return Path(os.path.expanduser(written.strip())).absolute()


def left_behind(
    store: Store, audience: Audience, folder: Path, household: Household
) -> tuple[Path, ...]:
    """Files of this feed under a name it no longer has: nothing writes them, and they stay."""
    names = {file_name(each, household) for each in Audience}
    uids = [t.uid.encode() for t in store.load_exported() if t.audience is audience]
    try:
        others = [
            file
            for file in sorted(folder.glob("leavewell-*.ics"))
            if file.name not in names and WEEK_FILE not in file.name and file.is_file()
        ]
        return tuple(file for file in others if any(uid in file.read_bytes() for uid in uids))
    except OSError:  # what cannot be looked into is not ours to speak of
        return ()


@lru_cache(8)
def _content(
    occurrences: tuple[Occurrence, ...],
    versions: tuple[EventVersion, ...],
    household: Household,
    audience: Audience,
    rituals: tuple[Ritual, ...],
) -> bytes:
    """Cached: writing takes most of the time, and calendars ask oftener than weeks change."""
    by_id = {ritual.id: ritual for ritual in rituals}
    numbers = {o.id: version for o, version in zip(occurrences, versions, strict=True)}
    return ical.calendar(occurrences, household, audience, versions=numbers, rituals=by_id)


def _recorded(
    store: Store,
    meant: Mapping[Week, Iterable[Occurrence]],
    audience: Audience,
    household: Household,
    now: datetime,
) -> dict[str, ExportedEvent]:
    """By occurrence, the ledger's entries once these are on an audience's feed.

    What went out with another content before, by any route, is written under a new version.
    """
    rituals, held = store.load_rituals(), dict[str, ExportedEvent]()

    def changed(taken: tuple[ExportedEvent, ...]) -> tuple[ExportedEvent, ...]:
        ledger = Ledger.of(household, audience, Route.FEED, taken, rituals)
        new = tuple(_new_entries(ledger, meant, now))
        held.update(ledger.entries)
        held.update({entry.occurrence: entry for entry in new})
        return new

    if changed(store.load_exported(meant)):
        store.change_exported(meant, changed)  # as it is by then: another may ask at once
    return held


def _new_entries(
    ledger: Ledger, meant: Mapping[Week, Iterable[Occurrence]], now: datetime
) -> Iterator[ExportedEvent]:
    for week, occurrences in meant.items():
        for occurrence in occurrences:
            before = ledger.entries.get(occurrence.id)
            if before is None or not ledger.is_current(before, occurrence):
                yield ledger.entry(week, occurrence, now)


def _changes(out: Iterable[Plan], taken: Iterable[ExportedEvent]) -> Iterator[datetime]:
    """Instants at which the feed may have changed; also of what is let go or for others."""
    yield from (t.at for t in taken)
    yield from (o.changed for plan in out for o in plan.occurrences)


def _refusals(
    store: Store, feeds: Iterable[Feed], household: Household, now: datetime
) -> Iterator[str]:
    for feed in feeds:
        try:
            write_file(store, feed.audience, folder_path(feed.folder), household, now)
        except FeedError as refused:
            yield str(refused)


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode(errors="replace")).digest()


def _why(refused: OSError) -> str:
    return str(refused.strerror or refused).rstrip(".")


_WRITING = Lock()  # the page and the one who follows changes write under the same passing name

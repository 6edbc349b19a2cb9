"""Archive of everything of two people in one zip: exported, inspected, restored.

A zip is read row by row, each as the model reads it, into one change of the store: all of it is
there at the end and the same, or nothing was changed.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from itertools import islice
from typing import Any

import sqlalchemy as sa

from rituals import text
from rituals.backup import json_rows, transfer, validation, zip_files
from rituals.backup.transfer import MOVED, PRIVATE, WORDS
from rituals.backup.zip_files import Zip, ZipError
from rituals.calendars.outgoing import checklist, export
from rituals.calendars.outgoing.ledger import Ledger
from rituals.insights import balance, tables
from rituals.model import wording
from rituals.model.calendar import Audience, Route
from rituals.model.household import Household
from rituals.model.local_time import first_day, local_day
from rituals.model.plan import Plan
from rituals.model.time.week import Week
from rituals.store import engines, migrate
from rituals.store.errors import StoreError
from rituals.store.plan_rows import read_exported, read_feeds, read_servers
from rituals.store.schema import CALENDARS, TABLES, TAKEN, WEEKS
from rituals.store.store import NEWEST, Store
from rituals.version import VERSION

FORMAT = 1
OLDEST = "0006"  # the oldest tables of which a zip can be read
MANIFEST, READ_ME, WEEKS_CSV = "manifest.json", "READ ME.txt", "weeks.csv"
ROWS = {table.name: f"data/{table.name}.json" for table in MOVED}
CALENDAR_FILES = {audience: f"calendars/{audience}.ics" for audience in Audience}
MOST_OF_MANIFEST = 1024 * 1024
AT_ONCE = 500  # rows
MOST_ROWS = 300_000  # four calendars as full as can be, and some hundred years of two people
LIBRARIES = ("sqlalchemy", "icalendar", "streamlit")
FOREIGN = "This zip holds something else than what Leavewell takes out, so it is not put back."
NEWER = "A newer Leavewell took this out; put it back with that one."
OLDER = "This was taken out by a Leavewell that is too old to be understood here."
READ_ME_TEXT = """\
Everything of {names}, taken out of Leavewell on {day}.

data        all that Leavewell knows, one file for each matter, for people and programs to read
weeks.csv   what you hoped for, planned, and what happened, week by week, for a spreadsheet
calendars   every week you kept, for calendar programs: shared.ics for both of you, one.ics for
            {one}, two.ics for {two}
manifest.json   what lies here, how large it is, and a sum for each file that shows any change

To put it back, open Leavewell, go to Household and there to "Safe keeping". It shows you what is
in here before anything is replaced.

What each of you keeps to yourself is folded up, so that nobody stumbles over it: a curtain, not a
lock. A drawer stays sealed, and opens with its PIN as before. The passwords of calendar servers
are not in here. The secret addresses of your calendars are: please keep this file where only the
two of you look.
"""


class ArchiveError(StoreError):
    """Archive that is not restored; the text is one sentence that says why. Nothing was changed."""


@dataclass(frozen=True)
class ArchiveContents:
    """Contents of an archive: whose it is, how much, and where it leads to."""

    household: Household
    weeks: int
    newest: Week | None
    taken_out: datetime
    schema: str
    rows: Mapping[str, int]
    leads_to: tuple[str, ...]  # in words: what is read, written and asked elsewhere from then on


def export_archive(store: Store, now: datetime) -> bytes:
    """Archive of the store as a zip, read once as it would be to restore it."""
    with store.reading() as at:
        try:
            household = validation.household(at)
        except validation.InvalidRowError:
            raise StoreError(
                "There is no household yet, so there is nothing to take out."
            ) from None
        plans = {week: plan for some in validation.plan_batches(at) for week, plan in some.items()}
        counts = {table.name: _count(at, table) for table in MOVED if table.name not in PRIVATE}
        parts = {
            READ_ME: _read_me(household, now),
            WEEKS_CSV: _weeks(plans, household),
            **dict(_calendars(at, plans, household, now)),
            **{ROWS[t.name]: b"".join(json_rows.file_of(_lines(at, t))) for t in MOVED},
        }
    whole = zip_files.zip_bytes(_with_manifest(parts, counts, now), now)
    inspect(whole)
    return whole


def file_name(now: datetime, household: Household) -> str:
    """Name of the archive of a day."""
    return f"leavewell-everything-{local_day(now, household)}.zip"


def inspect(content: bytes) -> ArchiveContents:
    """Contents of an archive, all of it read and checked; raises ArchiveError, in one sentence.

    It is compared with the rows of a store only when it is restored.
    """
    with _one_sentence(), _opened(content) as found:
        engine = engines.engine(sa.make_url("sqlite://"))
        try:
            TABLES.create_all(engine)
            with engines.write_transaction(engine) as at:
                return _fill(at, found, compared=False)
        finally:
            engine.dispose()


def restore(content: bytes, store: Store) -> ArchiveContents:
    """Replaces all that is in the store by an archive, and returns its contents.

    Raises ArchiveError, and the store stays as it is, if that fails.
    """
    with _one_sentence(), _opened(content) as found, store.writing() as at:
        transfer.delete_all_rows(at)
        return _fill(at, found, compared=True)


def description(inside: ArchiveContents) -> str:
    """Description of an archive, in a sentence or two."""
    household = inside.household
    names = wording.listed([partner.name for partner in household.partners])
    taken = local_day(inside.taken_out, household)
    out = f"taken out on {household.formats.dated(taken)}"
    if inside.newest is None:
        return f"{names}, without a week yet, {out}."
    newest = first_day(inside.newest, household)
    count = "one week" if inside.weeks == 1 else f"{inside.weeks:,} weeks"
    return f"{names}: {count}, the newest of {household.formats.dated(newest)}, {out}."


@dataclass(frozen=True)
class _Found:
    """Zip whose manifest and sums are right."""

    zip: Zip
    schema: str
    taken_out: datetime
    rows: Mapping[str, int]


@contextmanager
def _opened(content: bytes) -> Iterator[_Found]:
    with zip_files.open_zip(content) as zip:
        if MANIFEST not in zip.sizes:
            raise ArchiveError(FOREIGN)
        found = _of_manifest(zip, json_rows.parsed(zip.content(MANIFEST, MOST_OF_MANIFEST)))
        yield found


def _of_manifest(zip: Zip, manifest: Any) -> _Found:
    if not isinstance(manifest, dict):
        raise ArchiveError(FOREIGN)
    format, schema = manifest.get("format"), manifest.get("schema")
    if not isinstance(format, int) or not isinstance(schema, str) or not schema.isdecimal():
        raise ArchiveError(FOREIGN)
    if format > FORMAT or schema > NEWEST:
        raise ArchiveError(NEWER)
    if format < FORMAT or schema < OLDEST:
        raise ArchiveError(OLDER)
    listed, rows = manifest.get("files"), manifest.get("rows")
    if not isinstance(listed, dict) or not isinstance(rows, dict):
        raise ArchiveError(FOREIGN)
    _compare_files(zip, listed, older=schema != NEWEST)
    at = datetime.fromisoformat(str(manifest.get("taken_out"))).astimezone(UTC)
    if not validation.FIRST <= at <= validation.LAST:
        raise ArchiveError(FOREIGN)
    return _Found(zip, schema, at, rows)


def _compare_files(zip: Zip, listed: Mapping[str, Any], *, older: bool) -> None:
    """Raises ArchiveError unless the files are ours, complete and unchanged since the export."""
    ours = {READ_ME, WEEKS_CSV, *CALENDAR_FILES.values(), *ROWS.values()}
    names = set(zip.sizes) - {MANIFEST}
    if names - ours or names != set(listed) or (ours - names and not older):
        raise ArchiveError(FOREIGN)
    for name in sorted(names):
        if listed[name] != {"sha256": zip.digest(name), "size": zip.sizes[name]}:
            raise ArchiveError(f"“{name}” in this zip is not as it was taken out.")


def _fill(at: sa.Connection, found: _Found, *, compared: bool) -> ArchiveContents:
    """Puts the rows of a zip into empty tables, and reads all of them as Leavewell does."""
    counts: dict[str, int] = {}
    for table in MOVED:
        most = MOST_ROWS - sum(counts.values())
        counts[table.name] = _put(at, found, table, most, compared=compared)
    for name, count in found.rows.items():
        if counts.get(name) != count:
            raise ArchiveError(FOREIGN)
    migrate.mark_rituals(at, found.schema)
    validation.read_all(at)
    newest = at.execute(sa.select(sa.func.max(WEEKS.c.week))).scalar()
    household = validation.household(at)
    return ArchiveContents(
        household,
        counts["weeks"],
        None if newest is None else Week.read(newest),
        found.taken_out,
        found.schema,
        counts,
        tuple(_leads_to(at, household)),
    )


def _put(at: sa.Connection, found: _Found, table: sa.Table, most: int, *, compared: bool) -> int:
    """Number of rows put into a table; `compared` also reads them back from it."""
    sent = hashlib.sha256()
    count = 0
    rows = _rows(found, table)
    while some := list(islice(rows, AT_ONCE)):
        at.execute(sa.insert(table), some)
        count += len(some)
        if count > most:
            raise ArchiveError(f"This zip holds more than the {MOST_ROWS:,} rows that we read.")
        for row in some if compared else ():
            sent.update(json_rows.to_json(row, table).encode())
    stored = hashlib.sha256()
    for line in _lines(at, table) if compared else ():
        stored.update(line.encode())
    if sent.digest() != stored.digest():
        raise ArchiveError(f"The {WORDS[table.name]} did not arrive as they are in this zip.")
    return count


def _rows(found: _Found, table: sa.Table) -> Iterator[dict[str, Any]]:
    name = ROWS[table.name]
    if name not in found.zip.sizes:
        return  # an older one did not have it yet
    older = found.schema != NEWEST
    for line in json_rows.lines_in(found.zip.lines(name)):
        row = json_rows.from_json(line, table, older=older)
        validation.check(row, table)
        yield row


def _leads_to(at: sa.Connection, household: Household) -> Iterator[str]:
    """Sentences on what Leavewell reads and writes elsewhere once this is restored."""
    for feed in read_feeds(at).values():
        if feed.folder:
            yield f"Calendars are written into the folder {feed.folder}"
        if feed.token:
            whose = checklist.calendar_label(feed.audience, household)
            yield f"{whose[:1].upper()}{whose[1:]} is there for whoever knows its address"
    for server in read_servers(at).values():
        yield f"Weeks are published to {server.url}"
    query = sa.select(CALENDARS.c.name, CALENDARS.c.where).order_by(CALENDARS.c.id)
    for name, where in at.execute(query.where(CALENDARS.c.origin != "file")):
        yield f"The calendar “{name}” is read from {where}"


def _count(at: sa.Connection, table: sa.Table) -> int:
    return at.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()


def _lines(at: sa.Connection, table: sa.Table) -> Iterator[str]:
    """Rows as JSON, sorted by their key, which is in the same order in both databases."""
    rows = at.execute(sa.select(table).order_by(*table.primary_key))
    for row in rows.mappings():
        yield json_rows.to_json(row, table)


def _read_me(household: Household, now: datetime) -> bytes:
    one, two = (text.single_line(partner.name) for partner in household.partners)
    day = local_day(now, household)
    written = f"{household.formats.dated(day)}"
    return READ_ME_TEXT.format(names=f"{one} and {two}", one=one, two=two, day=written).encode()


def _weeks(plans: Mapping[Week, Plan], household: Household) -> bytes:
    return tables.all_strands_csv(balance.rows(plans, sorted(plans), household), household).encode()


def _calendars(
    at: sa.Connection, plans: Mapping[Week, Plan], household: Household, now: datetime
) -> Iterator[tuple[str, bytes]]:
    """Every week as a file for each audience, under the names that its calendars know."""
    taken = [read_exported(row) for row in at.execute(sa.select(TAKEN)).mappings()]
    rituals = validation.rituals(at)
    for audience, name in CALENDAR_FILES.items():
        ledger = Ledger.of(household, audience, Route.FILE, taken, rituals)
        parcel = export.pack([*plans.values()], ledger, export.Extent.WHOLE, now)
        yield name, parcel.content()


def _with_manifest(
    parts: Mapping[str, bytes], counts: Mapping[str, int], now: datetime
) -> dict[str, Iterable[bytes]]:
    manifest = {
        "format": FORMAT,
        "schema": NEWEST,
        "taken_out": now.astimezone(UTC).isoformat(timespec="seconds"),
        "made_with": {
            "leavewell": VERSION,
            "python": sys.version.split()[0],
            "sqlite": sqlite3.sqlite_version,
            **{name: version(name) for name in LIBRARIES},
        },
        "rows": dict(counts),
        "files": {
            name: {"sha256": hashlib.sha256(part).hexdigest(), "size": len(part)}
            for name, part in parts.items()
        },
    }
    written = json.dumps(manifest, ensure_ascii=False, indent=1).encode() + b"\n"
    return {MANIFEST: [written], **{name: [part] for name, part in parts.items()}}


@contextmanager
def _one_sentence() -> Iterator[None]:
    """Turns every error in a zip into an ArchiveError with one sentence."""
    try:
        yield
    except ArchiveError:
        raise
    except ZipError as refused:
        raise ArchiveError(str(refused)) from refused
    except (json_rows.RowError, validation.InvalidRowError) as refused:
        raise ArchiveError(f"This zip is not put back: {refused}.") from refused
    except (ValueError, LookupError, TypeError, OverflowError) as refused:
        raise ArchiveError(FOREIGN) from refused
    except (sa.exc.IntegrityError, sa.exc.DataError) as refused:
        sentence = "This zip is not put back: what is in it does not belong together."
        raise ArchiveError(sentence) from refused

"""Everything of two people in one zip: taken out, looked at, put back; and deleted for good.

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

from rituals.backup import json_rows, transfer, validation, zip_files
from rituals.backup.transfer import MOVED, UNTOLD, WORDS
from rituals.backup.zip_files import Zip, ZipError
from rituals.calendars.outgoing import checklist, export
from rituals.calendars.outgoing.ledger import Ledger
from rituals.insights import balance, tables
from rituals.model import text, wording
from rituals.model.calendar import Audience, Route
from rituals.model.household import Household
from rituals.model.local_time import first_day, local_day
from rituals.model.plan import Plan
from rituals.model.week import Week
from rituals.store import engines
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
TOLD = """\
Everything of {names}, taken out of Leavewell on {day}.

data        all that Leavewell knows, one file for each matter, for people and programs to read
weeks.csv   what you hoped for, planned and lived, week by week, for a spreadsheet
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


class EverythingError(StoreError):
    """A zip is not put back; the text is one sentence that says why. Nothing was changed."""


@dataclass(frozen=True)
class Inside:
    """What is in a zip: whose it is, how much, and where it leads to."""

    household: Household
    weeks: int
    newest: Week | None
    taken_out: datetime
    schema: str
    rows: Mapping[str, int]
    leads_to: tuple[str, ...]  # in words: what is read, written and asked elsewhere from then on


def take_out(store: Store, now: datetime) -> bytes:
    """The zip; it was read once, as it would be to put it back."""
    with store.reading() as at:
        try:
            household = validation.household(at)
        except validation.UnsoundError:
            raise StoreError(
                "There is no household yet, so there is nothing to take out."
            ) from None
        plans = {week: plan for some in validation.plans(at) for week, plan in some.items()}
        counts = {table.name: _count(at, table) for table in MOVED if table.name not in UNTOLD}
        parts = {
            READ_ME: _read_me(household, now),
            WEEKS_CSV: _weeks(plans, household),
            **dict(_calendars(at, plans, household, now)),
            **{ROWS[t.name]: b"".join(json_rows.file_of(_lines(at, t))) for t in MOVED},
        }
    whole = zip_files.written(_with_manifest(parts, counts, now), now)
    look(whole)
    return whole


def file_name(now: datetime, household: Household) -> str:
    """The name of the zip of a day."""
    return f"leavewell-everything-{local_day(now, household)}.zip"


def look(content: bytes) -> Inside:
    """What is in a zip, all of it read and checked; raises EverythingError, in one sentence.

    Whether it also lies in a store as it is in the zip is found out where it is put back.
    """
    with _one_sentence(), _opened(content) as found:
        engine = engines.engine(sa.make_url("sqlite://"))
        try:
            TABLES.create_all(engine)
            with engines.write_transaction(engine) as at:
                return _fill(at, found, compared=False)
        finally:
            engine.dispose()


def put_back(content: bytes, store: Store) -> Inside:
    """What is in a zip, which is now in the store in place of all that was there.

    Raises EverythingError, and the store stays as it is, where that does not come true.
    """
    with _one_sentence(), _opened(content) as found, store.writing() as at:
        transfer.take_out(at)
        return _fill(at, found, compared=True)


def in_words(inside: Inside) -> str:
    """What is in a zip, as a sentence or two."""
    household = inside.household
    names = wording.listed([partner.name for partner in household.partners])
    taken = local_day(inside.taken_out, household)
    out = f"taken out on {wording.short_day(taken)} {taken.year}"
    if inside.newest is None:
        return f"{names}, without a week yet, {out}."
    newest = first_day(inside.newest, household)
    count = "one week" if inside.weeks == 1 else f"{inside.weeks:,} weeks"
    return f"{names}: {count}, the newest of {wording.short_day(newest)} {newest.year}, {out}."


@dataclass(frozen=True)
class _Found:
    """A zip whose manifest and sums are right."""

    zip: Zip
    schema: str
    taken_out: datetime
    rows: Mapping[str, int]


@contextmanager
def _opened(content: bytes) -> Iterator[_Found]:
    with zip_files.opened(content) as zip:
        if MANIFEST not in zip.sizes:
            raise EverythingError(FOREIGN)
        found = _of_manifest(zip, json_rows.parsed(zip.content(MANIFEST, MOST_OF_MANIFEST)))
        yield found


def _of_manifest(zip: Zip, manifest: Any) -> _Found:
    if not isinstance(manifest, dict):
        raise EverythingError(FOREIGN)
    format, schema = manifest.get("format"), manifest.get("schema")
    if not isinstance(format, int) or not isinstance(schema, str) or not schema.isdecimal():
        raise EverythingError(FOREIGN)
    if format > FORMAT or schema > NEWEST:
        raise EverythingError(NEWER)
    if format < FORMAT or schema < OLDEST:
        raise EverythingError(OLDER)
    listed, rows = manifest.get("files"), manifest.get("rows")
    if not isinstance(listed, dict) or not isinstance(rows, dict):
        raise EverythingError(FOREIGN)
    _compare_files(zip, listed, older=schema != NEWEST)
    at = datetime.fromisoformat(str(manifest.get("taken_out"))).astimezone(UTC)
    if not validation.FIRST <= at <= validation.LAST:
        raise EverythingError(FOREIGN)
    return _Found(zip, schema, at, rows)


def _compare_files(zip: Zip, listed: Mapping[str, Any], *, older: bool) -> None:
    """Each file is one of ours, is there, and is as long and the same as when it was taken out."""
    ours = {READ_ME, WEEKS_CSV, *CALENDAR_FILES.values(), *ROWS.values()}
    there = set(zip.sizes) - {MANIFEST}
    if there - ours or there != set(listed) or (ours - there and not older):
        raise EverythingError(FOREIGN)
    for name in sorted(there):
        if listed[name] != {"sha256": zip.digest(name), "size": zip.sizes[name]}:
            raise EverythingError(f"“{name}” in this zip is not as it was taken out.")


def _fill(at: sa.Connection, found: _Found, *, compared: bool) -> Inside:
    """Puts the rows of a zip into empty tables, and reads all of them as Leavewell does."""
    counts: dict[str, int] = {}
    for table in MOVED:
        most = MOST_ROWS - sum(counts.values())
        counts[table.name] = _put(at, found, table, most, compared=compared)
    for name, count in found.rows.items():
        if counts.get(name) != count:
            raise EverythingError(FOREIGN)
    validation.read_all(at)
    newest = at.execute(sa.select(sa.func.max(WEEKS.c.week))).scalar()
    household = validation.household(at)
    return Inside(
        household,
        counts["weeks"],
        None if newest is None else Week.read(newest),
        found.taken_out,
        found.schema,
        counts,
        tuple(_leads_to(at, household)),
    )


def _put(at: sa.Connection, found: _Found, table: sa.Table, most: int, *, compared: bool) -> int:
    """How many rows of a table were put in, perhaps compared with what lies there then."""
    here = hashlib.sha256()
    count = 0
    rows = _rows(found, table)
    while some := list(islice(rows, AT_ONCE)):
        at.execute(sa.insert(table), some)
        count += len(some)
        if count > most:
            raise EverythingError(f"This zip holds more than the {MOST_ROWS:,} rows that we read.")
        for row in some if compared else ():
            here.update(json_rows.said(row, table).encode())
    there = hashlib.sha256()
    for line in _lines(at, table) if compared else ():
        there.update(line.encode())
    if here.digest() != there.digest():
        raise EverythingError(f"The {WORDS[table.name]} did not arrive as they are in this zip.")
    return count


def _rows(found: _Found, table: sa.Table) -> Iterator[dict[str, Any]]:
    name = ROWS[table.name]
    if name not in found.zip.sizes:
        return  # an older one did not have it yet
    older = found.schema != NEWEST
    for line in json_rows.lines_in(found.zip.lines(name)):
        row = json_rows.read(line, table, older=older)
        validation.check(row, table)
        yield row


def _leads_to(at: sa.Connection, household: Household) -> Iterator[str]:
    """What Leavewell reads, writes and asks elsewhere from then on."""
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
    """The rows by their key, which is in the same order in both databases."""
    rows = at.execute(sa.select(table).order_by(*table.primary_key))
    for row in rows.mappings():
        yield json_rows.said(row, table)


def _read_me(household: Household, now: datetime) -> bytes:
    one, two = (text.single_line(partner.name) for partner in household.partners)
    day = local_day(now, household)
    said = f"{wording.short_day(day)} {day.year}"
    return TOLD.format(names=f"{one} and {two}", one=one, two=two, day=said).encode()


def _weeks(plans: Mapping[Week, Plan], household: Household) -> bytes:
    return tables.all_strands_csv(balance.rows(plans, sorted(plans), household), household).encode()


def _calendars(
    at: sa.Connection, plans: Mapping[Week, Plan], household: Household, now: datetime
) -> Iterator[tuple[str, bytes]]:
    """Every week as a file for each audience, under the names that its calendars know."""
    taken = [read_exported(row) for row in at.execute(sa.select(TAKEN)).mappings()]
    rituals = validation.rituals(at)
    for audience, name in CALENDAR_FILES.items():
        ledger = Ledger.of(household, audience, Route.FILE, taken)
        parcel = export.pack([*plans.values()], ledger, export.Extent.WHOLE, now)
        yield name, parcel.content(rituals)


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
    said = json.dumps(manifest, ensure_ascii=False, indent=1).encode() + b"\n"
    return {MANIFEST: [said], **{name: [part] for name, part in parts.items()}}


@contextmanager
def _one_sentence() -> Iterator[None]:
    """Whatever is wrong with a zip becomes one sentence."""
    try:
        yield
    except EverythingError:
        raise
    except ZipError as refused:
        raise EverythingError(str(refused)) from refused
    except (json_rows.RowError, validation.UnsoundError) as refused:
        raise EverythingError(f"This zip is not put back: {refused}.") from refused
    except (ValueError, LookupError, TypeError, OverflowError) as refused:
        raise EverythingError(FOREIGN) from refused
    except (sa.exc.IntegrityError, sa.exc.DataError) as refused:
        said = "This zip is not put back: what is in it does not belong together."
        raise EverythingError(said) from refused

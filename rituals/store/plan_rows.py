"""Rows of the tables as the model's values, and back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from functools import partial
from typing import Any

import sqlalchemy as sa

from rituals.model.calendar import Audience, ExportedEvent, Feed, Route, Server
from rituals.model.household import Kind, Strand
from rituals.model.plan import Beside, Choice, Hope, Occurrence, Plan, Said, Season, Yes
from rituals.model.ritual import Frequency, Needs, Ritual, Size, TakesPart
from rituals.model.summary import WeekSummary
from rituals.model.time.lean import read_lean, write_lean
from rituals.model.time.rhythm import Rhythm
from rituals.model.time.span import Span
from rituals.model.time.week import Week
from rituals.model.time.window import Window
from rituals.store.errors import reading_rows
from rituals.store.schema import (
    CHOICES,
    FEEDS,
    HOPES,
    LIVED,
    OCCURRENCES,
    RITUAL_LINES,
    RITUALS,
    SERVERS,
    SITTERS,
    TAKEN,
    WEEKS,
    YES,
)

NOBODY = ""  # in a key column: both partners; a key must not be null
NO_SEQUENCE = -1  # in a column that must not be null: a calendar was given no sequence


Row = sa.RowMapping
Columns = tuple[sa.Column[Any], ...]


def columns(kind: type, table: sa.Table, *apart: str) -> Columns:
    """Columns that hold a dataclass, one for each field; raises LookupError if a field has none.

    A field that is not called like its column is that column's `key`. Fields named in `apart` have
    rows of their own, more than one column, or none at all.
    """
    names = [field.name for field in fields(kind) if field.name not in apart]
    if missing := [name for name in names if name not in table.c]:
        raise LookupError(f"{kind.__name__}.{missing[0]} has no column in {table.name}.")
    return tuple(table.c[name] for name in names)


def read_fields(row: Row, held: Columns) -> dict[str, Any]:
    """Fields of a dataclass read from a row."""
    return {column.key: row[column] for column in held}


def written_fields(value: object, held: Columns) -> dict[str, Any]:
    """Row with the fields of a dataclass."""
    return {column.key: getattr(value, column.key) for column in held}


RITUAL_COLUMNS = columns(
    Ritual, RITUALS, "windows", "frequency", "rhythm", "ways", "ages", "what"
)  # the catalogue alone knows the last two
PLAN_COLUMNS = columns(Plan, WEEKS, "hopes", "choices", "occurrences", "sitter", "lived")
HOPE_COLUMNS = columns(Hope, HOPES)
CHOICE_COLUMNS = columns(Choice, CHOICES)
OCCURRENCE_COLUMNS = columns(Occurrence, OCCURRENCES, "exported", "yes")  # of the ledger: exported
BY_PLACE = OCCURRENCES.c.keys()  # by far the most rows: not looked up one by one
YES_COLUMNS = columns(Yes, YES)
EXPORTED_COLUMNS = columns(ExportedEvent, TAKEN)
FEED_COLUMNS = columns(Feed, FEEDS)
SERVER_COLUMNS = columns(Server, SERVERS)


@reading_rows()
def read_rituals(at: sa.Connection) -> dict[str, Ritual]:
    """Rituals by id, in the order of their titles."""
    lines: dict[tuple[str, str], list[str]] = {}
    for line in at.execute(sa.select(RITUAL_LINES).order_by(RITUAL_LINES.c.position)).mappings():
        lines.setdefault((line["ritual"], line["what"]), []).append(line["text"])
    by_title = sa.select(RITUALS).order_by(RITUALS.c.title, RITUALS.c.id)
    return {row["id"]: _ritual(row, lines) for row in at.execute(by_title).mappings()}


def _ritual(row: Row, lines: Mapping[tuple[str, str], list[str]]) -> Ritual:
    kinds = {
        "kind": Kind(row["kind"]),
        "takes_part": TakesPart(row["takes_part"]),
        "needs": Needs(row["needs"]),
        "size": Size(row["size"]),
        "leans": read_lean(row["leans"]),
        "rhythm": Rhythm.read(row["rhythm"]),
    }
    return Ritual(
        **read_fields(row, RITUAL_COLUMNS) | kinds,
        windows=tuple(Window.read(text) for text in lines.get((row["id"], "window"), [])),
        frequency=Frequency(row["least_times"], row["most_times"]),
        ways=tuple(lines.get((row["id"], "way"), [])),
    )


def write_ritual(at: sa.Connection, ritual: Ritual) -> None:
    """Inserts a ritual, or replaces the one with its id."""
    at.execute(sa.delete(RITUAL_LINES).where(RITUAL_LINES.c.ritual == ritual.id))
    at.execute(sa.delete(RITUALS).where(RITUALS.c.id == ritual.id))
    apart = {
        "least_times": ritual.frequency.least,
        "most_times": ritual.frequency.most,
        "rhythm": str(ritual.rhythm),
        "leans": write_lean(ritual.leans),
    }
    at.execute(sa.insert(RITUALS), written_fields(ritual, RITUAL_COLUMNS) | apart)
    texts = {"window": [str(w) for w in ritual.windows], "way": ritual.ways}
    lines = [
        {"ritual": ritual.id, "what": what, "position": position, "text": text}
        for what, written in texts.items()
        for position, text in enumerate(written)
    ]
    insert(at, RITUAL_LINES, lines)


@reading_rows()
def read_plans(at: sa.Connection, first: Week, last: Week) -> dict[Week, Plan]:
    """Plans from the week `first` to the week `last`, both included, the oldest first."""
    rows = partial(_rows_of_weeks, at, first, last)
    hopes: dict[Week, dict[Strand, Hope]] = {}
    for week, row in rows(HOPES, *HOPES.primary_key):
        strand = Strand(Kind(row.kind), row.partner or None)
        hopes.setdefault(week, {})[strand] = Hope(**read_fields(row._mapping, HOPE_COLUMNS))
    choices: dict[Week, list[Choice]] = {}
    for week, row in rows(CHOICES, CHOICES.c.position):
        chosen = read_fields(row._mapping, CHOICE_COLUMNS) | {"partner": row.partner or None}
        choices.setdefault(week, []).append(Choice(**chosen))
    taken = {row.occurrence for _, row in rows(TAKEN) if not row.gone}
    yes: dict[str, list[Yes]] = {}
    for _, row in rows(YES, YES.c.partner):
        yes.setdefault(row.occurrence, []).append(Yes(**read_fields(row._mapping, YES_COLUMNS)))
    occurrences: dict[Week, list[Occurrence]] = {}
    for week, row in rows(OCCURRENCES, OCCURRENCES.c.start, OCCURRENCES.c.end, OCCURRENCES.c.id):
        agreed = tuple(yes.get(row.id, ()))
        occurrence = _occurrence(row, row.id in taken, agreed)
        occurrences.setdefault(week, []).append(occurrence)
    lived: dict[Week, dict[Strand, int]] = {}
    for week, row in rows(LIVED, *LIVED.primary_key):
        lived.setdefault(week, {})[Strand(Kind(row.kind), row.partner or None)] = row.minutes
    sitters: dict[Week, list[Span]] = {}
    for week, row in rows(SITTERS, SITTERS.c.start):
        sitters.setdefault(week, []).append(Span(row.start, row.end))
    return {
        week: Plan(
            **read_fields(row._mapping, PLAN_COLUMNS)
            | {"week": week, "season": Season(row.season), "paused": Season(row.paused)},
            hopes=hopes.get(week, {}),
            choices=tuple(choices.get(week, ())),
            occurrences=tuple(occurrences.get(week, ())),
            sitter=tuple(sitters.get(week, ())),
            lived=lived.get(week, {}),
        )
        for week, row in rows(WEEKS, WEEKS.c.week)
    }


def _rows_of_weeks(
    at: sa.Connection, first: Week, last: Week, table: sa.Table, *order: sa.Column[Any]
) -> Iterator[tuple[Week, Any]]:
    within = table.c.week.between(str(first), str(last))
    for row in at.execute(sa.select(table).where(within).order_by(*order)).all():
        yield Week.read(row.week), row


def _occurrence(row: Sequence[Any], taken: bool, yes: tuple[Yes, ...]) -> Occurrence:
    found = dict(zip(BY_PLACE, row, strict=True))
    del found["week"]
    found["kind"], found["size"] = Kind(found["kind"]), Size(found["size"])
    found["said"] = None if found["said"] is None else Said(found["said"])
    found["beside"] = tuple(Beside.read(line) for line in found["beside"].splitlines())
    return Occurrence(**found, exported=taken, yes=yes)


def write_plan(at: sa.Connection, before: Plan | None, after: Plan) -> None:
    """Writes the difference between two states of a plan; all of it where there was none."""
    week, row = str(after.week), _week_row(after)
    if before is None:
        at.execute(sa.insert(WEEKS), row)
    elif _week_row(before) != row:
        at.execute(sa.update(WEEKS).where(WEEKS.c.week == week).values(row))
    if before is None or before.hopes != after.hopes:
        at.execute(sa.delete(HOPES).where(HOPES.c.week == week))
        insert(at, HOPES, [_hope_row(week, *item) for item in after.hopes.items()])
    if before is None or before.choices != after.choices:
        at.execute(sa.delete(CHOICES).where(CHOICES.c.week == week))
        insert(at, CHOICES, [_choice_row(week, *item) for item in enumerate(after.choices)])
    if before is None or before.lived != after.lived:
        at.execute(sa.delete(LIVED).where(LIVED.c.week == week))
        insert(at, LIVED, [_lived_row(week, *item) for item in after.lived.items()])
    if before is None or before.sitter != after.sitter:
        at.execute(sa.delete(SITTERS).where(SITTERS.c.week == week))
        insert(at, SITTERS, [{"week": week, "start": s.start, "end": s.end} for s in after.sitter])
    _save_occurrences(at, week, before.occurrences if before else (), after.occurrences)


def read_week_summaries(at: sa.Connection, before: Week) -> tuple[WeekSummary, ...]:
    """Weeks before this one that have a plan, the newest first."""
    reviewed = sa.or_(
        sa.exists().where(OCCURRENCES.c.week == WEEKS.c.week, OCCURRENCES.c.said.is_not(None)),
        sa.exists().where(LIVED.c.week == WEEKS.c.week),
    )
    query = (
        sa.select(WEEKS.c.week, WEEKS.c.season, WEEKS.c.grace, reviewed)
        .where(WEEKS.c.week < str(before))
        .order_by(WEEKS.c.week.desc())
    )
    return tuple(
        WeekSummary(Week.read(week), season == Season.GRACE, grace, bool(answered))
        for week, season, grace, answered in at.execute(query)
    )


def read_last_plan(at: sa.Connection, before: Week) -> Plan | None:
    """Newest plan before a week, one without grace if there is any; None before the first."""
    query = (
        sa.select(WEEKS.c.week)
        .where(WEEKS.c.week < str(before))
        .order_by(WEEKS.c.season == Season.GRACE, WEEKS.c.week.desc())
        .limit(1)
    )
    newest = at.execute(query).scalar()
    if newest is None:
        return None
    week = Week.read(newest)
    return read_plans(at, week, week)[week]


def read_last_times(at: sa.Connection, before: Week) -> dict[str, Week]:
    """Newest week before this one in which each ritual was in a plan, by its id; grace aside."""
    query = (
        sa.select(OCCURRENCES.c.ritual, sa.func.max(OCCURRENCES.c.week))
        .where(OCCURRENCES.c.ritual.is_not(None))
        .where(OCCURRENCES.c.let_go.is_(False), OCCURRENCES.c.chosen.is_(True))
        .where(OCCURRENCES.c.week < str(before), WEEKS.c.season != Season.GRACE)
        .join(WEEKS, WEEKS.c.week == OCCURRENCES.c.week)
        .group_by(OCCURRENCES.c.ritual)
        .order_by(OCCURRENCES.c.ritual)
    )
    return {ritual: Week.read(week) for ritual, week in at.execute(query)}


def read_weeks_of_grace(at: sa.Connection, before: Week) -> set[Week]:
    """Weeks of grace before this one."""
    rest = WEEKS.c.season == Season.GRACE, WEEKS.c.week < str(before)
    return {Week.read(week) for week in at.execute(sa.select(WEEKS.c.week).where(*rest)).scalars()}


def _week_row(plan: Plan) -> dict[str, Any]:
    return written_fields(plan, PLAN_COLUMNS) | {"week": str(plan.week)}


def _save_occurrences(
    at: sa.Connection, week: str, before: Iterable[Occurrence], after: Iterable[Occurrence]
) -> None:
    old = {o.id: o for o in before}
    new = {o.id: o for o in after}
    changed = [id for id, o in new.items() if old.get(id) != o]
    gone = [id for id in old if id not in new]
    rewritten = [*gone, *(id for id in changed if id in old)]
    if rewritten:
        at.execute(sa.delete(OCCURRENCES).where(OCCURRENCES.c.id.in_(rewritten)))
    insert(at, OCCURRENCES, [_occurrence_row(week, new[id]) for id in changed])
    insert(at, YES, [_yes_row(week, id, yes) for id in changed for yes in new[id].yes])


def _occurrence_row(week: str, occurrence: Occurrence) -> dict[str, Any]:
    row = written_fields(occurrence, OCCURRENCE_COLUMNS)
    return row | {"week": week, "beside": "\n".join(map(str, occurrence.beside))}


def _yes_row(week: str, occurrence: str, yes: Yes) -> dict[str, Any]:
    return written_fields(yes, YES_COLUMNS) | {"week": week, "occurrence": occurrence}


def read_exported(row: Row) -> ExportedEvent:
    """Exported event read from its row in the ledger."""
    converted = {
        "week": Week.read(row["week"]),
        "audience": Audience(row["audience"]),
        "route": Route(row["route"]),
        "sequence": None if row["sequence"] == NO_SEQUENCE else row["sequence"],
    }
    return ExportedEvent(**read_fields(row, EXPORTED_COLUMNS) | converted)


@reading_rows()
def read_exported_events(
    at: sa.Connection, weeks: Iterable[Week] | None = None
) -> tuple[ExportedEvent, ...]:
    """Exported events of these weeks, or of all, in the order of time."""
    query = sa.select(TAKEN).order_by(TAKEN.c.start, TAKEN.c.occurrence)
    if weeks is not None:
        query = query.where(TAKEN.c.week.in_([str(week) for week in weeks]))
    return tuple(read_exported(row) for row in at.execute(query).mappings())


def exported_row(entry: ExportedEvent) -> dict[str, Any]:
    """Row of an exported event in the ledger."""
    sequence = NO_SEQUENCE if entry.sequence is None else entry.sequence
    converted = {"week": str(entry.week), "sequence": sequence}
    return written_fields(entry, EXPORTED_COLUMNS) | converted


def read_feeds(at: sa.Connection) -> dict[Audience, Feed]:
    """Feeds by audience, for each that has one."""
    rows = at.execute(sa.select(FEEDS).order_by(FEEDS.c.audience)).mappings()
    feeds = (read_fields(row, FEED_COLUMNS) for row in rows)
    found = (Feed(**feed | {"audience": Audience(feed["audience"])}) for feed in feeds)
    return {feed.audience: feed for feed in found}


def read_servers(at: sa.Connection) -> dict[Audience, Server]:
    """Calendar servers by audience, for each that has one."""
    rows = at.execute(sa.select(SERVERS).order_by(SERVERS.c.audience)).mappings()
    servers = (read_fields(row, SERVER_COLUMNS) for row in rows)
    found = (Server(**server | {"audience": Audience(server["audience"])}) for server in servers)
    return {server.audience: server for server in found}


def _hope_row(week: str, strand: Strand, hope: Hope) -> dict[str, Any]:
    partner = strand.partner or NOBODY
    own = {"week": week, "kind": strand.kind, "partner": partner}
    return own | written_fields(hope, HOPE_COLUMNS)


def _lived_row(week: str, strand: Strand, minutes: int) -> dict[str, Any]:
    partner = strand.partner or NOBODY
    return {"week": week, "kind": strand.kind, "partner": partner, "minutes": minutes}


def _choice_row(week: str, position: int, choice: Choice) -> dict[str, Any]:
    row = written_fields(choice, CHOICE_COLUMNS) | {"partner": choice.partner or NOBODY}
    return row | {"week": week, "position": position}


def insert(at: sa.Connection, table: sa.Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Inserts rows into a table, of which there may be none."""
    if rows:
        at.execute(sa.insert(table), list(rows))


def put_row(
    at: sa.Connection, table: sa.Table, row: Mapping[str, Any], *, forget: bool = False
) -> None:
    """Replaces the row with the same key, or deletes it."""
    key = [column == row[column.key] for column in table.primary_key]
    at.execute(sa.delete(table).where(*key))
    if not forget:
        at.execute(sa.insert(table), dict(row))

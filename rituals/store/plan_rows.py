"""The rows of the tables as the model's values, and back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from functools import partial
from typing import Any

import sqlalchemy as sa

from rituals.model.calendar import Audience, ExportedEvent, Feed, Route, Server
from rituals.model.household import Hours, Household, Kind, Partner, Strand
from rituals.model.plan import Choice, Hope, Occurrence, Plan, Said, Season, Yes
from rituals.model.ritual import Needs, Rhythm, Ritual, Size, TakesPart
from rituals.model.span import Span
from rituals.model.summary import Told
from rituals.model.week import Week
from rituals.model.window import Window
from rituals.store.schema import (
    CHOICES,
    FEEDS,
    HOPES,
    HOURS,
    HOUSEHOLD,
    LIVED,
    OCCURRENCES,
    PARTNERS,
    RITUAL_LINES,
    RITUALS,
    SERVERS,
    SITTERS,
    TAKEN,
    WEEKS,
    YES,
)

CHILDREN = "children"  # whose usual hours a row of `hours` tells, beside the two partners
NOBODY = ""  # in a key column: both partners; a key must not be null
NEVER_TOLD = -1  # in the column of a sequence, which must not be null: a calendar was told none


Row = sa.RowMapping
Columns = tuple[sa.Column[Any], ...]


def columns(kind: type, table: sa.Table, *apart: str) -> Columns:
    """The columns that hold a dataclass, one for each field; LookupError where a field has none.

    A field that is not called like its column is that column's `key`. What lies `apart` has rows of
    its own, or more columns than one.
    """
    names = [field.name for field in fields(kind) if field.name not in apart]
    if lost := [name for name in names if name not in table.c]:
        raise LookupError(f"{kind.__name__}.{lost[0]} has no column in {table.name}.")
    return tuple(table.c[name] for name in names)


def read_fields(row: Row, held: Columns) -> dict[str, Any]:
    """The fields of a dataclass in a row."""
    return {column.key: row[column] for column in held}


def written_fields(value: object, held: Columns) -> dict[str, Any]:
    """A row with the fields of a dataclass."""
    return {column.key: getattr(value, column.key) for column in held}


OF_A_HOUSEHOLD = columns(Household, HOUSEHOLD, "partners", "hours")
OF_HOURS = columns(Hours, HOUSEHOLD, "work", "children_away")
OF_A_PARTNER = columns(Partner, PARTNERS)
OF_A_RITUAL = columns(Ritual, RITUALS, "windows", "rhythm", "ways")
OF_A_PLAN = columns(Plan, WEEKS, "hopes", "choices", "occurrences", "sitter", "lived")
OF_A_HOPE = columns(Hope, HOPES)
OF_A_CHOICE = columns(Choice, CHOICES)
OF_AN_OCCURRENCE = columns(Occurrence, OCCURRENCES, "taken", "yes")  # taken: the ledger says so
BY_PLACE = OCCURRENCES.c.keys()  # by far the most rows: not looked up one by one
OF_A_YES = columns(Yes, YES)
OF_AN_ENTRY = columns(ExportedEvent, TAKEN)
OF_A_FEED = columns(Feed, FEEDS)
OF_A_SERVER = columns(Server, SERVERS)


def read_household(row: Row, partners: Iterable[Row], hours: Iterable[Row]) -> Household:
    """The household of its rows."""
    both = (Partner(**read_fields(p, OF_A_PARTNER)) for p in partners)
    one, two = sorted(both, key=lambda p: p.key)
    windows: dict[str, tuple[Window, ...]] = {}
    for line in hours:
        whose = line["whose"]
        windows[whose] = (*windows.get(whose, ()), Window.read(line["window"]))
    return Household(
        **read_fields(row, OF_A_HOUSEHOLD),
        partners=(one, two),
        hours=Hours(
            **read_fields(row, OF_HOURS),
            children_away=windows.pop(CHILDREN, ()),
            work=windows,
        ),
    )


def write_household(at: sa.Connection, household: Household) -> None:
    """Puts a household in place of the one that is there."""
    for table in (HOUSEHOLD, PARTNERS, HOURS):
        at.execute(sa.delete(table))
    hours = written_fields(household.hours, OF_HOURS)
    at.execute(sa.insert(HOUSEHOLD), written_fields(household, OF_A_HOUSEHOLD) | hours)
    at.execute(sa.insert(PARTNERS), [written_fields(p, OF_A_PARTNER) for p in household.partners])
    insert(at, HOURS, _hours_rows(household.hours))


def _hours_rows(hours: Hours) -> list[dict[str, Any]]:
    return [
        {"whose": whose, "position": position, "window": str(window)}
        for whose, windows in {**hours.work, CHILDREN: hours.children_away}.items()
        for position, window in enumerate(windows)
    ]


def read_rituals(at: sa.Connection) -> dict[str, Ritual]:
    """The rituals by id, in the order of their titles."""
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
    }
    return Ritual(
        **read_fields(row, OF_A_RITUAL) | kinds,
        windows=tuple(Window.read(text) for text in lines.get((row["id"], "window"), [])),
        rhythm=Rhythm(row["least_times"], row["most_times"]),
        ways=tuple(lines.get((row["id"], "way"), [])),
    )


def write_ritual(at: sa.Connection, ritual: Ritual) -> None:
    """Puts a ritual in, or in place of the one with its id."""
    at.execute(sa.delete(RITUAL_LINES).where(RITUAL_LINES.c.ritual == ritual.id))
    at.execute(sa.delete(RITUALS).where(RITUALS.c.id == ritual.id))
    rhythm = {"least_times": ritual.rhythm.least, "most_times": ritual.rhythm.most}
    at.execute(sa.insert(RITUALS), written_fields(ritual, OF_A_RITUAL) | rhythm)
    texts = {"window": [str(w) for w in ritual.windows], "way": ritual.ways}
    lines = [
        {"ritual": ritual.id, "what": what, "position": position, "text": text}
        for what, written in texts.items()
        for position, text in enumerate(written)
    ]
    insert(at, RITUAL_LINES, lines)


def read_plans(at: sa.Connection, first: Week, last: Week) -> dict[Week, Plan]:
    """The plans from one week up to and with another."""
    rows = partial(_rows_of_weeks, at, first, last)
    hopes: dict[Week, dict[Strand, Hope]] = {}
    for week, row in rows(HOPES, *HOPES.primary_key):
        strand = Strand(Kind(row.kind), row.partner or None)
        hopes.setdefault(week, {})[strand] = Hope(**read_fields(row._mapping, OF_A_HOPE))
    choices: dict[Week, list[Choice]] = {}
    for week, row in rows(CHOICES, CHOICES.c.position):
        chosen = read_fields(row._mapping, OF_A_CHOICE) | {"partner": row.partner or None}
        choices.setdefault(week, []).append(Choice(**chosen))
    taken = {row.occurrence for _, row in rows(TAKEN) if not row.gone}
    yes: dict[str, list[Yes]] = {}
    for _, row in rows(YES, YES.c.partner):
        yes.setdefault(row.occurrence, []).append(Yes(**read_fields(row._mapping, OF_A_YES)))
    occurrences: dict[Week, list[Occurrence]] = {}
    for week, row in rows(OCCURRENCES, OCCURRENCES.c.start, OCCURRENCES.c.end, OCCURRENCES.c.id):
        said_to = tuple(yes.get(row.id, ()))
        lies = _occurrence(row, row.id in taken, said_to)
        occurrences.setdefault(week, []).append(lies)
    lived: dict[Week, dict[Strand, int]] = {}
    for week, row in rows(LIVED, *LIVED.primary_key):
        lived.setdefault(week, {})[Strand(Kind(row.kind), row.partner or None)] = row.minutes
    sitters: dict[Week, list[Span]] = {}
    for week, row in rows(SITTERS, SITTERS.c.start):
        sitters.setdefault(week, []).append(Span(row.start, row.end))
    return {
        week: Plan(
            **read_fields(row._mapping, OF_A_PLAN)
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
    return Occurrence(**found, taken=taken, yes=yes)


def write_plan(at: sa.Connection, before: Plan | None, after: Plan) -> None:
    """Puts in what is new of a plan, and takes out what is gone."""
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


def read_weeks(at: sa.Connection, before: Week) -> tuple[Told, ...]:
    """The weeks before this one that have a plan, the newest first."""
    spoken = sa.or_(
        sa.exists().where(OCCURRENCES.c.week == WEEKS.c.week, OCCURRENCES.c.said.is_not(None)),
        sa.exists().where(LIVED.c.week == WEEKS.c.week),
    )
    query = (
        sa.select(WEEKS.c.week, WEEKS.c.season, WEEKS.c.grace, spoken)
        .where(WEEKS.c.week < str(before))
        .order_by(WEEKS.c.week.desc())
    )
    return tuple(
        Told(Week.read(week), season == Season.GRACE, grace, bool(said))
        for week, season, grace, said in at.execute(query)
    )


def read_last_plan(at: sa.Connection, before: Week) -> Plan | None:
    """The newest plan before a week, as far as there is one from before grace."""
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
    """The newest week before this one in which each ritual was in a plan; grace aside."""
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
    """The weeks of grace before this one."""
    rest = WEEKS.c.season == Season.GRACE, WEEKS.c.week < str(before)
    return {Week.read(week) for week in at.execute(sa.select(WEEKS.c.week).where(*rest)).scalars()}


def _week_row(plan: Plan) -> dict[str, Any]:
    return written_fields(plan, OF_A_PLAN) | {"week": str(plan.week)}


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
    return written_fields(occurrence, OF_AN_OCCURRENCE) | {"week": week}


def _yes_row(week: str, occurrence: str, yes: Yes) -> dict[str, Any]:
    return written_fields(yes, OF_A_YES) | {"week": week, "occurrence": occurrence}


def read_taken(row: Row) -> ExportedEvent:
    """The entry of its row in the ledger."""
    told = {
        "week": Week.read(row["week"]),
        "audience": Audience(row["audience"]),
        "route": Route(row["route"]),
        "sequence": None if row["sequence"] == NEVER_TOLD else row["sequence"],
    }
    return ExportedEvent(**read_fields(row, OF_AN_ENTRY) | told)


def taken_row(entry: ExportedEvent) -> dict[str, Any]:
    """The row of an entry in the ledger."""
    sequence = NEVER_TOLD if entry.sequence is None else entry.sequence
    told = {"week": str(entry.week), "sequence": sequence}
    return written_fields(entry, OF_AN_ENTRY) | told


def read_feeds(at: sa.Connection) -> dict[Audience, Feed]:
    """The feed of each audience that has one."""
    rows = at.execute(sa.select(FEEDS).order_by(FEEDS.c.audience)).mappings()
    feeds = (read_fields(row, OF_A_FEED) for row in rows)
    found = (Feed(**feed | {"audience": Audience(feed["audience"])}) for feed in feeds)
    return {feed.audience: feed for feed in found}


def read_servers(at: sa.Connection) -> dict[Audience, Server]:
    """The calendar server of each audience that has one."""
    rows = at.execute(sa.select(SERVERS).order_by(SERVERS.c.audience)).mappings()
    servers = (read_fields(row, OF_A_SERVER) for row in rows)
    found = (Server(**server | {"audience": Audience(server["audience"])}) for server in servers)
    return {server.audience: server for server in found}


def _hope_row(week: str, strand: Strand, hope: Hope) -> dict[str, Any]:
    partner = strand.partner or NOBODY
    own = {"week": week, "kind": strand.kind, "partner": partner}
    return own | written_fields(hope, OF_A_HOPE)


def _lived_row(week: str, strand: Strand, minutes: int) -> dict[str, Any]:
    partner = strand.partner or NOBODY
    return {"week": week, "kind": strand.kind, "partner": partner, "minutes": minutes}


def _choice_row(week: str, position: int, choice: Choice) -> dict[str, Any]:
    row = written_fields(choice, OF_A_CHOICE) | {"partner": choice.partner or NOBODY}
    return row | {"week": week, "position": position}


def insert(at: sa.Connection, table: sa.Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Puts rows into a table, where there are any."""
    if rows:
        at.execute(sa.insert(table), list(rows))

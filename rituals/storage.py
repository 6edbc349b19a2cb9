"""The couple's store: what is loaded from it and saved to it.

The model knows nothing of the tables (rituals.tables). Every change is one transaction that
reads what it changes under the write lock, so two browsers cannot undo each other's edits.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from rituals.model import (
    Busy,
    Calendar,
    Choice,
    Hope,
    Hours,
    Household,
    Kind,
    Needs,
    Occurrence,
    Origin,
    Partner,
    Plan,
    Rhythm,
    Ritual,
    Said,
    Season,
    Size,
    Strand,
    TakesPart,
    Week,
    Window,
)
from rituals.plans import Life, standing
from rituals.spans import Span, Spans
from rituals.tables import (
    BUSY,
    CALENDARS,
    CHOICES,
    HOPES,
    HOURS,
    HOUSEHOLD,
    OCCURRENCES,
    PARTNERS,
    RITUAL_LINES,
    RITUALS,
    SITTERS,
    WEEKS,
)
from rituals.weeks import with_nights

NEWEST = "0002"  # the newest migration; a test holds it to the newest file in migrations/versions
CHILDREN = "children"  # whose usual hours a row of `hours` tells, beside the two partners
OWN_FILE = Path(__file__).parent.parent / "data" / "leavewell.db"
WEEKS_REMEMBERED = 4  # when a week is placed: for fairness, and for the hours one is used to
EVER = datetime(1, 1, 1, tzinfo=UTC)
LONG = timedelta(days=366)  # with a busy time longer than that, a look-up begins with the first
NOBODY = ""  # in a key column: both partners; a key must not be null


Row = sa.RowMapping


class StoreError(Exception):
    """The store cannot be used; the text is one sentence that says what to do."""


@dataclass(frozen=True)
class Store:
    """The open store of one household."""

    engine: sa.Engine

    def load_household(self) -> Household | None:
        """The household, or None before the first visit is done."""
        with _reading(self.engine) as at:
            row = at.execute(sa.select(HOUSEHOLD)).mappings().first()
            if row is None:
                return None
            partners = at.execute(sa.select(PARTNERS)).mappings().all()
            hours = at.execute(sa.select(HOURS).order_by(HOURS.c.position)).mappings().all()
        return _household(row, partners, hours)

    def save_household(self, household: Household) -> None:
        """Keeps the household as it is now, in place of what was kept before."""
        with _writing(self.engine) as at:
            _save_household(at, household)

    def load_rituals(self) -> dict[str, Ritual]:
        """The couple's own rituals and copies from the catalogue, retired ones too, by id."""
        with _reading(self.engine) as at:
            rows = at.execute(sa.select(RITUALS).order_by(RITUALS.c.title)).mappings().all()
            lines = at.execute(sa.select(RITUAL_LINES).order_by(RITUAL_LINES.c.position))
            by_ritual: dict[tuple[str, str], list[str]] = {}
            for line in lines.mappings():
                by_ritual.setdefault((line["ritual"], line["what"]), []).append(line["text"])
        return {row["id"]: _ritual(row, by_ritual) for row in rows}

    def save_ritual(self, ritual: Ritual) -> None:
        """Keeps one ritual, new or changed."""
        with _writing(self.engine) as at:
            _save_ritual(at, ritual)

    def load_plans(self, weeks: Sequence[Week]) -> dict[Week, Plan]:
        """The plans of these weeks; a week without one is not in it."""
        if not weeks:
            return {}
        with _reading(self.engine) as at:
            found = _plans(at, min(weeks), max(weeks))
        return {week: plan for week, plan in found.items() if week in weeks}

    def load_plan(self, week: Week) -> Plan | None:
        """The plan of one week, if there is one."""
        return self.load_plans([week]).get(week)

    def load_last_plan(self, week: Week) -> Plan | None:
        """The newest plan of a week before this one, to carry over."""
        before = sa.select(sa.func.max(WEEKS.c.week)).where(WEEKS.c.week < str(week))
        with _reading(self.engine) as at:
            newest = at.execute(before).scalar()
            return None if newest is None else _plans(at, *[Week.read(newest)] * 2).popitem()[1]

    def first_week(self) -> Week | None:
        """The oldest week that has a plan, or None before the first."""
        with self.engine.connect() as at:
            first = at.execute(sa.select(sa.func.min(WEEKS.c.week))).scalar()
        return None if first is None else Week.read(first)

    def change_plan(self, begun: Plan, change: Callable[[Plan], Plan]) -> Plan:
        """The plan after a change, kept: that of its week, or `begun` where it has none yet."""
        with _writing(self.engine) as at:
            before = _plans(at, begun.week, begun.week).get(begun.week)
            after = change(before or begun)
            _save_plan(at, before, after)
        return after

    def last_times(self, before: Week) -> dict[str, Week]:
        """The newest week before this one in which each ritual was in a plan; grace aside."""
        query = (
            sa.select(OCCURRENCES.c.ritual, sa.func.max(OCCURRENCES.c.week))
            .where(OCCURRENCES.c.ritual.is_not(None))
            .where(OCCURRENCES.c.let_go.is_(False), OCCURRENCES.c.chosen.is_(True))
            .where(OCCURRENCES.c.week < str(before), WEEKS.c.season != Season.GRACE)
            .join(WEEKS, WEEKS.c.week == OCCURRENCES.c.week)
            .group_by(OCCURRENCES.c.ritual)
        )
        with self.engine.connect() as at:
            return {ritual: Week.read(week) for ritual, week in at.execute(query)}

    def load_calendars(self) -> tuple[Calendar, ...]:
        """The outside calendars, by partner and name."""
        order = (CALENDARS.c.partner, CALENDARS.c.name, CALENDARS.c.id)
        with _reading(self.engine) as at:
            rows = at.execute(sa.select(CALENDARS).order_by(*order)).mappings().all()
        return tuple(_calendar(row) for row in rows)

    def save_calendar(self, calendar: Calendar, busy: Iterable[Busy] | None = None) -> None:
        """Keeps a calendar; new busy times, where any are given, take the place of those before.

        Titles are kept only where the calendar asks for them, and forgotten once it does not.
        """
        times = None if busy is None else tuple(busy)
        row = _calendar_row(calendar, times)
        with _writing(self.engine) as at:
            known = at.execute(sa.select(CALENDARS.c.id).where(CALENDARS.c.id == calendar.id))
            if known.first():
                at.execute(sa.update(CALENDARS).where(CALENDARS.c.id == calendar.id).values(row))
            else:
                at.execute(sa.insert(CALENDARS), {"longest": 0, **row})
            if times is not None:
                at.execute(sa.delete(BUSY).where(BUSY.c.calendar == calendar.id))
                _insert(at, BUSY, [_busy_row(calendar, *item) for item in enumerate(times)])
            elif not calendar.titles:
                at.execute(sa.update(BUSY).where(BUSY.c.calendar == calendar.id).values(title=""))

    def remove_calendar(self, id: str) -> None:
        """Forgets a calendar and everything that was read from it."""
        with _writing(self.engine) as at:
            at.execute(sa.delete(BUSY).where(BUSY.c.calendar == id))
            at.execute(sa.delete(CALENDARS).where(CALENDARS.c.id == id))

    def load_life(self, week: Week, household: Household, rituals: Mapping[str, Ritual]) -> Life:
        """What a week is planned around: its busy times, and the weeks before it."""
        before = self.load_plans([week + back for back in range(-WEEKS_REMEMBERED, 0)])
        past = tuple(o for plan in before.values() for o in standing(plan))
        return Life(household, rituals, self.load_busy(with_nights(week, household)), past)

    def load_busy(self, within: Span) -> dict[str, Spans]:
        """By partner, when their calendars say they are busy; whole days where they count."""
        query = (
            sa.select(CALENDARS.c.partner, BUSY.c.start, BUSY.c.end)
            .join(CALENDARS, CALENDARS.c.id == BUSY.c.calendar)
            .where(BUSY.c.start < within.end, BUSY.c.end > within.start)
            .where(BUSY.c.start >= sa.bindparam("since"))  # a look-up need not begin with the first
            .where(sa.or_(CALENDARS.c.whole_days, sa.not_(BUSY.c.whole_day)))
        )
        found: dict[str, list[Span]] = {}
        with _reading(self.engine) as at:
            longest = at.execute(sa.select(sa.func.max(CALENDARS.c.longest))).scalar() or 0
            back = timedelta(minutes=longest)
            since = within.start - back if back < LONG else EVER
            for partner, start, end in at.execute(query, {"since": since}):
                found.setdefault(partner, []).append(Span(start, end))
        return {partner: Spans(spans) for partner, spans in found.items()}

    def load_titles(self, partner: str, within: Span) -> tuple[Busy, ...]:
        """What one partner's own calendars say in words, for that partner's eyes."""
        query = (
            sa.select(BUSY)
            .join(CALENDARS, CALENDARS.c.id == BUSY.c.calendar)
            .where(CALENDARS.c.partner == partner, BUSY.c.title != "")
            .where(BUSY.c.start < within.end, BUSY.c.end > within.start)
            .order_by(BUSY.c.start)
        )
        with self.engine.connect() as at:
            rows = at.execute(query).mappings().all()
        return tuple(Busy(Span(r["start"], r["end"]), r["title"], r["whole_day"]) for r in rows)

    def fill(self, household: Household, rituals: Iterable[Ritual], plans: Iterable[Plan]) -> None:
        """Keeps a whole household with its weeks; raises StoreError where there is one already."""
        with _writing(self.engine) as at:
            if at.execute(sa.select(HOUSEHOLD.c.id)).first() is not None:
                raise StoreError("This store already holds a household, and it stays as it is.")
            _save_household(at, household)
            for ritual in rituals:
                _save_ritual(at, ritual)
            for plan in plans:
                _save_plan(at, None, plan)


def open_store(url: str) -> Store:
    """The store at a database address, brought up to date; raises StoreError where that fails."""
    try:
        at = sa.make_url(url)
    except sa.exc.ArgumentError as unreadable:
        like = "sqlite:////home/us/leavewell.db"
        raise StoreError(
            f"The store's address cannot be read; write it like {like}."
        ) from unreadable
    try:
        engine = _engine(at)
        _bring_up_to_date(engine)
    except (sa.exc.DatabaseError, sa.exc.ArgumentError, OSError, ImportError) as refused:
        where = at.render_as_string(hide_password=True)
        raise StoreError(f"The store at {where} cannot be opened: {_why(refused)}.") from refused
    return Store(engine)


def _why(refused: Exception) -> str:
    """What a database or system says, on one line."""
    said = getattr(refused, "orig", None) or getattr(refused, "strerror", None) or refused
    return " ".join(str(said).split()).rstrip(".")


def address(environment: Mapping[str, str]) -> str:
    """Where the couple's own store is: as the environment says, else a file beside the program."""
    return environment.get("LEAVEWELL_DATABASE_URL") or sqlite_url(OWN_FILE)


def sqlite_url(file: Path) -> str:
    """The database address of a file."""
    return f"sqlite:///{file.as_posix()}"


@contextmanager
def _reading(engine: sa.Engine) -> Iterator[sa.Connection]:
    """A connection that sees the store as it was at one instant, whoever writes meanwhile."""
    with engine.begin() as at:
        if at.dialect.name == "sqlite":
            at.exec_driver_sql("BEGIN")
        yield at


@contextmanager
def _writing(engine: sa.Engine) -> Iterator[sa.Connection]:
    """A connection whose transaction holds the write lock from its first statement on."""
    try:
        with engine.begin() as at:
            if at.dialect.name == "sqlite":
                at.exec_driver_sql("BEGIN IMMEDIATE")
            yield at
    except sa.exc.OperationalError as refused:
        raise StoreError(f"The store did not take this: {_why(refused)}.") from refused


def _engine(url: sa.URL) -> sa.Engine:
    if url.get_backend_name() != "sqlite":
        return sa.create_engine(url)
    if url.database:
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    engine = sa.create_engine(url)

    @sa.event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # sqlite3 begins nothing by itself: _writing does
        connection.execute("PRAGMA busy_timeout=15000")
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA foreign_keys=ON")

    return engine


def _bring_up_to_date(engine: sa.Engine) -> None:
    with engine.connect() as at:
        known = sa.inspect(at).has_table("alembic_version")
        if (
            known
            and at.exec_driver_sql("SELECT version_num FROM alembic_version").scalar() == NEWEST
        ):
            return
    from alembic import command  # only a store that is behind the program needs it
    from alembic.config import Config
    from alembic.util import CommandError

    settings = Config()
    here = str(Path(__file__).parent / "migrations")
    settings.set_main_option("script_location", here.replace("%", "%%"))
    try:
        with _writing(engine) as at:
            settings.attributes["connection"] = at
            command.upgrade(settings, "head")
    except CommandError as unknown:
        raise StoreError("A newer Leavewell wrote this store; open it with that one.") from unknown


def _household(row: Row, partners: Iterable[Row], hours: Iterable[Row]) -> Household:
    one, two = sorted((Partner(**p) for p in partners), key=lambda p: p.key)
    windows: dict[str, tuple[Window, ...]] = {}
    for line in hours:
        whose = line["whose"]
        windows[whose] = (*windows.get(whose, ()), Window.read(line["window"]))
    return Household(
        id=row["id"],
        partners=(one, two),
        children=row["children"],
        zone=row["zone"],
        week_starts=row["week_starts"],
        hours=Hours(
            wake=row["wake"],
            sleep=row["sleep"],
            bedtime=row["bedtime"],
            children_away=windows.pop(CHILDREN, ()),
            work=windows,
        ),
    )


def _save_household(at: sa.Connection, household: Household) -> None:
    for table in (HOUSEHOLD, PARTNERS, HOURS):
        at.execute(sa.delete(table))
    at.execute(sa.insert(HOUSEHOLD), _household_row(household))
    at.execute(sa.insert(PARTNERS), [vars(p) for p in household.partners])
    _insert(at, HOURS, _hours_rows(household.hours))


def _household_row(household: Household) -> dict[str, Any]:
    hours = household.hours
    return {
        "id": household.id,
        "children": household.children,
        "zone": household.zone,
        "week_starts": household.week_starts,
        "wake": hours.wake,
        "sleep": hours.sleep,
        "bedtime": hours.bedtime,
    }


def _hours_rows(hours: Hours) -> list[dict[str, Any]]:
    return [
        {"whose": whose, "position": position, "window": str(window)}
        for whose, windows in {**hours.work, CHILDREN: hours.children_away}.items()
        for position, window in enumerate(windows)
    ]


def _ritual(row: Row, lines: Mapping[tuple[str, str], list[str]]) -> Ritual:
    return Ritual(
        id=row["id"],
        title=row["title"],
        kind=Kind(row["kind"]),
        takes_part=TakesPart(row["takes_part"]),
        least_minutes=row["least_minutes"],
        most_minutes=row["most_minutes"],
        windows=tuple(Window.read(text) for text in lines.get((row["id"], "window"), [])),
        rhythm=Rhythm(row["least_times"], row["most_times"]),
        needs=Needs(row["needs"]),
        size=Size(row["size"]),
        ways=tuple(lines.get((row["id"], "way"), [])),
        note=row["note"],
        source=row["source"],
        retired=row["retired"],
    )


def _save_ritual(at: sa.Connection, ritual: Ritual) -> None:
    at.execute(sa.delete(RITUAL_LINES).where(RITUAL_LINES.c.ritual == ritual.id))
    at.execute(sa.delete(RITUALS).where(RITUALS.c.id == ritual.id))
    alike = ("id", "title", "kind", "takes_part", "least_minutes", "most_minutes", "needs", "size")
    row = {name: getattr(ritual, name) for name in (*alike, "note", "source", "retired")}
    rhythm = {"least_times": ritual.rhythm.least, "most_times": ritual.rhythm.most}
    at.execute(sa.insert(RITUALS), row | rhythm)
    texts = {"window": [str(w) for w in ritual.windows], "way": ritual.ways}
    lines = [
        {"ritual": ritual.id, "what": what, "position": position, "text": text}
        for what, written in texts.items()
        for position, text in enumerate(written)
    ]
    _insert(at, RITUAL_LINES, lines)


def _plans(at: sa.Connection, first: Week, last: Week) -> dict[Week, Plan]:
    def rows(table: sa.Table, *order: sa.Column[Any]) -> Iterator[tuple[Week, Any]]:
        within = table.c.week.between(str(first), str(last))
        for row in at.execute(sa.select(table).where(within).order_by(*order)):
            yield Week.read(row.week), row

    hopes: dict[Week, dict[Strand, Hope]] = {}
    for week, row in rows(HOPES):
        strand = Strand(Kind(row.kind), row.partner or None)
        hopes.setdefault(week, {})[strand] = Hope(row.usual, row.by_hand)
    choices: dict[Week, list[Choice]] = {}
    for week, row in rows(CHOICES, CHOICES.c.position):
        choices.setdefault(week, []).append(
            Choice(row.ritual, row.partner or None, row.times, row.most)
        )
    occurrences: dict[Week, list[Occurrence]] = {}
    for week, row in rows(OCCURRENCES, OCCURRENCES.c.start, OCCURRENCES.c.end, OCCURRENCES.c.id):
        occurrences.setdefault(week, []).append(_occurrence(row._mapping))
    sitters: dict[Week, list[Span]] = {}
    for week, row in rows(SITTERS, SITTERS.c.start):
        sitters.setdefault(week, []).append(Span(row.start, row.end))
    return {
        week: Plan(
            week,
            Season(row.season),
            hopes.get(week, {}),
            tuple(choices.get(week, ())),
            tuple(occurrences.get(week, ())),
            tuple(sitters.get(week, ())),
        )
        for week, row in rows(WEEKS)
    }


def _occurrence(row: Row) -> Occurrence:
    fields = {name: value for name, value in row.items() if name != "week"}
    fields |= {"kind": Kind(row["kind"]), "size": Size(row["size"])}
    fields["said"] = None if row["said"] is None else Said(row["said"])
    return Occurrence(**fields)


def _save_plan(at: sa.Connection, before: Plan | None, after: Plan) -> None:
    week = str(after.week)
    if before is None:
        at.execute(sa.insert(WEEKS), {"week": week, "season": after.season})
    elif before.season != after.season:
        at.execute(sa.update(WEEKS).where(WEEKS.c.week == week).values(season=after.season))
    if before is None or before.hopes != after.hopes:
        at.execute(sa.delete(HOPES).where(HOPES.c.week == week))
        _insert(at, HOPES, [_hope_row(week, *item) for item in after.hopes.items()])
    if before is None or before.choices != after.choices:
        at.execute(sa.delete(CHOICES).where(CHOICES.c.week == week))
        _insert(at, CHOICES, [_choice_row(week, *item) for item in enumerate(after.choices)])
    if before is None or before.sitter != after.sitter:
        at.execute(sa.delete(SITTERS).where(SITTERS.c.week == week))
        _insert(at, SITTERS, [{"week": week, "start": s.start, "end": s.end} for s in after.sitter])
    _save_occurrences(at, week, before.occurrences if before else (), after.occurrences)


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
    _insert(at, OCCURRENCES, [vars(new[id]) | {"week": week} for id in changed])


def _calendar(row: Row) -> Calendar:
    skipped = tuple(row["skipped"].split("\n")) if row["skipped"] else ()
    told = {"origin": Origin(row["origin"]), "skipped": skipped}
    fields = {name: value for name, value in row.items() if name != "longest"}
    return Calendar(**fields | told)


def _calendar_row(calendar: Calendar, busy: Sequence[Busy] | None) -> dict[str, Any]:
    row = vars(calendar) | {"skipped": "\n".join(calendar.skipped)}
    if busy is None:
        return row
    longest = max((b.span.length for b in busy), default=timedelta())
    return row | {"longest": -(-longest // timedelta(minutes=1))}


def _busy_row(calendar: Calendar, number: int, busy: Busy) -> dict[str, Any]:
    return {
        "calendar": calendar.id,
        "number": number,
        "start": busy.span.start,
        "end": busy.span.end,
        "title": busy.title if calendar.titles else "",
        "whole_day": busy.whole_day,
    }


def _hope_row(week: str, strand: Strand, hope: Hope) -> dict[str, Any]:
    partner = strand.partner or NOBODY
    return {"week": week, "kind": strand.kind, "partner": partner, **vars(hope)}


def _choice_row(week: str, position: int, choice: Choice) -> dict[str, Any]:
    row = vars(choice) | {"partner": choice.partner or NOBODY}
    return row | {"week": week, "position": position}


def _insert(at: sa.Connection, table: sa.Table, rows: Sequence[Mapping[str, Any]]) -> None:
    if rows:
        at.execute(sa.insert(table), list(rows))

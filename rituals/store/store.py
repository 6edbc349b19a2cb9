"""The couple's store: what is loaded from it and saved to it.

The model knows nothing of the tables (rituals.tables). Every change is one transaction that
reads what it changes under the write lock, so two browsers cannot undo each other's edits.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Event
from typing import Any, TypeVar

import sqlalchemy as sa

from rituals.model.calendar import Audience, Busy, Calendar, ExportedEvent, Feed, Route, Server
from rituals.model.household import Household
from rituals.model.note import Noticed
from rituals.model.plan import Plan
from rituals.model.ritual import Ritual
from rituals.model.span import Span, Spans
from rituals.model.summary import Told
from rituals.model.week import Week
from rituals.store import engines, errors, location, migrate
from rituals.store.cache import MOST_KNOWN, Known
from rituals.store.calendar_rows import (
    forget_calendar,
    read_busy,
    read_calendars,
    read_titles,
    write_calendar,
)
from rituals.store.errors import DamagedError, StoreError
from rituals.store.plan_rows import (
    columns,
    read_feeds,
    read_fields,
    read_household,
    read_last_plan,
    read_last_times,
    read_plans,
    read_rituals,
    read_servers,
    read_taken,
    read_weeks,
    taken_row,
    write_household,
    write_plan,
    write_ritual,
)
from rituals.store.schema import (
    ASIDE,
    FEEDS,
    HOURS,
    HOUSEHOLD,
    NOTICED,
    PARTNERS,
    REVISION,
    RITUALS,
    SERVERS,
    TAKEN,
    WEEKS,
)

NEWEST = "0009"  # the newest migration; a test holds it to the newest file in migrations/versions
OF_A_LINE = columns(Noticed, NOTICED)
REFUSED = (sa.exc.DBAPIError, sa.exc.ArgumentError, engines.UnfitError, OSError, ImportError)
NOT_NOW = (  # what a change may be refused with, and the next one taken
    sa.exc.OperationalError,
    sa.exc.InterfaceError,
    sa.exc.DataError,
    engines.UnfitError,
)
Found = TypeVar("Found")


@dataclass(frozen=True)
class Store:
    """The open store of one household.

    `changed` is set whenever something new is kept, `damaged` once its file is found to be so.
    """

    engine: sa.Engine
    known: Known = field(default_factory=Known, compare=False)
    changed: Event = field(default_factory=Event, compare=False)
    damaged: Event = field(default_factory=Event, compare=False)

    def load_household(self) -> Household | None:
        """The household, or None before the first visit is done."""
        return self._read(HOUSEHOLD.name, _household)

    def save_household(self, household: Household) -> None:
        """Keeps the household as it is now, in place of what was kept before."""
        with self.writing() as at:
            write_household(at, household)

    def load_rituals(self) -> dict[str, Ritual]:
        """The couple's own rituals and copies from the catalogue, retired ones too, by id."""
        return dict(self._read(RITUALS.name, read_rituals))

    def save_ritual(self, ritual: Ritual) -> None:
        """Keeps one ritual, new or changed."""
        with self.writing() as at:
            write_ritual(at, ritual)

    def load_plans(self, weeks: Sequence[Week]) -> dict[Week, Plan]:
        """The plans of these weeks; a week without one is not in it."""
        if not weeks:
            return {}
        with self.reading() as at:
            known = self.known.at(_number(at)) if len(weeks) <= MOST_KNOWN else {}
            unknown = [week for week in weeks if week not in known]
            if unknown:
                found = read_plans(at, min(unknown), max(unknown))
                known.update((week, found.get(week)) for week in unknown)
        return {week: known[week] for week in sorted(set(weeks)) if known[week]}

    def load_plan(self, week: Week) -> Plan | None:
        """The plan of one week, if there is one."""
        return self.load_plans([week]).get(week)

    def load_last_plan(self, week: Week) -> Plan | None:
        """The newest plan of a week before this one, to carry over: the last before grace."""
        with self.reading() as at:
            return read_last_plan(at, week)

    def weeks_told(self, before: Week) -> tuple[Told, ...]:
        """The weeks before this one that have a plan, and what is known of them; newest first."""
        with self.reading() as at:
            return read_weeks(at, before)

    def first_week(self) -> Week | None:
        """The oldest week that has a plan, or None before the first."""
        with self.reading() as at:
            first = at.execute(sa.select(sa.func.min(WEEKS.c.week))).scalar()
        return None if first is None else Week.read(first)

    def change_plan(self, begun: Plan, change: Callable[[Plan], Plan]) -> Plan:
        """The plan after a change, kept: that of its week, or `begun` where it has none yet."""
        with self.writing() as at:
            before = read_plans(at, begun.week, begun.week).get(begun.week)
            after = change(before or begun)
            write_plan(at, before, after)
            number = _number(at)
        self.known.goes_on(number, number + 1, begun.week)
        return after

    def last_times(self, before: Week) -> dict[str, Week]:
        """The newest week before this one in which each ritual was in a plan; grace aside."""
        with self.reading() as at:
            return read_last_times(at, before)

    def load_calendars(self) -> tuple[Calendar, ...]:
        """The outside calendars, by partner and name."""
        with self.reading() as at:
            return read_calendars(at)

    def save_calendar(self, calendar: Calendar, busy: Iterable[Busy] | None = None) -> None:
        """Keeps a calendar; new busy times, where any are given, take the place of those before.

        Titles are kept only where the calendar asks for them, and forgotten once it does not.
        """
        with self.writing() as at:
            write_calendar(at, calendar, None if busy is None else tuple(busy))

    def remove_calendar(self, id: str) -> None:
        """Forgets a calendar and everything that was read from it."""
        with self.writing() as at:
            forget_calendar(at, id)

    def load_busy(self, within: Span) -> dict[str, Spans]:
        """By partner, when their calendars say they are busy; whole days where they count."""
        with self.reading() as at:
            return read_busy(at, within)

    def load_titles(self, partner: str, within: Span) -> tuple[Busy, ...]:
        """What one partner's own calendars say in words, for that partner's eyes."""
        with self.reading() as at:
            return read_titles(at, partner, within)

    def load_taken(self, weeks: Iterable[Week] | None = None) -> tuple[ExportedEvent, ...]:
        """What calendars were told of these weeks, or of all, in the order of time."""
        query = sa.select(TAKEN).order_by(TAKEN.c.start, TAKEN.c.occurrence)
        if weeks is not None:
            query = query.where(TAKEN.c.week.in_([str(week) for week in weeks]))
        with self.reading() as at:
            return tuple(read_taken(row) for row in at.execute(query).mappings())

    def save_taken(self, entries: Iterable[ExportedEvent]) -> None:
        """Keeps what calendars were told, in place of what they were told of the same before."""
        with self.writing() as at:
            for entry in entries:
                _put(at, TAKEN, taken_row(entry))

    def load_feeds(self) -> dict[Audience, Feed]:
        """The feeds there are."""
        with self.reading() as at:
            return read_feeds(at)

    def save_feed(self, feed: Feed) -> None:
        """Keeps an audience's feed; one without an address and a folder is forgotten."""
        with self.writing() as at:
            _put(at, FEEDS, vars(feed), forget=not (feed.token or feed.folder))

    def load_servers(self) -> dict[Audience, Server]:
        """The servers that weeks are published to."""
        with self.reading() as at:
            return read_servers(at)

    def save_server(self, server: Server) -> None:
        """Keeps an audience's server."""
        with self.writing() as at:
            _put(at, SERVERS, vars(server))

    def remove_server(self, audience: Audience) -> None:
        """Forgets an audience's server, and what lies there; that it was taken is not forgotten."""
        with self.writing() as at:
            at.execute(sa.delete(SERVERS).where(SERVERS.c.audience == audience))
            published = TAKEN.c.audience == audience, TAKEN.c.route == Route.SERVER
            forgotten = {"gone": True, "name": "", "etag": "", "sent": ""}
            at.execute(sa.update(TAKEN).where(*published).values(forgotten))

    def load_noticed(self) -> tuple[Noticed, ...]:
        """What the two noticed about each other, the oldest first."""
        query = sa.select(NOTICED).order_by(NOTICED.c.at, NOTICED.c.id)
        with self.reading() as at:
            rows = at.execute(query).mappings().all()
        found = (read_fields(row, OF_A_LINE) for row in rows)
        return tuple(Noticed(**line | {"week": Week.read(line["week"])}) for line in found)

    def save_noticed(self, noticed: Noticed) -> None:
        """Keeps a line that somebody wrote, new or changed; one without words is forgotten."""
        with self.writing() as at:
            row = vars(noticed) | {"week": str(noticed.week)}
            _put(at, NOTICED, row, forget=not noticed.text)

    def load_aside(self) -> frozenset[str]:
        """The observations that were put aside for good, by the names of their rules."""
        with self.reading() as at:
            return frozenset(at.execute(sa.select(ASIDE.c.rule)).scalars())

    def put_aside(self, rule: str) -> None:
        """Keeps that an observation is not wanted again."""
        with self.writing() as at:
            _put(at, ASIDE, {"rule": rule})

    def bring_back(self, rule: str) -> None:
        """Lets observations of a rule be said again."""
        with self.writing() as at:
            _put(at, ASIDE, {"rule": rule}, forget=True)

    def fill(self, household: Household, rituals: Iterable[Ritual], plans: Iterable[Plan]) -> None:
        """Keeps a whole household with its weeks; raises StoreError where there is one already."""
        with self.writing() as at:
            if at.execute(sa.select(HOUSEHOLD.c.id)).first() is not None:
                raise StoreError("This store already holds a household, and it stays as it is.")
            write_household(at, household)
            for ritual in rituals:
                write_ritual(at, ritual)
            for plan in plans:
                write_plan(at, None, plan)

    def revision(self) -> int:
        """A number that grows with each change, whoever makes it, on whatever machine."""
        with self.reading() as at:
            return _number(at)

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """A connection that sees the store as it was at one instant, whoever writes meanwhile."""
        try:
            with engines.one_instant(self.engine) as at:
                yield at
        except (sa.exc.DatabaseError, sa.exc.InterfaceError) as refused:
            raise self._refusal("The store cannot be read", refused) from refused

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """A connection that writes all or nothing, and alone; never into a damaged file."""
        if self.damaged.is_set():
            raise DamagedError(f"The store did not take this: {errors.DAMAGED}.")
        try:
            with engines.alone(self.engine) as at:
                yield at
                _count(at)
        except (*NOT_NOW, sa.exc.DatabaseError) as refused:
            if not isinstance(refused, NOT_NOW) and not _is_damage(refused):
                raise
            raise self._refusal("The store did not take this", refused) from refused
        self.changed.set()

    def _read(self, name: str, look: Callable[[sa.Connection], Found]) -> Found:
        """What a look finds; as long as nothing changes it is not looked for again."""
        with self.reading() as at:
            known = self.known.at(_number(at))
            if name not in known:
                known[name] = look(at)
            found: Found = known[name]
        return found

    def _refusal(self, said: str, refused: Exception) -> StoreError:
        sentence = f"{said}: {engines.why(refused)}."
        if not _is_damage(refused):
            return StoreError(sentence)
        self.damaged.set()
        return DamagedError(sentence)


def open_store(url: str) -> Store:
    """The store at a database address, brought up to date; raises StoreError where that fails."""
    address = location.parsed(url)
    try:
        return Store(migrate.up_to_date(engines.engine(address), NEWEST))
    except REFUSED as refused:
        where, why = engines.shown(address), engines.why(refused)
        raise StoreError(f"The store at {where} cannot be opened: {why}.") from refused


def _household(at: sa.Connection) -> Household | None:
    row = at.execute(sa.select(HOUSEHOLD)).mappings().first()
    if row is None:
        return None
    partners = at.execute(sa.select(PARTNERS)).mappings().all()
    hours = at.execute(sa.select(HOURS).order_by(HOURS.c.position)).mappings().all()
    return read_household(row, partners, hours)


def _number(at: sa.Connection) -> int:
    """The revision: how often the store has changed."""
    return at.execute(sa.select(REVISION.c.number)).scalar() or 0


def _count(at: sa.Connection) -> None:
    more = sa.update(REVISION).values(number=REVISION.c.number + 1)
    if not at.execute(more).rowcount:
        at.execute(sa.insert(REVISION), {"id": 1, "number": 1})


def _put(
    at: sa.Connection, table: sa.Table, row: Mapping[str, Any], *, forget: bool = False
) -> None:
    """Puts a row in place of the one with its key, or takes that one out."""
    key = [column == row[column.key] for column in table.primary_key]
    at.execute(sa.delete(table).where(*key))
    if not forget:
        at.execute(sa.insert(table), dict(row))


def _is_damage(refused: Exception) -> bool:
    return errors.is_damage(getattr(refused, "orig", None))

"""The couple's store: loads and saves every value of the model.

The model knows nothing of the tables (rituals.store.schema). Every change is one transaction that
reads what it changes under the write lock, so two browsers cannot undo each other's edits.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from threading import Event
from typing import TypeVar

import sqlalchemy as sa

from rituals.model.calendar import (
    Audience,
    Busy,
    Calendar,
    ExportedEvent,
    Feed,
    Route,
    Server,
    WholeDays,
)
from rituals.model.difference import Difference
from rituals.model.household import Household
from rituals.model.note import Note
from rituals.model.plan import Plan
from rituals.model.ritual import Ritual
from rituals.model.summary import WeekSummary
from rituals.model.time.span import Span, Spans
from rituals.model.time.week import Week
from rituals.store import engines, errors, location, migrate, sums
from rituals.store.cache import RevisionCache, count_change, read_revision
from rituals.store.calendar_rows import (
    delete_calendar,
    read_busy,
    read_calendars,
    read_titles,
    read_whole_days,
    write_calendar,
)
from rituals.store.errors import DamagedError, StoreError
from rituals.store.household_rows import (
    change_household,
    delete_difference,
    read_household,
    unplanned_week,
    write_difference,
    write_household,
)
from rituals.store.plan_rows import (
    columns,
    exported_row,
    put_row,
    read_exported_events,
    read_feeds,
    read_fields,
    read_last_plan,
    read_last_times,
    read_plans,
    read_rituals,
    read_servers,
    read_week_summaries,
    write_plan,
    write_ritual,
)
from rituals.store.schema import (
    ASIDE,
    BUSY,
    FEEDS,
    HOUSEHOLD,
    NOTICED,
    RITUALS,
    SERVERS,
    TAKEN,
    WEEKS,
)

NEWEST = "0022"  # the newest migration; a test holds it to the newest file in migrations/versions
NOTE_COLUMNS = columns(Note, NOTICED)
REFUSED = (
    *(sa.exc.DBAPIError, sa.exc.ArgumentError, engines.UnfitError),
    *(OSError, ImportError, UnicodeDecodeError),
)
NOT_NOW = (  # what a change may be refused with, and the next one taken
    sa.exc.OperationalError,
    sa.exc.InterfaceError,
    sa.exc.DataError,
    engines.UnfitError,
)
Value = TypeVar("Value")
MOST_PLANS = 200  # kept for pages that show them again and again, and not those of ten years


@dataclass(frozen=True)
class Store:
    """Open store of one household.

    `changed` is set by each change through this object, `damaged` once its file is found to be so.
    """

    engine: sa.Engine
    cache: RevisionCache = field(default_factory=RevisionCache, compare=False)
    changed: Event = field(default_factory=Event, compare=False)
    damaged: Event = field(default_factory=Event, compare=False)

    def load_household(self) -> Household | None:
        """Household, or None before the first visit is done."""
        return self._cached(HOUSEHOLD.name, read_household)

    def save_household(self, household: Household) -> None:
        """Saves the household as if it had always been so: of weeks that are over, too."""
        with self.writing() as at:
            write_household(at, household)

    def change_household(self, household: Household, today: date) -> None:
        """Saves the household as it is from now on: weeks that are over stay as they were."""
        with self.writing() as at:
            change_household(at, household, today)

    def unplanned_week(self, first: Week) -> Week:
        """The first week, from one on, after all that have a plan."""
        with self.reading() as at:
            return unplanned_week(at, first)

    def save_difference(self, difference: Difference) -> None:
        """Saves what is different for a day or a stretch, new or changed."""
        with self.writing() as at:
            write_difference(at, difference)

    def remove_difference(self, id: str) -> None:
        """Deletes what was different, as if it had never been told."""
        with self.writing() as at:
            delete_difference(at, id)

    def load_rituals(self) -> dict[str, Ritual]:
        """Rituals by id: the couple's own and copies from the catalogue, retired ones too."""
        return dict(self._cached(RITUALS.name, read_rituals))

    def save_ritual(self, ritual: Ritual) -> None:
        """Saves one ritual, new or changed."""
        with self.writing() as at:
            write_ritual(at, ritual)

    def change_ritual(self, change: Callable[[Mapping[str, Ritual]], Ritual]) -> Ritual:
        """Saves the ritual that follows from those kept, under the write lock, and returns it."""
        with self.writing() as at:
            after = change(read_rituals(at))
            write_ritual(at, after)
        return after

    def load_plans(self, weeks: Sequence[Week]) -> dict[Week, Plan]:
        """Plans of these weeks, the oldest first; weeks without one are absent."""
        if not weeks:
            return {}
        with self.reading() as at:
            cached = self.cache.values_at(read_revision(at)) if len(weeks) <= MOST_PLANS else {}
            missing = [week for week in weeks if week not in cached]
            if missing:
                found = read_plans(at, min(missing), max(missing))
                cached.update((week, found.get(week)) for week in missing)
        return {week: cached[week] for week in sorted(set(weeks)) if cached[week]}

    def load_plan(self, week: Week) -> Plan | None:
        """Plan of one week, if there is one."""
        return self.load_plans([week]).get(week)

    def load_last_plan(self, week: Week) -> Plan | None:
        """Newest plan before this week, to carry over: one without grace if there is any."""
        with self.reading() as at:
            return read_last_plan(at, week)

    def week_summaries(self, before: Week) -> tuple[WeekSummary, ...]:
        """Weeks before this one that have a plan, in short, the newest first."""
        with self.reading() as at:
            return read_week_summaries(at, before)

    def first_week(self) -> Week | None:
        """Oldest week that has a plan, or None before the first."""
        with self.reading() as at:
            first = at.execute(sa.select(sa.func.min(WEEKS.c.week))).scalar()
        return None if first is None else Week.read(first)

    def change_plan(self, begun: Plan, change: Callable[[Plan], Plan]) -> Plan:
        """Saves a change of a week's plan and returns the plan after it.

        `change` is called under the write lock with the stored plan, or `begun` if there is none.
        """
        with self.writing() as at:
            before = read_plans(at, begun.week, begun.week).get(begun.week)
            after = change(before or begun)
            write_plan(at, before, after)
            number = read_revision(at)
        self.cache.carry_over(number, number + 1, begun.week)
        return after

    def last_times(self, before: Week) -> dict[str, Week]:
        """Newest week before this one in which each ritual was in a plan, by id; grace aside."""
        with self.reading() as at:
            return read_last_times(at, before)

    def load_calendars(self) -> tuple[Calendar, ...]:
        """Outside calendars, sorted by partner and name."""
        with self.reading() as at:
            return read_calendars(at)

    def save_calendar(self, calendar: Calendar, busy: Iterable[Busy] | None = None) -> None:
        """Saves a calendar; busy times, unless None, replace those before.

        Titles are kept only if the calendar wants them, and deleted once it does not.
        """
        with self.writing() as at:
            write_calendar(at, calendar, None if busy is None else tuple(busy))

    def remove_calendar(self, id: str) -> None:
        """Deletes a calendar and everything that was read from it."""
        with self.writing() as at:
            delete_calendar(at, id)

    def load_busy(self, within: Span) -> dict[str, Spans]:
        """Busy times by partner, clear of whole days where their calendar does not count them."""
        return dict(self._cached((BUSY.name, within), lambda at: read_busy(at, within)))

    def load_titles(self, partner: str, within: Span) -> tuple[Busy, ...]:
        """Busy times with a title from one partner's calendars, for that partner's eyes."""
        with self.reading() as at:
            return read_titles(at, partner, within)

    def load_whole_days(self, household: Household) -> tuple[WholeDays, ...]:
        """Whole days in a row in the partners' calendars, for the question what they mean."""
        name = f"{BUSY.name} {household.zone}"
        return self._cached(name, lambda at: read_whole_days(at, household))

    def load_exported(self, weeks: Iterable[Week] | None = None) -> tuple[ExportedEvent, ...]:
        """Exported events of these weeks, or of all, in the order of time."""
        with self.reading() as at:
            return read_exported_events(at, weeks)

    def save_exported(self, entries: Iterable[ExportedEvent]) -> None:
        """Saves exported events, each in place of the one with its key."""
        with self.writing() as at:
            for entry in entries:
                put_row(at, TAKEN, exported_row(entry))

    def change_exported(
        self,
        weeks: Iterable[Week],
        change: Callable[[tuple[ExportedEvent, ...]], Iterable[ExportedEvent]],
    ) -> tuple[ExportedEvent, ...]:
        """Saves what follows from the exported events of these weeks, and returns just that.

        `change` is called under the write lock, so that no two exports number an event alike.
        """
        with self.writing() as at:
            after = tuple(change(read_exported_events(at, weeks)))
            for entry in after:
                put_row(at, TAKEN, exported_row(entry))
        return after

    def load_feeds(self) -> dict[Audience, Feed]:
        """Feeds by audience."""
        with self.reading() as at:
            return read_feeds(at)

    def save_feed(self, feed: Feed) -> None:
        """Saves an audience's feed; deletes one without an address and a folder."""
        with self.writing() as at:
            put_row(at, FEEDS, vars(feed), forget=not (feed.token or feed.folder))

    def load_servers(self) -> dict[Audience, Server]:
        """Calendar servers that weeks are published to, by audience."""
        with self.reading() as at:
            return read_servers(at)

    def save_server(self, server: Server) -> None:
        """Saves an audience's server."""
        with self.writing() as at:
            put_row(at, SERVERS, vars(server))

    def remove_server(self, audience: Audience) -> None:
        """Deletes an audience's server; its exported events stay in the ledger, marked as gone."""
        with self.writing() as at:
            at.execute(sa.delete(SERVERS).where(SERVERS.c.audience == audience))
            published = TAKEN.c.audience == audience, TAKEN.c.route == Route.SERVER
            forgotten = {"gone": True, "name": "", "etag": "", "sent": ""}
            at.execute(sa.update(TAKEN).where(*published).values(forgotten))

    def load_noticed(self) -> tuple[Note, ...]:
        """Notes of the two about each other, the oldest first."""
        query = sa.select(NOTICED).order_by(NOTICED.c.at, NOTICED.c.id)
        with self.reading() as at:
            rows = at.execute(query).mappings().all()
        found = (read_fields(row, NOTE_COLUMNS) for row in rows)
        return tuple(Note(**line | {"week": Week.read(line["week"])}) for line in found)

    def save_noticed(self, noticed: Note) -> None:
        """Saves a note, new or changed; deletes one without text."""
        with self.writing() as at:
            row = vars(noticed) | {"week": str(noticed.week)}
            put_row(at, NOTICED, row, forget=not noticed.text)

    def load_dismissed(self) -> frozenset[str]:
        """Rules whose observations were dismissed for good."""
        with self.reading() as at:
            return frozenset(at.execute(sa.select(ASIDE.c.rule)).scalars())

    def dismiss(self, rule: str) -> None:
        """Dismisses the observations of a rule for good."""
        with self.writing() as at:
            put_row(at, ASIDE, {"rule": rule})

    def undismiss(self, rule: str) -> None:
        """Allows the observations of a dismissed rule again."""
        with self.writing() as at:
            put_row(at, ASIDE, {"rule": rule}, forget=True)

    def fill(self, household: Household, rituals: Iterable[Ritual], plans: Iterable[Plan]) -> None:
        """Saves a whole household with its weeks; raises StoreError if there is one already."""
        with self.writing() as at:
            if at.execute(sa.select(HOUSEHOLD.c.id)).first() is not None:
                raise StoreError("This store already holds a household, and it stays as it is.")
            write_household(at, household)
            for difference in household.differences:
                write_difference(at, difference)
            for ritual in rituals:
                write_ritual(at, ritual)
            for plan in plans:
                write_plan(at, None, plan)

    def revision(self) -> int:
        """Number that grows with each change, whoever makes it, on whatever machine."""
        with self.reading() as at:
            return read_revision(at)

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """Connection that sees the store as it was at one instant, whoever writes meanwhile."""
        try:
            with engines.read_transaction(self.engine) as at, errors.reading_rows():
                yield at
        except DamagedError:
            self.damaged.set()
            raise
        except (sa.exc.DatabaseError, sa.exc.InterfaceError) as refused:
            raise self._refusal("The store cannot be read", refused) from None

    @contextmanager
    def writing(self, *, quietly: bool = False) -> Iterator[sa.Connection]:
        """Connection that writes all or nothing, and alone; never into a damaged file.

        A quiet change is one that nobody else may notice, so the revision stays.
        """
        if self.damaged.is_set():
            raise DamagedError(f"The store did not take this: {errors.DAMAGED}.")
        try:
            with engines.write_transaction(self.engine, sums.follow) as at:
                sums.begin(at)
                yield at
                if not quietly:
                    count_change(at)
        except (*NOT_NOW, sa.exc.DatabaseError) as refused:
            if not isinstance(refused, NOT_NOW) and not _is_damage(refused):
                raise
            raise self._refusal("The store did not take this", refused) from None
        if not quietly:
            self.changed.set()

    def _cached(self, name: Hashable, read: Callable[[sa.Connection], Value]) -> Value:
        """Value read from the store once for each revision."""
        with self.reading() as at:
            cached = self.cache.values_at(read_revision(at))
            if name not in cached:
                cached[name] = read(at)
            value: Value = cached[name]
        return value

    def _refusal(self, what: str, refused: Exception) -> StoreError:
        sentence = f"{what}: {engines.reason(refused)}."
        if not _is_damage(refused):
            return StoreError(sentence)
        self.damaged.set()
        return DamagedError(sentence)


def open_store(url: str) -> Store:
    """Store at a database address, migrated to the newest schema; raises StoreError."""
    address = location.parsed(url)
    try:
        return Store(migrate.up_to_date(engines.engine(address), NEWEST))
    except REFUSED as refused:
        where, why = engines.redacted(address), engines.reason(refused)
        raise StoreError(f"The store at {where} cannot be opened: {why}.") from refused


def _is_damage(refused: Exception) -> bool:
    return errors.is_damage(getattr(refused, "orig", None))

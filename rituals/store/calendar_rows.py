"""Rows of outside calendars, of their busy times, and what whole days in them may mean."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from rituals.model.calendar import Busy, Calendar, Origin, WholeDays
from rituals.model.difference import ALWAYS, Difference, What
from rituals.model.household import CHILDREN, Household
from rituals.model.time.span import Span, Spans
from rituals.store.plan_rows import Row, columns, insert, read_fields, written_fields
from rituals.store.schema import BUSY, CALENDARS

CALENDAR_COLUMNS = columns(Calendar, CALENDARS)
BUSY_COLUMNS = columns(Busy, BUSY, "span")
EVER = datetime(1, 1, 1, tzinfo=UTC)
BETWEEN = timedelta(minutes=30)  # children who go from one thing to the next are not home for it
MOST_FACTS = 65_536
ONE_DAY = timedelta(days=1)
LONG = timedelta(days=366)  # with a busy time longer than that, a look-up begins with the first


def read_calendars(at: sa.Connection) -> tuple[Calendar, ...]:
    """Outside calendars, sorted by partner and name."""
    order = (CALENDARS.c.partner, CALENDARS.c.name, CALENDARS.c.id)
    rows = at.execute(sa.select(CALENDARS).order_by(*order)).mappings()
    return tuple(read_calendar(row) for row in rows)


def read_calendar(row: Row) -> Calendar:
    """Calendar read from its row."""
    skipped = tuple(row["skipped"].split("\n")) if row["skipped"] else ()
    addresses = None if row["addresses"] is None else tuple(row["addresses"].split())
    converted = {"origin": Origin(row["origin"]), "skipped": skipped, "addresses": addresses}
    return Calendar(**read_fields(row, CALENDAR_COLUMNS) | converted)


def write_calendar(at: sa.Connection, calendar: Calendar, busy: Sequence[Busy] | None) -> None:
    """Writes a calendar; busy times, unless None, replace those before."""
    row = _row(calendar, busy)
    same = CALENDARS.c.id == calendar.id
    if at.execute(sa.select(CALENDARS.c.id).where(same)).first():
        at.execute(sa.update(CALENDARS).where(same).values(row))
    else:
        at.execute(sa.insert(CALENDARS), {"longest": 0, **row})
    if busy is not None:
        at.execute(sa.delete(BUSY).where(BUSY.c.calendar == calendar.id))
        insert(at, BUSY, [_busy_row(calendar, *item) for item in enumerate(busy)])
    elif not calendar.titles:
        at.execute(sa.update(BUSY).where(BUSY.c.calendar == calendar.id).values(title=""))


def delete_calendar(at: sa.Connection, id: str) -> None:
    """Deletes a calendar and everything that was read from it."""
    at.execute(sa.delete(BUSY).where(BUSY.c.calendar == id))
    at.execute(sa.delete(CALENDARS).where(CALENDARS.c.id == id))


def read_busy(at: sa.Connection, within: Span) -> dict[str, Spans]:
    """Busy times by partner, clear of whole days where their calendar does not count them."""
    longest = at.execute(sa.select(sa.func.max(CALENDARS.c.longest))).scalar() or 0
    back = timedelta(minutes=longest)
    since = within.start - back if back < LONG else EVER
    query = (
        sa.select(CALENDARS.c.partner, BUSY.c.start, BUSY.c.end)
        .join(CALENDARS, CALENDARS.c.id == BUSY.c.calendar)
        .where(BUSY.c.start < within.end, BUSY.c.end > within.start)
        .where(BUSY.c.start >= sa.bindparam("since"))  # a look-up need not begin with the first
        .where(sa.or_(CALENDARS.c.whole_days, sa.not_(BUSY.c.whole_day)))
        .where(sa.not_(BUSY.c.free), CALENDARS.c.partner != CHILDREN)
    )
    found: dict[str, list[Span]] = {}
    for partner, start, end in at.execute(query, {"since": since}):
        found.setdefault(partner, []).append(Span(start, end))
    return {partner: Spans(found[partner]) for partner in sorted(found)}


def read_titles(at: sa.Connection, partner: str, within: Span) -> tuple[Busy, ...]:
    """Busy times with a title from one partner's own calendars, in the order of time."""
    query = (
        sa.select(BUSY)
        .join(CALENDARS, CALENDARS.c.id == BUSY.c.calendar)
        .where(CALENDARS.c.partner == partner, BUSY.c.title != "")
        .where(BUSY.c.start < within.end, BUSY.c.end > within.start)
        .order_by(BUSY.c.start, BUSY.c.calendar, BUSY.c.number)
    )
    rows = at.execute(query).mappings()
    return tuple(_busy(row) for row in rows)


def read_whole_days(at: sa.Connection, household: Household) -> tuple[WholeDays, ...]:
    """Whole days in a row in each partner's calendar, busy or free, by calendar and in order."""
    query = (
        sa.select(CALENDARS.c.id, CALENDARS.c.partner, BUSY.c.start, BUSY.c.end)
        .join(CALENDARS, CALENDARS.c.id == BUSY.c.calendar)
        .where(BUSY.c.whole_day, CALENDARS.c.partner != CHILDREN)
        .order_by(CALENDARS.c.id)
    )
    spans: dict[tuple[str, str], list[Span]] = {}
    for calendar, partner, start, end in at.execute(query):
        spans.setdefault((calendar, partner), []).append(Span(start, end))
    return tuple(
        WholeDays(calendar, partner, *days)
        for (calendar, partner), found in spans.items()
        for days in _days(found, household)
    )


def read_from_calendars(
    at: sa.Connection, household: Household
) -> tuple[tuple[Difference, ...], ...]:
    """Days without school and hours away from home, read from the children's calendars."""
    query = (
        sa.select(BUSY.c.start, BUSY.c.end, BUSY.c.whole_day)
        .join(CALENDARS, CALENDARS.c.id == BUSY.c.calendar)
        .where(CALENDARS.c.partner == CHILDREN)
        .where(
            sa.or_(
                sa.and_(CALENDARS.c.whole_days, BUSY.c.whole_day),
                sa.and_(CALENDARS.c.away, sa.not_(BUSY.c.whole_day)),
            )
        )
    )
    whole: list[Span] = []
    others: list[Span] = []
    for start, end, whole_day in at.execute(query):
        (whole if whole_day else others).append(Span(start, end))
    found = (
        tuple(_fact(What.NO_SCHOOL, *days) for days in _days(whole, household)),
        tuple(_hours_away(span, household) for span in _joined(others, BETWEEN)),
    )
    return tuple(row for row in found if row)


def _days(whole: Iterable[Span], household: Household) -> Iterator[tuple[date, date]]:
    """First and last days of whole days in a row."""
    for span in Spans(whole):
        first = _day(span.start, household)
        yield first, max(first, _day(span.end, household) - ONE_DAY)  # read in another zone, maybe


def _day(midnight: datetime, household: Household) -> date:
    return household.clock(midnight).date()


def _joined(spans: Iterable[Span], apart: timedelta) -> Iterator[Span]:
    """Spans with less than some time between them as one, in order."""
    stretched = Spans(Span(span.start, span.end + apart) for span in spans)
    return (Span(span.start, span.end - apart) for span in stretched)


def _hours_away(span: Span, household: Household) -> Difference:
    start, end = (household.clock(at) for at in (span.start, span.end))
    if end.time() == time():
        return _fact(What.CHILDREN_AWAY, start.date(), end.date() - ONE_DAY, start.time())
    return _fact(What.CHILDREN_AWAY, start.date(), end.date(), start.time(), end.time())


@lru_cache(MOST_FACTS)
def _fact(
    what: What, first: date, last: date, start: time | None = None, end: time | None = None
) -> Difference:
    """A difference that nobody told; the same one again, so that households compare quickly."""
    name = f"calendar {what} {first} {start or ''}".strip()
    return Difference(name, what, first, last, ALWAYS, start=start, end=end)


def _busy(row: Row) -> Busy:
    return Busy(Span(row["start"], row["end"]), **read_fields(row, BUSY_COLUMNS))


def _row(calendar: Calendar, busy: Sequence[Busy] | None) -> dict[str, Any]:
    addresses = None if calendar.addresses is None else "\n".join(calendar.addresses)
    lines = {"skipped": "\n".join(calendar.skipped), "addresses": addresses}
    row = written_fields(calendar, CALENDAR_COLUMNS) | lines
    if busy is None:
        return row
    longest = max((b.span.length for b in busy if not b.free), default=timedelta())
    return row | {"longest": -(-longest // timedelta(minutes=1))}


def _busy_row(calendar: Calendar, number: int, busy: Busy) -> dict[str, Any]:
    own = {"calendar": calendar.id, "number": number}
    when = {"start": busy.span.start, "end": busy.span.end}
    kept = busy if calendar.titles else replace(busy, title="")
    return own | when | written_fields(kept, BUSY_COLUMNS)

"""Many weeks at once as sums made by the store, where loading their plans would take too long."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import cache
from typing import Any

import sqlalchemy as sa

from rituals.model.household import Kind
from rituals.model.plan import Season
from rituals.model.summary import Sums, Times
from rituals.model.week import Week
from rituals.store.plan_rows import NOBODY
from rituals.store.schema import LIVED, OCCURRENCES, WEEKS
from rituals.store.store import Store

_O = OCCURRENCES.c
SPOKEN = _O.said.is_not(None)
COUNTS = sa.or_(sa.and_(_O.chosen, sa.not_(_O.let_go)), SPOKEN)
STANDING = sa.and_(_O.chosen, sa.not_(sa.or_(_O.let_go, _O.spontaneous)))
TOGETHER = _O.kind == Kind.TOGETHER


def sums_together(store: Store, first: Week, last: Week) -> dict[Week, Sums]:
    """By week with a plan, what is known of its time together."""
    with store.reading() as at:
        return {
            Week.read(week): Sums(season, grace, bool(heard and not open_), *together)
            for week, season, grace, heard, open_, *together in at.execute(
                together_query(first, last)
            )
        }


def times_together(store: Store, first: Week, last: Week) -> list[tuple[datetime, int]]:
    """When each time together began that was lived, and the minutes lived of it.

    A week whose time together was said as a whole is left out: nobody said when it was.
    """
    roughly = sa.exists().where(LIVED.c.week == _O.week, LIVED.c.kind == Kind.TOGETHER)
    query = (
        sa.select(_O.start, _O.lived)
        .join(WEEKS, WEEKS.c.week == _O.week)
        .where(_within(_O.week, first, last))
        .where(TOGETHER, _O.lived > 0, WEEKS.c.season != Season.GRACE, sa.not_(roughly))
        .order_by(_O.week, _O.start, _O.id)
    )
    with store.reading() as at:
        return [(start, minutes) for start, minutes in at.execute(query)]


def times_of_rituals(store: Store, first: Week, last: Week) -> list[Times]:
    """By ritual and week, how many times it was lived."""
    query = (
        sa.select(_O.ritual, _O.week, sa.func.count())
        .where(_within(_O.week, first, last), _O.ritual.is_not(None), _O.lived > 0)
        .where(WEEKS.c.season != Season.GRACE)
        .join(WEEKS, WEEKS.c.week == _O.week)
        .group_by(_O.ritual, _O.week)
        .order_by(_O.ritual, _O.week)
    )
    with store.reading() as at:
        return [Times(ritual, Week.read(week), times) for ritual, week, times in at.execute(query)]


def last_lived(store: Store, rituals: Iterable[str], before: Week) -> dict[str, Week]:
    """The newest week before this one in which each of these rituals was lived, if there is one."""
    asked = sorted(rituals)
    if not asked:
        return {}
    with store.reading() as at:
        found = at.execute(last_query(asked, before))
        return {ritual: Week.read(week) for ritual, week in found if week is not None}


def last_query(rituals: Iterable[str], before: Week) -> sa.Select[Any]:
    """What is asked of the store for them: one look into the index for each ritual."""
    asked = sa.values(sa.column("ritual", sa.String), name="asked")
    each = asked.data([(ritual,) for ritual in rituals]).cte()
    rests = sa.select(WEEKS.c.week).where(WEEKS.c.season == Season.GRACE)
    newest = (
        sa.select(sa.func.max(_O.week))
        .where(_O.ritual == each.c.ritual, _O.week < str(before), _O.lived > 0)
        .where(_O.week.not_in(rests))
        .scalar_subquery()
    )
    return sa.select(each.c.ritual, newest)


def together_query(first: Week, last: Week) -> sa.Select[Any]:
    """What is asked of the store for the sums; one pass over the weeks' own occurrences."""
    return _sums_query().params(first=str(first), last=str(last))


@cache
def _sums_query() -> sa.Select[Any]:
    """The same for any weeks: it takes a moment to put together."""
    first, last = sa.bindparam("first", type_=sa.String), sa.bindparam("last", type_=sa.String)
    here = sa.and_(TOGETHER, COUNTS)
    roughly = sa.exists().where(
        LIVED.c.week == _O.week,
        LIVED.c.kind == _O.kind,
        LIVED.c.partner == sa.func.coalesce(_O.partner, NOBODY),
    )
    unsaid = sa.and_(STANDING, sa.not_(SPOKEN), sa.not_(roughly))
    sums = (
        sa.select(
            _O.week,
            sa.func.count().filter(STANDING, SPOKEN).label("heard"),
            sa.func.count().filter(unsaid).label("open"),
            sa.func.count().filter(here).label("lying"),
            sa.func.count().filter(here, SPOKEN).label("said"),
            sa.func.coalesce(sa.func.sum(_O.lived).filter(here), 0).label("minutes"),
        )
        .where(_O.week.between(first, last))
        .group_by(_O.week)
        .subquery()
    )
    whole = sa.and_(
        LIVED.c.week == WEEKS.c.week, LIVED.c.kind == Kind.TOGETHER, LIVED.c.partner == NOBODY
    )
    names = ("heard", "open", "lying", "said", "minutes")
    counted = (sa.func.coalesce(sums.c[name], 0) for name in names)
    return (
        sa.select(WEEKS.c.week, WEEKS.c.season, WEEKS.c.grace, *counted, LIVED.c.minutes)
        .select_from(WEEKS.outerjoin(sums, sums.c.week == WEEKS.c.week).outerjoin(LIVED, whole))
        .where(WEEKS.c.week.between(first, last))
        .order_by(WEEKS.c.week)
    )


def _within(column: sa.Column[str], first: Week, last: Week) -> sa.ColumnElement[bool]:
    return column.between(str(first), str(last))

"""Sums of many weeks, made by the database: loading their plans would take too long."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from datetime import datetime
from functools import cache
from typing import Any, TypeVar

import sqlalchemy as sa

from rituals.model.household import Kind
from rituals.model.plan import Plan, Season
from rituals.model.summary import TimesLived, TogetherSums
from rituals.model.time.week import Week
from rituals.store.cache import read_revision
from rituals.store.plan_rows import NOBODY, read_plans
from rituals.store.schema import LIVED, OCCURRENCES, WEEKS
from rituals.store.store import Store

Value = TypeVar("Value")
_O = OCCURRENCES.c
ANSWERED = _O.said.is_not(None)
COUNTS = sa.or_(sa.and_(_O.chosen, sa.not_(_O.let_go)), ANSWERED)
STANDING = sa.and_(_O.chosen, sa.not_(sa.or_(_O.let_go, _O.spontaneous)))
TOGETHER = _O.kind == Kind.TOGETHER


def sums_together(store: Store, first: Week, last: Week) -> dict[Week, TogetherSums]:
    """Sums of time together by week, for the weeks from `first` to `last` that have a plan."""
    with store.reading() as at:
        return {
            Week.read(week): TogetherSums(season, grace, bool(answered and not open_), *together)
            for week, season, grace, answered, open_, *together in at.execute(
                sums_query(first, last)
            )
        }


def figures_of_weeks(
    store: Store, weeks: Sequence[Week], name: Hashable, count: Callable[[Week, Plan | None], Value]
) -> dict[Week, Value]:
    """What `count` makes of each week's plan, counted again only where something changed.

    It may depend on that plan and on what is no plan, as the household.
    """
    with store.reading() as at:
        counted = store.cache.values_at(read_revision(at))
        missing = [week for week in weeks if (week, name) not in counted]
        plans = read_plans(at, min(missing), max(missing)) if missing else {}
    counted.update(((week, name), count(week, plans.get(week))) for week in missing)
    return {week: counted[week, name] for week in weeks}


def times_together(store: Store, first: Week, last: Week) -> list[tuple[datetime, int]]:
    """Start and lived minutes of each time together, in the order of time; grace aside.

    A week whose time together was reported as a whole is left out: nobody reported its hours.
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


def times_of_rituals(store: Store, first: Week, last: Week) -> list[TimesLived]:
    """Lived times by ritual and week, sorted by both; grace aside."""
    query = (
        sa.select(_O.ritual, _O.week, sa.func.count())
        .where(_within(_O.week, first, last), _O.ritual.is_not(None), _O.lived > 0)
        .where(WEEKS.c.season != Season.GRACE)
        .join(WEEKS, WEEKS.c.week == _O.week)
        .group_by(_O.ritual, _O.week)
        .order_by(_O.ritual, _O.week)
    )
    with store.reading() as at:
        return [
            TimesLived(ritual, Week.read(week), times) for ritual, week, times in at.execute(query)
        ]


def last_lived(store: Store, rituals: Iterable[str], before: Week) -> dict[str, Week]:
    """Newest week before this one in which each of these rituals was lived; unlived ones absent."""
    ids = sorted(rituals)
    if not ids:
        return {}
    with store.reading() as at:
        found = at.execute(last_lived_query(ids, before))
        return {ritual: Week.read(week) for ritual, week in found if week is not None}


def last_lived_query(rituals: Iterable[str], before: Week) -> sa.Select[Any]:
    """Query of `last_lived`: one look into the index for each ritual."""
    wanted = sa.values(sa.column("ritual", sa.String), name="asked")
    each = wanted.data([(ritual,) for ritual in rituals]).cte()
    rests = sa.select(WEEKS.c.week).where(WEEKS.c.season == Season.GRACE)
    newest = (
        sa.select(sa.func.max(_O.week))
        .where(_O.ritual == each.c.ritual, _O.week < str(before), _O.lived > 0)
        .where(_O.week.not_in(rests))
        .scalar_subquery()
    )
    return sa.select(each.c.ritual, newest)


def sums_query(first: Week, last: Week) -> sa.Select[Any]:
    """Query of `sums_together`: one pass over the weeks' own occurrences."""
    return _sums_template().params(first=str(first), last=str(last))


@cache
def _sums_template() -> sa.Select[Any]:
    """Query with the weeks left open, built once because that takes a moment."""
    first, last = sa.bindparam("first", type_=sa.String), sa.bindparam("last", type_=sa.String)
    counted = sa.and_(TOGETHER, COUNTS)
    roughly = sa.exists().where(
        LIVED.c.week == _O.week,
        LIVED.c.kind == _O.kind,
        LIVED.c.partner == sa.func.coalesce(_O.partner, NOBODY),
    )
    unanswered = sa.and_(STANDING, sa.not_(ANSWERED), sa.not_(roughly))
    sums = (
        sa.select(
            _O.week,
            sa.func.count().filter(STANDING, ANSWERED).label("heard"),
            sa.func.count().filter(unanswered).label("open"),
            sa.func.count().filter(counted).label("lying"),
            sa.func.count().filter(counted, ANSWERED).label("said"),
            sa.func.coalesce(sa.func.sum(_O.lived).filter(counted), 0).label("minutes"),
        )
        .where(_O.week.between(first, last))
        .group_by(_O.week)
        .subquery()
    )
    whole = sa.and_(
        LIVED.c.week == WEEKS.c.week, LIVED.c.kind == Kind.TOGETHER, LIVED.c.partner == NOBODY
    )
    names = ("heard", "open", "lying", "said", "minutes")
    columns = (sa.func.coalesce(sums.c[name], 0) for name in names)
    return (
        sa.select(WEEKS.c.week, WEEKS.c.season, WEEKS.c.grace, *columns, LIVED.c.minutes)
        .select_from(WEEKS.outerjoin(sums, sums.c.week == WEEKS.c.week).outerjoin(LIVED, whole))
        .where(WEEKS.c.week.between(first, last))
        .order_by(WEEKS.c.week)
    )


def _within(column: sa.Column[str], first: Week, last: Week) -> sa.ColumnElement[bool]:
    return column.between(str(first), str(last))

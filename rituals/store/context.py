"""Context that a week, and the season ahead, are planned in, read from the store."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import count, islice

import sqlalchemy as sa

from rituals.model.context import Due, PlanningContext, RareWeek, SeasonContext
from rituals.model.household import Household
from rituals.model.local_time import span_with_nights
from rituals.model.plan import Occurrence, Said, Season
from rituals.model.ritual import Ritual, kept
from rituals.model.time.span import Span, Spans
from rituals.model.time.week import Week
from rituals.store import covers
from rituals.store.plan_rows import NOBODY, insert, read_weeks_of_grace
from rituals.store.schema import OCCURRENCES, SEASON, WEEKS
from rituals.store.store import Store

WEEKS_REMEMBERED = 8  # when a week is placed: for turns, and for the hours one is used to
NOT_LET_GO = sa.or_(OCCURRENCES.c.said.is_(None), OCCURRENCES.c.said != Said.LET_GO)


def load_context(
    store: Store, week: Week, household: Household, rituals: Mapping[str, Ritual]
) -> PlanningContext:
    """Busy times of a week, covers included, and the occurrences of the weeks before it."""
    life = load_surroundings(store, week, household, rituals)
    return replace(life, past=_past(store, week), due=_due(store, week, household, rituals))


def load_surroundings(
    store: Store, week: Week, household: Household, rituals: Mapping[str, Ritual]
) -> PlanningContext:
    """Busy times of a week, covers included, without the weeks beside it: what a hand may meet."""
    busy = store.load_busy(span_with_nights(week, household))
    life = PlanningContext(household, rituals, busy)
    asked = covers.of_week(store, week, household)
    if not asked:
        return life
    covered = Spans(cover.span for cover in asked)
    kept_free = {p.key: busy.get(p.key, Spans()) | covered for p in household.partners}
    return replace(life, busy=kept_free, covers=asked, appointments=busy)


def load_season_context(
    store: Store, weeks: Sequence[Week], household: Household, rituals: Mapping[str, Ritual]
) -> SeasonContext:
    """All that the weeks of what is rare are chosen from, for these weeks in a row."""
    first, last = (span_with_nights(week, household) for week in (weeks[0], weeks[-1]))
    with store.reading() as at:
        lived = _newest(at, rituals, weeks[0], OCCURRENCES.c.let_go.is_(False), NOT_LET_GO)
        let_go = _newest(at, rituals, weeks[0], sa.or_(OCCURRENCES.c.let_go, ~NOT_LET_GO))
        rows = _rare_weeks(at)
    begun = [row.week for row in rows if row.week < weeks[0]]
    return SeasonContext(
        household,
        rituals,
        store.load_plans([*begun, *weeks]),
        store.load_busy(Span(first.start, last.end)),
        lived,
        let_go,
        rows,
    )


def save_rare_weeks(store: Store, rows: Iterable[RareWeek]) -> None:
    """Keeps the weeks chosen for what is rare in place of those before; nothing where all stay."""
    chosen = sorted(rows)
    with store.reading() as at:
        if list(_rare_weeks(at)) == chosen:
            return
    with store.writing() as at:
        at.execute(sa.delete(SEASON))
        insert(at, SEASON, [vars(row) | {"week": str(row.week)} for row in chosen])


def _due(
    store: Store, week: Week, household: Household, rituals: Mapping[str, Ritual]
) -> tuple[Due, ...]:
    """The rare rituals of a week that are kept, each with the week in which it was there last."""
    ours = {ritual.id for ritual in kept(rituals.values(), household)}
    with store.reading() as at:
        of_week = (row for row in _rare_weeks(at) if row.week == week and not row.left_out)
        here = [row for row in of_week if row.ritual in ours]
        if not here:
            return ()
        last = _newest(at, rituals, week, OCCURRENCES.c.let_go.is_(False), NOT_LET_GO)
    return tuple(
        Due(row.ritual, row.partner or None, last.get((row.ritual, row.partner)), row.by_hand)
        for row in here
    )


def _rare_weeks(at: sa.Connection) -> tuple[RareWeek, ...]:
    rows = at.execute(sa.select(SEASON)).mappings()
    return tuple(sorted(RareWeek(**dict(row) | {"week": Week.read(row["week"])}) for row in rows))


def _newest(
    at: sa.Connection,
    rituals: Mapping[str, Ritual],
    before: Week,
    *which: sa.ColumnElement[bool],
) -> dict[tuple[str, str], Week]:
    """Newest weeks before this one of what is rare, by ritual and partner; grace aside."""
    rare = [ritual.id for ritual in rituals.values() if not ritual.rhythm.is_weekly]
    of = OCCURRENCES.c.ritual, OCCURRENCES.c.partner
    query = (
        sa.select(*of, sa.func.max(OCCURRENCES.c.week))
        .where(OCCURRENCES.c.ritual.in_(rare), OCCURRENCES.c.chosen.is_(True), *which)
        .where(OCCURRENCES.c.week < str(before), WEEKS.c.season != Season.GRACE)
        .join(WEEKS, WEEKS.c.week == OCCURRENCES.c.week)
        .group_by(*of)
    )
    return {(id, partner or NOBODY): Week.read(week) for id, partner, week in at.execute(query)}


def _past(store: Store, week: Week) -> tuple[Occurrence, ...]:
    """Occurrences of the last weeks before this one, grace aside, those let go among them."""
    with store.reading() as at:
        rested = read_weeks_of_grace(at, week)
    lately = (w for w in (week - back for back in count(1)) if w not in rested)
    before = store.load_plans(list(islice(lately, WEEKS_REMEMBERED)))
    return tuple(
        o for plan in before.values() for o in plan.occurrences if o.chosen and not o.spontaneous
    )

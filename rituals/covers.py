"""The covers in the store: all that is written of surprises in the clear, and what follows from it.

A cover keeps its hours free for both, and nobody learns what for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import sqlalchemy as sa

from rituals.context import Cover, Life
from rituals.household import Household
from rituals.ritual import Ritual
from rituals.spans import Span, Spans
from rituals.storage import Store
from rituals.tables import COVERS
from rituals.week import Week
from rituals.weeks import with_nights


def of_week(store: Store, week: Week, household: Household) -> tuple[Cover, ...]:
    """The covers of a week and the days beside it, in the order of time."""
    within = with_nights(week, household)
    query = (
        sa.select(COVERS)
        .where(COVERS.c.start < within.end, COVERS.c.end > within.start)
        .order_by(COVERS.c.start, COVERS.c.id)
    )
    with store.reading() as at:
        return tuple(_read(row) for row in at.execute(query).mappings())


def life(store: Store, week: Week, household: Household, rituals: Mapping[str, Ritual]) -> Life:
    """What a week is planned around; time that is covered is taken, for both."""
    there = store.load_life(week, household, rituals)
    free = Spans(cover.span for cover in of_week(store, week, household))
    if not free:
        return there
    both = {p.key: there.busy.get(p.key, Spans()) | free for p in household.partners}
    return replace(there, busy=both)


def write(at: sa.Connection, giver: str, covers: Iterable[Cover]) -> None:
    """Keeps a giver's covers in place of those before."""
    at.execute(sa.delete(COVERS).where(COVERS.c.giver == giver))
    rows = [_row(cover) for cover in covers]
    if rows:
        at.execute(sa.insert(COVERS), rows)


def said(cover: Cover, household: Household) -> str:
    """A cover as the other reads it: "From Maya: keep Thursday evening free"."""
    line = cover.line
    # A word in capitals stays one.
    first = line[:1].lower() if line[1:2].islower() else line[:1]
    return f"From {household.name(cover.giver)}: {first}{line[1:]}"


def _row(cover: Cover) -> dict[str, Any]:
    return {
        "id": cover.id,
        "week": str(cover.week),
        "giver": cover.giver,
        "line": cover.line,
        "start": cover.span.start,
        "end": cover.span.end,
    }


def _read(row: sa.RowMapping) -> Cover:
    span = Span(row["start"], row["end"])
    return Cover(row["id"], row["giver"], row["line"], Week.read(row["week"]), span)

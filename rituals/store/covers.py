"""Covers in the store: all that is written of surprises in the clear.

A cover keeps its hours free for both, and nobody learns what for.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from rituals.model.context import Cover
from rituals.model.household import Household
from rituals.model.local_time import span_with_nights
from rituals.model.time.span import Span
from rituals.model.time.week import Week
from rituals.store.schema import COVERS
from rituals.store.store import Store


def of_week(store: Store, week: Week, household: Household) -> tuple[Cover, ...]:
    """Covers of a week and the nights beside it, in the order of time."""
    within = span_with_nights(week, household)
    query = (
        sa.select(COVERS)
        .where(COVERS.c.start < within.end, COVERS.c.end > within.start)
        .order_by(COVERS.c.start, COVERS.c.id)
    )
    with store.reading() as at:
        return tuple(_read(row) for row in at.execute(query).mappings())


def write(at: sa.Connection, giver: str, covers: Iterable[Cover]) -> bool:
    """Replaces all covers of a giver; true if they are others then."""
    own = sa.select(COVERS).where(COVERS.c.giver == giver).order_by(COVERS.c.id)
    before = [_read(row) for row in at.execute(own).mappings()]
    after = sorted(covers, key=lambda cover: cover.id)
    if before == after:
        return False
    at.execute(sa.delete(COVERS).where(COVERS.c.giver == giver))
    if after:
        at.execute(sa.insert(COVERS), [_row(cover) for cover in after])
    return True


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

"""Wishlist: rituals that each partner marked, shown to the other only where both did."""

from __future__ import annotations

import sqlalchemy as sa

from rituals.store.schema import WISHED
from rituals.store.store import Store

Marks = frozenset[str]  # the ids of rituals

_W = WISHED.c


def load(store: Store, partner: str) -> Marks:
    """Rituals this partner marked; shown to nobody else."""
    with store.reading() as at:
        return frozenset(at.execute(sa.select(_W.ritual).where(_W.partner == partner)).scalars())


def mark(store: Store, partner: str, ritual: str) -> None:
    """Marks a ritual for a partner; a second mark changes nothing."""
    with store.writing() as at:
        at.execute(sa.delete(WISHED).where(_of(partner, ritual)))
        at.execute(sa.insert(WISHED), {"partner": partner, "ritual": ritual})


def unmark(store: Store, partner: str, ritual: str) -> None:
    """Deletes a mark, without a trace."""
    with store.writing() as at:
        at.execute(sa.delete(WISHED).where(_of(partner, ritual)))


def _of(partner: str, ritual: str) -> sa.ColumnElement[bool]:
    return sa.and_(_W.partner == partner, _W.ritual == ritual)

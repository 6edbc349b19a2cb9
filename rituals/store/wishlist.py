"""What each of the two would love: marked apart from each other, and told only where both did."""

from __future__ import annotations

import sqlalchemy as sa

from rituals.store.schema import WISHED
from rituals.store.store import Store

Marks = frozenset[str]  # the ids of rituals

_W = WISHED.c


def load(store: Store, partner: str) -> Marks:
    """The rituals this partner marked; nobody else is shown them."""
    with store.reading() as at:
        return frozenset(at.execute(sa.select(_W.ritual).where(_W.partner == partner)).scalars())


def mark(store: Store, partner: str, ritual: str) -> None:
    """Keeps that this partner would love this ritual; marked twice it is marked once."""
    with store.writing() as at:
        at.execute(sa.delete(WISHED).where(_of(partner, ritual)))
        at.execute(sa.insert(WISHED), {"partner": partner, "ritual": ritual})


def unmark(store: Store, partner: str, ritual: str) -> None:
    """Takes a mark back; nothing remembers that it was there."""
    with store.writing() as at:
        at.execute(sa.delete(WISHED).where(_of(partner, ritual)))


def _of(partner: str, ritual: str) -> sa.ColumnElement[bool]:
    return sa.and_(_W.partner == partner, _W.ritual == ritual)

"""What each of the two would love: marked apart from each other, and told only where both did."""

from __future__ import annotations

from collections.abc import Iterable

import sqlalchemy as sa

from rituals.household import Household
from rituals.ritual import Ritual, fitting
from rituals.storage import Store
from rituals.tables import WISHED

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


def common(store: Store, rituals: Iterable[Ritual], household: Household) -> list[Ritual]:
    """The rituals that both wished for, of those the household can choose."""
    hers, his = (load(store, partner.key) for partner in household.partners)
    return both(hers, his, fitting(rituals, household))


def both(one: Marks, two: Marks, rituals: Iterable[Ritual]) -> list[Ritual]:
    """Of these rituals those that both marked, in the order they have."""
    return [ritual for ritual in rituals if ritual.id in one and ritual.id in two]


def _of(partner: str, ritual: str) -> sa.ColumnElement[bool]:
    return sa.and_(_W.partner == partner, _W.ritual == ritual)

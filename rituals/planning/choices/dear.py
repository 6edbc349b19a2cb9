"""The few rituals that are dear to a couple."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from rituals.model.ritual import Ritual
from rituals.model.wording import number

MOST_DEAR = 5  # in a household: where all is dear nothing is
FULL = (
    f"{number(MOST_DEAR).capitalize()} rituals are dear to you already; "
    "take the heart off one of them first."
)


class DearError(ValueError):
    """One ritual more than can be dear; the text is one sentence for people."""


def dear(rituals: Mapping[str, Ritual]) -> list[Ritual]:
    """The rituals that are dear, in the order of their titles."""
    return sorted((r for r in rituals.values() if r.dear), key=lambda r: (r.title, r.id))


def with_heart(ritual: Ritual, is_dear: bool, rituals: Mapping[str, Ritual]) -> Ritual:
    """The ritual, dear or not, among all of a household's; raises DearError where it is one more.

    One that is dear is not retired.
    """
    others = [r for r in dear(rituals) if r.id != ritual.id]
    if is_dear and len(others) >= MOST_DEAR:
        raise DearError(FULL)
    return replace(ritual, dear=is_dear, retired=ritual.retired and not is_dear)

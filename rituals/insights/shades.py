"""Lived time together by its shades: how much of it was all of us, both with the children.

An occurrence counts for the shade that its own mark says: what just happened, and was not said to
be with the children, is the two of us. Minutes said of together as a whole have no mark. They are
parted as the week's occurrences are, each by what was said of it, else as it was planned. Where
the week held nothing of the sort, nothing tells otherwise, and the whole is the two of us.
"""

from __future__ import annotations

from rituals.model.household import Kind, Strand
from rituals.model.plan import Occurrence, Plan

TOGETHER = Strand(Kind.TOGETHER)


def lived_all_of_us(plan: Plan, lived: int) -> int:
    """Minutes of all of us among the `lived` minutes of together; never more than those."""
    if TOGETHER in plan.lived:
        return _part_of_whole(plan, lived)
    return sum(o.lived or 0 for o in plan.occurrences if o.all_of_us)


def _part_of_whole(plan: Plan, whole: int) -> int:
    """Minutes of all of us in a whole, parted as what the week held."""
    minutes = {o.id: _minutes(o) for o in plan.occurrences if o.strand == TOGETHER}
    with_children = sum(minutes[o.id] for o in plan.occurrences if o.all_of_us)
    return round(whole * with_children / (sum(minutes.values()) or 1))


def _minutes(occurrence: Occurrence) -> int:
    """Minutes of an occurrence as said, else as planned; none once it was let go."""
    if occurrence.said is not None:
        return occurrence.lived or 0
    return occurrence.minutes if occurrence.chosen and not occurrence.let_go else 0

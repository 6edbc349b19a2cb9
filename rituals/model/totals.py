"""Minutes of a week by strand: hoped for, planned, and all in all."""

from __future__ import annotations

from rituals.model import childcare
from rituals.model.household import Household, Kind, Shade, Strand
from rituals.model.plan import SHARE_OF_HOPES, Hope, Plan, standing

MOST_HOPED = 20 * 60  # minutes: where every slider ends
USUALLY_HOPED = 10 * 60  # minutes: where a slider of one partner's time ends until more is wanted
HALF_HOUR = 30
FIRST_HOPES = {Kind.TOGETHER: 300, Kind.ALONE: 120, Kind.SOLO: 240, Kind.OUT: 120}


def hoped(plan: Plan, strand: Strand) -> int:
    """The minutes hoped for: as set by hand, else the usual in this season's measure."""
    hope = hope_of(plan, strand)
    if hope.by_hand is not None:
        return hope.by_hand
    return min(round(hope.usual * SHARE_OF_HOPES[plan.season] / HALF_HOUR) * HALF_HOUR, MOST_HOPED)


def planned(plan: Plan, strand: Strand, household: Household) -> int:
    """The minutes of a strand that are in the plan; time with the children while the other is
    away is among them."""
    own = sum(o.minutes for o in standing(plan) if o.strand == strand)
    return own + brought_by_absence(plan, strand, household)


def brought_by_absence(plan: Plan, strand: Strand, household: Household) -> int:
    """The minutes with the children that the other's being alone, out or on a trip brings."""
    handed = sum(handed_over(plan, strand, household).values())
    return handed + minutes_of_trips(plan, strand, household)


def planned_by_shade(plan: Plan, household: Household) -> dict[Shade, int]:
    """The planned minutes of together by shade; none where there are no children."""
    if not household.in_week(plan.week).children:
        return {}
    all_of_us = sum(o.minutes for o in standing(plan) if o.all_of_us)
    together = planned(plan, Strand(Kind.TOGETHER), household)
    return {Shade.TWO_OF_US: together - all_of_us, Shade.ALL_OF_US: all_of_us}


def handed_over(plan: Plan, strand: Strand, household: Household) -> dict[str, int]:
    """By occurrence of the other partner, the minutes it adds to time with the children."""
    if strand.kind is not Kind.SOLO or strand.partner is None:
        return {}
    there = childcare.sitter(plan.sitter, plan.week, household)
    return childcare.handed_over(strand.partner, standing(plan), there, plan.week, household)


def minutes_of_trips(plan: Plan, strand: Strand, household: Household) -> int:
    """The minutes that the other partner's trips add to time with the children."""
    if strand.kind is not Kind.SOLO or strand.partner is None:
        return 0
    there = childcare.sitter(plan.sitter, plan.week, household)
    return childcare.minutes_of_trips(strand.partner, standing(plan), there, plan.week, household)


def minutes_in_all(plan: Plan) -> int:
    """The minutes a week asks of the two of you; time of both counts once."""
    return sum(o.minutes for o in standing(plan))


def hope_of(plan: Plan, strand: Strand) -> Hope:
    """The hope for a strand; a first one where the household gained the strand since."""
    return plan.hopes.get(strand, Hope(FIRST_HOPES[strand.kind]))

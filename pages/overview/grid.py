"""One week as a grid, with what stands behind its blocks and why they lie where they lie."""

from __future__ import annotations

from collections.abc import Mapping

from pages.panels import clashes
from pages.session import choices, context, stores, widgets
from pages.ui.grid import week_grid
from pages.ui.grid.shape import About
from rituals.model.household import Household
from rituals.model.plan import Plan, Season, standing
from rituals.model.ritual import Needs, Ritual
from rituals.model.time.week import Week
from rituals.planning import responsibility, sitters

RESTS = "A week off: everything rests, and nothing is asked."
EMPTY = "No ritual lies in this week yet."


def show(plan: Plan, at_hand: Week, household: Household, step: str) -> None:
    """One week as a grid; hands can move what lies in the week at hand.

    With another `step` the page is scrolled to its top.
    """
    week_grid.show(
        plan,
        household,
        key=widgets.grid(plan.week),
        now=stores.now(),
        busy=context.busy(plan.week, household),
        waiting=sitters.ids(plan, household, context.rituals(), stores.now()),
        about=_about(plan, household),
        covers=context.cover_lines(plan.week, household),
        movable=plan.week == at_hand,
        line=_line(plan),
        view=f"{step} {at_hand}",
    )


def _line(plan: Plan) -> str:
    if plan.season is Season.GRACE:
        return RESTS
    return "" if standing(plan) else EMPTY


def _about(plan: Plan, household: Household) -> dict[str, About]:
    """By occurrence, why it lies there and what a hand may do with it."""
    rituals, why = context.rituals(), clashes.why(plan, household)
    met = clashes.bands_met(plan, household)
    after = _looks_after(plan, rituals, household)
    return {
        o.id: _of_ritual(rituals.get(o.ritual or ""))._replace(
            why=why.get(o.id, ""),
            met=met.get(o.id, ()),
            after=after.get(o.ritual or "", ""),
            lit=choices.is_new(plan.week, o.ritual or ""),
        )
        for o in standing(plan)
    }


def _of_ritual(ritual: Ritual | None) -> About:
    if ritual is None:
        return About()
    asleep = ritual.needs is Needs.ASLEEP
    lengths = (ritual.least_minutes, ritual.most_minutes)
    return About("", *lengths, ideas=len(ritual.ways) > 1, asleep=asleep)


def _looks_after(plan: Plan, rituals: Mapping[str, Ritual], household: Household) -> dict[str, str]:
    """By ritual, the name of the partner who looks after it."""
    by_partner = responsibility.of_week(plan, rituals, household)
    return {r.id: household.name(key) for key, some in by_partner.items() for r in some}

"""Step 2: the board with a slider for each strand, beside what is in the plan now."""

import streamlit as st

from pages.panels import grace
from pages.session import widgets
from pages.ui import balance_board, markdown
from pages.ui.balance_board import Slide
from rituals.insights import beside_hopes
from rituals.model import totals, wording
from rituals.model.childcare import OTHER
from rituals.model.household import Household, Kind, Strand
from rituals.model.plan import Plan, Season, comfortable
from rituals.planning.conflicts import HopeSetting


def show(plan: Plan, household: Household) -> None:
    """The sliders of a plan's strands; of a grace week its word and its length instead."""
    if plan.season is Season.GRACE:
        grace.show_resting(plan, household)
        return
    st.header(beside_hopes.line(plan, household), anchor=False)
    slides = [_slide(plan, strand, household) for strand in household.in_week(plan.week).strands()]
    balance_board.show(slides, widgets.board())
    # Below the board: one line or three, it would move the slider that a hand is moving.
    st.caption(markdown.plain(beside_hopes.sentence(plan, household)))


def _slide(plan: Plan, strand: Strand, household: Household) -> Slide:
    hoped = totals.hoped(plan, strand)
    low, high = comfortable(hoped)
    return Slide(
        name=widgets.key(HopeSetting(plan.week, strand), hoped),
        group=household.name(strand.partner) if strand.partner else "",
        label=wording.KINDS[strand.kind],
        spoken=wording.strand(strand, household),
        kind=strand.kind.value,
        hoped=hoped,
        planned=totals.planned(plan, strand, household),
        low=low,
        high=high,
        usual=totals.MOST_HOPED if strand.kind is Kind.TOGETHER else totals.USUALLY_HOPED,
        note=_with_the_children(plan, strand, household) if strand.kind is Kind.SOLO else "",
        why=_while_away(plan, strand, household) if strand.kind is Kind.SOLO else "",
        shades=_shades(plan, household) if strand.kind is Kind.TOGETHER else {},
    )


def _shades(plan: Plan, household: Household) -> dict[str, int]:
    """Planned minutes of together by the names of its shades, where there are two."""
    minutes = totals.planned_by_shade(plan, household)
    return {wording.SHADES[s]: minutes[s] for s in minutes} if any(minutes.values()) else {}


def _while_away(plan: Plan, strand: Strand, household: Household) -> str:
    """Note on the hours that a trip of the other brings, which no hand on the board moves."""
    other = household.name(OTHER[strand.partner or ""])
    minutes = totals.minutes_of_trips(plan, strand, household)
    return f"{wording.hours(minutes)} of it while {other} is away" if minutes else ""


def _with_the_children(plan: Plan, strand: Strand, household: Household) -> str:
    """Shares of time with the children that come from the other's being alone, out or away."""
    other = household.name(OTHER[strand.partner or ""])
    minutes = sum(totals.handed_over(plan, strand, household).values())
    free = f"{wording.hours(minutes)} of it while {other} has time alone or out" if minutes else ""
    return ", ".join(filter(None, (free, _while_away(plan, strand, household))))

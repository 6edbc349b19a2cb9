"""Step 2: the board with a slider for each strand, beside what is in the plan now."""

from pages import balance_board, resting, widgets
from pages.balance_board import Slide
from rituals import totals, words
from rituals.coverage import OTHER
from rituals.household import Household, Strand
from rituals.otherwise import HopeSetting
from rituals.plan import Plan, Season, comfortable


def show(plan: Plan, household: Household) -> None:
    """The sliders as the plan says."""
    if plan.season is Season.GRACE:
        resting.ahead(plan, household)
        return
    slides = [_slide(plan, strand, household) for strand in household.strands()]
    balance_board.show(slides, widgets.board())


def _slide(plan: Plan, strand: Strand, household: Household) -> Slide:
    hoped = totals.hoped(plan, strand)
    low, high = comfortable(hoped)
    return Slide(
        name=widgets.key(HopeSetting(plan.week, strand), hoped),
        group=household.name(strand.partner) if strand.partner else "",
        label=words.KINDS[strand.kind],
        spoken=words.strand(strand, household),
        kind=strand.kind.value,
        hoped=hoped,
        planned=totals.planned(plan, strand, household),
        low=low,
        high=high,
        note=_note(plan, strand, household),
    )


def _note(plan: Plan, strand: Strand, household: Household) -> str:
    """What of it is there because the other partner is away."""
    minutes = sum(totals.handed_over(plan, strand, household).values())
    if not minutes or strand.partner is None:
        return ""
    other = household.name(OTHER[strand.partner])
    return f"{words.hours(minutes)} of it while {other} has time alone or out"

"""Our weeks: hoped, planned and lived hours, week by week, for both or one of the two."""

import streamlit as st

from pages import overview, shared
from rituals import balance, charts, weeks, words
from rituals.model import Household, Strand, Week

LENGTHS = {8: "8 weeks", 26: "26 weeks", 104: "2 years"}
FEWEST = 8  # weeks on an axis, so that the first ones do not stand alone in a wide field
BOTH = "Both of us"


def show() -> None:
    """The page."""
    household = shared.household()
    title, choices = st.columns([2, 3], vertical_alignment="bottom")
    title.title("Our weeks", anchor=False)
    with choices.container(horizontal=True, horizontal_alignment="right"):
        length = st.segmented_control(
            "How far back",
            list(LENGTHS),
            default=26,
            format_func=LENGTHS.__getitem__,
            key="weeks length",
            required=True,
            label_visibility="collapsed",
            persist_state="session",
        )
        partner = _partner(household)
    ahead = weeks.week_to_plan(shared.today(household), household)
    shown = _shown(ahead, length)
    rows = balance.rows(shared.store().load_plans(shown), shown, household)
    if balance.is_empty(rows):
        st.write(
            "Here your weeks will stand side by side: what you hoped for, planned and lived. "
            "The first one appears with your first Sunday."
        )
        return
    mine = balance.of_partner(rows, partner) if partner else rows
    _side_by_side(mine, ahead, household)
    _strands(mine, household)


def _partner(household: Household) -> str:
    names = {"": BOTH} | {partner.key: partner.name for partner in household.partners}
    return st.segmented_control(
        "Whose weeks",
        list(names),
        default="",
        format_func=lambda key: shared.plain(names[key]),
        key="weeks partner",
        required=True,
        label_visibility="collapsed",
        persist_state="session",
    )


def _shown(ahead: Week, length: int) -> list[Week]:
    """So many weeks up to the one ahead, but none from before the first plan."""
    first = shared.store().first_week()
    back = min(length - 1, max(ahead - first, FEWEST - 1)) if first else FEWEST - 1
    return [ahead + -n for n in range(back, -1, -1)]


def _side_by_side(rows: list[balance.Row], ahead: Week, household: Household) -> None:
    labels = balance.labels(rows)
    st.header("Week by week", anchor=False)
    st.markdown(overview.legend(household))
    shared.chart(
        lambda ground: charts.weeks(labels, ground),
        "weeks side by side",
        "Lived hours by kind of time for each week; for the week ahead planned and hoped for",
        bars=balance.stacked(rows, ahead),
        gaps=balance.unwritten(rows, ahead),
    )
    st.caption("Solid is lived, soft is in the plan, an outline is hoped for.")


def _strands(rows: list[balance.Row], household: Household) -> None:
    st.header("Each strand", anchor=False)
    st.caption("The band is what you hoped for, give or take; a ring is planned, a dot is lived.")
    labels = balance.labels(rows)
    for strand in household.strands():
        if strand.partner is None:
            _strand(rows, strand, labels, household)
    for column, partner in zip(st.columns(2, gap="large"), household.partners, strict=True):
        mine = [s for s in household.strands() if s.partner == partner.key]
        with column:
            for strand in mine if partner.key in {row.partner for row in rows} else ():
                _strand(rows, strand, labels, household)


def _strand(
    rows: list[balance.Row], strand: Strand, labels: tuple[str, ...], household: Household
) -> None:
    name = words.strand(strand, household)
    st.markdown(f"{shared.dot(strand.kind)} **{shared.plain(name)}**")
    shared.chart(
        lambda ground: charts.strand(strand.kind, labels, ground),
        f"weeks {strand.kind} {strand.partner}",
        f"{name}: hours hoped for, planned and lived in each week",
        strand=balance.strand_weeks(rows, strand),
    )


show()

"""The floor: seven sliders and one stacked bar chart of 26 weeks, and nothing else.

The least a Streamlit page does for a chart that follows its sliders. Its grammar never changes, so
that only the data is swapped.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import streamlit as st

if TYPE_CHECKING:
    import altair as alt

KINDS = ("Together", "Alone", "With the children", "Out")
STRANDS = (0, 1, 2, 3, 1, 2, 3)  # the kind of each slider: one for both, then three for each
LIVED = 25  # weeks behind the one that the sliders set
MOST_HOURS = 20


@st.fragment
def balance() -> None:
    """The sliders, and beside them the weeks; a move redraws this and no more."""
    left, right = st.columns([1, 2], gap="large")
    with left:
        hours = [
            st.slider(f"{number} · {KINDS[kind]}", 0.0, float(MOST_HOURS), 3.0, 0.5)
            for number, kind in enumerate(STRANDS, start=1)
        ]
    with right:
        st.altair_chart(weeks(hours), key="weeks")


def weeks(hours: Sequence[float]) -> "alt.Chart":
    """The chart of the weeks behind and of the one ahead."""
    import altair as alt
    import pandas as pd

    rows: list[tuple[int, int, float]]
    rows = [(week, kind, 2 + (5 * week + 3 * kind) % 7) for week in range(LIVED) for kind in KIND]
    rows += [(LIVED, kind, sum(_of_kind(kind, hours))) for kind in KIND]
    bars = pd.DataFrame(rows, columns=["week", "order", "hours"])
    bars["kind"] = [KINDS[kind] for kind in bars["order"]]
    chart: alt.Chart = (
        alt.Chart(bars, height=230)
        .mark_bar()
        .encode(
            x=alt.X("week:O"),
            y=alt.Y("hours:Q"),
            fill=alt.Fill("kind:N", scale=alt.Scale(domain=list(KINDS)), legend=None),
            order="order:Q",
        )
    )
    return chart


def _of_kind(kind: int, hours: Sequence[float]) -> list[float]:
    return [given for given, its_kind in zip(hours, STRANDS, strict=True) if its_kind == kind]


KIND = range(len(KINDS))

st.set_page_config(page_title="Floor", layout="wide")
balance()

"""Each strand: what was hoped for as a band, what was lived as dots, and a calm line."""

from __future__ import annotations

from functools import partial

import streamlit as st

from pages import below, chart, markdown
from rituals import balance, charts, pictures, sheets, strands, theme, words
from rituals.household import Strand

KEY = (
    "The band is what you hoped for, give or take; a dot is a week as you lived it, and the "
    "line is how it goes in calm. A ring is planned. A soft column is a week of grace."
)


def show(asked: below.Asked) -> None:
    """The view."""
    rows = asked.rows(asked.plans(strands.LEAD_IN), strands.LEAD_IN)
    labels = balance.labels(rows)[-len(asked.shown) :]
    st.caption(KEY)
    shown = [s for s in asked.household.strands() if s.partner in (None, *_partners(asked))]
    told = {
        strand: strands.through_the_weeks(rows, strand, asked.ahead, len(labels))
        for strand in shown
    }
    names = {strand: words.strand(strand, asked.household) for strand in shown}
    for strand in shown[:1]:
        _strand(strand, names[strand], told[strand], labels)
    for column, partner in zip(st.columns(2, gap="large"), asked.household.partners, strict=True):
        with column:
            for strand in (s for s in shown if s.partner == partner.key):
                _strand(strand, names[strand], told[strand], labels)
    below.show(
        "Where did time come by itself?",
        lambda: sheets.strands({names[strand]: told[strand] for strand in shown}),
        below.Picture(
            "each-strand",
            "Each strand",
            partial(_all_of_them, shown, names, labels),
            {_data(strand): told[strand] for strand in shown},
            below.period(asked),
            KEY,
        ),
    )


def _partners(asked: below.Asked) -> tuple[str, ...]:
    return (asked.partner,) if asked.partner else tuple(p.key for p in asked.household.partners)


def _strand(
    strand: Strand, name: str, told: list[strands.StrandWeek], labels: tuple[str, ...]
) -> None:
    st.markdown(f"{markdown.dot(strand.kind)} **{markdown.plain(name)}**")
    chart.chart(
        lambda ground: charts.strand(strand.kind, labels, ground),
        f"weeks {strand.kind} {strand.partner}",
        f"{name}: hours hoped for and lived in each week, with a calm line",
        strand=told,
    )


def _all_of_them(
    shown: list[Strand], names: dict[Strand, str], labels: tuple[str, ...], ground: theme.Ground
) -> theme.Grammar:
    return pictures.above_each_other(
        [(names[s], charts.strand(s.kind, labels, ground, _data(s))) for s in shown]
    )


def _data(strand: Strand) -> str:
    return f"{strand.kind} {strand.partner or 'both'}"

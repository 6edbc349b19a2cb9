"""This week's hours beside what is hoped for: one line, and a bar for each kind of time."""

from __future__ import annotations

import streamlit as st

from pages.ui.tones import look
from rituals.insights import beside_hopes
from rituals.model import wording
from rituals.model.household import Household
from rituals.model.plan import Plan, Season

HOUR = 60
MARK = '<b class="lw-hoped"></b>'
PLANNED = '<i class="lw-planned"></i>'
MARGIN = 1.1  # of the longest bar, so that none ends at the edge


def show(plan: Plan, household: Household, *, told: bool = True) -> None:
    """Draws a bar for each kind with a mark at what is hoped for; the hours are `told` or drawn."""
    kinds = beside_hopes.by_kind(plan, household)
    end = max([*(max(k.planned, k.hoped) for k in kinds), HOUR]) * MARGIN
    bars = "" if plan.season is Season.GRACE else "".join(_bar(kind, end) for kind in kinds)
    line = beside_hopes.line(plan, household).replace(", ", f", {MARK} ")
    if not told and bars:
        line = f'<span class="lw-said">{line}</span>{PLANNED} planned {MARK} hoped for'
    css = "lw-bars" if told else "lw-bars lw-drawn"
    st.html(f'<p class="lw-line">{line}</p><div class="{css}">{bars}</div>')


def _bar(kind: beside_hopes.KindHours, end: float) -> str:
    parts = "".join(
        f'<i style="width:{100 * minutes / end:.2f}%;background:var(--{look(tone)})"></i>'
        for tone, minutes in kind.tones
    )
    mark = f'<b style="left:{100 * kind.hoped / end:.2f}%"></b>'
    planned, hoped = wording.hours(kind.planned), wording.hours(kind.hoped)
    return (
        f'<div title="{planned} planned, {hoped} hoped for">'
        f"<p><strong>{wording.KINDS[kind.kind]}</strong> <span>{planned}</span>"
        f"<em> · hoped {hoped}</em></p>"
        f'<div class="lw-bar" aria-hidden="true">{parts}{mark}</div></div>'
    )

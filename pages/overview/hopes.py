"""This week's hours beside what is hoped for: one line, and a bar for each kind of time."""

from __future__ import annotations

import streamlit as st

from pages.ui.tones import look
from rituals.insights import beside_hopes
from rituals.model import wording
from rituals.model.household import Household
from rituals.model.plan import Plan, Season

HOUR = 60
MARGIN = 1.1  # of the longest bar, so that none ends at the edge


def show(plan: Plan, household: Household) -> None:
    """Draws the line, and a bar for each kind with a mark at what is hoped for."""
    kinds = beside_hopes.by_kind(plan, household)
    end = max([*(max(k.planned, k.hoped) for k in kinds), HOUR]) * MARGIN
    bars = "" if plan.season is Season.GRACE else "".join(_bar(kind, end) for kind in kinds)
    line = beside_hopes.line(plan, household)
    st.html(f'<p class="lw-line">{line}</p><div class="lw-bars">{bars}</div>')


def _bar(kind: beside_hopes.KindHours, end: float) -> str:
    parts = "".join(
        f'<i style="width:{100 * minutes / end:.2f}%;background:var(--{look(tone)})"></i>'
        for tone, minutes in kind.tones
    )
    mark = f'<b style="left:{100 * kind.hoped / end:.2f}%"></b>'
    hours = f"{wording.hours(kind.planned)} <em>· hoped {wording.hours(kind.hoped)}</em>"
    return (
        f"<div><strong>{wording.KINDS[kind.kind]}</strong>"
        f'<div class="lw-bar" aria-hidden="true">{parts}{mark}</div><span>{hours}</span></div>'
    )

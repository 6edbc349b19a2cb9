"""A small picture of a week: its days, and in each what lies there in the colour of its kind."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from html import escape
from pathlib import Path

import streamlit as st

from pages.ui.day_minutes import DAY, HOUR, pieces
from pages.ui.tones import look
from rituals.model import local_time, wording
from rituals.model.household import Household
from rituals.model.plan import Plan, standing
from rituals.model.time.span import Span, Spans
from rituals.model.time.window import DAYS

CSS = Path(__file__).parent / "week_picture.css"
SHOWN = (6 * HOUR, DAY)  # of a day, in minutes
LEAST = 3  # parts of a hundred: how high a few minutes are, so that they are seen


def show(plan: Plan, household: Household) -> None:
    """Draws a week; a sentence for each day is read aloud instead."""
    st.html(CSS)
    days = local_time.days(plan.week, household)
    drawn = "".join(
        f'<div class="wp-day"><p>{DAYS[day.weekday()]}</p><div class="wp-lane">'
        f"{''.join(_blocks(plan, day, household))}</div></div>"
        for day in days
    )
    spoken, columns = escape(in_words(plan, household)), f"--columns:{len(days)}"
    about = f'role="img" aria-label="{spoken}" style="{columns}"'
    st.html(f'<div class="wp-week" {about}>{drawn}</div>')


def in_words(plan: Plan, household: Household) -> str:
    """The week as "Late talk, Tuesday 20:00. Long walk, Sunday 10:00."."""
    some = [
        f"{wording.title(o, household)}, {wording.moment(o.start, household)}."
        for o in standing(plan)
    ]
    return " ".join(some)


def _blocks(plan: Plan, day: date, household: Household) -> Iterator[str]:
    for o in standing(plan):
        for start, end in pieces(Spans([Span(o.start, o.end)]), day, SHOWN, household):
            yield _block(look(o.tone(household)), start, end)


def _block(colour: str, start: int, end: int) -> str:
    first, last = SHOWN
    top, high = (100 * minutes / (last - first) for minutes in (start - first, end - start))
    high = max(high, LEAST)
    style = f"top:{min(top, 100 - high):.2f}%;height:{high:.2f}%;background:var(--{colour})"
    return f'<i style="{style}"></i>'

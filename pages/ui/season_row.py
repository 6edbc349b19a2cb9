"""A row of weeks ahead with a small mark for each time of something rare."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from html import escape
from pathlib import Path

import streamlit as st

from rituals.model import local_time, wording
from rituals.model.household import Household
from rituals.model.ritual import Ritual
from rituals.model.time.week import Week
from rituals.model.time.window import DAYS
from rituals.planning.season import wording as sentences
from rituals.planning.season.season import Rare, SeasonAhead
from rituals.text import bidi_isolated

KNOWN = " class=sr-known"
HERE = Path(__file__).parent


def show(season: SeasonAhead, household: Household, known: dict[Week, str]) -> None:
    """Draws the weeks side by side, a line for each thing; `known` is what a week is known for."""
    st.html(HERE / "season_row.css")
    firsts = [local_time.first_day(week, household) for week in season.weeks]
    heads = "".join(f"<th scope=col>{head}</th>" for head in _heads(firsts))
    lines = "".join(
        _line(ritual, partner, season, household, known) for ritual, partner, _ in season.kept
    )
    notes = "".join(f"<li>{escape(note)}</li>" for note in known.values())
    st.html(
        f'<div class="sr"><table><thead><tr><td></td>{heads}</tr></thead>'
        f"<tbody>{lines}</tbody></table><ul>{notes}</ul></div>"
    )


def _heads(firsts: Sequence[date]) -> Iterator[str]:
    """The first days of the weeks; the month is named where it is new."""
    before = None
    for day in firsts:
        month = wording.MONTHS[day.month - 1][:3] if day.month != before else ""
        yield f"{day.day} <span>{month}</span>"
        before = day.month


def _line(
    ritual: Ritual,
    partner: str | None,
    season: SeasonAhead,
    household: Household,
    known: dict[Week, str],
) -> str:
    title = escape(bidi_isolated(sentences.title(ritual, partner, household)))
    there = {e.week: e for e in season.rare if (e.ritual.id, e.partner) == (ritual.id, partner)}
    marks = ((KNOWN if w in known else "", _mark(there.get(w), household)) for w in season.weeks)
    cells = "".join(f"<td{known_for}>{mark}</td>" for known_for, mark in marks)
    rhythm = wording.rhythm(ritual.rhythm, household.formats)
    return f"<tr><th scope=row>{title}<small>{rhythm}</small></th>{cells}</tr>"


def _mark(entry: Rare | None, household: Household) -> str:
    if entry is None:
        return ""
    spoken = escape(f"{sentences.when(entry, household)}: {sentences.line(entry, household)}")
    day = f"{DAYS[entry.day.weekday()]} {entry.day.day}" if entry.day else ""
    css = ["sr-mark", f"sr-{entry.ritual.kind}"]
    css += ["sr-out-of-it"] if entry.is_left_out else []
    css += ["sr-open"] if not entry.has_sitter else []
    label = f'title="{spoken}" role="img" aria-label="{spoken}"'
    return f'<span class="{" ".join(css)}" {label}>{day}</span>'

"""Marks of a week that is another one, for the grid: trips, holidays, a sitter, children away."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from pages.ui.day_minutes import pieces
from rituals.model import local_time
from rituals.model.household import ONE, TWO, Household
from rituals.model.time.week import Week
from rituals.model.week_facts import week_facts
from rituals.model.wording_of_weeks import NamedFact

HALVES = {ONE: (0, 50), TWO: (50, 50)}  # of a day: left and width, in parts of a hundred
WHOLE = (0, 100)


class Bands(NamedTuple):
    """The bands under the names of a week's days: in how many rows, and by the day each begins."""

    rows: int
    by_day: dict[date, list[dict[str, Any]]]


def bands(facts: Sequence[NamedFact], week: Week, household: Household) -> Bands:
    """Trips, holidays, a sitter and children away, each over all of its days."""
    rows = _rows(facts)
    found: dict[date, list[dict[str, Any]]] = {d: [] for d in local_time.days(week, household)}
    for number, row in enumerate(rows):
        for fact in row:
            days = (fact.last - fact.first).days + 1
            found[fact.first].append({"row": number, "text": fact.band, "days": days})
    return Bands(len(rows), found)


def sentences(facts: Sequence[NamedFact], week: Week, household: Household) -> dict[date, str]:
    """Sentence on each day's facts, for a list and for screen readers; "" where there is none."""
    return {
        day: " ".join(f"{f.band}." for f in facts if f.holds_on(day))
        for day in local_time.days(week, household)
    }


def away(
    week: Week, day: date, shown: tuple[int, int], household: Household
) -> list[dict[str, Any]]:
    """Each partner's trips on a day, and the sleep by day, as what takes them."""
    facts = week_facts(week, household)
    return [
        {"as": name, "place": [*piece, *half], "who": key}
        for name, spans in (("lw-away", facts.away), ("lw-asleep", facts.asleep_by_day))
        for key, half in HALVES.items()
        for piece in pieces(spans[key], day, shown, household)
    ]


def around(
    week: Week, day: date, shown: tuple[int, int], household: Household
) -> list[dict[str, Any]]:
    """The children away from home, and a sitter, on a day."""
    facts = week_facts(week, household)
    return [
        {"as": name, "place": [*piece, *WHOLE]}
        for name, spans in (("lw-elsewhere", facts.other_home), ("lw-sitter", facts.sitter))
        for piece in pieces(spans, day, shown, household)
    ]


def _rows(facts: Sequence[NamedFact]) -> list[list[NamedFact]]:
    """The facts in as few rows as hold them without one lying over another."""
    rows: list[list[NamedFact]] = []
    for fact in facts:
        row = next((row for row in rows if row[-1].last < fact.first), None)
        if row is None:
            rows.append([fact])
        else:
            row.append(fact)
    return rows

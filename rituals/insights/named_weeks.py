"""Names of weeks above their bars: a trip, a public holiday, children away."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from rituals.insights import balance
from rituals.model import local_time, wording_of_weeks
from rituals.model.difference import What
from rituals.model.household import Household
from rituals.model.time.week import Week

NAMED = (What.AWAY, What.CHILDREN_AWAY)  # of what is different; the rest is a matter of hours
HOLIDAY = "Holiday"
ROOM = 1.4  # times a bar: how high the axis reaches, so that a name has room above it


class NamedWeek(NamedTuple):
    """A week with a name above its bar, in hours from the ground; `words` tell all of it."""

    label: str
    hours: float
    room: float
    name: str
    words: str


def named_weeks(
    weeks: Iterable[Week], bars: Sequence[balance.Bar], household: Household
) -> list[NamedWeek]:
    """The weeks with a trip, a public holiday or the children away, in the order of time.

    A gap has a note of its own already, and stays without a name.
    """
    found, heights = [], _heights(bars)
    for week in weeks:
        label = balance.axis_label(local_time.first_day(week, household), household.formats)
        high = heights.get(label)
        if high and (facts := naming_facts(week, household)):
            names = dict.fromkeys(fact.what if fact.difference else HOLIDAY for fact in facts)
            words = " · ".join(fact.text for fact in facts)
            found.append(NamedWeek(label, high, high * ROOM, _short(list(names)), words))
    return found


def naming_facts(week: Week, household: Household) -> list[wording_of_weeks.NamedFact]:
    """Names that a week is remembered by, in the order of its days."""
    return [f for f in wording_of_weeks.named_facts(week, household) if _is_named(f)]


def _is_named(fact: wording_of_weeks.NamedFact) -> bool:
    if fact.difference is None:
        return fact.is_holiday
    return fact.difference.what in NAMED


def _heights(bars: Iterable[balance.Bar]) -> dict[str, float]:
    """Hours of each week's highest bar, by its label."""
    sums: defaultdict[tuple[str, str], float] = defaultdict(float)
    for bar in bars:
        sums[bar.label, bar.state] += bar.hours
    heights: dict[str, float] = {}
    for (label, _), hours in sums.items():
        heights[label] = max(hours, heights.get(label, 0))
    return heights


def _short(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{names[0]} …"

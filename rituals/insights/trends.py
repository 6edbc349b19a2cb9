"""Each strand through the weeks, with a calm line, and both partners' usual weeks.

The line is an exponential mean: a week moves it by less than a sixth of the way, and what nobody
knows leaves it where it is. Nothing here sets one partner's hours against the other's.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import isnan, nan
from statistics import fmean
from typing import NamedTuple

from rituals.insights import balance
from rituals.model import wording
from rituals.model.household import Household, Kind, Strand
from rituals.model.plan import comfortable
from rituals.model.time.week import Week
from rituals.model.wording import Caption

HALF_LIFE = 4  # known weeks, after which a week weighs half of what it did
STAYS = 0.5 ** (1 / HALF_LIFE)  # of the line, with every week that is known
LEAD_IN = 3 * HALF_LIFE  # weeks before the first one shown, so that the line does not begin with it
ROOM = 1.25  # of the longest bar, beyond which its value stands
OWN_KINDS = (Kind.ALONE, Kind.SOLO, Kind.OUT)


class StrandWeek(NamedTuple):
    """One strand in one week, with its comfortable range; hours, NaN where unknown."""

    label: str
    low: float
    high: float
    planned: float  # from the week ahead on
    lived: float  # behind it
    line: float
    words: Caption
    grace: bool = False


class Side(NamedTuple):
    """A usual week of one partner's own: hours to the left of the middle, or to the right."""

    kind: str
    name: str  # of the kind
    partner: str  # their name
    hours: float
    x: float  # the same hours, below zero on the left
    words: str
    value: str  # the hours as written
    is_left: bool


class ScaleEnd(NamedTuple):
    """One end of the scale that both share, and whose side it is."""

    name: str
    x: float
    zero: float = 0.0  # the middle


def calm_means(lived: Iterable[float]) -> list[float]:
    """Exponential mean after each week; NaN before the first week that is known."""
    means, mean = [], nan
    for hours in lived:
        if not isnan(hours):
            mean = hours if isnan(mean) else STAYS * mean + (1 - STAYS) * hours
        means.append(mean)
    return means


def strand_weeks(
    rows: Iterable[balance.Row], strand: Strand, ahead: Week, shown: int
) -> list[StrandWeek]:
    """One strand in the newest `shown` weeks; the ones before lead the line in."""
    own = [row for row in rows if (row.kind, row.partner) == (strand.kind, strand.partner or "")]
    behind = [row for row in own if row.week < str(ahead)]
    means = calm_means(row.lived for row in behind)
    weeks = [_behind(row, mean, ahead) for row, mean in zip(behind, means, strict=True)]
    weeks += [_ahead(row, ahead) for row in own[len(behind) :]]
    return weeks[-shown:]


def usual_weeks(rows: Iterable[balance.Row], household: Household, ahead: Week) -> list[Side]:
    """Mean week of each partner's own time by kind, over the weeks that are known."""
    lived_hours: dict[tuple[str, str], list[float]] = {}
    for row in rows:
        if row.partner and row.week < str(ahead) and not isnan(row.lived):
            lived_hours.setdefault((row.kind, row.partner), []).append(row.lived)
    return [
        _side(kind, number, household, fmean(lived_hours[kind, partner.key]))
        for kind in OWN_KINDS
        for number, partner in enumerate(household.partners)
        if (kind, partner.key) in lived_hours
    ]


def scale_ends(sides: Sequence[Side], household: Household) -> list[ScaleEnd]:
    """Both ends of one scale that has room for either partner, and for a value at each bar."""
    most = max((side.hours for side in sides), default=0.0) or 1.0
    left, right = household.partners
    return [ScaleEnd(left.name, -most * ROOM), ScaleEnd(right.name, most * ROOM)]


def _behind(row: balance.Row, mean: float, ahead: Week) -> StrandWeek:
    low, high = _range(row.hoped)
    in_words = _in_words(row, "lived", ahead)
    label = balance.axis_label(row.starts, row.formats)
    rests = bool(balance.grace_label(row))
    return StrandWeek(label, low, high, nan, row.lived, mean, in_words, rests)


def _ahead(row: balance.Row, ahead: Week) -> StrandWeek:
    low, high = _range(row.hoped)
    in_words = _in_words(row, "planned", ahead)
    label = balance.axis_label(row.starts, row.formats)
    rests = bool(balance.grace_label(row))
    return StrandWeek(label, low, high, row.planned, nan, nan, in_words, rests)


def _in_words(row: balance.Row, state: str, ahead: Week) -> Caption:
    numbers = {name: getattr(row, name) for name in ("hoped", state)}
    numbers_known = [
        f"{wording.hours(round(hours * 60))} {wording.STATES[name]}"
        for name, hours in numbers.items()
        if not isnan(hours)
    ]
    text = ", ".join(numbers_known) or balance.grace_label(row) or "not written down"
    shades = balance.shades_in_words(row, state)
    label = balance.week_label(row.starts, ahead, row.formats)
    return Caption(label, " · ".join(filter(None, (text, shades))))


def _range(hoped: float) -> tuple[float, float]:
    if isnan(hoped):
        return nan, nan
    low, high = comfortable(round(hoped * 60))
    return low / 60, high / 60


def _side(kind: Kind, number: int, household: Household, hours: float) -> Side:
    name, partner = wording.KINDS[kind], household.partners[number].name
    value = wording.hours(round(hours * 60))
    in_words = f"{partner} · {name.lower()} · {value} in a usual week"
    x, is_left = (hours, False) if number else (-hours, True)
    return Side(kind.value, name, partner, hours, x, in_words, value, is_left)

"""Each week of the chart of the weeks as a whole: its words, and a line for each kind of time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rituals.insights import balance
from rituals.model.household import Shade
from rituals.model.time.week import Week
from rituals.model.wording import Caption

NONE_KNOWN = "–"


class WeekCaption(NamedTuple):
    """All that the chart of the weeks shows of one week, in words."""

    label: str
    week: str
    words: Caption
    heading: str  # the week, and what it is remembered by
    together: str = NONE_KNOWN
    alone: str = NONE_KNOWN
    solo: str = NONE_KNOWN
    out: str = NONE_KNOWN


def week_captions(rows: Sequence[balance.Row], ahead: Week) -> list[WeekCaption]:
    """Each week with the words of all its bars, or of its gap."""
    bars: dict[str, list[balance.Bar]] = {}
    for bar in balance.stacked_bars(rows, ahead):
        bars.setdefault(bar.label, []).append(bar)
    partly = balance.partly_reviewed(rows, ahead)
    gaps = {gap.label: gap.words for gap in balance.week_gaps(rows, ahead)}
    captions = []
    for week, row in {row.week: row for row in rows}.items():
        label = balance.axis_label(row.starts, row.formats)
        of = balance.week_label(row.starts, ahead, row.formats)
        if label in gaps:
            captions.append(WeekCaption(label, week, gaps[label], str(gaps[label])))
        else:
            its, note = bars.get(label, []), balance.PARTLY if week in partly else ""
            text = " · ".join(filter(None, (*(bar.words.text for bar in its), note)))
            heading = str(Caption(of, note))
            captions.append(WeekCaption(label, week, Caption(of, text), heading, **_by_kind(its)))
    return captions


def _by_kind(bars: Sequence[balance.Bar]) -> dict[str, str]:
    """Words of a week's bars for each kind of time that has any."""
    kinds: dict[str, list[str]] = {}
    for bar in bars:
        kinds.setdefault(bar.kind, []).append(_in_its_line(bar))
    return {str(kind): ", ".join(lines) for kind, lines in kinds.items()}


def _in_its_line(bar: balance.Bar) -> str:
    """Words of a bar in the line of its kind: its hours, and its shade where it has one."""
    name, _, lines = bar.words.text.rpartition(" · ")
    return f"{name}: {lines}" if isinstance(bar.tone, Shade) and name else lines

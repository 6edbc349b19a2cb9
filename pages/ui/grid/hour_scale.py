"""Heights of a grid's hours: as high as what lies in them needs, for all days alike."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from pages.ui.day_minutes import HOUR

HIGH = 482  # pixels of all hours, on a page of 1360 by 900
LINE = 18  # pixels: what one line of text takes, so that small moments can be read
APART = 26.5  # pixels from one line to the next an hour later, so that each is hit alone
EVENING = 17 * HOUR
TWO_LINES = range(20, 46)  # minutes of blocks that need a higher hour for two lines of text
NOTHING, ONLY_BUSY, BY_DAY, AT_NIGHT, SHORT = 7, 11, 27, 44, 60  # parts of the height, by hour


@dataclass(frozen=True)
class HourScale:
    """Places of a day's minutes, in pixels from the top of the grid."""

    first: int  # minute
    heights: tuple[float, ...]  # of each hour from there on, HIGH in all
    of_blocks: bool = True  # false if it was taken of a week that holds none

    @property
    def last(self) -> int:
        """The minute at which the grid ends."""
        return self.first + len(self.heights) * HOUR

    def pixel(self, minute: float) -> float:
        """The pixel of a minute; one before or after all hours lies at the edge."""
        hour, rest = divmod(min(max(minute, self.first), self.last) - self.first, HOUR)
        if hour == len(self.heights):
            return self._tops[-1]
        return self._tops[int(hour)] + self.heights[int(hour)] * rest / HOUR

    def minute(self, pixel: float) -> int:
        """The minute that lies at a pixel, the nearest whole one."""
        hour = min(max(bisect_right(self._tops, pixel) - 1, 0), len(self.heights) - 1)
        part = (pixel - self._tops[hour]) / self.heights[hour]
        return round(self.first + (hour + min(max(part, 0), 1)) * HOUR)

    def a_line_below(self, minute: int) -> int:
        """The minute that lies a line of text below another one."""
        return self.minute(self.pixel(minute) + LINE)

    def tops(self) -> list[float]:
        """The beginnings of the hours and the end of the last one, as parts of the whole."""
        return [round(top / HIGH, 4) for top in self._tops]

    @cached_property
    def _tops(self) -> tuple[float, ...]:
        return (0.0, *accumulate(self.heights))


def hour_scale(
    first: int, last: int, blocks: Iterable[tuple[int, int]], busy: Iterable[tuple[int, int]]
) -> HourScale:
    """The scale of the hours from `first` to `last`, for what lies in them on any of the days.

    `blocks` and `busy` are minutes of a day's clock, from when to when.
    """
    parts = dict.fromkeys(range(first, last, HOUR), NOTHING)
    short: set[int] = set()  # the hours in which something begins that is no more than a line
    of_blocks = False
    for start, end in busy:
        for hour in _hours(start, end):
            if hour in parts:
                parts[hour] = max(parts[hour], ONLY_BUSY)
    for start, end in blocks:
        of_blocks = True
        if end - start < HOUR:
            short.add(start // HOUR * HOUR)
        for hour in _hours(start, end):
            if hour in parts:
                parts[hour] = max(parts[hour], _needed(hour, end - start))
    whole = sum(parts.values())
    heights = {hour: HIGH * part / whole for hour, part in parts.items()}
    return HourScale(first, tuple(_apart(heights, short).values()), of_blocks)


def _apart(heights: dict[int, float], short: Iterable[int]) -> dict[int, float]:
    """The heights with room in some hours, which all the others give."""
    raised = {hour: APART for hour in short if heights.get(hour, APART) < APART}
    others = sum(high for hour, high in heights.items() if hour not in raised)
    left = (HIGH - sum(raised.values())) / others if others else 1
    return {hour: raised.get(hour, high * left) for hour, high in heights.items()}


def _hours(start: int, end: int) -> range:
    """The whole hours that hold some of what lies from one minute to another."""
    return range(start // HOUR * HOUR, max(end, start + 1), HOUR)


def _needed(hour: int, minutes: int) -> int:
    if hour < EVENING:
        return BY_DAY
    return SHORT if minutes in TWO_LINES else AT_NIGHT

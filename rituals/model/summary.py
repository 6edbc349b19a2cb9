"""Weeks and rituals in short: counts and sums that are read without a whole plan."""

from __future__ import annotations

from typing import NamedTuple

from rituals.model.time.week import Week


class WeekSummary(NamedTuple):
    """A week that has a plan, in a line of a list."""

    week: Week
    rests: bool
    grace: str  # for what, in a word
    reviewed: bool  # anything was said of how it went


class TimesLived(NamedTuple):
    """Number of times a ritual was lived in a week."""

    ritual: str
    week: Week
    times: int


class TogetherSums(NamedTuple):
    """Sums of a week's time together, made by the store without its plan."""

    season: str
    grace: str
    settled: bool  # something was planned in the week, and all of it was answered
    counted: int  # times together that count
    answered: int  # those of which somebody said how they went
    minutes: int  # lived in them
    whole: int | None  # minutes said of time together as a whole, if anybody did

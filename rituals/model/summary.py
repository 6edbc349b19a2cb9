"""Weeks and rituals in short: counts and sums that need no whole plan."""

from __future__ import annotations

from typing import NamedTuple

from rituals.model.week import Week


class Told(NamedTuple):
    """A week that has a plan, and what is known of it."""

    week: Week
    rests: bool
    grace: str  # for what, in a word
    said: bool  # whether anything was said of it


class Times(NamedTuple):
    """How many times a ritual was lived in a week."""

    ritual: str
    week: Week
    times: int


class Sums(NamedTuple):
    """What a store can say of a week's time together without its plan."""

    season: str
    grace: str
    settled: bool  # whether something was planned in the week, and all of it said
    lying: int  # times together that count
    said: int  # those that somebody spoke of
    minutes: int  # lived in them
    whole: int | None  # minutes said of time together as a whole, if anybody did

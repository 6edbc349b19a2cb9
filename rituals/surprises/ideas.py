"""Ideas for surprises: small acts from data/small_acts.toml, checked, and one of them drawn."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from random import Random
from typing import Any

from rituals.model import local_time
from rituals.model.household import Household
from rituals.model.ritual import Ritual
from rituals.model.time.day_parts import FOR_ACTS
from rituals.model.time.span import Span, Spans
from rituals.model.time.week import Week
from rituals.model.time.window import NotationError, Window
from rituals.paths import DATA
from rituals.surprises import surprise as surprises
from rituals.surprises.surprise import Drawer, Reveal, Surprise

SMALL_ACTS = DATA / "small_acts.toml"
FIELDS = {"key", "title", "minutes", "part"}
LONGEST_TITLE = 80
LONGEST = 120  # minutes
QUARTER = timedelta(minutes=15)
EARLY = timedelta(hours=1)  # after getting up
LATELY = timedelta(weeks=13)  # an act given since then is not drawn again


class ActsError(Exception):
    """Small acts that cannot be read; the text names file, act and field in one sentence."""


class Part(StrEnum):
    """Part of a day in which an act has its place."""

    EARLY = "early"
    MORNING = "morning"
    NOON = "noon"
    AFTERNOON = "afternoon"
    EVENING = "evening"


@dataclass(frozen=True)
class Act:
    """One small act, its length in minutes and the hours it can begin in."""

    key: str
    title: str
    minutes: int
    part: Part
    window: Window


def load(file: Path = SMALL_ACTS) -> dict[str, Act]:
    """Small acts of a file by key, in its order; raises ActsError."""
    try:
        return parsed(file.read_text(encoding="utf-8"), file.name)
    except OSError as unreadable:
        why = f"{file.name} cannot be opened: {unreadable.strerror}."
        raise ActsError(why) from unreadable


def parsed(text: str, name: str) -> dict[str, Act]:
    """Small acts in the text of a file by key; raises ActsError, which calls the file by `name`."""
    try:
        entries = tomllib.loads(text).get("act")
    except tomllib.TOMLDecodeError as unreadable:
        raise ActsError(f"{name} cannot be read: {unreadable}.") from unreadable
    if not isinstance(entries, list):
        raise ActsError(f"{name} holds no [[act]].")
    acts: dict[str, Act] = {}
    for number, entry in enumerate(entries, start=1):
        act = _act(entry, f"{name}, act {number}")
        if act.key in acts:
            raise ActsError(f"{name}, act {number}, key: “{act.key}” is there twice.")
        acts[act.key] = act
    return acts


def draw_idea(  # noqa: PLR0913 - whose drawer, when, and what chance it is left to
    acts: Mapping[str, Act],
    drawer: Drawer,
    giver: str,
    week: Week,
    household: Household,
    now: datetime,
    chance: Random,
    beside: Collection[str] = (),
) -> Surprise | None:
    """Surprise from a random small act at a random hour ahead in the week; None if none fits.

    An act in the drawer, given lately, or named in `beside` is not drawn.
    """
    used = {s.act for s in drawer.surprises if s.end > now - LATELY} | set(beside)
    for act in chance.sample(list(acts.values()), len(acts)):
        starts = () if act.key in used else _starts(act, week, household, now)
        if starts:
            begun = surprises.new_surprise(giver, chance.choice(starts), now)
            named = replace(begun, title=act.title, minutes=act.minutes, act=act.key)
            return replace(named, reveal=Reveal.NEVER)
    return None


def of_ritual(  # noqa: PLR0913 - for which drawer, when, and what chance it is left to
    ritual: Ritual,
    blank: Surprise,
    drawer: Drawer,
    week: Week,
    household: Household,
    chance: Random,
) -> Surprise:
    """Surprise of a ritual at a random hour ahead in the week, with an idea the drawer has not yet.

    Where none of its hours is left, the hour of the blank one stays.
    """
    minutes = ritual.comfortable_minutes
    days = local_time.days(week, household)
    spans = (s for day in days for s in local_time.day_spans(ritual.windows, day, household))
    starts = _quarters(spans, timedelta(minutes=minutes), blank.created)
    used = {s.way for s in drawer.surprises}
    ways = [way for way in ritual.ways if way not in used] or list(ritual.ways)
    return replace(
        blank,
        title=ritual.title,
        kind=ritual.kind,
        ritual=ritual.id,
        leaves=ritual.leaves,
        start=chance.choice(starts) if starts else blank.start,
        minutes=minutes,
        way=chance.choice(ways) if ways else "",
    )


def _starts(act: Act, week: Week, household: Household, now: datetime) -> Sequence[datetime]:
    """Quarters of an hour at which an act can begin."""
    days = local_time.days(week, household)
    each = (local_time.day_spans((act.window,), day, household) for day in days)
    spans = (span for some in each for span in _hours(some, act.part))
    return _quarters(spans, timedelta(minutes=act.minutes), now)


def _quarters(spans: Iterable[Span], length: timedelta, now: datetime) -> list[datetime]:
    """Quarters of an hour ahead at which something so long can begin in these spans."""
    found: list[datetime] = []
    for span in spans:
        start = span.start
        while start < span.end and (start + length <= span.end or start == span.start):
            if start > now:
                found.append(start)
            start += QUARTER
    return found


def _hours(spans: Spans, part: Part) -> Spans:
    if part is not Part.EARLY:
        return spans
    return Spans(Span(s.start, min(s.end, s.start + EARLY)) for s in spans)


def _act(entry: Any, where: str) -> Act:
    if not isinstance(entry, dict) or not set(entry) - {"days"} == FIELDS:
        raise ActsError(f"{where}: it has key, title, minutes and part, and perhaps days.")
    key, title, minutes = entry["key"], entry["title"], entry["minutes"]
    if not isinstance(key, str) or not re.fullmatch(r"[a-z0-9-]{1,40}", key):
        raise ActsError(f"{where}, key: it is made of at most 40 of a-z, 0-9 and -.")
    if not isinstance(title, str) or not 0 < len(title.strip()) <= LONGEST_TITLE:
        raise ActsError(f"{where}, title: it is a text of at most {LONGEST_TITLE} characters.")
    if type(minutes) is not int or minutes % 5 or not 0 < minutes <= LONGEST:
        raise ActsError(f"{where}, minutes: they go in steps of 5, up to {LONGEST}.")
    if entry["part"] not in set(Part):
        raise ActsError(f"{where}, part: it is one of {', '.join(Part)}.")
    part = Part(entry["part"])
    try:
        window = Window.read(f"{entry.get('days', 'daily')} {FOR_ACTS[part]}")
    except NotationError as unreadable:
        raise ActsError(f"{where}, days: they are written like Mon-Fri.") from unreadable
    return Act(key, title, minutes, part, window)

"""A picture of the weeks as they usually are: work, sleep, the children, a sitter.

Partner one is on the left of a day and partner two on the right, as in the week of the sitting.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from html import escape
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import streamlit as st

from rituals.model import local_time, wording
from rituals.model.household import ONE, TWO, Household
from rituals.model.time.formats import Formats
from rituals.model.time.span import Spans
from rituals.model.time.week import Week
from rituals.model.time.window import DAYS
from rituals.model.week_facts import WeekFacts, named_days, week_facts
from rituals.model.wording_of_weeks import childrens_name
from rituals.text import bidi_isolated

HERE = Path(__file__).parent
HOUR, DAY = 60, 24 * 60  # in minutes
MORNING = 6 * HOUR  # where a day begins to be drawn, if nothing lies before
NAMED_FROM = 3 * HOUR  # how long work is that bears a name
SHORT_NAME = 6  # letters that stand in half a day
LANES = (16, 14, 10, 7.5)  # rem: how high a day is where so many weeks stand below each other
ONE_DAY = timedelta(days=1)
HALVES = {ONE: "one", TWO: "two"}


Stretch = tuple[datetime, datetime]  # of local clocks


class Drawn(NamedTuple):
    """One week of the picture; `letter` names its place in the turns that are looked at."""

    week: Week
    letter: str = ""
    supper: bool = False  # whether its hour is marked


class Piece(NamedTuple):
    """A part of one day, in minutes of its own clock; days count from the week's first."""

    day: int
    start: int
    end: int


class Mark(NamedTuple):
    """A part of a day that is drawn, and how."""

    piece: Piece
    css: str
    text: str = ""


class Band(NamedTuple):
    """The children somewhere else: where, when, and the parts of the days."""

    place: str
    stretches: tuple[Stretch, ...]
    pieces: tuple[Piece, ...]


def show(title: str, weeks: Sequence[Drawn], household: Household, today: date) -> None:
    """Draws the weeks below each other, each with a text that is read aloud instead."""
    st.html(HERE / "usual_week.css")
    usual = replace(household, differences=(), from_calendars=())
    begins = min((_earliest(drawn.week, usual) for drawn in weeks), default=MORNING)
    drawn = "".join(html_of(each, usual, begins, today) for each in weeks)
    heading = f"<h2>{escape(title)}</h2>"
    lane = LANES[min(len(weeks), len(LANES)) - 1]
    st.html(
        f'<div class="uw" style="--uw-lane:{lane}rem">{heading}{drawn}{_key(weeks, usual)}</div>'
    )


def weeks_in_turn(household: Household) -> int:
    """The number of weeks in the longest cycle of a household."""
    usual = household.usual
    turning = chain(*usual.work.values(), *usual.asleep.values(), usual.school, usual.sitter)
    when = (other.when for other in usual.elsewhere)
    return max((r.weeks for r in chain(turning, when)), default=1)


def in_words(week: Week, household: Household) -> str:
    """Sentences on all that a week's picture shows."""
    return " ".join(f"{line}." for line in _lines(week, household))


def _lines(week: Week, household: Household) -> Iterator[str]:
    facts = week_facts(week, household)
    for partner in household.partners:
        yield from _said(f"{partner.name} at work", facts.work[partner.key], week, household)
        by_day = facts.asleep_by_day[partner.key]
        yield from _said(f"{partner.name} asleep by day", by_day, week, household)
    yield from _said("The children up at home", facts.children.awake, week, household)
    yield from _of_some_days(week, household)


def _of_some_days(week: Week, household: Household) -> Iterator[str]:
    """Sentences on what only some weeks have: children elsewhere, a sitter, a public holiday."""
    days = local_time.days(week, household)
    for band in _bands(week, household):
        yield f"{_elsewhere(band, household)}: {_grouped(band.stretches, days, household.formats)}"
    yield from _said("Sitter", week_facts(week, household).sitter, week, household)
    for day, name in named_days(week, household).items():
        yield f"{wording.WEEKDAYS[day.weekday()]}: {name}"


def _said(what: str, spans: Spans, week: Week, household: Household) -> Iterator[str]:
    when = _grouped(_local(spans, household), local_time.days(week, household), household.formats)
    if when:
        yield f"{what}: {when}"


def _grouped(stretches: Iterable[Stretch], days: Sequence[date], formats: Formats) -> str:
    """Stretches as "Monday to Thursday 22:00–06:00, Saturday 10:00 to Sunday 18:00"."""
    first, last = (datetime.combine(day, time()) for day in (days[0], days[-1] + ONE_DAY))
    by_hours: dict[str, list[int]] = {}
    for start, end in stretches:
        begins = max(start, first)
        if begins < min(end, last):
            by_hours.setdefault(_from_to(begins, end, formats), []).append(begins.weekday())
    return ", ".join(
        f"{wording.weekdays(sorted(set(on)))} {hours}" for hours, on in by_hours.items()
    )


def _from_to(start: datetime, end: datetime, formats: Formats) -> str:
    if end - start < ONE_DAY:
        return formats.from_to(start, end)
    ends = f"{wording.WEEKDAYS[end.weekday()]} {formats.clock(end)}"
    return f"{formats.clock(start)} to {ends}"


def _clock(minutes: int, formats: Formats) -> str:
    return formats.clock(time(minutes // HOUR, minutes % HOUR))


def _spans(spans: Spans, days: Sequence[date], household: Household) -> list[Piece]:
    return list(_pieces(_local(spans, household), days))


def _local(spans: Spans, household: Household) -> Iterator[Stretch]:
    for span in spans:
        start, end = (
            at.astimezone(household.tz).replace(tzinfo=None) for at in (span.start, span.end)
        )
        yield start, end


def _pieces(stretches: Iterable[Stretch], days: Sequence[date]) -> Iterator[Piece]:
    for start, end in stretches:
        for number, day in enumerate(days):
            midnight = datetime.combine(day, time())
            first, last = ((at - midnight) // timedelta(minutes=1) for at in (start, end))
            if first < DAY and last > 0:
                yield Piece(number, max(0, first), min(DAY, last))


def _bands(week: Week, household: Household) -> Iterator[Band]:
    days = local_time.days(week, household)
    for other in household.usual.elsewhere if household.children else ():
        stretches = tuple(other.when.between(days[0], days[-1]))
        if pieces := tuple(_pieces(stretches, days)):
            yield Band(other.place, stretches, pieces)


def _earliest(week: Week, household: Household) -> int:
    """First hour that is drawn: midnight where somebody works by night."""
    facts, days = week_facts(week, household), local_time.days(week, household)
    lying = facts.work[ONE] | facts.work[TWO] | facts.sitter | facts.children.awake
    return 0 if any(p.start < MORNING for p in _spans(lying, days, household)) else MORNING


def html_of(drawn: Drawn, household: Household, begins: int, today: date) -> str:
    """A week of the picture, its days drawn from the minute `begins` on."""
    days = local_time.days(drawn.week, household)
    marks = [m for m in _marks(drawn, household, begins) if m.piece.end > begins]
    named = named_days(drawn.week, household)
    hours = "".join(f'<hr style="{_top(hour * HOUR, begins)}">' for hour in _hours(begins))
    lanes = "".join(
        f'<div class="uw-day"><p>{DAYS[day.weekday()]}</p><div class="uw-lane">{hours}'
        f"{''.join(_block(mark, begins) for mark in marks if mark.piece.day == number)}"
        f"{_named(named.get(day, ''))}</div></div>"
        for number, day in enumerate(days)
    )
    spoken = escape(in_words(drawn.week, household))
    notes = " · ".join(_of_some_days(drawn.week, household))
    scale = _scale(begins, household.formats)
    return (
        f"{_heading(drawn, days, household, today)}"
        f'<div class="uw-week" role="img" aria-label="{spoken}">{scale}{lanes}</div>'
        f'<p class="uw-notes" aria-hidden="true">{escape(notes)}</p>'
    )


def _heading(drawn: Drawn, days: Sequence[date], household: Household, today: date) -> str:
    begins = household.formats.short_day(days[0])
    name = f"Week {drawn.letter}</b> from {begins}" if drawn.letter else f"From {begins}</b>"
    this = "<i>this week</i>" if today in days else ""
    return f'<h3 class="uw-name"><b>{name}{this}</h3>'


def _hours(begins: int) -> range:
    """The hours that are named."""
    return range(begins // HOUR, 24, 3)


def _scale(begins: int, formats: Formats) -> str:
    named = (
        f'<span style="{_top(h * HOUR, begins)}">{formats.hour(h)}</span>' for h in _hours(begins)
    )
    return f'<div class="uw-hours">{"".join(named)}</div>'


def _marks(of: Drawn, household: Household, begins: int) -> Iterator[Mark]:
    """All marks of a week, the later ones over the earlier."""
    facts, days = week_facts(of.week, household), local_time.days(of.week, household)
    names = []
    for partner in household.partners:
        half, work = HALVES[partner.key], facts.work[partner.key]
        for piece in _spans(facts.asleep[partner.key] - work, days, household):
            yield Mark(piece, f"uw-asleep uw-{half}")
        pieces = _spans(work, days, household)
        yield from (Mark(piece, f"uw-work uw-{half}") for piece in pieces)
        names += _name(partner.name, pieces, f"uw-tag uw-{half}", begins)
    yield from _of_children(of, household, facts, begins)
    yield from names


def _of_children(of: Drawn, household: Household, facts: WeekFacts, begins: int) -> Iterator[Mark]:
    """The children elsewhere and up at home, a sitter, and supper where it is asked about."""
    days = local_time.days(of.week, household)
    for band in _bands(of.week, household):
        long = [p for p in band.pieces if p.end - max(p.start, begins) >= NAMED_FROM]
        for piece in band.pieces:
            ends = f"to {_clock(piece.end, household.formats)}" if piece.end < DAY else ""
            text = _elsewhere(band, household) if piece == (long or band.pieces)[0] else ends
            yield Mark(piece, "uw-elsewhere", text)
    if of.supper:
        for number, day in enumerate(days):
            at = local_time.hours_on(day, household).supper
            minutes = at.hour * HOUR + at.minute
            yield Mark(Piece(number, minutes, minutes), "uw-supper")
    for piece in _spans(facts.children.awake, days, household):
        yield Mark(piece, "uw-up")
    for piece in _spans(facts.sitter, days, household):
        yield Mark(piece, "uw-sitter")
        yield Mark(piece, "uw-tag uw-sits", "sitter")


def _name(name: str, work: Sequence[Piece], css: str, begins: int) -> list[Mark]:
    """A partner's name on the week's first longer work, where it is short."""
    long = [p for p in work if p.end - max(p.start, begins) >= NAMED_FROM]
    return [Mark(long[0], css, name)] if long and len(name) <= SHORT_NAME else []


def _elsewhere(band: Band, household: Household) -> str:
    where = f"at {band.place}" if band.place else "away"
    return f"{childrens_name(household)} {where}"


def _named(holiday: str) -> str:
    return f"<em>{escape(holiday)}</em>" if holiday else ""


def _block(mark: Mark, begins: int) -> str:
    bottom = 100 * (DAY - mark.piece.end) / (DAY - begins)
    style = f"{_top(max(mark.piece.start, begins), begins)};bottom:{bottom:.2f}%"
    text = f"<span>{escape(bidi_isolated(mark.text))}</span>" if mark.text else ""
    return f'<div class="{mark.css}" style="{style}">{text}</div>'


def _top(minutes: int, begins: int) -> str:
    return f"top:{100 * (minutes - begins) / (DAY - begins):.2f}%"


def _key(weeks: Sequence[Drawn], household: Household) -> str:
    """The marks that are drawn, each with its word; with turns, those of all weeks."""
    facts = [week_facts(drawn.week, household) for drawn in weeks]
    one, two = (escape(bidi_isolated(p.name)) for p in household.partners)
    words = [("uw-work", f"at work: {one} left, {two} right"), ("uw-asleep", "asleep")]
    words += [("uw-up", "children up")] if any(f.children.awake for f in facts) else []
    words += [("uw-sitter", "sitter")] if any(f.sitter for f in facts) else []
    words += [("uw-supper", "supper")] if any(drawn.supper for drawn in weeks) else []
    marks = "".join(f'<span><i class="{css}"></i>{word}</span>' for css, word in words)
    return f'<p class="uw-key" aria-hidden="true">{marks}</p>'

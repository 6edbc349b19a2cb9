"""The domain's notation for tests: "Mon 18:00-20:00" as a span, and builders with defaults.

Nothing here uses `rituals.weeks`: what a test expects is worked out another way.
"""

import os
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from rituals.model.household import ONE, TWO, Hours, Household, Kind, Partner, Strand
from rituals.model.plan import Choice, Hope, Occurrence, Plan, Season
from rituals.model.ritual import Frequency, Ritual, TakesPart
from rituals.model.time.rhythm import Rhythm
from rituals.model.time.span import Span, Spans
from rituals.model.time.week import Week
from rituals.model.time.window import DAYS, Window
from rituals.planning import agreement

# When each test begins; LEAVEWELL_TEST_NOW=2028-02-29T12:00+00:00 lets them live on another day.
NOW = datetime.fromisoformat(os.environ.get("LEAVEWELL_TEST_NOW", "2026-11-22T19:00+00:00"))
BERLIN = "Europe/Berlin"
WEEK = Week(2026, 48)  # 23 to 29 November: nothing happens to the clocks
SPRING = Week(2026, 13)  # its Sunday, 29 March, has 23 hours in Berlin
AUTUMN = Week(2026, 43)  # its Sunday, 25 October, has 25


def today_at_home() -> date:
    """The day on which a household in Berlin is, which near midnight is another than in UTC."""
    return datetime.now(ZoneInfo(BERLIN)).date()


def an_instant(text: str, week: Week = WEEK, zone: str = BERLIN) -> datetime:
    """The instant of "Mon 18:00" in an ISO week."""
    day, clock = text.split()
    return _at(week.monday + timedelta(days=DAYS.index(day)), clock, zone)


def a_span(text: str, week: Week = WEEK, zone: str = BERLIN) -> Span:
    """The span of "Mon 18:00-20:00" in an ISO week; an end not after its start is next day's."""
    day, clocks = text.split()
    first, last = clocks.split("-")
    starts = week.monday + timedelta(days=DAYS.index(day))
    ends = starts + timedelta(days=last <= first)
    return Span(_at(starts, first, zone), _at(ends, last, zone))


def spans(text: str = "", week: Week = WEEK, zone: str = BERLIN) -> Spans:
    """The spans of "Mon 18:00-20:00, Tue 09:00-10:00"."""
    return Spans(a_span(part, week, zone) for part in text.split(", ") if part)


def windows(text: str) -> tuple[Window, ...]:
    """The windows of "Mon-Fri 18:00-20:00; Sat wake-12:00"."""
    return tuple(Window.read(part) for part in text.split("; ") if part)


def hours_of(work: str = "", his_work: str = "", away: str = "", **clock: str) -> Hours:
    """Usual hours: work of partner one and two, the children away, `bedtime="20:00"`."""
    at_work = {key: windows(text) for key, text in ((ONE, work), (TWO, his_work)) if text}
    named = {name: time.fromisoformat(text) for name, text in clock.items()}
    return Hours(work=at_work, children_away=windows(away), **named)


def a_household(  # noqa: PLR0913 - a builder has a default for everything
    zone: str = BERLIN,
    *,
    names: tuple[str, str] = ("Maya", "Jonas"),
    children: bool = True,
    week_starts: int = 0,
    hours: Hours | None = None,
    id: str = "5f0c6b0e-6f3b-4f0e-9d53-0b7a3c9f2a11",
) -> Household:
    partners = (Partner(ONE, names[0]), Partner(TWO, names[1]))
    return Household(id, partners, children, zone, week_starts, hours or Hours())


def a_ritual(  # noqa: PLR0913 - a builder has a default for everything
    id: str = "late-talk",
    *,
    minutes: int | tuple[int, int] = 60,
    window: str = "daily 06:00-23:00",
    rhythm: tuple[int, int] | str = (1, 1),
    kind: Kind = Kind.TOGETHER,
    takes_part: TakesPart = TakesPart.BOTH,
    **more: Any,
) -> Ritual:
    least, most = (minutes, minutes) if isinstance(minutes, int) else minutes
    lies = windows(window)
    more.setdefault("leaves", kind is Kind.OUT)
    more.setdefault("in_person", takes_part is TakesPart.BOTH)
    title = str(more.pop("title", id.replace("-", " ").capitalize()))
    times = Frequency(1, 1) if isinstance(rhythm, str) else Frequency(*rhythm)
    if isinstance(rhythm, str):
        more["rhythm"] = Rhythm.read(rhythm)
    return Ritual(id, title, kind, takes_part, least, most, lies, times, **more)


def an_occurrence(  # noqa: PLR0913 - a builder has a default for everything
    when: str | Span = "Thu 20:00-21:00",
    *,
    week: Week = WEEK,
    ritual: str | None = "late-talk",
    partner: str | None = None,
    number: int = 1,
    kind: Kind = Kind.TOGETHER,
    **more: Any,
) -> Occurrence:
    span = a_span(when, week) if isinstance(when, str) else when
    known = datetime(2026, 1, 4, 20, tzinfo=UTC)
    marks = {"leaves": kind is Kind.OUT, "with_children": kind is Kind.SOLO}
    told: dict[str, Any] = {"title": "Late talk", "created": known, "changed": known} | marks | more
    told.setdefault("id", f"{week}/{ritual}/{partner or 'both'}/{number}")
    return Occurrence(
        kind=kind,
        partner=partner,
        start=span.start,
        end=span.end,
        ritual=ritual,
        number=number,
        **told,
    )


def agreed_by_both(plan: Plan) -> Plan:
    """The plan once each of the two has said yes to all of it."""
    return agreement.say_yes(agreement.say_yes(plan, ONE), TWO)


def a_plan(
    *occurrences: Occurrence,
    week: Week = WEEK,
    season: Season = Season.USUAL,
    hopes: dict[Strand, Hope] | None = None,
    choices: tuple[Choice, ...] = (),
) -> Plan:
    return Plan(week, season, hopes or {}, choices, occurrences)


def _at(day: date, clock: str, zone: str) -> datetime:
    return datetime.combine(day, time.fromisoformat(clock), ZoneInfo(zone)).astimezone(UTC)

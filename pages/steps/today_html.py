"""The parts of a day as HTML: tonight's card, the children's bar, the lists. Look: today.css."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from html import escape

from rituals.insights.today import (
    AWAY,
    COVERED,
    NOBODY,
    SCHOOL,
    SITTER,
    Care,
    DayAhead,
    Evening,
)
from rituals.model.household import BOTH, Household, Kind, Shade
from rituals.model.plan import Occurrence
from rituals.model.time.span import Span
from rituals.model.time.window import DAYS
from rituals.text import bidi_isolated

CLASSES = {
    Kind.TOGETHER: "together",
    Shade.TWO_OF_US: "together",
    Shade.ALL_OF_US: "all-of-us",
    Kind.ALONE: "alone",
    Kind.SOLO: "solo",
    Kind.OUT: "out",
}
OTHERS = {
    BOTH: "both",
    SCHOOL: "school",
    AWAY: "away",
    SITTER: "sitter",
    COVERED: "as every week",
    NOBODY: "nobody yet",
}
LOOKS = {SCHOOL: "hatched", AWAY: "hatched", SITTER: "other", NOBODY: "open"}
FREE = "A free evening"


def tonight(evening: Evening, waiting: Collection[str], household: Household) -> str:
    """The card of the evening, in the colour of what is on."""
    on = evening.on
    facts = [_fact("person", f"Sitter {_from_to(evening.sitter, household)}")]
    facts = facts if evening.sitter else []
    facts += [_trip(partner, back, household) for partner, back in evening.away.items()]
    if on and on.id in waiting:
        facts.append(_fact("hourglass_empty", "Waits for a sitter"))
    title = _text(on.title) if on else FREE
    when = f"<p>{_whose(on, household)} · {_hours(on, household)}</p>" if on else ""
    idea = f'<p class="lw-idea">{_text(on.way)}</p>' if on and on.way else ""
    listed = f"<ul>{''.join(facts)}</ul>" if facts else ""
    tone = CLASSES[on.tone(household)] if on else "free"
    return (
        f'<section class="lw-tonight lw-of-{tone}"><p class="lw-quiet">{_icon("bedtime")} Tonight'
        f"</p><h2>{title}</h2>{when}{idea}{listed}</section>"
    )


def children(row: Sequence[Care], household: Household) -> str:
    """The bar of the day with who has the children when; "" where nothing is to be told."""
    if not row:
        return ""
    pieces = "".join(_piece(care, household, is_last=care is row[-1]) for care in row)
    return f'<section class="lw-children"><h2>The children</h2><ol>{pieces}</ol></section>'


def today(
    lying: Iterable[Occurrence], hints: Iterable[str], now: datetime, household: Household
) -> str:
    """The list of the day, and the hints to keep hours of it free; what is over is quiet."""
    rows = "".join(_row(o, household, over=o.end <= now) for o in lying)
    rows += "".join(f"<li>{_text(line)}</li>" for line in hints)
    body = f"<ul>{rows}</ul>" if rows else '<p class="lw-quiet">Nothing is planned.</p>'
    return f'<section class="lw-day"><h2>Today</h2>{body}</section>'


def to_come(days: Iterable[DayAhead], household: Household) -> str:
    """The later days of the week, a line each; "" where they hold nothing."""
    rows = "".join(_later(each, household) for each in days)
    return (
        f'<section class="lw-day"><h2>Still to come</h2><ul>{rows}</ul></section>' if rows else ""
    )


def _trip(partner: str, back: datetime | None, household: Household) -> str:
    name = household.name(partner)
    if back is None:
        return _fact("train", f"{name} is away")
    at = household.clock(back)
    if at.time() == household.hours.sleep:  # a trip without hours ends with the day
        return _fact("train", f"{name} is back tonight")
    return _fact("train", f"{name} is back at {household.formats.clock(at)}")


def _piece(care: Care, household: Household, *, is_last: bool) -> str:
    minutes = int((care.span.end - care.span.start).total_seconds()) // 60
    name = OTHERS[care.who] if care.who in OTHERS else household.name(care.who)
    look = LOOKS.get(care.who, "ours")
    ends = f" <em>{_short_hour(care.span.end, household)}</em>" if is_last else ""
    return (
        f'<li class="lw-{look}" style="flex-grow: {minutes}"><b>{_text(name)}</b>'
        f"<span>{_short_hour(care.span.start, household)}{ends}</span></li>"
    )


def _row(occurrence: Occurrence, household: Household, *, over: bool) -> str:
    start = household.formats.clock(household.clock(occurrence.start))
    quiet = ' class="lw-over"' if over else ""
    return (
        f"<li{quiet}><time>{start}</time><p>{_dot(occurrence, household)}"
        f"<b>{_text(occurrence.title)}</b> {_whose(occurrence, household)}</p></li>"
    )


def _later(ahead: DayAhead, household: Household) -> str:
    each = "".join(
        f"<span>{_dot(o, household)}{_text(o.title)}{_own(o, household)}</span>" for o in ahead.on
    )
    sitter = ""
    if ahead.sitter:
        begins = household.formats.clock(household.clock(ahead.sitter.start))
        sitter = f'<span class="lw-quiet">sitter from {begins}</span>'
    day = f"{DAYS[ahead.day.weekday()]} {ahead.day.day}"
    return f"<li><b>{day}</b><p>{each}{sitter}</p></li>"


def _whose(occurrence: Occurrence, household: Household) -> str:
    if occurrence.partner:
        return _text(household.name(occurrence.partner))
    return "all of you" if occurrence.all_of_us else "both of you"


def _own(occurrence: Occurrence, household: Household) -> str:
    return f", {_text(household.name(occurrence.partner))}" if occurrence.partner else ""


def _hours(occurrence: Occurrence, household: Household) -> str:
    return _from_to(Span(occurrence.start, occurrence.end), household)


def _from_to(span: Span | None, household: Household) -> str:
    if span is None:
        return ""
    start, end = (household.clock(at) for at in (span.start, span.end))
    return household.formats.from_to(start, end)


def _short_hour(at: datetime, household: Household) -> str:
    """An hour as "07" or "7 am" under a bar that has little room; with minutes where it has any."""
    clock = household.formats.clock(household.clock(at))
    return clock.replace(":00", "")


def _dot(occurrence: Occurrence, household: Household) -> str:
    return f'<i class="lw-dot lw-of-{CLASSES[occurrence.tone(household)]}"></i>'


def _fact(icon: str, text: str) -> str:
    return f"<li>{_icon(icon)} {_text(text)}</li>"


def _icon(name: str) -> str:
    return f'<i class="lw-icon" aria-hidden="true">{name}</i>'


def _text(written: str) -> str:
    return escape(bidi_isolated(written))

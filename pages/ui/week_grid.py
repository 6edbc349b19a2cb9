"""A week that hands can move: seven days, two partners left and right; on a phone a list.

The browser knows clock times only, as minutes of a day's own clock, past midnight from 24:00 on.
They come from instants here, and become instants again here.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import streamlit as st

from pages.ui import grid_facts
from pages.ui.day_minutes import DAY, HOUR, minute, pieces
from rituals.model import local_time, week_facts, wording, wording_of_weeks
from rituals.model.household import ONE, TWO, Household, Kind, Shade, Tone
from rituals.model.plan import Occurrence, Plan, share_somebody, standing
from rituals.model.ritual import Size
from rituals.model.time.span import Span, Spans
from rituals.model.time.week import Week
from rituals.planning import agreement
from rituals.text import bidi_isolated

HERE = Path(__file__).parent
LANES = {None: (0, 100), ONE: (0, 50), TWO: (50, 50)}  # left and width, in parts of a hundred
WIDER = {None: (0, 100), ONE: (0, 88), TWO: (12, 88)}  # beside nobody
STRIP = 28  # parts of a hundred: what is seen of an appointment that a block lies over
LINE = 33  # minutes: what one line of text takes, so that small moments can be read
QUARTER, LONGEST = 15, 5 * HOUR  # minutes: how short and long a hand makes what has no lengths
NO_SITTER_YET = "A dashed outline: open until a sitter is found"
A_PROPOSAL = "A dashed edge: not both of you have said yes yet"
DONE = "done"  # what hands did, as the browser tells it
HANDS = "week grid hands"  # session: by the grid's key

# What the files hold travels with every message.
_GRID = st.components.v2.component(
    "leavewell_week",
    html="""<div class="lw" lang="en">
    <div class="lw-week" role="group" aria-label="The week, day by day"></div>
    <p class="lw-key"></p><p class="lw-detail" id="lw-detail"></p><p class="lw-how" id="lw-how"></p>
    <p class="lw-said" role="status"></p>
    <p class="lw-unseen" role="status"></p></div>""",
    css=(HERE / "week_grid.css").read_text("utf-8"),
    js=(HERE / "week_grid.js").read_text("utf-8"),
)


@dataclass(frozen=True)
class Changed:
    """One gesture on an occurrence: "move", "pin", "unpin" or "leave out"."""

    id: str
    what: str
    start: datetime | None = None  # in UTC, of a move; a stretch is one too
    minutes: int | None = None


@dataclass
class Hands:
    """The hands on the grid of a week, and how far what they did was answered.

    The browser goes on telling all that has no answer yet, so a run that is cut short loses none.
    """

    week: Week
    heard: int = 0  # the mark of what was answered last
    refused: int = 0  # and of what could not be kept last,
    why: str = ""  # in a sentence

    def answer(self, message: Mapping[str, Any], why: str = "") -> None:
        """Acknowledges a message of the browser; `why` is a sentence if it was refused."""
        self.heard = message["mark"]
        if why:
            self.refused, self.why = self.heard, why


@dataclass(frozen=True)
class _Block:
    """An occurrence as drawn, from `top` to `bottom` in minutes of its day's clock."""

    occurrence: Occurrence
    top: int
    bottom: int
    over: bool = False  # something of the same people lies there already
    met: Collection[str] = ()  # the partners whose bands lie behind it

    def beside(self, other: "_Block") -> bool:
        return self.top < other.bottom and other.top < self.bottom


def show(  # noqa: PLR0913 - all that can be seen on a week, most of it optional
    plan: Plan,
    household: Household,
    *,
    key: str,
    busy: Mapping[str, Spans] | None = None,
    why: Mapping[str, str] | None = None,
    lengths: Mapping[str, tuple[int, int]] | None = None,
    met: Mapping[str, Collection[str]] | None = None,
    covers: Sequence[tuple[Span, str]] = (),
    waiting: Collection[str] = (),
    movable: bool = True,
) -> None:
    """Draws a week; a dropped block stays where it was dropped until there is an answer."""
    hands = _hands().setdefault(key, Hands(plan.week))
    drawn = shape(plan, household, busy or {}, why or {}, lengths or {}, met or {})
    for shown in drawn["days"]:
        _cover(shown, covers, (drawn["first"], drawn["last"]), household)
    if movable:
        propose(drawn, {o.id for o in agreement.proposals(plan)})
    show_waiting(drawn, waiting)
    drawn |= {"heard": hands.heard, "refused": hands.refused, "why": hands.why}
    drawn |= {"movable": movable}
    # In any other value than a tuple Streamlit would look for a table, and load pandas for it.
    _GRID(key=key, data={"week": (drawn,)})


def unanswered() -> Iterator[tuple[Hands, dict[str, Any]]]:
    """Messages of the browser's grids without an answer yet, in their order, with their hands."""
    for key, hands in _hands().items():
        for message in (st.session_state.get(key) or {}).get(DONE) or ():
            if message["mark"] > hands.heard:
                yield hands, message


def shape(  # noqa: PLR0913 - the same in the browser's terms
    plan: Plan,
    household: Household,
    busy: Mapping[str, Spans],
    why: Mapping[str, str],
    lengths: Mapping[str, tuple[int, int]],
    met: Mapping[str, Collection[str]],
) -> dict[str, Any]:
    """A week in the browser's terms: days, names, clock times and sentences."""
    by_day = {
        day: _blocks((o for o in standing(plan) if _is_on(day, o, household)), household, met)
        for day in local_time.days(plan.week, household)
    }
    shown = _hours_shown(by_day.values(), household)
    facts = week_facts.week_facts(plan.week, household)
    work, home = facts.work, facts.children.awake
    named = wording_of_weeks.named_facts(plan.week, household)
    bands = grid_facts.bands(named, plan.week, household)
    different = grid_facts.sentences(named, plan.week, household)
    return {
        "first": shown[0],
        "last": shown[1],
        "twelve": household.formats.twelve_hours,
        "names": {partner.key: bidi_isolated(partner.name) for partner in household.partners},
        "key": _key(work, busy, home, facts.sitter),
        "bands": bands.rows,
        "days": [
            {
                "date": day.isoformat(),
                "name": wording.WEEKDAYS[day.weekday()],
                "label": household.formats.day(day),
                "items": [_item(b, blocks, household, why, lengths) for b in blocks],
                "work": [
                    *_of_each(work, day, shown, household),
                    *grid_facts.around(plan.week, day, shown, household),
                ],
                "busy": [
                    *_of_each(busy, day, shown, household),
                    *grid_facts.away(plan.week, day, shown, household),
                ],
                "home": [list(piece) for piece in pieces(home, day, shown, household)],
                "bands": bands.by_day[day],
                "note": " ".join(filter(None, (different[day], _note(day, busy, household)))),
            }
            for day, blocks in by_day.items()
        ],
    }


def look(tone: Tone) -> str:
    """Class of a block; the two of us has together's own."""
    kind = Kind.TOGETHER if tone is Shade.TWO_OF_US else tone
    return f"lw-{kind.replace(' ', '-')}"


def propose(drawn: dict[str, Any], proposed: Collection[str]) -> None:
    """Lets what is a proposal look like one."""
    for item in (item for day in drawn["days"] for item in day["items"]):
        if item["id"] in proposed:
            item["look"] += " lw-open"
    if proposed:
        drawn["key"] = " · ".join(filter(None, (drawn["key"], A_PROPOSAL)))


def show_waiting(drawn: dict[str, Any], waiting: Collection[str]) -> None:
    """Outlines what is open until a sitter is found, and says so where it is read aloud."""
    items = [item for day in drawn["days"] for item in day["items"] if item["id"] in waiting]
    for item in items:
        item["look"] += " lw-waits"
        item["spoken"] += ", open until a sitter is found"
        item["about"] += " · open until a sitter is found"
    if items:
        drawn["key"] = " · ".join(filter(None, (drawn["key"], NO_SITTER_YET)))


def _cover(
    day: dict[str, Any],
    covers: Sequence[tuple[Span, str]],
    shown: tuple[int, int],
    household: Household,
) -> None:
    """Adds to a day what the other asks to keep free on it, in the words of the one who asks."""
    of_day = date.fromisoformat(day["date"])
    asked = [
        (piece, line)
        for span, line in covers
        for piece in pieces(Spans([span]), of_day, shown, household)
    ]
    day["busy"] += [
        {"as": "lw-cover", "place": [*piece, *LANES[None]], "title": line} for piece, line in asked
    ]
    lines = [f"{line}." for _, line in asked]
    day["note"] = " ".join([day["note"], *lines]).strip()


def read(message: Mapping[str, Any], household: Household) -> Changed | None:
    """A message as a gesture, its clock time as an instant in UTC; None for an unknown one."""
    match message:
        case {"id": str(id), "what": "move", "start": str(start), "minutes": int(minutes)}:
            local = datetime.fromisoformat(start)
            return Changed(
                id, "move", local_time.instant(local.date(), local.time(), household), minutes
            )
        case {"id": str(id), "what": "pin" | "unpin" | "leave out" as what}:
            return Changed(id, what)
    return None


def _hands() -> dict[str, Hands]:
    hands: dict[str, Hands] = st.session_state.setdefault(HANDS, {})
    return hands


def _is_on(day: date, occurrence: Occurrence, household: Household) -> bool:
    return local_time.local_day(occurrence.start, household) == day


def _blocks(
    of_day: Iterable[Occurrence], household: Household, met: Mapping[str, Collection[str]]
) -> list[_Block]:
    """Blocks of at least a line; what would be hidden by one of the same people moves down.

    No further than a line, for an hour has to be seen where it is: else it lies over the other.
    """
    blocks: list[_Block] = []
    for occurrence in of_day:
        start = minute(
            occurrence.start, local_time.local_day(occurrence.start, household), household
        )
        above = [
            b.bottom for b in blocks if share_somebody(b.occurrence.partner, occurrence.partner)
        ]
        top = max([start, *above])
        over = top - start > LINE and occurrence.size is not Size.SMALL
        if over:
            top = start
        bottom = max(start + occurrence.minutes, top + LINE)
        blocks.append(_Block(occurrence, top, bottom, over, met.get(occurrence.id, ())))
    return blocks


def _hours_shown(days: Iterable[Sequence[_Block]], household: Household) -> tuple[int, int]:
    """The first and the last minute of every day, whole hours."""
    hours = household.hours
    blocks = [block for day in days for block in day]
    asleep = hours.sleep.hour + 1 + (24 if hours.sleep <= hours.wake else 0)
    first = min([hours.wake.hour, *(b.top // HOUR for b in blocks)])
    return first * HOUR, max([asleep, *(-(-b.bottom // HOUR) for b in blocks)]) * HOUR


def _item(
    block: _Block,
    blocks: Sequence[_Block],
    household: Household,
    why: Mapping[str, str],
    lengths: Mapping[str, tuple[int, int]],
) -> dict[str, Any]:
    occurrence = block.occurrence
    beside = any(other is not block and other.beside(block) for other in blocks)
    start = occurrence.start.astimezone(household.tz)
    left, width = (LANES if beside else WIDER)[occurrence.partner]
    left, width = _beside_bands(left, width, block.met)
    if block.over:
        left, width = left + width * 2 // 5, width - width * 2 // 5
    least, most = lengths.get(occurrence.id, (QUARTER, LONGEST))
    return {
        "id": occurrence.id,
        "title": bidi_isolated(occurrence.title),
        "named": wording.title(occurrence, household),
        "who": occurrence.partner or "",
        **_whose(occurrence, household),
        "look": f"{look(occurrence.tone(household))}{' lw-over' if block.over else ''}",
        "start": start.hour * HOUR + start.minute,
        "minutes": occurrence.minutes,
        "from": household.formats.clock(start),
        "to": household.formats.clock(occurrence.end.astimezone(household.tz)),
        "place": [block.top, block.bottom, left, width],
        "least": min(least, occurrence.minutes),
        "most": max(most, occurrence.minutes),
        "fixed": occurrence.fixed,
        "small": occurrence.size is Size.SMALL,
        "way": occurrence.way,
        "why": why.get(occurrence.id, ""),
    }


def _beside_bands(left: int, width: int, met: Collection[str]) -> tuple[int, int]:
    """A block's left and width, narrowed so that a strip is seen of the bands it lies over."""
    strip = STRIP if width > LANES[ONE][1] else STRIP * 2 // 3
    right = min(left + width, 100 - strip if TWO in met else 100)
    left = max(left, strip if ONE in met else 0)
    return left, right - left


def _whose(occurrence: Occurrence, household: Household) -> dict[str, str]:
    """Whose an occurrence is: in its block, spoken, and with all else that a hand's rest shows."""
    named = [wording.title(occurrence, household), occurrence.way]
    if occurrence.tone(household) is Shade.ALL_OF_US:
        whose, spoken = "All", wording.SHADES[Shade.ALL_OF_US]
        named.insert(1, spoken)
    elif occurrence.partner:
        whose = spoken = bidi_isolated(household.name(occurrence.partner))
    else:
        whose, spoken = "", "both of you"
    return {"whose": whose, "spoken": spoken, "about": " · ".join(filter(None, named))}


def _of_each(
    spans: Mapping[str, Spans], day: date, shown: tuple[int, int], household: Household
) -> list[dict[str, Any]]:
    """Each partner's spans as drawn on a day."""
    return [
        {"who": key, "place": [*piece, *LANES[key]]}
        for key, of_partner in spans.items()
        for piece in pieces(of_partner, day, shown, household)
    ]


def _note(day: date, busy: Mapping[str, Spans], household: Household) -> str:
    """Busy times of a day as sentences, for the list on a phone and for screen readers."""
    sentences = []
    for partner in household.partners:
        for piece in pieces(busy.get(partner.key, Spans()), day, (0, DAY), household):
            start, end = (time(at // HOUR % 24, at % HOUR) for at in piece)
            hours = household.formats.from_to(start, end, " to ")
            sentences.append(f"{partner.name} is busy {hours}.")
    return " ".join(sentences)


def _key(work: Mapping[str, Spans], busy: Mapping[str, Spans], home: Spans, sitter: Spans) -> str:
    """Legend of the marks behind the blocks, for those that are drawn."""
    marks = [
        ("Hatched: at work", any(work.values())),
        ("Framed: busy in a calendar", any(busy.values())),
        ("A line at the side: the children are home and awake", bool(home)),
        ("Dotted: a sitter", bool(sitter)),
    ]
    return " · ".join(sentence for sentence, is_drawn in marks if is_drawn)

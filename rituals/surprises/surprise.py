"""Surprises in a drawer, each known to its giver alone until it is revealed.

Nothing here is written anywhere but into the sealed drawer. The other may see a cover.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field, fields, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Any
from uuid import uuid4

from rituals import text
from rituals.model import local_time, wording
from rituals.model.context import Cover
from rituals.model.household import Household, Kind
from rituals.model.plan import Occurrence, Plan, Said, clash, in_order
from rituals.model.ritual import Size
from rituals.model.time.day_parts import KEPT_FREE
from rituals.model.time.span import Span
from rituals.model.time.week import Week

LONGEST_TEXT = 2_000  # letters of a shopping list
REMEMBERED = timedelta(weeks=26)  # how long a given surprise stays in the drawer
ON_THE_FEED = timedelta(weeks=12)  # how long it stays in the giver's calendar
MOMENT = 15  # minutes: what is shorter blocks no time
EVENING = 4 * 60  # minutes: from here on something takes the whole evening


class Reveal(StrEnum):
    """Time at which a surprise opens: once it has happened, on a day, or never."""

    AFTER = "after it happened"
    ON = "on a day"
    NEVER = "never"


class State(StrEnum):
    """State of a surprise: in the drawer, given and still nobody else's, or everybody's."""

    LIES = "lies"
    GIVEN = "given"
    REVEALED = "revealed"


class Part(StrEnum):
    """Part of a day that a cover keeps free."""

    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"
    WHOLE = "whole day"


@dataclass(frozen=True)
class Surprise:
    """Secret ritual; `partner` is None when both take part."""

    id: str
    giver: str
    title: str
    kind: Kind
    partner: str | None
    start: datetime
    minutes: int
    created: datetime
    changed: datetime
    ritual: str = ""  # the id of the ritual it was picked from; "" in own words
    act: str = ""  # the key of the small act it was drawn from; "" if it was not drawn
    way: str = ""
    shopping: str = ""
    line: str = ""  # all that the other sees of it; "" for nothing at all
    covers: Part = Part.EVENING  # what the line asks to keep free
    called: str = ""  # its title in the giver's own calendar; "" for its own
    reveal: Reveal = Reveal.AFTER
    reveal_on: date | None = None  # null unless it is revealed on a day
    sequence: int = 0
    state: State = State.LIES
    leaves: bool = False  # who takes part leaves the house
    every_weeks: int = 0  # until it comes again, 52 for the same date; 0 if it does not

    @property
    def end(self) -> datetime:
        """Instant at which it ends, exclusive."""
        return self.start + timedelta(minutes=self.minutes)

    @property
    def span(self) -> Span:
        """Time from its start to its end."""
        return Span(self.start, self.end)


@dataclass(frozen=True)
class Drawer:
    """Content of one partner's drawer; `token` is the secret part of its address, "" for none."""

    surprises: tuple[Surprise, ...] = ()
    token: str = field(default="", repr=False)

    def find(self, id: str) -> Surprise | None:
        """Surprise with this id, or None."""
        return next((s for s in self.surprises if s.id == id), None)

    @property
    def lying(self) -> tuple[Surprise, ...]:
        """Surprises not given yet, the next first."""
        return tuple(s for s in self.surprises if s.state is State.LIES)

    @property
    def given(self) -> tuple[Surprise, ...]:
        """Surprises that were given, the newest first."""
        return tuple(s for s in reversed(self.surprises) if s.state is not State.LIES)


def planned_of(drawer: Drawer, ritual: str, week: Week, household: Household) -> int:
    """Number of surprises of a ritual in a week, those given among them."""
    own = (s for s in drawer.surprises if s.ritual == ritual)
    return sum(week_of(s, household) == week for s in own)


def to_json(drawer: Drawer) -> bytes:
    """Drawer as JSON."""
    content = {"surprises": [_written(s) for s in drawer.surprises], "token": drawer.token}
    return json.dumps(content, ensure_ascii=False).encode()


def from_json(content: bytes) -> Drawer:
    """Drawer read from its JSON; raises ValueError for anything else."""
    try:
        parsed = json.loads(content)
        return Drawer(tuple(_read(each) for each in parsed["surprises"]), str(parsed["token"]))
    except (ValueError, KeyError, TypeError, AttributeError):
        # What was raised may hold a piece of what is sealed.
        raise ValueError("no drawer") from None


def new_surprise(giver: str, start: datetime, now: datetime) -> Surprise:
    """Surprise without a title yet, for both, of an hour."""
    return Surprise(uuid4().hex, giver, "", Kind.TOGETHER, None, start, 60, now, now)


def with_surprise(drawer: Drawer, surprise: Surprise, now: datetime) -> Drawer:
    """Drawer with a surprise, new or changed; a changed one gets a higher sequence."""
    before = drawer.find(surprise.id)
    kept = _tidy(surprise)
    if before is not None:
        kept = replace(kept, created=before.created, sequence=before.sequence, state=before.state)
        if kept == replace(before, changed=kept.changed):
            return drawer
        kept = replace(kept, changed=now, sequence=before.sequence + 1)
    others = (s for s in drawer.surprises if s.id != surprise.id)
    return replace(drawer, surprises=by_time((*others, kept)))


def by_time(surprises: Iterable[Surprise]) -> tuple[Surprise, ...]:
    """Surprises in the order of time."""
    return tuple(sorted(surprises, key=lambda s: (s.start, s.id)))


def without_surprise(drawer: Drawer, id: str) -> Drawer:
    """Drawer without a surprise, of which nothing is left."""
    return replace(drawer, surprises=tuple(s for s in drawer.surprises if s.id != id))


def due(drawer: Drawer, household: Household, now: datetime) -> tuple[Surprise, ...]:
    """Surprises to be revealed by now, in the order of time."""
    return tuple(s for s in drawer.lying if _is_due(s, household, now))


def after_opening(drawer: Drawer, opened: Iterable[str], now: datetime) -> Drawer:
    """Drawer after these were revealed; others that are over count as given, old ones are gone."""
    ids = set(opened)

    def state(s: Surprise) -> Surprise:
        if s.id in ids:
            return replace(s, state=State.REVEALED)
        return replace(s, state=State.GIVEN) if _is_quietly_over(s, now) else s

    stay = (s for s in drawer.surprises if s.state is State.LIES or s.end > now - REMEMBERED)
    return replace(drawer, surprises=tuple(state(s) for s in stay))


def revealed(plan: Plan, surprise: Surprise, now: datetime) -> Plan:
    """Plan of its week with the surprise in it: as something that happened, or fixed ahead."""
    occurrence = as_occurrence(surprise, plan.week, now)
    if any(o.id == occurrence.id for o in plan.occurrences):
        return plan
    return replace(plan, occurrences=in_order((*plan.occurrences, occurrence)))


def as_occurrence(surprise: Surprise, week: Week, now: datetime) -> Occurrence:
    """Occurrence with all that everybody may know: not when it was planned, nor the shopping."""
    over = surprise.end <= now
    return Occurrence(
        id=f"{week}/{surprise.id}",
        title=surprise.title,
        kind=surprise.kind,
        partner=None if surprise.kind is Kind.TOGETHER else surprise.partner,
        start=surprise.start,
        end=surprise.end,
        created=now,
        changed=now,
        size=_size(surprise),
        leaves=surprise.leaves,
        with_children=surprise.kind is Kind.SOLO,
        way=surprise.way,
        fixed=not over,
        spontaneous=over,
        said=Said.AS_PLANNED if over else None,
        lived=surprise.minutes if over else None,
    )


def conflicting(plan: Plan, surprise: Surprise, now: datetime) -> Occurrence | None:
    """Occurrence of the plan that takes one of its people at that time, for its giver to know."""
    return clash(plan, as_occurrence(surprise, plan.week, now), surprise.span)


def week_of(surprise: Surprise, household: Household) -> Week:
    """Week it lies in."""
    return local_time.week_of(local_time.local_day(surprise.start, household), household)


def cover(surprise: Surprise, household: Household) -> Cover | None:
    """Cover that the other may see while it lies in the drawer; None for nothing at all."""
    if not surprise.line or surprise.state is not State.LIES:
        return None
    week = week_of(surprise, household)
    return Cover(
        surprise.id, surprise.giver, surprise.line, week, covered_span(surprise, household)
    )


def covered_span(surprise: Surprise, household: Household) -> Span:
    """Hours that its cover keeps free: a part of the day, never its own hours."""
    day = local_time.local_day(surprise.start, household)
    first, last = KEPT_FREE[surprise.covers]
    start = local_time.instant(day, time(first), household)
    ends = day + local_time.ONE_DAY if last == 24 else day
    return Span(start, local_time.instant(ends, time(last % 24), household))


def suggested_line(day: date, part: Part) -> str:
    """Cover line like "Keep Thursday evening free"."""
    named = wording.WEEKDAYS[day.weekday()]
    return f"Keep {named} free" if part is Part.WHOLE else f"Keep {named} {part} free"


def calendar_occurrences(drawer: Drawer, now: datetime) -> tuple[Occurrence, ...]:
    """Occurrences for the giver's own calendar: all that is nobody else's yet."""
    since = now - ON_THE_FEED
    own = (s for s in drawer.surprises if s.state is not State.REVEALED and s.end > since)
    return tuple(_for_its_giver(s) for s in own)


def uids(occurrences: Iterable[Occurrence]) -> dict[str, str]:
    """UIDs in the giver's calendar, by the id of the occurrence."""
    return {o.id: f"{o.id}@leavewell" for o in occurrences}


def _is_due(surprise: Surprise, household: Household, now: datetime) -> bool:
    if surprise.reveal is Reveal.AFTER:
        return surprise.end <= now
    if surprise.reveal is Reveal.NEVER or surprise.reveal_on is None:
        return False
    return local_time.local_day(now, household) >= surprise.reveal_on


def _is_quietly_over(surprise: Surprise, now: datetime) -> bool:
    return surprise.state is State.LIES and surprise.reveal is Reveal.NEVER and surprise.end <= now


def _for_its_giver(surprise: Surprise) -> Occurrence:
    """Occurrence for the giver's calendar; under another title it shows nothing of itself."""
    hidden = bool(surprise.called)
    texts = (surprise.way, surprise.shopping)
    return Occurrence(
        id=surprise.id,
        title=surprise.called or surprise.title,
        kind=Kind.ALONE if hidden else surprise.kind,
        partner=surprise.giver,
        start=surprise.start,
        end=surprise.end,
        created=surprise.created,
        changed=surprise.changed,
        size=_size(surprise),
        leaves=surprise.leaves and not hidden,
        with_children=surprise.kind is Kind.SOLO and not hidden,
        way="" if hidden else "\n\n".join(part for part in texts if part),
        sequence=surprise.sequence,
    )


def _size(surprise: Surprise) -> Size:
    if surprise.act or surprise.minutes < MOMENT:
        return Size.SMALL
    return Size.EVENING if surprise.minutes >= EVENING else Size.USUAL


def _tidy(surprise: Surprise) -> Surprise:
    return replace(
        surprise,
        title=text.single_line(surprise.title)[: text.LONGEST_TITLE].strip(),
        way=text.single_line(surprise.way)[: text.LONGEST_TITLE].strip(),
        shopping=text.cleaned(surprise.shopping)[:LONGEST_TEXT].strip(),
        line=text.single_line(surprise.line)[: text.LONGEST_TITLE].strip(),
        called=text.single_line(surprise.called)[: text.LONGEST_TITLE].strip(),
        reveal_on=surprise.reveal_on if surprise.reveal is Reveal.ON else None,
    )


def _written(surprise: Surprise) -> dict[str, Any]:
    values = {f.name: getattr(surprise, f.name) for f in fields(surprise)}
    return {k: v.isoformat() if isinstance(v, date) else v for k, v in values.items()}


def _read(written: dict[str, Any]) -> Surprise:
    instants = ("start", "created", "changed")
    times = {name: datetime.fromisoformat(written[name]).astimezone(UTC) for name in instants}
    on = written["reveal_on"]
    kinds = {
        "kind": Kind(written["kind"]),
        "covers": Part(written["covers"]),
        "reveal": Reveal(written["reveal"]),
        "state": State(written["state"]),
        "reveal_on": None if on is None else date.fromisoformat(on),
    }
    usual = {"leaves": kinds["kind"] is Kind.OUT}  # of those sealed before it was asked
    return Surprise(**usual | written | times | kinds)

"""What a server and the plans do not agree on, and what came of it, in words."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from rituals.calendars.caldav.diff import FEW, RemoteChange, SyncDiff, leaves_its_week
from rituals.calendars.caldav.session import Done, StoppedError
from rituals.calendars.outgoing import checklist
from rituals.calendars.outgoing.ledger import title
from rituals.model.calendar import ExportedEvent, RemoteEvent
from rituals.model.household import Household
from rituals.model.plan import Occurrence

NOTHING_NEW = "Nothing is new: that calendar and the plan agree."
NOTHING_CAME = "Nothing new came from there."
LET_GO_THERE = "let go there"
LET_GO_HERE = "let go in the plan"
LEFT_ITS_WEEK = "in another week there by now: it stays there, and is let go from this one"
ADD, MOVE, REMOVE = "To add", "To move or rename", "To take away"
BACK, LEFT = "Comes back from there", "Left as it is there"
WHY_LEFT = "it became a whole day there, or repeats"
RESTS = "it was changed there while its week rests"


@dataclass(frozen=True)
class Group:
    """What is to be done alike: a heading, and one line for each."""

    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Versions:
    """Something that was changed on both sides, as it is on each; `mark` names just these two."""

    mark: str
    title: str
    there: str
    here: str


def summary(outlook: SyncDiff) -> str:
    """An outlook on one line, as "12 to add · 1 to move · 2 come back from there"."""
    back = len(outlook.back)
    both = "gone there all at once" if _is_emptied(outlook.both) else "changed on both sides"
    counted = (
        (len(outlook.add), "to add"),
        (len(outlook.move), "to move or rename"),
        (len(outlook.remove), "to take away"),
        (back, "comes back from there" if back == 1 else "come back from there"),
        (len(outlook.both), both),
        (len(outlook.unclear) + len(outlook.resting), "left as it is there"),
    )
    return " · ".join(f"{count} {what}" for count, what in counted if count) or NOTHING_NEW


def groups(outlook: SyncDiff, household: Household) -> tuple[Group, ...]:
    """Everything but what was changed on both sides, group by group; empty ones are left out."""
    written = (
        (ADD, [checklist.new(o, household) for _, o in outlook.add]),
        (MOVE, [checklist.moved(moved, household) for moved in outlook.move]),
        (REMOVE, [checklist.known(told, household) for told in outlook.remove]),
        (BACK, [_back(changed, household) for changed in outlook.back]),
        (
            LEFT,
            [f"{checklist.known(told, household)} · {WHY_LEFT}" for told in outlook.unclear]
            + [f"{checklist.known(told, household)} · {RESTS}" for told in outlook.resting],
        ),
    )
    return tuple(Group(heading, tuple(lines)) for heading, lines in written if lines)


def question(both: Sequence[RemoteChange]) -> str:
    """What is asked of the couple above both versions of what was changed."""
    if _is_emptied(both):
        return "All of it is gone there. Did you let it go, or is it to go there again?"
    return "Changed on both sides: which one stays?"


def versions(changed: RemoteChange, household: Household) -> Versions:
    """Both versions of what was changed on both sides."""
    here, seen = changed.here, changed.seen
    return Versions(
        mark(changed),
        changed.was.title,
        LET_GO_THERE if seen is None else _version(seen.title, seen, changed.was, household),
        LET_GO_HERE
        if here is None
        else _version(title(here, household, changed.was.audience), here, changed.was, household),
    )


def mark(changed: RemoteChange) -> str:
    """A word for these two versions, another one as soon as either of them is changed again."""
    there = "" if changed.seen is None else changed.seen.content
    here = "" if changed.here is None else str(changed.here.sequence)
    return hashlib.sha256(f"{changed.was.occurrence}|{there}|{here}".encode()).hexdigest()[:16]


def as_text(outlook: SyncDiff, household: Household) -> tuple[str, ...]:
    """An outlook line by line, for a terminal."""
    lines = [summary(outlook)]
    for group in groups(outlook, household):
        lines += ["", group.heading, *(f"  {line}" for line in group.lines)]
    return (*lines, *conflicts_as_text(outlook.both, household))


def conflicts_as_text(both: Sequence[RemoteChange], household: Household) -> tuple[str, ...]:
    """What was changed on both sides, both versions below each other."""
    lines = ["", question(both)] if both else []
    for pair in (versions(changed, household) for changed in both):
        lines += [f"  {pair.title}", f"    there: {pair.there}", f"    here:  {pair.here}"]
    return tuple(lines)


def done(what: Done, name: str, nothing: str = NOTHING_NEW) -> str:
    """What came of an errand to the calendar of this name; `nothing` where nothing did."""
    said = (
        (what.back, "came back into the plan"),
        (what.here, "ended as the plan has it"),
        (what.written, f"went to “{name}”"),
        (what.steps - what.written, "met a newer one there: please look again"),
        (what.waiting, "there can still come back into the plan"),
        (len(what.open), "on both sides still waits: say which one stays"),
    )
    told = (f"{_changes(count)} {how}." for count, how in said if count)
    return " ".join(told) or nothing


def stopped(why: StoppedError) -> str:
    """Where a publishing was interrupted, and that the rest follows."""
    if not why.done:
        return str(why)
    rest = "the rest follows when you publish again"
    return f"{why} {why.done} of {why.steps} are in your calendar; {rest}."


def _is_emptied(both: Sequence[RemoteChange]) -> bool:
    """Whether nothing of it was changed here, and all of it is gone there."""
    here = [changed.here for changed in both if changed.seen is None]
    told = [changed.was.sequence for changed in both]
    return len(both) > FEW and told == [o.sequence for o in here if o is not None]


def _back(changed: RemoteChange, household: Household) -> str:
    was, seen = changed.was, changed.seen
    if seen is None:
        return f"{checklist.known(was, household)} · {LET_GO_THERE}"
    if leaves_its_week(changed, household):
        return f"{checklist.known(was, household)} · {LEFT_ITS_WEEK}"
    return checklist.changed(was, seen.title, seen.start, seen.end, household)


def _version(
    called: str, now: Occurrence | RemoteEvent, was: ExportedEvent, household: Household
) -> str:
    when = checklist.stretch(now.start, now.end, household)
    return when if called == was.title else f"“{called}”, {when}"


def _changes(count: int) -> str:
    return "One change" if count == 1 else f"{count} changes"

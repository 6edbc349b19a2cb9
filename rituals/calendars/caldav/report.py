"""Differences between a server and the plans, and the outcome of a sync, in sentences."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from rituals.calendars.caldav.diff import FEW, RemoteChange, SyncDiff, leaves_its_week
from rituals.calendars.caldav.session import StoppedError, SyncResult
from rituals.calendars.outgoing import checklist
from rituals.calendars.outgoing.event_content import event_title
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
    """Changes to be done alike: a heading, and one line for each."""

    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Versions:
    """Both versions of an event changed on both sides; `mark` names just these two."""

    mark: str
    title: str
    remote: str
    local: str


def summary(diff: SyncDiff) -> str:
    """A diff on one line, as "12 to add · 1 to move · 2 come back from there"."""
    back = len(diff.incoming)
    conflicting = (
        "gone there all at once" if _is_emptied(diff.conflicts) else "changed on both sides"
    )
    counted = (
        (len(diff.add), "to add"),
        (len(diff.move), "to move or rename"),
        (len(diff.remove), "to take away"),
        (back, "comes back from there" if back == 1 else "come back from there"),
        (len(diff.conflicts), conflicting),
        (len(diff.unclear) + len(diff.resting), "left as it is there"),
    )
    return " · ".join(f"{count} {what}" for count, what in counted if count) or NOTHING_NEW


def groups(diff: SyncDiff, household: Household) -> tuple[Group, ...]:
    """Groups of all changes but the conflicts; empty groups are left out."""
    written = (
        (ADD, [checklist.new_line(o, household) for _, o in diff.add]),
        (MOVE, [checklist.moved_line(moved, household) for moved in diff.move]),
        (REMOVE, [checklist.entry_line(entry, household) for entry in diff.remove]),
        (BACK, [_incoming_line(changed, household) for changed in diff.incoming]),
        (
            LEFT,
            [f"{checklist.entry_line(entry, household)} · {WHY_LEFT}" for entry in diff.unclear]
            + [f"{checklist.entry_line(entry, household)} · {RESTS}" for entry in diff.resting],
        ),
    )
    return tuple(Group(heading, tuple(lines)) for heading, lines in written if lines)


def question(conflicts: Sequence[RemoteChange]) -> str:
    """Question to the couple, above both versions of each conflict."""
    if _is_emptied(conflicts):
        return "All of it is gone there. Did you let it go, or is it to go there again?"
    return "Changed on both sides: which one stays?"


def versions(changed: RemoteChange, household: Household) -> Versions:
    """Both versions of a conflict, in words."""
    was, event = changed.was, changed.event
    remote = LET_GO_THERE if event is None else _version(event.title, event, was, household)
    return Versions(mark(changed), was.title, remote, _local_version(changed, household))


def mark(changed: RemoteChange) -> str:
    """A hash of these two versions, another one as soon as either of them is changed again."""
    remote = "" if changed.event is None else changed.event.content
    local = "" if changed.local is None else str(changed.local.sequence)
    return hashlib.sha256(f"{changed.was.occurrence}|{remote}|{local}".encode()).hexdigest()[:16]


def as_text(diff: SyncDiff, household: Household) -> tuple[str, ...]:
    """A diff line by line, for a terminal."""
    lines = [summary(diff)]
    for group in groups(diff, household):
        lines += ["", group.heading, *(f"  {line}" for line in group.lines)]
    return (*lines, *conflicts_as_text(diff.conflicts, household))


def conflicts_as_text(conflicts: Sequence[RemoteChange], household: Household) -> tuple[str, ...]:
    """Conflicts line by line, the two versions of each under its title."""
    lines = ["", question(conflicts)] if conflicts else []
    for pair in (versions(changed, household) for changed in conflicts):
        lines += [f"  {pair.title}", f"    there: {pair.remote}", f"    here:  {pair.local}"]
    return tuple(lines)


def result_sentence(result: SyncResult, name: str, nothing: str = NOTHING_NEW) -> str:
    """Outcome of a session with the calendar of this name; `nothing` where nothing changed."""
    counts = (
        (result.pulled, "came back into the plan"),
        (result.kept, "ended as the plan has it"),
        (result.written, f"went to “{name}”"),
        (result.steps - result.written, "met a newer one there: please look again"),
        (result.waiting, "there can still come back into the plan"),
        (len(result.open), "on both sides still waits: say which one stays"),
    )
    sentences = (f"{_changes(count)} {how}." for count, how in counts if count)
    return " ".join(sentences) or nothing


def stopped_sentence(why: StoppedError) -> str:
    """Sentence about an interrupted publishing: how far it came, and that the rest follows."""
    if not why.done:
        return str(why)
    rest = "the rest follows when you publish again"
    return f"{why} {why.done} of {why.steps} are in your calendar; {rest}."


def _is_emptied(conflicts: Sequence[RemoteChange]) -> bool:
    """True if many are gone on the server at once and none of them was changed in the plan."""
    return len(conflicts) > FEW and all(c.event is None and not c.is_new_here for c in conflicts)


def _incoming_line(changed: RemoteChange, household: Household) -> str:
    was, event = changed.was, changed.event
    if event is None:
        return f"{checklist.entry_line(was, household)} · {LET_GO_THERE}"
    if leaves_its_week(changed, household):
        return f"{checklist.entry_line(was, household)} · {LEFT_ITS_WEEK}"
    return checklist.changed_line(was, event.title, event.start, event.end, household)


def _version(
    called: str, now: Occurrence | RemoteEvent, was: ExportedEvent, household: Household
) -> str:
    when = checklist.time_range(now.start, now.end, household)
    return when if called == was.title else f"“{called}”, {when}"


def _local_version(changed: RemoteChange, household: Household) -> str:
    local, was = changed.local, changed.was
    if local is None:
        return LET_GO_HERE
    version = _version(event_title(local, household, was.audience), local, was, household)
    return f"{version}, not agreed yet" if changed.is_proposal else version


def _changes(count: int) -> str:
    return "One change" if count == 1 else f"{count} changes"

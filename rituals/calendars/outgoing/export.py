"""Export of weeks as an .ics file: its content, and the ledger once it is downloaded."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from rituals.calendars.outgoing import ical
from rituals.calendars.outgoing.event_content import A_PROPOSAL, NO_SITTER_YET
from rituals.calendars.outgoing.ledger import (
    Ledger,
    Moved,
    PendingChanges,
    marked_gone,
    meant_for,
    version_of,
)
from rituals.model import local_time
from rituals.model.calendar import ExportedEvent
from rituals.model.plan import Occurrence, Plan, standing
from rituals.model.time.week import Week
from rituals.planning import agreement, sitters


class Extent(StrEnum):
    """Extent of a file: the changes alone, whole weeks, or whole weeks under new UIDs."""

    CHANGES = "changes"  # what is new, and what has moved or changed since it was taken
    WHOLE = "whole"
    ANEW = "anew"  # all of it, under names that no calendar has seen


@dataclass(frozen=True)
class Parcel:
    """An export by file, before it is downloaded.

    `inside` are the occurrences in the file, by week; `old` the entries of what the calendar has.
    """

    ledger: Ledger
    extent: Extent
    now: datetime
    pending: PendingChanges
    inside: Mapping[Week, tuple[Occurrence, ...]]
    old: tuple[ExportedEvent, ...]
    why_tentative: Mapping[str, str]  # by id, why something is tentative; the file says so

    @property
    def occurrences(self) -> tuple[Occurrence, ...]:
        """The occurrences in the file."""
        return tuple(o for each in self.inside.values() for o in each)

    @property
    def moved(self) -> tuple[Moved, ...]:
        """Changes that a calendar program may refuse to take from a file."""
        return () if self.extent is Extent.ANEW else self.pending.moved

    @property
    def gone(self) -> tuple[ExportedEvent, ...]:
        """Entries to be deleted by hand, for no file removes them."""
        return self.old if self.extent is Extent.ANEW else self.pending.let_go

    def entries(self) -> tuple[ExportedEvent, ...]:
        """New entries of the ledger once this is downloaded, those let go included."""
        anew = self.extent is Extent.ANEW
        new = [
            entry
            for week, each in self.inside.items()
            for entry in self.ledger.new_entries(
                week, each, self.now, anew=anew, why_tentative=self.why_tentative
            )
        ]
        again = {entry.occurrence for entry in new}
        gone = marked_gone((t for t in self.gone if t.occurrence not in again), self.now)
        return (*new, *gone)

    def content(self) -> bytes:
        """The bytes of the file."""
        entries = self.entries()
        return ical.calendar(
            self.occurrences,
            self.ledger.household,
            self.ledger.audience,
            uids={entry.occurrence: entry.uid for entry in entries},
            versions={entry.occurrence: version_of(entry) for entry in entries},
            rituals=self.ledger.rituals,
            why_tentative=self.why_tentative,
        )

    @property
    def proposed(self) -> int:
        """Number of occurrences in the file that are proposals still."""
        return sum(A_PROPOSAL in self.why_tentative.get(o.id, "") for o in self.occurrences)

    def name(self) -> str:
        """The file's name."""
        household, changes = self.ledger.household, self.extent is Extent.CHANGES
        first = local_time.first_day(min(self.inside), household)
        count = len(self.inside)
        return ical.file_name(first, count, household, self.ledger.audience, changes=changes)


def live_entries(ledger: Ledger) -> tuple[ExportedEvent, ...]:
    """The entries of what the calendar has."""
    return tuple(entry for entry in ledger.entries.values() if not entry.gone)


def pack(
    plans: Sequence[Plan],
    ledger: Ledger,
    extent: Extent,
    now: datetime,
    left_out: Collection[str] = (),
) -> Parcel:
    """The parcel of these weeks; what is left out, by title, stays as the calendar has it.

    The ledger is that of these weeks alone.
    """
    meant = {plan.week: meant_for(standing(plan), ledger.audience) for plan in plans}
    out = {o.id for each in meant.values() for o in each if o.title in left_out}
    why_tentative = _open(plans, ledger, now)
    pending = ledger.pending((o for each in meant.values() for o in each), now, why_tentative)
    pending = PendingChanges(
        tuple(o for o in pending.new if o.id not in out),
        tuple(pair for pair in pending.moved if pair.now.id not in out),
        pending.let_go,
        tuple(pair for pair in pending.changed if pair.now.id not in out),
    )
    wanted = _wanted(meant.values(), pending, extent) - out
    inside = {week: tuple(o for o in each if o.id in wanted) for week, each in meant.items()}
    old = tuple(entry for entry in live_entries(ledger) if entry.occurrence not in out)
    return Parcel(ledger, extent, now, pending, inside, old, why_tentative)


def _open(plans: Iterable[Plan], ledger: Ledger, now: datetime) -> dict[str, str]:
    """By occurrence, each reason for which it is tentative, a line each."""
    found: dict[str, list[str]] = {}
    for plan in plans:
        for occurrence in agreement.proposals(plan):
            found.setdefault(occurrence.id, []).append(A_PROPOSAL)
        for id in sitters.ids(plan, ledger.household, ledger.rituals, now):
            found.setdefault(id, []).append(NO_SITTER_YET)
    return {id: "\n".join(lines) for id, lines in found.items()}


def _wanted(
    meant: Iterable[Iterable[Occurrence]], pending: PendingChanges, extent: Extent
) -> set[str]:
    if extent is Extent.CHANGES:
        pairs = (*pending.moved, *pending.changed)
        return {o.id for o in pending.new} | {pair.now.id for pair in pairs}
    return {o.id for each in meant for o in each}

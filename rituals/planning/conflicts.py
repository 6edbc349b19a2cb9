"""Settings that both partners changed: reading, restoring and a sentence for each conflict.

A setting knows how it is read in a plan, put into one, labelled, and put in a sentence. Its
string is unique among all settings: the key of its widget begins with it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, NamedTuple

from rituals.model import totals, wording
from rituals.model.calendar import RemoteEvent
from rituals.model.household import Household, Strand
from rituals.model.plan import Occurrence, Plan, Said, Season, times
from rituals.model.ritual import Ritual
from rituals.model.time.span import Span
from rituals.model.time.week import Week
from rituals.planning import changes, review

ANSWERS = {
    Said.AS_PLANNED: "“As planned”",
    Said.A_LITTLE: "“A little”",
    Said.LET_GO: "“Let it go”",
}
TIMES = ("not at all", "once", "twice")


class Place(NamedTuple):
    """An occurrence's place in its week."""

    start: datetime
    end: datetime
    fixed: bool
    let_go: bool


@dataclass(frozen=True)
class StrandSetting:
    """A setting of one strand."""

    week: Week
    strand: Strand
    word: ClassVar[str]

    def __str__(self) -> str:
        return f"{self.word} {self.week} {self.strand.kind.value} {self.strand.partner or ''}"

    def label(self, _plan: Plan, household: Household, _rituals: Mapping[str, Ritual]) -> str:
        """The strand by name."""
        return wording.strand(self.strand, household)


@dataclass(frozen=True)
class OccurrenceSetting:
    """A setting of one occurrence."""

    week: Week
    occurrence: str
    word: ClassVar[str]

    def __str__(self) -> str:
        return f"{self.word} {self.week} {self.occurrence}"

    def label(self, plan: Plan, household: Household, _rituals: Mapping[str, Ritual]) -> str:
        """The occurrence's title."""
        found = self.found(plan)
        return wording.title(found, household) if found else ""

    def found(self, plan: Plan) -> Occurrence | None:
        """The occurrence in a plan."""
        return next((o for o in plan.occurrences if o.id == self.occurrence), None)


class HopeSetting(StrandSetting):
    """The minutes hoped for of a strand."""

    word = "hope"

    def read(self, plan: Plan) -> int:
        """The minutes hoped for in a plan."""
        return totals.hoped(plan, self.strand)

    def put(self, plan: Plan, minutes: int, _now: datetime) -> Plan:
        """The plan with so many minutes hoped for."""
        return changes.with_hope(plan, self.strand, minutes)

    def sentence(self, name: str, now: int, own: int, _household: Household) -> str:
        """The hours hoped for now, and those set here."""
        return f"{name}: {wording.hours(now)} hoped for now; you had set {wording.hours(own)}."


@dataclass(frozen=True)
class SeasonSetting:
    """The season of a week."""

    week: Week

    def __str__(self) -> str:
        return f"season {self.week}"

    def read(self, plan: Plan) -> Season:
        """The season of a plan."""
        return plan.season

    def put(self, plan: Plan, season: Season, _now: datetime) -> Plan:
        """The plan in a season."""
        return changes.in_season(plan, season)

    def label(self, _plan: Plan, _household: Household, _rituals: Mapping[str, Ritual]) -> str:
        """No name: the sentence says which week it is about."""
        return ""

    def sentence(self, _name: str, now: Season, own: Season, _household: Household) -> str:
        """The season now, and the one set here."""
        return (
            f"It is {wording.SEASONS[now].week} now; you had made it {wording.SEASONS[own].week}."
        )


@dataclass(frozen=True)
class TimesSetting:
    """The number of times a ritual is chosen, by one partner or for both."""

    week: Week
    ritual: str
    partner: str | None

    def __str__(self) -> str:
        return f"times {self.week} {self.ritual} {self.partner or ''}"

    def read(self, plan: Plan) -> int:
        """The times chosen in a plan."""
        return times(plan, self.ritual, self.partner)

    def put(self, plan: Plan, times: int, _now: datetime) -> Plan:
        """The plan with the ritual chosen so many times."""
        return changes.choose(plan, self.ritual, self.partner, times)

    def label(self, _plan: Plan, household: Household, rituals: Mapping[str, Ritual]) -> str:
        """The ritual's title, with whose it is where it is one's alone."""
        title = rituals[self.ritual].title if self.ritual in rituals else ""
        return f"{household.name(self.partner)}: {title}" if self.partner else title

    def sentence(self, name: str, now: int, own: int, _household: Household) -> str:
        """The number of times chosen now, and the one chosen here."""
        had = f"chosen it {_times(own)}" if own else "taken it out"
        if now:
            return f"{name} is chosen {_times(now)} now; you had {had}."
        return f"{name} is no longer in this week; you had {had}."


class PlaceSetting(OccurrenceSetting):
    """The place of an occurrence in its week."""

    word = "lies"

    def read(self, plan: Plan) -> Place | None:
        """The place in a plan; None where it is no longer chosen."""
        found = self.found(plan)
        if found is None or not found.chosen:
            return None
        return Place(found.start, found.end, found.fixed, found.let_go)

    def put(self, plan: Plan, place: Place, now: datetime) -> Plan:
        """The plan with it in a place again; a plan that does not hold it stays as it is."""
        found = self.found(plan)
        if found is None:
            return plan
        if not found.chosen:
            seen = RemoteEvent("", found.title, place.start, place.end)
            plan = changes.with_remote_event(plan, found.id, seen, now)
        if place.let_go:
            return changes.let_go(plan, found.id, now)
        return changes.move(plan, found.id, Span(place.start, place.end), place.fixed, now)

    def sentence(self, name: str, now: Place | None, own: Place, household: Household) -> str:
        """The place now, and the one chosen here."""
        had = "left it out" if own.let_go else f"put it at {wording.moment(own.start, household)}"
        if now is None:
            return f"{name} is no longer in this week; you had {had}."
        if now.let_go:
            return f"{name} is left out now; you had {had}."
        at = wording.moment(now.start, household)
        if own.let_go or now.start != own.start:
            return f"{name} is at {at} now; you had {had}."
        if now.end != own.end:
            return f"{name} is {_length(now)} long now; you had made it {_length(own)}."
        if now.fixed:
            return f"{name} is pinned at {at} now; you had unpinned it."
        return f"{name} is no longer pinned at {at}; you had pinned it."

    def would_take(self, plan: Plan, place: Place | None) -> tuple[Occurrence, Span] | None:
        """The occurrence that would take a place again, and that place; None where none does."""
        found = self.found(plan)
        if found is None or place is None or place.let_go:
            return None
        return found, Span(place.start, place.end)


class AnswerSetting(OccurrenceSetting):
    """The answer to how an occurrence went."""

    word = "said"

    def read(self, plan: Plan) -> Said | None:
        """The answer in a plan."""
        found = self.found(plan)
        return found.said if found else None

    def put(self, plan: Plan, answer: Said | None, _now: datetime) -> Plan:
        """The plan with an answer."""
        return review.answer(plan, self.occurrence, answer)

    def sentence(self, name: str, now: Said | None, own: Said | None, _household: Household) -> str:
        """The answer now, and the one given here."""
        is_now = f"{name} is {ANSWERS[now]} now" if now else f"Nothing is said of {name} now"
        return f"{is_now}; you had {f'said {ANSWERS[own]}' if own else 'left it open'}."


class MinutesSetting(OccurrenceSetting):
    """The minutes an occurrence took."""

    word = "lived"

    def read(self, plan: Plan) -> int | None:
        """The minutes in a plan."""
        found = self.found(plan)
        return found.lived if found else None

    def put(self, plan: Plan, minutes: int | None, _now: datetime) -> Plan:
        """The plan with the minutes it was; None leaves it as it is."""
        return plan if minutes is None else review.answer_minutes(plan, self.occurrence, minutes)

    def sentence(self, name: str, now: int | None, own: int | None, _household: Household) -> str:
        """The minutes given now, and those given here."""
        return f"{name}: {_about(now)} now; you had said {_about(own)}."


class TotalSetting(StrandSetting):
    """The minutes of a strand, all in all."""

    word = "whole"

    def read(self, plan: Plan) -> int | None:
        """The minutes given in a plan."""
        return plan.lived.get(self.strand)

    def put(self, plan: Plan, minutes: int | None, _now: datetime) -> Plan:
        """The plan with the minutes of the whole; None takes them back."""
        return review.answer_for_strand(plan, self.strand, minutes)

    def sentence(self, name: str, now: int | None, own: int | None, _household: Household) -> str:
        """The minutes given now, and those given here."""
        return f"{name}, all in all: {_about(now)} now; you had said {_about(own)}."


PLACED = (HopeSetting, SeasonSetting, TimesSetting)  # what the rituals of a week are placed by
Setting = (
    HopeSetting
    | SeasonSetting
    | TimesSetting
    | PlaceSetting
    | AnswerSetting
    | MinutesSetting
    | TotalSetting
)


def _length(place: Place) -> str:
    return wording.hours(int((place.end - place.start).total_seconds()) // 60)


def _times(times: int) -> str:
    return TIMES[times] if times < len(TIMES) else f"{wording.number(times)} times"


def _about(minutes: int | None) -> str:
    return "nothing" if minutes is None else wording.hours(minutes)

"""Past weeks as an observation reads them: what was said of each, on the household's clock.

A week counts once somebody looked back on it; one of grace does not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import cached_property
from typing import NamedTuple

from rituals.insights import balance
from rituals.model import wording
from rituals.model.household import Household, Kind, Strand
from rituals.model.plan import Occurrence, Plan, Said, Season
from rituals.model.time.day_parts import EVENING, in_a_sentence
from rituals.model.time.week import Week

TOGETHER = Strand(Kind.TOGETHER)
LIVED = (Said.AS_PLANNED, Said.A_LITTLE)
HALF_A_YEAR, QUARTER = 26, 13  # weeks
RECENT = 6  # weeks looked back on, of which a sentence says "the last six weeks"
FRESH = 2  # weeks that the newest of these may lie back; after a long pause nothing is recent
A_DAY = timedelta(days=1)


class Moment(NamedTuple):
    """An occurrence of a past week, on the clock of this household."""

    occurrence: Occurrence
    slot: tuple[int, str]  # the day and the part of it in which it begins
    evenings: frozenset[int]  # the days whose evenings it reaches into

    @property
    def lived(self) -> bool:
        """True if it happened, at least a little."""
        return self.occurrence.said in LIVED

    @property
    def is_open(self) -> bool:
        """True if nobody has spoken of it, so that it may have been or not."""
        return self.occurrence.said is None

    @property
    def of_both(self) -> bool:
        """True if both took part."""
        return self.occurrence.partner is None


class ReviewedWeek(NamedTuple):
    """A week that was looked back on."""

    plan: Plan
    moments: tuple[Moment, ...]
    together: int | None  # minutes lived; None where something of them is unsaid

    @property
    def week(self) -> Week:
        """The ISO week it was."""
        return self.plan.week

    def shared_rituals(self) -> dict[str, Occurrence]:
        """Last lived occurrence of each ritual that both took part in, by the ritual's id."""
        return {str(m.occurrence.ritual): m.occurrence for m in self._shared() if m.lived}

    def unclear_rituals(self) -> set[str]:
        """Ids of the rituals of both of which something is unsaid."""
        return {str(m.occurrence.ritual) for m in self._shared() if m.is_open}

    def _shared(self) -> list[Moment]:
        return [m for m in self.moments if m.of_both and m.occurrence.ritual]


@dataclass(frozen=True)
class PastWeeks:
    """Weeks before `week` that were looked back on, the newest first, and those of grace."""

    week: Week
    reviewed: tuple[ReviewedWeek, ...]
    grace: frozenset[Week]

    @cached_property
    def last(self) -> ReviewedWeek | None:
        """The week before, if it was looked back on."""
        return self.at(self.week - 1)

    @cached_property
    def recent(self) -> tuple[ReviewedWeek, ...]:
        """The last six weeks looked back on; none where they are too old for "last"."""
        six = self.reviewed[:RECENT]
        enough = len(six) == RECENT and self.week - six[-1].week <= QUARTER
        return six if enough and self.week - six[0].week <= FRESH else ()

    def at(self, week: Week) -> ReviewedWeek | None:
        """The week of this number, if it was looked back on."""
        return next((each for each in self.reviewed if each.week == week), None)

    def between(self, newest: int, oldest: int) -> tuple[ReviewedWeek, ...]:
        """Weeks looked back on that lie `newest` to `oldest` weeks back."""
        return tuple(w for w in self.reviewed if newest <= self.week - w.week <= oldest)

    def phrase(self, weeks: Sequence[ReviewedWeek]) -> str:
        """Name of the newest weeks in a sentence: "the last six weeks"."""
        phrase = f"the last {wording.number(len(weeks))} weeks"
        unbroken = self.week - weeks[-1].week == len(weeks)
        return phrase if unbroken else f"{phrase} you looked back on"


def past_weeks(weeks: Sequence[ReviewedWeek], week: Week) -> PastWeeks:
    """Up to half a year before `week`, out of weeks in their order."""
    recent = [w for w in reversed(weeks) if 1 <= week - w.week <= HALF_A_YEAR]
    grace = frozenset(w.week for w in recent if w.plan.season is Season.GRACE)
    reviewed = (w for w in recent if w.week not in grace and _is_spoken_of(w))
    return PastWeeks(week, tuple(reviewed), grace)


def reviewed_week(plan: Plan, household: Household) -> ReviewedWeek:
    """Moments and time together of one week, on the clock of this household."""
    occurrences = [o for o in plan.occurrences if o.said or (o.chosen and not o.let_go)]
    moments = [_moment(o, household) for o in sorted(occurrences, key=lambda o: (o.start, o.id))]
    is_open = any(m.is_open and m.occurrence.strand == TOGETHER for m in moments)
    unclear = is_open and TOGETHER not in plan.lived
    together = None if unclear else balance.lived_minutes(plan, TOGETHER, household)
    return ReviewedWeek(plan, tuple(moments), together)


def _is_spoken_of(week: ReviewedWeek) -> bool:
    return any(not m.is_open for m in week.moments) or bool(week.plan.lived)


def _moment(occurrence: Occurrence, household: Household) -> Moment:
    start, end = (household.clock(at) for at in (occurrence.start, occurrence.end))
    days = ((start + timedelta(days=n)).date() for n in range((end.date() - start.date()).days + 1))
    clock = start.replace(tzinfo=None), end.replace(tzinfo=None)
    evenings = (datetime.combine(day, time()) for day in days)
    reached = {
        night.weekday()
        for night in evenings
        if clock[0] < night + A_DAY and datetime.combine(night, EVENING) < clock[1]
    }
    return Moment(occurrence, (start.weekday(), in_a_sentence(start.time())), frozenset(reached))

"""Questions that whole days in a partner's calendar ask: away, off, or neither?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from rituals.model import local_time
from rituals.model.calendar import WholeDays
from rituals.model.difference import LONGEST, OF_A_PARTNER, Difference, What
from rituals.model.household import Household
from rituals.model.time.week import Week

WEEKS = 9  # that are looked through: the one that is planned, and eight more
ANSWERS = (What.AWAY, What.OFF, What.NOTHING)


@dataclass(frozen=True)
class Question:
    """Days of a partner's calendar of which nobody has said yet what they mean."""

    days: WholeDays

    @property
    def event(self) -> str:
        """The key by which its answer is remembered; other days of an event ask anew."""
        return f"{self.days.calendar} {self.days.first} {self.days.last}"

    def answer(self, what: What, id: str, known: datetime) -> Difference:
        """The difference that an answer makes."""
        return Difference(
            id,
            what,
            self.days.first,
            self.days.last,
            known,
            self.days.partner if what in OF_A_PARTNER else "",
            nights=what is What.AWAY,
            event=self.event,
        )

    def outdated(self, household: Household) -> list[Difference]:
        """Answers to the same calendar on these days, from when the event was a longer one."""
        return [
            known
            for known in household.differences
            if known.event.startswith(f"{self.days.calendar} ")
            and known.touches(self.days.first, self.days.last)
        ]


def open_questions(found: Iterable[WholeDays], week: Week, household: Household) -> list[Question]:
    """The questions of this week and the eight after it, in the order of their days.

    Nothing is asked of what was answered or told by hand, nor of what lasts for years.
    """
    first = local_time.first_day(week, household)
    last = first + timedelta(days=7 * WEEKS - 1)
    answered = {known.event for known in household.differences}
    asked = [
        Question(days)
        for days in found
        if days.first <= last and first <= days.last and days.last - days.first < LONGEST
    ]
    still = (q for q in asked if q.event not in answered and not _is_told(q.days, household))
    return sorted(still, key=lambda q: (q.days.first, q.days.last, q.days.partner, q.event))


def _is_told(days: WholeDays, household: Household) -> bool:
    """True if it is known by hand what a partner does on all of these days."""
    return any(
        _covers(known, days.partner, days.first, days.last) for known in household.differences
    )


def _covers(known: Difference, partner: str, first: date, last: date) -> bool:
    """True for whole days of a partner that hold these."""
    ours = known.partner == partner and known.what in OF_A_PARTNER and known.whole_days
    return ours and known.first <= first and last <= known.last

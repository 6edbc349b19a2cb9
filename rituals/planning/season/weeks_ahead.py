"""Room for something rare in each week ahead: free hours, a sitter, what the week is like."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from rituals.model import childcare, local_time
from rituals.model.childcare import OTHER
from rituals.model.context import SeasonContext
from rituals.model.household import ONE, TWO, Household, Strand
from rituals.model.plan import Plan, Season
from rituals.model.ritual import Needs, Ritual
from rituals.model.time.span import Spans
from rituals.model.time.week import Week
from rituals.model.totals import hoped
from rituals.model.week_facts import WeekFacts, week_facts


@dataclass(frozen=True)
class Room:
    """Room of a week for one thing; `sitter` is true where it needs none, or one is there."""

    is_free: bool
    sitter: bool = True
    is_hard: bool = False
    is_hoped: bool = True


@dataclass(frozen=True)
class WeekAhead:
    """A week with all that something rare is chosen around; `taken` is by partner."""

    week: Week
    household: Household
    plan: Plan | None
    facts: WeekFacts
    taken: Mapping[str, Spans]
    watched: Spans  # somebody else has the children
    is_open: bool  # something may still come into it

    @classmethod
    def of(cls, week: Week, context: SeasonContext, today: date) -> WeekAhead:
        """The week as it lies; one that rests, or is planned and has begun, takes nothing more."""
        household, plan = context.household, context.plans.get(week)
        facts = week_facts(week, household)
        within = Spans([local_time.span_with_nights(week, household)])
        taken = {
            key: (context.busy.get(key, Spans()) & within) | facts.work[key] | facts.away[key]
            for key in (ONE, TWO)
        }
        watched = childcare.sitter(plan.sitter if plan else (), week, household)
        has_begun = local_time.first_day(week, household) <= today
        is_open = plan is None or (plan.season is not Season.GRACE and not has_begun)
        return cls(week, household, plan, facts, taken, watched | facts.other_home, is_open)

    def room(self, ritual: Ritual, partner: str | None) -> Room:
        """Room for a ritual of both (None) or of one partner."""
        least = timedelta(minutes=ritual.least_minutes)
        free = self._free(ritual, partner) if self.is_open else Spans()
        if not any(span.length >= least for span in free):
            return Room(is_free=False)
        needs_sitter = self.household.children and ritual.needs is Needs.SITTER
        sitter = not needs_sitter or any(s.length >= least for s in free & self.watched)
        is_hard = self.plan is not None and self.plan.season is Season.HARD and not ritual.dear
        return Room(True, sitter, is_hard, self._is_hoped(ritual, partner))

    def _free(self, ritual: Ritual, partner: str | None) -> Spans:
        """When those who take part are free, and the children where the ritual wants them."""
        free = local_time.window_spans(ritual.windows, self.week, self.household, partner or "")
        for key in (partner,) if partner else (ONE, TWO):
            free -= self.taken[key]
        if not self.household.children:
            return free
        if ritual.with_children:
            return free & self.facts.children.awake
        if partner and ritual.leaves and ritual.needs is not Needs.SITTER:
            free -= self.facts.away[OTHER[partner]] - self.watched
        if ritual.needs is Needs.ASLEEP and not self.household.usual.no_bedtime:
            free -= self.facts.children.awake
        return free

    def _is_hoped(self, ritual: Ritual, partner: str | None) -> bool:
        """False where a week hopes for nothing of its kind of time."""
        strand = Strand.of(ritual.kind, partner)
        if self.plan is None or strand not in self.plan.hopes:
            return True
        return hoped(self.plan, strand) > 0

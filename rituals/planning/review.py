"""Answers of a couple about a lived week, and weeks of grace: changes to a plan.

Plans stay as they were; answers stand beside them, in minutes for one occurrence, or for a
strand as a whole, which then counts for that strand. Without an answer nothing is assumed.
"""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable
from dataclasses import replace
from datetime import timedelta

from rituals.model.household import Strand
from rituals.model.plan import Occurrence, Plan, Said, Season, in_order, standing
from rituals.model.time.week import Week
from rituals.planning import changes
from rituals.text import single_line

PARTS = {Said.AS_PLANNED: 1.0, Said.A_LITTLE: 0.5, Said.LET_GO: 0.0}
AROUND = (0.25, 0.5, 0.75, 1, 1.25, 1.5, 2)  # of what was planned: the lengths one may choose
LONGEST = 24 * 60  # minutes of one thing
WEEK_LONG = 7 * LONGEST
FREE = (30, 60, 120, 180, 240, 360)  # minutes of a strand of which nothing was planned
LETTERS = 40  # of a word for grace
MOST_WEEKS = 8  # that begin to rest at once


def answer(plan: Plan, id: str, how: Said | None) -> Plan:
    """The plan with an answer to how one occurrence went; None takes it back."""

    def answered(o: Occurrence) -> Occurrence:
        lived = None if how is None else round(o.minutes * PARTS[how])
        return o if o.said is how else replace(o, said=how, lived=lived)

    return changes.with_occurrence(plan, id, answered)


def answer_minutes(plan: Plan, id: str, minutes: int) -> Plan:
    """The plan with the minutes one occurrence took; the place it was given stays."""
    lived = min(max(minutes, 0), LONGEST)
    return changes.with_occurrence(
        plan, id, lambda o: replace(o, said=o.said or Said.AS_PLANNED, lived=lived)
    )


def answer_all_as_planned(plan: Plan) -> Plan:
    """The plan with the answer “as planned” for every occurrence without one."""
    for occurrence in unanswered(plan):
        plan = answer(plan, occurrence.id, Said.AS_PLANNED)
    return plan


def reopen(plan: Plan, ids: Collection[str]) -> Plan:
    """The plan without the answer “as planned” of these ids, unless it was changed since."""
    for o in plan.occurrences:
        if o.id in ids and (o.said, o.lived) == (Said.AS_PLANNED, o.minutes):
            plan = answer(plan, o.id, None)
    return plan


def answer_for_strand(plan: Plan, strand: Strand, minutes: int | None) -> Plan:
    """The plan with the minutes of a strand as a whole, which then count; None takes it back."""
    lived = {of: minutes_lived for of, minutes_lived in plan.lived.items() if of != strand}
    if minutes is not None:
        lived[strand] = min(max(minutes, 0), WEEK_LONG)
    return replace(plan, lived=lived)


def add_spontaneous(plan: Plan, occurrence: Occurrence) -> Plan:
    """The plan with something that just happened added to it."""
    return replace(plan, occurrences=in_order((*plan.occurrences, occurrence)))


def remove_spontaneous(plan: Plan, id: str) -> Plan:
    """The plan without something that just happened after all; what was planned stays."""
    stays = (o for o in plan.occurrences if o.id != id or not o.spontaneous)
    return replace(plan, occurrences=tuple(stays))


def as_lived(plan: Plan) -> Plan:
    """The plan as a week to look at: without what was let go, with what just happened."""
    occurrences = (_as_lived(o) for o in plan.occurrences if o.said is not Said.LET_GO)
    return replace(plan, occurrences=in_order(occurrences))


def unanswered(plan: Plan) -> tuple[Occurrence, ...]:
    """The standing occurrences without an answer, neither alone nor with their strand."""
    occurrences = standing(plan)
    return tuple(o for o in occurrences if o.said is None and o.strand not in plan.lived)


def is_answered(plan: Plan) -> bool:
    """True where every standing occurrence has an answer, alone or with its strand."""
    return not unanswered(plan)


def has_no_answer(plan: Plan) -> bool:
    """True where nothing at all of a week has an answer."""
    return not plan.lived and all(o.said is None for o in plan.occurrences)


def lengths(planned: int) -> tuple[int, ...]:
    """A few lengths around what one occurrence was planned to take, in minutes."""
    return _around(planned, 15 if planned >= 60 else 5)


def lengths_of_a_strand(planned: int) -> tuple[int, ...]:
    """A few lengths around what was planned of a strand, and none at all."""
    return (0, *(_around(planned, 30) if planned >= 60 else FREE))


def rest(plan: Plan, word: str = "") -> Plan:
    """The plan as a week of grace: everything rests, and all of it is kept underneath."""
    return replace(changes.in_season(plan, Season.GRACE), grace=single_line(word)[:LETTERS].strip())


def resume(plan: Plan) -> Plan:
    """The plan as it was before grace; one that does not rest stays as it is."""
    return changes.in_season(plan, plan.paused) if plan.season is Season.GRACE else plan


def grace_weeks_around(week: Week, grace: Container[Week]) -> list[Week]:
    """The weeks of grace in a row that a week is among; none where it does not rest."""
    if week not in grace:
        return []
    return [*reversed(list(_row(week - 1, -1, grace))), *grace_weeks_from(week, grace)]


def grace_weeks_from(week: Week, grace: Container[Week]) -> list[Week]:
    """The weeks of grace in a row from this one on."""
    return list(_row(week, 1, grace))


def _as_lived(occurrence: Occurrence) -> Occurrence:
    if not (occurrence.spontaneous and occurrence.lived):
        return occurrence
    end = occurrence.start + timedelta(minutes=occurrence.lived)
    return replace(occurrence, spontaneous=False, chosen=True, let_go=False, end=end)


def _row(week: Week, step: int, grace: Container[Week]) -> Iterable[Week]:
    while week in grace:
        yield week
        week += step


def _around(planned: int, step: int) -> tuple[int, ...]:
    rounded = {round(planned * part / step) * step for part in AROUND}
    return tuple(sorted(rounded - {0} | ({planned} if step < 30 else set())))

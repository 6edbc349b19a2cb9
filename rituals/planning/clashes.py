"""Occurrences that meet something new: an appointment, a trip, work, sleep or a hint.

What is held stays where it is whatever comes, so what comes is said here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from rituals.model import local_time, wording
from rituals.model.context import PlanningContext
from rituals.model.household import BOTH, ONE, TWO, Household
from rituals.model.plan import Beside, Occurrence, Plan, standing
from rituals.model.ritual import Size
from rituals.model.time.span import Span, Spans
from rituals.model.time.week import Week
from rituals.model.week_facts import week_facts
from rituals.planning import changes

Titles = Mapping[str, Sequence[tuple[Span, str]]]  # of appointments, by partner


class Sort(StrEnum):
    """Kind of thing that an occurrence meets."""

    BUSY = "busy"
    TRIP = "trip"
    WORK = "work"
    ASLEEP = "asleep"  # by day: late evenings are the couple's own
    CHILDREN = "children"  # away from home, though they take part
    COVER = "cover"


@dataclass(frozen=True)
class Meeting:
    """Something that somebody of an occurrence has at its hours; `partner` None: it is for all."""

    sort: Sort
    partner: str | None
    span: Span
    line: str = ""  # of a hint


@dataclass(frozen=True)
class Clash:
    """An occurrence ahead and all that it meets."""

    occurrence: Occurrence
    meets: tuple[Meeting, ...]


def clashes(plan: Plan, context: PlanningContext, now: datetime) -> tuple[Clash, ...]:
    """The clashes of a plan, small moments last, else in the order of time.

    What an occurrence was kept beside stays quiet, as long as it takes the same of its hours.
    """
    ahead = (o for o in standing(plan) if o.start > now)
    found = (Clash(o, _not_kept(o, meetings(o, plan.week, context))) for o in ahead)
    met = [clash for clash in found if clash.meets]
    return tuple(sorted(met, key=lambda clash: clash.occurrence.size is Size.SMALL))


def meetings(occurrence: Occurrence, week: Week, context: PlanningContext) -> tuple[Meeting, ...]:
    """All that an occurrence meets, in the order of time.

    Small moments that need nobody near find room at work and on a trip.
    """
    lies = Span(occurrence.start, occurrence.end)
    found = (m for m in _in_the_way(occurrence, week, context) if m.span.overlaps(lies))
    return tuple(sorted(found, key=lambda m: (m.span, list(Sort).index(m.sort), m.partner or "")))


def can_be_kept(clash: Clash) -> bool:
    """False where somebody it needs is elsewhere: a partner on a trip, or the children."""
    needs_all = clash.occurrence.partner is None or clash.occurrence.with_children
    return not any(
        m.sort is Sort.CHILDREN or (m.sort is Sort.TRIP and needs_all) for m in clash.meets
    )


def kept_both(clash: Clash, plan: Plan) -> Plan:
    """The plan with an occurrence kept beside all that it meets."""
    return changes.keep_beside(plan, clash.occurrence.id, map(_beside, clash.meets))


def seen(plan: Plan, id: str, context: PlanningContext) -> Plan:
    """The plan with an occurrence kept beside what a hand saw when it put it there.

    Appointments are asked about all the same: a form shows none.
    """
    lying = next((o for o in standing(plan) if o.id == id), None)
    met = meetings(lying, plan.week, context) if lying else ()
    return changes.keep_beside(plan, id, (_beside(m) for m in met if m.sort is not Sort.BUSY))


def sentence(
    clash: Clash, household: Household, titles: Titles | None = None, *, dated: bool = False
) -> str:
    """Sentence on a clash: "Choir, Tuesday 18:00–21:00, meets Date at home."

    Without the title of an appointment: "Date at home, Tuesday 20:00: Sam is busy 18:00–21:00."
    """
    title = wording.title(clash.occurrence, household)
    day = local_time.local_day(clash.occurrence.start, household)
    on = household.formats.day(day) if dated else wording.WEEKDAYS[day.weekday()]
    named = [_appointments(m, clash.occurrence, titles or {}) for m in clash.meets]
    if all(named):
        some = [
            f"{what}, {_when(span, on, clash, household)}," for each in named for span, what in each
        ]
        return f"{' and '.join(some)} {'meets' if len(some) == 1 else 'meet'} {title}."
    clauses = [
        _clause(meeting, each, clash, household)
        for meeting, each in zip(clash.meets, named, strict=True)
    ]
    starts = household.clock(clash.occurrence.start)
    return f"{title}, {on} {household.formats.clock(starts)}: {'; '.join(clauses)}."


def _in_the_way(occurrence: Occurrence, week: Week, context: PlanningContext) -> Iterator[Meeting]:
    facts = week_facts(week, context.household)
    busy = context.busy if context.appointments is None else context.appointments
    ritual = context.rituals.get(occurrence.ritual or "")
    apart = ritual is not None and ritual.possible_apart
    for partner in (ONE, TWO) if occurrence.partner is None else (occurrence.partner,):
        yield from _each(Sort.BUSY, partner, busy.get(partner, ()))
        yield from _each(Sort.ASLEEP, partner, facts.asleep_by_day[partner])
        if not apart:
            yield from _each(Sort.TRIP, partner, facts.away[partner])
            yield from _each(Sort.WORK, partner, facts.work[partner])
    if occurrence.with_children:
        yield from _each(Sort.CHILDREN, None, facts.elsewhere)
    for cover in context.covers:
        line = wording.cover_line(cover, context.household)
        yield Meeting(Sort.COVER, None, cover.span, line)


def _not_kept(occurrence: Occurrence, meets: Iterable[Meeting]) -> tuple[Meeting, ...]:
    """The meetings that are new, or other hours of it, since an occurrence was kept beside them."""
    lies = Span(occurrence.start, occurrence.end)
    return tuple(
        m
        for m in meets
        if not any(
            _is_of(kept, m) and _part(lies, m.span) == _part(lies, Span(kept.start, kept.end))
            for kept in occurrence.beside
        )
    )


def _part(of: Span, other: Span) -> Spans:
    return Spans([of]) & Spans([other])


def _is_of(kept: Beside, meeting: Meeting) -> bool:
    return (kept.sort, kept.partner) == (meeting.sort, meeting.partner or BOTH)


def _beside(meeting: Meeting) -> Beside:
    span = meeting.span
    return Beside(meeting.sort.value, meeting.partner or BOTH, span.start, span.end)


def _each(sort: Sort, partner: str | None, spans: Iterable[Span]) -> Iterator[Meeting]:
    return (Meeting(sort, partner, span) for span in spans)


def _appointments(
    meeting: Meeting, occurrence: Occurrence, titles: Titles
) -> list[tuple[Span, str]]:
    """The appointments with a title that a meeting with busy hours is made of."""
    if meeting.sort is not Sort.BUSY or meeting.partner is None:
        return []
    lies = Span(occurrence.start, occurrence.end)
    return [
        (span, title)
        for span, title in titles.get(meeting.partner, ())
        if span.overlaps(lies) and not Spans([span]) - Spans([meeting.span])
    ]


def _clause(
    meeting: Meeting, titled: Sequence[tuple[Span, str]], clash: Clash, household: Household
) -> str:
    if titled:
        some = [f"{title} {_from_to(span, clash, household)}" for span, title in titled]
        return wording.listed(some)
    if meeting.partner is None:
        return meeting.line or "the children are away then"
    name = household.name(meeting.partner)
    then = _from_to(meeting.span, clash, household)
    return {
        Sort.BUSY: f"{name} is busy {then}",
        Sort.TRIP: f"{name} is away then",
        Sort.WORK: f"{name} works {then}",
    }.get(meeting.sort, f"{name} sleeps then")


def _when(span: Span, on: str, clash: Clash, household: Household) -> str:
    hours = _from_to(span, clash, household)
    return hours if " " in hours else f"{on} {hours}"


def _from_to(span: Span, clash: Clash, household: Household) -> str:
    """Hours as "18:00–21:00", with their days where one is not the occurrence's own."""
    on = local_time.local_day(clash.occurrence.start, household)
    instants = span.start, span.end
    if any(local_time.local_day(at, household) != on for at in instants):
        return " to ".join(wording.moment(at, household) for at in instants)
    start, end = (household.clock(at) for at in instants)
    return household.formats.from_to(start, end)

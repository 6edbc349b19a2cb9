"""Plans on the command line: for people line by line, for programs as JSON or CSV."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from rituals.insights.tables import spreadsheet_safe
from rituals.model import local_time, totals, wording, wording_of_weeks
from rituals.model.household import Household, Strand
from rituals.model.plan import Occurrence, Plan, Season, standing
from rituals.model.time.span import Span
from rituals.model.time.week import Week
from rituals.model.time.window import write_days, write_hour
from rituals.model.usual import Child
from rituals.planning import clashes
from rituals.planning.clashes import Clash
from rituals.planning.options import exchanges
from rituals.planning.options.alternatives import Alternative
from rituals.planning.options.exchanges import Change, Exchange
from rituals.planning.options.other_place import OtherPlace
from rituals.planning.placement.place import Unplaced
from rituals.planning.sitters import Question

if TYPE_CHECKING:
    import pandas as pd

INDENT = " " * 15  # under a title, beside the hours


Offered = tuple[Unplaced, tuple[Exchange, ...]]


class Solvable(NamedTuple):
    """A clash with the best other place, if there is one."""

    clash: Clash
    place: OtherPlace | None


def plan_as_json(plan: Plan, household: Household) -> dict[str, Any]:
    """A plan for programs; all lengths are in minutes."""
    return {
        "week": str(plan.week),
        "season": plan.season.value,
        "hopes": [
            {
                "kind": strand.kind.value,
                "partner": _name(strand.partner, household),
                "hoped": totals.hoped(plan, strand),
                "planned": totals.planned(plan, strand, household),
            }
            for strand in _strands(plan, household)
        ],
        "occurrences": [_occurrence_as_json(o, household) for o in standing(plan)],
    }


def questions_as_json(questions: Iterable[Question], household: Household) -> list[dict[str, Any]]:
    """Evenings on which somebody is to be found for the children, for programs."""
    return [
        {
            "question": "sitter",
            "start": household.clock(question.span.start).isoformat(),
            "end": household.clock(question.span.end).isoformat(),
            "waiting": [o.id for o in question.waiting],
        }
        for question in questions
    ]


def plan_as_text(
    plan: Plan,
    household: Household,
    *,
    is_kept: bool = True,
    reasons: bool = False,
    waiting: Collection[str] = (),
) -> Iterator[str]:
    """A plan for people, line by line; with `reasons` also why each thing lies where it lies.

    `waiting` are the ids of what is open until a sitter is found.
    """
    first = local_time.first_day(plan.week, household)
    yield f"The week of {household.formats.dated(first)} · {plan.week}"
    if not is_kept:
        yield "Not planned yet; it would begin like this."
    if different := wording_of_weeks.named_facts(plan.week, household):
        yield f"Different: {' · '.join(fact.text for fact in different)}."
    if plan.season is Season.GRACE:
        yield "A week off: everything rests."
        return
    yield f"This is {wording.SEASONS[plan.season].week}."
    yield ""
    yield from _balance_as_text(plan, household)
    yield from _days_as_text(standing(plan), household, waiting, reasons=reasons)


def balance_as_csv(hours: pd.DataFrame, household: Household) -> str:
    """A balance as comma-separated values, with the partners' names.

    The part of together that is all of us has columns of its own where there are children.
    """
    names = {partner.key: spreadsheet_safe(partner.name) for partner in household.partners}
    partner, grace = hours["partner"].replace(names), hours["grace"].map(spreadsheet_safe)
    named = hours.assign(partner=partner, grace=grace)
    if not household.over(map(Week.read, hours["week"].unique())).children:
        named = named.drop(columns=["planned_all_of_us", "lived_all_of_us"])
    return named.to_csv(
        index=False, float_format="%.2f", date_format="%Y-%m-%d", lineterminator="\n"
    )


def unplaced_as_json(requests: Iterable[Unplaced], household: Household) -> list[dict[str, Any]]:
    """Requests that found no place, for programs."""
    return [
        {
            "title": unplaced.wanted.ritual.title,
            "kind": unplaced.wanted.ritual.kind.value,
            "partner": _name(unplaced.wanted.partner, household),
            "number": unplaced.wanted.number,
            "reason": unplaced.reason,
        }
        for unplaced in requests
    ]


def unplaced_as_text(requests: Iterable[Unplaced], household: Household) -> Iterator[str]:
    """Requests that found no place, for people."""
    for unplaced in requests:
        whose = _name(unplaced.wanted.partner, household)
        title = unplaced.wanted.ritual.title
        yield f"  {title if whose is None else f'{whose}: {title}'}"
        yield f"{INDENT}{unplaced.reason}"


def clashes_as_json(found: Iterable[Solvable], household: Household) -> list[dict[str, Any]]:
    """Occurrences that meet something, for programs; `other_place` is null where none is left."""
    return [
        {
            "id": clash.occurrence.id,
            "title": clash.occurrence.title,
            "meets": [
                {
                    "sort": meeting.sort.value,
                    "partner": _name(meeting.partner, household),
                    **_hours_as_json(meeting.span, household),
                }
                for meeting in clash.meets
            ],
            "other_place": _hours_as_json(place.span, household) if place else None,
            "line": clashes.sentence(clash, household),
        }
        for clash, place in found
    ]


def clashes_as_text(found: Iterable[Solvable], household: Household) -> Iterator[str]:
    """Occurrences that meet something, for people."""
    for clash, place in found:
        yield f"  {clashes.sentence(clash, household)}"
        if place:
            yield f"{INDENT}It could be on {wording.moment(place.span.start, household)}."


def exchanges_as_json(
    offered: Iterable[Offered], plan: Plan, household: Household
) -> list[dict[str, Any]]:
    """Exchanges for each ritual without a place, for programs."""
    return [
        {
            "title": left.wanted.ritual.title,
            "partner": household.name(left.wanted.partner) if left.wanted.partner else None,
            "number": left.wanted.number,
            "offers": [_offer_as_json(offer, plan, household) for offer in offers],
        }
        for left, offers in offered
    ]


def exchanges_as_text(
    offered: Sequence[Offered], plan: Plan, household: Household
) -> Iterator[str]:
    """Exchanges for each ritual without a place, line by line for people."""
    if any(offers for _, offers in offered):
        yield ""
        yield "What would have to give"
    for _, offers in offered:
        for offer in offers:
            title = wording.title(offer.gets, household)
            yield f"  {title} on {wording.moment(offer.gets.start, household)}"
            yield f"{INDENT}{exchanges.sentence(offer, plan, household)}."


def alternatives_as_json(
    others: Iterable[Alternative], household: Household
) -> list[dict[str, Any]]:
    """Other weeks about as good, for programs."""
    return [
        {
            "line": other.line,
            "moves": other.moves,
            "occurrences": plan_as_json(other.plan, household)["occurrences"],
        }
        for other in others
    ]


def alternatives_as_text(others: Sequence[Alternative]) -> Iterator[str]:
    """Other weeks about as good, for people."""
    yield ""
    yield "Other weeks" if others else "No clearly other week is about as good."
    for other in others:
        yield f"  {other.line}"
        yield f"{INDENT}{other.moves}"


def usual_as_json(household: Household) -> dict[str, Any]:
    """Usual hours and turns as values for JSON, written as they are told."""
    usual, hours = household.usual, household.hours
    return {
        "hours": {
            "wake": write_hour(hours.wake),
            "supper": write_hour(hours.supper),
            "bedtime": None if usual.no_bedtime else write_hour(hours.bedtime),
            "sleep": write_hour(hours.sleep),
        },
        "other_hours": [
            {"who": household.name(d.partner) if d.partner else None, "line": str(d)}
            for d in usual.days
        ],
        "work": [
            {"who": p.name, **_as_lines(hours.work.get(p.key, ()), usual.work.get(p.key, ()))}
            for p in household.partners
        ],
        "asleep": [
            {"who": p.name, "turns": _texts(usual.asleep.get(p.key, ()))}
            for p in household.partners
        ],
        "school": _as_lines(hours.children_away, usual.school),
        "elsewhere": [{"turn": str(e.when), "at": e.place} for e in usual.elsewhere],
        "sitter": _texts(usual.sitter),
        "way_home": usual.way_home,
        "free_evenings": [
            {"who": p.name, "days": write_days(usual.free_evenings.get(p.key, ()))}
            for p in household.partners
        ],
        "children": [{"name": c.name, "born": c.born} for c in usual.children],
        "holidays": {
            "region": usual.holidays.region or None,
            "off": [household.name(key) for key in usual.holidays.off],
            "school": not usual.holidays.no_school,
        },
    }


def usual_changed(before: Household, after: Household, today: date, since: str) -> Iterator[str]:
    """Lines on what is usual now and was not before, and since when."""
    if after == before:
        yield "It was so before."
        return
    yield from list(_what_is_new(before, after, today)) or ["It reads as before."]
    if since:
        yield since


def _what_is_new(before: Household, after: Household, today: date) -> Iterator[str]:
    old, new = (list(wording_of_weeks.usual_sentences(h, today)) for h in (before, after))
    if before.usual.children != after.usual.children:
        names = [_as_name(child) for child in after.usual.children]
        yield "\n  ".join(["Your children", *(names or ["Not told"])])
        return
    headings = [heading for heading, _ in new]
    for heading, lines in (told for told in new if told not in old):
        yield "\n  ".join([heading, *lines])
    for heading in (heading for heading, _ in old if heading not in headings):
        yield f"{heading}\n  Not any more"


def _as_name(child: Child) -> str:
    return f"{child.name}, born {child.born}" if child.born else child.name


def _offer_as_json(offer: Exchange, plan: Plan, household: Household) -> dict[str, Any]:
    return {
        "line": exchanges.sentence(offer, plan, household),
        "place": _hours_as_json(Span(offer.gets.start, offer.gets.end), household),
        "gives": [_change_as_json(change, household) for change in offer.gives],
        "sitter": _hours_as_json(offer.sitter, household) if offer.sitter else None,
    }


def _change_as_json(change: Change, household: Household) -> dict[str, Any]:
    """Something that gives; `to` is null where it rests."""
    return {
        "id": change.before.id,
        "title": change.before.title,
        "to": None
        if change.rests
        else _hours_as_json(Span(change.after.start, change.after.end), household),
    }


def _occurrence_as_json(occurrence: Occurrence, household: Household) -> dict[str, Any]:
    return {
        "id": occurrence.id,
        "title": occurrence.title,
        "kind": occurrence.kind.value,
        "partner": _name(occurrence.partner, household),
        **_hours_as_json(Span(occurrence.start, occurrence.end), household),
        "minutes": occurrence.minutes,
        "way": occurrence.way,
        "fixed": occurrence.fixed,
        "reason": occurrence.reason,
    }


def _hours_as_json(span: Span, household: Household) -> dict[str, str]:
    start, end = (household.clock(at).isoformat() for at in (span.start, span.end))
    return {"start": start, "end": end}


def _as_lines(weekly: Iterable[object], turns: Iterable[object]) -> dict[str, list[str]]:
    return {"weekly": _texts(weekly), "turns": _texts(turns)}


def _texts(lines: Iterable[object]) -> list[str]:
    return [str(line) for line in lines]


def _name(partner: str | None, household: Household) -> str | None:
    return None if partner is None else household.name(partner)


def _strands(plan: Plan, household: Household) -> list[Strand]:
    """Strands of the household that this plan holds; it may be older than the children."""
    return [s for s in household.in_week(plan.week).strands() if s in plan.hopes]


def _balance_as_text(plan: Plan, household: Household) -> Iterator[str]:
    rows = [("", "hoped for", "planned")]
    for strand in _strands(plan, household):
        numbers = totals.hoped(plan, strand), totals.planned(plan, strand, household)
        hoped, planned = map(wording.hours, numbers)
        rows.append((wording.strand(strand, household), hoped, planned))
    wide = max(len(name) for name, _, _ in rows)
    for name, hoped, planned in rows:
        yield f"{name:{wide}}  {hoped:>9}  {planned:>8}"


def _days_as_text(
    occurrences: Iterable[Occurrence],
    household: Household,
    waiting: Collection[str],
    *,
    reasons: bool,
) -> Iterator[str]:
    def day(occurrence: Occurrence) -> date:
        return local_time.local_day(occurrence.start, household)

    any_day = False
    for that_day, on_it in groupby(occurrences, day):
        any_day = True
        yield f"\n{household.formats.day(that_day)}"
        for occurrence in on_it:
            yield from _occurrence_as_text(occurrence, household)
            if occurrence.id in waiting:
                yield f"{INDENT}Open until a sitter is found."
            if reasons and occurrence.reason:
                yield f"{INDENT}{occurrence.reason}"
    if not any_day:
        yield "\nNothing is planned."


def _occurrence_as_text(occurrence: Occurrence, household: Household) -> Iterator[str]:
    start, end = (household.clock(t) for t in (occurrence.start, occurrence.end))
    yield f"  {household.formats.from_to(start, end)}  {wording.title(occurrence, household)}"
    if occurrence.way:
        yield f"{INDENT}{occurrence.way}"

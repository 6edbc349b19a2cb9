"""What somebody set and is otherwise now, because the other one set it too: in one sentence.

A thing has a name: ("hope", week, kind, partner), ("season", week), ("lies", week, occurrence),
("times", week, ritual, partner), ("said", …), ("lived", …) or ("whole", week, kind, partner).
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from rituals import lived, plans, totals, words
from rituals.calendar import Seen
from rituals.household import Household, Kind, Strand
from rituals.plan import Occurrence, Plan, Said, Season, times
from rituals.spans import Span

Thing = tuple[str, ...]
PLACED = ("hope", "season", "times")  # what the rituals of a week are placed by
SEASONS = {
    Season.CALM: "a calm week",
    Season.USUAL: "a usual week",
    Season.HARD: "a hard week",
    Season.GRACE: "a week of grace",
}
SAID = {
    Said.AS_PLANNED: "“As planned”",
    Said.A_LITTLE: "“A little”",
    Said.LET_GO: "“Let it go”",
}
TIMES = ("not at all", "once", "twice")


class Lies(NamedTuple):
    """Where an occurrence is in its week."""

    start: datetime
    end: datetime
    fixed: bool
    let_go: bool


def is_at(plan: Plan, thing: Thing) -> Any:
    """What a plan says of a thing; None where it says nothing of it."""
    match thing:
        case "hope", _, kind, partner:
            return totals.hoped(plan, Strand(Kind(kind), partner or None))
        case "season", _:
            return plan.season
        case "times", _, ritual, partner:
            return times(plan, ritual, partner or None)
        case "whole", _, kind, partner:
            return plan.lived.get(Strand(Kind(kind), partner or None))
        case what, _, id:
            there = _one(plan, id)
            return _lies(there) if what == "lies" else there and getattr(there, what)
    return None


def named(plan: Plan, thing: Thing, title: str, household: Household) -> str:
    """What a thing is called; `title` is that of the ritual, where it is about one."""
    match thing:
        case "hope" | "whole", _, kind, partner:
            return words.strand(Strand(Kind(kind), partner or None), household)
        case "times", _, _, partner:
            return f"{household.name(partner)}: {title}" if partner else title
        case "lies" | "said" | "lived", _, id:
            there = _one(plan, id)
            return words.title(there, household) if there else title
    return ""


def sentence(thing: Thing, name: str, now: Any, mine: Any, household: Household) -> str:
    """What a thing is at now, and what it had been set to by whoever reads this."""
    match thing[0]:
        case "lies":
            return _of_a_place(name, now, mine, household)
        case "times":
            is_now = f"is chosen {_times(now)}" if now else "is no longer in this week"
            had = f"chosen it {_times(mine)}" if mine else "taken it out"
            return (
                f"{name} {is_now} now; you had {had}."
                if now
                else f"{name} {is_now}; you had {had}."
            )
        case "season":
            return f"It is {SEASONS[now]} now; you had made it {SEASONS[mine]}."
        case "hope":
            return f"{name}: {words.hours(now)} hoped for now; you had set {words.hours(mine)}."
        case "said":
            return f"{_said_now(name, now)}; you had {_said(mine)}."
        case "whole":
            return f"{name}, all in all: {_about(now)} now; you had said {_about(mine)}."
    return f"{name}: {_about(now)} now; you had said {_about(mine)}."


def again(plan: Plan, thing: Thing, mine: Any, now: datetime) -> Plan:
    """The plan with a thing as it had been set."""
    match thing:
        case "hope", _, kind, partner:
            return plans.hope(plan, Strand(Kind(kind), partner or None), mine)
        case "season", _:
            return plans.in_season(plan, mine)
        case "times", _, ritual, partner:
            return plans.choose(plan, ritual, partner or None, mine)
        case "whole", _, kind, partner:
            return lived.say_as_a_whole(plan, Strand(Kind(kind), partner or None), mine)
        case "said", _, id:
            return lived.say(plan, id, mine)
        case "lived", _, id:
            return plan if mine is None else lived.say_minutes(plan, id, mine)
        case "lies", _, id:
            return _put_back(plan, id, mine, now)
    return plan


def place_of(plan: Plan, thing: Thing, mine: Any) -> tuple[Occurrence, Span] | None:
    """The occurrence that would take a place again, and that place; None where none does."""
    there = _one(plan, thing[-1]) if thing[0] == "lies" else None
    if there is None or mine is None or mine.let_go:
        return None
    return there, Span(mine.start, mine.end)


def _one(plan: Plan, id: str) -> Occurrence | None:
    return next((o for o in plan.occurrences if o.id == id), None)


def _lies(there: Occurrence | None) -> Lies | None:
    if there is None or not there.chosen:
        return None
    return Lies(there.start, there.end, there.fixed, there.let_go)


def _put_back(plan: Plan, id: str, mine: Lies, now: datetime) -> Plan:
    there = _one(plan, id)
    if there is None:
        return plan
    if not there.chosen:
        seen = Seen("", there.title, mine.start, mine.end)
        plan = plans.came_back(plan, id, seen, now)
    if mine.let_go:
        return plans.let_go(plan, id, now)
    return plans.move(plan, id, Span(mine.start, mine.end), mine.fixed, now)


def _of_a_place(name: str, now: Lies | None, mine: Lies, household: Household) -> str:
    had = f"put it at {words.moment(mine.start, household)}"
    if mine.let_go:
        had = "let it go"
    if now is None:
        return f"{name} is no longer in this week; you had {had}."
    if now.let_go:
        return f"{name} is let go now; you had {had}."
    at = words.moment(now.start, household)
    if mine.let_go or now.start != mine.start:
        return f"{name} is at {at} now; you had {had}."
    if now.end != mine.end:
        long, before = (
            words.hours(int((o.end - o.start).total_seconds()) // 60) for o in (now, mine)
        )
        return f"{name} is {long} long now; you had made it {before}."
    if now.fixed:
        return f"{name} is fixed at {at} now; you had loosened it."
    return f"{name} is no longer fixed at {at}; you had fixed it."


def _times(times: int) -> str:
    return TIMES[times] if times < len(TIMES) else f"{words.number(times)} times"


def _said_now(name: str, said: Said | None) -> str:
    return f"{name} is {SAID[said]} now" if said else f"Nothing is said of {name} now"


def _said(said: Said | None) -> str:
    return f"said {SAID[said]}" if said else "left it open"


def _about(minutes: int | None) -> str:
    return "nothing" if minutes is None else words.hours(minutes)

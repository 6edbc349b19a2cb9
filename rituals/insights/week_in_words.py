"""A week ahead in one warm sentence: the evenings of the two, and what each has of their own.

It names kinds of time and days, never a title, so nothing that is a surprise can stand in it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime

from rituals.model import local_time, wording
from rituals.model.household import Household, Kind
from rituals.model.plan import Occurrence, Plan, in_order, standing
from rituals.model.ritual import Size

NOON, EVENING = 12, 17  # o’clock
AN_EVENING = 60  # minutes for the two of them
SMALL_HOURS = local_time.SMALL_HOURS.hour


def sentence(plan: Plan, household: Household) -> str:
    """A week in words, as "Two evenings for the two of you and an evening out for Maya."."""
    lying = [o for o in in_order(standing(plan)) if o.size is not Size.SMALL]
    parts = [
        *_two_of_us([o for o in lying if o.partner is None and not o.with_children], household),
        *_all_of_us([o for o in lying if o.partner is None and o.with_children], household),
        *_own([o for o in lying if o.partner is not None], household),
    ]
    sentence = wording.listed(parts)
    return f"{sentence[0].upper()}{sentence[1:]}." if sentence else ""


def goodbye(plan: Plan, household: Household, today: date) -> str:
    """The wish for a week and the day of the next sitting; "" once that day is there."""
    last = local_time.days(plan.week, household)[-1]
    if today >= last:
        return ""
    return f"Have a good week. See you on {wording.WEEKDAYS[last.weekday()]}."


def _two_of_us(lying: Sequence[Occurrence], household: Household) -> Iterator[str]:
    """Evenings that hold an hour or more for the two, else the longest thing with its day."""
    minutes = Counter[date]()
    for o in lying:
        at = _local(o, household)
        minutes[at.date()] += o.minutes if _part(at) == "evening" else 0
    evenings = sum(some >= AN_EVENING for some in minutes.values())
    if evenings:
        count = "an evening" if evenings == 1 else f"{wording.number(evenings)} evenings"
        yield f"{count} for the two of you"
    elif lying:
        longest = max(lying, key=lambda o: o.minutes)
        yield f"{_day_and_part(_local(longest, household))} for the two of you"


def _all_of_us(lying: list[Occurrence], household: Household) -> Iterator[str]:
    """The longest one, with its day."""
    if lying:
        longest = max(lying, key=lambda o: o.minutes)
        yield f"{_day_and_part(_local(longest, household))} for all of you"


def _own(lying: list[Occurrence], household: Household) -> Iterator[str]:
    """A thing of each of the two: what takes them out before time alone; alike, once."""
    found = {}
    for partner in household.partners:
        own = [o for o in lying if o.partner == partner.key]
        if named := _named_best(own, household):
            found[partner.name] = named
    if len(found) > 1 and len(set(found.values())) == 1:
        yield f"{next(iter(found.values()))} for each of you"
        return
    yield from (f"{named} for {name}" for name, named in found.items())


def _named_best(own: Iterable[Occurrence], household: Household) -> str:
    lying = list(own)
    out = [o for o in lying if o.kind is Kind.OUT]
    if any(_part(_local(o, household)) == "evening" for o in out):
        return "an evening out"
    if out:
        return "time out"
    return "time alone" if any(o.kind is Kind.ALONE for o in lying) else ""


def _day_and_part(at: datetime) -> str:
    return f"{wording.WEEKDAYS[at.weekday()]} {_part(at)}"


def _part(at: datetime) -> str:
    if SMALL_HOURS <= at.hour < NOON:
        return "morning"
    return "afternoon" if NOON <= at.hour < EVENING else "evening"


def _local(occurrence: Occurrence, household: Household) -> datetime:
    return household.clock(occurrence.start)

"""Reasons for leaving events of a calendar out, and the sentences they become."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from rituals.calendars.incoming.decode import decoded
from rituals.calendars.incoming.recurrence import Rule
from rituals.calendars.incoming.values import Property

MOST_DATES = 5_000  # RDATE and EXDATE of one event: ten years of every day and some
MOST_YEARS = 10  # that one event lasts
LONGEST_PART = 40  # letters of a line that a sentence repeats


class Reason(NamedTuple):
    """Reason for leaving events out, worded for one and for several."""

    one: str
    many: str


NO_START = Reason("it has no start", "they have no start")
NO_DATES = Reason("its dates cannot be read", "their dates cannot be read")
TOO_MANY_DATES = Reason(
    f"it names more than {MOST_DATES:,} single dates",
    f"they name more than {MOST_DATES:,} single dates each",
)
TOO_LONG = Reason(
    f"it lasts longer than {MOST_YEARS} years", f"they last longer than {MOST_YEARS} years"
)
TOO_SLOW = Reason(
    "working out when it repeats would take too long",
    "working out when they repeat would take too long",
)
OLDER = Reason("the file has a later version of it", "the file has a later version of each of them")
UNITS = {"SECONDLY": "second", "MINUTELY": "minute", "HOURLY": "hour"}
PARTS = {
    "DTSTART": ("start", "starts"),
    "DTEND": ("end", "ends"),
    "DURATION": ("length", "lengths"),
    "RDATE": ("additional date", "additional dates"),
    "EXDATE": ("excepted date", "excepted dates"),
    "RECURRENCE-ID": ("place in its series", "places in their series"),
    "RRULE": ("last day", "last days"),
    "EXRULE": ("last day", "last days"),
    "FREEBUSY": ("times", "times"),
}


class UnreadableError(ValueError):
    """Refusal of an event, with its reason."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.one)
        self.reason = reason


def unreadable(line: Property) -> UnreadableError:
    """The refusal of an event for one of its lines."""
    one, many = PARTS[line.name]
    return UnreadableError(
        Reason(f"its {one} cannot be read{_named(line.value)}", f"their {many} cannot be read")
    )


def no_rule(part: str) -> Reason:
    """The reason for leaving out what repeats by a rule of which this part cannot be read."""
    return Reason(
        f"the rule it repeats by cannot be read{_named(part.encode())}",
        "the rules they repeat by cannot be read",
    )


def too_often(repeat: Rule) -> Reason:
    """The reason for leaving out what a rule repeats too many times."""
    if repeat.every not in UNITS:
        return TOO_SLOW
    often = (
        UNITS[repeat.every]
        if repeat.interval == 1
        else f"{repeat.interval:,} {UNITS[repeat.every]}s"
    )
    return Reason(f"it repeats every {often}", f"they repeat every {often}")


def sentences(left: Counter[Reason], done: str = "left out") -> Iterator[str]:
    """A sentence for each kind of reason, on what was done with these events."""
    kinds: defaultdict[str, list[Reason]] = defaultdict(list)
    for reason in sorted(left):
        kinds[reason.many].append(reason)
    for many, found in sorted(kinds.items()):
        count = sum(left[reason] for reason in found)
        if count == 1:
            yield f"1 event is {done}: {found[0].one}."
        else:
            yield f"{count:,} events are {done}: {many}."


def _named(value: bytes) -> str:
    text = "".join(c for c in decoded(value[:LONGEST_PART]) if c.isprintable()).strip()
    return f" ({text})" if text else ""

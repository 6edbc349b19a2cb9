"""Days, hours and lines of a week as they are typed after a command."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from rituals.model import local_time
from rituals.model.household import Household
from rituals.model.time.recurrence import Recurrence
from rituals.model.time.window import (
    Anchor,
    NotationError,
    Window,
    read_days,
    read_hour,
    write_hour,
)
from rituals.model.usual import OLDEST, Child
from rituals.planning import usual_turns
from rituals.text import LONGEST_TITLE, quoted, single_line

WHEN = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:T([0-9]{2}:[0-9]{2}))?")
LETTERED = re.compile(r"([A-Za-z]): *(.*)", re.DOTALL)
LONGEST_NAME = 40  # letters of a child's name, as of a partner's
RULE = "FREQ="  # in a line that is a recurrence already


class Moment(NamedTuple):
    """A local day, and a clock time on it where one was said."""

    day: date
    hour: time | None = None

    @classmethod
    def read(cls, text: str) -> Moment:
        """The moment of "2026-12-04" or "2026-12-04T19:00"; raises NotationError."""
        found = WHEN.fullmatch(text.strip())
        try:
            if not found:
                raise ValueError(text)
            moment = cls(
                date.fromisoformat(found[1]), time.fromisoformat(found[2]) if found[2] else None
            )
        except ValueError:
            raise NotationError(
                f"“{quoted(text)}” is not a day; write it like “2026-12-04” or “2026-12-04T19:00”."
            ) from None
        check_year(moment.day)
        return moment

    def __str__(self) -> str:
        return f"{self.day}T{write_hour(self.hour)}" if self.hour else f"{self.day}"


class Lines(NamedTuple):
    """Lines of a week: those of every week, and those that take turns."""

    weekly: tuple[Window, ...]
    turns: tuple[Recurrence, ...]


def check_year(day: date) -> None:
    """Raises NotationError for a day of which no time zone knows."""
    if day.year not in local_time.YEARS:
        raise NotationError(f"The year {day.year} is too far away to be planned.")


def hour(text: str) -> time:
    """The clock time of "19:30"; raises NotationError."""
    try:
        found = read_hour(text.strip())
        if isinstance(found, Anchor):
            raise ValueError(text)
    except ValueError:
        raise NotationError(f"“{quoted(text)}” is not an hour; write it like “19:30”.") from None
    return found


def place(text: str) -> str:
    """The name of a place on one line; raises NotationError if it is too long."""
    name = single_line(text)
    if len(name) > LONGEST_TITLE:
        raise NotationError(f"A place has room for {LONGEST_TITLE} letters here.")
    return name


def lines(texts: Sequence[str], weeks: int, first: date | None, household: Household) -> Lines:
    """Lines like "Mon-Fri 09:00-17:00", of a cycle of `weeks` also "B: Mon-Wed 12:00-20:00".

    Week A is that of the day `first`. A line that is a rule already stays what it is.
    """
    rules = tuple(rule(text) for text in texts if RULE in text)
    by_week = _by_week([text for text in texts if RULE not in text], weeks)
    if weeks == 1:
        return Lines(tuple(by_week[0]), rules)
    if first is None:
        raise NotationError(
            "Weeks that take turns need a beginning: add a day of week A, like --from 2026-11-30."
        )
    return Lines((), (*usual_turns.turns(by_week, *_week(first, household)), *rules))


def all_turns(found: Lines, today: date, household: Household) -> tuple[Recurrence, ...]:
    """Lines of every week as turns of one week, with those that take turns."""
    weekly = usual_turns.turns([found.weekly], *_week(today, household))
    return (*weekly, *found.turns)


def stretches(texts: Iterable[str], weeks: int) -> tuple[Recurrence, ...]:
    """Stretches like "2026-12-12T10:00/2026-12-13T18:00", again every so many weeks."""
    return tuple(
        _checked(Recurrence.read(text if RULE in text else _as_rule(text, weeks)), text)
        for text in texts
    )


def rule(text: str) -> Recurrence:
    """A recurrence in its own notation; raises NotationError."""
    return _checked(Recurrence.read(text), text)


def _checked(found: Recurrence, text: str) -> Recurrence:
    """A recurrence, if it can be; raises NotationError with the text as it was typed."""
    for day in (found.start.date(), found.end.date()):
        check_year(day)
    if found.end - found.start > timedelta(weeks=found.weeks):
        raise NotationError(f"“{quoted(text)}” is longer than its turn.")
    return found


def weekdays(text: str) -> tuple[int, ...]:
    """The weekdays of "Mon,Thu", none of an empty text; raises NotationError."""
    try:
        return read_days(text) if text else ()
    except ValueError as unreadable:
        raise NotationError(
            f"“{quoted(text)}” are no weekdays; write them like Mon,Thu or daily."
        ) from unreadable


def child(text: str, today: date) -> Child:
    """The child of "Mia 2019" or "Mia"; raises NotationError."""
    name = single_line(text)
    found = re.fullmatch(r"(.+) ([0-9]{4})", name)
    named, born = (found[1], int(found[2])) if found else (name, None)
    if not 0 < len(named) <= LONGEST_NAME:
        raise NotationError(f"A child’s name has one to {LONGEST_NAME} letters here.")
    oldest = today.year - OLDEST
    if born is not None and not oldest <= born <= today.year:
        raise NotationError(
            f"“{quoted(text)}”: a birth year lies between {oldest} and {today.year} here."
        )
    return Child(named, born)


def _as_rule(text: str, weeks: int) -> str:
    ends = text.strip().split("/")
    if len(ends) != 2 or not all(WHEN.fullmatch(end) and "T" in end for end in ends):
        raise NotationError(
            f"“{quoted(text)}” is not from an hour to an hour; "
            "write it like “2026-12-12T10:00/2026-12-13T18:00”."
        )
    start, end = (Moment.read(end) for end in ends)
    if datetime.fromisoformat(str(end)) <= datetime.fromisoformat(str(start)):
        raise NotationError(f"“{quoted(text)}” ends before it starts.")
    return f"{start}/{end} FREQ=WEEKLY;INTERVAL={weeks}"


def _by_week(texts: Iterable[str], weeks: int) -> list[list[Window]]:
    found: list[list[Window]] = [[] for _ in range(weeks)]
    for text in texts:
        lettered = LETTERED.fullmatch(text.strip())
        letter, line = (lettered[1].upper(), lettered[2]) if lettered else ("A", text)
        number = ord(letter) - ord("A")
        if number >= weeks:
            raise NotationError(
                f"“{quoted(text)}” is of week {letter}: say with --weeks how many take turns, "
                f"at least {number + 1}."
            )
        found[number].append(_window(line))
    return found


def _window(text: str) -> Window:
    window = Window.read(text)
    if isinstance(window.start, Anchor) or isinstance(window.end, Anchor):
        raise NotationError(f"“{quoted(text)}” needs clock times, like “Mon-Fri 18:00-20:00”.")
    return window


def _week(day: date, household: Household) -> tuple[date, int]:
    """Monday of the week of a day, and the day on which the household's weeks begin."""
    return local_time.week_of(day, household).monday, household.week_starts

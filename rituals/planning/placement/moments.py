"""Small moments of two who part and meet again, and the hours at which each of them is one.

A good-bye before somebody leaves, a reunion when somebody comes home, a word to somebody who is
elsewhere, something that somebody finds on the way.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from enum import Enum, auto
from functools import cached_property

from rituals.model.childcare import OTHER
from rituals.model.household import ONE, TWO, Kind
from rituals.model.ritual import Size
from rituals.model.time.lean import Lean
from rituals.model.time.span import Span
from rituals.model.time.window import Anchor, Window
from rituals.planning.placement.grid import Grid, slots
from rituals.planning.placement.request import Group

NOON, EVENING = time(12), time(20)
BY_DAY = (time(8), time(19))
BEFORE_LEAVING = 12  # slots: a good-bye longer before is none
AFTER_COMING = 12  # slots: a reunion longer after is none
NEVER = 10_000  # slots: more than any week has
BEFORE_THE_END = 6  # slots: what is to be found is not the last thing of a day
UNTIL_FOUND = 16 * 12  # slots that something may wait to be found


class Moment(Enum):
    """Sort of a small moment that hangs on who is where."""

    GOODBYE = auto()  # of both, before somebody leaves
    REUNION = auto()  # of both, when somebody comes home
    WORD = auto()  # of one, to the other who is elsewhere
    FIND = auto()  # of one, for the other to find on the way
    WAY_HOME = auto()  # of one with the children, when these come home from school


def moment(group: Group) -> Moment | None:
    """The sort of moment that a ritual is by its hours; None of anything else."""
    ritual, windows = group.ritual, group.ritual.windows
    morning = any(w.start is Anchor.WAKE for w in windows) and ritual.leans is Lean.END
    afternoon = _lies_between(NOON, EVENING, windows)
    if ritual.size is not Size.SMALL:
        on_the_way = ritual.kind is Kind.SOLO and ritual.leaves and ritual.leans is Lean.START
        return Moment.WAY_HOME if afternoon and on_the_way else None
    if group.partner is None:
        is_hello = afternoon and ritual.leans not in (Lean.MIDDLE, Lean.END)
        return Moment.GOODBYE if morning else Moment.REUNION if is_hello else None
    if ritual.in_person or ritual.kind is not Kind.TOGETHER:
        return None
    return Moment.FIND if morning else Moment.WORD if _lies_between(*BY_DAY, windows) else None


def _lies_between(first: time, last: time, windows: Iterable[Window]) -> bool:
    """True where all of these are hours by the clock, and none lies outside of two."""
    clocks = [clock for w in windows for clock in (w.start, w.end)]
    return all(not isinstance(c, Anchor) and first <= c <= last for c in clocks)


@dataclass(frozen=True)
class Moments:
    """Hours of small moments in a week, in its slots; `rooms` are, by group, those it may have."""

    grid: Grid
    rooms: Mapping[str, int]

    def sort(self, group: Group) -> Moment | None:
        """The sort of moment that a ritual is, worked out once."""
        if group.key not in self._sorts:
            self._sorts[group.key] = moment(group)
        return self._sorts[group.key]

    def fit(self, group: Group, starts: list[int], minutes: int) -> list[int]:
        """Those starts of a small moment at which it is one; all where nobody ever goes."""
        match self.sort(group):
            case Moment.GOODBYE if leaving := self._leaving(group):
                return [s for s in starts if _wait(leaving, s, minutes) <= BEFORE_LEAVING]
            case Moment.REUNION if self._coming:
                return [s for s in starts if _since(self._coming, s) <= AFTER_COMING]
            case Moment.WAY_HOME if self._children_come:
                return [s for s in starts if _since(self._children_come, s) <= AFTER_COMING]
            case Moment.WORD if self._apart & self.rooms[group.key]:
                return [s for s in starts if self._apart >> s & 1]
            case Moment.FIND if group.partner and (goes := self._goes(OTHER[group.partner])):
                gone = self._gone(group.partner)
                near = [s for s in starts if _wait(goes, s, minutes) <= UNTIL_FOUND]
                return [s for s in near if not gone >> s & 1]
        return starts

    def home(self, group: Group, start: int, minutes: int) -> int | None:
        """The slot near a start at which a moment would like to begin, where it has one."""
        match self.sort(group):
            case Moment.GOODBYE:
                return self._today(start, start + _wait(self._leaving(group), start, minutes))
            case Moment.FIND if group.partner:
                goes = start + _wait(self._goes(OTHER[group.partner]), start, minutes)
                ends = self._stretch(self.rooms[group.key], start)[1] - slots(minutes)
                return (
                    ends - BEFORE_THE_END if self._today(start, goes) is None else min(goes, ends)
                )
            case Moment.REUNION if _since(self._coming, start) <= AFTER_COMING:
                return start - _since(self._coming, start)
            case Moment.WORD if self._apart >> start & 1:
                first, after = self._stretch(self._apart & self.rooms[group.key], start)
                return first + (after - slots(minutes) - first) * group.rank // 3  # not at once
        return None

    def _today(self, start: int, slot: int) -> int | None:
        """A slot, if it lies on the day of a start."""
        near = slot < self.grid.length and self.grid.day_of(slot) == self.grid.day_of(start)
        return slot if near else None

    def _stretch(self, bits: int, start: int) -> tuple[int, int]:
        """The unbroken stretch of bits around a start."""
        if not bits >> start & 1:
            return start, start
        before = ~bits & (1 << start) - 1
        after = ~(bits >> start)
        return before.bit_length(), start + (after & -after).bit_length() - 1

    @cached_property
    def _sorts(self) -> dict[str, Moment | None]:
        return {}

    @cached_property
    def _coming(self) -> list[int]:
        """When one of the two comes from work or a trip, or the children from elsewhere.

        Where none ever does, the children from school.
        """
        facts = self.grid.facts
        gone = [*facts.work.values(), *facts.away.values(), facts.other_home]
        return self._slots(span.end for spans in gone for span in spans) or self._children_come

    @cached_property
    def _children_come(self) -> list[int]:
        """When the children come from school, or from elsewhere."""
        return self._slots(span.end for span in self.grid.facts.elsewhere)

    def _leaving(self, group: Group) -> list[int]:
        """When one of the two leaves within its hours; where none ever does, the children too."""
        if group.key not in self._parting:
            two = sorted({*self._goes(ONE), *self._goes(TWO)})
            room = self.rooms[group.key]
            near = [slot for slot in two if room & self.grid.slots(slot - BEFORE_LEAVING, slot)]
            children = self._slots(span.start for span in self.grid.facts.elsewhere)
            self._parting[group.key] = near or sorted({*two, *children})
        return self._parting[group.key]

    @cached_property
    def _parting(self) -> dict[str, list[int]]:
        return {}

    def _goes(self, partner: str) -> list[int]:
        """When one of the two goes to work or on a trip."""
        return self._going[partner]

    @cached_property
    def _going(self) -> dict[str, list[int]]:
        return {key: self._slots(span.start for span in self._absences(key)) for key in (ONE, TWO)}

    def _gone(self, partner: str) -> int:
        """The slots in which one of the two is at work or on a trip."""
        return self.grid.mask(self._absences(partner), outward=True)

    @cached_property
    def _apart(self) -> int:
        """The slots in which one of the two is gone and neither sleeps by day."""
        asleep = self.grid.facts.asleep_by_day.values()
        by_day = self.grid.mask((span for spans in asleep for span in spans), outward=True)
        return (self._gone(ONE) | self._gone(TWO)) & ~by_day

    def _absences(self, partner: str) -> Iterator[Span]:
        yield from self.grid.facts.work[partner]
        yield from self.grid.facts.away[partner]

    def _slots(self, instants: Iterable[datetime]) -> list[int]:
        return sorted({self.grid.slot_of(at) for at in instants})


def _wait(leaving: Sequence[int], start: int, minutes: int) -> int:
    """Slots from the end of something until the next of these; very many where none comes."""
    end = start + slots(minutes)
    n = bisect_left(leaving, end)
    return leaving[n] - end if n < len(leaving) else NEVER


def _since(coming: Sequence[int], start: int) -> int:
    """Slots since the last of these before a start; very many where there was none."""
    n = bisect_right(coming, start)
    return start - coming[n - 1] if n else NEVER

"""Hours that rituals like: those they have come to have, else where they lean in their windows."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from functools import cached_property

from rituals.model.plan import Occurrence
from rituals.model.ritual import Size
from rituals.model.time.lean import Lean
from rituals.model.time.span import Span
from rituals.model.time.window import Anchor
from rituals.planning.placement import habits
from rituals.planning.placement.grid import MINUTES, Grid, slots, stretches
from rituals.planning.placement.request import Group

LATE = 6  # slots before the last start of a window that still are its end
NOON, EVENING = time(12), time(20)
BEFORE_LEAVING = 12  # slots: a good-bye longer before is none


@dataclass(frozen=True)
class LikedHours:
    """The hours that each of these rituals likes, in a week's slots.

    `rooms` are, by group, the slots of its windows that suit the children.
    """

    grid: Grid
    groups: tuple[Group, ...]
    rooms: Mapping[str, int]

    def habit(self, group: Group) -> habits.Habit:
        """The habit that the last weeks of a ritual make."""
        return self._habits[group.key]

    def home(self, group: Group, start: int, minutes: int) -> int:
        """The slot at which it would like to begin, in the window and on the day of a start."""
        day = self.grid.day_of(start)
        leaves = start + self.wait(start, minutes)
        if self.says_goodbye(group) and self.grid.day_of(leaves) == day:
            return leaves
        evening = self.grid.evening_of(start)
        if (usual := self.habit(group).hours.get(self.grid.weekday(evening))) is not None:
            return self.grid.midnights[evening] + usual // MINUTES
        leans = group.ritual.leans
        if not isinstance(leans, Lean):
            return self.grid.clock(day, leans)
        first, after = self._window_at(group, start)
        last = max(after - slots(minutes), first)
        if leans is Lean.END:
            return last
        if leans is Lean.MIDDLE:
            return (first + last) // 2
        return max(first, min(self.grid.later_morning(day), last))

    def is_tied(self, group: Group) -> bool:
        """True of what belongs to the end of a day, a good-bye or a coming home, and only there."""
        if self.habit(group).hours:
            return False
        ends = {w.end for w in group.ritual.windows}
        last = group.ritual.leans is Lean.END and ends <= {Anchor.SLEEP, Anchor.BEDTIME}
        return last or self.says_goodbye(group) or self.says_hello(group)

    def late(self, group: Group, quarters: list[int], minutes: int) -> list[int]:
        """Of what is tied to its hour the starts that are at it, the others as they are.

        What leans to the end of its windows has the last starts in each of them; a good-bye those
        that somebody leaves soon after, a reunion the first after somebody comes home; where nobody
        ever goes, any.
        """
        if self.habit(group).hours:
            return quarters
        if self.says_goodbye(group):
            near = [s for s in quarters if self.wait(s, minutes) <= BEFORE_LEAVING]
            return near if self._leaving else quarters
        if self.says_hello(group):
            return self._after_coming_home(quarters) if self._coming else quarters
        if group.ritual.leans is not Lean.END:
            return quarters
        last: dict[tuple[int, int], int] = {}
        for start in quarters:
            last[self._window_at(group, start)] = start
        return [s for s in quarters if last[self._window_at(group, s)] - s <= LATE]

    def says_goodbye(self, group: Group) -> bool:
        """True of a few minutes for both at the end of a morning: somebody leaves after them."""
        morning = any(w.start is Anchor.WAKE for w in group.ritual.windows)
        return _is_a_moment_for_both(group) and morning and group.ritual.leans is Lean.END

    def says_hello(self, group: Group) -> bool:
        """True of a few minutes for both at the start of an afternoon: somebody came home then."""
        clocks = [w.start for w in group.ritual.windows]
        afternoon = all(not isinstance(c, Anchor) and NOON <= c < EVENING for c in clocks)
        return _is_a_moment_for_both(group) and afternoon and group.ritual.leans is Lean.START

    def wait(self, start: int, minutes: int) -> int:
        """Slots from the end of something until somebody leaves: for work, away or to school."""
        end = start + slots(minutes)
        n = bisect_left(self._leaving, end)
        return self._leaving[n] - end if n < len(self._leaving) else self.grid.length

    def _after_coming_home(self, quarters: list[int]) -> list[int]:
        """The first starts on each day after one of the two, or a child, came home on it."""
        first: dict[int, int] = {}
        for start in quarters:
            day = self.grid.day_of(start)
            n = bisect_right(self._coming, start)
            if n and self.grid.day_of(self._coming[n - 1]) == day:
                first.setdefault(day, start)
        days = ((s, first.get(self.grid.day_of(s))) for s in quarters)
        return [s for s, at in days if at is not None and at <= s <= at + LATE]

    @cached_property
    def _coming(self) -> list[int]:
        return sorted({self.grid.slot_of(span.end) for span in self._gone})

    @cached_property
    def _leaving(self) -> list[int]:
        return sorted({self.grid.slot_of(span.start) for span in self._gone})

    @cached_property
    def _gone(self) -> list[Span]:
        """Each time that one of the two, or the children, are not at home."""
        facts = self.grid.facts
        gone = [*facts.work.values(), *facts.away.values(), facts.elsewhere]
        return [span for spans in gone for span in spans]

    @cached_property
    def _habits(self) -> dict[str, habits.Habit]:
        grid = self.grid
        by_group: dict[tuple[str | None, str | None], list[Occurrence]] = {}
        for o in grid.around.past:
            by_group.setdefault((o.ritual, o.partner), []).append(o)
        return {
            g.key: habits.habit(
                by_group.get((g.ritual.id, g.partner), ()),
                grid.week,
                grid.household,
                times=len(g.wanted),
                has_hour=g.ritual.leans is Lean.END or self.says_hello(g),
            )
            for g in self.groups
        }

    @cached_property
    def _stretches(self) -> dict[str, list[tuple[int, int]]]:
        return {group.key: list(stretches(self.rooms[group.key])) for group in self.groups}

    def _window_at(self, group: Group, start: int) -> tuple[int, int]:
        own = self._stretches[group.key]
        return next(((a, z) for a, z in own if a <= start < z), (start, start))


def _is_a_moment_for_both(group: Group) -> bool:
    return group.partner is None and group.ritual.size is Size.SMALL

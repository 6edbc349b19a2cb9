"""Hours that rituals like: those they have come to have, else where they lean in their windows."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from rituals.model.plan import Occurrence
from rituals.model.ritual import Size
from rituals.model.time.lean import Lean
from rituals.model.time.window import Anchor
from rituals.planning.placement import habits
from rituals.planning.placement.grid import MINUTES, Grid, slots, stretches
from rituals.planning.placement.request import Group

LATE = 6  # slots before the last start of a window that still are its end
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

    def is_last_thing(self, group: Group) -> bool:
        """True of what ends a day or a morning and is not itself at another hour."""
        ends = {w.end for w in group.ritual.windows}
        leans = group.ritual.leans is Lean.END and not self.habit(group).hours
        return leans and (ends <= {Anchor.SLEEP, Anchor.BEDTIME} or self.says_goodbye(group))

    def late(self, group: Group, quarters: list[int], minutes: int) -> list[int]:
        """Of what leans to the end of its windows, the last starts in each of them.

        Of a good-bye those that somebody leaves soon after, if there are any.
        """
        if group.ritual.leans is not Lean.END or self.habit(group).hours:
            return quarters
        if self.says_goodbye(group):
            near = [s for s in quarters if self.wait(s, minutes) <= BEFORE_LEAVING]
            return near or quarters
        last: dict[tuple[int, int], int] = {}
        for start in quarters:
            last[self._window_at(group, start)] = start
        return [s for s in quarters if last[self._window_at(group, s)] - s <= LATE]

    def says_goodbye(self, group: Group) -> bool:
        """True of a few minutes for both at the end of a morning: somebody leaves after them."""
        ritual = group.ritual
        morning = any(w.start is Anchor.WAKE for w in ritual.windows)
        for_both = group.partner is None and ritual.size is Size.SMALL
        return for_both and morning and ritual.leans is Lean.END

    def wait(self, start: int, minutes: int) -> int:
        """Slots from the end of something until somebody leaves: for work, away or to school."""
        end = start + slots(minutes)
        n = bisect_left(self._leaving, end)
        return self._leaving[n] - end if n < len(self._leaving) else self.grid.length

    @cached_property
    def _leaving(self) -> list[int]:
        facts = self.grid.facts
        gone = [*facts.work.values(), *facts.away.values(), facts.elsewhere]
        return sorted({self.grid.slot_of(span.start) for spans in gone for span in spans})

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
                has_hour=g.ritual.leans is Lean.END,
            )
            for g in self.groups
        }

    @cached_property
    def _stretches(self) -> dict[str, list[tuple[int, int]]]:
        return {group.key: list(stretches(self.rooms[group.key])) for group in self.groups}

    def _window_at(self, group: Group, start: int) -> tuple[int, int]:
        own = self._stretches[group.key]
        return next(((a, z) for a, z in own if a <= start < z), (start, start))

"""Hours that rituals like: those they have come to have, else where they lean in their windows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from functools import cached_property

from rituals.model.plan import Occurrence
from rituals.model.ritual import Size
from rituals.model.time.lean import Lean
from rituals.model.time.window import Anchor
from rituals.planning.placement import habits
from rituals.planning.placement.grid import MINUTES, PER_QUARTER, Grid, slots, stretches
from rituals.planning.placement.moments import Moments
from rituals.planning.placement.request import Group

MOST_AFTER = 2  # last things that one makes room for
LATE = 6  # slots before the last start of a window that still are its end
LAST = 3  # the same of what comes after another last thing
LATE_ENOUGH = 12  # the same of what is longer, and makes room for the last things


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
        place = (group.key, start, minutes)
        if place not in self._homes:
            self._homes[place] = self._home(group, start, minutes)
        return self._homes[place]

    def after(self, group: Group) -> int:
        """Number of shorter last things of the same evenings, which come after it."""
        return self._after[group.key]

    def is_tied(self, group: Group) -> bool:
        """True of what belongs to the end of a day, or hangs on who is where, and only there."""
        if self.habit(group).hours:
            return False
        return _is_last_thing(group) or self._moments.sort(group) is not None

    def late(self, group: Group, quarters: list[int], minutes: int) -> list[int]:
        """Of what is tied to its hour the starts that are at it, the others as they are.

        What leans to the end of its windows has the last starts in each of them, small moments of
        two who part and meet again those at which they are one.
        """
        if self.habit(group).hours:
            return quarters
        if self._moments.sort(group) is not None:
            return self._moments.fit(group, quarters, minutes)
        if group.ritual.leans is not Lean.END:
            return quarters
        to_bed = _ends(group) == {Anchor.BEDTIME}
        late = LATE if to_bed or group.ritual.size is Size.SMALL else LATE_ENOUGH
        late = LAST if group.key in self._very_last else late
        last: dict[tuple[int, int], int] = {}
        for start in quarters:
            first, after = self._window_at(group, start)
            last[first, after] = after - slots(minutes) if to_bed else start
        return [s for s in quarters if last[self._window_at(group, s)] - s <= late]

    def _home(self, group: Group, start: int, minutes: int) -> int:
        day = self.grid.day_of(start)
        evening = self.grid.evening_of(start)
        if (usual := self.habit(group).hours.get(self.grid.weekday(evening))) is not None:
            return self.grid.midnights[evening] + usual // MINUTES
        if (tied := self._moments.home(group, start, minutes)) is not None:
            return tied
        leans = group.ritual.leans
        if not isinstance(leans, Lean):
            return self.grid.clock(day, leans)
        first, after = self._window_at(group, start)
        last = max(after - slots(minutes), first)
        if leans is Lean.END:
            return max(last - PER_QUARTER * self.after(group), first)
        if leans is Lean.MIDDLE:
            return (first + last) // 2
        return max(first, min(self.grid.later_morning(day), last))

    @cached_property
    def _homes(self) -> dict[tuple[str, int, int], int]:
        return {}

    @cached_property
    def _moments(self) -> Moments:
        return Moments(self.grid, self.rooms)

    @cached_property
    def _very_last(self) -> set[str]:
        """The last things that come after another one, and before none."""
        last = [g for g in self.groups if _is_last_thing(g) and g.ritual.size is Size.SMALL]
        return {
            one.key
            for one in last
            if self.after(one) == 0 and any(_comes_after(other, one) for other in last)
        }

    @cached_property
    def _after(self) -> dict[str, int]:
        last = [g for g in self.groups if _is_last_thing(g) and g.ritual.size is Size.SMALL]
        return {
            group.key: min(sum(_comes_after(group, other) for other in last), MOST_AFTER)
            for group in self.groups
        }

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
                has_hour=g.ritual.leans is Lean.END or self._moments.sort(g) is not None,
            )
            for g in self.groups
        }

    @cached_property
    def _stretches(self) -> dict[str, list[tuple[int, int]]]:
        return {group.key: list(stretches(self.rooms[group.key])) for group in self.groups}

    def _window_at(self, group: Group, start: int) -> tuple[int, int]:
        for first, after in self._stretches[group.key]:
            if first <= start < after:
                return first, after
        return start, start


def _is_last_thing(group: Group) -> bool:
    return group.ritual.leans is Lean.END and _ends(group) <= {Anchor.SLEEP, Anchor.BEDTIME}


def _comes_after(group: Group, last: Group) -> bool:
    return _ends(last) <= _ends(group) and last.ritual.most_minutes < group.ritual.most_minutes


def _ends(group: Group) -> set[time | Anchor]:
    return {w.end for w in group.ritual.windows}

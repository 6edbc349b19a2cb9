"""Objective of the placement: all wishes, and the worth of what has a place.

A wish about single places gives points to each candidate (`EACH`); a wish about the whole week
gives limits over many of them (`WEEK`). None of them can forbid anything.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from rituals.model.ritual import Size
from rituals.planning.placement import wishes_of_places as places
from rituals.planning.placement import wishes_of_weeks as weeks
from rituals.planning.placement.candidates import SearchSpace
from rituals.planning.placement.request import Group
from rituals.planning.placement.weights import A_PLACE, A_SMALL_PLACE, DEAR
from rituals.planning.placement.wishes_of_weeks import AtMost

EACH: tuple[Callable[[SearchSpace], Iterable[int]], ...] = (
    places.prefers_what_is_hoped_for,
    places.leans_to_its_hour,
    places.prefers_another_weekday,
    places.follows_its_habit,
    weeks.goes_first_after_waiting,
    weeks.who_had_less_comes_first,
    places.prefers_a_sitter_s_hours,
    places.keeps_its_place,
    places.leaves_evenings_free,
    places.lets_rest_around_work,
    places.leaves_supper_to_all,
    places.lets_sleep_after_a_night_shift,
    places.lets_late_work_end_the_day,
    places.begins_before_it_is_late,
    places.keeps_the_way_home,
    places.begins_later_on_a_weekend,
    places.lets_an_evening_out_be_one,
    places.keeps_evenings_before_a_morning_off,
    places.is_there_when_the_children_come,
)
WEEK: tuple[Callable[[SearchSpace], Iterable[AtMost]], ...] = (
    weeks.repeats_lie_apart,
    weeks.first_times_come_first,
    weeks.one_puts_the_children_to_bed,
    weeks.some_evenings_stay_white,
    weeks.one_thing_for_two_an_evening,
    weeks.one_evening_out_of_each,
    weeks.two_outings_a_day,
)


def points(space: SearchSpace) -> list[int]:
    """The points of each candidate by itself."""
    return [sum(each) for each in zip(*(wish(space) for wish in EACH), strict=True)]


def limits(space: SearchSpace) -> list[AtMost]:
    """Every balance of the week."""
    return [balance for wish in WEEK for balance in wish(space)]


def worth(group: Group) -> int:
    """The points that a place for one time of a ritual takes off."""
    place = A_SMALL_PLACE if group.ritual.size is Size.SMALL else A_PLACE
    return DEAR + place if group.ritual.dear else place

"""The table of the package is the one place that says what outranks what, and it is true."""

import re

from rituals.planning import placement
from rituals.planning.placement import weights
from rituals.planning.placement.weights import (
    A_PLACE,
    A_SMALL_PLACE,
    DEAR,
    DISTURBED,
    FAIR,
    FULL_EVENING,
    HABIT,
    KEPT,
    KEPT_START,
    OF_ITSELF,
    OVER,
    SAME_DAY_AGAIN,
    TWO_AN_EVENING,
    UNDER,
    WENT_WITHOUT,
    WITH_SITTER,
)
from rituals.planning.placement.wishes_of_weeks import WAITS_AT_MOST

ROW = re.compile(r"^    ([A-Z][A-Z_]+)  +(\S.*)$", re.MULTILINE)
POINTS = {name: points for name, points in vars(weights).items() if name.isupper()}
TABLE = dict(ROW.findall(placement.__doc__))


def test_each_weight_stands_in_the_table_once_with_its_reason():
    names = [name for name, _ in ROW.findall(placement.__doc__)]

    assert sorted(POINTS) == sorted(names)
    assert all(TABLE.values())


def test_the_table_goes_from_the_most_to_the_least():
    points = [POINTS[name] for name in TABLE]

    assert sorted(points, reverse=True) == points


def test_the_weights_stand_in_the_order_of_the_table():
    assert list(TABLE) == list(POINTS)


def test_what_lies_moves_for_a_habit_or_a_sitter_and_no_lesser_wish():
    moves = [name for name, p in POINTS.items() if KEPT < p < DISTURBED]

    assert moves == ["HABIT", "WITH_SITTER"]


def test_a_second_thing_for_the_two_on_one_evening_has_no_place_but_what_lies_there_stays():
    assert A_PLACE + 2 * WENT_WITHOUT < TWO_AN_EVENING < A_PLACE + 3 * WENT_WITHOUT
    assert A_PLACE + WAITS_AT_MOST * WENT_WITHOUT < FULL_EVENING
    assert A_PLACE + KEPT > TWO_AN_EVENING


def test_what_the_table_says_of_two_weights_is_so():
    assert DEAR >= 10 * A_PLACE
    assert A_PLACE > A_SMALL_PLACE > max(p for p in POINTS.values() if p < A_SMALL_PLACE)
    assert HABIT > WITH_SITTER > OF_ITSELF
    assert WAITS_AT_MOST * WENT_WITHOUT > HABIT > (WAITS_AT_MOST - 1) * WENT_WITHOUT
    assert KEPT > KEPT_START > KEPT - UNDER
    assert UNDER > OVER
    assert WENT_WITHOUT > FAIR > SAME_DAY_AGAIN

"""When a morning or an evening is."""

from datetime import time

import pytest

from rituals.model.time import day_parts
from rituals.surprises import ideas
from rituals.surprises import surprise as surprises


@pytest.mark.parametrize(
    ("hour", "part"),
    [
        (time(4, 59), ""),
        (time(5), "morning"),
        (time(8), "morning"),
        (time(12), "afternoon"),
        (time(15), "afternoon"),
        (time(16, 59), "afternoon"),
        (time(17), "evening"),
        (time(19), "evening"),
    ],
)
def test_an_hour_s_part_of_the_day_is_known(hour, part):
    assert part == day_parts.in_a_sentence(hour)


def test_the_hour_that_a_part_stands_for_lies_in_it():
    begins = [*day_parts.PARTS.values(), time.max]
    within = zip(begins, day_parts.TYPICAL.values(), begins[1:], strict=False)

    assert list(day_parts.PARTS) == list(day_parts.TYPICAL)
    assert all(first <= typical < last for first, typical, last in within)


def test_every_part_that_can_be_chosen_has_hours():
    assert set(surprises.Part) == set(day_parts.KEPT_FREE)
    assert set(ideas.Part) == set(day_parts.FOR_ACTS)

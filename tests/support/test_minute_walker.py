"""A small walk; the long one: python -m tests.support.minute_walker."""

import pytest

from bench.lives import lives
from tests.support.minute_walker import Walked, walk, without

SEEDS, WEEKS = (3, 5, 9), 5


def walked(seeds=SEEDS, weeks=WEEKS):
    return sum((walk(lives(seed, weeks), seed) for seed in seeds), Walked())


def test_somebody_is_with_the_children_or_it_is_asked():
    found = walked()

    assert (0, 0, 0) == (found.unexplained, found.needless, found.created), found.first
    assert found.alone
    assert found.plans > found.weeks


@pytest.mark.parametrize(
    ("rule", "minutes"),
    [("placement", "created"), ("question", "unexplained"), ("night", "unexplained")],
)
def test_without_the_rule_the_walk_finds_minutes_in_which_nobody_is_there(rule, minutes):
    with without(rule):
        assert getattr(walked(seeds=(9,), weeks=3), minutes)


def test_a_seed_has_one_life_and_another_seed_another():
    assert lives(1, 4) == lives(1, 4)
    assert lives(1, 4).told != lives(2, 4).told

"""What the checker of legality is worth: planted faults, each of one rule, are all caught."""

from collections import Counter
from functools import cache
from random import Random

from bench.households import generate
from bench.lives import unlike_case
from rituals.planning.placement.place import place
from tests.support.planted import PLANTS, Week, planted

FAULTS, OF_EACH = 200, 4
SEEDS = range(500, 540)


def a_week(seed):
    """A legal week: of every second seed in a household whose weeks are not alike."""
    case = generate(seed, 20, 10)
    case = unlike_case(case) if seed % 2 else case
    return Week(case, place(case.wanted, case.around, case.household, case.week))


@cache
def all_planted():
    """Each legal week's sentences, and the planted faults: rule, sentences, what is expected."""
    before, found = [], []
    for seed in SEEDS:
        week = a_week(seed)
        before += week.faults()
        for rule, broken, said in planted(week, Random(seed)):  # noqa: S311
            found.append((rule, broken.faults(), said))
        if len(found) >= FAULTS and set(PLANTS) == broken_often(found):
            break
    return before, found


def broken_often(found):
    times = Counter(rule for rule, _, _ in found)
    return {rule for rule, number in times.items() if number >= OF_EACH}


def test_before_anything_is_planted_the_weeks_are_legal():
    before, _ = all_planted()

    assert [] == before


def test_every_planted_fault_is_caught():
    _, found = all_planted()
    missed = [(rule, said) for rule, faults, said in found if not any(said in f for f in faults)]

    assert [] == missed
    assert FAULTS <= len(found)


def test_every_rule_is_broken_more_than_once():
    _, found = all_planted()

    assert set(PLANTS) == broken_often(found)

"""The choice of weeks: the fewest points of all, as trying every one of them finds."""

from itertools import pairwise, product
from random import Random

import pytest

from rituals.planning.season import choice
from rituals.planning.season.choice import Row, Wanted, choose

AHEAD = 6


def a_row(chance):
    """A thing with one to three repeats in six weeks, some decided, some that lay somewhere."""
    every = chance.choice([2, 3, 4])
    count = chance.randint(1, AHEAD // every)
    repeats = []
    for n in range(count):
        if chance.random() < 0.2:
            repeats.append(n * every)
            continue
        some = chance.sample(range(AHEAD), chance.randint(1, 4))
        lay = chance.choice([None, *some])
        repeats.append(Wanted({week: chance.randint(0, 90) for week in sorted(some)}, lay))
    return Row(every, tuple(repeats), chance.random() < 0.5)


def every_choice(rows):
    """All that can be chosen: a week or none for each repeat, none too near to another."""
    asked = [repeat for row in rows for repeat in row.repeats]
    options = [[r] if isinstance(r, int) else [None, *r.points] for r in asked]
    for found in product(*options):
        weeks, rest = [], list(found)
        for row in rows:
            weeks.append(tuple(rest[: len(row.repeats)]))
            del rest[: len(row.repeats)]
        if all(map(can_be, rows, weeks)):
            yield weeks


def can_be(row, weeks):
    near = max(row.every_weeks // 2, 1)
    return all(
        weeks[j] - weeks[i] >= near
        for j in range(len(weeks))
        for i in range(j)
        if None not in (weeks[i], weeks[j])
        and (isinstance(row.repeats[i], Wanted) or isinstance(row.repeats[j], Wanted))
    )


def points(rows, weeks):
    """What a choice costs, worked out another way than by the solver."""
    total = 0
    for row, found in zip(rows, weeks, strict=True):
        for repeat, week in zip(row.repeats, found, strict=True):
            if isinstance(repeat, Wanted):
                total += choice.MISSED if week is None else repeat.points[week]
                is_moved = repeat.lay is not None and week not in (None, repeat.lay)
                total += choice.MOVED * is_moved
        for n, (one, other) in enumerate(pairwise(found)):
            free = any(isinstance(row.repeats[m], Wanted) for m in (n, n + 1))
            if free and None not in (one, other) and other - one < 0.75 * row.every_weeks:
                total += choice.TOO_SOON
    return total + sum(full(rows, weeks, week) for week in range(AHEAD))


def full(rows, weeks, at):
    """What a full week costs: what is decided in it was no choice."""
    total = 0
    for most, weight, big in ((1, choice.SECOND_BIG, True), (2, choice.CROWDED, False)):
        here = [
            isinstance(repeat, Wanted)
            for row, found in zip(rows, weeks, strict=True)
            for repeat, week in zip(row.repeats, found, strict=True)
            if week == at and (row.is_big or not big)
        ]
        total += weight * max(sum(here) + min(len(here) - sum(here), most) - most, 0)
    return total


@pytest.mark.parametrize("seed", range(60))
def test_no_other_weeks_have_fewer_points(seed):
    chance = Random(seed)  # noqa: S311 - nothing secret is drawn
    rows = [a_row(chance) for _ in range(chance.randint(1, 3))]
    best = min(points(rows, weeks) for weeks in every_choice(rows))

    found = choose(rows, AHEAD)

    assert (best, best, True) == (found.points, points(rows, found.rows), found.proven)
    assert list(found.rows) in list(every_choice(rows))


def test_the_earlier_of_two_equally_good_weeks_is_chosen():
    assert ((2,),) == choose([Row(4, (Wanted({4: 5, 2: 5, 5: 5}),))], AHEAD).rows


def test_a_repeat_without_a_week_is_missed():
    assert ((None, 3),) == choose([Row(4, (Wanted({}), Wanted({3: 0})))], AHEAD).rows

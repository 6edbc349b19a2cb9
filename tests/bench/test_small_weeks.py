from itertools import islice

from bench.small_weeks import Small, everything, small_weeks
from rituals.planning.placement.place import place

WEEKS = 20


def test_a_small_week_at_rest_is_the_best_of_all_quarters_and_lengths():
    for case in islice(small_weeks(7_000), WEEKS):
        found = place(case.wanted, case.around, case.household, case.week, at_rest=True)

        assert Small(everything(case)).best() == found.points, case.name

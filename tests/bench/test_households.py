from datetime import timedelta

import pytest

from bench.households import SIZES, generate
from rituals.model import local_time
from rituals.model.household import ONE, TWO
from rituals.model.time.span import Span

SEEDS = range(3)


@pytest.mark.parametrize(("occurrences", "busy"), SIZES)
def test_a_case_is_as_large_as_it_says(occurrences, busy):
    for seed in SEEDS:
        case = generate(seed, occurrences, busy)

        assert occurrences == len(case.wanted)
        assert busy == sum(len(list(spans)) for spans in case.around.busy.values())


def test_a_seed_has_one_case_and_another_seed_another():
    assert generate(1, 10, 20) == generate(1, 10, 20)
    assert generate(1, 10, 20).wanted != generate(2, 10, 20).wanted


def test_every_occurrence_is_wanted_once():
    for seed in SEEDS:
        case = generate(seed, 40, 60)
        keys = [(want.ritual.id, want.partner, want.number) for want in case.wanted]

        assert sorted(set(keys), key=repr) == sorted(keys, key=repr)
        assert all(want.number <= want.times <= 7 for want in case.wanted)


def test_half_of_the_appointments_at_least_lie_outside_of_work():
    for seed in SEEDS:
        case = generate(seed, 30, 60)
        outside = 0
        for partner in (ONE, TWO):
            work = local_time.window_spans(
                case.household.hours.work[partner], case.week, case.household
            )
            outside += sum(
                not any(span.overlaps(shift) for shift in work)
                for span in case.around.busy[partner]
            )

        assert 30 <= outside <= 60


def test_every_strand_is_hoped_for_and_the_past_is_past():
    for seed in SEEDS:
        case = generate(seed, 20, 40)
        begins = local_time.week_span(case.week, case.household).start

        assert set(case.household.strands()) == set(case.around.hopes)
        assert case.around.past
        assert all(lived.start < begins for lived in case.around.past)


def test_what_stands_lies_in_its_week_and_apart():
    for seed in SEEDS:
        case = generate(seed, 20, 40)
        whole = local_time.week_span(case.week, case.household)
        night = Span(whole.start, whole.end + timedelta(hours=12))
        standing = [Span(o.start, o.end) for o in case.around.standing]

        assert all(night.overlaps(span) for span in standing)
        assert not any(a.overlaps(b) for n, a in enumerate(standing) for b in standing[n + 1 :])

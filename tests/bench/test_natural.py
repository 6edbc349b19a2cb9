import pytest

from bench.fairness import contested, swaps
from bench.natural import couple, live
from rituals.model.plan import Said, standing
from rituals.planning import catalogue
from rituals.store.context import WEEKS_REMEMBERED

SEEDS = range(20)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_couple_chooses_eight_to_fourteen_rituals_and_each_once(seed):
    chosen = [(choice.ritual, choice.partner) for choice in couple(seed, 1).choices]

    assert 8 <= len({id for id, _ in chosen}) <= 14
    assert sorted(set(chosen), key=repr) == sorted(chosen, key=repr)
    assert {id for id, _ in chosen} <= set(catalogue.load(catalogue.SUGGESTED))


def test_a_seed_has_one_couple_and_another_seed_another():
    assert couple(1, 2) == couple(1, 2)
    assert couple(1, 2).choices != couple(2, 2).choices


def test_a_week_has_those_before_it_in_mind_as_they_were_lived():
    weeks = list(live(couple(1, WEEKS_REMEMBERED + 2, calm=True)))
    past = weeks[-1].context.past

    assert sum(len(standing(lived.plan)) for lived in weeks[1:-1]) == len(past)
    assert {Said.AS_PLANNED} == {o.said for o in past}
    assert {o.minutes for o in past} == {o.lived for o in past}


def test_a_contested_evening_is_had_by_one_of_the_two_each_week():
    assert 24 == sum(contested(1))


def test_each_week_of_a_couple_is_swapped():
    assert ["3 2026-W20", "3 2026-W21"] == [week for week, _ in swaps(3, 2)]

"""What suits the children comes first."""

from dataclasses import replace

import pytest

from rituals.model.household import Kind
from rituals.model.ritual import Needs, by_age, suits
from rituals.model.usual import Child, Usual
from tests.support.notation import a_household, a_ritual

TALK, PRAM, SERIES = (
    a_ritual("talk"),
    a_ritual("pram", kind=Kind.SOLO, needs=Needs.CHILDREN, ages=(0, 2)),
    a_ritual("series", needs=Needs.CHILDREN, ages=(13, 19)),
)


def with_children(*born):
    children = tuple(Child("Mia", year) for year in born)
    return replace(a_household(), usual=Usual(children=children))


@pytest.mark.parametrize(
    ("born", "order"),
    [
        ((2025,), [PRAM, TALK, SERIES]),
        ((2013,), [SERIES, TALK, PRAM]),
        ((2025, 2013), [PRAM, SERIES, TALK]),
        ((2019,), [TALK, PRAM, SERIES]),
        ((None,), [TALK, PRAM, SERIES]),
        ((), [TALK, PRAM, SERIES]),
        ((2027,), [TALK, PRAM, SERIES]),
    ],
)
def test_what_is_for_the_children_s_ages_comes_first_and_for_other_ages_last(born, order):
    assert order == by_age([PRAM, TALK, SERIES], with_children(*born), 2026)


@pytest.mark.parametrize(
    ("year", "fits"), [(2012, False), (2013, True), (2019, True), (2020, False)]
)
def test_the_ages_at_both_ends_belong_to_it(year, fits):
    assert fits is suits(SERIES, with_children(2000), year)

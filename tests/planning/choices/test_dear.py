"""At most five rituals are dear to a couple."""

from dataclasses import replace

import pytest

from rituals.planning.choices.dear import DearError, dear, with_heart
from tests.support.notation import a_ritual

FIVE = {f"r{n}": a_ritual(f"r{n}", dear=True) for n in range(5)}
TALK = a_ritual()


def test_a_ritual_becomes_dear_and_is_no_longer():
    assert replace(TALK, dear=True) == with_heart(TALK, True, {TALK.id: TALK})
    assert TALK == with_heart(replace(TALK, dear=True), False, FIVE)


def test_a_sixth_is_refused_in_a_sentence():
    expected = "Five rituals are dear to you already; take the heart off one of them first."
    with pytest.raises(DearError) as refused:
        with_heart(TALK, True, {**FIVE, TALK.id: TALK})

    assert expected == str(refused.value)


def test_one_of_the_five_may_be_said_to_be_dear_again():
    assert FIVE["r0"] == with_heart(FIVE["r0"], True, FIVE)


def test_what_becomes_dear_is_retired_no_longer():
    assert replace(TALK, dear=True) == with_heart(replace(TALK, retired=True), True, {})


def test_dear_rituals_are_listed_by_their_titles():
    some = {r.id: r for r in (a_ritual("walk", dear=True), TALK, a_ritual("cake", dear=True))}

    assert ["Cake", "Walk"] == [r.title for r in dear(some)]

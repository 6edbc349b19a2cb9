"""Rituals one can add: found by words, length and sitter, and for whom one is added."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from rituals.model import local_time
from rituals.model.difference import Difference, What
from rituals.model.household import ONE, TWO, Kind, Strand
from rituals.model.plan import Hope
from rituals.model.ritual import Needs, Size, TakesPart
from rituals.planning.choices.shelf import (
    Length,
    Search,
    away_all_week,
    for_whom,
    length,
    possible_while_away,
    times,
)
from tests.support.notation import WEEK, a_household, a_plan, a_ritual, an_occurrence

NOW = datetime(2026, 11, 1, tzinfo=UTC)
HOME = a_household()
WALK = a_ritual("walk", title="Long walk", ways=("Round the lake",), what="An hour on foot.")
TEA = a_ritual("tea", title="Nap-time tea", minutes=(20, 45), ways=("A walk to the kettle",))
SOLO = {"kind": Kind.SOLO, "needs": Needs.CHILDREN}


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("", ["tea", "walk"]),
        ("WALK", ["walk", "tea"]),
        ("lake long", ["walk"]),
        ("foot", ["walk"]),
        ("ketchup", []),
    ],
)
def test_words_are_found_in_title_sentence_and_ideas_and_titles_come_first(words, found):
    assert found == [ritual.id for ritual in Search(words).found([TEA, WALK])]


@pytest.mark.parametrize(
    ("minutes", "of"),
    [(5, Length.SHORT), ((20, 45), Length.SHORT), (45, Length.MIDDLE), (120, Length.LONG)],
)
def test_a_ritual_is_as_long_as_is_comfortable(minutes, of):
    assert of is length(a_ritual(minutes=minutes))


def test_while_one_is_away_all_week_what_needs_both_in_one_place_is_not_offered():
    first, last = local_time.days(WEEK, HOME)[0], local_time.days(WEEK, HOME)[-1]
    trip = Difference("1", What.AWAY, first, last, NOW, TWO, nights=True)
    all_week = replace(HOME, differences=(trip,))
    back_on_sunday = replace(HOME, differences=(replace(trip, last=last - timedelta(days=1)),))
    text = a_ritual("text", minutes=5, size=Size.SMALL, in_person=False)
    kiss = a_ritual("kiss", minutes=5, size=Size.SMALL, in_person=True)
    run = a_ritual("run", kind=Kind.ALONE, takes_part=TakesPart.EACH)

    assert TWO == away_all_week(WEEK, all_week)
    assert away_all_week(WEEK, back_on_sunday) is None
    assert [text, run] == possible_while_away([WALK, text, kiss, run])


def test_only_what_is_as_long_is_found():
    assert [TEA] == Search(length=Length.SHORT).found([WALK, TEA])


def test_without_a_sitter_nothing_that_needs_one_is_found():
    out = a_ritual("out", needs=Needs.SITTER)

    assert [WALK] == Search(without_sitter=True).found([WALK, out])


def test_a_ritual_of_both_is_for_both():
    assert (None,) == for_whom(WALK, a_plan(), HOME, ONE)


def test_what_each_can_have_is_for_whoever_sits_here_alone():
    quiet = a_ritual(kind=Kind.ALONE, takes_part=TakesPart.EACH)

    assert (TWO,) == for_whom(quiet, a_plan(), HOME, TWO)
    assert (ONE, TWO) == for_whom(quiet, a_plan(), HOME, None)


def test_what_each_can_have_is_for_those_who_hope_for_its_kind():
    quiet = a_ritual(kind=Kind.ALONE, takes_part=TakesPart.EACH)
    plan = a_plan(hopes={Strand(Kind.ALONE, ONE): Hope(0)})

    assert (TWO,) == for_whom(quiet, plan, HOME, None)


def test_what_one_of_the_two_has_is_for_the_one_who_hopes_for_more_of_it():
    day_out = a_ritual(takes_part=TakesPart.EITHER, **SOLO)
    lies = an_occurrence(kind=Kind.SOLO, partner=ONE)
    hopes = {Strand(Kind.SOLO, partner): Hope(120) for partner in (ONE, TWO)}

    assert (TWO,) == for_whom(day_out, a_plan(lies, hopes=hopes), HOME, None)


def test_a_small_gesture_goes_to_one_of_the_two():
    note = a_ritual(takes_part=TakesPart.EITHER)

    assert (ONE,) == for_whom(note, a_plan(), HOME, None)


@pytest.mark.parametrize(("rhythm", "added"), [((1, 3), 1), ((2, 5), 2), ((5, 7), 3)])
def test_a_ritual_is_added_as_often_as_it_comes_at_least(rhythm, added):
    assert added == times(a_ritual(rhythm=rhythm))

"""Sentences about a secret ritual: whose it is and how many, and neither a day nor an hour."""

from dataclasses import replace
from datetime import timedelta

import pytest

from rituals.model.household import ONE, TWO
from rituals.model.plan import Choice, Said, Season
from rituals.model.ritual import TakesPart
from rituals.planning.choices import rest, secret, shelf
from tests.support.notation import a_household, a_plan, a_ritual, an_instant, an_occurrence

HOME = a_household()
GIVEN = {"takes_part": TakesPart.EITHER, "minutes": 5}
TEXT = a_ritual("unexpected-text", secret=True, **GIVEN)
NOTE = a_ritual("note-in-the-bag", secret=True, **GIVEN)
THANKS = a_ritual("thanks", **GIVEN)
RITUALS = {ritual.id: ritual for ritual in (TEXT, NOTE, THANKS)}
NOW = an_instant("Wed 12:00")


def a_week(one, two, *occurrences, **more):
    choices = tuple(Choice(TEXT.id, p, n) for p, n in ((ONE, one), (TWO, two)) if n)
    return a_plan(*occurrences, choices=choices, **more)


def a_text(when, **more):
    return an_occurrence(when, ritual=TEXT.id, title=TEXT.title, partner=ONE, **more)


@pytest.mark.parametrize(
    ("one", "two", "line", "briefly"),
    [
        (1, 1, "Each of you: one unexpected text", "each 1×"),
        (2, 2, "Each of you: unexpected text, twice", "each 2×"),
        (3, 3, "Each of you: unexpected text, three times", "each 3×"),
        (1, 2, "Maya once, Jonas twice", "3×"),
        (0, 1, "Jonas once", "1×"),
    ],
)
def test_a_secret_says_who_has_how_many(one, two, line, briefly):
    plan = a_week(one, two)

    assert (line, briefly) == (secret.line(TEXT, plan, HOME), secret.briefly(TEXT, plan))


def test_a_title_in_capitals_stays_as_it_is():
    ours = replace(TEXT, title="SMS at noon")

    assert "Each of you: one SMS at noon" == secret.line(ours, a_week(1, 1), HOME)


def test_each_has_their_own_to_plan_and_none_in_a_week_off():
    plan = a_week(2, 1)

    assert [{TEXT.id: 2}, {TEXT.id: 1}] == [
        secret.chosen_by(plan, partner, RITUALS) for partner in (ONE, TWO)
    ]
    assert {} == secret.chosen_by(replace(plan, season=Season.GRACE), ONE, RITUALS)


def test_a_secret_is_chosen_for_each_of_the_two_whoever_adds_it():
    assert (ONE, TWO) == shelf.for_whom(TEXT, a_plan(), HOME, ONE)
    assert (ONE,) == shelf.for_whom(THANKS, a_plan(), HOME, ONE)


@pytest.mark.parametrize("season", [Season.USUAL, Season.HARD])
def test_a_secret_looks_for_no_place_and_does_not_rest(season):
    plan = replace(a_week(2, 1, season=season), season=season)

    assert ((), ()) == (rest.awake(plan, RITUALS), rest.resting(plan, RITUALS))


def test_a_week_says_what_left_it_once_it_did():
    lying, gone = a_text("Fri 10:00-10:05"), a_text("Fri 10:00-10:05", chosen=False)
    note = an_occurrence("Sat 09:00-09:05", ritual=NOTE.id, partner=ONE, chosen=False)
    both = replace(
        a_week(1, 1, gone, note), choices=(Choice(TEXT.id, ONE, 1), Choice(NOTE.id, ONE, 1))
    )

    def left(plan, now=NOW):
        return secret.what_left(plan, RITUALS, now)

    one = "Unexpected text is now a secret of each of you: it left the shared week."
    two = (
        "Unexpected text and Note in the bag are secrets of each of you now: "
        "they left the shared week."
    )
    assert ["", one, two] == [left(a_week(1, 1, lying)), left(a_week(1, 1, gone)), left(both)]
    assert "" == left(a_week(0, 0, gone))
    assert "" == left(a_week(1, 1, gone), NOW + timedelta(days=3))
    assert "" == left(a_week(1, 1))


def test_what_happened_has_not_left():
    spoken = a_text("Fri 10:00-10:05", said=Said.AS_PLANNED, lived=5)

    assert [True, False, False] == [
        secret.is_ahead(o, RITUALS, NOW)
        for o in (a_text("Fri 10:00-10:05"), a_text("Tue 10:00-10:05"), spoken)
    ]

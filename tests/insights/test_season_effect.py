"""What a season did to the hopes of its week, and what it left."""

import pytest

from rituals.insights import season_effect
from rituals.model.household import ONE, Kind, Strand
from rituals.model.plan import Hope, Season
from rituals.planning import changes
from tests.support.notation import a_plan

TOGETHER, HERS, OUT = Strand(Kind.TOGETHER), Strand(Kind.ALONE, ONE), Strand(Kind.OUT, ONE)


def in_a(season, *by_hand):
    strands = (TOGETHER, HERS, OUT)
    hopes = {s: Hope(120, by_hand=60 if s in by_hand else None) for s in strands}
    return a_plan(season=season, hopes=hopes)


@pytest.mark.parametrize(
    ("season", "by_hand", "expected"),
    [
        (Season.USUAL, (), ""),
        (Season.GRACE, (), ""),
        (Season.HARD, (), "Three hopes are halved."),
        (Season.HARD, (HERS,), "Two hopes are halved, the one you set stays."),
        (Season.CALM, (HERS, OUT), "One hope is a quarter higher, the two you set stay."),
        (Season.HARD, (TOGETHER, HERS, OUT), "The three you set stay."),
    ],
)
def test_one_sentence_says_what_a_season_did_and_what_it_left(season, by_hand, expected):
    assert expected == season_effect.sentence(in_a(season, *by_hand))


def test_hopes_set_by_hand_can_be_included():
    included = changes.with_usual_hopes(in_a(Season.HARD, HERS, OUT))

    assert "Three hopes are halved." == season_effect.sentence(included)

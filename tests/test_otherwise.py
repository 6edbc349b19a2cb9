"""What one set and is otherwise now: the sentence, and the way back."""

from dataclasses import replace

import pytest

from rituals import otherwise, plans
from rituals.household import ONE, TWO, Kind, Strand
from rituals.otherwise import Lies
from rituals.plan import Choice, Hope, Said, Season
from tests.notation import WEEK, a_household, a_plan, a_span, an_instant, an_occurrence

NOW = an_instant("Sun 21:00", WEEK - 1)
HOUSEHOLD = a_household()
TALK = an_occurrence("Wed 21:00-22:00", fixed=True)
LIES = ("lies", str(WEEK), TALK.id)
HOPE = ("hope", str(WEEK), "alone", ONE)
SEASON = ("season", str(WEEK))
TIMES = ("times", str(WEEK), "late-talk", "")
SAID = ("said", str(WEEK), TALK.id)
LIVED = ("lived", str(WEEK), TALK.id)
WHOLE = ("whole", str(WEEK), "together", "")
PLAN = replace(
    a_plan(TALK, choices=(Choice("late-talk", None, 1),)),
    hopes={Strand(Kind.ALONE, ONE): Hope(120, by_hand=300)},
)


def said(thing, mine, now):
    name = otherwise.named(mine, thing, "Late talk", HOUSEHOLD)
    was, is_now = otherwise.is_at(mine, thing), otherwise.is_at(now, thing)
    return otherwise.sentence(thing, name, is_now, was, HOUSEHOLD)


def at(when, plan=PLAN, *, fixed=True):
    return plans.move(plan, TALK.id, a_span(when), fixed, NOW)


GONE = replace(PLAN, choices=(), occurrences=(replace(TALK, chosen=False),))
LET_GO = plans.let_go(PLAN, TALK.id, NOW)
SENTENCES = [
    (
        LIES,
        at("Thu 20:00-21:00"),
        "Late talk is at Thursday 20:00 now; you had put it at Wednesday 21:00.",
    ),
    (LIES, at("Wed 21:00-21:30"), "Late talk is 30 min long now; you had made it 1 h."),
    (
        LIES,
        at("Wed 21:00-22:00", fixed=False),
        "Late talk is no longer fixed at Wednesday 21:00; you had fixed it.",
    ),
    (LIES, LET_GO, "Late talk is let go now; you had put it at Wednesday 21:00."),
    (
        LIES,
        GONE,
        "Late talk is no longer in this week; you had put it at Wednesday 21:00.",
    ),
    (
        HOPE,
        plans.hope(PLAN, Strand(Kind.ALONE, ONE), 90),
        "Maya, alone: 1 h 30 hoped for now; you had set 5 h.",
    ),
    (
        SEASON,
        plans.in_season(PLAN, Season.HARD),
        "It is a hard week now; you had made it a usual week.",
    ),
    (TIMES, GONE, "Late talk is no longer in this week; you had chosen it once."),
    (
        TIMES,
        plans.choose(PLAN, "late-talk", None, 3),
        "Late talk is chosen three times now; you had chosen it once.",
    ),
]


@pytest.mark.parametrize(("thing", "now", "sentence"), SENTENCES)
def test_one_sentence_says_what_it_is_now_and_what_it_had_been_set_to(thing, now, sentence):
    assert sentence == said(thing, PLAN, now)


@pytest.mark.parametrize(
    ("mine", "now", "sentence"),
    [
        (LET_GO, PLAN, "Late talk is at Wednesday 21:00 now; you had let it go."),
        (LET_GO, GONE, "Late talk is no longer in this week; you had let it go."),
        (
            at("Wed 21:00-22:00", fixed=False),
            PLAN,
            "Late talk is fixed at Wednesday 21:00 now; you had loosened it.",
        ),
    ],
)
def test_what_was_let_go_or_loosened_is_told_too(mine, now, sentence):
    assert sentence == said(LIES, mine, now)


def test_what_was_taken_out_and_chosen_again_is_told_with_whose_it_is():
    thing = ("times", str(WEEK), "run", TWO)
    now = plans.choose(PLAN, "run", TWO, 2)
    name = otherwise.named(PLAN, thing, "A slow run", HOUSEHOLD)

    assert "Jonas: A slow run is chosen twice now; you had taken it out." == otherwise.sentence(
        thing, name, 2, 0, HOUSEHOLD
    )
    assert 2 == otherwise.is_at(now, thing)


@pytest.mark.parametrize(
    ("thing", "now", "mine", "sentence"),
    [
        (
            SAID,
            Said.A_LITTLE,
            Said.AS_PLANNED,
            "Late talk is “A little” now; you had said “As planned”.",
        ),
        (SAID, None, Said.LET_GO, "Nothing is said of Late talk now; you had said “Let it go”."),
        (SAID, Said.LET_GO, None, "Late talk is “Let it go” now; you had left it open."),
        (LIVED, 45, 60, "Late talk: 45 min now; you had said 1 h."),
        (WHOLE, 120, 180, "Together, all in all: 2 h now; you had said 3 h."),
        (WHOLE, None, 180, "Together, all in all: nothing now; you had said 3 h."),
    ],
)
def test_what_was_said_of_a_week_is_told_too(thing, now, mine, sentence):
    name = otherwise.named(PLAN, thing, "", HOUSEHOLD)

    assert sentence == otherwise.sentence(thing, name, now, mine, HOUSEHOLD)


@pytest.mark.parametrize(("thing", "now", "_sentence"), SENTENCES)
def test_mine_taken_back_is_as_it_had_been_set(thing, now, _sentence):
    mine = otherwise.is_at(PLAN, thing)

    assert mine == otherwise.is_at(otherwise.again(now, thing, mine, NOW), thing)


@pytest.mark.parametrize(
    ("thing", "mine"), [(SAID, Said.A_LITTLE), (LIVED, 45), (WHOLE, 180), (WHOLE, None)]
)
def test_what_was_said_is_said_again(thing, mine):
    assert mine == otherwise.is_at(otherwise.again(PLAN, thing, mine, NOW), thing)


def test_what_had_been_let_go_goes_again():
    again = otherwise.again(PLAN, LIES, otherwise.is_at(LET_GO, LIES), NOW)

    assert otherwise.is_at(again, LIES).let_go


def test_calendars_hear_of_what_is_put_back():
    now = at("Thu 20:00-21:00")
    again = otherwise.again(now, LIES, otherwise.is_at(PLAN, LIES), NOW)

    assert now.occurrences[0].sequence + 1 == again.occurrences[0].sequence


def test_what_is_out_of_a_week_altogether_stays_out():
    empty = a_plan()

    assert otherwise.is_at(empty, LIES) is None
    assert empty == otherwise.again(empty, LIES, otherwise.is_at(PLAN, LIES), NOW)
    assert otherwise.place_of(empty, LIES, otherwise.is_at(PLAN, LIES)) is None


def test_only_what_is_put_somewhere_needs_a_place():
    lies = otherwise.is_at(PLAN, LIES)

    assert isinstance(lies, Lies)
    assert (TALK, a_span("Wed 21:00-22:00")) == otherwise.place_of(PLAN, LIES, lies)
    assert otherwise.place_of(PLAN, LIES, lies._replace(let_go=True)) is None
    assert otherwise.place_of(PLAN, SEASON, Season.HARD) is None

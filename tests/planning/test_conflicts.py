"""What one set and is otherwise now: the sentence, and the way back."""

from dataclasses import replace

import pytest

from rituals.model.household import ONE, TWO, Kind, Strand
from rituals.model.plan import Choice, Hope, Said, Season
from rituals.planning import changes
from rituals.planning.conflicts import (
    AnswerSetting,
    HopeSetting,
    MinutesSetting,
    Place,
    PlaceSetting,
    SeasonSetting,
    TimesSetting,
    TotalSetting,
)
from tests.support.notation import (
    WEEK,
    a_household,
    a_plan,
    a_ritual,
    a_span,
    an_instant,
    an_occurrence,
)

NOW = an_instant("Sun 21:00", WEEK - 1)
HOUSEHOLD = a_household()
TALK = an_occurrence("Wed 21:00-22:00", fixed=True)
RITUALS = {"late-talk": a_ritual(title="Late talk"), "run": a_ritual("run", title="A slow run")}
LIES = PlaceSetting(WEEK, TALK.id)
HOPE = HopeSetting(WEEK, Strand(Kind.ALONE, ONE))
SEASON = SeasonSetting(WEEK)
TIMES = TimesSetting(WEEK, "late-talk", None)
SAID = AnswerSetting(WEEK, TALK.id)
LIVED = MinutesSetting(WEEK, TALK.id)
WHOLE = TotalSetting(WEEK, Strand(Kind.TOGETHER))
PLAN = replace(
    a_plan(TALK, choices=(Choice("late-talk", None, 1),)),
    hopes={Strand(Kind.ALONE, ONE): Hope(120, by_hand=300)},
)


def said(thing, mine, now):
    name = thing.label(mine, HOUSEHOLD, RITUALS)
    return thing.sentence(name, thing.read(now), thing.read(mine), HOUSEHOLD)


def at(when, plan=PLAN, *, fixed=True):
    return changes.move(plan, TALK.id, a_span(when), fixed, NOW)


GONE = replace(PLAN, choices=(), occurrences=(replace(TALK, chosen=False),))
LET_GO = changes.let_go(PLAN, TALK.id, NOW)
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
        "Late talk is no longer pinned at Wednesday 21:00; you had pinned it.",
    ),
    (LIES, LET_GO, "Late talk is left out now; you had put it at Wednesday 21:00."),
    (
        LIES,
        GONE,
        "Late talk is no longer in this week; you had put it at Wednesday 21:00.",
    ),
    (
        HOPE,
        changes.with_hope(PLAN, Strand(Kind.ALONE, ONE), 90),
        "Maya, alone: 1 h 30 hoped for now; you had set 5 h.",
    ),
    (
        SEASON,
        changes.in_season(PLAN, Season.HARD),
        "It is a hard week now; you had made it a usual week.",
    ),
    (TIMES, GONE, "Late talk is no longer in this week; you had chosen it once."),
    (
        TIMES,
        changes.choose(PLAN, "late-talk", None, 3),
        "Late talk is chosen three times now; you had chosen it once.",
    ),
]


@pytest.mark.parametrize(("thing", "now", "sentence"), SENTENCES)
def test_one_sentence_says_what_it_is_now_and_what_it_had_been_set_to(thing, now, sentence):
    assert sentence == said(thing, PLAN, now)


@pytest.mark.parametrize(
    ("mine", "now", "sentence"),
    [
        (LET_GO, PLAN, "Late talk is at Wednesday 21:00 now; you had left it out."),
        (LET_GO, GONE, "Late talk is no longer in this week; you had left it out."),
        (
            at("Wed 21:00-22:00", fixed=False),
            PLAN,
            "Late talk is pinned at Wednesday 21:00 now; you had unpinned it.",
        ),
    ],
)
def test_what_was_let_go_or_loosened_is_told_too(mine, now, sentence):
    assert sentence == said(LIES, mine, now)


def test_what_was_taken_out_and_chosen_again_is_told_with_whose_it_is():
    thing = TimesSetting(WEEK, "run", TWO)
    now = changes.choose(PLAN, "run", TWO, 2)
    name = thing.label(PLAN, HOUSEHOLD, RITUALS)

    assert "Jonas: A slow run is chosen twice now; you had taken it out." == thing.sentence(
        name, 2, 0, HOUSEHOLD
    )
    assert 2 == thing.read(now)


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
    name = thing.label(PLAN, HOUSEHOLD, RITUALS)

    assert sentence == thing.sentence(name, now, mine, HOUSEHOLD)


@pytest.mark.parametrize(("thing", "now", "_sentence"), SENTENCES)
def test_mine_taken_back_is_as_it_had_been_set(thing, now, _sentence):
    mine = thing.read(PLAN)

    assert mine == thing.read(thing.put(now, mine, NOW))


@pytest.mark.parametrize(
    ("thing", "mine"), [(SAID, Said.A_LITTLE), (LIVED, 45), (WHOLE, 180), (WHOLE, None)]
)
def test_what_was_said_is_said_again(thing, mine):
    assert mine == thing.read(thing.put(PLAN, mine, NOW))


def test_what_had_been_let_go_goes_again():
    again = LIES.put(PLAN, LIES.read(LET_GO), NOW)

    assert LIES.read(again).let_go


def test_calendars_hear_of_what_is_put_back():
    now = at("Thu 20:00-21:00")
    again = LIES.put(now, LIES.read(PLAN), NOW)

    assert now.occurrences[0].sequence + 1 == again.occurrences[0].sequence


def test_what_is_out_of_a_week_altogether_stays_out():
    empty = a_plan()

    assert LIES.read(empty) is None
    assert empty == LIES.put(empty, LIES.read(PLAN), NOW)
    assert LIES.would_take(empty, LIES.read(PLAN)) is None


def test_only_what_is_put_somewhere_needs_a_place():
    lies = LIES.read(PLAN)

    assert isinstance(lies, Place)
    assert (TALK, a_span("Wed 21:00-22:00")) == LIES.would_take(PLAN, lies)
    assert LIES.would_take(PLAN, lies._replace(let_go=True)) is None
    assert not hasattr(SEASON, "would_take")


def test_each_setting_is_told_from_every_other():
    settings = [LIES, HOPE, SEASON, TIMES, SAID, LIVED, WHOLE, TotalSetting(WEEK, HOPE.strand)]

    assert len(settings) == len(set(settings)) == len({str(setting) for setting in settings})
    assert "hope 2026-W48 alone one" == str(HOPE)
    assert "times 2026-W48 late-talk " == str(TIMES)

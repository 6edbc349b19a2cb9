from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rituals.insights import balance
from rituals.model.household import ONE, Kind, Strand
from rituals.model.plan import Hope, Said, Season, standing
from rituals.planning import changes, review
from tests.support.notation import WEEK, a_household, a_plan, an_instant, an_occurrence

HOME = a_household()
WEDNESDAY = an_instant("Wed 12:00")
TOGETHER, HERS = Strand(Kind.TOGETHER), Strand(Kind.ALONE, ONE)
TALK = an_occurrence("Tue 20:00-21:00", ritual="late-talk")
QUIET = an_occurrence("Wed 19:00-20:00", ritual="quiet-hour", kind=Kind.ALONE, partner=ONE)
CHANCE = an_occurrence(
    "Mon 20:00-21:00", ritual=None, id="x", spontaneous=True, said=Said.AS_PLANNED, lived=60
)


def only(plan):
    (occurrence,) = plan.occurrences
    return occurrence


def test_to_look_at_a_week_holds_what_happened_and_not_what_was_let_go():
    plan = review.add_spontaneous(review.answer(a_plan(TALK, QUIET), TALK.id, Said.LET_GO), CHANCE)
    shown = standing(review.as_lived(review.answer_minutes(plan, CHANCE.id, 90)))

    assert {QUIET.id: 60, CHANCE.id: 90} == {o.id: o.minutes for o in shown}
    assert a_plan(TALK, QUIET) == review.as_lived(a_plan(TALK, QUIET))


# -- one by one


@pytest.mark.parametrize(
    ("said", "minutes"),
    [(Said.AS_PLANNED, 60), (Said.A_LITTLE, 30), (Said.LET_GO, 0), (None, None)],
)
def test_what_was_said_gives_what_was_lived(said, minutes):
    after = only(review.answer(a_plan(TALK), TALK.id, said))

    assert replace(TALK, said=said, lived=minutes) == after


def test_what_was_said_can_be_taken_back():
    plan = review.answer(a_plan(TALK), TALK.id, Said.A_LITTLE)

    assert a_plan(TALK) == review.answer(plan, TALK.id, None)


def test_minutes_stand_beside_what_was_planned():
    plan = review.answer(a_plan(TALK), TALK.id, Said.A_LITTLE)
    after = only(review.answer_minutes(plan, TALK.id, 45))

    assert replace(TALK, said=Said.A_LITTLE, lived=45) == after
    assert (60, TALK.start, TALK.end) == (after.minutes, after.start, after.end)


def test_saying_the_same_again_keeps_the_minutes():
    plan = review.answer_minutes(review.answer(a_plan(TALK), TALK.id, Said.A_LITTLE), TALK.id, 45)

    assert plan == review.answer(plan, TALK.id, Said.A_LITTLE)
    assert 60 == only(review.answer(plan, TALK.id, Said.AS_PLANNED)).lived


def test_minutes_of_what_nobody_spoke_of_say_that_it_was():
    after = only(review.answer_minutes(a_plan(TALK), TALK.id, 90))

    assert (Said.AS_PLANNED, 90) == (after.said, after.lived)


@pytest.mark.parametrize(("minutes", "kept"), [(-5, 0), (0, 0), (24 * 60 + 1, 24 * 60)])
def test_minutes_are_those_of_a_day_at_most(minutes, kept):
    assert kept == only(review.answer_minutes(a_plan(TALK), TALK.id, minutes)).lived


def test_looking_back_tells_no_calendar():
    after = only(
        review.answer_minutes(review.answer(a_plan(TALK), TALK.id, Said.A_LITTLE), TALK.id, 5)
    )

    assert (TALK.sequence, TALK.changed) == (after.sequence, after.changed)


def test_what_is_not_there_changes_nothing():
    plan = a_plan(TALK)

    assert plan == review.answer(plan, "another", Said.AS_PLANNED)
    assert plan == review.answer_minutes(plan, "another", 30)


# -- all of it


def test_all_as_planned_leaves_what_was_said_and_what_was_let_go():
    little = an_occurrence("Wed 20:00-21:00", number=2, said=Said.A_LITTLE, lived=30)
    gone = an_occurrence("Fri 20:00-21:00", number=3, let_go=True)
    after = review.answer_all_as_planned(a_plan(TALK, little, gone))

    assert (replace(TALK, said=Said.AS_PLANNED, lived=60), little, gone) == after.occurrences


def test_all_as_planned_can_be_taken_back_for_what_was_not_said_anew_since():
    little = an_occurrence("Wed 20:00-21:00", number=2)
    said = review.answer_all_as_planned(a_plan(TALK, little, QUIET))
    said = review.answer(said, little.id, Said.A_LITTLE)
    after = review.reopen(said, (TALK.id, little.id))

    quiet = replace(QUIET, said=Said.AS_PLANNED, lived=QUIET.minutes)
    assert {TALK, replace(little, said=Said.A_LITTLE, lived=30), quiet} == set(after.occurrences)


def test_all_as_planned_leaves_a_strand_that_was_said_as_a_whole():
    plan = review.answer_for_strand(a_plan(TALK, QUIET), TOGETHER, 240)
    after = review.answer_all_as_planned(plan)

    assert (TALK, replace(QUIET, said=Said.AS_PLANNED, lived=60)) == after.occurrences


def test_an_empty_week_is_all_as_planned():
    assert a_plan() == review.answer_all_as_planned(a_plan())


def test_a_week_is_said_when_everything_that_stood_is():
    gone = an_occurrence("Fri 20:00-21:00", number=3, let_go=True)
    plan = a_plan(TALK, gone)

    assert not review.is_answered(plan)
    assert review.is_answered(review.answer_all_as_planned(plan))
    assert review.is_answered(review.answer_for_strand(plan, TOGETHER, 0))
    assert review.is_answered(a_plan())


def test_a_week_is_silent_until_anything_is_said():
    plan = a_plan(TALK, QUIET)

    assert review.has_no_answer(plan)
    assert not review.has_no_answer(review.answer(plan, TALK.id, Said.LET_GO))
    assert not review.has_no_answer(review.answer_for_strand(plan, HERS, 0))
    assert not review.has_no_answer(review.add_spontaneous(plan, CHANCE))


# -- as a whole


def test_a_strand_said_as_a_whole_counts_exactly_that():
    plan = review.answer_for_strand(a_plan(TALK, CHANCE), TOGETHER, 240)

    assert 240 == balance.lived_minutes(plan, TOGETHER, HOME)
    assert 240 == balance.lived_minutes(review.answer_all_as_planned(plan), TOGETHER, HOME)
    assert 240 == balance.lived_minutes(review.answer(plan, TALK.id, Said.LET_GO), TOGETHER, HOME)


def test_what_is_said_of_one_strand_says_nothing_of_another():
    plan = review.answer_for_strand(a_plan(TALK, QUIET), TOGETHER, 240)

    assert balance.lived_minutes(plan, HERS, HOME) is None
    assert balance.lived_minutes(plan, Strand(Kind.OUT, ONE), HOME) is None


def test_a_strand_taken_back_is_what_was_said_one_by_one():
    said = review.answer(a_plan(TALK), TALK.id, Said.A_LITTLE)
    plan = review.answer_for_strand(review.answer_for_strand(said, TOGETHER, 240), TOGETHER, None)

    assert said == plan
    assert 30 == balance.lived_minutes(plan, TOGETHER, HOME)


@pytest.mark.parametrize(("minutes", "kept"), [(-30, 0), (0, 0), (999_999, 7 * 24 * 60)])
def test_a_strand_fills_a_week_at_most(minutes, kept):
    assert {TOGETHER: kept} == review.answer_for_strand(a_plan(), TOGETHER, minutes).lived


@given(st.integers(0, 3000))
def test_the_lengths_of_a_strand_lie_around_what_was_planned(planned):
    offered = review.lengths_of_a_strand(planned)

    assert 0 == offered[0]
    assert sorted(set(offered)) == list(offered)
    assert 5 <= len(offered) <= 8
    assert all(minutes % 30 == 0 for minutes in offered)
    if planned >= 60:
        assert min(abs(minutes - planned) for minutes in offered) <= 15


@given(st.integers(1, 600))
def test_the_lengths_of_one_thing_hold_what_was_planned(planned):
    offered = review.lengths(planned)

    assert planned in offered
    assert sorted(set(offered)) == list(offered)
    assert 0 not in offered


# -- what just happened


def test_what_happened_is_added_in_the_order_of_time():
    assert (CHANCE, TALK) == review.add_spontaneous(a_plan(TALK), CHANCE).occurrences


def test_what_happened_can_be_taken_out_and_nothing_else_can():
    plan = a_plan(CHANCE, TALK)

    assert a_plan(TALK) == review.remove_spontaneous(plan, CHANCE.id)
    assert plan == review.remove_spontaneous(plan, TALK.id)


# -- undo


def test_an_undo_leaves_what_was_said():
    before = a_plan(TALK, CHANCE)
    said = review.answer_for_strand(review.answer_minutes(before, TALK.id, 45), HERS, 90)
    after = changes.with_hope(review.remove_spontaneous(said, CHANCE.id), TOGETHER, 30)
    back = changes.back_to(after, before, WEDNESDAY)

    assert {} == back.hopes
    assert (said.lived, (said.occurrences[-1],)) == (back.lived, back.occurrences)


# -- grace


@pytest.mark.parametrize("season", [Season.CALM, Season.USUAL, Season.HARD])
def test_grace_keeps_the_plan_and_its_season_underneath(season):
    plan = a_plan(TALK, season=season, hopes={TOGETHER: Hope(300, 90)})
    rests = review.rest(plan, "Illness")

    assert (Season.GRACE, "Illness", ()) == (rests.season, rests.grace, standing(rests))
    assert plan == review.resume(rests)


def test_grace_twice_is_grace_once_with_another_word():
    plan = a_plan(TALK, season=Season.HARD)
    rests = review.rest(review.rest(plan, "Illness"), "Moving")

    assert "Moving" == rests.grace
    assert plan == review.resume(rests)


def test_a_week_that_does_not_rest_has_nothing_to_take_back():
    plan = a_plan(TALK, season=Season.CALM)

    assert plan == review.resume(plan)


@pytest.mark.parametrize(
    ("word", "kept"),
    [("  a\nwedding ", "a wedding"), ("", ""), ("x" * 41, "x" * 40), ("x" * 39 + " y", "x" * 39)],
)
def test_a_word_for_grace_is_short_and_on_one_line(word, kept):
    assert kept == review.rest(a_plan(), word).grace


def test_another_season_forgets_the_word():
    assert a_plan(season=Season.HARD) == changes.in_season(review.rest(a_plan(), "x"), Season.HARD)


def test_what_was_said_before_grace_is_there_after_it():
    plan = review.answer_for_strand(review.answer(a_plan(TALK), TALK.id, Said.A_LITTLE), HERS, 60)
    rests = review.rest(plan)

    assert [None, None] == [
        balance.lived_minutes(rests, strand, HOME) for strand in (TOGETHER, HERS)
    ]
    assert plan == review.resume(rests)


def test_weeks_that_rest_in_a_row_belong_together():
    grace = {WEEK + n for n in (-3, -1, 0, 1)}

    assert [WEEK - 1, WEEK, WEEK + 1] == review.grace_weeks_around(WEEK, grace)
    assert [WEEK, WEEK + 1] == review.grace_weeks_from(WEEK, grace)
    assert (
        [] == review.grace_weeks_around(WEEK - 2, grace) == review.grace_weeks_from(WEEK - 2, grace)
    )

"""A change taken back alone, whatever another one changed since."""

from dataclasses import replace

from rituals.model import totals
from rituals.model.household import ONE, Kind, Strand
from rituals.model.plan import Choice, Hope, Season
from rituals.planning import changes, review, undo
from tests.support.notation import WEEK, a_plan, a_span, an_instant, an_occurrence

NOW = an_instant("Sun 21:00", WEEK - 1)
TOGETHER, ALONE = Strand(Kind.TOGETHER), Strand(Kind.ALONE, ONE)
TALK = an_occurrence("Wed 21:00-22:00")
RUN = an_occurrence("Sat 09:00-10:00", ritual="run", title="A slow run")
PLAN = a_plan(
    TALK,
    RUN,
    hopes={TOGETHER: Hope(300), ALONE: Hope(120)},
    choices=(Choice("late-talk", None, 1), Choice("run", None, 1)),
)


def moved(plan, occurrence, when):
    return changes.move(plan, occurrence.id, a_span(when), True, NOW)


def back(mine, theirs):
    """The week once mine is taken back, after the other one did theirs."""
    after = mine(PLAN)
    return undo.undone(PLAN, after, theirs(after))


def test_where_nobody_else_changed_anything_all_is_as_it_was():
    def mine(plan):
        hoped = changes.with_hope(moved(plan, TALK, "Thu 20:00-21:00"), TOGETHER, 60)
        return changes.in_season(hoped, Season.CALM)

    assert PLAN == back(mine, lambda plan: plan)


def test_hopes_of_another_stay():
    there = back(
        lambda p: changes.with_hope(p, TOGETHER, 60), lambda p: changes.with_hope(p, ALONE, 240)
    )

    assert (300, 240) == (totals.hoped(there, TOGETHER), totals.hoped(there, ALONE))


def test_what_another_set_after_me_stays():
    there = back(
        lambda p: changes.with_hope(p, TOGETHER, 60), lambda p: changes.with_hope(p, TOGETHER, 240)
    )

    assert 240 == totals.hoped(there, TOGETHER)


def test_rituals_that_another_chose_or_took_out_stay_so():
    there = back(
        lambda p: changes.choose(p, "late-talk", None, 3),
        lambda p: changes.choose(changes.choose(p, "walk", None, 2), "run", None, 0),
    )

    assert {("late-talk", 1), ("walk", 2)} == {(c.ritual, c.times) for c in there.choices}


def test_what_i_chose_is_taken_out_again():
    assert PLAN == back(lambda p: changes.choose(p, "walk", None, 2), lambda p: p)


def test_what_another_moved_lies_there_and_mine_lies_where_it_was():
    there = back(
        lambda p: moved(p, TALK, "Thu 20:00-21:00"), lambda p: moved(p, RUN, "Sun 09:00-10:00")
    )

    assert [TALK.start, a_span("Sun 09:00-10:00").start] == [o.start for o in there.occurrences]


def test_what_just_happened_since_stays():
    new = an_occurrence("Tue 20:00-21:00", ritual=None, spontaneous=True, id="new")
    there = back(
        lambda p: changes.with_hope(p, TOGETHER, 60), lambda p: review.add_spontaneous(p, new)
    )

    assert {TALK, RUN, new} == set(there.occurrences)


def test_the_season_and_the_sitter_of_another_stay():
    span = a_span("Fri 18:00-22:00")
    there = back(
        lambda p: changes.with_hope(p, TOGETHER, 60),
        lambda p: changes.with_sitter(changes.in_season(p, Season.HARD), span),
    )

    assert (Season.HARD, (span,)) == (there.season, there.sitter)
    assert PLAN.hopes == there.hopes


def test_a_second_step_back_knows_the_first():
    first = changes.with_hope(PLAN, TOGETHER, 60)
    second = moved(first, TALK, "Thu 20:00-21:00")
    again = changes.back_to(second, undo.undone(first, second, second), NOW)
    there = changes.back_to(again, undo.undone(PLAN, first, again), NOW)

    assert PLAN.hopes == there.hopes
    assert PLAN.occurrences == tuple(
        replace(o, sequence=was.sequence, changed=was.changed)
        for o, was in zip(there.occurrences, PLAN.occurrences, strict=True)
    )

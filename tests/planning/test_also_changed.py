"""What else changes with one choice is named, in a sentence or not at all."""

from rituals.planning import also_changed, changes
from tests.support.notation import (
    WEEK,
    a_household,
    a_plan,
    a_span,
    an_instant,
    an_occurrence,
)

NOW = an_instant("Sun 21:00", WEEK - 1)
TALK = an_occurrence("Wed 20:00-21:00")
WALK = an_occurrence("Sat 15:00-17:00", ritual="walk", title="Family walk")
RUN = an_occurrence("Sun 09:00-10:00", ritual="run", partner="one", title="A slow run")
PLAN = a_plan(TALK, WALK, RUN)


def said(after, but=()):
    return also_changed.sentence(PLAN, after, a_household(), but)


def moved(plan, occurrence, when):
    return changes.move(plan, occurrence.id, a_span(when), False, NOW)


def test_what_is_shorter_is_named():
    assert "Family walk is 30 min shorter now." == said(moved(PLAN, WALK, "Sat 15:00-16:30"))


def test_what_moved_is_named_with_its_place():
    after = moved(moved(PLAN, WALK, "Sun 15:00-17:30"), RUN, "Sun 10:00-11:00")

    assert (
        "Family walk is on Sunday 15:00 now, 30 min longer; "
        "Maya: A slow run is on Sunday 10:00 now."
    ) == said(after)


def test_what_lost_its_place_is_named():
    assert "Maya: A slow run has no place now." == said(a_plan(TALK, WALK))


def test_of_many_two_are_named():
    assert ("Late talk has no place now; Family walk has no place now; one more changed.") == said(
        a_plan()
    )


def test_what_the_choice_was_about_is_left_out():
    assert "" == said(moved(PLAN, WALK, "Sat 15:00-16:30"), but={"walk"})
    assert "" == said(PLAN)

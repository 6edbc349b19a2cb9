"""The yes of the two on the Sunday page, through the shell that shows it."""

from dataclasses import replace

import pytest

from rituals.calendars.outgoing import feeds
from rituals.model import local_time
from rituals.model.calendar import Audience, Feed, Route
from rituals.model.household import ONE, TWO
from rituals.model.plan import Choice
from rituals.planning import agreement, changes
from tests.pages.test_pages import STEPS, opened
from tests.support.notation import (
    NOW,
    a_household,
    a_plan,
    a_ritual,
    a_span,
    agreed_by_both,
    an_occurrence,
)

pytestmark = pytest.mark.usefixtures("empty")
HOME = a_household()
WEEK = local_time.week_to_plan(local_time.local_day(NOW, HOME), HOME)
TALK = an_occurrence("Thu 20:00-21:00", week=WEEK)
WALK = an_occurrence("Fri 18:00-19:00", week=WEEK, ritual="walk", title="Walk", partner=ONE)
PLAN = a_plan(TALK, WALK, week=WEEK)


def step_5(who=None):
    return sitting(opened(step=STEPS[4]), who)


def sitting(at, who):
    if who is not None:
        at.session_state["who"] = who
        at.run()
    assert not at.exception
    return at


def labels(at):
    return [button.label for button in at.button if "yes" in (button.key or "")]


def press(at, label):
    next(button for button in at.button if button.label == label).click().run()
    assert not at.exception
    return at


def kept(store):
    return store.load_plan(WEEK)


def moved_by(store, *who):
    """The talk moved by one who sits on another machine."""
    span = a_span("Sat 20:00-21:00", WEEK)
    store.change_plan(
        PLAN,
        lambda p: agreement.with_own_yes(p, changes.move(p, TALK.id, span, True, NOW), who),
    )


def with_one(plan, more):
    return replace(plan, occurrences=(*plan.occurrences, more))


def test_two_taps_make_a_week_ours(empty):
    empty.change_plan(PLAN, lambda plan: plan)
    at = step_5()
    before = labels(at)
    press(press(at, "Maya says yes"), "Jonas says yes")

    assert ["Maya says yes", "Jonas says yes"] == before
    assert "This week is yours" in [s.value for s in at.subheader]
    assert agreement.is_ours(kept(empty))


def test_what_came_after_a_yes_is_named(empty):
    empty.change_plan(PLAN, lambda plan: agreement.say_yes(agreement.say_yes(plan, ONE), TWO))
    jazz = an_occurrence("Sat 19:00-20:00", week=WEEK, ritual="jazz", title="Jazz cellar")
    empty.change_plan(PLAN, lambda plan: agreement.with_own_yes(plan, with_one(plan, jazz), (ONE,)))
    his, hers = step_5(TWO), step_5(ONE)

    new = "Jazz cellar is new since Jonas said yes."
    assert new in [caption.value for caption in his.caption]
    assert not any("is new" in caption.value for caption in hers.caption)


def test_who_sits_here_alone_says_yes_alone(empty):
    empty.change_plan(PLAN, lambda plan: plan)
    at = step_5(TWO)
    before = labels(at)
    press(at, "Jonas says yes")

    assert ["Jonas says yes"] == before
    assert () == agreement.awaiting_yes(kept(empty), TWO)
    assert 2 == len(agreement.awaiting_yes(kept(empty), ONE))
    assert any("Maya has not said yes yet; there is no hurry." in c.value for c in at.caption)


def test_a_yes_can_be_taken_back(empty):
    empty.change_plan(PLAN, agreed_by_both)
    press(step_5(ONE), "Maya said yes *take it back*")

    assert not agreement.is_ours(kept(empty))


def test_a_yes_keeps_a_week_that_had_no_plan_yet(empty):
    empty.save_ritual(a_ritual())
    choices = (Choice("late-talk", None, 1),)
    empty.change_plan(a_plan(week=WEEK - 1, choices=choices), lambda plan: plan)
    at = step_5(ONE)
    before = kept(empty)
    press(at, "Maya says yes")

    assert before is None
    assert () == agreement.awaiting_yes(kept(empty), ONE)
    assert ["Late talk"] == [o.title for o in agreement.awaiting_yes(kept(empty), TWO)]


def test_an_empty_week_asks_for_no_yes(empty):
    empty.change_plan(a_plan(week=WEEK), lambda plan: plan)

    assert [] == labels(step_5())


def test_both_yeses_tell_the_feeds_there_are(empty):
    empty.save_feed(Feed(Audience.SHARED, feeds.new_token()))
    empty.change_plan(PLAN, lambda plan: plan)
    press(press(step_5(), "Maya says yes"), "Jonas says yes")

    assert {TALK.id, WALK.id} == {
        t.occurrence for t in empty.load_exported() if t.route is Route.FEED
    }


def test_the_other_is_asked_again_on_every_step_for_what_was_changed_alone(empty):
    empty.change_plan(PLAN, agreed_by_both)
    moved_by(empty, ONE)
    asked = "Late talk is on Saturday 20\\:00 now; both of you said yes to Thursday 20\\:00."
    at = sitting(opened(step=STEPS[2]), TWO)
    told = [m.value for m in at.markdown]

    assert asked in told
    assert ["Jonas says yes to this", "As it was"] == labels(at)

    press(at, "Jonas says yes to this")

    assert [] == labels(at)
    assert agreement.is_ours(kept(empty))


def test_who_changed_it_is_asked_nothing(empty):
    empty.change_plan(PLAN, agreed_by_both)
    moved_by(empty, ONE)

    assert [] == labels(sitting(opened(step=STEPS[2]), ONE))
    assert ["Maya said yes *take it back*"] == labels(step_5(ONE))


def test_as_it_was_puts_it_back(empty):
    empty.change_plan(PLAN, agreed_by_both)
    moved_by(empty, ONE)
    press(sitting(opened(step=STEPS[2]), TWO), "As it was")

    assert TALK.start == next(o.start for o in kept(empty).occurrences if o.id == TALK.id)


def test_what_both_change_together_stays_theirs(empty):
    empty.change_plan(PLAN, agreed_by_both)
    moved_by(empty, ONE, TWO)

    assert [f"{name} said yes *take it back*" for name in ("Maya", "Jonas")] == labels(step_5())


def test_names_and_titles_are_shown_as_they_were_written(empty):
    empty.save_household(a_household(names=("**Ma**", ":red[Jo]")))
    empty.change_plan(PLAN, lambda plan: plan)

    assert ["\\*\\*Ma\\*\\* says yes", "\\:red\\[Jo\\] says yes"] == labels(step_5())

"""What another screen changed: when a page runs again, and what is said of it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from pages.frame import live_reload
from pages.session import own_edits, revision, stores
from pages.ui import notices
from rituals.model import totals
from rituals.model.household import ONE, Kind, Strand
from rituals.model.plan import Choice, Season
from rituals.planning import changes, review
from tests.pages.test_pages import STEPS, hand, opened, slider, the_week
from tests.support.notation import a_plan, a_span, an_occurrence

TOGETHER = Strand(Kind.TOGETHER)


def is_news(at, store):
    return at.session_state[live_reload.DRAWN] != revision.marker(store)


def elsewhere(store, how, week=None):
    """Another screen changes a week."""
    store.change_plan(a_plan(week=week or the_week(store)), how)


def hopes(minutes):
    return lambda plan: changes.with_hope(plan, TOGETHER, minutes)


def sentences(at):
    return [info.value.replace("\\", "") for info in at.info]


def press(at, label):
    return next(button for button in at.button if button.label == label).click().run()


def test_what_is_changed_here_is_no_news_and_what_is_changed_elsewhere_is(empty):
    at = opened(step=STEPS[1])
    slider(at, "Together").set_value(420).run()

    assert not is_news(at, empty)
    elsewhere(empty, hopes(480))
    assert is_news(at, empty)
    at.run()
    assert not is_news(at, empty)
    assert 480 == slider(at, "Together").value


def test_a_change_of_another_is_seen_with_the_next_of_ours(empty):
    at = opened(step=STEPS[1])
    elsewhere(empty, hopes(480))
    slider(at, "Maya, alone").set_value(420).run()

    assert not is_news(at, empty)
    assert 480 == slider(at, "Together").value


@pytest.mark.usefixtures("empty")
def test_an_open_form_is_left_alone_until_it_is_closed():
    at = opened("our_rituals.py")

    assert not at.session_state[notices.RESTS]
    press(at, "A ritual of our own")
    assert at.session_state[notices.RESTS]
    press(at, "Not now")
    assert not at.session_state[notices.RESTS]


def test_the_earlier_of_two_is_told_and_may_take_it_back(empty):
    a_week_with(empty, an_occurrence(week=the_week(empty)))
    at = opened(step=STEPS[1])
    slider(at, "Together").set_value(420).run()
    elsewhere(empty, hopes(480))
    at.run()

    assert ["Together: 8 h hoped for now; you had set 7 h."] == sentences(at)
    press(at, "Take mine back")
    assert [] == sentences(at)
    assert 420 == slider(at, "Together").value
    at.session_state["sunday step"] = STEPS[3]
    at.run()
    assert not next(b for b in at.button if b.label == "Undo").disabled
    press(at, "Undo")
    assert 480 == totals.hoped(empty.load_plan(the_week(empty)), TOGETHER)
    assert [] == sentences(at)


def test_what_the_other_set_may_stay(empty):
    at = opened(step=STEPS[1])
    slider(at, "Together").set_value(420).run()
    elsewhere(empty, hopes(480))
    at.run()
    press(at, "All right")

    assert [] == sentences(at)
    assert 480 == totals.hoped(empty.load_plan(the_week(empty)), TOGETHER)


def test_what_one_said_yes_to_since_is_as_one_wants_it(empty):
    week = the_week(empty)
    talk = an_occurrence("Wed 21:00-22:00", week=week, fixed=False)
    a_week_with(empty, talk)
    at = opened(step=STEPS[3])
    fix(at, talk)
    at.session_state["sunday step"] = STEPS[4]
    at.run()
    press(at, "Maya says yes")
    thursday = a_span("Thu 20:00-21:00", week)
    elsewhere(empty, lambda p: changes.move(p, talk.id, thursday, True, stores.now()))
    at.run()

    assert [] == sentences(at)


def test_in_a_week_of_grace_nothing_is_said_of_hours_until_it_is_over(empty):
    at = opened(step=STEPS[1])
    slider(at, "Together").set_value(420).run()
    elsewhere(empty, lambda plan: changes.in_season(hopes(480)(plan), Season.GRACE))
    at.run()
    assert [] == [s for s in sentences(at) if "Together" in s]
    elsewhere(empty, lambda plan: changes.in_season(plan, Season.USUAL))
    at.run()

    assert ["Together: 8 h hoped for now; you had set 7 h."] == sentences(at)


def test_one_sentence_at_a_time_the_newest_first(empty):
    at = opened(step=STEPS[1])
    slider(at, "Together").set_value(420).run()
    season = next(one for one in at.segmented_control if one.label.startswith("This week is"))
    season.set_value(Season.HARD).run()
    elsewhere(empty, lambda plan: changes.in_season(hopes(480)(plan), Season.CALM))
    at.run()

    assert ["It is a roomy week now; you had made it a hard week."] == sentences(at)
    press(at, "All right")
    assert ["Together: 8 h hoped for now; you had set 7 h."] == sentences(at)


def test_nothing_is_said_where_both_set_the_same_or_other_things(empty):
    at = opened(step=STEPS[1])
    slider(at, "Together").set_value(420).run()
    elsewhere(empty, hopes(420))
    elsewhere(empty, lambda plan: changes.with_hope(plan, Strand(Kind.ALONE, ONE), 60))
    at.run()

    assert [] == sentences(at)


@pytest.mark.usefixtures("empty")
def test_nothing_is_said_of_what_one_hand_did_itself():
    at = opened(step=STEPS[1])
    for minutes in (420, 480, 300):
        slider(at, "Together").set_value(minutes).run()
        at.run()

        assert [] == sentences(at)


def test_what_is_changed_much_later_is_changed_later_not_at_once(empty, monkeypatch):
    at = opened(step=STEPS[1])
    slider(at, "Together").set_value(420).run()
    later = stores.now() + own_edits.AT_ONCE + timedelta(seconds=1)
    monkeypatch.setattr(stores, "now", lambda: later)
    at.run()
    elsewhere(empty, hopes(480))
    at.run()

    assert [] == sentences(at)


def test_what_was_changed_at_once_is_told_however_late_somebody_looks(empty, monkeypatch):
    at = opened(step=STEPS[1])
    slider(at, "Together").set_value(420).run()
    elsewhere(empty, hopes(480))
    later = stores.now() + timedelta(hours=1)
    monkeypatch.setattr(stores, "now", lambda: later)
    at.run()

    assert ["Together: 8 h hoped for now; you had set 7 h."] == sentences(at)


def a_week_with(store, *occurrences):
    week = the_week(store)
    choices = tuple(Choice(o.ritual, None, 1) for o in occurrences)
    plan = replace(a_plan(*occurrences, week=week), choices=choices)
    store.change_plan(plan, lambda plan: plan)
    return week


def fix(at, talk):
    hand(at, the_week(stores.store()), id=talk.id, what="pin")


def test_a_place_is_taken_again_where_it_is_free(empty):
    week = the_week(empty)
    talk = an_occurrence("Wed 21:00-22:00", week=week, fixed=False)
    a_week_with(empty, talk)
    at = opened(step=STEPS[3])
    fix(at, talk)
    thursday = a_span("Thu 20:00-21:00", week)
    elsewhere(empty, lambda p: changes.move(p, talk.id, thursday, True, stores.now()))
    at.run()

    told = "Late talk is at Thursday 20:00 now; you had put it at Wednesday 21:00."
    assert told in sentences(at)
    press(at, "Take mine back")
    assert talk.start == empty.load_plan(week).occurrences[0].start


def test_a_place_that_is_taken_by_now_is_refused_in_a_sentence(empty):
    week = the_week(empty)
    talk = an_occurrence("Wed 21:00-22:00", week=week)
    a_week_with(empty, talk)
    at = opened(step=STEPS[3])
    fix(at, talk)
    thursday = a_span("Thu 20:00-21:00", week)
    other = an_occurrence("Wed 21:00-22:00", week=week, ritual="walk", title="Long walk")
    elsewhere(empty, lambda p: changes.move(p, talk.id, thursday, True, stores.now()))
    elsewhere(empty, lambda p: review.add_spontaneous(p, other))
    at.run()
    press(at, "Take mine back")

    why = "Long walk is there already, from Wednesday 21:00."
    assert why in [caption.value.replace("\\", "") for caption in at.caption]
    assert thursday.start in {o.start for o in empty.load_plan(week).occurrences}

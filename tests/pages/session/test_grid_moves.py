"""What hands did to the grid of a week, kept when the page runs next, whatever that run shows."""

import json
from itertools import count

import pytest

from rituals.planning import changes, review
from tests.pages.test_pages import STEPS, opened, the_week
from tests.support.notation import a_household, a_plan, a_span, an_occurrence

MARKS = count(1)


@pytest.fixture
def week(empty):
    return the_week(empty) + 1  # the one after, so that all of it is ahead on any day of the week


@pytest.fixture
def talk(week):
    return an_occurrence("Thu 20:00-21:00", week=week)


@pytest.fixture
def at(empty, week, talk):
    """The step of the week, with an evening and a morning in it."""
    run = an_occurrence("Sat 09:00-10:00", week=week, ritual="run", title="A slow run")
    hopes = changes.first_plan(week, a_household()).hopes
    empty.change_plan(a_plan(talk, run, week=week, hopes=hopes), lambda plan: plan)
    page = opened(step=STEPS[3])
    next(button for button in page.button if button.label == "Later").click().run()
    return page


def to(when, occurrence, week):
    """What a browser tells of a block dropped there."""
    span = a_span(when, week)
    start = span.start.astimezone(a_household().tz).replace(tzinfo=None).isoformat()
    minutes = (span.end - span.start).seconds // 60
    told = {"what": "move", "start": start, "minutes": minutes}
    return {"id": occurrence.id, "mark": next(MARKS), **told}


def tell(at, week, *told):
    """Runs the page with all that its browser tells at once."""
    at.session_state[f"grid {week} v"] = {"done": list(told)}
    at.run()
    assert not at.exception


def grid(at):
    """What the grid was told."""
    told = [json.loads(component.proto.json) for component in at.get("bidi_component")]
    return next(data["week"][0] for data in told if "week" in data)


def lies(store, week, occurrence):
    kept = next(o for o in store.load_plan(week).occurrences if o.id == occurrence.id)
    return f"{kept.start.astimezone(a_household().tz):%a %H:%M}", kept.sequence


@pytest.mark.parametrize("step", STEPS)
def test_a_move_is_kept_whichever_step_is_shown_by_then(at, empty, week, talk, step):
    at.session_state["sunday step"] = step
    tell(at, week, to("Fri 20:00-21:00", talk, week))

    assert ("Fri 20:00", 1) == lies(empty, week, talk)


def test_what_is_told_again_is_kept_once(at, empty, week, talk):
    friday = to("Fri 20:00-21:00", talk, week)
    tell(at, week, friday)
    tell(at, week, friday, to("Sun 20:00-21:00", talk, week))
    at.run()

    assert ("Sun 20:00", 2) == lies(empty, week, talk)


def test_all_that_is_told_at_once_is_kept_in_its_order(at, empty, week, talk):
    days = ("Fri", "Tue", "Wed")
    tell(at, week, *(to(f"{day} 18:00-19:00", talk, week) for day in days))

    assert ("Wed 18:00", 3) == lies(empty, week, talk)


def test_what_cannot_be_is_answered_with_a_sentence_and_the_rest_is_kept(at, empty, week, talk):
    there = an_occurrence("Fri 20:00-21:00", week=week, ritual="talk", title="Sunday talk")
    empty.change_plan(empty.load_plan(week), lambda plan: review.add_spontaneous(plan, there))
    taken, free = (to(f"{day} 20:00-21:00", talk, week) for day in ("Fri", "Wed"))
    tell(at, week, taken, free)

    assert ("Wed 20:00", 1) == lies(empty, week, talk)
    answer = {"heard": free["mark"], "refused": taken["mark"]}
    answer |= {"why": "Sunday talk is there already, from Friday 20:00."}
    assert answer == {key: grid(at)[key] for key in answer}


def test_what_is_no_longer_there_is_said(at, empty, week, talk):
    empty.change_plan(
        empty.load_plan(week), lambda plan: changes.let_go(plan, talk.id, talk.created)
    )
    tell(at, week, to("Fri 20:00-21:00", talk, week))

    assert "It is no longer in this week." == grid(at)["why"]


def test_what_no_hand_does_changes_nothing_and_is_not_asked_again(at, empty, week, talk):
    burn = {"id": talk.id, "mark": next(MARKS), "what": "burn"}
    tell(at, week, burn)

    assert ("Thu 20:00", 0) == lies(empty, week, talk)
    assert (burn["mark"], 0) == (grid(at)["heard"], grid(at)["refused"])

"""Rituals that left the catalogue: a couple that chose one before has it as it was."""

from dataclasses import replace

import pytest

from rituals.model.plan import Choice, Said, standing
from rituals.planning import catalogue
from tests.pages.test_pages import STEPS, opened, texts, the_week
from tests.support.notation import a_plan, a_ritual, an_occurrence

GONE = {
    "days-end": "Day's end",
    "grace-note": "Grace note",
    "outdoors-with-friends": "Out with friends",
}
DAYS_END = a_ritual(
    "days-end",
    title="Day's end",
    minutes=(5, 15),
    window="daily 20:00-22:30",
    rhythm=(3, 7),
    ways=("Hold hands in the dark",),
)


def of_last_week(store):
    """Keeps a week behind in which it happened; the week to plan begins from it."""
    before = the_week(store) - 1
    happened = an_occurrence(
        "Thu 22:00-22:15",
        week=before,
        ritual="days-end",
        title="Day's end",
        said=Said.AS_PLANNED,
        lived=15,
    )
    plan = a_plan(happened, week=before, choices=(Choice("days-end", None, 3),))
    store.change_plan(plan, lambda _: plan)


def titles_of_own(kind="own"):
    page = opened("our_rituals.py")
    page.segmented_control(key="our_rituals shown").set_value(kind).run()
    assert not page.exception
    return [card.value for card in page.subheader]


@pytest.mark.parametrize("key", GONE)
def test_what_was_merged_is_suggested_no_longer(key):
    assert key not in catalogue.load(catalogue.SUGGESTED)


def test_what_was_chosen_before_it_went_is_one_of_our_own(empty):
    empty.save_ritual(DAYS_END)

    assert ["Day's end"] == titles_of_own()


def test_what_was_set_aside_before_it_went_can_be_brought_back(empty):
    empty.save_ritual(replace(DAYS_END, retired=True))
    page = opened("our_rituals.py")
    page.segmented_control(key="our_rituals shown").set_value("retired").run()
    page.button(key="our_rituals Bring back days-end").click().run()

    assert {"days-end": DAYS_END} == empty.load_rituals()


@pytest.mark.parametrize("step", STEPS)
def test_a_week_that_chose_it_goes_on_with_it(empty, step):
    empty.save_ritual(DAYS_END)
    of_last_week(empty)

    at = opened(step=step)

    assert not at.exception


def test_it_still_has_its_place_and_its_title_in_a_new_week(empty):
    empty.save_ritual(DAYS_END)
    of_last_week(empty)
    at = opened(step=STEPS[2])
    at.session_state["sunday rituals shown"] = "Chosen"
    at.run()

    assert "**Day's end**" in texts(at)


@pytest.mark.parametrize("step", STEPS)
def test_a_week_with_a_choice_that_nobody_knows_opens_all_the_same(empty, step):
    of_last_week(empty)

    assert not opened(step=step).exception


@pytest.mark.parametrize("chosen_before", [True, False])
def test_an_old_week_keeps_the_title(empty, chosen_before):
    if chosen_before:
        empty.save_ritual(DAYS_END)
    of_last_week(empty)
    opened()

    old = empty.load_plan(the_week(empty) - 1)
    assert ["Day's end"] == [o.title for o in standing(old)]


def test_a_week_that_was_planned_with_an_old_title_keeps_it(empty):
    kept = replace(catalogue.load(catalogue.SUGGESTED)["send-off"], title="Send-off")
    empty.save_ritual(kept)
    week = the_week(empty)
    lies = an_occurrence("Thu 07:00-07:05", week=week, ritual="send-off", title="Send-off")
    plan = a_plan(lies, week=week, choices=(Choice("send-off", None, 1),))
    empty.change_plan(plan, lambda _: plan)
    at = opened(step=STEPS[2])

    assert "**Send-off**" in texts(at)
    assert ["Send-off"] == [o.title for o in standing(empty.load_plan(week))]

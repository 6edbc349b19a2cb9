"""A secret ritual: how many stands in the shared week, and all else in its giver's drawer alone."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from rituals.model import local_time
from rituals.model.household import ONE, TWO
from rituals.model.plan import Choice, Plan, Season, standing
from rituals.model.ritual import Size
from rituals.planning import catalogue
from rituals.surprises import drawers
from rituals.surprises.surprise import Reveal
from tests.pages.test_pages import STEPS, hand, opened, slider, texts, the_week, with_more
from tests.pages.test_surprises import (  # noqa: F401 - a fixture that each test here has, too
    CHEAP,
    HOME,
    PIN,
    WORDS,
    cheap,
    labels,
    press,
    said,
    typed,
    what_is_held,
)
from tests.pages.test_surprises import opened as opened_drawer
from tests.support.notation import an_occurrence

CATALOGUE = catalogue.load(catalogue.SUGGESTED)
TEXT = CATALOGUE["unexpected-text"]
PLANNED = "each of you plans it under Surprises."
EACH = "Each of you: unexpected text, twice"
LEFT = "Unexpected text is now a secret of each of you: it left the shared week."

pytestmark = pytest.mark.usefixtures("empty", "on_sunday")


def choose(store, *occurrences, season=Season.USUAL):
    """Keeps a week in which each has two texts for the other, as it lay before they were secret."""
    choices = tuple(Choice(TEXT.id, partner, 2) for partner in (ONE, TWO))
    plan = Plan(the_week(store), season, choices=choices, occurrences=occurrences)
    return store.change_plan(plan, lambda _: plan)


def a_text(store):
    """An hour of it in the week to plan, as one placed it before."""
    day = local_time.first_day(the_week(store), HOME) + timedelta(days=2)
    start = local_time.instant(day, datetime(2026, 1, 1, 12, tzinfo=UTC).time(), HOME)
    text = an_occurrence(ritual=TEXT.id, partner=ONE, title=TEXT.title, size=Size.SMALL)
    end = start + timedelta(minutes=5)
    return replace(text, id=f"{the_week(store)}/text", start=start, end=end, way=TEXT.ways[0])


@pytest.fixture
def key(store):
    return drawers.create(store, ONE, PIN, WORDS, CHEAP)


def step(number):
    return opened(step=STEPS[number - 1])


def shown(at):
    return texts(at).replace("\\", "")


def keys(at):
    return {button.key for button in at.button}


def test_a_secret_is_added_for_each_and_says_how_many_and_no_more(empty):
    at = with_more("unexpected text")
    at.button(key=f"add {the_week(empty)} {TEXT.id}").click().run(timeout=30)
    plan = empty.load_plan(the_week(empty))

    assert {ONE: 2, TWO: 2} == {choice.partner: choice.times for choice in plan.choices}
    assert () == plan.occurrences
    assert EACH in shown(at)
    assert "from your drawers" not in shown(at)
    assert f"No hour here shows it: {PLANNED}" in shown(at)
    assert "in this week, planned under Surprises" in shown(at)
    assert PLANNED not in shown(step(3))
    assert "no place" not in shown(at)
    assert not [way for way in TEXT.ways if way in shown(at)]
    assert f"swap {plan.week} {TEXT.id}" not in keys(at)


@pytest.mark.usefixtures("key")
def test_where_one_has_a_drawer_it_says_where_it_is_planned(empty):
    choose(empty)

    assert f"{EACH} · from your drawers" in shown(step(3))


def test_how_often_is_changed_as_it_is_elsewhere(empty):
    choose(empty)
    at = step(3)
    number = next(n for n in at.number_input if f"{HOME.name(TWO)}" in n.label)
    number.set_value(1).run(timeout=30)

    assert "Maya twice, Jonas once" in shown(at)
    assert not [box for box in at.checkbox if "More often" in box.label]


def test_a_week_off_lets_secrets_rest(empty):
    choose(empty, season=Season.GRACE)

    assert EACH not in shown(step(3))


@pytest.mark.parametrize("number", [3, 4])
def test_a_week_from_before_keeps_it_until_its_next_change_and_then_says_so(empty, number):
    choose(empty, a_text(empty))
    before = shown(step(number))
    slider(step(2), "Together").set_value(240).run(timeout=30)
    plan = empty.load_plan(the_week(empty))

    assert LEFT not in before
    assert () == standing(plan)
    assert [LEFT] == [line for line in [LEFT] if line in shown(step(number))]


def test_a_hand_on_any_block_is_such_a_change(empty):
    text, later = a_text(empty), timedelta(hours=7)
    talk = replace(text, id="talk", ritual="late-talk", partner=None, title="Late talk")
    choose(empty, text, replace(talk, start=text.start + later, end=text.end + later))
    hand(step(4), the_week(empty), id="talk", what="leave out")

    assert () == standing(empty.load_plan(the_week(empty)))


def test_a_drawer_offers_as_many_as_are_chosen_and_fills_the_form(store, key):
    choose(store)
    at = opened_drawer()
    told = said(at)
    press(at, f"Plan one: {TEXT.title}")
    idea = next(box for box in at.selectbox if box.label == "The idea")
    assert set(TEXT.ways) == {*idea.options} - {"–"}
    idea.set_value(TEXT.ways[3])
    press(at, "Put it into the drawer")
    (kept,) = drawers.load(store, ONE, key).lying

    assert "two to plan" in told
    assert (TEXT.id, TEXT.title, TEXT.ways[3]) == (kept.ritual, kept.title, kept.way)
    assert ("", Reveal.AFTER, None, 5) == (kept.line, kept.reveal, kept.partner, kept.minutes)
    assert local_time.week_span(the_week(store), HOME).start <= kept.start
    assert "one to plan" in said(at)
    assert TEXT.ways[3] not in what_is_held(at)


def test_own_words_are_an_idea_too(store, key):
    choose(store)
    at = press(opened_drawer(), f"Plan one: {TEXT.title}")
    typed(at, "An idea for it, if you like", "a photo of the moon")
    press(at, "Put it into the drawer")
    (kept,) = drawers.load(store, ONE, key).lying
    press(at, "Change")

    assert "a photo of the moon" == kept.way
    assert ["a photo of the moon"] == [
        f.value for f in at.text_input if f.label == "An idea for it, if you like"
    ]


@pytest.mark.usefixtures("key")
def test_what_was_begun_and_not_kept_is_forgotten(store):
    choose(store)
    at = press(opened_drawer(), f"Plan one: {TEXT.title}")
    press(at, "Not now")
    press(at, "A new surprise")

    assert "The idea" not in {box.label for box in at.selectbox}
    assert "two to plan" not in said(at)


@pytest.mark.usefixtures("key")
def test_a_drawer_with_all_of_them_planned_offers_none(store):
    choose(store)
    at = opened_drawer()
    for _ in range(2):
        press(at, f"Plan one: {TEXT.title}")
        press(at, "Put it into the drawer")

    assert f"Plan one: {TEXT.title}" not in labels(at)
    assert "alone to plan" not in said(at)


def test_after_it_happened_it_counts_as_every_surprise_does(store, key, clock):
    choose(store)
    at = press(opened_drawer(), f"Plan one: {TEXT.title}")
    press(at, "Put it into the drawer")
    (kept,) = drawers.load(store, ONE, key).lying
    before = store.load_plan(the_week(store)).occurrences
    clock.move_to(kept.end + timedelta(minutes=1))
    opened_drawer()
    week = local_time.week_of(local_time.local_day(kept.start, HOME), HOME)
    (happened,) = store.load_plan(week).occurrences

    assert () == before
    assert (True, kept.minutes, Size.SMALL) == (
        happened.spontaneous,
        happened.lived,
        happened.size,
    )

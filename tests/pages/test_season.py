"""The season ahead as a couple meets it: kept, seen in Our weeks, and there on its Sunday."""

from dataclasses import replace

import pytest

from rituals.planning import catalogue
from rituals.store.context import load_season_context
from tests.pages.test_pages import opened, the_week
from tests.support.notation import a_plan

pytestmark = pytest.mark.usefixtures("store")
SUGGESTED = catalogue.load(catalogue.SUGGESTED)
MONEY, FILM = SUGGESTED["money-hour"], SUGGESTED["film-club"]


def looking_ahead():
    at = opened("our_weeks.py")
    at.segmented_control(key="weeks which").set_value("ahead").run(timeout=20)
    assert not at.exception
    return at


def keep(store, *rituals):
    for ritual in rituals:
        store.save_ritual(replace(ritual, kept=True))


def texts(at):
    return [text.value for text in at.markdown]


def rows(store):
    """The weeks that are kept, counted from the week to plan."""
    first = the_week(store)
    context = load_season_context(store, [first], store.load_household(), {})
    return [(row.week - first, row.by_hand, row.left_out) for row in context.rows]


def test_where_nothing_rare_is_kept_it_says_how_to_begin(empty):
    assert any("Switch on under Our rituals" in text for text in texts(looking_ahead()))
    assert [] == rows(empty)


def test_a_switch_keeps_what_is_rare_and_makes_no_version_of_our_own(empty):
    page = opened("our_rituals.py")
    page.toggle(key="now and then money-hour").set_value(True).run()

    assert {"money-hour": replace(MONEY, kept=True)} == empty.load_rituals()
    assert "our own version" not in " ".join(texts(page))

    page.toggle(key="now and then money-hour").set_value(False).run()

    assert {"money-hour": MONEY} == empty.load_rituals()


def test_the_weeks_of_what_is_kept_are_named_in_order(empty):
    keep(empty, MONEY)
    at = looking_ahead()
    lines = [text for text in texts(at) if "Money hour" in text and "**Week of" in text]

    assert [week for week, *_ in rows(empty)] == [2, 6, 10]
    assert 3 == len(lines)


def test_it_moves_to_another_week_and_stays_there(empty):
    keep(empty, MONEY)
    at = looking_ahead()
    at.button(key=f"season to {the_week(empty) + 3}").click().run(timeout=20)

    assert (3, True, False) == rows(empty)[0]
    looking_ahead()
    assert (3, True, False) == rows(empty)[0]


def test_it_is_left_out_and_taken_in_again(empty):
    keep(empty, MONEY)
    at = looking_ahead()
    at.button(key="season leave out").click().run(timeout=20)
    assert (2, False, True) == rows(empty)[0]

    at.button(key="season leave out").click().run(timeout=20)
    assert (2, True, False) == rows(empty)[0]


def test_the_week_begins_with_what_is_due_and_without_it_the_season_follows(empty):
    keep(empty, replace(MONEY, windows=SUGGESTED["photo-evening"].windows))
    at = looking_ahead()
    at.button(key=f"season to {the_week(empty)}").click().run(timeout=20)
    sunday = opened(step="3 · Rituals")
    number = next(n for n in sunday.number_input if "Money hour" in n.label)
    assert 1 == number.value

    number.set_value(0).run(timeout=20)
    looking_ahead()

    assert [] == [c for c in empty.load_plan(the_week(empty)).choices if c.ritual == "money-hour"]
    assert (0, False, True) == rows(empty)[0]


def test_a_planned_week_takes_and_gives_what_moves(empty):
    week = the_week(empty) + 2
    keep(empty, MONEY)
    looking_ahead()
    empty.change_plan(a_plan(week=week + 1), lambda plan: plan)
    at = looking_ahead()
    at.button(key=f"season to {week + 1}").click().run(timeout=20)

    assert ["money-hour"] == [c.ritual for c in empty.load_plan(week + 1).choices]
    assert (3, False, False) == rows(empty)[0]


@pytest.mark.usefixtures("empty")
def test_rare_rituals_have_a_place_of_their_own_on_sunday():
    at = opened(step="3 · Rituals")
    at.session_state["more rituals"] = True
    at.session_state["sunday rituals shown"] = "Now and then"
    at.run(timeout=20)

    assert {"money-hour", "film-club"} <= {t.key.split()[-1] for t in at.toggle}

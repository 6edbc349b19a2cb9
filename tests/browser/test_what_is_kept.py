"""What a couple has said is there again: on another page, after F5, a restart, elsewhere."""

import re

import pytest
from playwright.sync_api import expect

from rituals.model import totals
from rituals.model.household import ONE, TWO, Kind, Strand
from rituals.model.plan import Season
from tests.browser.conftest import (
    PLACES,
    STEPS,
    a_week_behind,
    add_ritual,
    bar,
    change_ritual,
    choose,
    heading,
    in_grid,
    press,
    said,
    settle,
    slider,
    week_ahead,
)
from tests.support.notation import a_household


@pytest.fixture
def home(home):
    return a_week_behind(home)


def sees_what_was_said(page):
    expect(page.get_by_role("radio", name="Roomy")).to_be_checked()
    choose(page, STEPS[1])
    expect(slider(page, "Together")).to_have_attribute("aria-valuetext", "7 h 30")
    expect(slider(page, "Jonas, out")).to_have_attribute("aria-valuetext", "30 min")
    choose(page, STEPS[2])
    change_ritual(page, "Children's bedtime")
    of_maya = page.get_by_role("spinbutton", name=said("Children's bedtime, Maya"))
    expect(of_maya).to_have_value("3")
    page.keyboard.press("Escape")


def test_what_was_said_survives_another_page_a_reload_a_restart_and_another_browser(home, visit):
    here = visit(home)
    page = here.open_page("sunday")
    choose(page, "Roomy")
    choose(page, STEPS[1])
    press(slider(page, "Together"), "ArrowRight", 3)
    expect(bar(page, week_ahead(), "Together · 7 h 30 hoped for")).to_be_attached()
    press(slider(page, "Jonas, out"), "Home")
    press(slider(page, "Jonas, out"), "ArrowRight")
    expect(bar(page, week_ahead(), "Nights out and friends · 3 h hoped for")).to_be_attached()
    choose(page, STEPS[2])
    add_ritual(page, "Children's bedtime")
    change_ritual(page, "Children's bedtime")
    of_maya = page.get_by_role("spinbutton", name=said("Children's bedtime, Maya"))
    of_maya.fill("3")
    of_maya.press("Enter")
    why = page.get_by_text(re.compile("^Children's bedtime: "))
    expect(in_grid(page, "Children's bedtime").or_(why).first).to_be_attached()

    page.get_by_role("link", name="Household").click()
    heading(page, "Household")
    settle(page)
    page.get_by_role("link", name="Sunday").click()
    heading(page, "The week of")
    settle(page)
    sees_what_was_said(page)

    page.reload()
    heading(page, "The week of")
    settle(page)
    sees_what_was_said(page)

    here.may_lose_server = True
    home.restart()
    page.reload()
    heading(page, "The week of")
    settle(page)
    sees_what_was_said(page)

    elsewhere = visit(home).open_page("sunday")
    sees_what_was_said(elsewhere)


def test_a_page_left_open_over_a_restart_goes_on(home, visit):
    here = visit(home)
    here.may_lose_server = True
    page = here.open_page("sunday")
    choose(page, STEPS[1])
    press(slider(page, "Together"), "ArrowRight")
    expect(bar(page, week_ahead(), "Together · 5 h 30 hoped for")).to_be_attached()
    before = slider(page, "Together").element_handle()
    roomy = page.get_by_role("radio", name="Roomy").bounding_box()
    home.restart()
    # The longer a server takes to start, the later a page asks it again.
    comes_back = page.get_by_text("One moment, the page is coming back.")
    comes_back.wait_for(timeout=90_000)
    page.mouse.click(roomy["x"] + 9, roomy["y"] + 9)
    comes_back.wait_for(state="detached")
    page.wait_for_function("slider => !slider.isConnected", arg=before)  # it was of that visit
    settle(page)
    expect(page.get_by_role("radio", name="Usual")).to_be_checked()
    page.get_by_role("radio", name="Roomy").click()
    expect(page.get_by_role("radio", name="Roomy")).to_be_checked()
    page.get_by_role("radio", name="Usual").click()
    settle(page)
    expect(page.get_by_role("navigation", name="App pages")).to_be_visible()
    expect(slider(page, "Together")).to_have_attribute("aria-valuetext", "5 h 30")
    press(slider(page, "Together"), "ArrowRight")
    expect(bar(page, week_ahead(), "Together · 6 h hoped for")).to_be_attached()
    page.reload()
    heading(page, "The week of")
    settle(page)
    choose(page, STEPS[1])
    expect(slider(page, "Together")).to_have_attribute("aria-valuetext", "6 h")


def test_looking_around_stays_with_the_sample_couple_and_leaves_no_trace(empty, visit):
    page = visit(empty).open()
    page.get_by_role("button", name="Look around with a sample couple").click()
    around = page.get_by_text("You are looking around with a sample couple.")
    expect(around).to_be_visible()
    heading(page, "The week of")
    settle(page)
    choose(page, STEPS[1])
    press(slider(page, "Together"), "ArrowRight")
    settle(page)

    page.get_by_role("link", name="Our weeks").click()
    heading(page, "Our weeks")
    expect(around).to_be_visible()
    settle(page)
    page.reload()
    expect(around).to_be_visible()
    heading(page, "Our weeks")
    settle(page)

    with empty.store() as store:
        assert store.load_household() is None
        assert store.first_week() is None
    page.get_by_role("button", name="Back to our own").click()
    heading(page, "Welcome to Leavewell")
    settle(page)
    expect(around).to_have_count(0)
    page.reload()
    heading(page, "Welcome to Leavewell")


@pytest.mark.parametrize("place", ["our-weeks", "household"])
def test_a_deep_link_is_the_first_thing_a_fresh_server_is_asked(fresh, visit, place):
    fresh.fill(a_household())
    page = visit(fresh).open(place)
    heading(page, PLACES[place])
    navigation = page.get_by_role("navigation", name="App pages")
    expect(navigation.get_by_role("link")).to_have_count(len(PLACES))
    settle(page)
    expect(page.get_by_text("Page not found")).to_have_count(0)
    navigation.get_by_role("link", name="Sunday").click()
    heading(page, "The week of")
    settle(page)


def test_two_browsers_move_different_sliders_at_once_and_both_are_kept(home, visit):
    hers, his = visit(home).open_page("sunday"), visit(home).open_page("sunday")
    together, out = Strand(Kind.TOGETHER), Strand(Kind.OUT, TWO)
    for page in (hers, his):
        choose(page, STEPS[1])
    for bursts in (1, 2):
        one, other = slider(hers, "Together"), slider(his, "Jonas, out")
        for _ in range(4):
            press(one, "ArrowRight")
            press(other, "ArrowRight")
        expect(bar(hers, week_ahead(), f"Together · {5 + 2 * bursts} h hoped for")).to_be_attached()
        expect(
            bar(his, week_ahead(), f"Nights out and friends · {4 + 2 * bursts} h hoped for")
        ).to_be_attached()
        expect(one).to_have_attribute("aria-valuetext", f"{5 + 2 * bursts} h")
        expect(other).to_have_attribute("aria-valuetext", f"{2 + 2 * bursts} h")
    for page in (hers, his):
        page.reload()
        heading(page, "The week of")
        settle(page)
        choose(page, STEPS[1])
        expect(slider(page, "Together")).to_have_attribute("aria-valuetext", "9 h")
        expect(slider(page, "Jonas, out")).to_have_attribute("aria-valuetext", "6 h")
    kept = home.plan(week_ahead())

    assert totals.hoped(kept, together) == 9 * 60
    assert totals.hoped(kept, out) == 6 * 60
    assert kept.season is Season.USUAL
    assert totals.hoped(kept, Strand(Kind.SOLO, ONE)) == totals.FIRST_HOPES[Kind.SOLO]


def test_a_number_typed_just_before_the_next_step_is_kept(home, visit):
    page = visit(home).open_page("sunday")
    choose(page, STEPS[2])
    add_ritual(page, "Late talk")
    change_ritual(page, "Late talk")
    page.get_by_role("spinbutton", name=said("Late talk, Both of us")).fill("2")
    choose(page, STEPS[3])
    settle(page)

    assert [2] == [choice.times for choice in home.plan(week_ahead()).choices]

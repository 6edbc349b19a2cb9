"""Every page in one picture each, wide and narrow, empty and filled; none wider than its screen."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import ARTEFACTS, PLACES, STEPS, choose, heading, settle

WIDTHS = (1360, 390)
TALL = """() => Math.max(
    ...[...document.querySelectorAll("main, [data-testid=stAppViewContainer]")]
    .map(part => part.scrollHeight)
)"""
WIDE = """() => Math.max(
    document.documentElement.scrollWidth,
    ...[...document.querySelectorAll("main")].map(part => part.scrollWidth)
)"""


def picture(page, name, width):
    """Keeps a picture of all of the page, and returns how wide the page is."""
    settle(page)
    wide = page.evaluate(WIDE)
    page.set_viewport_size({"width": width, "height": page.evaluate(TALL)})
    settle(page)
    page.mouse.move(0, 0)
    page.screenshot(path=ARTEFACTS / f"{name}-{width}.png", animations="disabled")
    page.set_viewport_size({"width": width, "height": 900})
    return wide


def all_screens(one, name, width):
    """The width of each page and step, each kept as a picture."""
    page, wide = one.page, {}
    for place in PLACES:
        one.open_page(place)
        if place == "sunday":
            for number, step in enumerate(STEPS, 1):
                choose(page, step)
                wide[step] = picture(page, f"{name}-sunday-{number}", width)
        else:
            wide[place] = picture(page, f"{name}-{place}", width)
    return wide


@pytest.mark.parametrize("width", WIDTHS)
def test_no_page_of_a_couple_that_just_began_is_wider_than_its_screen(empty, visit, width):
    one = visit(empty, width=width)
    page = one.open()
    heading(page, "Welcome to Leavewell")
    wide = {"welcome": picture(page, "empty-welcome", width)}
    page.get_by_role("textbox", name="One of you").fill("Maya")
    page.get_by_role("textbox", name="The other of you").fill("Jonas")
    page.get_by_text("Usual hours: sleep, work and children").click()
    expect(page.get_by_text("Maya works on").first).to_be_attached()
    wide["welcome hours"] = picture(page, "empty-welcome-hours", width)
    page.get_by_role("button", name="Begin").click()
    heading(page, "The week of")
    wide |= all_screens(one, "empty", width)

    assert {} == {place: found for place, found in wide.items() if found > width}


@pytest.mark.parametrize("width", WIDTHS)
def test_no_page_of_a_couple_with_half_a_year_is_wider_than_its_screen(looked_at, visit, width):
    wide = all_screens(visit(looked_at, width=width), "filled", width)

    assert {} == {place: found for place, found in wide.items() if found > width}


def test_on_a_phone_the_week_is_a_list_of_days_with_hours(looked_at, visit):
    page = visit(looked_at, width=390).open_page("sunday")
    choose(page, STEPS[3])
    blocks = page.locator(".lw-week").get_by_role("listitem")
    boxes = [block.bounding_box() for block in blocks.all()]
    times = [time.inner_text() for time in page.locator(".lw-time").all()]

    assert len(boxes) > 5
    assert all(re.fullmatch(r"\d\d:\d\d–\d\d:\d\d", time) for time in times)
    assert all(0 <= box["x"] and box["x"] + box["width"] <= 390 for box in boxes)
    assert all(box["width"] > 250 and box["height"] >= 24 for box in boxes)
    assert all(a["y"] + a["height"] <= b["y"] for a, b in zip(boxes, boxes[1:], strict=False))
    expect(page.locator(".lw-name").filter(visible=True).first).to_have_text(re.compile("day"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_sunday_page_has_its_ground_in_light_and_in_dark(looked_at, visit, scheme):
    one = visit(looked_at, scheme=scheme)
    page = one.open_page("sunday")
    picture(page, f"filled-sunday-{scheme}", 1360)
    ground = page.get_by_test_id("stApp").evaluate("app => getComputedStyle(app).backgroundColor")

    assert ground == {"light": "rgb(251, 247, 241)", "dark": "rgb(33, 29, 26)"}[scheme]
    picture(one.open_page("our-weeks"), f"filled-our-weeks-{scheme}", 1360)

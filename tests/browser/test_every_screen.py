"""Every page in one picture each, wide and narrow, empty and filled; none wider than its screen."""

import re
from itertools import pairwise

from playwright.sync_api import TimeoutError, expect

from tests.browser.conftest import ARTEFACTS, PLACES, STEPS, choose, heading, settle

WIDTHS = (1360, 390)  # a laptop and a phone
TALL = """() => Math.max(
    ...[...document.querySelectorAll("main, [data-testid=stAppViewContainer]")]
    .map(part => part.scrollHeight)
)"""
FITS = """width => [document.documentElement, ...document.querySelectorAll("main")]
    .every(part => part.scrollWidth <= width)"""
TO_FIT_TAKES = 5_000  # milliseconds at most, for charts are drawn anew after their place


def fits(page, width):
    try:
        page.wait_for_function(FITS, arg=width, timeout=TO_FIT_TAKES)
    except TimeoutError:
        return False
    return True


def pictures(page, name, widths=WIDTHS):
    """Keeps a picture of all of the page in each width; those widths in which it is too wide."""
    too_wide = []
    for width in widths:
        page.set_viewport_size({"width": width, "height": 900})
        settle(page)
        if not fits(page, width):
            too_wide.append(f"{name} at {width}")
        page.set_viewport_size({"width": width, "height": page.evaluate(TALL)})
        settle(page)
        page.mouse.move(0, 0)  # else a button under it looks different
        page.screenshot(path=ARTEFACTS / f"{name}-{width}.png", animations="disabled")
    page.set_viewport_size({"width": WIDTHS[0], "height": 900})
    return too_wide


def all_pictures(one, name):
    """The same of every page and step."""
    too_wide = []
    for place in PLACES:
        page = one.go(place)
        if place == "sunday":
            for number, step in enumerate(STEPS, 1):
                choose(page, step)
                too_wide += pictures(page, f"{name}-sunday-{number}")
        else:
            too_wide += pictures(page, f"{name}-{place}")
    return too_wide


def test_no_page_of_a_couple_that_just_began_is_wider_than_its_screen(empty, visit):
    one = visit(empty)
    page = one.open()
    heading(page, "Welcome to Leavewell")
    too_wide = pictures(page, "empty-welcome")
    page.get_by_role("textbox", name="One of you").fill("Maya")
    page.get_by_role("textbox", name="The other of you").fill("Jonas")
    page.get_by_text("Usual hours: sleep, work and children").click()
    expect(page.get_by_text("Maya works on").first).to_be_attached()
    too_wide += pictures(page, "empty-welcome-hours")
    page.get_by_role("button", name="Begin").click()
    heading(page, "The week of")
    too_wide += all_pictures(one, "empty")

    assert too_wide == []


def test_no_page_of_a_couple_with_half_a_year_is_wider_than_its_screen(sample, visit):
    assert all_pictures(visit(sample), "filled") == []


def test_on_a_phone_the_week_is_a_list_of_days_with_hours(sample, visit):
    page = visit(sample, width=390).open_page("sunday")
    choose(page, STEPS[3])
    expect(page.locator(".lw-time").filter(visible=True)).not_to_have_count(0)
    boxes = page.locator(".lw-week .lw-block").evaluate_all(
        "blocks => blocks.map(block => block.getBoundingClientRect().toJSON())"
    )
    times = page.locator(".lw-week .lw-time").all_inner_texts()

    assert len(boxes) > 5
    assert all(re.fullmatch(r"\d\d:\d\d–\d\d:\d\d", time) for time in times)
    assert all(0 <= box["x"] and box["x"] + box["width"] <= 390 for box in boxes)
    assert all(box["width"] > 250 and box["height"] >= 24 for box in boxes)
    assert all(a["y"] + a["height"] <= b["y"] for a, b in pairwise(boxes))
    expect(page.locator(".lw-name").filter(visible=True).first).to_have_text(re.compile("day"))


def test_in_the_dark_every_page_has_a_dark_ground(sample, visit):
    one = visit(sample, scheme="dark")
    for place in PLACES:
        page = one.go(place)
        pictures(page, f"dark-{place}", WIDTHS[:1])
        app = page.get_by_test_id("stApp")

        assert app.evaluate("app => getComputedStyle(app).backgroundColor") == "rgb(33, 29, 26)"


def test_what_is_read_aloud_holds_no_markup(sample, visit):
    page = visit(sample).open_page("sunday")
    for step in STEPS:
        choose(page, step)
        names = page.locator("main [aria-label]").evaluate_all("all => all.map(e => e.ariaLabel)")

        assert [] == [name for name in names if re.search(r"\\|\*\*|:\w+\[", name)]


def test_a_phone_can_put_it_on_its_home_screen(sample, visit):
    page = visit(sample, width=390).open_page("sunday")
    settle(page)
    browser = page.context.new_cdp_session(page)
    manifest = browser.send("Page.getAppManifest")
    errors = browser.send("Page.getInstallabilityErrors")["installabilityErrors"]

    assert manifest["url"].endswith("/app/static/home/manifest.webmanifest")
    assert [] == manifest["errors"]
    # A test's window is a private one, in which nothing is installed.
    assert [] == [error["errorId"] for error in errors if error["errorId"] != "in-incognito"]

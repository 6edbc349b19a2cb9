"""Every page in one picture each, wide and narrow, empty and filled; none wider than its screen.

With half a year behind them also in the dark, and none stands in the way of anybody.
"""

import re
from itertools import pairwise

import pytest
from playwright.sync_api import TimeoutError, expect

from tests.browser.conftest import (
    ARTEFACTS,
    GROUNDS,
    PLACES,
    ROOT,
    STEPS,
    choose,
    heading,
    on_ground,
    resize,
    settle,
    turn_to,
)

AXE = ROOT / "tests" / "clients" / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
LOOK = """rules => axe.run({runOnly: rules}).then(found =>
    found.violations.flatMap(v => v.nodes.map(n => `${v.id}: ${n.html.slice(0, 200)}`)))"""
# What is folded up in a step.
FOLDED = {
    STEPS[0]: ("One by one", "Something just", "Something I", "More"),
    STEPS[4]: ("More ways",),
}
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


def in_the_way(page, name):
    """What axe finds on both grounds in each width; a picture of the dark one is kept."""
    found = []
    if not page.evaluate("() => window.axe"):
        page.evaluate(AXE.read_text("utf-8"))
    for scheme in GROUNDS:
        on_ground(page, scheme)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            settle(page)
            found += [f"{name} {scheme} {width} {one}" for one in page.evaluate(LOOK, RULES)]
            if scheme == "dark":
                page.screenshot(path=ARTEFACTS / f"dark-{name}-{width}.png", animations="disabled")
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": WIDTHS[0], "height": 900})
    return found


def unfold(page, step):
    for title in FOLDED.get(step, ()):
        page.locator("summary", has_text=title).first.click()
        settle(page)


def all_pictures(one, name, look=None):
    """Those pages and steps that are too wide, and what one who looks finds on each."""
    wrong = []
    for place in PLACES:
        page = one.go(place)
        for number, step in enumerate(STEPS if place == "sunday" else (), 1):
            choose(page, step)
            wrong += pictures(page, f"{name}-sunday-{number}")
            if look:
                unfold(page, step)
                wrong += look(page, f"{name}-sunday-{number}")
        if place != "sunday":
            wrong += pictures(page, f"{name}-{place}")
            wrong += look(page, f"{name}-{place}") if look else []
    return wrong


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


MARKUP = re.compile(r"\\|\*\*|:\w+\[")  # in a name that is read aloud


def read_aloud(page):
    names = page.locator("main [aria-label]").evaluate_all("all => all.map(e => e.ariaLabel)")
    return [name for name in names if MARKUP.search(name)]


class TestACoupleWithHalfAYear:
    """What changes nothing in the store is seen in one visit."""

    @pytest.fixture(scope="class")
    @classmethod
    def visited(cls, seen_sample, look):
        return look(seen_sample)

    @pytest.fixture
    def one(self, visited):
        yield visited
        resize(visited.page, WIDTHS[0])

    def test_no_page_stands_in_the_way_of_anybody_and_none_reads_markup_aloud(self, one):
        def look(page, name):
            return in_the_way(page, name) + [(name, label) for label in read_aloud(page)]

        assert [] == all_pictures(one, "filled", look)

    def test_on_a_phone_the_week_is_a_list_of_days_with_hours(self, one):
        page = one.go("sunday")
        turn_to(page, STEPS[3])
        resize(page, 390)
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

    def test_a_phone_can_put_it_on_its_home_screen(self, one):
        page = one.go("sunday")
        resize(page, 390)
        browser = page.context.new_cdp_session(page)
        manifest = browser.send("Page.getAppManifest")
        errors = browser.send("Page.getInstallabilityErrors")["installabilityErrors"]

        assert manifest["url"].endswith("/app/static/home/manifest.webmanifest")
        assert [] == manifest["errors"]
        # A test's window is a private one, in which nothing is installed.
        assert [] == [error["errorId"] for error in errors if error["errorId"] != "in-incognito"]

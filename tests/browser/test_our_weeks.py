"""Our weeks in a browser: a click opens a week, and every view can be read and taken along."""

import csv
import io
import re

import pytest
from playwright.sync_api import expect

from bench import long_life
from rituals.model import local_time
from tests.browser.conftest import (
    ARTEFACTS,
    CHART,
    GROUNDS,
    ROOT,
    a_week_behind,
    download,
    on_ground,
    pick,
    settle,
    turn_to,
    week_ahead,
)
from tests.support.notation import a_household, today_at_home

VIEWS = ["Weeks", "Each kind of time", "The two of us", "Our rhythm", "Our rituals", "A year"]
AXE = ROOT / "tests" / "clients" / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LOOK = "rules => axe.run('main', {runOnly: rules}).then(found => found.violations)"


def lived(server):
    """A couple with 26 weeks behind them, of which one is grace and one not written down."""
    server.hold()
    with server.store() as store:
        long_life.fill(store, 26, today_at_home(), full=8)
    return server


def begins(back):
    """The day on which the week so many weeks back begins, as "16 November"."""
    first = local_time.first_day(week_ahead(-back), a_household())
    return f"{first.day} {first:%B}"


def column(page, back):
    """The whole of a week in the first chart."""
    marks = page.locator(f"{CHART} [aria-roledescription=bar]")
    return marks.and_(page.locator(f'[aria-label^="Week of {begins(back)}"]')).first


class TestOneLifeThatIsLookedAt:
    """What changes nothing in the store is seen on one page."""

    @pytest.fixture(scope="class")
    @classmethod
    def visited(cls, seen_home, look):
        return look(lived(seen_home))

    @pytest.fixture
    def page(self, visited):
        return visited.go("our-weeks")

    def test_a_click_on_any_week_opens_it_whatever_it_holds(self, page):
        turn_to(page, "Weeks")
        for back in (5, long_life.UNWRITTEN, 2, long_life.GRACE):
            column(page, back).click()
            opened = page.locator(".st-key-weeks-opened")

            expect(
                opened.get_by_role("heading", name=f"The week of {begins(back)}")
            ).to_be_visible()
            expect(page.get_by_role("combobox", name="Open a week")).to_have_value(
                re.compile(f"^Week of {begins(back)}")
            )

    def test_a_week_picked_from_the_list_gives_way_to_the_next_click(self, page):
        turn_to(page, "Weeks")
        column(page, 2).click()
        expect(page.get_by_role("heading", name=f"The week of {begins(2)}")).to_be_visible()
        pick(page, "Open a week", re.compile(f"^Week of {begins(3)}"))
        expect(page.get_by_role("heading", name=f"The week of {begins(3)}")).to_be_visible()
        column(page, 2).click()

        expect(page.get_by_role("heading", name=f"The week of {begins(2)}")).to_be_visible()

    def test_without_a_mouse_a_list_opens_a_week_and_leads_to_looking_back_on_it(self, page):
        turn_to(page, "Weeks")
        pick(page, "Open a week", re.compile(f"^Week of {begins(3)}"))
        page.get_by_role("button", name="Look back on this week").press("Enter")

        expect(
            page.get_by_role("heading", level=1, name=f"The week of {begins(0)}")
        ).to_be_visible()
        expect(
            page.get_by_role("heading", name=f"How was the week of {begins(3)}?")
        ).to_be_visible()

    def test_every_view_is_taken_along_in_three_ways(self, page):
        for view in VIEWS:
            turn_to(page, view)
            taken = {}
            for name in ("CSV", "PNG", "SVG"):
                taken[name] = download(page, name, ARTEFACTS).read_bytes()

            assert len(list(csv.reader(io.StringIO(taken["CSV"].decode())))) > 1
            assert taken["PNG"].startswith(b"\x89PNG")
            assert taken["SVG"].startswith(b"<svg")

    def test_nothing_in_a_view_stands_in_the_way_of_anybody_on_both_grounds(self, page):
        page.evaluate(AXE.read_text("utf-8"))
        grave = []
        for view in VIEWS:
            turn_to(page, view)
            page.get_by_text("As a table").click()
            settle(page)
            expect(page.get_by_role("table").first).to_be_visible()
            for scheme in GROUNDS:
                on_ground(page, scheme)
                settle(page)
                grave += [
                    (view, scheme, v["id"], n["html"][:200])
                    for v in page.evaluate(LOOK, RULES)
                    if v["impact"] in ("serious", "critical")
                    for n in v["nodes"]
                ]
            page.get_by_text("As a table").click()
            settle(page)

        assert [] == grave


def test_an_early_sunday_s_chart_holds_no_picture_without_a_name(home, visit):
    page = visit(a_week_behind(home)).open_page("sunday")
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate("() => axe.run('main', {runOnly: ['svg-img-alt']})")

    assert [] == found["violations"]
    assert found["passes"]

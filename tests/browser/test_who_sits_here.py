"""Who sits here, in the bar above each page: kept over reloads, and readable."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import (
    ARTEFACTS,
    GROUNDS,
    PLACES,
    ROOT,
    choose,
    heading,
    on_ground,
    settle,
)
from tests.support.notation import a_household

AXE = ROOT / "tests" / "clients" / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
LOOK = "rules => axe.run({runOnly: rules}).then(found => found.violations)"
LONG = "Maximiliane " * 6 + "Montague"  # 80 letters
BAR = ".st-key-who-sits"
WIDTHS = (390, 800, 1100, 1360)
INSIDE = """([bar, width]) => [...document.querySelectorAll(`${bar} button`)].every(button => {
    const box = button.getBoundingClientRect();
    const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    return box.left >= 0 && box.right <= width && button.contains(top);
})"""
FITS = "width => document.documentElement.scrollWidth <= width"


def sits(page, name):
    expect(page.locator(BAR).get_by_role("radio", name=name, exact=True)).to_be_checked()


def test_a_reload_and_another_page_keep_who_sits_here(home, visit):
    page = visit(home).open_page("sunday")
    sits(page, "Both of us")
    choose(page, "Jonas")
    expect(page).to_have_url(re.compile(r"\?who=Jonas$"))
    page.reload()
    heading(page, PLACES["sunday"])
    sits(page, "Jonas")
    page.get_by_role("link", name="Our rituals").click()
    heading(page, PLACES["our-rituals"])
    settle(page)
    sits(page, "Jonas")
    page.reload()
    heading(page, PLACES["our-rituals"])
    sits(page, "Jonas")


def test_an_address_that_names_nobody_here_is_for_both(home, visit):
    page = visit(home).open("our-rituals?who=xyz")
    heading(page, PLACES["our-rituals"])
    sits(page, "Both of us")


def test_of_two_with_one_name_the_address_knows_which(running, visit):
    running.hold()
    running.fill(a_household(names=("Sam", "Sam")))
    page = visit(running).open_page("household")
    choose(page, "Sam · two")
    page.reload()
    heading(page, PLACES["household"])
    sits(page, "Sam · two")


@pytest.mark.parametrize("names", [("Maya", "Jonas"), (LONG, LONG.upper())], ids=["usual", "long"])
def test_each_choice_is_in_reach_on_every_screen(running, visit, names):
    running.hold()
    running.fill(a_household(names=names))
    one = visit(running)
    for place in ("sunday", "household"):
        page = one.go(place)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            settle(page)
            page.screenshot(path=ARTEFACTS / f"who-{place}-{len(names[0])}-{width}.png")

            assert page.evaluate(INSIDE, [BAR, width]), (place, width)
            assert page.evaluate(FITS, width), (place, width)


def test_the_choice_stands_in_nobodys_way(home, visit):
    page = visit(home).open_page("household")
    choose(page, "Maya")
    page.evaluate(AXE.read_text("utf-8"))
    here = []
    for scheme in GROUNDS:
        on_ground(page, scheme)
        here += [
            (scheme, v["id"], n["html"])
            for v in page.evaluate(LOOK, RULES)
            for n in v["nodes"]
            if v["impact"] in ("serious", "critical")
        ]

    assert [] == here

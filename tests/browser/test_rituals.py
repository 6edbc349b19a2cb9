"""Step 3 in the browser: a first week by one press, and lines that everybody can read and use."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import (
    ROOT,
    STEPS,
    change_ritual,
    choose,
    in_grid,
    more_rituals,
    on_ground,
    resize,
    settle,
)
from tests.support.notation import a_household

AXE = ROOT / "tests" / "clients" / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
LOOK = """rules => axe.run({runOnly: rules}).then(found =>
    found.violations.flatMap(v => v.nodes.map(n => `${v.id}: ${n.html.slice(0, 200)}`)))"""
PARTS = ".st-key-chosen-head, .st-key-chosen"
COUNT = """parts => {
  const seen = (e) => Math.min(e.getBoundingClientRect().width, e.offsetHeight || 3) > 2;
  let words = 0, controls = 0;
  for (const part of document.querySelectorAll(parts)) {
    const texts = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const { parentElement: holder, data } = texts.currentNode;
      if (seen(holder) && !holder.closest("[data-testid=stIconMaterial]"))
        words += (data.match(/[\\p{L}\\p{N}][\\p{L}\\p{N}:.'’-]*/gu) ?? []).length;
    }
    controls += [...part.querySelectorAll("button, input, summary")].filter(seen).length;
  }
  return [words, controls];
}"""


def step_3(one):
    page = one.open_page("sunday")
    choose(page, STEPS[2])
    return page


def test_one_press_fills_a_first_week_and_each_line_has_its_block(home, visit):
    page = step_3(visit(home))
    page.get_by_role("button", name="Suggest a first week").click()
    expect(page.get_by_role("button", name="Suggest another")).to_be_visible()
    settle(page)
    titles = page.locator("[class*=st-key-chosen-open] p:has(span + strong)").all_inner_texts()
    names = [title.removeprefix("●").strip() for title in titles]

    assert 6 <= len(names) <= 8
    for name in names:
        expect(in_grid(page, name).first).to_be_attached()
    assert a_household().name("one") in page.locator(".st-key-chosen").inner_text()


def on_both_screens(page):
    """A laptop in the dark, then a phone in the light."""
    for width, scheme in ((1360, "dark"), (390, "light")):
        resize(page, width)
        on_ground(page, scheme)
        yield width


def in_the_way(page, width):
    return [(width, one) for one in page.evaluate(LOOK, RULES)]


class TestACoupleWithManyRituals:
    """What changes nothing in the store is seen on one page."""

    @pytest.fixture(scope="class")
    @classmethod
    def opened(cls, seen_sample, look):
        return step_3(look(seen_sample))

    @pytest.fixture
    def page(self, opened):
        yield opened
        resize(opened, 1360)
        on_ground(opened, "light")

    def test_the_lines_of_a_couple_with_many_rituals_are_few_words(self, page):
        words, controls = page.evaluate(COUNT, PARTS)

        assert words <= 100
        assert controls <= 25

    def test_lines_settings_and_more_rituals_are_for_everybody(self, page):
        found = []
        page.evaluate(AXE.read_text("utf-8"))
        for width in on_both_screens(page):
            found += in_the_way(page, width)
            change_ritual(page, "Goodbye kiss")
            expect(page.get_by_role("spinbutton")).to_be_visible()
            found += in_the_way(page, width)
            page.keyboard.press("Escape")
        more_rituals(page)
        for width in on_both_screens(page):
            found += in_the_way(page, width)

        assert [] == found
        expect(page.get_by_role("button", name="Add Goodnight kiss")).to_be_visible()

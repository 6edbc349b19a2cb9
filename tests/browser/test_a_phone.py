"""A phone: what a finger presses is large enough for it, on every page and in what opens there."""

from playwright.sync_api import expect

from tests.browser.conftest import (
    PLACES,
    STEPS,
    choose,
    heading,
    open_sheet,
    open_the_week,
    settle,
    week_ahead,
)
from tests.browser.test_every_screen import unfold
from tests.support.notation import a_plan, an_occurrence

FINGER = 44  # pixels, each way
CARDS = ("who", "one", "children", "sitter", "hours", "holidays")  # of Household
# What is smaller, also in our own components; a field is as large as what is drawn around it.
SMALL = """least => {
  const FIELDS = "[data-testid=stSelectbox] > div, [data-testid=stDateInput] > div";
  const PRESSED = "button, a[href], summary, select, textarea, input, [role=button], [role=radio], "
    + "[role=checkbox], [role=tab], [role=combobox], [role=switch]";
  const found = [];
  const look = (one) => {
    if (!one.matches(PRESSED) || one.matches("p a, li a") || one.disabled) return;
    if (!one.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return;
    const own = one.getBoundingClientRect();
    if (own.width < 2 || own.height < 2 || own.right < 0 || own.left > innerWidth) return;
    const drawn = one.closest(FIELDS) ?? (one.matches("input") && one.closest("label")) ?? one;
    const { width, height } = (drawn || one).getBoundingClientRect();
    const name = one.ariaLabel || one.innerText || one.id;
    if (Math.min(width, height) < least - 0.5) found.push(`${name}: ${width} x ${height}`);
  };
  const walk = (root) => {
    for (const one of root.querySelectorAll("*")) {
      look(one);
      if (one.shadowRoot) walk(one.shadowRoot);
    }
  };
  walk(document);
  return found;
}"""


def small(page, where):
    settle(page)
    return [f"{where}: {one}" for one in page.evaluate(SMALL, FINGER)]


def on_sunday(page):
    found = small(page, "today or a step")
    open_the_week(page)
    for step in STEPS:
        choose(page, step)
        unfold(page, step)
        found += small(page, step)
    return found


def in_household(page):
    found = []
    for card in CARDS:
        page.locator(f".st-key-change-{card} button").click()
        found += small(page, card)
        page.get_by_role("button", name="Not now").first.click()
        settle(page)
    return found


def test_targets_are_44_px_on_a_phone(sample, visit):
    one, found = visit(sample, touch=True, width=390), []
    for place in PLACES:
        page = one.open_page(place)
        found += on_sunday(page) if place == "sunday" else small(page, place)
        if place == "household":
            found += in_household(page)
    page.get_by_role("button", name="Expand sidebar").click()

    assert [] == found + small(page, "the menu")


def test_the_menu_closes_once_a_page_is_chosen(home, visit):
    page = visit(home, touch=True, width=390).open_page("sunday")
    for place, begins in (("Household", "Household"), ("Sunday", "The week of")):
        page.get_by_role("button", name="Expand sidebar").tap()
        page.get_by_role("link", name=place, exact=True).tap()
        heading(page, begins)
        settle(page)

        expect(page.get_by_role("link", name=place, exact=True)).not_to_be_in_viewport()


def test_what_can_be_chosen_of_our_weeks_is_one_row_on_a_phone(sample, visit):
    page = visit(sample, touch=True, width=390).open_page("our-weeks")
    shown = page.locator(".st-key-weeks-in-short button")
    assert "Weeks · 26 weeks" == shown.inner_text().partition("\n")[0]
    assert page.get_by_role("radio", name="Maya", exact=True).count() == 1
    chart = page.get_by_test_id("stVegaLiteChart").first
    assert chart.bounding_box()["y"] - shown.bounding_box()["y"] < 150

    shown.click()
    settle(page)
    choose(page, "Maya’s")

    assert "Weeks · 26 weeks · Maya’s" == shown.inner_text().partition("\n")[0]


def test_every_label_of_the_two_of_us_is_whole_on_a_phone(sample, visit):
    page = visit(sample, touch=True, width=390).open_page("our-weeks")
    page.locator(".st-key-weeks-in-short button").click()
    choose(page, "The two of us")
    chart = page.get_by_test_id("stVegaLiteChart").locator("svg").first
    cut = chart.evaluate(
        """chart => [...chart.querySelectorAll("text")].filter((label) => {
            const room = chart.getBoundingClientRect(), its = label.getBoundingClientRect();
            return its.left < room.left - 0.5 || its.right > room.right + 0.5;
        }).map((label) => label.textContent)"""
    )

    assert [] == cut


def test_the_days_behind_a_sheet_stay_where_they_are(home, visit):
    week = week_ahead(1)
    talk, walk = (
        an_occurrence(f"{day} 21:00-22:00", week=week, number=n, id=day, title=title)
        for n, (day, title) in enumerate((("Thu", "Late talk"), ("Sat", "Night walk")), start=1)
    )
    with home.store() as store:
        store.change_plan(a_plan(talk, walk, week=week), lambda plan: plan)
    page = visit(home, touch=True, width=390).open_page("sunday")
    page.get_by_role("button", name="Later").click()
    settle(page)
    choose(page, STEPS[3])
    sheet = open_sheet(page, "Late talk")
    below = page.locator(".lw-grab").filter(has_text="Night walk")
    lay = below.bounding_box()
    sheet.get_by_role("button", name="Longer").click()
    expect(sheet).to_contain_text("21:00–22:15")
    settle(page)

    assert lay == below.bounding_box()

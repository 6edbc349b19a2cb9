"""Few actions from one end of Sunday to the other, and nothing jumps on the way."""

import pytest
from playwright.sync_api import expect

from rituals.model.household import Kind
from rituals.planning import changes
from tests.browser.conftest import (
    ROOT,
    STEPS,
    choose,
    download,
    heading,
    in_grid,
    on_ground,
    open_sheet,
    open_the_week,
    resize,
    settle,
    turn_to,
    week_ahead,
)
from tests.browser.test_looking_back import Hand
from tests.clients import readers
from tests.support.notation import a_household, a_plan, a_ritual, an_occurrence, today_at_home

AXE = ROOT / "tests" / "clients" / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
LOOK = """rules => axe.run({runOnly: rules}).then(found =>
    found.violations.flatMap(v => v.nodes.map(n => `${v.id}: ${n.html.slice(0, 200)}`)))"""
FIRST_WEEK = 12  # actions at most, from the welcome to a file
ONE_CHANGE = 2  # of an open week
PHONE = 390
CONTENT_BEGINS = 200  # pixels from the top of a phone


def two_evenings(server):
    """Has two evenings in the week after this one, so that all of it is ahead."""
    week = week_ahead(1)
    with server.store() as store:
        plan = a_plan(
            an_occurrence("Tue 18:00-19:30", week=week, ritual="date", title="Date at home"),
            an_occurrence("Thu 20:00-21:00", week=week),
            week=week,
            hopes=changes.first_plan(week, a_household()).hopes,
        )
        store.change_plan(plan, lambda plan: plan)
    return server


@pytest.fixture
def planned(home):
    return two_evenings(home)


def open_week(page, step=STEPS[3]):
    page.get_by_role("button", name="Later").click()
    settle(page)
    choose(page, step)
    settle(page)
    return page


def test_a_first_visit_is_in_the_calendar_after_few_actions(empty, visit, tmp_path):
    page = visit(empty).open()
    heading(page, "Welcome to Leavewell")
    hand = Hand(page)
    for who, name in (("One of you", "Maya"), ("The other of you", "Jonas")):
        page.get_by_role("textbox", name=who).fill(name)
        hand.taps += 1
    hand.tap(page.get_by_role("button", name="Begin"))
    heading(page, "The week of")
    hand.tap(page.get_by_role("button", name="Later"))  # so that all of it is ahead on any day
    hand.tap(page.get_by_role("radio", name=STEPS[2]))
    hand.tap(page.get_by_role("button", name="Suggest a first week"))
    hand.tap(page.get_by_role("radio", name=STEPS[4]))
    for name in ("Maya", "Jonas"):
        hand.tap(page.get_by_role("button", name=f"{name} says yes"))
    file = download(page, "Put it into our calendar", tmp_path)
    hand.taps += 1

    assert 6 <= len({event.summary for event in readers.READERS["icalendar"](file)})
    assert hand.taps <= FIRST_WEEK


def test_one_change_of_an_open_week_takes_two_actions(planned, visit):
    page = open_week(visit(planned).open_page("sunday"))
    hand = Hand(page)
    block = page.locator(".lw-grab").filter(has_text="Late talk")
    hand.tap(block)
    hand.tap(page.get_by_role("dialog").get_by_role("button", name="Leave out"))
    expect(in_grid(page, "Late talk")).to_have_count(0)
    assert hand.taps <= ONE_CHANGE

    lane = page.locator(".lw-lane").nth(4).bounding_box()
    page.mouse.click(lane["x"] + lane["width"] / 2, lane["y"] + lane["height"] * 0.7)
    sheet = page.get_by_role("dialog")
    expect(sheet).to_be_visible()
    first = sheet.locator(".lw-offers button").first
    title = first.evaluate("one => one.firstChild.textContent")
    hand.taps = 1
    hand.tap(first)
    expect(in_grid(page, title).first).to_be_visible()
    assert hand.taps <= ONE_CHANGE


def test_a_block_is_swapped_for_one_of_a_few_by_one_more_tap(sample, visit):
    page = open_week(visit(sample).open_page("sunday"))
    block = page.locator(".lw-together .lw-grab, .lw-alone .lw-grab").filter(
        has=page.locator(".lw-to")
    )
    before = block.last.locator("b").inner_text()
    block.last.click()
    sheet = page.get_by_role("dialog")
    sheet.get_by_role("button", name="Swap for").click()
    expect(sheet.get_by_role("heading", name=f"Instead of {before}")).to_be_visible()
    others = sheet.locator(".lw-offers button")
    assert 1 <= others.count() <= 3
    title = others.first.evaluate("one => one.firstChild.textContent")
    others.first.click()

    expect(in_grid(page, title).first).to_be_visible()
    expect(in_grid(page, before)).to_have_count(0)


def test_where_nothing_fits_instead_a_press_leads_back_to_the_block(home, visit):
    week = week_ahead(1)
    own = a_ritual("tea", minutes=20, window="Tue 18:00-18:20", kind=Kind.SOLO)
    with home.store() as store:
        store.save_ritual(own)
        tea = an_occurrence("Tue 04:00-04:20", week=week, ritual="tea", title="Tea")
        store.change_plan(a_plan(tea, week=week), lambda plan: plan)
    page = open_week(visit(home).open_page("sunday"))
    sheet = open_sheet(page, "Tea")
    sheet.get_by_role("button", name="Swap for").click()
    sheet = page.get_by_role("dialog")
    expect(sheet.get_by_role("heading", name="Nothing else of its kind fits here")).to_be_visible()
    sheet.get_by_role("button", name="Back").click()

    expect(sheet.get_by_role("heading", name="Tea")).to_be_visible()
    expect(sheet.get_by_role("button", name="Leave out")).to_be_visible()


def test_a_phone_offers_no_hour_that_is_over(home, visit):
    page = visit(home, touch=True, width=390).open_page("sunday")
    settle(page)
    choose(page, STEPS[3])
    over = (today_at_home() - week_ahead().monday).days
    free = page.locator(".lw-day").nth(6).locator(".lw-free")

    expect(free).not_to_have_count(0)
    for day in range(max(over, 0)):
        expect(page.locator(".lw-day").nth(day).locator(".lw-free")).to_have_count(0)


def test_on_a_phone_each_step_begins_at_its_top_however_long_the_one_before_was(sample, visit):
    page = visit(sample, touch=True, width=390).open_page("sunday")
    open_the_week(page)
    choose(page, STEPS[0])
    page.get_by_text("One by one").click()
    main, tops = page.get_by_test_id("stMain"), {}
    for step in STEPS[1:]:
        settle(page)
        onwards = page.get_by_role("button", name=f"On to {step[4:].lower()}")
        onwards.scroll_into_view_if_needed()
        assert main.evaluate("main => main.scrollTop") > 0
        onwards.tap()
        expect(page.get_by_role("radio", name=step)).to_be_checked()
        settle(page)
        tops[step] = main.evaluate("main => main.scrollTop")

    assert dict.fromkeys(STEPS[1:], 0) == tops


def test_a_free_hour_of_a_phones_day_offers_what_fits_there(planned, visit):
    page = open_week(visit(planned, touch=True, width=390).open_page("sunday"))
    thursday = page.locator(".lw-day").nth(3)
    free = thursday.get_by_role("button", name="Something for Thursday")
    assert 44 <= free.first.bounding_box()["height"]
    free.first.tap()
    offered = page.get_by_role("dialog").locator(".lw-offers button")
    title = offered.first.evaluate("one => one.firstChild.textContent")
    assert 44 <= offered.first.bounding_box()["height"]
    offered.first.tap()

    expect(thursday.get_by_role("listitem").filter(has_text=title)).to_be_visible()


def test_a_phone_shows_every_answer_to_what_is_different(sample, visit):
    page = visit(sample, touch=True, width=390).open_page("sunday")
    open_the_week(page)
    choose(page, STEPS[1])
    expect(page.get_by_role("button", name="Something else")).to_be_visible()
    boxes = page.locator(".st-key-different button").evaluate_all(
        "all => all.map(one => one.getBoundingClientRect().toJSON())"
    )

    assert 5 < len(boxes)
    assert [] == [box for box in boxes if box["left"] < 0 or box["right"] > 390]


def test_the_whole_sitting_goes_by_keyboard_alone(planned, visit):
    page = open_week(visit(planned).open_page("sunday"))
    page.locator(".lw-grab").filter(has_text="Date at home").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator(".lw-grab").filter(has_text="Late talk")).to_be_focused()
    page.keyboard.press("Enter")
    sheet = page.get_by_role("dialog", name="Late talk")
    expect(sheet).to_be_visible()
    leave_out = sheet.get_by_role("button", name="Leave out")
    for _ in range(12):
        if leave_out.evaluate("one => one.matches(':focus')"):
            break
        page.keyboard.press("Tab")
    expect(leave_out).to_be_focused()
    page.keyboard.press("Enter")
    expect(in_grid(page, "Late talk")).to_have_count(0)


class TestAWeekThatStaysAsItIs:
    """What changes nothing in the store is seen on one page."""

    @pytest.fixture(scope="class")
    @classmethod
    def opened(cls, seen_home, look):
        return open_week(look(two_evenings(seen_home)).open_page("sunday"))

    @pytest.fixture
    def page(self, opened):
        yield opened
        opened.keyboard.press("Escape")
        on_ground(opened, "light")
        resize(opened, 1360)

    def test_the_week_stands_still_while_steps_change_and_blocks_open(self, page):
        turn_to(page, STEPS[1])
        week = page.locator(".lw-week")
        stood = [week.bounding_box()]
        for step in STEPS[2:]:
            choose(page, step)
            settle(page)
            stood.append(week.bounding_box())
        choose(page, STEPS[3])
        sheet = open_sheet(page, "Late talk")
        stood.append(week.bounding_box())
        page.keyboard.press("Escape")
        expect(sheet).to_be_hidden()

        assert [stood[0]] * len(stood) == stood
        assert stood[0]["y"] + stood[0]["height"] <= page.viewport_size["height"]

    def test_another_step_begins_at_its_top(self, page):
        turn_to(page, STEPS[1])
        resize(page, 1360, 560)
        main = page.get_by_test_id("stMain")
        page.get_by_role("button", name="On to rituals").scroll_into_view_if_needed()
        assert main.evaluate("main => main.scrollTop") > 0
        page.get_by_role("button", name="On to rituals").click()
        expect(page.get_by_role("radio", name=STEPS[2])).to_be_checked()
        settle(page)

        assert 0 == main.evaluate("main => main.scrollTop")

    def test_on_a_phone_the_days_come_first_and_near_the_top(self, page):
        turn_to(page, STEPS[3])
        resize(page, PHONE)
        first = page.locator(".lw-day").filter(visible=True).first

        assert first.bounding_box()["y"] < CONTENT_BEGINS

    def test_what_stands_behind_the_heading_of_a_phone_is_one_tap_away(self, page):
        resize(page, PHONE)
        hard = page.get_by_role("radio", name="Hard")
        expect(hard).to_be_hidden()
        page.get_by_role("button", name="About this week").click()
        expect(hard).to_be_visible()

    def test_a_sheet_stands_in_the_way_of_nobody(self, page):
        turn_to(page, STEPS[3])
        page.evaluate(AXE.read_text("utf-8"))
        found = []
        for width, scheme in ((1360, "light"), (PHONE, "dark")):
            resize(page, width)
            on_ground(page, scheme)
            sheet = open_sheet(page, "Late talk")
            found += [(width, scheme, one) for one in page.evaluate(LOOK, RULES)]
            sheet.get_by_role("button", name="Move").click()
            found += [(width, "moving", one) for one in page.evaluate(LOOK, RULES)]
            page.keyboard.press("Escape")
            expect(sheet).to_be_hidden()

        assert [] == found

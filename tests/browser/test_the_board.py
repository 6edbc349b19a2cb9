"""The balance board under real hands: mouse, keyboard, finger, and two browsers at once."""

import re
from itertools import pairwise

import pytest
from playwright.sync_api import expect
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from pages.ui import balance_board
from rituals.model import totals, wording
from rituals.model.household import ONE, TWO, Kind, Strand
from rituals.model.plan import Season
from tests.browser.conftest import (
    STEPS,
    a_week_behind,
    bar,
    choose,
    heading,
    press,
    resize,
    settle,
    slider,
    turn_to,
    week_ahead,
)
from tests.support.notation import a_household

TOGETHER = Strand(Kind.TOGETHER)
EVERY = 60  # ms: messages come no closer than that
A_BURST = """(range, minutes) => {
    for (const each of minutes) {
        range.value = each;
        range.dispatchEvent(new InputEvent("input", { bubbles: true }));
    }
}"""
STAMP_WHAT_IS_SENT = """
    window.sent = [];
    window.WebSocket = class extends WebSocket {
        send(data) { super.send(data); window.sent.push(performance.now()); }
    };
"""


@pytest.fixture
def home(home):
    return a_week_behind(home)


def open_board(one):
    page = one.open_page("sunday")
    choose(page, STEPS[1])
    expect(slider(page, "Together")).to_be_visible()
    return page


def point(range_, minutes):
    """Where on the screen a range's thumb stands for so many minutes."""
    box = range_.bounding_box()
    thumb = 24
    way = (box["width"] - thumb) * minutes / totals.MOST_HOPED
    return box["x"] + thumb / 2 + way, box["y"] + box["height"] / 2


def grasp(page, range_, minutes):
    page.mouse.move(*point(range_, minutes))
    page.mouse.down()


def drag(page, range_, minutes):
    page.mouse.move(*point(range_, minutes), steps=8)


def shows(range_, hours):
    expect(range_).to_have_attribute("aria-valuetext", hours)


def hoped(server, strand):
    return totals.hoped(server.plan(week_ahead()), strand)


def test_the_chart_follows_the_hand_before_it_lets_go(home, visit):
    page = open_board(visit(home))
    together = slider(page, "Together")
    grasp(page, together, 300)
    for minutes in (420, 600, 540):
        drag(page, together, minutes)
        shows(together, wording.hours(minutes))
        told = f"Together · {wording.hours(minutes)} hoped for"
        expect(bar(page, week_ahead(), told)).to_be_attached()

        assert minutes == hoped(home, TOGETHER)
    page.mouse.up()
    shows(together, "9 h")


def test_keys_move_a_slide_as_they_move_every_range(home, visit):
    page = open_board(visit(home))
    alone = slider(page, "Maya, alone")
    for key, hours in (
        ("Home", "0 h"),
        ("ArrowRight", "30 min"),
        ("ArrowUp", "1 h"),
        ("ArrowLeft", "30 min"),
        ("End", "20 h"),
    ):
        press(alone, key)
        shows(alone, hours)
    expect(bar(page, week_ahead(), "Alone · 22 h hoped for")).to_be_attached()
    expect(alone).to_be_focused()

    assert 1200 == hoped(home, Strand(Kind.ALONE, ONE))


def test_a_finger_moves_a_slide(home, visit):
    page = open_board(visit(home, width=390))
    together = slider(page, "Together")
    together.scroll_into_view_if_needed()
    touch = page.context.new_cdp_session(page)

    def finger(kind, minutes=None):
        x, y = point(together, minutes or 0)
        at = [{"x": x, "y": y}] if minutes else []
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": at})

    finger("touchStart", 300)
    for minutes in (360, 420, 480, 600):
        finger("touchMove", minutes)
    shows(together, "10 h")
    expect(bar(page, week_ahead(), "Together · 10 h hoped for")).to_be_attached()
    finger("touchEnd")
    settle(page)

    assert 600 == hoped(home, TOGETHER)


def test_a_slide_stands_where_it_was_left(home, visit):
    here = visit(home)
    page = open_board(here)
    press(slider(page, "Together"), "ArrowRight", 3)
    expect(bar(page, week_ahead(), "Together · 6 h 30 hoped for")).to_be_attached()
    choose(page, STEPS[2])
    choose(page, STEPS[1])
    shows(slider(page, "Together"), "6 h 30")
    for way in ("reload", "restart"):
        if way == "restart":
            here.may_lose_server = True
            home.restart()
        page.reload()
        heading(page, "The week of")
        settle(page)
        choose(page, STEPS[1])
        shows(slider(page, "Together"), "6 h 30")
    press(slider(page, "Together"), "ArrowRight")
    expect(bar(page, week_ahead(), "Together · 7 h hoped for")).to_be_attached()


def test_what_is_typed_just_before_the_next_step_is_kept(home, visit):
    page = open_board(visit(home))
    names = ("Together", "Maya, alone", "Jonas, out")
    strands = (TOGETHER, Strand(Kind.ALONE, ONE), Strand(Kind.OUT, TWO))
    for last, together in enumerate(("7 h 30", "10 h", "12 h 30")):
        turn_to(page, STEPS[1])
        for name in names[last:] + names[:last]:
            press(slider(page, name), "ArrowRight", 5)
        choose(page, STEPS[2])
        expect(page.locator(".lw-bars")).to_contain_text(f"hoped {together}")

        more = 150 * (last + 1)
        assert [300 + more, 120 + more, 120 + more] == [hoped(home, each) for each in strands]


def test_what_is_typed_just_before_another_season_or_week_is_kept(home, visit):
    page = open_board(visit(home))
    press(slider(page, "Together"), "ArrowRight", 5)
    page.get_by_role("radio", name="Hard").click()
    expect(bar(page, week_ahead(), "Together · 7 h 30 hoped for")).to_be_attached()
    shows(slider(page, "Maya, alone"), "1 h")
    press(slider(page, "Maya, alone"), "ArrowRight", 3)
    page.get_by_role("button", name="Later").click()
    expect(bar(page, week_ahead(1), "Together · 5 h hoped for")).to_be_attached()
    shows(slider(page, "Maya, alone"), "2 h")
    kept = home.plan(week_ahead())

    assert Season.HARD is kept.season
    assert (450, 150) == (totals.hoped(kept, TOGETHER), totals.hoped(kept, Strand(Kind.ALONE, ONE)))


def test_a_slide_and_a_choice_in_one_breath_are_both_kept(home, visit):
    page = open_board(visit(home))
    for other, season, minutes in (
        (STEPS[2], Season.USUAL, 360),
        ("Hard", Season.HARD, 420),
        ("Week off", Season.GRACE, 480),
    ):
        turn_to(page, STEPS[1])
        radio = page.get_by_role("radio", name=other)
        in_one_breath = f"""(radio, minutes) => {{
            const range = [...document.querySelectorAll("[data-testid=stBidiComponentIsolated]")]
                .map(one => one.shadowRoot.querySelector(".board input")).find(Boolean);
            range.focus();
            ({A_BURST})(range, minutes);
            radio.click();
        }}"""
        radio.evaluate(in_one_breath, [minutes - 30, minutes])
        expect(radio).to_be_checked()
        expect(slider(page, "Together")).to_have_count(0 if other != "Hard" else 1)
        if other == "Week off":
            expect(page.get_by_text("A week off: everything rests")).to_be_visible()
        elif other == "Hard":
            expect(bar(page, week_ahead(), "Together · 7 h hoped for")).to_be_attached()
        else:
            expect(page.locator(".lw-bars")).to_contain_text("hoped 6 h")
        settle(page)
        kept = home.plan(week_ahead())

        assert (minutes, season) == (kept.hopes[TOGETHER].by_hand, kept.season)


def test_two_browsers_in_bursts_lose_nothing(home, visit):
    hers, his = open_board(visit(home)), open_board(visit(home))
    mine, yours = (
        ("Together", "Maya, alone", "Maya, out"),
        ("Jonas, alone", "Jonas, out"),
    )
    for _ in range(3):
        for _ in range(4):
            for one, other in zip(mine, (*yours, yours[0]), strict=True):
                press(slider(hers, one), "ArrowRight")
                press(slider(his, other), "ArrowRight")
        for page in (hers, his):
            settle(page)
    expected = {
        "Together": 300 + 12 * 30,
        "Maya, alone": 120 + 12 * 30,
        "Maya, out": 120 + 12 * 30,
        "Jonas, alone": 120 + 24 * 30,
        "Jonas, out": 120 + 12 * 30,
    }
    for page in (hers, his):
        for name, minutes in expected.items():
            shows(slider(page, name), wording.hours(minutes))
    household, plan = a_household(), home.plan(week_ahead())
    kept = {wording.strand(s, household): totals.hoped(plan, s) for s in household.strands()}

    assert expected == {name: kept[name] for name in expected}


def test_a_held_slide_stays_under_the_hand_while_another_browser_moves_it(home, visit):
    hers, his = open_board(visit(home)), open_board(visit(home))
    held = slider(hers, "Together")
    grasp(hers, held, 300)
    drag(hers, held, 420)
    expect(bar(hers, week_ahead(), "Together · 7 h hoped for")).to_be_attached()
    press(slider(his, "Together"), "Home")
    press(slider(his, "Jonas, alone"), "Home")
    expect(bar(his, week_ahead(), "Alone · 2 h hoped for")).to_be_attached()
    shows(held, "7 h")
    drag(hers, held, 540)
    expect(bar(hers, week_ahead(), "Together · 9 h hoped for")).to_be_attached()
    shows(held, "9 h")
    shows(slider(hers, "Jonas, alone"), "0 h")
    hers.mouse.up()
    shows(held, "9 h")

    assert 540 == hoped(home, TOGETHER)


def test_no_more_than_one_message_in_sixty_milliseconds(home, visit):
    one = visit(home)
    one.page.add_init_script(STAMP_WHAT_IS_SENT)
    page = open_board(one)
    together = slider(page, "Together")
    together.focus()
    settle(page)
    page.evaluate("window.sent = []")
    for key in ["ArrowRight"] * 12 + ["ArrowLeft"] * 12 + ["ArrowRight"]:
        page.keyboard.press(key)
    expect(bar(page, week_ahead(), "Together · 5 h 30 hoped for")).to_be_attached()
    settle(page)
    sent = page.evaluate("window.sent")

    assert 0 < len(sent) <= (sent[-1] - sent[0]) / EVERY + 2


def test_no_message_refers_to_one_that_a_fast_hand_has_outrun(sample, visit):
    one, kinds = visit(sample), []

    def hear(data):
        kinds.append(ForwardMsg.FromString(data).WhichOneof("type"))

    one.page.on("websocket", lambda socket: socket.on("framereceived", hear))
    page = open_board(one)
    press(slider(page, "Together"), "ArrowRight")
    choose(page, STEPS[3])

    assert "delta" in kinds
    assert "ref_hash" not in kinds


class TestABoardThatStaysAsItIs:
    """What changes nothing in the store is seen on one page."""

    @pytest.fixture(scope="class")
    @classmethod
    def page(cls, seen_sample, look):
        return open_board(look(seen_sample))

    def test_every_slide_says_whose_it_is_where_it_stands_and_what_is_planned(self, page):
        household = a_household()
        ranges = page.get_by_role("slider")
        names = [wording.strand(strand, household) for strand in household.strands()]
        expect(ranges).to_have_count(len(names))
        for number, name in enumerate(names):
            expect(ranges.nth(number)).to_have_accessible_name(name)
            expect(ranges.nth(number)).to_have_attribute(
                "aria-valuetext", wording.hours(int(ranges.nth(number).input_value()))
            )
        shades = r", the two of us .+ · all of us .+"
        said = re.compile(rf"^(\d+ h.*|\d+ min) planned, .+ to .+ is comfortable{shades}$")
        expect(ranges.first).to_have_accessible_description(said)
        for partner in household.partners:
            expect(page.get_by_role("heading", level=2, name=partner.name)).to_be_visible()

    def test_a_thumb_is_large_enough_for_a_finger(self, page):
        for width in (1360, 390):
            resize(page, width)
            boxes = [one.bounding_box() for one in page.get_by_role("slider").all()]

            assert all(box["height"] >= 24 for box in boxes), width
            assert all(a["y"] + a["height"] <= b["y"] for a, b in pairwise(boxes)), width
            thumb = "e => parseFloat(getComputedStyle(e, '::-webkit-slider-thumb').width)"
            assert 24 <= page.get_by_role("slider").first.evaluate(thumb), width
        resize(page, 1360)


# The script alone, for moments that no two hands meet by plan.

BEGIN = """async script => {
    const module = new Blob([script], { type: "text/javascript" });
    const { default: draw } = await import(URL.createObjectURL(module));
    window.sent = [];
    const setStateValue = (name, moved) => window.sent.push(moved);
    const parentElement = document.body;
    window.tell = (...slides) =>
        draw({ data: { most: 1200, step: 30, slides }, parentElement, setStateValue });
}"""


@pytest.fixture
def alone(visit, running):
    """A page with nothing but a board's script."""
    page = visit(running).page
    page.set_content(balance_board.HTML)
    page.evaluate(BEGIN, balance_board.SCRIPT)
    return page


def a_slide(name, hoped, **numbers):
    texts = {
        "group": "",
        "label": "Alone",
        "spoken": "Alone",
        "kind": "alone",
        "note": "",
        "why": "",
    }
    zero = {"planned": 0, "low": 0, "high": 60, "usual": 1200, "shades": {}}
    return texts | zero | numbers | {"name": name, "hoped": hoped}


def tell(page, *slides):
    page.evaluate("slides => window.tell(...slides)", list(slides))


def stands(page):
    return int(page.get_by_role("slider").first.input_value())


def test_an_answer_under_the_same_name_moves_nothing(alone):
    tell(alone, a_slide("x 0", 60))
    range_ = alone.get_by_role("slider").first
    press(range_, "ArrowRight", 2)
    tell(alone, a_slide("x 0", 90))  # an answer to what was brought before

    assert 120 == stands(alone)
    expect(range_).to_be_focused()
    tell(alone, a_slide("x 1", 300))
    assert 300 == stands(alone)
    expect(range_).to_be_focused()


def test_what_is_news_waits_until_a_resting_hand_lets_go(alone):
    tell(alone, a_slide("x 0", 60))
    grasp(alone, alone.get_by_role("slider").first, 60)
    tell(alone, a_slide("x 1", 300))

    assert 60 == stands(alone)
    alone.mouse.up()
    assert 300 == stands(alone)
    assert [] == alone.evaluate("window.sent")


def test_a_moving_hand_has_the_last_word_under_the_new_name(alone):
    tell(alone, a_slide("x 0", 60))
    range_ = alone.get_by_role("slider").first
    grasp(alone, range_, 60)
    drag(alone, range_, 600)
    alone.wait_for_function("window.sent.at(-1)['x 0'] === 600")
    tell(alone, a_slide("x 1", 300))

    assert 600 == stands(alone)
    alone.wait_for_function("window.sent.at(-1)['x 1'] === 600")
    alone.mouse.up()
    assert 600 == stands(alone)
    assert {"x 1": 600} == alone.evaluate("window.sent.at(-1)")


def test_the_first_value_goes_at_once_and_the_last_one_always(alone):
    tell(alone, a_slide("x 0", 60), a_slide("y 0", 60))
    alone.get_by_role("slider").first.evaluate(A_BURST, [90, 120, 150, 180])

    assert [{"x 0": 90}] == alone.evaluate("window.sent")
    alone.wait_for_function("window.sent.length === 2")
    assert {"x 0": 180} == alone.evaluate("window.sent.at(-1)")


def test_what_waits_goes_as_soon_as_a_slide_is_left(alone):
    tell(alone, a_slide("x 0", 60))
    range_ = alone.get_by_role("slider").first
    range_.focus()
    range_.evaluate(f"range => {{ ({A_BURST})(range, [90, 120]); range.blur(); }}")

    assert [{"x 0": 90}, {"x 0": 120}] == alone.evaluate("window.sent")


def test_a_household_with_fewer_strands_gets_a_board_of_its_own(alone):
    tell(alone, a_slide("x 0", 60), a_slide("y 0", 90, spoken="Jonas, alone"))
    tell(alone, a_slide("y 0", 90, spoken="Jonas, alone"))

    expect(alone.get_by_role("slider")).to_have_count(1)
    expect(alone.get_by_role("slider")).to_have_accessible_name("Jonas, alone")
    assert 90 == stands(alone)


def test_more_than_a_slide_holds_is_shown_at_its_end(alone):
    alone.add_style_tag(content=balance_board.STYLE)
    tell(alone, a_slide("x 0", 1200, planned=1500, low=960, high=1440))
    width = alone.evaluate("document.documentElement.scrollWidth")

    assert width <= alone.viewport_size["width"]
    expect(alone.locator(".there")).to_have_text("25 h")
    expect(alone.locator(".arrow")).to_be_visible()


def test_a_scale_ends_where_it_is_usual_and_goes_on_once_a_hand_is_at_its_end(alone):
    tell(alone, a_slide("x 0", 570, usual=600), a_slide("y 0", 60, usual=600))
    first, second = alone.get_by_role("slider").all()
    ends = [first, second]

    assert ["600", "600"] == [one.get_attribute("max") for one in ends]
    press(first, "ArrowRight")
    assert ["600", "600"] == [one.get_attribute("max") for one in ends]
    press(first, "ArrowRight")
    assert ["1200", "1200"] == [one.get_attribute("max") for one in ends]
    assert 630 == stands(alone)
    press(first, "ArrowLeft")
    first.blur()
    assert ["600", "600"] == [one.get_attribute("max") for one in ends]
    assert 600 == stands(alone)


def test_a_hand_that_lets_go_at_the_end_of_a_scale_finds_room_beyond_it(alone):
    alone.add_style_tag(content=balance_board.STYLE)
    tell(alone, a_slide("x 0", 300, usual=600))
    grasp(alone, alone.get_by_role("slider").first, 600)
    drag(alone, alone.get_by_role("slider").first, 1200)
    assert 600 == stands(alone)
    alone.mouse.up()
    tell(alone, a_slide("x 0", 600, usual=600))  # an answer
    grasp(alone, alone.get_by_role("slider").first, 600)
    drag(alone, alone.get_by_role("slider").first, 900)
    alone.mouse.up()

    assert 900 == stands(alone)


def test_a_hope_beyond_the_usual_scale_has_all_of_its_card_on_a_longer_one(alone):
    tell(alone, a_slide("x 0", 900, usual=600), a_slide("y 0", 60, usual=600))

    assert 900 == stands(alone)
    assert ["1200"] * 2 == [s.get_attribute("max") for s in alone.get_by_role("slider").all()]


def test_what_is_planned_beyond_the_scale_ends_in_an_arrow(alone):
    alone.add_style_tag(content=balance_board.STYLE)
    tell(alone, a_slide("x 0", 60, planned=600, usual=600))
    expect(alone.locator(".arrow")).to_have_css("display", "none")
    tell(alone, a_slide("x 0", 60, planned=630, usual=600))

    expect(alone.locator(".arrow")).to_have_css("display", "block")


def test_a_line_tells_what_is_planned_and_hoped_and_the_shades_stand_beneath(alone):
    shades = {"the two of us": 360, "all of us": 180}
    tell(alone, a_slide("x 0", 600, planned=540, shades=shades))

    assert ["Alone", "9 h", "10 h"] == alone.locator(".line > *").all_text_contents()
    assert ["the two of us 6 h", "all of us 3 h"] == alone.locator(".note span").all_text_contents()


def test_a_reason_stands_beneath_what_is_planned(alone):
    tell(alone, a_slide("x 0", 60, why="9 h of it while Maya is away"))

    expect(alone.locator(".note")).to_have_text("9 h of it while Maya is away")


def test_a_note_waits_under_the_hand_and_is_read(alone):
    tell(alone, a_slide("x 0", 60, note="2 h of it while Maya is out"))

    slide = alone.locator(".slide").first
    expect(slide).to_have_attribute("title", "2 h of it while Maya is out")
    described = alone.get_by_role("slider").first
    expect(described).to_have_accessible_description(re.compile("2 h of it while Maya is out$"))


def test_the_board_stays_where_it_is_whatever_is_said_of_it(sample, visit):
    page = open_board(visit(sample))
    together = slider(page, "Together")
    before = together.bounding_box()
    for season in ("Hard", "Roomy", "Usual"):
        page.get_by_role("radio", name=season, exact=True).click()
        settle(page)

        assert before == together.bounding_box()

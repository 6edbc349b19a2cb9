"""The week under a hand: by mouse, by finger, by keyboard; and what the store holds afterwards."""

import re
from bisect import bisect_right
from time import monotonic, sleep
from typing import NamedTuple

import pytest
from playwright.sync_api import expect

from rituals.model import local_time
from rituals.model.household import ONE, TWO, Kind
from rituals.model.ritual import Size
from rituals.model.time.formats import STANDARD
from rituals.planning import changes, review
from tests.browser.conftest import (
    ARTEFACTS,
    STEPS,
    choose,
    heading,
    in_grid,
    open_sheet,
    resize,
    settle,
    week_ahead,
)
from tests.support.notation import a_household, a_plan, an_instant, an_occurrence

HOUSEHOLD = a_household()
TO_BE_KEPT = 20  # seconds, on a busy machine
A_DAY_LATER = """(week, titles) => {
    const grabs = [...week.querySelectorAll(".lw-grab")];
    for (const title of titles) {
        const grab = grabs.find((one) => one.textContent.includes(title));
        for (const key of [" ", "ArrowRight", " "])
            grab.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
    }
}"""


@pytest.fixture
def week():
    return week_ahead(1)  # the one after, so that all of it is ahead on any day of the week


def plans(server, week):
    """Has a couple's week hold three evenings, a morning and a small moment."""
    date = {"ritual": "date", "title": "Date at home"}
    run = {"ritual": "run", "title": "A slow run", "kind": Kind.ALONE, "partner": ONE}
    with server.store() as store:
        plan = a_plan(
            an_occurrence("Tue 18:00-19:30", week=week, **date),
            an_occurrence("Thu 20:00-21:00", week=week, way="Ask what was hard"),
            an_occurrence("Sat 09:00-10:00", week=week, **run),
            an_occurrence(
                "Mon 07:00-07:05", week=week, ritual="kiss", title="Kiss", size=Size.SMALL
            ),
            week=week,
            hopes=changes.first_plan(week, HOUSEHOLD).hopes,
        )
        store.change_plan(plan, lambda plan: plan)
    return server


@pytest.fixture
def planned(home, week):
    return plans(home, week)


def open_week(page, week):
    page.get_by_role("button", name="Later").click()
    first = local_time.first_day(week, HOUSEHOLD)
    heading(page, f"The week of {STANDARD.short_day(first)}")
    choose(page, STEPS[3])
    # The step before has a grid of its own, which is there until this one's is drawn.
    expect(page.get_by_role("button", name="Other weeks")).to_be_visible()
    settle(page)
    return page


@pytest.fixture
def page(planned, visit, week):
    return open_week(visit(planned).open_page("sunday"), week)


def grab(page, title):
    return page.locator(".lw-grab").filter(has_text=title)


def kept(server, week, title):
    return next(o for o in server.plan(week).occurrences if o.title == title)


def lies(server, week, title):
    """Where an occurrence lies in the store: "Thu 20:00", minutes, and whether it is fixed."""
    o = kept(server, week, title)
    start = o.start.astimezone(HOUSEHOLD.tz)
    return f"{start:%a %H:%M}", o.minutes, o.fixed


def comes_to_lie(server, week, title):
    """The same once it was moved by hand, or after all the time that a busy machine may take."""
    until = monotonic() + TO_BE_KEPT
    while not kept(server, week, title).fixed and monotonic() < until:
        sleep(0.05)
    return lies(server, week, title)


def is_now(page, sentence):
    """Waits until the server has answered with an item of exactly this name."""
    expect(page.get_by_role("listitem", name=sentence, exact=True)).to_be_visible()
    expect(page.locator(".lw-held, .lw-going")).to_have_count(0)
    settle(page)


class Measure(NamedTuple):
    """Where the minutes of a day and its days lie on the page, in pixels."""

    top: float
    high: float
    day: float
    first: int
    tops: list[float]

    def down(self, y, hours):
        """The height that is some hours further down than another one."""
        return self.top + self.high * self._part(
            self._minute((y - self.top) / self.high) + 60 * hours
        )

    def _part(self, minute):
        hour, rest = divmod(minute - self.first, 60)
        above, below = self.tops[int(hour) : int(hour) + 2]
        return above + (below - above) * rest / 60

    def _minute(self, part):
        hour = bisect_right(self.tops, part) - 1
        above, below = self.tops[hour : hour + 2]
        return self.first + 60 * (hour + (part - above) / (below - above))


def measured(page):
    lanes = page.locator(".lw-lane").evaluate_all(
        "lanes => lanes.map(lane => lane.getBoundingClientRect().toJSON())"
    )
    scale = page.locator(".lw-hours").evaluate("hours => ({...hours.dataset})")
    tops = [float(top) for top in scale["tops"].split(",")]
    day = lanes[1]["x"] - lanes[0]["x"]
    return Measure(lanes[0]["y"], lanes[0]["height"], day, int(scale["first"]), tops)


def middle(locator, down=0.3):
    """Where to take hold of it, in one breath: an answer may draw it anew at any time."""
    box = locator.evaluate(
        """block => {
            block.scrollIntoView({ block: "nearest" });
            return block.getBoundingClientRect().toJSON();
        }"""
    )
    return box["x"] + box["width"] / 2, box["y"] + box["height"] * down


def drag(page, locator, *, days=0, hours=0.0, down=0.3):
    draw_over(page, middle(locator, down), measured(page), days, hours)


def draw_over(page, begins, measure, days, hours=0.0):
    """Takes what lies at a point of the page as many days and hours further."""
    x, y = begins
    end = measure.down(y, hours)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + days * measure.day / 2, (y + end) / 2, steps=4)
    page.mouse.move(x + days * measure.day, end, steps=4)
    page.mouse.up()


def refused(page, sentence):
    expect(page.locator(".lw-said")).to_have_text(sentence)
    expect(page.locator(".lw-held")).to_have_count(0)


def test_a_move_is_applied_once_however_often_the_page_runs(page, planned, week):
    drag(page, grab(page, "Late talk"), days=1)
    is_now(page, "Late talk, both of you, Friday 20:00 to 21:00, pinned")
    once = kept(planned, week, "Late talk").sequence
    choose(page, STEPS[4])
    choose(page, STEPS[3])
    is_now(page, "Late talk, both of you, Friday 20:00 to 21:00, pinned")

    assert (1, 1) == (once, kept(planned, week, "Late talk").sequence)


def test_two_moves_in_a_row_are_both_kept(page, planned, week):
    measure = measured(page)
    both = [middle(grab(page, title)) for title in ("Late talk", "A slow run")]
    for begins in both:
        draw_over(page, begins, measure, days=1)
    is_now(page, "Late talk, both of you, Friday 20:00 to 21:00, pinned")
    is_now(page, "A slow run, Maya, Sunday 09:00 to 10:00, pinned")

    assert ("Fri 20:00", 60, True) == lies(planned, week, "Late talk")
    assert ("Sun 09:00", 60, True) == lies(planned, week, "A slow run")


def test_moves_in_one_breath_are_all_kept_although_the_next_step_is_chosen(page, planned, week):
    page.locator(".lw-week").evaluate(A_DAY_LATER, ["Late talk", "A slow run", "Date at home"])
    page.get_by_role("radio", name=STEPS[4]).dispatch_event("click")
    expect(page.get_by_role("radio", name=STEPS[4])).to_be_checked()
    settle(page)

    assert ("Wed 18:00", 90, True) == comes_to_lie(planned, week, "Date at home")
    assert ("Fri 20:00", 60, True) == comes_to_lie(planned, week, "Late talk")
    assert ("Sun 09:00", 60, True) == comes_to_lie(planned, week, "A slow run")


# How many lines each word of a title takes.
LINES = """all => all.map((title) => title.textContent.split(" ").map((word, n, words) => {
  const range = document.createRange(), before = words.slice(0, n).join(" ").length + (n > 0);
  range.setStart(title.firstChild, before);
  range.setEnd(title.firstChild, before + word.length);
  return new Set([...range.getClientRects()].map((line) => line.top)).size;
}))"""


def test_a_long_word_is_smaller_before_it_breaks_with_a_hyphen(home, visit, week):
    evening = {"ritual": "children", "title": "Children's evening", "kind": Kind.SOLO}
    hers = an_occurrence("Wed 18:00-19:30", week=week, partner=ONE, **evening)
    his = an_occurrence("Wed 18:00-19:30", week=week, partner=TWO, **evening)
    with home.store() as store:
        store.change_plan(a_plan(hers, his, week=week), lambda plan: plan)
    page = open_week(visit(home).open_page("sunday"), week)
    titles, breaks = page.locator(".lw-grab b"), {}
    expect(titles).to_have_count(2)

    assert [[1, 1]] * 2 == titles.evaluate_all(LINES)
    for width in (1360, 1000):
        resize(page, width)
        texts = titles.evaluate_all("all => all.map(title => title.textContent)")
        breaks[width] = ["\u00ad" in text for text in texts]

    assert {1360: [False] * 2, 1000: [True] * 2} == breaks


def test_keys_move_stretch_and_put_back(page, planned, week):
    talk = grab(page, "Late talk")
    for key in ("Space", "ArrowRight", "ArrowDown", "ArrowDown", "Shift+ArrowDown"):
        talk.press(key)
    expect(page.locator(".lw-unseen")).to_have_text("Late talk, both of you, Friday 20:30 to 21:45")
    talk.press("Escape")
    is_now(page, "Late talk, both of you, Thursday 20:00 to 21:00")
    for key in ("Space", "ArrowLeft", "ArrowUp", "Shift+ArrowUp", "Space"):
        talk.press(key)
    is_now(page, "Late talk, both of you, Wednesday 19:45 to 20:30, pinned")
    expect(talk).to_be_focused()

    assert lies(planned, week, "Late talk") == ("Wed 19:45", 45, True)


def test_a_block_is_pinned_unpinned_and_left_out_in_its_sheet(page, planned, week):
    sheet = open_sheet(page, "Late talk")
    sheet.get_by_role("button", name="Pin", exact=True).click()
    expect(sheet.get_by_role("button", name="Unpin")).to_be_visible()
    settle(page)

    assert lies(planned, week, "Late talk") == ("Thu 20:00", 60, True)

    sheet.get_by_role("button", name="Unpin").click()
    expect(sheet.get_by_role("button", name="Pin", exact=True)).to_be_visible()
    sheet.get_by_role("button", name="Leave out").click()
    expect(sheet).to_be_hidden()
    expect(in_grid(page, "Late talk")).to_have_count(0)
    settle(page)

    assert not kept(planned, week, "Late talk").fixed
    assert kept(planned, week, "Late talk").let_go


def at_middle(page, locator):
    """One press where it lies, whatever lies over it."""
    box = locator.bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def test_a_press_beside_the_sheet_closes_it_and_is_heard(page):
    sheet = open_sheet(page, "Late talk")
    at_middle(page, grab(page, "A slow run"))
    other = page.get_by_role("dialog", name="A slow run")
    expect(other).to_be_visible()
    expect(sheet).to_have_count(0)
    other.get_by_role("button", name="Longer").click()
    expect(other).to_contain_text("09:00–10:15")
    at_middle(page, page.get_by_role("button", name="Undo").first)
    expect(other).to_have_count(0)
    expect(in_grid(page, "A slow run")).to_have_attribute("title", re.compile("^09:00 to 10:00"))
    open_sheet(page, "Late talk")
    at_middle(page, page.get_by_role("radio", name=STEPS[1]))
    expect(sheet).to_have_count(0)

    expect(page.get_by_role("radio", name=STEPS[1])).to_be_checked()


def test_the_sheet_moves_and_stretches_and_says_what_lies_there(page, planned, week):
    sheet = open_sheet(page, "Late talk")
    sheet.get_by_role("button", name="Longer").click()
    expect(sheet).to_contain_text("Thursday 20:00–21:15")
    sheet.get_by_role("button", name="Move").click()
    sheet.get_by_role("combobox", name="Day").select_option("Tuesday")
    sheet.get_by_label("From").fill("18:30")
    sheet.get_by_role("button", name="Move").click()
    expect(sheet).to_contain_text("Date at home is there already, from Tuesday 18:00.")
    sheet.get_by_role("button", name="Move").click()
    sheet.get_by_role("combobox", name="Day").select_option("Friday")
    sheet.get_by_label("From").fill("19:30")
    sheet.get_by_role("button", name="Move").click()
    expect(sheet).to_contain_text("Friday 19:30–20:45")
    settle(page)

    assert ("Fri 19:30", 75, True) == lies(planned, week, "Late talk")


def test_a_change_is_taken_back_by_the_toast_and_by_the_keyboard(page, planned, week):
    grab(page, "Late talk").press("Delete")
    expect(in_grid(page, "Late talk")).to_have_count(0)
    page.locator(".lw-toast").get_by_role("button", name="Undo").click()
    is_now(page, "Late talk, both of you, Thursday 20:00 to 21:00")
    grab(page, "Late talk").press("p")
    is_now(page, "Late talk, both of you, Thursday 20:00 to 21:00, pinned")
    grab(page, "Late talk").press("Control+z")
    is_now(page, "Late talk, both of you, Thursday 20:00 to 21:00")

    assert not kept(planned, week, "Late talk").fixed


def test_p_pins_and_delete_leaves_out_and_the_focus_stays_in_the_week(page, planned, week):
    talk = grab(page, "Late talk")
    talk.press("p")
    is_now(page, "Late talk, both of you, Thursday 20:00 to 21:00, pinned")
    expect(talk).to_be_focused()
    talk.press("Delete")
    expect(in_grid(page, "Late talk")).to_have_count(0)
    expect(grab(page, "A slow run")).to_be_focused()
    settle(page)

    assert kept(planned, week, "Late talk").let_go


def lower_edge(one):
    box = one.bounding_box()
    return box["y"] + box["height"]


def test_other_weeks_lie_whole_above_the_week(home, visit, week):
    page = open_week(visit(home).open_page("sunday"), week)
    choose(page, STEPS[2])
    page.get_by_role("button", name="Suggest a first week").click()
    expect(page.get_by_role("button", name="Suggest another")).to_be_visible()
    settle(page)
    choose(page, STEPS[3])
    page.get_by_role("button", name="Other weeks").click()
    texts = page.locator("[class*=st-key-other-week-text]")
    takes = texts.get_by_role("button")
    expect(page.get_by_role("button", name="Take this week").first).to_be_visible()
    band, leave = page.locator(".st-key-band"), page.get_by_role("button", name="Leave it as")
    wrong = {}
    for size in ((1360, 900), (1360, 720), (1024, 768)):
        resize(page, *size)
        tops = [one.bounding_box()["y"] for one in texts.all()]
        cut = [one for one in takes.all() if lower_edge(one) > lower_edge(band)]
        if not len(takes.all()) == len(tops) >= 1 or cut or lower_edge(leave) >= min(tops):
            wrong[size] = (tops, lower_edge(leave), len(cut))

    assert {} == wrong


def test_a_refusal_moves_nothing_and_takes_no_press(page):
    page.set_viewport_size({"width": 1360, "height": 560})
    end = page.get_by_test_id("stMain")
    drag(page, grab(page, "Late talk"), days=-2, hours=-1)
    refused(page, "Date at home is there already, from Tuesday 18:00.")
    end.evaluate("main => main.scrollTo(0, main.scrollHeight)")
    where = page.locator(".lw-week").bounding_box()
    grab(page, "Late talk").press("Space")  # which takes the sentence away

    expect(page.locator(".lw-said")).to_be_empty()
    assert where == page.locator(".lw-week").bounding_box()
    page.keyboard.press("Escape")
    drag(page, grab(page, "Late talk"), days=-2, hours=-1)
    refused(page, "Date at home is there already, from Tuesday 18:00.")
    end.evaluate("main => main.scrollBy(0, -200)")  # now the sentence lies over the block
    drag(page, grab(page, "Late talk"), days=1)
    is_now(page, "Late talk, both of you, Friday 20:00 to 21:00, pinned")


def test_the_server_has_the_last_word_and_the_block_goes_back(page, planned, week):
    """Somebody else has put something there since this browser looked."""
    with planned.store() as store:
        friday = an_occurrence("Fri 20:00-21:00", week=week, ritual="talk", title="Sunday talk")
        store.change_plan(planned.plan(week), lambda plan: review.add_spontaneous(plan, friday))
    for _ in range(2):  # the same sentence twice is an answer twice
        drag(page, grab(page, "Late talk"), days=1)
        refused(page, "Sunday talk is there already, from Friday 20:00.")
        is_now(page, "Late talk, both of you, Thursday 20:00 to 21:00")

    assert lies(planned, week, "Late talk") == ("Thu 20:00", 60, False)


def finger(page):
    session = page.context.new_cdp_session(page)

    def touch(kind, *points):
        session.send(
            "Input.dispatchTouchEvent",
            {"type": kind, "touchPoints": [{"x": x, "y": y} for x, y in points]},
        )

    return touch


SCROLLED = "() => document.querySelector('[data-testid=stMain]').scrollTop"


def test_a_finger_that_rests_picks_up_and_moves(planned, visit, week):
    page = open_week(visit(planned, touch=True).open_page("sunday"), week)
    measure = measured(page)
    x, y = middle(grab(page, "Late talk"))
    before = page.evaluate(SCROLLED)
    touch = finger(page)
    touch("touchStart", (x, y))
    expect(page.locator(".lw-held")).to_have_count(1)
    for part in (0.3, 0.6, 1):
        touch("touchMove", (x + measure.day * part, measure.down(y, -2 * part)))
    touch("touchEnd")
    is_now(page, "Late talk, both of you, Friday 18:00 to 19:00, pinned")

    assert page.evaluate(SCROLLED) == before
    assert lies(planned, week, "Late talk") == ("Fri 18:00", 60, True)


def test_a_finger_that_moves_at_once_scrolls_the_page(planned, visit, week):
    page = open_week(visit(planned, touch=True).open_page("sunday"), week)
    page.set_viewport_size({"width": 1360, "height": 560})
    page.get_by_test_id("stMain").evaluate("main => main.scrollTo(0, main.scrollHeight)")
    x, y = middle(grab(page, "Late talk"))
    before = page.evaluate(SCROLLED)
    touch = finger(page)
    touch("touchStart", (x, y))
    for down in range(20, 200, 20):
        touch("touchMove", (x, y + down))
    touch("touchEnd")
    page.wait_for_function(f"before => ({SCROLLED})() < before", arg=before)
    expect(page.locator(".lw-held")).to_have_count(0)

    assert 0 == kept(planned, week, "Late talk").sequence


def test_on_a_phone_nothing_is_dragged_but_it_can_be_fixed_and_let_go(planned, visit, week):
    page = open_week(visit(planned, touch=True, width=390).open_page("sunday"), week)
    x, y = middle(grab(page, "Late talk"))
    touch = finger(page)
    touch("touchStart", (x, y))
    page.wait_for_timeout(400)  # longer than a finger has to rest elsewhere
    expect(page.locator(".lw-held")).to_have_count(0)
    touch("touchEnd")
    grab(page, "Late talk").press("Space")
    expect(page.locator(".lw-held")).to_have_count(0)
    grab(page, "Late talk").tap()
    sheet = page.get_by_role("dialog", name="Late talk")
    sheet.get_by_role("button", name="Pin", exact=True).tap()
    expect(sheet.get_by_role("button", name="Unpin")).to_be_visible()
    sheet.get_by_role("button", name="Leave out").tap()
    expect(in_grid(page, "Late talk")).to_have_count(0)
    settle(page)

    assert kept(planned, week, "Late talk").let_go


def test_the_week_behind_is_only_looked_at(planned, visit):
    last = week_ahead(-1)  # it has begun on any day of the week
    with planned.store() as store:
        evening = an_occurrence("Thu 20:00-21:00", week=last)
        store.change_plan(a_plan(evening, week=last), lambda plan: plan)
    page = visit(planned).open_page("sunday")
    heading(page, f"The week of {STANDARD.short_day(local_time.first_day(last + 1, HOUSEHOLD))}")
    choose(page, STEPS[0])
    is_now(page, "Late talk, both of you, Thursday 20:00 to 21:00")
    sheet = open_sheet(page, "Late talk")
    expect(sheet.get_by_role("button")).to_have_count(1)  # which closes it


def test_the_hour_is_the_households_in_whatever_zone_the_browser_is(planned, visit, week):
    page = open_week(visit(planned, zone="Pacific/Auckland").open_page("sunday"), week)
    drag(page, grab(page, "Late talk"), days=1)
    is_now(page, "Late talk, both of you, Friday 20:00 to 21:00, pinned")

    assert an_instant("Fri 20:00", week) == kept(planned, week, "Late talk").start


def test_what_people_wrote_is_text_and_never_markup(planned, visit, week):
    title = "<img src=x onerror=alert(1)> & <b>us</b>"
    with planned.store() as store:
        odd = an_occurrence("Sun 15:00-17:00", week=week, ritual="odd", title=title, partner=TWO)
        store.change_plan(planned.plan(week), lambda plan: review.add_spontaneous(plan, odd))
    page = open_week(visit(planned).open_page("sunday"), week)
    is_now(page, f"{title}, Jonas, Sunday 15:00 to 17:00")
    expect(page.locator(".lw-week img, .lw-grab b b")).to_have_count(0)


CUT = """all => all.map(e =>
    [e.textContent, e.scrollHeight - e.clientHeight, e.scrollWidth - e.clientWidth])
    .filter(([, down, across]) => down > 1 || across > 1)"""


class OnOnePage:
    """One page of the planned week, for tests of which none is in another one's way."""

    @pytest.fixture(scope="class")
    @classmethod
    def planned(cls, seen_home):
        return plans(seen_home, week_ahead(1))

    @pytest.fixture(scope="class")
    @classmethod
    def opened(cls, planned, look):
        return open_week(look(planned).open_page("sunday"), week_ahead(1))

    @pytest.fixture
    def page(self, opened):
        yield opened
        opened.emulate_media(media="screen")
        opened.keyboard.press("Escape")
        expect(opened.get_by_role("dialog")).to_have_count(0)


class TestEachMovesABlockOfItsOwn(OnOnePage):
    """What one of them moves, none of the others looks at."""

    def test_a_mouse_moves_by_quarters_and_days_and_what_it_moved_is_fixed(
        self, page, planned, week
    ):
        drag(page, grab(page, "Late talk"), days=1, hours=-1.2)
        is_now(page, "Late talk, both of you, Friday 18:45 to 19:45, pinned")

        assert lies(planned, week, "Late talk") == ("Fri 18:45", 60, True)

    def test_the_lower_edge_makes_it_longer(self, page, planned, week):
        drag(page, grab(page, "A slow run"), hours=0.5, down=0.97)
        is_now(page, "A slow run, Maya, Saturday 09:00 to 10:30, pinned")

        assert lies(planned, week, "A slow run") == ("Sat 09:00", 90, True)

    def test_small_moments_may_lie_anywhere(self, page, planned, week):
        kiss = grab(page, "Kiss")
        drag(page, kiss, days=1, hours=11.5)
        is_now(page, "Kiss, both of you, Tuesday 18:30 to 18:35, pinned")

        assert lies(planned, week, "Kiss") == ("Tue 18:30", 5, True)

    def test_a_length_says_that_it_pins_and_a_button_that_does_nothing_why(
        self, page, planned, week
    ):
        sheet = open_sheet(page, "Date at home")
        sheet.get_by_role("button", name="Shorter").click()
        expect(page.locator(".lw-toast")).to_contain_text("Shorter and pinned: Date at home")
        assert ("Tue 18:00", 75, True) == comes_to_lie(planned, week, "Date at home")
        longer = sheet.get_by_role("button", name="Longer")
        while longer.get_attribute("aria-disabled") is None:
            longer.click()
            settle(page)
        reason = longer.get_attribute("title")
        assert re.fullmatch(r"It takes .* at most\.", reason)
        longer.click(force=True)  # which no disabled button would hear

        expect(sheet.get_by_text(reason)).to_be_visible()


class TestOneWeekThatStaysAsItIs(OnOnePage):
    """What moves nothing in the store is seen on one page."""

    def test_arrows_go_from_one_to_the_next_and_tell_the_way(self, page):
        grab(page, "Kiss").focus()
        page.keyboard.press("ArrowDown")
        expect(grab(page, "Date at home")).to_be_focused()
        page.keyboard.press("ArrowRight")
        expect(grab(page, "Late talk")).to_be_focused()
        expect(page.locator(".lw-detail")).to_have_text("Ask what was hard")

    def test_the_sheet_says_what_whose_when_and_why_and_the_focus_goes_back(self, page):
        sheet = open_sheet(page, "A slow run")
        expect(sheet).to_contain_text("Maya · Saturday 09:00–10:00")
        page.keyboard.press("Escape")
        expect(sheet).to_be_hidden()
        expect(grab(page, "A slow run")).to_be_focused()
        page.keyboard.press("Enter")
        expect(sheet).to_be_visible()
        page.mouse.click(5, 5)
        expect(sheet).to_be_hidden()

    def test_a_press_on_its_block_or_a_free_hour_only_closes_the_sheet(self, page):
        sheet = open_sheet(page, "Late talk")
        at_middle(page, grab(page, "Late talk"))
        expect(sheet).to_have_count(0)
        open_sheet(page, "Late talk")
        x, y = middle(grab(page, "Date at home"))
        page.mouse.click(x, measured(page).down(y, -5))
        settle(page)

        expect(page.get_by_role("dialog")).to_have_count(0)

    def test_the_help_closes_by_escape_and_by_a_press_elsewhere(self, page):
        asks, key = page.locator(".lw-help summary"), page.locator(".lw-help .lw-key")
        asks.click()
        expect(key).to_be_visible()
        key.click()  # in it
        page.wait_for_timeout(100)
        expect(key).to_be_visible()
        page.keyboard.press("Escape")
        expect(key).to_be_hidden()
        asks.click()
        expect(key).to_be_visible()
        page.get_by_role("heading", level=1).click()
        expect(key).to_be_hidden()
        asks.click()
        expect(key).to_be_visible()
        open_sheet(page, "Late talk")
        expect(key).to_be_hidden()

    def test_a_drop_on_what_lies_there_is_refused_at_once_and_goes_back(self, page, planned, week):
        drag(page, grab(page, "Late talk"), days=-2, hours=-1)
        refused(page, "Date at home is there already, from Tuesday 18:00.")
        expect(in_grid(page, "Late talk")).to_have_attribute("title", re.compile("^20:00 to 21:00"))

        assert lies(planned, week, "Late talk") == ("Thu 20:00", 60, False)

    def test_escape_puts_back_what_a_mouse_holds(self, page, planned, week):
        measure = measured(page)
        x, y = middle(grab(page, "Late talk"))
        page.mouse.move(x, y)
        page.mouse.down()
        page.mouse.move(x + measure.day, measure.down(y, -1), steps=4)
        expect(page.locator(".lw-held")).to_have_count(1)
        page.keyboard.press("Escape")
        page.mouse.move(x, y, steps=2)
        page.mouse.up()
        is_now(page, "Late talk, both of you, Thursday 20:00 to 21:00")

        assert 0 == kept(planned, week, "Late talk").sequence

    def test_in_print_every_text_is_whole_and_no_button_is_left(self, page):
        page.emulate_media(media="print")
        expect(page.locator(".lw-help").filter(visible=True)).to_have_count(0)
        expect(page.locator(".lw-time").filter(visible=True)).to_have_count(4)
        page.screenshot(path=ARTEFACTS / "week-print.png", full_page=True)

        assert [] == page.locator(".lw-grab, .lw-text").evaluate_all(CUT)

    def test_every_button_of_the_sheet_is_large_enough_for_a_mouse_and_a_finger(self, page):
        small = {}
        for width, least in ((390, 44), (1360, 24)):
            resize(page, width)
            sheet = open_sheet(page, "Late talk")
            boxes = [button.bounding_box() for button in sheet.get_by_role("button").all()]
            small[width] = [box for box in boxes if min(box["width"], box["height"]) < least]
            page.keyboard.press("Escape")

            assert len(boxes) >= 7

        assert {1360: [], 390: []} == small

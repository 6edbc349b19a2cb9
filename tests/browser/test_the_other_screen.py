"""What the other one changes comes without a reload, and takes nothing out of one's hands."""

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from pages.frame import live_reload
from rituals.model import totals, wording
from rituals.model.calendar import Calendar, Origin
from rituals.model.household import ONE, Kind, Strand
from rituals.model.plan import Season
from rituals.planning import catalogue, changes
from tests.browser.conftest import (
    BROKEN,
    STEPS,
    Leavewell,
    a_week_behind,
    bar,
    change_ritual,
    choose,
    in_grid,
    settle,
    slider,
    turn_to,
    week_ahead,
)
from tests.support import postgres as real
from tests.support.notation import a_household, a_plan, a_span, an_occurrence

TOGETHER = Strand(Kind.TOGETHER)
STANDS = "() => [...document.querySelectorAll('details')].every(e => !e.getAnimations().length)"
SOON = 5_000  # ms: two seconds, and as much again for a busy machine
A_LOOK = 2_500  # ms in which there was at least one
HOUSEHOLD = a_household()
SCROLLED = "() => document.querySelector('[data-testid=stMain]').scrollTop"


@pytest.fixture
def home(home):
    return a_week_behind(home)


def elsewhere(server, how, week=None):
    """Another screen changes the week."""
    there = week or week_ahead()
    with server.store() as store:
        store.change_plan(changes.first_plan(there, HOUSEHOLD), how)


def hopes(minutes):
    return lambda plan: changes.with_hope(plan, TOGETHER, minutes)


def comes(page, hours):
    """Waits until the band above the week says what another screen hopes for."""
    in_bars = page.locator(".lw-bars").filter(has_text=f"hoped {hours}")
    there = bar(page, week_ahead(), f"Together · {hours} hoped for").or_(in_bars)
    expect(there).to_be_attached(timeout=SOON)
    settle(page)


def in_time(page, holds):
    """Whether something comes to hold; a run may take a moment to begin."""
    for _ in range(50):
        if holds():
            return True
        page.wait_for_timeout(100)
    return False


def look_back(page):
    choose(page, STEPS[0])
    return page


def test_a_slide_moved_elsewhere_moves_here(home, visit):
    hers, his = (visit(home).open_page("sunday") for _ in range(2))
    for page in (hers, his):
        choose(page, STEPS[1])
    slider(hers, "Together").press("ArrowRight")

    expect(slider(his, "Together")).to_have_attribute("aria-valuetext", "5 h 30", timeout=SOON)
    comes(his, "5 h 30")


def test_every_step_of_the_sitting_hears_of_it(home, visit):
    page = visit(home).open_page("sunday")
    for step, season, said in (
        (0, Season.HARD, "Hard"),
        (2, Season.CALM, "Roomy"),
        (3, Season.USUAL, "Usual"),
        (4, Season.HARD, "hoped 2 h 30"),
    ):
        turn_to(page, STEPS[step])
        settle(page)
        elsewhere(home, lambda plan, season=season: changes.in_season(plan, season))

        if step == len(STEPS) - 1:  # where it is settled
            expect(page.locator(".lw-bars"), STEPS[step]).to_contain_text(said, timeout=SOON)
        else:
            radio = page.get_by_role("radio", name=said)
            expect(radio, STEPS[step]).to_be_checked(timeout=SOON)


def test_every_other_page_hears_of_it(home, visit):
    pages = {
        place: visit(home).open_page(place)
        for place in ("our-weeks", "our-rituals", "calendars", "household")
    }
    kiss = catalogue.load(catalogue.SUGGESTED)["goodnight-kiss"]
    with home.store() as store:
        store.save_ritual(replace(kiss, title="A kiss at last"))
        store.save_calendar(Calendar("c", ONE, "Choir", Origin.FILE, "choir.ics"))
        one, two = HOUSEHOLD.partners
        store.save_household(replace(HOUSEHOLD, partners=(replace(one, name="Mia"), two)))

    sits = pages["our-weeks"].get_by_role("radiogroup", name="Who sits here")
    expect(sits.get_by_role("radio", name="Mia")).to_be_visible(timeout=SOON)
    cards = pages["our-rituals"].get_by_role("heading", name="A kiss at last")
    expect(cards).to_be_visible(timeout=SOON)
    expect(pages["calendars"].get_by_text("Choir", exact=True)).to_be_visible(timeout=SOON)
    named = pages["household"].get_by_role("button", name="Change Mia and Jonas")
    expect(named).to_be_visible(timeout=SOON)


def test_an_open_list_a_word_and_half_a_sentence_stay_with_the_hand(sample, visit):
    page = look_back(visit(sample).open_page("sunday"))
    page.locator("summary", has_text="More").click()
    settle(page)
    an_open_list_stays(page, sample)
    a_word_in_a_form_stays(page, sample)
    half_a_sentence_stays(page, sample)


def half_a_sentence_stays(page, sample):
    page.get_by_text("Something I noticed").click()
    page.get_by_role("radio", name="From Maya").click()
    text = page.get_by_role("textbox", name="What you noticed")
    text.scroll_into_view_if_needed()
    text.press_sequentially("You brought me ")
    settle(page)
    before = page.evaluate(SCROLLED)
    elsewhere(sample, hopes(900))
    comes(page, "15 h")

    expect(text).to_be_focused()
    expect(text).to_have_value("You brought me ")
    assert before == page.evaluate(SCROLLED)
    page.keyboard.type("coffee")
    page.get_by_role("button", name="Share it").click()
    expect(page.get_by_text("“You brought me coffee”")).to_be_visible()
    settle(page)


def an_open_list_stays(page, sample):
    page.wait_for_function(STANDS)  # a list closes where its place moves
    page.get_by_role("combobox", name="Another week").click()
    options = page.get_by_role("option")
    expect(options.first).to_be_visible()
    elsewhere(sample, hopes(780))
    comes(page, "13 h")

    expect(options.first).to_be_visible()
    page.keyboard.press("Escape")


def a_word_in_a_form_stays(page, sample):
    page.get_by_text("A week off?").click()
    word = page.get_by_role("textbox", name="Or a word of your own")
    word.press_sequentially("Gran")
    elsewhere(sample, hopes(840))
    comes(page, "14 h")

    expect(word).to_be_focused()
    expect(word).to_have_value("Gran")


def test_a_number_stays_while_it_is_typed(sample, visit):
    page = visit(sample).open_page("sunday")
    choose(page, STEPS[2])
    change_ritual(page, "Goodbye kiss")
    number = page.get_by_role("spinbutton").first
    number.fill("4")
    elsewhere(sample, hopes(780))
    comes(page, "13 h")

    expect(number).to_be_focused()
    expect(number).to_have_value("4")
    number.press("Enter")
    settle(page)
    expect(number).to_have_value("4")
    assert in_time(page, lambda: 4 in {c.times for c in sample.plan(week_ahead()).choices})


def test_names_half_typed_stay_while_the_week_changes(home, visit):
    page = visit(home).open_page("household")
    page.get_by_role("button", name=re.compile("^Change")).first.click()
    name = page.get_by_role("textbox", name="The other of you")
    name.fill("Jon")
    elsewhere(home, hopes(780))
    page.wait_for_timeout(A_LOOK)

    expect(name).to_be_focused()
    expect(name).to_have_value("Jon")


def test_a_popover_stays_open(home, visit):
    page = visit(home).open_page("calendars")
    page.get_by_role("tab", name="A server").click()
    page.get_by_text("What is my server’s address?").first.click()
    inside = page.get_by_test_id("stPopoverBody")
    expect(inside).to_be_visible()
    elsewhere(home, hopes(780))
    page.wait_for_timeout(A_LOOK)

    expect(inside).to_be_visible()


def test_an_open_form_over_the_page_is_left_alone_and_catches_up(home, visit):
    page = visit(home).open_page("our-rituals")
    page.get_by_role("button", name="Change", exact=True).first.click()
    form = page.get_by_role("dialog")
    form.locator("summary").filter(has_text="More").click()
    ways = form.get_by_role("textbox", name="Ideas for it, one in each line")
    ways.fill("Under the stars")
    kiss = catalogue.load(catalogue.SUGGESTED)["goodnight-kiss"]
    with home.store() as store:
        store.save_ritual(replace(kiss, title="A kiss at last"))
    page.wait_for_timeout(A_LOOK)

    expect(ways).to_be_focused()
    expect(ways).to_have_value("Under the stars")
    expect(page.get_by_role("heading", name="A kiss at last")).to_have_count(0)
    form.get_by_role("button", name="Not now").click()
    expect(page.get_by_role("heading", name="A kiss at last")).to_be_visible(timeout=SOON)


def with_two_blocks(home, visit):
    """The week's step with a talk on Thursday and a run on Saturday."""
    week = week_ahead()
    talk = an_occurrence("Thu 20:00-21:00", week=week)
    run = an_occurrence("Sat 09:00-10:00", week=week, ritual="run", title="A slow run", id="run")
    elsewhere(home, lambda _: a_plan(talk, run, week=week), week)
    page = visit(home).open_page("sunday")
    choose(page, STEPS[3])
    return page


def the_run_moves_elsewhere(home):
    week = week_ahead()
    sunday, now = a_span("Sun 10:00-11:00", week), datetime.now(UTC)
    elsewhere(home, lambda plan: changes.move(plan, "run", sunday, True, now), week)


def both_have_moved(page):
    friday = "Late talk, both of you, Friday 20:00 to 21:00, pinned"
    expect(page.get_by_role("listitem", name=friday, exact=True)).to_be_visible()
    expect(in_grid(page, "A slow run")).to_have_attribute("aria-label", re.compile("Sunday 10:00"))


def test_a_block_in_a_hand_stays_there_while_another_one_moves(home, visit):
    page = with_two_blocks(home, visit)
    held = page.locator(".lw-grab").filter(has_text="Late talk")
    for key in ("Space", "ArrowRight"):
        held.press(key)
    the_run_moves_elsewhere(home)
    page.wait_for_timeout(A_LOOK)

    expect(page.locator(".lw-held")).to_have_count(1)
    page.keyboard.press("Space")
    both_have_moved(page)


def test_a_block_that_is_pressed_waits_for_the_hand_although_the_week_changes(home, visit):
    """A press that has not moved yet: what is drawn anew beneath it would take it away."""
    page = with_two_blocks(home, visit)
    block = page.locator(".lw-grab").filter(has_text="Late talk")
    block.scroll_into_view_if_needed()
    box, day = block.bounding_box(), page.locator(".lw-day").first.bounding_box()["width"]
    at = box["x"] + box["width"] / 2, box["y"] + box["height"] / 3
    page.mouse.move(*at)
    page.mouse.down()
    the_run_moves_elsewhere(home)
    page.wait_for_timeout(A_LOOK)
    page.mouse.move(at[0] + day, at[1], steps=8)
    page.mouse.up()

    both_have_moved(page)


def test_what_both_set_is_said_and_taken_back(home, visit):
    hers, his = (visit(home).open_page("sunday") for _ in range(2))
    for page in (hers, his):
        choose(page, STEPS[1])
    slider(hers, "Together").press("ArrowRight")
    expect(slider(his, "Together")).to_have_attribute("aria-valuetext", "5 h 30", timeout=SOON)
    slider(his, "Together").press("End")
    card = hers.get_by_role("status").filter(has_text="you had set")
    expect(card).to_have_text("Together: 20 h hoped for now; you had set 5 h 30.")
    hers.get_by_role("button", name="Take mine back").click()
    expect(card).to_have_count(0)
    expect(slider(hers, "Together")).to_have_attribute("aria-valuetext", "5 h 30")
    told = his.get_by_role("status").filter(has_text="you had set")
    expect(told).to_have_text("Together: 5 h 30 hoped for now; you had set 20 h.")
    his.get_by_role("button", name="All right").click()
    expect(told).to_have_count(0)
    assert 330 == totals.hoped(home.plan(week_ahead()), TOGETHER)


def test_what_is_said_over_the_page_moves_nothing_in_it(home, visit):
    week = week_ahead()
    talk = an_occurrence("Thu 20:00-21:00", week=week)
    elsewhere(home, lambda _: a_plan(talk, week=week), week)
    page = visit(home).open_page("sunday")
    choose(page, STEPS[3])
    for key in ("Space", "ArrowRight", "Space"):
        page.locator(".lw-grab").press(key)
    friday = "Late talk, both of you, Friday 20:00 to 21:00, pinned"
    expect(page.get_by_role("listitem", name=friday, exact=True)).to_be_visible()
    settle(page)
    page.get_by_test_id("stMain").evaluate("main => main.scrollTo(0, 0)")  # the focus stays below
    heading = page.get_by_role("heading", level=1)
    before = heading.bounding_box()
    sunday = a_span("Sun 10:00-11:00", week)
    elsewhere(home, lambda p: changes.move(p, talk.id, sunday, True, talk.created), week)

    expect(page.get_by_role("button", name="Take mine back")).to_be_visible(timeout=SOON)
    settle(page)
    assert before == heading.bounding_box()


def test_a_store_that_does_not_answer_is_asked_again(visit, tmp_path):
    with real.running() as postgres, postgres.database() as name:
        server = Leavewell(tmp_path)
        server.database = postgres.url(name)
        server.start()
        server.fill(HOUSEHOLD)
        one = visit(server)
        one.may_lose_server = True
        page = one.open_page("sunday")
        choose(page, STEPS[1])
        postgres.stop()
        page.wait_for_timeout(A_LOOK)

        expect(page.get_by_text(BROKEN)).to_have_count(0)
        expect(slider(page, "Together")).to_be_visible()
        postgres.start()
        elsewhere(server, hopes(780))
        expect(slider(page, "Together")).to_have_attribute("aria-valuetext", wording.hours(780))
        settle(page)
        postgres.stop()
        slider(page, "Together").press("ArrowRight")
        expect(page.get_by_text("it does not answer just now")).to_be_visible()
        postgres.start()
        expect(page.get_by_text("it does not answer just now")).to_have_count(0)
        settle(page)
        expect(slider(page, "Together")).to_have_attribute("aria-valuetext", wording.hours(810))
        assert 810 == totals.hoped(server.plan(week_ahead()), TOGETHER)
        server.stop()


def test_words_that_are_shown_once_stay_until_they_are_written_down(home, visit):
    page = visit(home).open("surprises?who=Maya")
    for label in ("A PIN of your own", "Once more, to be sure"):
        page.get_by_label(label).fill("rosemary")
    page.get_by_text("Recovery words too").click()
    page.get_by_role("button", name="Set the PIN").click()
    shown = page.get_by_text("These are your recovery words")
    expect(shown).to_be_visible()
    elsewhere(home, hopes(480))
    page.wait_for_timeout(A_LOOK)

    expect(shown).to_be_visible()
    page.get_by_role("button", name="I have written them down").click()
    expect(shown).to_have_count(0)


# The script alone, for moments that come too seldom to wait for.

BEGIN = """async ([script, where]) => {
    const module = new Blob([script], { type: "text/javascript" });
    const { default: draw } = await import(URL.createObjectURL(module));
    const app = document.body.appendChild(document.createElement("div"));
    const parentElement = document.body.appendChild(document.createElement("div"));
    app.dataset.testid = "stApp";
    app.append(document.createElement("main"));
    app.firstChild.dataset.testid = "stAppViewContainer";
    window.lineIs = (state) => (app.dataset.testConnectionState = state);
    lineIs("CONNECTED");
    window.is = (state) => (app.dataset.testScriptState = state);
    window.told = [];
    const setTriggerValue = (_, news) => {
        window.told.push(news.now);
        window.toldAt = performance.now();
    };
    const look = { where, every: 20 };
    window.draws = (data) => draw({ data: { ...look, ...data }, parentElement, setTriggerValue });
}"""
A_MOMENT = 300  # ms: many looks
A_PRESS = 400  # ms that news waits for one


@pytest.fixture
def alone(visit, running):
    """A page with nothing but the script that looks, at a store that stands at "2"."""
    page, where = visit(running).page, f"{running.url}/changed"
    any_page = {"Access-Control-Allow-Origin": "*"}
    page.route(where, lambda route: route.fulfill(body="2", headers=any_page))
    page.evaluate(BEGIN, [live_reload.SCRIPT, where])
    page.evaluate("is('notRunning')")
    return page


def draws(page, **data):
    page.evaluate("data => { draws(data) }", {"rests": 0} | data)


def told_after(page, moment):
    page.wait_for_timeout(moment)
    return page.evaluate("told")


def told_soon(page):
    page.wait_for_function("told.length", timeout=SOON)
    return page.evaluate("told")


def now(page):
    """The page's own clock, in milliseconds: a busy machine asks for it late."""
    return page.evaluate("performance.now()")


def runs(page):
    """A run from its beginning to its end, each seen by the page."""
    for state in ("running", "notRunning"):
        page.evaluate("state => new Promise(seen => { is(state); setTimeout(seen, 50) })", state)


def test_what_another_screen_changed_is_told_once(alone):
    draws(alone, seen="1")

    assert ["2"] == told_soon(alone)


def test_nothing_is_told_before_what_the_last_run_drew_has_arrived(alone):
    draws(alone, seen="2")
    assert [] == told_after(alone, A_MOMENT)
    alone.evaluate("is('running')")
    draws(alone, seen="1")  # what it drew first, by a run that is cut short
    runs(alone)

    assert [] == told_after(alone, A_MOMENT)
    draws(alone, seen="1", rests=60)  # and then that something is said once
    assert [] == told_after(alone, A_MOMENT)
    draws(alone, seen="1")
    assert ["2"] == told_soon(alone)


def test_a_run_of_which_nothing_arrives_holds_no_news_for_long(alone):
    draws(alone, seen="2")
    alone.evaluate("is('running')")
    draws(alone, seen="1")
    runs(alone)

    assert ["2"] == told_soon(alone)


def test_what_is_said_once_stays_for_a_while_and_no_longer(alone):
    begins = now(alone)
    draws(alone, seen="1", rests=0.5)

    assert ["2"] == told_soon(alone)
    assert begins + 500 <= alone.evaluate("toldAt")


def test_what_comes_up_while_the_line_is_down_is_told_once_it_is_back(alone):
    draws(alone, seen="1")
    alone.evaluate("lineIs('DISCONNECTED')")
    assert [] == told_after(alone, A_MOMENT)
    alone.evaluate("lineIs('CONNECTED')")

    assert ["2"] == told_soon(alone)


def test_a_line_that_comes_back_holds_the_page_until_its_run_has_arrived(alone):
    draws(alone, seen="1")
    for state in ("DISCONNECTED", "CONNECTED"):
        alone.evaluate("state => new Promise((on) => { lineIs(state); setTimeout(on, 50) })", state)
    held = "document.querySelector('main').inert"
    assert alone.evaluate(held)
    draws(alone, seen="2")

    assert not alone.evaluate(held)


@pytest.mark.parametrize("press", ["pointerdown", "click", "change"])
def test_news_waits_until_a_press_is_over(alone, press):
    draws(alone, seen="2")
    begins = now(alone)
    alone.evaluate("press => dispatchEvent(new Event(press))", press)
    draws(alone, seen="1")

    assert ["2"] == told_soon(alone)
    assert begins + A_PRESS <= alone.evaluate("toldAt")

"""Two presses, one right after the other: what both of them are for has happened.

`PRESSES=100` presses each pair so often, `SLOWED=4` in a browser that is so much slower.
"""

import os
import time
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page

from rituals.model.household import ONE, TWO
from rituals.model.ritual import Ritual
from rituals.planning import agreement, review
from tests.browser.conftest import REST_TAKES, Leavewell, choose, settle, week_ahead
from tests.support.notation import a_household, a_plan, an_occurrence

PRESSES = int(os.environ.get("PRESSES", "0"))
SLOWED = float(os.environ.get("SLOWED", "1"))
ROUNDS = [*(10, 20, 40, 60, 90) * PRESSES] or [20]  # milliseconds between the two
PRESS_BOTH = """([one, other, apart]) => new Promise((pressed) => {
  document.querySelector(one).click();
  setTimeout(() => pressed(document.querySelector(other).click()), apart);
})"""
KISS, TALK = "goodnight-kiss", "late-talk"


@dataclass(frozen=True)
class Pair:
    """Two things to press, where they stand, and what has happened after both."""

    place: str
    one: str
    other: str
    have_happened: Callable[[Leavewell, Page], bool]
    step: str = ""
    first: Callable[[Page], None] = lambda _: None


def keyed(name: str, inside: str = "button") -> str:
    return f".st-key-{name} {inside}"


def this_week():
    """Something that waits for both to say yes."""
    talk = an_occurrence("Thu 20:00-21:00", week=week_ahead(), id="talk")
    run = an_occurrence("Sat 09:00-10:00", week=week_ahead(), title="A slow run", id="run")
    return a_plan(talk, run, week=week_ahead())


def last_week():
    """Something to look back on."""
    week = week_ahead(-1)
    return a_plan(an_occurrence("Thu 20:00-21:00", week=week, id="before"), week=week)


def rituals(server: Leavewell) -> dict[str, Ritual]:
    with server.store() as store:
        return store.load_rituals()


def both(what: str) -> Callable[[Leavewell, Page], bool]:
    return lambda server, _: all(
        getattr(rituals(server).get(id), what, False) for id in (KISS, TALK)
    )


def are_chosen(server: Leavewell, _: Page) -> bool:
    return {KISS, TALK} <= {choice.ritual for choice in server.plan(week_ahead()).choices}


def have_said_yes(server: Leavewell, _: Page) -> bool:
    plan = server.plan(week_ahead())
    return not any(agreement.awaiting_yes(plan, partner) for partner in (ONE, TWO))


def is_answered_and_left(server: Leavewell, page: Page) -> bool:
    is_left = page.get_by_role("radio", name="2 · Balance").is_checked()
    return is_left and review.is_answered(server.plan(week_ahead(-1)))


def have_addresses(server: Leavewell, _: Page) -> bool:
    with server.store() as store:
        return len([feed for feed in store.load_feeds().values() if feed.token]) == 2


def is_renamed_and_set_aside(server: Leavewell, _: Page) -> bool:
    own = rituals(server)
    return {KISS, TALK} <= own.keys() and own[KISS].title == "A kiss at last" and own[TALK].retired


def rename(page: Page) -> None:
    page.locator(keyed(f"our_rituals-change-{KISS}")).click()
    title = page.get_by_role("dialog").get_by_role("textbox", name="Title")
    title.fill("A kiss at last")
    title.press("Tab")


def is_a_week_and_a_step_on(_: Leavewell, page: Page) -> bool:
    starts = week_ahead(1).monday
    heading = page.get_by_role("heading", level=1).inner_text()
    is_on = page.get_by_role("radio", name="4 · The week").is_checked()
    return is_on and heading.endswith(f"{starts.day} {starts:%B}")


ASIDE = "our_rituals-Set-aside"
PAIRS = {
    "set aside": Pair(
        "our-rituals", keyed(f"{ASIDE}-{KISS}"), keyed(f"{ASIDE}-{TALK}"), both("retired")
    ),
    "hearts": Pair(
        "our-rituals", keyed(f"dear-{KISS}", "input"), keyed(f"dear-{TALK}", "input"), both("dear")
    ),
    "add to this week": Pair(
        "our-rituals",
        keyed(f"our_rituals-week-{KISS}"),
        keyed(f"our_rituals-week-{TALK}"),
        are_chosen,
    ),
    "a form, and beside it": Pair(
        "our-rituals",
        "[role=dialog] button[kind=primary]",
        keyed(f"{ASIDE}-{TALK}"),
        is_renamed_and_set_aside,
        first=rename,
    ),
    "yes": Pair(
        "sunday", keyed("yes-one"), keyed("yes-two"), have_said_yes, "5 · Take it with you"
    ),
    "just as planned, and on": Pair(
        "sunday",
        ".st-key-step button[kind=primary]",
        keyed("sunday-step", "[role=radiogroup] button:nth-of-type(2)"),
        is_answered_and_left,
        "1 · Look back",
    ),
    "later, and a step": Pair(
        "sunday",
        keyed("sunday-Later"),
        keyed("sunday-step", "[role=radiogroup] button:nth-of-type(4)"),
        is_a_week_and_a_step_on,
    ),
    "the page anew, and a step": Pair(
        "sunday",
        "[aria-label='App pages'] a",
        keyed("sunday-step", "[role=radiogroup] button:nth-of-type(4)"),
        lambda _, page: page.get_by_role("radio", name="4 · The week").is_checked(),
    ),
    "addresses": Pair(
        "calendars",
        keyed("address-Switch-the-address-on-one"),
        keyed("address-Switch-the-address-on-two"),
        have_addresses,
    ),
}


def happens(is_done: Callable[[], bool], page: Page) -> bool:
    """Whether it is so within the time that a busy machine takes."""
    until = time.monotonic() + REST_TAKES / 1000
    while not (done := is_done()) and time.monotonic() < until:
        page.wait_for_timeout(100)
    settle(page)
    return done and is_done()


@pytest.mark.parametrize("name", PAIRS)
def test_both_presses_count(home, visit, name):
    pair, page, lost = PAIRS[name], visit(home).page, []
    slow = page.context.new_cdp_session(page)
    for apart in ROUNDS:
        home.hold()
        home.fill(a_household(), last_week(), this_week())
        page.goto(f"{home.url}/{'' if pair.place == 'sunday' else pair.place}")
        settle(page)
        if pair.step:
            choose(page, pair.step)
        pair.first(page)
        for pressed in (pair.one, pair.other):
            page.locator(pressed).first.wait_for(state="attached")
        settle(page)
        slow.send("Emulation.setCPUThrottlingRate", {"rate": SLOWED})
        page.evaluate(PRESS_BOTH, [pair.one, pair.other, apart])
        slow.send("Emulation.setCPUThrottlingRate", {"rate": 1})
        if not happens(lambda: pair.have_happened(home, page), page):
            lost.append(apart)

    assert [] == lost

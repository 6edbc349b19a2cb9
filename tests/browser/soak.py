"""A long evening of two who tap on everything: nothing breaks, and the server does not swell.

Run by hand: `ACTIONS=2000 python -m pytest -s tests/browser/soak.py`; that takes half an hour.
"""

import os
import random
import re
from collections import deque
from pathlib import Path

import pytest
from playwright.sync_api import Error as BrowserError
from playwright.sync_api import expect

from tests.browser.conftest import IDLE, PLACES, Leavewell, settle

ACTIONS = int(os.environ.get("ACTIONS", "2000"))
SEED = int(os.environ.get("SEED", "1"))
WARM_UP = ACTIONS // 4  # by then every page was open, and what is loaded once is loaded
GROWTH = 1.2  # of the server's memory after that, at most
AT_HAND = 1_500  # ms in which a hand gets at what it saw
A_BREATH = 150  # ms in which a run begins
ELSEWHERE = 25  # actions on one page, at most
REACH = """() => {
    const found = document.querySelectorAll(
        '[data-testid=stMain] :is(button, input, textarea, summary, [role=slider], [role=option]),'
        + '[data-testid=stDialog] :is(button, input, textarea), [role=listbox] [role=option]'
    );
    return [...found].filter((one) => {
        const box = one.getBoundingClientRect();
        return box.width && box.height && !one.disabled && one.type !== 'file';
    });
}"""
WORDS = (
    "Café",
    "12",
    "1234",
    "",
    "![x](http://127.0.0.1:9/x.png)",
    "=1+1",
    "a" * 300,
    "\u202eabc",
    "👩‍👧 ja",
)
NEVER = re.compile("Delete everything|Choose File|Browse files|Upload")


class Hand:
    """One of the two, who does whatever comes to hand."""

    def __init__(self, visit, seed):
        self.visit, self.page = visit, visit.page
        self.chance = random.Random(seed)  # noqa: S311 no secret
        self.left = 0
        self.last = deque(maxlen=25)

    def act(self):
        if not self.left:
            place = self.chance.choice(list(PLACES))
            self.page.goto(f"{self.visit.server.url}/{'' if place == 'sunday' else place}")
            settle(self.page)
            self.left = self.chance.randint(5, ELSEWHERE)
            self.last.append(place)
            return
        self.left -= 1
        reach = self.page.evaluate_handle(REACH)
        count = reach.evaluate("all => all.length")
        if count:
            at = self.chance.randrange(count)
            self.take(reach.evaluate_handle("(all, n) => all[n]", at).as_element())

    def take(self, thing):
        try:
            name = thing.evaluate("e => e.ariaLabel || e.innerText || e.name || e.value || e.type")
            kind = thing.evaluate("e => e.tagName === 'INPUT' ? e.type : e.tagName.toLowerCase()")
            if NEVER.search(name):
                return
            self.last.append(f"{kind} {name[:60]!r}")
            self.how(kind)(thing)
        except BrowserError as gone:  # a page that runs anew takes things out of one's hands
            self.last.append(f"  gone: {str(gone).splitlines()[0]}")
        self.page.wait_for_timeout(A_BREATH)
        expect(self.page.locator(IDLE)).to_be_attached()

    def how(self, kind):
        if kind == "range":
            return lambda it: it.press(self.chance.choice(["ArrowLeft", "ArrowRight"]))
        if kind in ("text", "number", "password", "textarea"):
            return self.write
        return lambda it: it.click(timeout=AT_HAND)

    def write(self, field):
        field.fill(self.chance.choice(WORDS), timeout=AT_HAND)
        field.press("Enter" if self.chance.random() < 0.5 else "Tab")


def memory(server):
    """Kilobytes the server holds."""
    status = Path(f"/proc/{server.pid}/status").read_text()
    return int(re.search(r"VmRSS:\s+(\d+)", status)[1])


@pytest.fixture
def evening(tmp_path, sample_file):
    """A server of their own: a page that broke is seen on the page, whoever wrote to the log."""
    server = Leavewell(tmp_path)
    server.start()
    server.hold(sample_file)
    yield server
    server.stop()


def test_two_who_tap_on_everything_break_nothing(evening, visit):
    hands = [Hand(visit(evening), SEED), Hand(visit(evening, width=390, touch=True), SEED + 1)]
    warm = 0
    for number in range(1, ACTIONS + 1):
        hand = hands[number % 2]
        hand.act()
        try:
            hand.visit.check()
        except AssertionError as broken:
            raise AssertionError("\n".join(hand.last)) from broken
        if number == WARM_UP:
            warm = memory(evening)
        if number % 100 == 0:
            print(number, f"{memory(evening) / 1000:.0f} MB", flush=True)  # noqa: T201

    assert memory(evening) <= GROWTH * warm
    assert "A page stopped." not in evening.log.read_text()

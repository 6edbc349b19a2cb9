"""A surprise is nowhere but in its giver's drawer, until it is revealed.

Each of its fields holds a word that nothing else holds. While it is planned, these words are
looked for in every byte that the other, or both at one screen, can come by.
"""

import base64
import http.client
import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from playwright.sync_api import expect

from rituals.calendars.outgoing import feeds
from rituals.model import local_time
from rituals.model.calendar import Audience, Feed
from rituals.model.household import ONE, TWO
from rituals.model.plan import standing
from rituals.planning import agreement, changes
from rituals.store.schema import DRAWERS
from rituals.surprises import drawers
from rituals.surprises import surprise as surprises
from rituals.surprises.surprise import Reveal
from tests.browser.conftest import PLACES, ROOT, STEPS, choose, open_the_week, settle, week_ahead
from tests.support.marks import found

PIN = "Pinwözzle-9"
TITLE, CHANGED = "Quibblezörp", "Quandrifött"
WAY, SHOPPING, CALLED = "Wumplefünch", "Snorväxil", "Drizmötek"
LINE = "Flumbröx"
SECRET = {PIN, TITLE, CHANGED, WAY, SHOPPING, CALLED}
HOURS = (("weeks", "--csv"), ("balance", "--csv"), ("busy", "list"))
COMMANDS = (
    *HOURS,
    ("plan",),
    ("plan", "--json"),
    ("export", "-o", "-"),
    ("export", "--for", "two", "-o", "-"),
    ("print", "-o", "-"),
    ("print", "--season", "-o", "-"),
)
ONE_AFTER_ANOTHER = """
import base64, json, sys
from click.testing import CliRunner
from rituals.__main__ import commands
made = {}
for command in json.loads(sys.argv[1]):
    ran, name = CliRunner().invoke(commands, command), " ".join(command)
    made |= {name: ran.stdout_bytes, f"{name}, beside it": ran.stderr_bytes}
print(json.dumps({name: base64.b64encode(each).decode() for name, each in made.items()}))
"""  # a process of its own for each would take most of the time to begin
OF_ALL = {Audience.SHARED: "a" * 43, Audience.TWO: "b" * 43}  # the feeds' tokens
CHARTS = "[aria-roledescription=bar]"


@dataclass
class Heard:
    """All that one browser got, sent and showed."""

    one: object
    seen: list = field(default_factory=list)

    def listen(self):
        self.one.page.on("websocket", self._socket)
        self.one.page.on("request", lambda request: self._hear(request.url, request.post_data))
        self.one.page.on("console", lambda message: self._hear(message.text))
        self.one.page.on("response", self._answer)

    def _socket(self, socket):
        self._hear(socket.url)
        socket.on("framesent", self._hear)
        socket.on("framereceived", self._hear)

    def _answer(self, response):
        self._hear(str(response.headers))

    def _hear(self, *said):
        self.seen += [each for each in said if each]

    def walk(self, sits, places=PLACES, steps=STEPS):
        """Through every page and step; what the charts said of hours on the way."""
        hours, page = [], self.one.page
        page.goto(f"{self.one.server.url}/{f'?who={sits}' if sits else ''}")
        settle(page)
        self._look(page)  # at today, in the middle of a week
        open_the_week(page)
        for place in places:
            self.one.go(place)
            for step in steps if place == "sunday" else ():
                choose(page, step)
                self._look(page)
            self._look(page)
            bars = page.locator(CHARTS)
            hours += bars.evaluate_all("all => all.map(one => one.getAttribute('aria-label'))")
        return hours

    def _look(self, page):
        self._hear(page.content(), page.title(), page.url, page.locator("body").inner_text())
        self._hear(page.evaluate(ALL_ROOTS))

    def holds(self, marks):
        return set().union(*(found(each, marks) for each in self.seen))

    def forget(self):
        self.seen.clear()


ALL_ROOTS = """() => [...document.querySelectorAll("*")]
    .filter(one => one.shadowRoot).map(one => one.shadowRoot.innerHTML).join("\\n")"""


@pytest.fixture
def house(fresh, sample_file):
    """A server of its own, whose weeks ahead are on feeds and whose log begins with it."""
    fresh.hold(sample_file)
    with fresh.store() as store:
        for audience, token in OF_ALL.items():
            store.save_feed(Feed(audience, token))
        agree(store, store.load_plan(week_ahead()))
    return fresh


def agree(store, plan):
    """Both say yes to a week, so that it is on the feeds."""
    for partner in (ONE, TWO):
        plan = store.change_plan(plan, lambda p, who=partner: agreement.say_yes(p, who))
    feeds.record_week(store, plan, store.load_household(), datetime.now(UTC))


@pytest.fixture
def others(house, visit):
    """The other's browser and one at which both sit; whose each is stands beside it."""
    shown = {}
    for sits in ("Jonas", ""):
        shown[sits] = Heard(visit(house))
        shown[sits].listen()
    return shown


def shared_side(server):
    """By name, all that is written, served and printed for anybody but the giver."""
    feeds = {f"feed {audience}": asked_for(server, at)[1] for audience, at in OF_ALL.items()}
    return printed(server, COMMANDS) | feeds


def printed(server, commands):
    """By command, the bytes that it gives and what it says beside them."""
    env = os.environ | {"LEAVEWELL_DATABASE_URL": server.database, "PYTHONWARNINGS": "ignore"}
    asked = [sys.executable, "-c", ONE_AFTER_ANOTHER, json.dumps([*commands])]
    ran = subprocess.run(asked, cwd=ROOT, env=env, capture_output=True, check=True)
    return {name: base64.b64decode(made) for name, made in json.loads(ran.stdout).items()}


def written(server):
    """By name, the bytes that lie in the store's folder, and what the server said."""
    there = [file for file in server.file.parent.rglob("*") if file.is_file()]
    lying = {str(file.relative_to(server.file.parent)): file.read_bytes() for file in there}
    with closing(sqlite3.connect(server.file)) as at:
        lying["dump"] = "\n".join(at.iterdump())
    return lying


def asked_for(server, token):
    with closing(http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)) as line:
        line.request("GET", f"/calendar/{token}.ics")
        answer = line.getresponse()
        return answer.status, answer.read()


def leaks(made, marks):
    return {name: there for name, data in made.items() if (there := found(data, marks))}


def press(page, name):
    page.get_by_role("button", name=name, exact=True).filter(visible=True).first.click()
    page.wait_for_timeout(300)
    settle(page)


def opened(page, server):
    page.goto(f"{server.url}/surprises?who=Maya")
    page.get_by_label("Your PIN").fill(PIN)
    press(page, "Open the drawer")
    expect(page.get_by_role("heading", name="drawer")).to_be_visible()
    settle(page)


def begun(page, server):
    page.goto(f"{server.url}/surprises?who=Maya")
    page.get_by_label("A PIN of your own").fill(PIN)
    page.get_by_label("Once more, to be sure").fill(PIN)
    page.get_by_text("Recovery words too").click()
    press(page, "Set the PIN")
    expect(page.get_by_text("These are your recovery words")).to_be_visible()
    press(page, "I have written them down")


def planned(page):
    """A surprise with a word of its own in each field."""
    press(page, "A new surprise")
    page.locator("summary").filter(has_text="More").click()
    for label, word in {
        "What is it?": TITLE,
        "An idea for it, if you like": WAY,
        "What to get for it": SHOPPING,
        "Its name in your own calendar": CALLED,
        "In which words": LINE,
    }.items():
        page.get_by_role("textbox", name=label).fill(word)
    page.get_by_text("The evening", exact=True).click()
    press(page, "Put it into the drawer")
    gives_way = page.get_by_text("Press once more if that is fine.")
    expect(gives_way.or_(page.get_by_text(TITLE))).to_be_visible()
    if gives_way.is_visible():  # what lies in the sample's week on the evening of tomorrow
        press(page, "Put it into the drawer")
    expect(page.get_by_text(TITLE)).to_be_visible()


def changed(page):
    """The same under another name and at another hour."""
    press(page, "Change")
    page.get_by_label("What is it?").fill(CHANGED)
    page.get_by_role("spinbutton", name="hour, Hour").press("ArrowDown")
    press(page, "Put it into the drawer")
    expect(page.get_by_text(CHANGED)).to_be_visible()


def the_key(server):
    with server.store() as store:
        return drawers.try_pin(store, ONE, PIN, datetime.now(UTC)).key


def in_the_drawer(server, how):
    """Changes the drawer as another browser of its giver would."""
    key, now = the_key(server), datetime.now(UTC)
    with server.store() as store:
        return drawers.change(store, ONE, key, how, store.load_household(), now)


def test_a_surprise_is_nowhere_until_it_is_revealed_and_then_everywhere(
    house, visit, others, tmp_path_factory
):
    before = printed(house, HOURS)
    hours = others[""].walk("")
    giver = visit(house)
    page = giver.page
    begun(page, house)
    planned(page)
    changed(page)
    press(page, "Draw one for me")
    expect(page.get_by_role("button", name="Another one")).to_be_visible()
    there = in_the_drawer(house, lambda drawer: drawer)
    drawn = next(s for s in there.lying if s.act)
    marks = SECRET | {drawn.title}

    with page.expect_download() as downloading:
        press(page, "As a calendar file")
    page.get_by_text("A calendar of your own", exact=True).click()
    press(page, "Switch the address on")
    token = in_the_drawer(house, lambda drawer: drawer).token
    status, fed = asked_for(house, token)
    expect(page.get_by_text(token)).to_be_attached()
    file = tmp_path_factory.mktemp("giver") / "own.ics"
    downloading.value.save_as(file)

    # The giver's own are the proof that there is something to find.
    assert "maya.ics" == downloading.value.suggested_filename
    assert {CALLED, drawn.title} == found(file.read_bytes(), marks)
    assert (200, {CALLED, drawn.title}) == (status, found(fed, marks))
    assert set() == found("\n".join(giver.requests), marks)

    press(page, "Another one")
    seen = {sits: heard.walk(sits) for sits, heard in others.items()}
    marks |= {s.title for s in in_the_drawer(house, lambda drawer: drawer).lying}

    assert hours == seen[""]
    assert {LINE} == others["Jonas"].holds(marks | {LINE, token})
    assert {LINE} == others[""].holds(marks | {LINE, token})
    after = shared_side(house)
    assert {} == leaks(after, marks | {LINE, token})
    assert before == {name: after[name] for name in before}
    assert {} == leaks(written(house), marks | {token})
    assert {LINE} == found(written(house)["dump"], {LINE})
    assert set() == found(house.log.read_bytes(), marks | {LINE, token})

    own, covers = is_revealed(house, page, others["Jonas"])

    assert [CHANGED] == own
    assert {CHANGED, WAY} == others["Jonas"].holds(SECRET)
    assert set() == {LINE} & covers


def test_a_fault_tells_nothing_of_it(house, visit, others):
    page = visit(house).page
    begun(page, house)
    planned(page)
    with house.store() as store, store.writing() as at:
        kept = at.execute(sa.select(DRAWERS.c.content)).scalar()
        at.execute(sa.update(DRAWERS).values(content=kept[:-1]))
    expect(page.get_by_text("What is sealed here cannot be read")).to_be_visible()
    with house.store() as store, store.reading() as at:
        left = at.execute(sa.select(DRAWERS.c.content)).scalar()
    others["Jonas"].walk("Jonas")

    assert kept[:-1] == left
    assert set() == found(page.content(), SECRET)
    assert set() == others["Jonas"].holds(SECRET)
    assert {} == leaks(written(house), SECRET)
    assert set() == found(house.log.read_bytes(), SECRET)


def is_revealed(server, page, heard):
    """Reveals the one surprise that was planned by hand; what the other then finds of it."""
    with server.store() as store:
        household = store.load_household()
    there = in_the_drawer(server, lambda drawer: drawer)
    secret = next(s for s in there.lying if not s.act)
    today = local_time.local_day(datetime.now(UTC), household)
    soon = replace(secret, reveal=Reveal.ON, reveal_on=today)
    page.goto("about:blank")  # an open drawer would hear of it, and say so before it is looked at
    in_the_drawer(server, lambda d: surprises.with_surprise(d, soon, datetime.now(UTC)))
    heard.forget()
    opened(page, server)
    expect(page.get_by_text("is revealed")).to_be_visible()
    heard.walk("Jonas")
    week = surprises.week_of(secret, household)
    own = [o.title for o in standing(server.plan(week)) if o.ritual is None]
    return own, covers_left(server, week)


def covers_left(server, week):
    from rituals.store import covers

    with server.store() as store:
        return {c.line for c in covers.of_week(store, week, store.load_household())}


def test_a_leak_would_be_heard(house, others):
    """Planted in the open: all the ears of the tests above have to hear it."""
    with house.store() as store:
        there = store.load_plan(week_ahead())
        first = standing(there)[0]
        told = replace(first, title=TITLE, changed=first.changed + timedelta(seconds=1))
        agree(
            store,
            store.change_plan(
                there, lambda p: changes.with_occurrence(p, first.id, lambda _: told)
            ),
        )
    for sits, heard in others.items():
        heard.walk(sits, ("sunday",), (STEPS[3],))

        assert {TITLE} == heard.holds(SECRET)
    commands = {
        "plan": ("plan",),
        "plan --json": ("plan", "--json"),
        "print -o -": ("print", "-o", "-"),
    }
    served = {"feed": asked_for(house, OF_ALL[Audience.SHARED])[1]}
    heard_in = leaks(printed(house, commands.values()) | served, SECRET)
    assert {*commands, "feed"} <= set(heard_in)
    assert {TITLE} == found(written(house)["dump"], SECRET)
    assert {"leavewell.db", "leavewell.db-wal"} & set(leaks(written(house), SECRET))

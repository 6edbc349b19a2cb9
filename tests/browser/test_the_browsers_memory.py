"""A couple's own Chromium, with a window and a profile that stays, remembers no secret of theirs.

Playwright starts a browser that offers to keep nothing. This one has none of its switches, and is
shown a page of somebody else's first: what it remembers and offers of that is the proof that it
would of ours.
"""

import os
import sqlite3
import subprocess
import threading
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from time import monotonic

import pytest
from playwright.sync_api import expect

from rituals.model.household import TWO
from rituals.surprises import drawers
from tests.browser.conftest import heading, settle
from tests.browser.test_surprises_stay_surprises import (
    LINE,
    PIN,
    SECRET,
    changed,
    planned,
    press,
)
from tests.support import admitted
from tests.support.install import headed, screen
from tests.support.marks import found
from tests.support.notation import a_household

NEW_PIN, HIS_PIN = "Pinflötzel-7", "Pingrümpel-4"
THERE = "quarzelböck"
OF_A_SERVER = {"Login name": "Loginhürtz", "Password, or app password": "Paßwümmer-3"}
LEFT_OPEN = {"What is it?": "Quossenflapp", "What to get for it": "Shopzöttel"}
ELSEWHERE, PASSWORD = "Elswörtz", "Passzwirbel-5"
FIELDS = (
    "What is it?",
    "An idea for it",
    "In which words",
    "Its name in your own calendar",
)
WRITTEN_WITHIN = 2500  # ms; what stands in fields goes into the file of open pages
OPENS_WITHIN = 500  # ms; a list under a field is there after 50
PAGE = """<!doctype html><meta charset="utf-8"><title>Elsewhere</title>
<form method="post"><label>Kept here <input name="word"></label><button>Keep</button></form>
<form method="post"><label>Name <input name="name"></label>
<label>Password <input name="password" type="password"></label><button>Come in</button></form>"""
# What Chromium counts for itself: each bubble about a password, each list under a field.
BUBBLES = "PasswordBubble.DisplayDisposition"
LISTS = "Autofill.PopupInteraction.PopupLevel.0"
OWN = (  # what Playwright cannot do without, and no page of Google's is asked
    "--remote-debugging-pipe",
    "--no-sandbox",
    "--no-first-run",
    "--disable-gpu",
    "--proxy-server=127.0.0.1:9",
    "about:blank",
)


@dataclass
class Remembered:
    """What a browser was given, and what it made of it."""

    words: str = ""  # the recovery words
    offered: dict = field(default_factory=dict)  # by field, whether a list opened under it
    bubbles: dict = field(default_factory=dict)  # by whose page, how many
    lying: dict = field(default_factory=dict)  # by file of the profile, what is in it
    forms: set = field(default_factory=set)  # what it would offer in a field
    logins: set = field(default_factory=set)  # the pages that it offered to keep a password for


@pytest.fixture(scope="module")
def display():
    """The name of a screen that is in memory alone."""
    if not (headed() and screen()):
        pytest.skip("no Chromium with a window, or no Xvfb to show it on")
    reads, writes = os.pipe()
    command = [screen(), "-displayfd", str(writes), "-screen", "0", "1360x960x24"]
    shown = subprocess.Popen(
        [*command, "-nolisten", "tcp"], pass_fds=[writes], stderr=subprocess.DEVNULL
    )
    os.close(writes)
    with open(reads) as said:
        number = said.readline().strip()
    yield f":{number}"
    shown.terminate()
    shown.wait()


@pytest.fixture(scope="module")
def elsewhere():
    """The address of a page that nobody asked to keep anything back."""

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self):
            self._give(PAGE)

        def do_POST(self):
            self.rfile.read(int(self.headers["Content-Length"]))
            self._give("<!doctype html><title>Kept</title><h1>Kept</h1>")

        def _give(self, text):
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(text.encode())

        def log_message(self, *_):
            """It says nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Answer) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def remembered(playwright, running, display, elsewhere, tmp_path_factory):
    """A whole visit to a drawer, then the other's, in one browser of the couple's own."""
    running.hold()
    running.fill(a_household())
    begins = len(running.log.read_text())
    profile, made = tmp_path_factory.mktemp("profile"), Remembered()
    with a_browser(playwright, profile, display) as page:
        page.goto(admitted.new_link(running.file, running.port))
        settle(page)
        told_elsewhere(page, elsewhere)
        looked_there(page, running, elsewhere)
        visited(page, running, made)
        is_looked_for(page, running, made)
        made.bubbles["ours"] = counted(page, BUBBLES)
        keeps_elsewhere(page, elsewhere, made)
    read(profile, made)
    yield made

    assert "Traceback" not in running.log.read_text()[begins:]


@contextmanager
def a_browser(playwright, profile, display):
    context = playwright.chromium.launch_persistent_context(
        profile,
        executable_path=headed(),
        headless=False,
        no_viewport=True,
        env=os.environ | {"DISPLAY": display},
        ignore_default_args=True,
        args=[f"--user-data-dir={profile}", "--window-size=1300,900", *OWN],
    )
    try:
        yield context.pages[0]
    finally:
        context.close()


def told_elsewhere(page, address):
    page.goto(address)
    page.get_by_label("Kept here").fill(ELSEWHERE)
    page.get_by_role("button", name="Keep").click()
    expect(page.get_by_role("heading", name="Kept")).to_be_visible()


def visited(page, server, made):
    """All that one types around her drawer; the form of a surprise is open when she leaves."""
    made.words = set_up(page, server)
    opens(page, server, "Maya", PIN)
    planned(page)
    press(page, "Close the drawer")
    opens(page, server, "Maya", PIN)
    changed(page)
    press(page, "Close the drawer")
    page.get_by_text("I forgot my PIN").click()
    page.get_by_label("Your eight recovery words").fill(made.words)
    twice(page, "A new PIN", NEW_PIN)
    press(page, "Open it with my words")
    press(page, "Change")
    page.locator("summary").filter(has_text="More").click()
    page.wait_for_timeout(WRITTEN_WITHIN)
    for label, typed in LEFT_OPEN.items():
        page.get_by_role("textbox", name=label).fill(typed)
    page.wait_for_timeout(WRITTEN_WITHIN)


def set_up(page, server):
    """Gives her drawer its PIN; the recovery words that are shown then."""
    page.goto(f"{server.url}/surprises?who=Maya")
    twice(page, "A PIN of your own", PIN)
    page.get_by_text("Recovery words too").click()
    press(page, "Set the PIN")
    expect(page.get_by_text("These are your recovery words")).to_be_visible()
    words = page.get_by_test_id("stCode").inner_text().strip()
    press(page, "I have written them down")
    return words


def opens(page, server, name, pin):
    page.goto(f"{server.url}/surprises?who={name}")
    page.get_by_label("Your PIN").fill(pin)
    press(page, "Open the drawer")
    expect(page.get_by_role("heading", name=f"{name}’s drawer")).to_be_visible()


def looked_there(page, server, address):
    """A calendar server is asked, which lets nobody in."""
    page.goto(f"{server.url}/calendars")
    heading(page, "Calendars")
    settle(page)
    tab = page.get_by_role("tab", name="A server")
    tab.click()
    expect(tab).to_have_attribute("aria-selected", "true")
    expect(page.get_by_label("Login name").first).to_be_visible()
    for label, typed in OF_A_SERVER.items():
        page.get_by_label(label).first.fill(typed)
    page.get_by_label("Address of the server").first.fill(f"{address}{THERE}")
    press(page, "Look there")


def twice(page, label, typed):
    page.get_by_label(label).filter(visible=True).fill(typed)
    page.get_by_label("Once more, to be sure").filter(visible=True).fill(typed)


def is_looked_for(page, server, made):
    """The other taps into each field of his own form."""
    with server.store() as store:
        drawers.create(store, TWO, HIS_PIN, "eight words of his that nobody is going to need")
    opens(page, server, "Jonas", HIS_PIN)
    press(page, "A new surprise")
    page.locator("summary").filter(has_text="More").click()
    for label in FIELDS:
        made.offered[label] = offers(page, page.get_by_role("textbox", name=label))


def offers(page, field):
    """Whether a list of what was typed before opens under a field that is tapped."""
    before = counted(page, LISTS)
    field.click()
    page.wait_for_timeout(OPENS_WITHIN)
    return counted(page, LISTS) > before


def counted(page, what):
    """How often Chromium counted something since it was started."""
    session = page.context.new_cdp_session(page)
    told = session.send("Browser.getHistograms", {"query": what})["histograms"]
    session.detach()
    return sum(each["count"] for each in told if each["name"] == what)


def keeps_elsewhere(page, address, made):
    """The same of a page elsewhere: a word that is offered, a password that would be kept."""
    page.goto(address)
    made.offered["elsewhere"] = offers(page, page.get_by_label("Kept here"))
    page.get_by_label("Name").fill("maya")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Come in").click()
    before, until = made.bubbles["ours"], monotonic() + 10
    while counted(page, BUBBLES) == before and monotonic() < until:
        page.wait_for_timeout(100)
    made.bubbles["elsewhere"] = counted(page, BUBBLES) - before


def read(profile, made):
    """Looks through the profile of a browser that was closed."""
    marks = SECRET | {LINE, NEW_PIN, HIS_PIN, THERE, made.words, ELSEWHERE}
    marks |= {*LEFT_OPEN.values(), *OF_A_SERVER.values()}
    for file in (file for file in profile.rglob("*") if file.is_file()):
        if there := found(file.read_bytes(), marks) | found(rows(file), marks):
            made.lying[str(file.relative_to(profile))] = there
    made.forms = asked(profile / "Default/Web Data", "SELECT value FROM autofill")
    made.logins = asked(
        profile / "Default/Login Data",
        "SELECT origin_domain FROM stats UNION SELECT origin_url FROM logins",
    )


def rows(file):
    """What a store of SQLite's holds, put together from its pages."""
    if not file.read_bytes().startswith(b"SQLite format 3"):
        return ""
    with closing(sqlite3.connect(file)) as at:
        return "\n".join(at.iterdump())


def asked(file, question):
    with closing(sqlite3.connect(file)) as at:
        return {value for (value,) in at.execute(question)}


def test_nothing_that_was_typed_at_a_drawer_lies_in_the_profile(remembered):
    assert {ELSEWHERE} <= remembered.lying["Default/Web Data"]
    assert {ELSEWHERE} == set().union(*remembered.lying.values())


def test_the_other_is_offered_none_of_it(remembered):
    assert dict.fromkeys(FIELDS, False) | {"elsewhere": True} == remembered.offered
    assert {ELSEWHERE, "maya"} == remembered.forms


def test_no_bubble_offers_to_keep_a_pin_or_a_password(remembered, elsewhere):
    assert {"ours": 0, "elsewhere": 1} == remembered.bubbles
    assert {elsewhere} == remembered.logins

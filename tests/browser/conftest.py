"""Leavewell as a couple meets it: the real server, a real Chromium, nothing in between.

Every page is watched. When a test ends, none of its pages may have asked for anything outside
this server, raised an error in the browser or shown a broken page; the server's log holds none
either, and nothing has tried to leave the machine. Where the tests of a class look at one page,
that holds once the last of them ends.
"""

import os
import re
import sqlite3
import subprocess
import sys
import threading
import urllib.request
from collections import defaultdict
from collections.abc import Callable, Generator, Iterator
from contextlib import closing, contextmanager, suppress
from copy import copy
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from socketserver import StreamRequestHandler, ThreadingTCPServer
from time import monotonic, sleep
from typing import Literal
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Locator,
    Page,
    Playwright,
    Request,
    expect,
    sync_playwright,
)
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import TimeoutError as TooLateError

from rituals.model import local_time
from rituals.model.household import Household
from rituals.model.plan import Plan
from rituals.model.time.week import Week
from rituals.planning import changes
from rituals.store import location, sums
from rituals.store.store import Store, open_store
from tests.support import admitted
from tests.support.install import browser as system_chromium
from tests.support.notation import a_household
from tests.support.ports import free_port

ROOT = Path(__file__).resolve().parent.parent.parent
LISTENING = ROOT / "tests" / "browser" / "listening"  # first in the path of every server
THIS_MACHINE = {"127.0.0.1", "::1", "localhost", "None"}
# Nobody has it: a datagram socket is connected to it, which asks the system for a route, no more.
NOBODYS = "192.0.2.1"
STREAMLITS = "8.8.8.8"  # the same question for the route, where an Origin is none of this machine's
ARTEFACTS = ROOT / "tests" / "artefacts"
START_TAKES = 60  # seconds at most, on a busy machine
STEPS = ("1 · Look back", "2 · Balance", "3 · Rituals", "4 · The week", "5 · Take it with you")
PLACES = {
    "sunday": "The week of",
    "our-weeks": "Our weeks",
    "our-rituals": "Our rituals",
    "surprises": "Surprises",
    "calendars": "Calendars",
    "household": "Household",
}  # each page's address, but for Sunday's "", and how its heading begins
GROUNDS = {"light": "rgb(251, 247, 241)", "dark": "rgb(33, 29, 26)"}
CHART = "[data-testid=stVegaLiteChart]"
# No color is on its way to another one.
UNMOVED = "() => document.getAnimations().every((one) => one.playState !== 'running')"
IDLE = (
    "[data-testid=stApp][data-test-connection-state=CONNECTED][data-test-script-state=notRunning]"
)
# What a hand did has been told to the page once React has drawn twice.
DRAWN_TWICE = """() => new Promise((drawn) => {
  const soon = (then) => requestAnimationFrame(() => setTimeout(then));
  soon(() => soon(() => drawn(true)));
})"""
# Asked by the page itself at every frame: from outside one would ask once a second. A press is told
# to the server some frames later, so a page has come to rest once it was so for some in a row.
AT_REST = """([idle, undrawn]) => {
  const rests = document.fonts.status === "loaded"
    && document.querySelector(idle) && !document.querySelector(undrawn);
  window.framesAtRest = rests ? (window.framesAtRest || 0) + 1 : 0;
  return window.framesAtRest > 4 && !(window.framesAtRest = 0);
}"""
# What a hand did and what became of it, newest last: printed where a test does not pass.
REMEMBERS = """
  window.heard = [];
  const hear = (...what) => {
    heard.push([Math.round(performance.now()), ...what].join(" "));
    if (heard.length > 200) heard.shift();
  };
  const named = ({ localName, role, ariaLabel, textContent }) =>
    [localName, role, ariaLabel, textContent?.slice(0, 30)].filter(Boolean).join("|");
  for (const kind of ["pointerdown", "pointerup", "pointercancel", "click", "focusin", "keydown"])
    addEventListener(kind, (event) => hear(kind, named(event.composedPath()[0])), true);
  const { send } = WebSocket.prototype;
  WebSocket.prototype.send = function (data) {
    hear("sends", data.byteLength, "bytes");
    return send.call(this, data);
  };
  const states = new MutationObserver(([{ target }]) => hear(target.dataset.testScriptState));
  const look = () => {
    const app = document.querySelector("[data-testid=stApp]");
    if (!app) return requestAnimationFrame(look);
    states.observe(app, { attributeFilter: ["data-test-script-state"] });
  };
  look();
"""
UNDRAWN = f"[data-testid=stSkeleton], {CHART}:not(:has(svg, canvas))"
NARROW = 500  # pixels; no phone is wider
REST_TAKES = 20_000  # ms at most, on a busy machine
BROKEN = re.compile("Something did not work here|Page not found|Connection error")
# On a deep link Streamlit first asks beside the page whether its server lies there.
ASKED_BESIDE_THE_PAGE = re.compile(r"/[\w-]+/_stcore/(health|host-config)$")
CHROMIUMS_OWN = "content-autofill.googleapis.com"  # where it asks what a form's fields may be
LOST_SERVER = re.compile(
    "WebSocket connection|ERR_CONNECTION_REFUSED|ERR_CONNECTION_RESET|when disconnected from server"
    "|No response received|server is not responding"
)
REFUSED = re.compile("status of (401|403|429)|WebSocket connection|when disconnected from server")

FILE_TAKES = 15_000  # ms at most, on a busy machine
OPENED_AT_MOST = 5
HOSTS = ("127.0.0.1", "localhost", "127.0.0.2")  # the last stands for another machine

expect.set_options(timeout=20_000)


FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    # Without a window Chromium would round the width of letters, unlike the one with a window.
    "--font-render-hinting=none",
    # A page is drawn by the process that drew those before it and has compiled the scripts.
    "--process-per-site",
)
SERVERS: list["Leavewell"] = []  # each that was started


class Leavewell:
    """A server with a store of its own, started as people start it."""

    def __init__(self, folder: Path, address: str = "127.0.0.1", site: str = "localhost") -> None:
        self.file = folder / "leavewell.db"
        self.database = location.sqlite_url(self.file)
        self.log = folder / "server.log"
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.address = address
        self.site = site  # another name of it
        self.heard = folder / "heard.txt"
        self.admits = True  # whether a browser that visits it came by a link before
        self._cookie: tuple[str, str] | None = None
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = [sys.executable, "-m", "streamlit", "run", "app.py"]
        command += ["--server.headless", "true", "--server.port", str(self.port)]
        command += [f"--server.allowedHosts={name}" for name in {*HOSTS, self.site}]
        command += ["--server.address", self.address]
        env = os.environ | {
            "LEAVEWELL_DATABASE_URL": self.database,
            "LEAVEWELL_HEARD": str(self.heard),
            "PYTHONPATH": str(LISTENING),
            "GLIBC_TUNABLES": "glibc.malloc.tcache_count=0:glibc.malloc.perturb=165",
        }
        SERVERS.append(self)
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                command, cwd=ROOT, env=env, stdout=log, stderr=subprocess.STDOUT
            )
        self._wait_until_it_answers(monotonic() + START_TAKES)

    def stop(self) -> None:
        if self._process is not None:
            self._process.terminate()
            try:
                self._process.wait(20)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
            self._process = None

    def restart(self) -> None:
        self.stop()
        self.start()

    def hold(self, source: Path | None = None) -> None:
        """Has the store hold what another one does, or nothing."""
        with self.store(), closing(sqlite3.connect(self.file)) as at:
            if source:
                at.execute("ATTACH ? AS source", (str(source),))
            there = "SELECT name FROM main.sqlite_master WHERE type = 'table'"
            tables = {name for (name,) in at.execute(there)} - {
                "alembic_version",
                "revision",
                sums.NAME,
            }
            counted = "coalesce((SELECT number FROM main.revision), 0) + 1"
            with at:
                at.execute(f"REPLACE INTO main.revision (id, number) SELECT 1, {counted}")
                for table in tables:
                    at.execute(f'DELETE FROM main."{table}"')  # noqa: S608 our own tables
                    if source:
                        copied = f'INSERT INTO main."{table}" SELECT * FROM source."{table}"'  # noqa: S608
                        at.execute(copied)
                sums.renew(at)

    def asked(self) -> list[str]:
        """Which addresses its sockets asked for since the last time, but for this machine's."""
        lines = self.heard.read_text().splitlines() if self.heard.exists() else []
        self.heard.write_text("")
        return [
            line for line in lines if line.split()[-1] not in {*THIS_MACHINE, NOBODYS, STREAMLITS}
        ]

    @property
    def cookie(self) -> tuple[str, str]:
        """Name and word of the cookie that a link brought; it holds over restarts."""
        beside = location.own_file({"LEAVEWELL_DATABASE_URL": self.database})
        self._cookie = self._cookie or admitted.cookie(beside, self.port)
        return self._cookie

    @property
    def pid(self) -> int:
        """Number of its process."""
        assert self._process is not None
        return self._process.pid

    @property
    def is_running(self) -> bool:
        return self._process is not None

    @contextmanager
    def store(self) -> Iterator[Store]:
        opened = open_store(self.database)
        try:
            yield opened
        finally:
            opened.engine.dispose()

    def fill(self, household: Household, *plans: Plan) -> None:
        with self.store() as store:
            store.fill(household, (), plans)

    def plan(self, week: Week) -> Plan:
        """What the store holds of a week."""
        with self.store() as store:
            kept = store.load_plan(week)

        assert kept is not None, f"nothing of {week} is kept"
        return kept

    def _wait_until_it_answers(self, deadline: float) -> None:
        while True:
            try:
                urllib.request.urlopen(f"{self.url}/_stcore/health", timeout=1).close()  # noqa: S310 our own
            except OSError:
                assert self._process is not None
                assert self._process.poll() is None, self.log.read_text()
                assert monotonic() < deadline, self.log.read_text()
                sleep(0.05)  # nothing but asking again tells whether a server has started
            else:
                return


@dataclass
class Visit:
    """One browser of its own at a server, and what went wrong in it."""

    page: Page
    server: Leavewell
    may_lose_server: bool = False
    may_be_asked: bool = False  # for the passphrase, which a browser takes for an error
    requests: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def watch(self) -> None:
        self.page.context.on("request", self._hear_request)
        self.page.context.on("page", self._watch_sockets)  # also of one that a page opens
        self._watch_sockets(self.page)
        self.page.on("pageerror", lambda error: self.wrong.append(f"page error: {error}"))
        self.page.on("console", self._hear)
        self.page.add_init_script(REMEMBERS)

    def heard(self) -> str:
        """What hands did on this page last, and what it sent."""
        try:
            return "\n".join(self.page.evaluate("() => window.heard ?? []"))
        except PlaywrightError as gone:
            return str(gone)

    def _hear_request(self, request: Request) -> None:
        self._asks(request.url)

    def _watch_sockets(self, page: Page) -> None:
        page.on("websocket", lambda socket: self._asks(socket.url))

    def check(self) -> None:
        if not self.page.is_closed() and self.page.url != "about:blank":
            expect(self.page.get_by_test_id("stException")).to_have_count(0)
            expect(self.page.get_by_text(BROKEN)).to_have_count(0)

        assert self.wrong == []

    def leave(self) -> None:
        """Ends it; its browser then remembers no more than the files it fetched."""
        context = self.page.context
        context.remove_listener("request", self._hear_request)
        context.remove_listener("page", self._watch_sockets)
        self.page.goto("about:blank")  # what a page keeps as it ends is forgotten as well
        session = context.new_cdp_session(self.page)
        for origin in {f"http://{urlsplit(url).netloc}" for url in self.requests}:
            session.send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": "all"})
        context.clear_cookies()
        for page in context.pages[1:]:  # all but the one that is always open
            page.close()

    def open(self, path: str = "") -> Page:
        self.page.goto(f"{self.server.url}/{path}")
        settle(self.page)
        return self.page

    def open_page(self, place: str) -> Page:
        """One of the pages by its address, once all of it is drawn."""
        self.page.goto(f"{self.server.url}/{'' if place == 'sunday' else place}")
        heading(self.page, PLACES[place])
        settle(self.page)
        return self.page

    def go(self, place: str) -> Page:
        """One of the pages by its link, as from the page that is open; the first by its address."""
        if self.page.url == "about:blank":
            return self.open_page(place)
        name = "Sunday" if place == "sunday" else PLACES[place]
        self.page.get_by_role("link", name=name, exact=True).click()
        heading(self.page, PLACES[place])
        settle(self.page)
        return self.page

    def _asks(self, url: str) -> None:
        self.requests.append(url)
        own = (
            f"{self.server.url}/",
            f"{self.server.url}/".replace("http", "ws", 1),
            "data:",
            "blob:",
        )
        if not url.startswith(own):
            self.wrong.append(f"asked for {url}")

    def _hear(self, message: ConsoleMessage) -> None:
        known = ASKED_BESIDE_THE_PAGE.search(message.location["url"])
        lost = self.may_lose_server and LOST_SERVER.search(message.text)
        asked = self.may_be_asked and REFUSED.search(message.text)
        if message.type == "error" and not (known or lost or asked):
            self.wrong.append(f"console: {message.text} ({message.location['url']})")


Visitor = Callable[..., Visit]
VISITS: list[tuple[str, Visit]] = []  # of the test that runs


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """The report of a test, with what its pages heard where it did not pass."""
    report = yield
    if report.when == "call" and report.failed:
        for number, (_, one) in enumerate(VISITS, 1):
            report.sections.append((f"heard by page {number}", one.heard()))
    return report


@dataclass
class Outside:
    """Whatever is not this machine: all that a page asks of it ends here and goes no further.

    Unlike a page's events this also hears of icons and of what Chromium fetches ahead.
    """

    address: str
    asked: list[str] = field(default_factory=list)


@pytest.fixture(autouse=True)
def clock() -> None:
    """The clock of the system: servers and browsers know no other."""


@pytest.fixture(scope="session")
def outside() -> Iterator[Outside]:
    class Refuse(StreamRequestHandler):
        def handle(self) -> None:
            line = self.rfile.readline().decode("latin-1").strip()
            if CHROMIUMS_OWN not in line:
                nothing.asked.append(line)
            self.wfile.write(b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n")

    with ThreadingTCPServer(("127.0.0.1", 0), Refuse) as proxy:
        nothing = Outside(f"http://127.0.0.1:{proxy.server_address[1]}")
        thread = threading.Thread(target=proxy.serve_forever)
        thread.start()
        yield nothing
        proxy.shutdown()
        thread.join()


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    browser = playwright.chromium.launch(executable_path=system_chromium(), args=FLAGS)
    yield browser
    browser.close()


@pytest.fixture(autouse=True)
def no_server_asks_elsewhere() -> Iterator[None]:
    """No test ends well whose server opened a socket to anything but this machine."""
    yield

    assert [] == [line for server in SERVERS for line in server.asked()]


@pytest.fixture(scope="session")
def idle() -> dict[str, list[BrowserContext]]:
    """By kind, browsers that were left: they have the files of a server, which come first."""
    return defaultdict(list)


@pytest.fixture
def visit(
    chromium: Browser, outside: Outside, idle: dict[str, list[BrowserContext]]
) -> Iterator[Visitor]:
    """Opens browsers at a server, each with its own memory; all of them are watched."""
    yield from _visits(chromium, outside, idle)


@pytest.fixture(scope="class")
def look(
    chromium: Browser, outside: Outside, idle: dict[str, list[BrowserContext]]
) -> Iterator[Visitor]:
    """The same for all tests of a class that change nothing in the store."""
    yield from _visits(chromium, outside, idle)


def _visits(
    chromium: Browser, outside: Outside, idle: dict[str, list[BrowserContext]]
) -> Iterator[Visitor]:
    visits = VISITS
    visits.clear()

    def enter(
        server: Leavewell,
        *,
        width: int = 1360,
        scheme: Literal["light", "dark"] = "light",
        touch: bool = False,
        zone: str = "Europe/Berlin",
    ) -> Visit:
        kind = f"{width} {scheme} {touch} {zone}"
        if not idle[kind]:
            context = chromium.new_context(
                viewport={"width": width, "height": 900},
                locale="en-GB",
                timezone_id=zone,
                color_scheme=scheme,
                has_touch=touch,
                reduced_motion="reduce",
                proxy={"server": outside.address, "bypass": ",".join(HOSTS)},
            )
            # It stays open, or what draws would end with each test's page.
            context.new_page().goto(f"{server.url}/_stcore/health")
            idle[kind].append(context)
        context = idle[kind].pop()
        if server.admits:
            name, word = server.cookie
            context.add_cookies([{"name": name, "value": word, "url": server.url}])
        one = Visit(context.new_page(), server)
        one.watch()
        visits.append((kind, one))
        return one

    yield enter
    try:
        for _, one in visits:
            one.check()

        assert outside.asked == []
        for kind, one in visits:
            one.leave()
            idle[kind].append(one.page.context)
        visits.clear()
    finally:
        outside.asked.clear()
        for _, one in visits:  # something went wrong in one of them
            one.page.context.close()
        visits.clear()


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Leavewell]:
    """The one server whose store is laid out anew for each test."""
    server = Leavewell(tmp_path_factory.mktemp("running"))
    server.start()
    yield server
    server.stop()


@pytest.fixture
def empty(running: Leavewell) -> Iterator[Leavewell]:
    """A server whose store holds nothing yet."""
    running.hold()
    yield from _watched(running)


@pytest.fixture
def home(running: Leavewell) -> Iterator[Leavewell]:
    """A server of a couple that has just begun: Maya and Jonas, no week yet."""
    running.hold()
    running.fill(a_household())
    yield from _watched(running)


@pytest.fixture(scope="session")
def sample_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the sample couple and half a year, made by the command line."""
    file = tmp_path_factory.mktemp("sample") / "leavewell.db"
    env = os.environ | {"LEAVEWELL_DATABASE_URL": location.sqlite_url(file)}
    command = [sys.executable, "-m", "rituals", "sample", "--weeks", "26"]
    subprocess.run(command, cwd=ROOT, env=env, check=True, capture_output=True)
    return file


@pytest.fixture
def sample(running: Leavewell, sample_file: Path) -> Iterator[Leavewell]:
    """A server with the sample couple as its own."""
    running.hold(sample_file)
    yield from _watched(running)


@pytest.fixture(scope="class")
def seen_sample(running: Leavewell, sample_file: Path) -> Iterator[Leavewell]:
    """The same for all tests of a class that change nothing in the store."""
    running.hold(sample_file)
    yield from _watched(running)


@pytest.fixture(scope="class")
def seen_home(running: Leavewell) -> Iterator[Leavewell]:
    """The couple that has just begun, for tests of a class of which none disturbs another."""
    running.hold()
    running.fill(a_household())
    yield from _watched(running)


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Leavewell]:
    """A server that nobody has asked anything yet, with nothing in its store."""
    server = Leavewell(tmp_path)
    server.start()
    yield from _watched(server)
    server.stop()


def to_strangers(server: Leavewell, url: str = "") -> Leavewell:
    """A visit to this server by browsers that it never saw, at another of its addresses."""
    same = copy(server)
    same.url, same.admits = url or server.url, False
    return same


def week_ahead(later: int = 0) -> Week:
    """The week that the Sunday page opens with, or so many weeks later."""
    household = a_household()
    today = local_time.local_day(datetime.now(UTC), household)
    return local_time.week_to_plan(today, household) + later


def resize(page: Page, width: int, height: int = 900) -> None:
    """Makes the screen another one, as wide as this: a narrow one is touched."""
    touch = page.context.new_cdp_session(page)
    touch.send("Emulation.setTouchEmulationEnabled", {"enabled": width < NARROW})
    page.set_viewport_size({"width": width, "height": height})
    settle(page)


def settle(page: Page) -> None:
    """Waits until the script has run, the widgets have arrived and the charts are drawn."""
    page.wait_for_function(DRAWN_TWICE)
    page.wait_for_function(AT_REST, arg=[IDLE, UNDRAWN], timeout=REST_TAKES)


def heading(page: Page, begins: str) -> Locator:
    """The page's own heading, once it is there."""
    found = page.get_by_role("heading", level=1, name=re.compile(f"^{re.escape(begins)}"))
    found.wait_for(timeout=REST_TAKES)
    return found


def open_the_week(page: Page) -> None:
    """The sitting, where an agreed week is under way and the page opens on today."""
    settle(page)
    opens = page.get_by_role("button", name="Open the week")
    if opens.count():
        opens.click()
        heading(page, PLACES["sunday"])


def choose(page: Page, option: str, *, exact: bool = True) -> None:
    """Takes one option of a row of them, and waits until it is taken."""
    radio = page.get_by_role("radio", name=option, exact=exact)
    radio.click()
    expect(radio).to_be_checked()
    _begins(page)
    settle(page)


def turn_to(page: Page, option: str) -> None:
    """Takes one option of a row of them where it is not taken already."""
    if not page.get_by_role("radio", name=option, exact=True).is_checked():
        choose(page, option)


def on_ground(page: Page, scheme: Literal["light", "dark"]) -> None:
    """Draws the page on one of its grounds."""
    page.emulate_media(color_scheme=scheme)
    expect(page.get_by_test_id("stApp")).to_have_css("background-color", GROUNDS[scheme])
    page.wait_for_function(UNMOVED)
    settle(page)


def pick(page: Page, label: str, option: str | re.Pattern[str]) -> None:
    """Picks an option in a list that opens."""
    take(page.get_by_role("combobox", name=label), page.get_by_role("option", name=option))
    _begins(page)
    settle(page)


def take(field: Locator, option: Locator) -> None:
    """Takes an option of a list; a page that still comes to rest may close the list again."""
    for _ in range(OPENED_AT_MOST):
        field.click()
        with suppress(TooLateError):
            option.click(timeout=3_000)
            return
    raise AssertionError("the list did not stay open")


def download(page: Page, button: str, folder: Path) -> Path:
    """The file behind a button."""
    settle(page)
    with page.expect_download(timeout=FILE_TAKES) as downloading:
        page.get_by_role("button", name=button, exact=True).click()
    file = folder / downloading.value.suggested_filename
    downloading.value.save_as(file)
    settle(page)
    return file


def said(text: str) -> re.Pattern[str]:
    """A name with this text, where Streamlit's markdown may have escaped its punctuation."""
    return re.compile(r"(?<!\w)" + "".join(rf"\\*{re.escape(c)}" for c in text))


def more_rituals(page: Page, words: str = "") -> None:
    """Opens what one can add, or what some words find of it."""
    search = page.get_by_role("textbox", name="Search")
    if not search.count():
        page.get_by_text("More rituals").click()
        settle(page)
    if words:
        search.fill(words)
        search.press("Enter")
        settle(page)


def add_ritual(page: Page, title: str) -> None:
    """Takes a ritual into the week."""
    more_rituals(page, title)
    page.get_by_role("button", name=f"Add {title}").click()
    settle(page)


def change_ritual(page: Page, title: str) -> None:
    """Opens the settings of a ritual that is chosen."""
    line = page.locator(".st-key-chosen").get_by_test_id("stPopoverButton")
    line.filter(has_text=title).click()


def slider(page: Page, label: str) -> Locator:
    return page.get_by_role("slider", name=said(label))


def press(locator: Locator, key: str, times: int = 1) -> None:
    locator.focus()
    for _ in range(times):
        locator.press(key)


def a_week_behind(server: Leavewell) -> Leavewell:
    """A server with a week some time before, so that the weeks have a chart."""
    week = week_ahead(-2)
    with server.store() as store:
        behind = changes.first_plan(week, a_household())
        store.change_plan(behind, lambda plan: plan)
    return server


def bar(page: Page, week: Week, words: str) -> Locator:
    """The bar of a week in a chart that says this, as "Alone · 3 h happened"."""
    starts = local_time.first_day(week, a_household())
    year = "" if starts.year == week_ahead().monday.year else f" {starts.year}"
    told = f"Week of {starts.day} {starts:%B}{year} · {words}"
    return page.locator(f'{CHART} [aria-roledescription=bar][aria-label*="{told}"]')


def open_sheet(page: Page, title: str) -> Locator:
    """The sheet of a block of the week."""
    page.locator(".lw-grab").filter(has_text=title).click()
    sheet = page.get_by_role("dialog", name=title)
    expect(sheet).to_be_visible()
    return sheet


def put_at(page: Page, title: str, weekday: str, hour: str) -> Locator:
    """Moves a block by its sheet, which stays open."""
    sheet = open_sheet(page, title)
    sheet.get_by_role("button", name="Move").click()
    sheet.get_by_role("combobox", name="Day").select_option(weekday)
    sheet.get_by_label("From").fill(hour)
    sheet.get_by_role("button", name="Move").click()
    return sheet


def in_grid(page: Page, title: str) -> Locator:
    """The blocks of the week's grid that bear a title."""
    return page.locator(".lw-week").get_by_role("listitem").filter(has_text=title)


def _watched(server: Leavewell) -> Iterator[Leavewell]:
    """The server for one test, which leaves no traceback in its log."""
    begins = len(server.log.read_text())
    yield server
    if not server.is_running:
        server.start()

    log = server.log.read_text()[begins:]

    assert "Traceback" not in log, log


def _begins(page: Page) -> None:
    """Waits a moment for the script to run: what comes to rest has to have begun."""
    with suppress(TooLateError):
        page.wait_for_function("idle => !document.querySelector(idle)", arg=IDLE, timeout=400)

"""Nothing leaves this machine, and nobody else is let in."""

import http.client
import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from rituals.model.household import ONE, TWO, Kind
from rituals.model.plan import Choice
from rituals.model.ritual import TakesPart
from rituals.planning import changes
from tests.browser.conftest import PLACES, STEPS, choose, download, heading, settle, week_ahead
from tests.clients import readers
from tests.support.notation import a_household, a_plan, a_ritual, an_occurrence

ASKED_FOR = (
    "/",
    "/our-weeks",
    "/our-rituals",
    "/household",
    "/app/static/icon.png",
    "/app/static/home/manifest.webmanifest",
    "/static/index.html",
    "/_stcore/health",
    "/_stcore/host-config",
)
STRANGERS = ("evil.example", "leavewell.evil.example", "192.0.2.1", "127.0.0.1.evil.example")
HANDSHAKE = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "bGVhdmV3ZWxsIGxlYXZlcw==",
}


def status(server, path, headers):
    """What a server answers to a request with exactly these headers."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
    try:
        connection.putrequest("GET", path, skip_host=True, skip_accept_encoding=True)
        for name, value in headers.items():
            connection.putheader(name, value)
        connection.endheaders()
        return connection.getresponse().status
    finally:
        connection.close()


def handshake(server, host, origin, **more):
    headers = HANDSHAKE | {"Host": host, "Origin": origin} | more
    return status(server, "/_stcore/stream", headers)


def test_every_page_asks_this_server_and_no_other(sample, visit):
    one = visit(sample)
    for place in PLACES:
        page = one.open_page(place)
        icons = page.locator("link[rel~=icon]").evaluate_all("icons => icons.map(i => i.href)")

        assert all(icon.startswith(sample.url) for icon in icons)
    hosts = {urlsplit(url).netloc for url in one.requests if not url.startswith(("data:", "blob:"))}

    assert hosts == {urlsplit(sample.url).netloc}
    assert any(url.startswith("ws://") for url in one.requests)
    assert any(url.endswith(".woff2") for url in one.requests)


@pytest.mark.parametrize("host", STRANGERS)
def test_a_foreign_name_gets_no_page_file_or_answer(sample, host):
    told = {path: status(sample, path, {"Host": host}) for path in ASKED_FOR}

    assert told == dict.fromkeys(ASKED_FOR, 400)


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost"])
def test_this_machine_is_answered_under_its_own_names(sample, name):
    host, cookie = f"{name}:{sample.port}", {"Cookie": "=".join(sample.cookie)}

    assert status(sample, "/", {"Host": host} | cookie) == 200
    assert status(sample, "/_stcore/health", {"Host": host}) == 200
    assert handshake(sample, host, f"http://{host}", **cookie) == 101


def test_a_foreign_websocket_is_refused(sample):
    own = f"127.0.0.1:{sample.port}"
    of_others = [
        handshake(sample, host, origin, Cookie="=".join(sample.cookie))
        for host, origin in (
            (own, "http://evil.example"),
            (own, f"http://evil.example:{sample.port}"),
            (own, f"http://127.0.0.1.evil.example:{sample.port}"),
            ("evil.example", "http://evil.example"),
            (f"evil.example:{sample.port}", f"http://evil.example:{sample.port}"),
            ("evil.example", f"http://{own}"),
        )
    ]

    assert all(answer in {400, 403} for answer in of_others), of_others


NAMES = (
    "*Ma* <b>ya</b> :red[x] $y$ `z`",
    "![](http://192.0.2.1/x.png) [b](//b.ex)",
)  # as long as a name may be
TITLE = "*Ma* <b>ya</b> ![](http://192.0.2.1/x.png) :red[x]"


def written_weeks(names):
    """A ritual, a week behind and the week ahead in which everything bears a difficult name."""
    household = a_household(names=names)
    hopes = changes.first_plan(week_ahead(), household).hopes
    own = a_ritual("own", title=TITLE, kind=Kind.ALONE, takes_part=TakesPart.EACH, ways=(TITLE,))
    for week in (week_ahead(-1), week_ahead()):
        evenings = [
            an_occurrence(
                f"{day} 18:00-20:00",
                week=week,
                ritual="own",
                partner=partner,
                kind=Kind.ALONE,
                title=TITLE,
                way=TITLE,
            )
            for day, partner in (("Tue", ONE), ("Wed", TWO))
        ]
        choices = (Choice("own", ONE, 1), Choice("own", TWO, 1))
        yield own, a_plan(*evenings, week=week, hopes=hopes, choices=choices)


def as_written(text):
    """The text, in which an address may hold a joiner that keeps it from becoming a link."""
    return re.compile("\u2060?".join(map(re.escape, text)))


def shows(page, *texts):
    main = page.get_by_role("main")
    for text in texts:
        expect(main).to_contain_text(as_written(text))
    expect(main.locator("img")).to_have_count(0)
    expect(main.locator("a[href*='b.ex']")).to_have_count(0)
    expect(main.locator("b, em").filter(has_text=re.compile("^(ya|Ma)$"))).to_have_count(0)
    expect(main.locator(".katex")).to_have_count(0)


def test_what_people_write_is_shown_as_they_wrote_it_and_asks_for_nothing(empty, visit, tmp_path):
    one = visit(empty)
    page = one.open()
    heading(page, "Welcome to Leavewell")
    for label, name in zip(("One of you", "The other of you"), NAMES, strict=True):
        page.get_by_role("textbox", name=label).fill(name)
    page.get_by_text("Usual hours: sleep, work and children").click()
    shows(page, f"{NAMES[0]} works on", f"{NAMES[1]} works on")
    page.get_by_role("button", name="Begin").click()
    heading(page, "The week of")
    settle(page)
    with empty.store() as store:
        for ritual, plan in written_weeks(NAMES):
            store.save_ritual(ritual)
            store.change_plan(plan, lambda plan: plan)

    one.open_page("sunday")
    of_one, of_two = (f"{name}: {TITLE}" for name in NAMES)
    for step, shown in (
        (STEPS[0], (of_one, of_two)),
        (STEPS[1], NAMES),
        (STEPS[2], (*NAMES, TITLE)),
        (STEPS[3], (TITLE, *NAMES)),
        (STEPS[4], (TITLE, *NAMES)),
    ):
        choose(page, step)
        if step == STEPS[0]:
            page.get_by_text("One by one").click()
        shows(page, *shown)
    file = download(page, "Put it into our calendar", tmp_path)
    seen = readers.READERS["icalendar"](file)

    assert {event.summary for event in seen} == {of_one, of_two}
    shows(one.open_page("our-weeks"), *NAMES)
    choose(page, "Each kind of time")
    shows(page, f"{NAMES[1]}, alone")
    one.open_page("our-rituals")
    choose(page, "Our own")
    page.get_by_text("1 idea").click()
    shows(page, TITLE)
    page.get_by_role("button", name="Change").click()
    expect(page.get_by_role("dialog")).to_contain_text(as_written(TITLE))
    one.open_page("household")
    shows(page, f"{NAMES[0]} works", f"{NAMES[1]} works")
    page.get_by_role("button", name=re.compile("^Change")).first.click()
    expect(page.get_by_role("textbox", name="One of you")).to_have_value(NAMES[0])

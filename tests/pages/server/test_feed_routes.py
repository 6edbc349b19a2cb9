"""The address over HTTP: who gets a feed, what it says beside it, and the folders that follow."""

import logging
import threading
import time
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime
from http.client import HTTPConnection

import pytest
import uvicorn
from starlette.applications import Starlette

from pages.server import feed_routes
from pages.session import revision
from rituals.calendars.outgoing import feeds
from rituals.calendars.outgoing.ledger import Ledger
from rituals.model import local_time
from rituals.model.calendar import Audience, Feed, Route
from rituals.model.household import ONE
from rituals.planning import changes
from rituals.security.encryption import Effort
from rituals.surprises import drawers
from rituals.surprises import surprise as surprises
from tests.support.notation import a_household, a_plan, agreed_by_both, an_occurrence, today_at_home
from tests.support.ports import free_port

pytestmark = pytest.mark.outside  # a server answers in each

TOKEN = feeds.new_token()
SOON = 10  # seconds: what follows by itself has followed by then, on a busy machine too


@pytest.fixture(scope="module")
def port():
    """Where the address answers."""
    free = free_port()
    settings = uvicorn.Config(
        Starlette(routes=[feed_routes.FEED_ROUTE, feed_routes.REVISION_ROUTE]),
        port=free,
        log_level="warning",
    )
    server = uvicorn.Server(settings)
    thread = threading.Thread(target=server.run)
    thread.start()
    until(lambda: server.started)
    yield free
    server.should_exit = True
    thread.join()


@pytest.fixture
def ask(port):
    """Asks for an address; answers with status, headers and body."""

    def asked(token=TOKEN, method="GET", **headers):
        with closing(HTTPConnection("127.0.0.1", port, timeout=SOON)) as line:
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            line.request(method, f"/calendar/{token}.ics", headers=named)
            answer = line.getresponse()
            told = {name.lower(): value for name, value in answer.getheaders()}
            return answer.status, told, answer.read()

    return asked


@pytest.fixture
def on(empty):
    """A couple whose shared feed is on, with a week on it."""
    empty.save_feed(Feed(Audience.SHARED, TOKEN))
    kept = empty.change_plan(this_week(), agreed_by_both)
    ledger = Ledger.of(a_household(), Audience.SHARED, Route.FEED, ())
    at = datetime.now(UTC) - timedelta(hours=1)
    empty.save_exported(ledger.new_entries(kept.week, kept.occurrences, at))
    return empty


def this_week():
    week = local_time.week_of(today_at_home(), a_household())
    return a_plan(an_occurrence("Thu 20:00-21:00", week=week), week=week)


def until(holds, seconds=SOON):
    """Whether something comes true in time."""
    ends = time.monotonic() + seconds
    while not holds() and time.monotonic() < ends:
        time.sleep(0.02)
    return holds()


def let_go_of_it(store):
    week = this_week().week
    (lying,) = store.load_plan(week).occurrences
    store.change_plan(
        store.load_plan(week), lambda plan: changes.let_go(plan, lying.id, datetime.now(UTC))
    )


# -- the answer


@pytest.mark.usefixtures("on")
def test_who_knows_the_token_gets_the_calendar(ask):
    status, headers, body = ask()

    assert 200 == status
    assert body.startswith(b"BEGIN:VCALENDAR")
    assert b"SUMMARY:Late talk" in body
    assert {
        "content-type": "text/calendar; charset=utf-8",
        "cache-control": "private, no-cache",
        "referrer-policy": "no-referrer",
        "x-robots-tag": "noindex",
        "x-content-type-options": "nosniff",
        "content-length": str(len(body)),
    }.items() <= headers.items()
    assert datetime.now(UTC) >= parsedate_to_datetime(headers["last-modified"])


@pytest.mark.usefixtures("on")
def test_head_is_the_same_without_the_calendar(ask):
    _, headers, _ = ask()
    status, of_head, body = ask(method="HEAD")

    assert (200, b"") == (status, body)
    assert headers | {"date": ""} == of_head | {"date": ""}


@pytest.mark.usefixtures("on")
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PROPFIND", "ANY"])
def test_it_can_only_be_read(ask, method):
    status, headers, _ = ask(method=method)

    assert 405 == status
    assert {"GET", "HEAD"} >= {each.strip() for each in headers["allow"].split(",")}


@pytest.mark.usefixtures("on")
@pytest.mark.parametrize(
    "token",
    ["x", TOKEN[:-1], TOKEN + "x", TOKEN.swapcase(), "%00", "%C3%B6", "a%0D%0Ab", "%"],
    ids=["short", "cut", "longer", "swapped", "null", "umlaut", "lines", "percent"],
)
def test_any_other_token_finds_nothing(ask, token):
    status, headers, body = ask(token)

    assert (404, "0", b"") == (status, headers["content-length"], body)
    assert "etag" not in headers


def test_a_renewed_token_finds_nothing_from_then_on(on, ask):
    on.save_feed(Feed(Audience.SHARED, feeds.new_token()))

    assert (404, b"") == ask()[::2]


def test_an_address_that_was_switched_off_finds_nothing(on, ask):
    on.save_feed(Feed(Audience.SHARED, "", "/somewhere"))

    assert [404, 404] == [ask()[0], ask("")[0]]


def test_before_the_first_visit_there_is_nothing(store, ask):
    store.save_feed(Feed(Audience.SHARED, TOKEN))

    assert (404, b"") == ask()[::2]


def test_what_is_let_go_is_gone_the_next_time(on, ask):
    before = ask()[2]
    let_go_of_it(on)

    assert (True, False) == (b"Late talk" in before, b"Late talk" in ask()[2])


# -- what is known already


@pytest.mark.usefixtures("on")
@pytest.mark.parametrize("known", ["{}", "W/{}", '"other", {}', '"a",W/{} , "b"', "*"])
def test_one_who_has_it_by_tag_is_told_so_without_a_body(ask, known):
    tag = ask()[1]["etag"]
    status, headers, body = ask(If_None_Match=known.format(tag))

    assert (304, tag, b"") == (status, headers["etag"], body)
    assert "content-type" not in headers


@pytest.mark.usefixtures("on")
def test_one_who_has_another_tag_gets_it_whatever_the_date(ask):
    later = format_datetime(datetime.now(UTC) + timedelta(days=1), usegmt=True)

    assert 200 == ask(If_None_Match='"other"', If_Modified_Since=later)[0]


def test_a_tag_holds_until_something_changes(on, ask):
    tag = ask()[1]["etag"]
    let_go_of_it(on)

    assert 200 == ask(If_None_Match=tag)[0]


@pytest.mark.usefixtures("on")
def test_one_who_has_only_a_date_gets_all_of_it(ask):
    modified = ask()[1]["last-modified"]

    assert 200 == ask(If_Modified_Since=modified)[0]


# -- when something is in the way


def test_a_store_that_cannot_be_opened_is_one_sentence(tmp_path, monkeypatch, ask, caplog):
    (tmp_path / "broken.db").write_text("not a database, but long enough to be looked at" * 99)
    monkeypatch.setenv("LEAVEWELL_DATABASE_URL", f"sqlite:///{tmp_path}/broken.db")
    status, headers, body = ask()

    assert (503, feed_routes.NOT_NOW.encode()) == (status, body)
    assert "text/plain; charset=utf-8" == headers["content-type"]
    assert str(tmp_path) not in body.decode()
    assert TOKEN not in caplog.text


def test_a_store_that_breaks_while_it_is_read_is_one_sentence_too(on, ask):
    assert 200 == ask()[0]

    with on.engine.begin() as at:
        at.exec_driver_sql("DROP TABLE feeds")

    assert (503, feed_routes.NOT_NOW.encode()) == ask()[::2]


# -- into the folders


def test_every_change_goes_into_the_folder(on, tmp_path):
    file = tmp_path / "leavewell-shared.ics"
    on.save_feed(Feed(Audience.SHARED, "", str(tmp_path)))
    with feed_routes.writing_folders():
        at_once = until(lambda: file.is_file() and b"Late talk" in file.read_bytes())
        let_go_of_it(own())
        followed = until(lambda: b"Late talk" not in file.read_bytes())

    assert (True, True) == (at_once, followed)


def test_many_changes_at_once_are_written_a_few_times(on, tmp_path):
    on.save_feed(Feed(Audience.SHARED, "", str(tmp_path)))
    file = tmp_path / "leavewell-shared.ics"
    with feed_routes.writing_folders():
        until(file.is_file)
        seen, began = set(), time.monotonic()
        week = this_week().week
        for n in range(60):
            title = f"Talk {n}"
            own().change_plan(
                own().load_plan(week),
                lambda plan, title=title: agreed_by_both(
                    replace(
                        plan, occurrences=tuple(replace(o, title=title) for o in plan.occurrences)
                    )
                ),
            )
            seen.add(file.read_bytes())
            time.sleep(0.02)
        moments = (time.monotonic() - began) / feed_routes.A_MOMENT
        at_last = until(lambda: b"Talk 59" in file.read_bytes())

    assert at_last
    assert moments + 2 >= len(seen)


def test_a_folder_that_is_gone_is_said_once_and_written_once_it_is_there(
    on, tmp_path, monkeypatch, caplog
):
    monkeypatch.setattr(feed_routes, "LATER", 0.05)
    monkeypatch.setattr(feed_routes, "A_MOMENT", 0.05)
    folder = tmp_path / "later"
    on.save_feed(Feed(Audience.SHARED, "", str(folder)))
    with caplog.at_level(logging.WARNING, "leavewell"), feed_routes.writing_folders():
        until(lambda: caplog.messages)
        time.sleep(0.3)
        folder.mkdir()
        there = until(lambda: list(folder.glob("*.ics")))

    assert [f"There is no folder {folder}."] == caplog.messages
    assert there


def test_a_store_that_cannot_be_opened_ends_nothing(tmp_path, monkeypatch, caplog):
    monkeypatch.setattr(feed_routes, "LATER", 0.05)
    (tmp_path / "broken.db").write_text("not a database, but long enough to be looked at" * 99)
    monkeypatch.setenv("LEAVEWELL_DATABASE_URL", f"sqlite:///{tmp_path}/broken.db")
    with feed_routes.writing_folders():
        until(lambda: caplog.messages)
        time.sleep(0.2)
        follows = any(thread.name == "folders" for thread in threading.enumerate())

    assert follows
    assert 1 == len(caplog.messages)
    assert until(lambda: not any(t.name == "folders" for t in threading.enumerate()))


def own():
    """The store as the address knows it, whose changes are followed."""
    return feed_routes.stores.own_store()


def test_a_drawer_s_own_address_answers_like_the_others(empty, ask):
    now, one = datetime.now(UTC), "d" * 43
    key = drawers.create(empty, ONE, "1234", "lemon fern", Effort(memory=8))

    def filled(drawer):
        begun = surprises.new_surprise(ONE, now + timedelta(days=1), now)
        return replace(
            surprises.with_surprise(drawer, replace(begun, title="Tango"), now), token=one
        )

    drawers.change(empty, ONE, key, filled, a_household(), now)
    status, told, body = ask(one)

    assert (200, "text/calendar; charset=utf-8") == (status, told["content-type"])
    assert b"SUMMARY:Tango" in body
    assert now.replace(microsecond=0) == parsedate_to_datetime(told["last-modified"])
    assert 304 == ask(one, if_none_match=told["etag"])[0]
    drawers.change(empty, ONE, key, lambda drawer: replace(drawer, token=""), a_household(), now)
    assert 404 == ask(one)[0]


def asked_how_often(port):
    with closing(HTTPConnection("127.0.0.1", port, timeout=SOON)) as line:
        line.request("GET", feed_routes.REVISION_PATH)
        answer = line.getresponse()
        return answer.status, answer.read().decode()


def test_a_browser_that_asks_hears_of_each_change_and_each_start(port, empty, monkeypatch):
    first = asked_how_often(port)
    assert (200, revision.marker(empty)) == first == asked_how_often(port)
    empty.save_household(a_household(names=("Ana", "Ben")))
    second = asked_how_often(port)
    assert first != second
    monkeypatch.setattr(revision, "STARTED", "anew")
    assert second != asked_how_often(port)


def test_a_store_that_does_not_answer_is_no_news(port, monkeypatch):
    monkeypatch.setenv("LEAVEWELL_DATABASE_URL", "postgresql+psycopg://us@localhost:1/nowhere")

    assert (204, "") == asked_how_often(port)

"""The Calendars page, and how what it takes in keeps rituals out of the way."""

import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from streamlit.testing.v1 import AppTest

from rituals.model import local_time
from rituals.model.calendar import Origin
from rituals.model.difference import What
from rituals.model.household import CHILDREN, ONE, TWO
from rituals.model.plan import standing
from rituals.model.time.span import Span, Spans
from tests.support.paths import SHELL
from tests.support.visits import at_its_address

EVENT = """BEGIN:VEVENT
UID:{uid}
DTSTAMP:20260101T000000Z
DTSTART:{start:%Y%m%dT%H%M%SZ}
DTEND:{end:%Y%m%dT%H%M%SZ}
SUMMARY:{title}
END:VEVENT
"""


def a_file(*spans, title="Choir"):
    events = (
        EVENT.format(uid=n, start=span.start, end=span.end, title=title)
        for n, span in enumerate(spans)
    )
    written = "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//T//T//EN\n" + "".join(events)
    return (written + "END:VCALENDAR\n").replace("\n", "\r\n").encode()


def opened():
    at = at_its_address("calendars.py").run()
    assert not at.exception
    return at


def adds(at, where="", file=None, partner=0):
    """The page after one partner has added a path, an address or a file."""
    if file is not None:
        at.file_uploader[partner].set_value(("choir.ics", file, "text/calendar"))
    at.text_input[partner].set_value(where)
    [b for b in at.button if b.label == "Add"][partner].click().run()
    assert not at.exception
    return at


def said(at):
    return [info.value.replace("\\", "") for info in at.info]


def week_ahead(store):
    household = store.load_household()
    week = local_time.week_to_plan(local_time.local_day(datetime.now(UTC), household), household)
    return week, household


def taken(store):
    """By partner, what the store knows to be taken from now on."""
    now = datetime.now(UTC)
    return store.load_busy(Span(now - timedelta(days=7), now + timedelta(weeks=60)))


def soon(hours=2):
    begins = datetime.now(UTC).replace(minute=0, second=0, microsecond=0) + timedelta(days=2)
    return Span(begins, begins + timedelta(hours=hours))


@pytest.fixture
def address():
    """A calendar at an address of this machine, which counts how often it is asked."""
    served = {"body": b"", "asked": 0}

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self):
            served["asked"] += 1
            self.send_response(200)
            self.end_headers()
            self.wfile.write(served["body"])

        def log_message(self, *_args):
            """Says nothing: a test's output is its own."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    served["url"] = f"http://127.0.0.1:{server.server_port}/ours.ics"
    yield served
    server.shutdown()
    server.server_close()


def test_a_file_s_busy_times_are_kept_for_its_partner_alone(empty):
    adds(opened(), file=a_file(soon()), partner=1)

    assert {TWO: Spans([soon()])} == taken(empty)


def test_a_file_s_titles_are_not_kept_unless_somebody_wants_them(empty):
    adds(opened(), file=a_file(soon()))

    assert () == empty.load_titles(ONE, Span(soon().start, soon().end))


def test_the_same_file_again_takes_its_own_place(empty):
    adds(adds(opened(), file=a_file(soon())), file=a_file(soon(3)))

    assert {ONE: Spans([soon(3)])} == taken(empty)
    assert 1 == len(empty.load_calendars())


def of_children(at, *spans, whole_days=()):
    days = (
        f"BEGIN:VEVENT\r\nUID:d{n}\r\nDTSTART;VALUE=DATE:{day:%Y%m%d}\r\nEND:VEVENT\r\n"
        for n, day in enumerate(whole_days)
    )
    file = a_file(*spans).replace(b"END:VCALENDAR", "".join(days).encode() + b"END:VCALENDAR")
    return adds(at, file=file, partner=2)


def from_calendars(store):
    return [d.what for row in store.load_household().from_calendars for d in row]


def test_the_children_have_calendars_whose_whole_days_mean_no_school(empty):
    at = of_children(opened(), soon(), whole_days=[soon().start.date()])
    (calendar,) = empty.load_calendars()

    assert "The children" in [header.value for header in at.subheader]
    assert (CHILDREN, True, False) == (calendar.partner, calendar.whole_days, calendar.away)
    assert [What.NO_SCHOOL] == from_calendars(empty)
    assert {} == taken(empty)


def test_what_has_hours_in_the_childrens_calendar_counts_where_that_is_ticked(empty):
    at = of_children(opened(), soon())
    without = from_calendars(empty)
    next(c for c in at.checkbox if c.label.startswith("Events with hours")).check().run()
    ticked = from_calendars(empty)
    next(b for b in at.button if b.label == "Remove").click().run()

    assert ([], [What.CHILDREN_AWAY], []) == (without, ticked, from_calendars(empty))


@pytest.mark.usefixtures("empty")
def test_nobodys_eyes_alone_see_titles_of_the_children():
    at = of_children(opened(), soon())

    assert [] == [c for c in at.checkbox if c.label.startswith("Keep titles")]


def test_without_children_there_is_no_calendar_of_theirs_to_add_but_one_to_remove(empty):
    of_children(opened(), soon())
    empty.save_household(replace(empty.load_household(), children=False))
    with_one = opened()
    next(b for b in with_one.button if b.label == "Remove").click().run()

    assert 2 == len(with_one.file_uploader)
    assert () == empty.load_calendars()
    assert "The children" not in [header.value for header in opened().subheader]


def test_a_path_is_read_and_read_again(empty, tmp_path):
    file = tmp_path / "ours.ics"
    file.write_bytes(a_file(soon()))
    at = adds(opened(), str(file))
    file.write_bytes(a_file(soon(3)))
    next(b for b in at.button if b.label == "Look again").click().run()

    assert {ONE: Spans([soon(3)])} == taken(empty)


def test_what_cannot_be_read_is_said_and_leaves_everything_as_it_was(empty, tmp_path):
    file = tmp_path / "ours.ics"
    file.write_bytes(a_file(soon()))
    at = adds(opened(), str(file))
    file.write_text("<html>Please log in</html>")
    next(b for b in at.button if b.label == "Look again").click().run()

    assert 1 == len(said(at))
    assert {ONE: Spans([soon()])} == taken(empty)


def test_a_path_without_a_file_is_said(empty, tmp_path):
    at = adds(opened(), str(tmp_path / "nothing.ics"))

    assert [f"There is no file at {tmp_path}/nothing.ics."] == said(at)
    assert () == empty.load_calendars()


def test_an_address_is_asked_when_it_is_added_and_not_by_the_page_itself(empty, address):
    address["body"] = a_file(soon())
    adds(opened(), address["url"])
    opened()

    assert 1 == address["asked"]
    assert [Origin.ADDRESS] == [c.origin for c in empty.load_calendars()]


def test_an_address_is_asked_once_when_sunday_opens_where_that_is_ticked(empty, address):
    address["body"] = a_file(soon())
    at = adds(opened(), address["url"])
    next(c for c in at.checkbox if c.label.startswith("Ask it")).check().run()
    address["body"] = a_file(soon(3))
    later = AppTest.from_file(str(SHELL), default_timeout=60).run()
    later.run()

    assert 2 == address["asked"]
    assert {ONE: Spans([soon(3)])} == taken(empty)


def test_titles_are_for_one_who_wants_them_and_go_when_no_longer_wanted(empty, address):
    address["body"] = a_file(soon(), title="Choir :red[loud] ![](http://evil.example)")
    at = adds(opened(), address["url"])
    within = Span(soon().start, soon().end)
    next(c for c in at.checkbox if c.label.startswith("Keep titles")).check().run()
    kept = [busy.title for busy in empty.load_titles(ONE, within)]
    next(c for c in at.checkbox if c.label.startswith("Keep titles")).uncheck().run()

    assert ["Choir :red[loud] ![](http://evil.example)"] == kept
    assert () == empty.load_titles(ONE, within)
    assert {ONE: Spans([soon()])} == taken(empty)


def an_invitation(span, answer):
    told = f"SUMMARY:Talk\r\nATTENDEE;PARTSTAT={answer}:mailto:maya@example.org\r\n"
    return a_file(span, title="Talk").replace(b"SUMMARY:Talk\r\n", told.encode())


def invited_as(at, typed):
    next(t for t in at.text_input if t.label.startswith("Addresses of")).set_value(typed).run()
    assert not at.exception


def test_what_was_declined_takes_no_time_once_the_address_is_known(empty, address):
    address["body"] = an_invitation(soon(), "DECLINED")
    at = adds(opened(), address["url"])
    before = taken(empty)
    invited_as(at, "Maya@Example.org")

    assert {ONE: Spans([soon()])} == before
    assert {} == taken(empty)
    assert [("maya@example.org",)] == [c.addresses for c in empty.load_calendars()]


def test_an_open_invitation_takes_its_time_as_ticked(empty, address):
    address["body"] = an_invitation(soon(), "TENTATIVE")
    at = adds(opened(), address["url"])
    invited_as(at, "maya@example.org")
    before = taken(empty)
    next(c for c in at.checkbox if c.label.startswith("Not accepted")).uncheck().run()

    assert {ONE: Spans([soon()])} == before
    assert {} == taken(empty)


@pytest.mark.usefixtures("empty")
def test_a_file_has_to_come_once_more_for_another_address():
    at = adds(opened(), file=an_invitation(soon(), "DECLINED"))
    invited_as(at, "maya@example.org")

    assert ["That counts from the next time on: please add the file once more."] == said(at)


def test_a_removed_calendar_leaves_nothing(empty):
    at = adds(opened(), file=a_file(soon()))
    next(b for b in at.button if b.label == "Remove").click().run()

    assert ((), {}) == (empty.load_calendars(), taken(empty))


@pytest.mark.usefixtures("on_sunday")
def test_a_plan_that_is_kept_moves_out_of_the_way(filled):
    week, household = week_ahead(filled)
    lying = next(o for o in standing(filled.load_plan(week)) if o.partner == ONE)
    there = Span(lying.start, lying.end)
    adds(opened(), file=a_file(there))
    after = [o for o in standing(filled.load_plan(week)) if o.partner in (ONE, None)]

    assert household.name(ONE) == "Maya"
    assert [] == [o.title for o in after if Span(o.start, o.end).overlaps(there)]


def test_a_file_of_another_kind_under_a_calendars_name_is_one_sentence(empty):
    renamed = {
        "picture.ics": (b"\x89PNG\r\n\x1a\n\0\0", "This is not a calendar file"),
        "ours.ics": (b"[[ritual]]\nkey = 'lake'\n", "This is not a calendar file"),
        "zip.ics": (b"PK\x03\x04" + bytes(40), "This is a zip archive"),
        "empty.ics": (b"", "This file is empty."),
        "zeros.ics": (bytes(16 * 1024 * 1024), "This file is empty."),
        "wide.ics": ("Hello".encode("utf-16"), "This is not a calendar file"),
        "\u202eexe.ics": (b"MZ", "This is not a calendar file"),
    }
    at = opened()
    files = [(name, content, "text/calendar") for name, (content, _) in renamed.items()]
    at.file_uploader[0].set_value(files).run()
    (told,) = said(at)

    assert not at.exception
    for name, (_, sentence) in renamed.items():
        shown = name.replace("\u202e", "")

        assert f"{shown}: {sentence}" in told
    assert () == empty.load_calendars()

"""A store of before 0010, whose calendars never heard of a move, says it with the next output.

Both had said yes, one moved the talk by an hour, it was published meanwhile, both said yes again:
server and feed were at the same SEQUENCE as the plan and an hour behind, and the events of a file
that was taken before the yes were proposals for good.
"""

import pytest
from icalendar import Calendar

from rituals.calendars.caldav import diff, sync
from rituals.calendars.outgoing import export, feeds
from rituals.calendars.outgoing.ledger import Ledger
from rituals.model.calendar import Audience, Route
from rituals.store import location
from rituals.store.store import open_store
from tests.support import dump
from tests.support.notation import WEEK, an_instant
from tests.support.numbering import HOME, CalendarInMemory, agree, everything
from tests.support.paths import ROOT

DATA = ROOT / "tests" / "data"
NOW = an_instant("Sun 22:00", WEEK - 1)
BEFORE = {"Late talk": 1, "Maya: Walk": 0, "Film": 0}  # the SEQUENCE that calendars were given


@pytest.fixture
def store(tmp_path):
    file = tmp_path / "leavewell.db"
    dump.lay(file, "0009-unheard-moves")
    opened = open_store(location.sqlite_url(file))
    yield opened
    opened.engine.dispose()


@pytest.fixture
def calendar(store):
    """The calendar on the server, as it was left."""
    found, taken = CalendarInMemory(), store.load_exported()
    for entry in Ledger.of(HOME, Audience.SHARED, Route.SERVER, taken).entries.values():
        text = (DATA / "unheard-moves" / entry.name).read_bytes().decode()
        found.objects[entry.name] = (entry.etag, text)
    return found


def publish(store, calendar):
    side = diff.SyncSide.of(store, HOME, Audience.SHARED, [store.load_plan(WEEK)], NOW)
    return sync.publish(side, calendar, sync.look(side, calendar))


def feed(store):
    return feeds.current_content(store, Audience.SHARED, HOME, NOW).content


def changes(store):
    ledger = Ledger.of(
        HOME, Audience.SHARED, Route.FILE, store.load_exported([WEEK]), store.load_rituals()
    )
    parcel = export.pack([store.load_plan(WEEK)], ledger, export.Extent.CHANGES, NOW)
    store.save_exported(parcel.entries())
    return parcel.content()


def server(store, calendar):
    publish(store, calendar)
    return [text.encode() for _, text in calendar.objects.values()]


OUTPUTS = {
    "server": server,
    "feed": lambda store, _: [feed(store)],
    "file": lambda store, _: [changes(store)],
}


@pytest.mark.parametrize("first", OUTPUTS)
def test_the_first_output_brings_all_up_to_date_in_a_higher_version(store, calendar, first):
    found = everything(OUTPUTS[first](store, calendar)).values()

    assert {title: number + 1 for title, number in BEFORE.items()} == {
        str(event["SUMMARY"]): event["SEQUENCE"] for event in found
    }
    assert {"CONFIRMED"} == {str(event["STATUS"]) for event in found}
    assert an_instant("Thu 21:00") in {event["DTSTART"].dt for event in found}


@pytest.mark.parametrize("first", OUTPUTS)
def test_afterwards_server_and_feed_hold_the_same(store, calendar, first):
    OUTPUTS[first](store, calendar)
    there, on_feed = (everything(OUTPUTS[name](store, calendar)) for name in ("server", "feed"))

    assert there.keys() == on_feed.keys()
    for name, event in there.items():
        agree(event, on_feed[name])
    assert 0 == publish(store, calendar)


def test_nothing_is_told_twice(store, calendar):
    publish(store, calendar)
    changes(store)

    assert 0 == publish(store, calendar)
    assert [] == Calendar.from_ical(changes(store)).events

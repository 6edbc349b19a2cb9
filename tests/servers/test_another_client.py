from datetime import UTC, datetime, timedelta

import pytest

from rituals.calendars.outgoing import ical
from rituals.calendars.outgoing.ledger import event_uid
from rituals.model.calendar import Audience
from rituals.model.time.week import Week
from tests.support.notation import a_household, an_instant, an_occurrence

HOUSEHOLD = a_household()
TALK = an_occurrence("Thu 20:00-21:00", title="Late talk")
UID = event_uid(TALK.id, HOUSEHOLD, Audience.SHARED)
HOUR = timedelta(hours=1)


@pytest.fixture
def phone(account):
    """A phone that looks at "Us", where one event of ours lies."""
    other = account.in_calendar(account.us)
    other.put("talk.ics", ical.calendar([TALK], HOUSEHOLD))
    return other


def test_it_finds_what_we_wrote(phone):
    (found,) = phone.events()

    assert (UID, "Late talk", 0) == (found.uid, found.summary, found.sequence)
    assert (TALK.start, TALK.end) == (found.start, found.end)
    assert found.href.endswith("/us/talk.ics")


def test_moving_keeps_the_length_and_counts_up(phone):
    before = phone.event(UID)

    after = phone.move(UID, timedelta(days=1, hours=1))

    assert (before.start + 25 * HOUR, before.end + 25 * HOUR) == (after.start, after.end)
    assert before.sequence + 1 == after.sequence
    assert after == phone.event(UID)
    assert (before.href, before.etag != after.etag) == (after.href, True)


def test_moving_over_a_summer_time_night_keeps_the_clock(account):
    before_it = Week(2026, 13)
    talk = an_occurrence("Sat 20:00-21:00", week=before_it)
    phone = account.in_calendar(account.us)
    phone.put("talk.ics", ical.calendar([talk], HOUSEHOLD))

    after = phone.move(event_uid(talk.id, HOUSEHOLD, Audience.SHARED), timedelta(days=1))

    assert an_instant("Sun 20:00", before_it) == after.start
    assert talk.start + 23 * HOUR == after.start


def test_each_event_is_read_by_the_zone_in_its_own_file(account):
    phone = account.in_calendar(account.us)
    both = [an_occurrence(week=week) for week in (Week(2026, 4), Week(2029, 30))]
    for talk in both:
        phone.put(f"{talk.start:%Y}.ics", ical.calendar([talk], HOUSEHOLD))

    assert [talk.start for talk in both] == [event.start for event in phone.events()]


def test_lengthening_moves_the_end_alone(phone):
    after = phone.lengthen(UID, -HOUR / 2)

    assert (TALK.start, TALK.end - HOUR / 2) == (after.start, after.end)


def test_renaming_changes_the_name_alone(phone):
    after = phone.rename(UID, "Talk, late; or not")

    assert ("Talk, late; or not", TALK.start, TALK.end) == (after.summary, after.start, after.end)


def test_cancelling_leaves_the_event_there(phone):
    after = phone.cancel(UID)

    assert "STATUS:CANCELLED" in phone.text(UID)
    assert (TALK.start, "Late talk") == (after.start, after.summary)


def test_rewriting_changes_the_etag_and_nothing_that_anybody_sees(phone):
    before = phone.event(UID)

    after = phone.rewrite(UID)

    assert before.etag != after.etag
    assert before == after._replace(etag=before.etag)


def test_deleting_takes_one_event_away(phone):
    own = phone.add("Mum visits", TALK.end, TALK.end + HOUR)

    phone.delete(UID)

    assert [own] == phone.events()


def test_an_event_of_its_own_is_not_one_of_ours(phone):
    start = datetime(2026, 3, 12, 9, tzinfo=UTC)

    own = phone.add("Mum visits", start, start + HOUR)

    assert ("Mum visits", start, start + HOUR) == (own.summary, own.start, own.end)
    assert not own.uid.endswith("@leavewell")


def test_emptying_leaves_the_calendar_itself(account, phone):
    phone.add("Mum visits", TALK.end, TALK.end + HOUR)

    phone.empty()

    assert {} == phone.objects()
    assert 3 == len(account.in_calendar(account.work).objects())

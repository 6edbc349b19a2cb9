"""An outside calendar taken in: what is kept of it, and what stays when it cannot be read."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from rituals.calendars.incoming import intake
from rituals.calendars.incoming.decode import CalendarError
from rituals.calendars.outgoing.ledger import event_uid
from rituals.model.calendar import Audience, Calendar, Origin, Server
from rituals.model.household import CHILDREN, ONE
from rituals.model.time.span import Span
from tests.support.notation import a_household

HOME = a_household()
NOW = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)  # already Monday in Berlin
WORK = Calendar("1", ONE, "work.ics", Origin.FILE, "work.ics", titles=True)
ALL = Span(NOW - timedelta(weeks=500), NOW + timedelta(weeks=500))


def a_file(*lines: str) -> bytes:
    return "\r\n".join(["BEGIN:VCALENDAR", *lines, "END:VCALENDAR", ""]).encode()


def an_event(start: datetime, minutes: int = 60, uid: str = "1") -> list[str]:
    ends = start + timedelta(minutes=minutes)
    return [
        "BEGIN:VEVENT", f"UID:{uid}", f"DTSTART:{start:%Y%m%dT%H%M%SZ}",
        f"DTEND:{ends:%Y%m%dT%H%M%SZ}", "SUMMARY:Dentist", "END:VEVENT",
    ]  # fmt: skip


def test_a_calendar_taken_in_is_kept_with_when_it_was_read(store):
    start = NOW + timedelta(days=1)
    taken = intake.take_in(store, WORK, a_file(*an_event(start)), HOME, NOW)

    assert NOW == taken.read
    assert (taken,) == store.load_calendars()
    assert [Span(start, start + timedelta(hours=1))] == list(store.load_busy(ALL)[ONE])
    assert ["Dentist"] == [busy.title for busy in store.load_titles(ONE, ALL)]


def test_our_own_rituals_that_come_back_in_a_calendar_are_no_appointments(store):
    start = NOW + timedelta(days=1)
    own = event_uid("2026-W48/late-talk/both/1", HOME, Audience.SHARED)
    again = event_uid("2026-W48/late-talk/both/1", HOME, Audience.ONE, 2)
    read = a_file(*an_event(start, uid=own), *an_event(start, uid=again))
    taken = intake.take_in(store, WORK, read, HOME, NOW)

    assert () == taken.skipped
    assert {} == store.load_busy(ALL)


def test_what_was_left_out_is_kept_as_sentences(store):
    broken = ["BEGIN:VEVENT", "UID:2", "DTSTART:soon", "DTEND:later", "END:VEVENT"]
    taken = intake.take_in(store, WORK, a_file(*broken), HOME, NOW)

    assert 1 == len(taken.skipped)
    assert taken.skipped[0].endswith(".")
    assert (taken,) == store.load_calendars()


def test_taken_in_again_it_holds_what_the_file_holds_now(store):
    first, second = (NOW + timedelta(days=n) for n in (1, 2))
    intake.take_in(store, WORK, a_file(*an_event(first)), HOME, NOW)
    taken = intake.take_in(store, WORK, a_file(*an_event(second)), HOME, NOW)

    assert (taken,) == store.load_calendars()
    assert [second] == [span.start for span in store.load_busy(ALL)[ONE]]


def test_what_is_no_calendar_leaves_everything_as_it_was(store):
    taken = intake.take_in(store, WORK, a_file(*an_event(NOW)), HOME, NOW)
    before = store.load_busy(ALL)

    with pytest.raises(CalendarError, match=r"^This .*\.$"):
        intake.take_in(store, taken, b"<html>", HOME, NOW + timedelta(days=1))

    assert (taken,) == store.load_calendars()
    assert before == store.load_busy(ALL)


def test_a_week_back_and_sixty_weeks_ahead_are_kept():
    assert (date(2026, 11, 16), date(2028, 1, 17)) == intake.kept_days(date(2026, 11, 23))


def test_the_days_are_those_at_home(store):
    days = [datetime(2026, 11, day, 12, tzinfo=UTC) for day in (15, 16)]
    events = [line for day in days for line in an_event(day, uid=str(day))]
    intake.take_in(store, WORK, a_file(*events), HOME, NOW)

    assert [days[1]] == [span.start for span in store.load_busy(ALL)[ONE]]


def an_invitation(start: datetime, answer: str, number: int, organizer: str = "b@x.org"):
    return [
        *an_event(start, uid=str(number))[:-1],
        f"ORGANIZER:mailto:{organizer}", f"ATTENDEE;PARTSTAT={answer}:mailto:maya@example.org",
        "END:VEVENT",
    ]  # fmt: skip


TOMORROW = NOW + timedelta(days=1)
LATER = TOMORROW + timedelta(hours=3)


@pytest.mark.parametrize(
    ("lines", "login", "proposed"),
    [
        (["X-WR-CALNAME:Maya@example.org"], "", ("maya@example.org",)),
        (["X-WR-CALNAME:Work"], "", ()),
        (["X-WR-CALNAME:Work"], "maya@example.org", ("maya@example.org",)),
        (["X-WR-CALNAME:Work"], "maya", ()),
        (
            [
                *an_invitation(TOMORROW, "ACCEPTED", 1, "ann@x.org"),
                *an_invitation(TOMORROW, "ACCEPTED", 2, "ann@x.org"),
                *an_invitation(TOMORROW, "ACCEPTED", 3, "bob@x.org"),
            ],
            "",
            ("ann@x.org",),
        ),
        (an_invitation(TOMORROW, "ACCEPTED", 1, "ann@x.org"), "", ()),
    ],
)
def test_the_first_time_the_owners_addresses_are_proposed(store, lines, login, proposed):
    if login:
        store.save_server(Server(Audience.ONE, "https://x.org", login, "https://x.org/c", "Us"))

    assert proposed == intake.take_in(store, WORK, a_file(*lines), HOME, NOW).addresses


def test_what_was_told_of_addresses_stays(store):
    told = replace(WORK, addresses=())
    file = a_file("X-WR-CALNAME:maya@example.org")

    assert () == intake.take_in(store, told, file, HOME, NOW).addresses


def test_the_childrens_calendar_has_no_addresses(store):
    school = replace(WORK, partner=CHILDREN)
    file = a_file("X-WR-CALNAME:maya@example.org")

    assert intake.take_in(store, school, file, HOME, NOW).addresses is None


@pytest.mark.parametrize(
    ("open_is_busy", "starts"), [(True, [TOMORROW, LATER]), (False, [TOMORROW])]
)
def test_what_was_declined_is_free_and_what_is_open_as_told(store, open_is_busy, starts):
    calendar = replace(WORK, addresses=("maya@example.org",), open_is_busy=open_is_busy)
    file = a_file(
        *an_invitation(TOMORROW, "ACCEPTED", 1),
        *an_invitation(TOMORROW + timedelta(hours=6), "DECLINED", 2),
        *an_invitation(LATER, "NEEDS-ACTION", 3),
    )
    intake.take_in(store, calendar, file, HOME, NOW)

    assert starts == [span.start for span in store.load_busy(ALL)[ONE]]

from urllib.parse import urlsplit

import pytest

from tests.servers.another_client import RefusedError

OTHERS = ["Dentist", "Choir, both voices", "Night shift ☾"]
AN_EVENT = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//a//b//EN\r\nEND:VCALENDAR\r\n"


def test_a_new_account_has_an_empty_calendar_and_one_that_others_filled(account):
    assert {} == account.in_calendar(account.us).objects()
    assert OTHERS == [event.summary for event in account.in_calendar(account.work).events()]


def test_a_wrong_password_opens_nothing(account):
    stranger = account.with_password("sesame")

    with pytest.raises(RefusedError) as refused:
        stranger.in_calendar(account.us).objects()

    assert 401 == refused.value.status


def test_nobody_opens_the_calendars_of_someone_else(radicale, account):
    other = radicale.account()

    with pytest.raises(RefusedError) as refused:
        other.in_calendar(account.us).objects()

    assert 403 == refused.value.status


def test_the_holidays_can_be_read_and_not_written(account):
    holidays = account.in_calendar(account.holidays)

    with pytest.raises(RefusedError) as refused:
        holidays.put("ours.ics", AN_EVENT)

    assert 403 == refused.value.status
    assert {} == holidays.objects()


def test_the_log_tells_what_was_asked_and_no_password(radicale, account):
    account.in_calendar(account.us).objects()

    log = radicale.log.read_text()

    assert f"REPORT request for '{urlsplit(account.us).path}'" in log
    assert account.password not in log

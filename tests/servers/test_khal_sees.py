from datetime import date, timedelta

import pytest

from rituals.calendars.outgoing import ical
from rituals.calendars.outgoing.ledger import event_uid
from rituals.model.calendar import Audience
from rituals.model.time.week import Week
from tests.clients.readers import Seen
from tests.servers.khal_sees import KhalError, sees
from tests.support.notation import a_household, an_occurrence

HOUSEHOLD = a_household()
SUMMER_TIME = Week(2026, 13)  # begins in the night to its Sunday
MONDAY = date(2026, 3, 23)
TALK = an_occurrence("Thu 20:00-21:00", week=SUMMER_TIME, title="Late talk")
DANCE = an_occurrence("Sat 22:00-23:45", week=SUMMER_TIME, title="Dance, küssen; 💃", number=2)


def test_khal_shows_what_lies_there_and_what_became_of_it(account, line, tmp_path, monkeypatch):
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    phone = account.in_calendar(account.us)
    for name, occurrence in (("talk.ics", TALK), ("dance.ics", DANCE)):
        phone.put(name, ical.calendar([occurrence], HOUSEHOLD))
    behind = account.by_way_of(line.url)

    assert {seen(TALK), seen(DANCE)} == sees(behind, tmp_path, MONDAY)
    assert {"/", f"/{account.user}/"} <= {asked.path for asked in line.requests}  # it found its way

    phone.delete(seen(TALK).uid)
    moved = phone.move(seen(DANCE).uid, timedelta(days=1))  # over the night
    shown = sees(behind, tmp_path, MONDAY)

    assert {seen(DANCE)._replace(start=moved.start, end=moved.end)} == shown

    phone.empty()

    assert set() == sees(behind, tmp_path, MONDAY)
    assert not {"PUT", "DELETE"} & {asked.method for asked in line.requests}


def test_what_khal_cannot_open_is_not_an_empty_calendar(account, tmp_path):
    with pytest.raises(KhalError):
        sees(account.with_password("sesame"), tmp_path, MONDAY)


def seen(occurrence):
    known = event_uid(occurrence.id, HOUSEHOLD, Audience.SHARED)
    return Seen(known, occurrence.start, occurrence.end, occurrence.title)

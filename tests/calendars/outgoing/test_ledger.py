import re
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rituals.calendars.outgoing.ledger import Ledger, Moved, event_uid, marked_gone, meant_for
from rituals.model.calendar import Audience, RemoteEvent, Route
from rituals.model.household import ONE, TWO
from rituals.model.time.week import Week
from tests.support.notation import WEEK, a_household, a_span, an_instant, an_occurrence

HOME = a_household()
NOW, LATER = an_instant("Mon 12:00"), an_instant("Tue 12:00")
TALK = an_occurrence("Thu 20:00-21:00")
WALK = an_occurrence("Fri 18:00-19:00", ritual="walk", title="Walk", partner=ONE)


def a_ledger(*entries, audience=Audience.SHARED, route=Route.FILE):
    return Ledger.of(HOME, audience, route, entries)


def after(occurrences, *, anew=False, before=()):
    """The entries once these were told."""
    return a_ledger(*before).new_entries(WEEK, occurrences, NOW, anew=anew)


def at(occurrence, when):
    span = a_span(when)
    return replace(occurrence, start=span.start, end=span.end, sequence=occurrence.sequence + 1)


# -- names


def test_a_uid_is_the_same_for_ever():
    told = event_uid("2026-W48/late-talk/both/1", HOME, Audience.SHARED)

    assert "dc83834a-a6fd-54b3-8922-52b7b8c55bf7@leavewell" == told


def test_a_uid_is_another_for_each_occurrence_household_audience_and_beginning():
    elsewhere = a_household(id="00000000-0000-4000-8000-000000000001")
    told = {
        event_uid(id, household, audience, revision)
        for household in (HOME, elsewhere)
        for id in (TALK.id, "another")
        for audience in Audience
        for revision in range(3)
    }

    assert 2 * 2 * 3 * 3 == len(told)


@given(st.text(), st.integers(0, 99))
def test_a_uid_is_short_ascii_without_a_slash(id, revision):
    told = event_uid(id, HOME, Audience.SHARED, revision)

    assert re.fullmatch(r"[0-9a-f-]{36}@leavewell", told)


@pytest.mark.parametrize(
    "change",
    [{"title": "Talk"}, {"start": LATER}, {"end": LATER}, {"stands": False}],
)
def test_content_changes_with_all_that_people_see(change):
    seen = RemoteEvent("1", "Late talk", TALK.start, TALK.end)

    assert seen.content != replace(seen, **change).content


def test_content_stays_when_only_a_program_s_own_things_change():
    seen = RemoteEvent("1", "Late talk", TALK.start, TALK.end)
    told = replace(seen, uid="2", sequence=7, start=TALK.start.astimezone(HOME.tz))

    assert seen.content == told.content


# -- for whom


@pytest.mark.parametrize(
    ("audience", "meant"),
    [(Audience.SHARED, (TALK, WALK)), (Audience.ONE, (WALK,)), (Audience.TWO, ())],
)
def test_the_shared_calendar_has_all_of_it_and_a_partner_s_their_own(audience, meant):
    assert meant == meant_for([TALK, WALK], audience)


def test_audiences_are_the_two_of_them_and_each_partner():
    assert {"shared", ONE, TWO} == set(Audience)


# -- what is new


def test_to_a_calendar_that_was_told_nothing_everything_is_new():
    assert (TALK, WALK) == a_ledger().pending([TALK, WALK], NOW).new


def test_what_was_told_is_no_news():
    assert not a_ledger(*after([TALK, WALK])).pending([TALK, WALK], NOW)


@pytest.mark.parametrize(
    "now", [at(TALK, "Fri 20:00-21:00"), replace(TALK, title="Talk", sequence=1)]
)
def test_what_lies_elsewhere_or_is_called_otherwise_has_moved(now):
    (entry,) = after([TALK])
    news = a_ledger(entry).pending([now], NOW)

    assert ((), (Moved(entry, now),), ()) == (news.new, news.moved, news.let_go)


def test_what_was_moved_and_moved_back_is_no_news():
    back = at(at(TALK, "Fri 20:00-21:00"), "Thu 20:00-21:00")

    assert not a_ledger(*after([TALK])).pending([back], NOW)


def test_what_is_in_the_plan_no_more_was_let_go():
    entries = after([TALK, WALK])

    assert entries[:1] == a_ledger(*entries).pending([WALK], NOW).let_go


def test_of_what_is_over_nobody_has_to_hear():
    assert not a_ledger(*after([TALK])).pending([], TALK.end)


def test_what_a_calendar_knows_to_be_let_go_is_no_news_until_it_comes_back():
    gone = marked_gone(after([TALK]), LATER)

    assert not a_ledger(*gone).pending([], LATER)
    assert (TALK,) == a_ledger(*gone).pending([TALK], LATER).new


@pytest.mark.parametrize("other", [{"audience": Audience.ONE}, {"route": Route.SERVER}])
def test_what_one_calendar_was_told_another_has_not_heard(other):
    assert (TALK,) == a_ledger(*after([TALK]), **other).pending([TALK], NOW).new


# -- telling


def test_an_entry_says_what_was_told_and_when():
    (entry,) = after([replace(WALK, sequence=2)])

    assert (WALK.id, WEEK, Audience.SHARED, Route.FILE) == (
        entry.occurrence,
        entry.week,
        entry.audience,
        entry.route,
    )
    assert ("Maya: Walk", WALK.start, WALK.end, 2, NOW) == (
        entry.title,
        entry.start,
        entry.end,
        entry.sequence,
        entry.at,
    )
    assert RemoteEvent("", "Maya: Walk", WALK.start, WALK.end).content == entry.content
    assert (0, False) == (entry.revision, entry.gone)


def test_what_is_told_again_goes_on_under_its_uid():
    (first,) = after([TALK])
    (second,) = after([at(TALK, "Fri 20:00-21:00")], before=[first])

    assert first.uid == second.uid
    assert (0, 1) == (first.sequence, second.sequence)


def test_told_anew_it_has_a_uid_that_no_calendar_has_seen():
    entries = after([TALK])
    uids = {entries[0].uid}
    for _ in range(4):
        entries = after([TALK], anew=True, before=entries)
        uids.add(entries[0].uid)

    assert 5 == len(uids)
    assert {TALK.id: 4} == {t.occurrence: t.revision for t in entries}


def test_what_comes_back_after_it_had_gone_has_a_uid_that_no_calendar_has_seen():
    entries = after([TALK])
    back = after([TALK], before=marked_gone(entries, LATER))

    assert entries[0].uid != back[0].uid
    assert not back[0].gone


def test_a_title_is_told_on_one_line():
    (entry,) = after([replace(TALK, title="Late\ntalk\x00")])

    assert "Late talk" == entry.title


@given(st.lists(st.sampled_from(["tell", "move", "anew", "let go"]), max_size=12))
def test_a_calendar_that_heard_everything_has_no_news(steps):
    occurrence, entries, now = TALK, (), NOW
    for step in steps:
        now += timedelta(minutes=1)
        if step == "move":
            occurrence = replace(
                occurrence, start=occurrence.start + timedelta(minutes=15), sequence=1
            )
        if step == "let go":
            entries = marked_gone(entries, now)
        else:
            entries = after([occurrence], before=entries, anew=step == "anew")

    news = a_ledger(*entries).pending([] if not entries or entries[0].gone else [occurrence], now)

    assert not news


def test_an_entry_keeps_the_week_it_was_told_for():
    (entry,) = a_ledger().new_entries(Week(2027, 1), [TALK], NOW)

    assert Week(2027, 1) == entry.week

from dataclasses import replace

import pytest

from rituals.calendars.outgoing import checklist
from rituals.calendars.outgoing.ledger import Ledger, Moved, PendingChanges, marked_gone
from rituals.model.calendar import Audience, Route
from rituals.model.household import ONE
from tests.support.notation import WEEK, a_household, a_span, an_instant, an_occurrence

HOME = a_household()
NOW, LATER = an_instant("Mon 12:00"), an_instant("Tue 12:30")
TALK = an_occurrence("Thu 20:00-21:00")
WALK = an_occurrence("Fri 18:00-19:00", ritual="walk", title="Walk", partner=ONE)


def told(*occurrences, audience=Audience.SHARED, route=Route.FILE, now=NOW):
    return Ledger(HOME, audience, route).new_entries(WEEK, occurrences, now)


def a_move(when, title="Late talk"):
    span = a_span(when)
    now = replace(TALK, title=title, start=span.start, end=span.end)
    return Moved(told(TALK)[0], now)


def test_what_is_new_and_what_a_calendar_has_are_said_alike():
    assert "Maya: Walk: Friday 27 November 18:00" == checklist.new_line(WALK, HOME)
    assert "Maya: Walk: Friday 27 November 18:00" == checklist.entry_line(told(WALK)[0], HOME)


@pytest.mark.parametrize(
    ("pair", "said"),
    [
        (
            a_move("Fri 20:30-21:30"),
            "Late talk: Thursday 26 November 20:00 → Friday 27 November 20:30",
        ),
        (
            a_move("Thu 20:00-21:30"),
            "Late talk: Thursday 26 November 20:00–21:00 → 20:00–21:30",
        ),
        (
            a_move("Thu 19:30-20:30"),
            "Late talk: Thursday 26 November 20:00 → 19:30",
        ),
        (
            a_move("Fri 20:00-22:00"),
            "Late talk: Thursday 26 November 20:00–21:00 → Friday 27 November 20:00–22:00",
        ),
        (
            a_move("Thu 20:00-21:00", "By the fire"),
            "Late talk, now By the fire: Thursday 26 November 20:00",
        ),
        (
            a_move("Fri 20:00-21:00", "By\nthe fire"),
            "Late talk, now By the fire: Thursday 26 November 20:00 → Friday 27 November 20:00",
        ),
    ],
    ids=[
        "another day",
        "longer",
        "another hour",
        "another day and longer",
        "another title",
        "another title and day",
    ],
)
def test_what_moved_says_from_where_to_where(pair, said):
    assert said == checklist.moved_line(pair, HOME)


def test_hours_are_those_at_home():
    abroad = a_household("America/New_York")

    assert "Late talk: Thursday 26 November 14:00" == checklist.new_line(TALK, abroad)


def test_news_are_counted_without_what_there_is_none_of():
    news = PendingChanges((TALK, WALK), (a_move("Fri 20:00-21:00"),), ())

    assert "2 new · 1 moved" == checklist.summary(news)
    assert "1 let go" == checklist.summary(PendingChanges(let_go=told(TALK)))
    assert "" == checklist.summary(PendingChanges())


def test_by_hand_says_what_to_delete_and_then_what_to_move():
    lines = checklist.by_hand([a_move("Fri 20:30-21:30")], told(WALK), HOME)

    assert [
        (WALK.id, "Delete Maya: Walk: Friday 27 November 18:00"),
        (TALK.id, "Move Late talk: Thursday 26 November 20:00 → Friday 27 November 20:30"),
    ] == list(lines.items())


@pytest.mark.parametrize(
    ("audience", "said"),
    [(Audience.SHARED, "the calendar you share"), (Audience.TWO, "Jonas’s own calendar")],
)
def test_a_calendar_is_named_by_whose_it_is(audience, said):
    assert said == checklist.calendar_label(audience, HOME)


def test_takings_are_told_newest_first_with_when_how_for_whom_and_how_many():
    taken = (
        *told(TALK, WALK),
        *told(WALK, audience=Audience.ONE, now=LATER),
        *told(WALK, route=Route.SERVER, now=LATER),
    )

    assert [
        "Tuesday 24 November 12:30 · by calendar server for the calendar you share · 1 event",
        "Tuesday 24 November 12:30 · by file for Maya’s own calendar · 1 event",
        "Monday 23 November 12:00 · by file for the calendar you share · 2 events",
    ] == checklist.export_history(taken, HOME, 8)


def test_takings_name_what_was_let_go():
    entries = told(TALK, WALK)
    gone = marked_gone(entries[:1], LATER)
    other = told(replace(WALK, id="other"), now=LATER)
    by_file = "by file for the calendar you share"

    assert [
        f"Tuesday 24 November 12:30 · {by_file} · 1 event · let go: Late talk",
        f"Monday 23 November 12:00 · {by_file} · 1 event",
    ] == checklist.export_history((*gone, *other, *entries[1:]), HOME, 8)


def test_takings_are_no_more_than_asked_for():
    taken = [told(TALK, now=now)[0] for now in (NOW, LATER)]

    assert 1 == len(checklist.export_history(taken, HOME, 1))
    assert [] == checklist.export_history([], HOME, 1)


NOWHERE = "until one is found no subscribe link and no calendar server has"


@pytest.mark.parametrize(
    ("count", "begins"),
    [
        (0, ""),
        (1, f"1 waits for a sitter: {NOWHERE} it,"),
        (2, f"2 wait for a sitter: {NOWHERE} them,"),
    ],
)
def test_what_waits_for_a_sitter_is_counted(count, begins):
    assert begins == checklist.waiting_sentence(count)[: len(begins)]
    assert bool(count) == bool(checklist.waiting_sentence(count))


def test_one_event_is_one_event():
    assert ("1 event", "8 events") == (checklist.events(1), checklist.events(8))


def test_a_week_goes_the_way_the_newest_one_before_it_went():
    by_file = told(TALK)[0]
    by_link = replace(by_file, week=WEEK - 1, route=Route.FEED, at=LATER)
    at_maya = replace(by_file, audience=Audience.ONE, route=Route.SERVER)
    after = replace(by_file, week=WEEK + 1, route=Route.SERVER)
    taken = [by_file, by_link, at_maya, after]

    assert checklist.last_route([], Audience.SHARED, WEEK) is None
    assert Route.FILE is checklist.last_route(taken, Audience.SHARED, WEEK)
    assert Route.FEED is checklist.last_route(taken, Audience.SHARED, WEEK - 1)
    assert Route.SERVER is checklist.last_route(taken, Audience.ONE, WEEK)

"""What a feed holds, who finds it, and how it comes into a folder."""

import os
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from rituals.calendars.outgoing import feeds
from rituals.calendars.outgoing.feeds import FeedError
from rituals.calendars.outgoing.ledger import Ledger, event_uid
from rituals.model import wording
from rituals.model.calendar import Audience, Feed, Route
from rituals.model.context import PlanningContext
from rituals.model.household import ONE, TWO, Kind, Partner
from rituals.model.plan import Season, standing
from rituals.model.time.week import Week
from rituals.planning import agreement, changes, review, scheduling, sitters
from tests.backup.test_archive import in_memory
from tests.clients import readers
from tests.support.notation import (
    WEEK,
    a_household,
    a_plan,
    a_ritual,
    a_span,
    agreed_by_both,
    an_instant,
    an_occurrence,
)

HOME = a_household()
NOW = an_instant("Sun 20:00", WEEK - 1)
TALK = an_occurrence("Thu 20:00-21:00")
WALK = an_occurrence("Fri 18:00-19:00", ritual="walk", title="Walk", partner=ONE)


def take(store, plan, audience=Audience.SHARED, route=Route.FILE, at=NOW):
    """Keeps a plan that both said yes to as one whose week was taken for an audience."""
    kept = store.change_plan(plan, agreed_by_both)
    ledger = Ledger.of(HOME, audience, route, store.load_exported())
    store.save_exported(ledger.new_entries(kept.week, standing(kept), at))


def change(store, how, week=WEEK):
    """Keeps a change that both said yes to."""
    return store.change_plan(a_plan(week=week), lambda plan: agreed_by_both(how(plan)))


def held(store, audience=Audience.SHARED, now=NOW):
    return feeds.current_content(store, audience, store.load_household(), now)


def events(store, audience=Audience.SHARED, now=NOW):
    """By UID, the events of a feed."""
    read = Calendar.from_ical(held(store, audience, now).content).walk("VEVENT")
    return {str(event["uid"]): event for event in read}


def summaries(store, audience=Audience.SHARED, now=NOW):
    return sorted(str(event["summary"]) for event in events(store, audience, now).values())


# -- what is on it


def test_a_week_is_on_the_feed_once_both_said_yes(empty):
    steps = [lambda plan: agreement.say_yes(plan, ONE), lambda plan: agreement.say_yes(plan, TWO)]
    seen = [summaries(empty)]
    for step in steps:
        empty.change_plan(a_plan(TALK), step)
        seen.append(summaries(empty))

    assert [[], [], ["Late talk"]] == seen


@pytest.mark.parametrize("route", Route)
def test_what_was_taken_without_the_yes_of_both_is_on_no_feed(empty, route):
    kept = empty.change_plan(a_plan(TALK), lambda plan: agreement.say_yes(plan, ONE))
    ledger = Ledger.of(HOME, Audience.SHARED, route, ())
    empty.save_exported(ledger.new_entries(WEEK, kept.occurrences, NOW))

    assert [] == summaries(empty)


def test_what_one_of_them_moves_stays_where_both_put_it_until_the_other_says_yes(empty):
    take(empty, a_plan(TALK))

    def times():
        return [event["dtstart"].dt for event in events(empty).values()]

    later = a_span("Fri 20:00-21:00")
    empty.change_plan(
        a_plan(),
        lambda p: agreement.with_own_yes(p, changes.move(p, TALK.id, later, True, NOW), [ONE]),
    )
    before = times()
    empty.change_plan(a_plan(), lambda p: agreement.say_yes(p, TWO, [TALK.id]))

    assert ([TALK.start], [later.start]) == (before, times())


def test_what_is_told_to_the_feeds_is_in_the_ledger(empty):
    plan = empty.change_plan(a_plan(TALK, WALK), agreed_by_both)
    for audience in (Audience.SHARED, Audience.ONE):
        empty.save_feed(Feed(audience, "", "somewhere"))
    feeds.record_week(empty, plan, HOME, NOW)

    assert {(Audience.SHARED, TALK.id), (Audience.SHARED, WALK.id), (Audience.ONE, WALK.id)} == {
        (t.audience, t.occurrence) for t in empty.load_exported() if t.route is Route.FEED
    }


def test_a_partner_s_feed_holds_that_partner_s_own(empty):
    other = an_occurrence("Sat 18:00-19:00", ritual="walk", title="Walk", partner=TWO)
    for audience in Audience:
        take(empty, a_plan(TALK, WALK, other), audience)

    assert ["Walk"] == summaries(empty, Audience.TWO)
    assert ["Jonas: Walk", "Late talk", "Maya: Walk"] == summaries(empty)


@pytest.mark.parametrize(("back", "there"), [(0, True), (12, True), (13, False)])
def test_weeks_stay_until_they_are_more_than_twelve_weeks_back(empty, back, there):
    take(empty, a_plan(TALK))
    now = an_instant("Mon 00:30", WEEK + back)

    assert there == bool(summaries(empty, now=now))


def test_what_is_let_go_vanishes_and_what_comes_back_is_there_again(empty):
    take(empty, a_plan(TALK, WALK))
    change(empty, lambda plan: changes.let_go(plan, TALK.id, NOW))
    gone = summaries(empty)
    change(empty, lambda plan: changes.move(plan, TALK.id, a_span("Sat 20:00-21:00"), True, NOW))

    assert (["Maya: Walk"], ["Late talk", "Maya: Walk"]) == (gone, summaries(empty))


def test_a_grace_week_rests(empty):
    take(empty, a_plan(TALK))
    change(empty, lambda plan: changes.in_season(plan, Season.GRACE))

    assert [] == summaries(empty)


def test_what_just_happened_is_not_on_it(empty):
    take(empty, a_plan(TALK))
    chat = an_occurrence("Wed 20:00-21:00", id="chat", title="Chat", spontaneous=True)
    change(empty, lambda plan: review.add_spontaneous(plan, chat))

    assert ["Late talk"] == summaries(empty)


def test_a_ritual_rings_as_it_says(empty):
    take(empty, a_plan(TALK, WALK))
    empty.save_ritual(a_ritual("late-talk", alarm=15))
    empty.save_ritual(a_ritual("walk"))
    rings = {
        str(event["summary"]): [alarm["trigger"].dt for alarm in event.walk("VALARM")]
        for event in events(empty).values()
    }

    assert {"Late talk": [timedelta(minutes=-15)], "Maya: Walk": []} == rings


def test_its_uids_are_those_of_the_first_file(empty):
    take(empty, a_plan(TALK))
    again = Ledger.of(HOME, Audience.SHARED, Route.FILE, empty.load_exported())
    empty.save_exported(again.new_entries(WEEK, [TALK], NOW, anew=True))

    assert [event_uid(TALK.id, HOME, Audience.SHARED)] == list(events(empty))


# -- how it is known by


def test_the_same_weeks_are_the_same_bytes_until_something_changes(empty):
    take(empty, a_plan(TALK, WALK))
    first, later = held(empty), held(empty, now=NOW + timedelta(hours=1))
    change(empty, lambda plan: changes.let_go(plan, TALK.id, NOW))

    assert (first.content, first.etag) == (later.content, later.etag)
    assert first.etag != held(empty).etag
    assert re.fullmatch(r'"[0-9a-f]{32}"', first.etag)


def test_whoever_asks_at_once_gets_the_same(empty):
    take(empty, a_plan(TALK, WALK))
    held(empty)
    change(empty, lambda plan: changes.move(plan, TALK.id, a_span("Fri 20:00-21:00"), True, NOW))
    with ThreadPoolExecutor(8) as asking:
        found = {each.content for each in asking.map(lambda _: held(empty), range(16))}

    assert 1 == len(found)


@pytest.mark.parametrize("how", [changes.let_go, lambda plan, id, now: unseen(plan, id, now)])
def test_it_is_as_new_as_what_is_no_longer_on_it(empty, how):
    take(empty, a_plan(TALK, WALK), route=Route.FEED)
    at = NOW + timedelta(minutes=2, microseconds=7)
    change(empty, lambda plan: how(plan, TALK.id, at))

    assert at.replace(microsecond=0) == held(empty, now=at + timedelta(hours=1)).modified


def unseen(plan, id, now):
    return replace(
        plan,
        occurrences=tuple(
            replace(o, chosen=False, changed=now) if o.id == id else o for o in plan.occurrences
        ),
    )


def test_it_is_as_new_as_the_last_week_that_came_onto_it(empty):
    take(empty, a_plan(TALK), route=Route.FEED)
    later = a_plan(replace(TALK, id="later"), week=WEEK + 1)
    take(empty, later, route=Route.FEED, at=NOW + timedelta(hours=1))

    assert NOW + timedelta(hours=1) == held(empty, now=NOW + timedelta(hours=2)).modified


def test_it_is_never_newer_than_now(empty):
    take(empty, a_plan(replace(TALK, changed=NOW + timedelta(days=9))))

    assert NOW == held(empty).modified


WALKS = PlanningContext(HOME, {"walk": a_ritual("walk", rhythm=(1, 3))})
SATURDAY = [a_span(f"Sat {hour}:00-{hour + 1}:00") for hour in range(10, 16)]


def of_one(change):
    """The same with one of a plan's occurrences, whichever there are."""
    return lambda _, n, now: (
        lambda plan: change(plan, plan.occurrences[n % len(plan.occurrences)].id, n, now)
    )


def chosen(times, now):
    return lambda plan: scheduling.scheduled(changes.choose(plan, "walk", None, times), WALKS, now)


STEPS = {
    "moved": of_one(lambda plan, id, n, now: changes.move(plan, id, SATURDAY[n], True, now)),
    "let go": of_one(lambda plan, id, _, now: changes.let_go(plan, id, now)),
    "back": lambda before, _, now: lambda plan: changes.back_to(plan, before, now),
    "grace": lambda *_: lambda plan: changes.in_season(plan, Season.GRACE),
    "usual": lambda *_: lambda plan: changes.in_season(plan, Season.USUAL),
    "unchosen": lambda _before, _, now: chosen(0, now),
    "chosen": lambda _, n, now: chosen(1 + n % 3, now),
}  # what may become of a week: by the plan before, a number and the instant


@settings(max_examples=25)
@given(st.lists(st.tuples(st.sampled_from(sorted(STEPS)), st.integers(0, 5)), max_size=8))
def test_no_sequence_ever_falls_and_what_changes_is_told_by_a_higher_one(steps):
    store = in_memory(filled=False)
    store.save_household(HOME)
    chosen = changes.choose(changes.first_plan(WEEK, HOME), "walk", None, 2)
    take(store, scheduling.scheduled(chosen, WALKS, NOW))
    known, before = {}, store.load_plan(WEEK)
    for minute, (step, number) in enumerate(steps):
        now, there = NOW + timedelta(minutes=minute), store.load_plan(WEEK)
        change(store, STEPS[step](before, number, now))
        before = there
        for id, event in events(store, now=now).items():
            seen = event["sequence"], event["dtstart"].dt, event["dtend"].dt, event["summary"]

            assert known.get(id, seen) == seen or known[id][0] < seen[0]

            known[id] = seen
    store.engine.dispose()


@pytest.mark.outside
@pytest.mark.parametrize("reader", readers.ready())
def test_other_programs_read_it(filled, tmp_path, reader):
    household, now = filled.load_household(), datetime.now(UTC)
    lying = []
    for plan in newest_plans(filled, feeds.BACK):  # all of which a feed holds, on any day
        agreed = filled.change_plan(plan, agreed_by_both)
        lying += sitters.settled(agreed, household, filled.load_rituals(), now)
    file = feeds.write_file(filled, Audience.SHARED, tmp_path, household, now)
    seen = readers.READERS[reader](file)

    assert {
        (event_uid(o.id, household, Audience.SHARED), o.start, o.end, wording.title(o, household))
        for o in lying
    } == seen


# -- whose it is


def test_a_feed_is_found_by_its_token_alone(empty):
    for audience in Audience:
        empty.save_feed(Feed(audience, f"of-{audience}"))

    assert list(Audience) == [feeds.feed_of_token(empty, f"of-{a}").audience for a in Audience]
    assert [None] * 4 == [
        feeds.feed_of_token(empty, t) for t in ("", "of-", "of-sharedd", "öf-shared")
    ]


def test_a_feed_without_an_address_is_found_by_nothing(empty, tmp_path):
    empty.save_feed(Feed(Audience.SHARED, "", str(tmp_path)))

    assert feeds.feed_of_token(empty, "") is None


def test_tokens_are_long_plain_and_always_others():
    tokens = {feeds.new_token() for _ in range(100)}

    assert 100 == len(tokens)
    assert all(re.fullmatch(r"[\w-]{43}", token, re.ASCII) for token in tokens)


# -- into a folder


def test_a_file_is_written_under_the_name_of_those_it_is_for(empty, tmp_path):
    take(empty, a_plan(TALK))
    names = [feeds.write_file(empty, a, tmp_path, HOME, NOW).name for a in Audience]

    assert ["leavewell-shared.ics", "leavewell-maya.ics", "leavewell-jonas.ics"] == names
    assert held(empty).content == (tmp_path / names[0]).read_bytes()


def test_a_file_that_says_the_same_already_is_not_touched(empty, tmp_path):
    take(empty, a_plan(TALK))
    file = feeds.write_file(empty, Audience.SHARED, tmp_path, HOME, NOW)
    os.utime(file, (1, 1))
    feeds.write_file(empty, Audience.SHARED, tmp_path, HOME, NOW)
    untouched = file.stat().st_mtime
    change(empty, lambda plan: changes.let_go(plan, TALK.id, NOW))
    feeds.write_file(empty, Audience.SHARED, tmp_path, HOME, NOW)

    assert 1 == untouched < file.stat().st_mtime


def test_a_folder_with_a_name_that_no_disk_takes_is_not_there(empty):
    with pytest.raises(feeds.FeedError, match=r"There is no folder /x+\."):
        feeds.write_file(empty, Audience.SHARED, Path("/" + "x" * 5000), a_household(), NOW)


def test_a_folder_that_is_gone_is_one_sentence_and_keeps_no_other_from_being_written(
    empty, tmp_path
):
    gone = tmp_path / "gone"
    for audience, folder in zip(Audience, (gone, tmp_path, gone), strict=True):
        empty.save_feed(Feed(audience, "", str(folder)))

    assert (f"There is no folder {gone}.",) * 2 == feeds.write_out(empty, NOW)
    assert ["leavewell-maya.ics"] == [file.name for file in tmp_path.glob("*.ics")]


def test_what_cannot_be_written_is_one_sentence_and_leaves_nothing_beside_it(empty, tmp_path):
    (tmp_path / "leavewell-shared.ics").mkdir()
    with pytest.raises(FeedError, match=r"^/\S+\.ics cannot be written: it is not a file\.$"):
        feeds.write_file(empty, Audience.SHARED, tmp_path, HOME, NOW)

    assert [] == [file for file in tmp_path.glob("*leavewell*") if "ics." in file.name]


def test_without_a_folder_nothing_is_written(empty):
    empty.save_feed(Feed(Audience.SHARED, "token"))

    assert () == feeds.write_out(empty, NOW)


def test_a_store_without_a_household_writes_nothing(store, tmp_path):
    store.save_feed(Feed(Audience.SHARED, "", str(tmp_path)))

    assert () == feeds.write_out(store, NOW)
    assert [] == [file.name for file in tmp_path.glob("*.ics")]


def test_a_file_under_a_name_of_before_stays_and_is_told_of(empty, tmp_path):
    take(empty, a_plan(WALK), Audience.ONE)
    old = feeds.write_file(empty, Audience.ONE, tmp_path, HOME, NOW)
    (tmp_path / "leavewell-choir.ics").write_text("of somebody else")
    (tmp_path / "leavewell-maya-week-from-2026-11-23.ics").write_bytes(old.read_bytes())
    renamed = replace(HOME, partners=(Partner(ONE, "Mai"), HOME.partners[1]))
    new = feeds.write_file(empty, Audience.ONE, tmp_path, renamed, NOW)

    assert (old,) == feeds.left_behind(empty, Audience.ONE, tmp_path, renamed)
    assert () == feeds.left_behind(empty, Audience.TWO, tmp_path, renamed)
    assert old.exists()
    assert "leavewell-mai.ics" == new.name


@pytest.mark.parametrize("written", ["~nobody-here/x", " ~ ", "here"])
def test_a_folder_is_known_in_full(written):
    assert feeds.folder_path(written).is_absolute()


def newest_plans(store, count):
    newest = store.load_last_plan(Week(9998, 1)).week
    return store.load_plans([newest + back for back in range(1 - count, 1)]).values()


def test_what_waits_for_a_sitter_is_on_no_feed_until_one_is_found_and_leaves_it_again(empty):
    date = an_occurrence("Sat 19:00-22:00", week=WEEK, ritual="date", title="Date", kind=Kind.OUT)
    plan = agreed_by_both(a_plan(date))
    empty.change_plan(plan, lambda _: plan)
    on_feed = [summaries(empty)]
    for change_it in (changes.with_sitter, changes.without_sitter):
        empty.change_plan(plan, lambda p, how=change_it: how(p, a_span("Sat 18:30-22:30")))
        on_feed.append(summaries(empty))

    assert [[], ["Date"], []] == [list(each) for each in on_feed]

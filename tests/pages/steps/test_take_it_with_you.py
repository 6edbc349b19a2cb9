"""Step 5 of the sitting: what is offered, what a click keeps, and what stays on the page."""

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from streamlit.testing.v1 import AppTest

from rituals.calendars.outgoing import checklist, feeds
from rituals.calendars.outgoing.export import Extent
from rituals.calendars.outgoing.ledger import Ledger
from rituals.model import local_time
from rituals.model.calendar import Audience, Feed, Route
from rituals.model.household import ONE, TWO
from rituals.model.plan import Choice, Season, standing
from rituals.model.time.formats import STANDARD
from rituals.planning import changes
from tests.pages.test_pages import SHELL, files, offered, texts
from tests.support.notation import (
    a_household,
    a_plan,
    a_ritual,
    a_span,
    agreed_by_both,
    an_occurrence,
)

TAKE = "Put it into our calendar"
HOME = a_household()


@pytest.fixture
def week():
    """One that lies ahead, so that none of it is over."""
    return local_time.week_to_plan(local_time.local_day(datetime.now(UTC), HOME), HOME) + 1


@pytest.fixture
def three(empty, week):
    """Something of both, and something of each."""
    named = [("late-talk", None), ("walk", ONE), ("choir", TWO)]
    lying = [
        an_occurrence(
            f"{day} 20:00-21:00", week=week, ritual=id, partner=partner, title=id.capitalize()
        )
        for day, (id, partner) in zip(("Tue", "Wed", "Thu"), named, strict=True)
    ]
    return empty.change_plan(a_plan(*lying, week=week), lambda plan: plan).occurrences


def says(at):
    """The page's texts as they are read."""
    return texts(at).replace("\\", "")


def opened(week, more=True):
    at = AppTest.from_file(str(SHELL), default_timeout=60)
    at.session_state["sunday step"] = "5 · Take it with you"
    at.session_state["week"] = str(week)
    at.session_state["take more ways"] = more
    at.run()
    assert not at.exception
    return at


def choice(at, label):
    return next((group for group in at.segmented_control if group.label == label), None)


def offer(at):
    """What the button for the file brings, if there is one."""
    return (
        offered(at.session_state, "take file") if "take file offered" in at.session_state else None
    )


def take(at):
    """The browser's asking; the page then hears that the store changed."""
    assert offer(at).make().startswith(b"BEGIN:VCALENDAR")
    at.run()
    assert not at.exception
    return at


def click(at, label):
    next(button for button in at.button if button.label == label).click().run()
    return at


def moves(store, week, occurrence, when):
    span = a_span(when, week)
    now = datetime.now(UTC)
    store.change_plan(a_plan(week=week), lambda p: changes.move(p, occurrence.id, span, False, now))


def lets_go(store, week, occurrence):
    now = datetime.now(UTC)
    store.change_plan(a_plan(week=week), lambda p: changes.let_go(p, occurrence.id, now))


def told(store):
    """By occurrence and audience, where its calendar has it."""
    return {(t.occurrence, t.audience): t for t in store.load_exported()}


@pytest.mark.usefixtures("three")
def test_the_first_time_there_is_no_choice_of_how_much(week):
    at = opened(week)

    assert choice(at, "How much") is None
    assert "a file · 3 events" in says(at)
    assert [TAKE] == files(at)


def test_with_one_click_all_of_it_is_in_the_ledger_and_only_the_same_is_offered_once_more(
    store, week, three
):
    at = take(opened(week))

    assert {(o.id, Audience.SHARED) for o in three} == set(told(store))
    assert ["The file once more"] == files(at)
    assert "Nothing has changed since you took it with you." in says(at)
    assert Extent.CHANGES == choice(at, "How much").value


def test_a_week_begun_on_the_page_is_kept_with_the_click(filled, week):
    take(opened(week))
    kept = filled.load_plan(week)

    assert {o.id for o in standing(kept)} == {id for id, _ in told(filled)}


def test_a_partner_takes_their_own_alone_and_is_told_so(store, week, three):
    at = opened(week)
    choice(at, "For whom").set_value(Audience.TWO).run()

    assert "Only what is Jonas’s own." in says(at)
    assert ["Put it into Jonas’s calendar"] == files(at)
    assert "a file · 1 event" in says(at)
    take(at)

    assert {(three[2].id, Audience.TWO)} == set(told(store))


def test_what_nobody_asked_for_is_not_taken(store, week, three):
    at = opened(week).run()

    assert {} == told(store)
    take(at)

    assert len(three) == len(told(store))


@pytest.mark.usefixtures("three")
def test_a_file_asked_for_twice_is_taken_once(store, week):
    file = offer(opened(week))
    first, before = file.make(), told(store)

    assert (first, before) == (file.make(), told(store))


def test_what_is_tapped_away_is_not_taken_and_is_new_the_next_time(store, week, three):
    at = opened(week)
    pills = next(group for group in at.pills if group.label == "What to take")
    pills.set_value(["Walk", "Choir"]).run()
    take(at)

    assert {o.id for o in three[1:]} == {id for id, _ in told(store)}
    assert "a file · 1 event" in says(at)


def test_after_a_move_only_that_one_is_offered_in_words_and_taken(store, week, three):
    take(opened(week))
    moves(store, week, three[0], "Fri 20:30-21:30")
    before = told(store)
    at = opened(week)
    pair = f"{words_of(week, 1, '20:00')} → {words_of(week, 4, '20:30')}"

    assert f"Moved · Late-talk: {pair}" in says(at)
    assert "a file · 1 event" in says(at)
    take(at)
    now = told(store)
    changed = {id for id, entry in now.items() if entry != before[id]}

    assert {(three[0].id, Audience.SHARED)} == changed
    assert {entry.uid for entry in before.values()} == {entry.uid for entry in now.values()}


def words_of(week, day, clock):
    return f"{STANDARD.day(local_time.days(week, HOME)[day])} {clock}"


def test_what_a_hand_has_to_do_stays_on_the_page_after_the_click(store, week, three):
    take(opened(week))
    moves(store, week, three[0], "Fri 20:30-21:30")
    lets_go(store, week, three[1])
    at = take(opened(week))
    lines = [box.label for box in at.checkbox]
    pair = f"{words_of(week, 1, '20:00')} → {words_of(week, 4, '20:30')}"

    assert [f"Delete Maya: Walk: {words_of(week, 2, '20:00')}", f"Move Late-talk: {pair}"] == lines
    assert checklist.WHAT_MOVED in says(at)
    at.checkbox[0].check().run()

    assert [True, False] == [box.value for box in at.checkbox]
    assert told(store)[three[1].id, Audience.SHARED].gone
    click(at, "Put this list away")

    assert [] == list(at.checkbox)


def test_what_is_ticked_leaves_the_list_with_the_next_taking_and_the_rest_stays(store, week, three):
    take(opened(week))
    lets_go(store, week, three[0])
    moves(store, week, three[1], "Fri 08:00-09:00")
    at = take(opened(week))
    at.checkbox[0].check().run()
    moves(store, week, three[2], "Sat 08:00-09:00")
    take(at.run())

    assert ["Move Maya", "Move Jonas"] == [box.label.split(":")[0] for box in at.checkbox]


def test_with_only_something_let_go_there_is_no_file_but_done_by_hand(store, week, three):
    take(opened(week))
    lets_go(store, week, three[0])
    at = opened(week)

    assert [] == files(at)
    assert f"Let go · Late-talk: {words_of(week, 1, '20:00')}" in says(at)
    click(at, "Done by hand")

    assert [three[0].id] == [t.occurrence for t in store.load_exported() if t.gone]
    assert "Nothing has changed since you took it with you." in says(at)


def test_a_grace_week_that_was_taken_asks_only_for_a_hand(store, week, three):
    take(opened(week))
    store.change_plan(a_plan(week=week), lambda plan: replace(plan, season=Season.GRACE))
    at = opened(week)

    assert [] == files(at)
    click(at, "Done by hand")

    assert {o.id for o in three} == {t.occurrence for t in store.load_exported() if t.gone}


@pytest.mark.usefixtures("three")
def test_the_whole_week_is_taken_again_under_the_same_names(store, week):
    at = take(opened(week))
    before = told(store)
    choice(at, "How much").set_value(Extent.WHOLE).run()

    assert "a file · 3 events" in says(at)
    take(at)

    assert [(id, t.uid) for id, t in before.items()] == [(i, t.uid) for i, t in told(store).items()]
    assert all(t.at > before[id].at for id, t in told(store).items())


def test_the_week_anew_says_what_to_delete_first_and_takes_it_under_new_names(store, week, three):
    at = take(opened(week))
    before = told(store)
    choice(at, "How much").set_value(Extent.ANEW).run()

    assert all(re.search(f"Before you import, delete .*{o.title}: ", says(at)) for o in three)
    assert "is to be deleted first" in says(at)
    take(at)

    assert not {t.uid for t in before.values()} & {t.uid for t in told(store).values()}
    assert 3 == len(at.checkbox)
    assert Extent.CHANGES == choice(at, "How much").value


def test_a_list_to_tick_shows_what_people_wrote_as_they_wrote_it(store, week):
    store.save_household(HOME)
    marked = an_occurrence("Tue 20:00-21:00", week=week, title=":red[x] :smile: *y*")
    store.change_plan(a_plan(marked, week=week), lambda plan: plan)
    take(opened(week))
    lets_go(store, week, marked)
    moved = an_occurrence("Wed 20:00-21:00", week=week, title="Walk", ritual="walk")
    store.change_plan(a_plan(week=week), lambda p: replace(p, occurrences=(*p.occurrences, moved)))
    (box,) = take(opened(week)).checkbox

    assert r"Delete \:red\[x\] \:smile: \*y\*: Tuesday" in box.label


@pytest.mark.usefixtures("three")
def test_what_was_taken_is_told_newest_first(week):
    at = take(opened(week))
    choice(at, "For whom").set_value(Audience.ONE).run()
    take(at)
    (lines,) = [e.markdown[0].value for e in at.expander if e.label == "What you took with you"]
    newest, older = lines.splitlines()

    assert newest.endswith("by file for Maya’s own calendar · 1 event")
    assert older.endswith("by file for the calendar you share · 3 events")


def test_many_weeks_are_folded_up_and_kept(filled, week):
    at = opened(week)
    choice(at, "How many weeks").set_value(2).run()
    (folded,) = [e for e in at.expander if e.label.endswith(" new")]
    count = int(folded.label.split()[0])
    take(at)

    assert count == len(told(filled)) == len(folded.markdown[0].value.splitlines())
    assert {week, week + 1} == {t.week for t in filled.load_exported()}
    assert {Route.FILE} == {t.route for t in filled.load_exported()}


@pytest.mark.usefixtures("empty")
def test_a_week_with_nothing_in_it_has_nothing_to_take(week):
    at = opened(week)

    assert [] == files(at)
    assert "Nothing lies in the plan yet, so there is nothing to take." in says(at)


# -- two yes, one button, more ways


def closed(at):
    at.session_state["take more ways"] = False
    return at.run()


@pytest.mark.usefixtures("three")
def test_more_ways_are_closed_and_the_button_brings_the_shared_week_as_a_file(week):
    at = opened(week, more=False)

    assert ["Maya says yes", "Jonas says yes"] == [b.label for b in at.button if "yes" in b.label]
    assert [TAKE] == files(at)
    assert "a file · 3 events" in says(at)
    assert [] == [group.label for group in at.segmented_control if group.label in CHOICES]


CHOICES = ("How", "For whom", "How many weeks", "How much")


@pytest.mark.usefixtures("three")
def test_what_was_chosen_under_more_ways_holds_once_they_are_closed(week):
    at = opened(week)
    next(group for group in at.pills if group.label == "What to take").set_value(["Choir"]).run()

    assert "a file · 1 event" in says(closed(at))
    at.session_state["take more ways"] = True
    choice(at.run(), "For whom").set_value(Audience.ONE).run()
    choice(at, "How many weeks").set_value(2).run()

    assert ["Put it into Maya’s calendar"] == files(closed(at))
    assert "of 2 weeks" in says(at)


@pytest.mark.usefixtures("three")
def test_the_button_does_what_was_done_last(store, week):
    store.save_feed(Feed(Audience.SHARED, feeds.new_token()))
    last = a_plan(an_occurrence("Tue 20:00-21:00", week=week - 1), week=week - 1)
    store.change_plan(last, agreed_by_both)
    of_last = Ledger(HOME, Audience.SHARED, Route.FILE).new_entries(
        week - 1, last.occurrences, datetime.now(UTC)
    )
    by_link = says(opened(week, more=False))
    store.save_exported(of_last)

    assert "through your subscribe link" in by_link
    assert "a file · 3 events" in says(opened(week, more=False))


@pytest.mark.usefixtures("three")
def test_a_link_is_made_with_one_press_and_shown(store, week):
    at = opened(week)
    choice(at, "How").set_value(Route.FEED).run()
    before = store.load_feeds()
    click(at, "Make a subscribe link")
    (feed,) = store.load_feeds().values()

    assert {} == before
    assert Audience.SHARED is feed.audience
    assert [True] == [feed.token in code.value for code in at.code]
    assert "through your subscribe link, as soon as both of you said yes" in says(at)


@pytest.mark.usefixtures("three")
def test_without_a_server_the_way_to_one_is_offered(week):
    at = opened(week)
    choice(at, "How").set_value(Route.SERVER).run()

    assert [] == files(at)
    assert ["Set up a calendar server"] == [link.proto.label for link in at.get("page_link")]


@pytest.mark.usefixtures("three")
def test_the_week_is_said_warmly_at_the_end(week):
    at = opened(week, more=False)

    assert "An evening for the two of you" in says(at)
    assert "Have a good week. See you on Sunday." in says(at)


# -- who thinks of what


def test_a_line_says_who_thinks_of_what_this_week(empty, week):
    for id, key in (("late-talk", ONE), ("long-walk", TWO)):
        empty.save_ritual(a_ritual(id, title=f"The *{id}*", thinks=key))
    chosen = (Choice("late-talk", None, 1), Choice("long-walk", None, 1), Choice("run", ONE, 2))
    empty.change_plan(a_plan(week=week, choices=chosen), lambda plan: plan)

    assert "Maya looks after The *late-talk*, Jonas after The *long-walk*." in says(opened(week))


@pytest.mark.usefixtures("empty")
def test_nobody_thinks_of_anything_where_nothing_is_chosen(week):
    assert "looks after" not in says(opened(week))


def test_what_is_taken_while_the_page_is_drawn_anew_is_told_by_hand_too(store, week, three):
    at = take(opened(week))
    moves(store, week, three[0], "Fri 20:00-21:00")
    at.run()
    from_before = offer(at)
    at.run()
    from_before.make()
    at.run()

    assert any("Late-talk" in box.label for box in at.checkbox)

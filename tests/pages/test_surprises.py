"""The page of the drawers, through the shell that shows it."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
import sqlalchemy as sa
import time_machine

from pages.drawer import open_drawers, session
from pages.session import stores
from rituals.model import local_time, wording
from rituals.model.difference import Difference, What
from rituals.model.household import ONE, TWO, Kind
from rituals.model.plan import Choice, standing
from rituals.model.time.span import Span
from rituals.model.time.week import Week
from rituals.planning import agreement
from rituals.security import encryption
from rituals.security.encryption import Effort
from rituals.store import covers
from rituals.store.schema import DRAWERS
from rituals.surprises import drawers
from rituals.surprises import surprise as surprises
from rituals.surprises.surprise import Reveal, State, Surprise
from tests.support.notation import a_household, a_plan, a_ritual, a_span, an_occurrence
from tests.support.visits import at_its_address

CHEAP = Effort(memory=8)
PIN = "nightingale-7"
WORDS = "lemon fern otter kiwi robin snow tulip wren"
MARK = "Zzyzx"
HOME = a_household()

pytestmark = pytest.mark.usefixtures("empty")


@pytest.fixture(autouse=True)
def cheap(monkeypatch):
    """What locks a drawer takes no time here; test_sealing measures what it takes."""
    for name in ("create", "change_lock", "recover"):
        usual = getattr(drawers, name)
        monkeypatch.setattr(usual, "__defaults__", (CHEAP,))


@pytest.fixture
def key(store):
    return drawers.create(store, ONE, PIN, WORDS, CHEAP)


def page(sits=ONE):
    at = at_its_address("surprises.py")
    at.session_state["edits visit"] = "v"
    at.context["timezone"] = "Europe/Berlin"
    at.session_state["who"] = sits
    at.run()
    assert not at.exception
    return at


def opened(sits=ONE):
    at = page(sits)
    typed(at, "Your PIN", PIN)
    return press(at, "Open the drawer")


def typed(at, label, text):
    next(f for f in at.text_input if f.label == label).set_value(text)


def press(at, label):
    next(b for b in at.button if b.label == label).click().run()
    assert not at.exception
    return at


def labels(at):
    return {b.label for b in at.button}


def said(at):
    return " ".join(e.value for e in (*at.markdown, *at.caption, *at.info, *at.error, *at.warning))


def put(store, key, **more):
    now = datetime.now(UTC)
    told = {"start": now + timedelta(days=1), "minutes": 90, "title": MARK} | more
    told = {"kind": Kind.TOGETHER, "partner": None} | told
    one = Surprise("s1", ONE, created=now, changed=now, **told)
    drawers.change(store, ONE, key, lambda d: surprises.with_surprise(d, one, now), HOME, now)


def what_is_held(at):
    """All that the session holds, as text."""
    return repr(at.session_state)


@pytest.mark.usefixtures("key")
def test_two_who_sit_here_see_no_drawer_and_one_of_them_says_that_the_other_is_not_here():
    at = page(sits="")

    assert "one pair of eyes" in said(at)
    assert not at.text_input

    at.button(key="surprises only one").click().run()

    assert "PIN" in at.text_input[0].label


def test_who_has_no_drawer_sets_a_pin_and_finds_the_drawer_open_and_what_it_is_for(store):
    at = page()
    told = said(at)
    typed(at, "A PIN of your own", PIN)
    typed(at, "Once more, to be sure", PIN)
    press(at, "Set the PIN")

    assert "a private list that your PIN opens" in told
    assert not at.code
    assert "Close the drawer" in labels(at)
    assert "Plan Jonas a surprise here" in said(at)
    assert drawers.try_pin(store, ONE, PIN, datetime.now(UTC)).key


@pytest.mark.usefixtures("key")
def test_a_form_asks_what_when_and_for_the_hint_and_the_rest_under_more():
    at = press(opened(), "A new surprise")
    (more,) = (e for e in at.expander if e.label == "More")
    fields = (at.text_input, at.button_group, at.selectbox, at.text_area, at.date_input)
    under_more = {w.label for w in (*more.text_input, *more.button_group, *more.selectbox)}
    first = {w.label for group in fields for w in group} - under_more

    assert {"How often", "Kind of time", "When it is revealed"} <= under_more
    assert {"What is it?", "Day", "How long", "In which words"} <= first


def test_who_wants_recovery_words_sees_them_once(store):
    at = page()
    next(box for box in at.checkbox if box.label == "Recovery words too").set_value(True)
    words_of_the_curtain = said(at)
    typed(at, "A PIN of your own", PIN)
    typed(at, "Once more, to be sure", PIN)
    press(at, "Set the PIN")
    at.run()  # for whatever reason
    shown = at.code[0].value

    assert "A curtain, not a lock" in words_of_the_curtain
    assert 8 == len(shown.split())
    assert "about an hour" in words_of_the_curtain
    press(at, "I have written them down")
    assert not at.code
    assert "Close the drawer" in labels(at)
    assert shown not in what_is_held(at)
    assert PIN not in what_is_held(at)
    assert drawers.recover(store, ONE, shown, PIN, datetime.now(UTC)).key


@pytest.mark.parametrize(
    ("one", "two", "sentence"),
    [("abcd", "abce", "not the same"), ("abc", "abc", "at least 4"), ("", "", "private list")],
)
def test_a_pin_is_typed_twice_and_not_too_short(store, one, two, sentence):
    at = page()
    typed(at, "A PIN of your own", one)
    typed(at, "Once more, to be sure", two)
    press(at, "Set the PIN")

    assert sentence in said(at)
    assert not drawers.exists(store, ONE)


def test_the_pin_opens_the_drawer_and_is_forgotten(store, key):
    put(store, key)
    at = opened()

    assert MARK in said(at)
    assert PIN not in what_is_held(at)
    assert MARK not in what_is_held(at)


@pytest.mark.parametrize(("leaves", "partner", "told"), [
    (True, None, True), (False, None, False), (True, ONE, False),
])  # fmt: skip
def test_its_giver_alone_hears_that_nobody_would_be_with_the_children(
    store, key, leaves, partner, told
):
    kind = Kind.OUT if partner else Kind.TOGETHER
    put(store, key, leaves=leaves, partner=partner, kind=kind)

    assert told == ("nobody is with them" in said(opened()))
    assert "nobody is with them" not in said(page())


def test_a_wrong_pin_opens_nothing_and_says_when_to_try_again(store, key):
    put(store, key)
    at = page()
    typed(at, "Your PIN", "robin")
    press(at, "Open the drawer")
    wrong = said(at)
    typed(at, "Your PIN", PIN)
    press(at, "Open the drawer")
    soon = said(at)
    press(at, "Open the drawer")  # with nothing in it

    assert "does not open it" in wrong
    assert "the next try can come in" in soon
    assert "Your PIN, please." in said(at)
    assert MARK not in wrong + soon + said(at)
    assert "robin" not in what_is_held(at)


def test_recovery_words_open_it_with_a_new_pin(store, key):
    at = page()
    typed(at, "Your eight recovery words", WORDS)
    typed(at, "A new PIN", "rosemary")
    typed(at, "Once more, to be sure", "rosemary")
    press(at, "Open it with my words")

    assert "Close the drawer" in labels(at)
    assert drawers.try_pin(store, ONE, "rosemary", datetime.now(UTC)).key not in (None, key)
    assert "rosemary" not in what_is_held(at)
    assert "lemon" not in what_is_held(at)


@pytest.mark.usefixtures("key")
def test_a_drawer_can_be_emptied_without_its_pin(store):
    at = press(page(), "Empty the drawer")
    asked = said(at)
    press(at, "Empty it")

    assert "gone then, for good" in asked
    assert not drawers.exists(store, ONE)
    assert "Set the PIN" in labels(at)


def test_it_closes_on_request(store, key):
    put(store, key)
    at = press(opened(), "Close the drawer")

    assert "Open the drawer" in labels(at)
    assert key.hex() not in what_is_held(at)
    assert MARK not in said(at)


@pytest.mark.parametrize("other", ["", TWO])
def test_it_closes_once_another_one_sits_here(store, key, other):
    put(store, key)
    at = opened()
    at.session_state["who"] = other
    at.run()

    assert MARK not in said(at)
    assert key.hex() not in what_is_held(at)
    at.session_state["who"] = ONE
    at.run()
    assert "Open the drawer" in labels(at)


@pytest.mark.usefixtures("key")
def test_it_closes_when_its_page_is_left():
    at = opened()
    at.switch_page("household.py").run()
    at.switch_page("surprises.py").run()

    assert "Open the drawer" in labels(at)


@pytest.mark.usefixtures("key")
def test_it_closes_after_ten_idle_minutes(monkeypatch):
    at = opened()
    now = stores.now()
    monkeypatch.setattr(stores, "now", lambda: now + timedelta(minutes=10, seconds=1))
    at.run()

    assert "Open the drawer" in labels(at)


@pytest.mark.usefixtures("key")
def test_what_another_screen_changes_is_no_movement_here(monkeypatch):
    at, begun = opened(), stores.now()
    for minutes in (4, 8, 10):
        monkeypatch.setattr(stores, "now", lambda m=minutes: begun + timedelta(minutes=m))
        at.run()

    assert "Open the drawer" in labels(at)


@pytest.mark.usefixtures("key")
def test_a_closed_drawer_leaves_zeros_for_a_key():
    at = opened()
    held = at.session_state[session.OPEN]
    before, file = bytes(held.key), held.offers[0]
    press(at, "Close the drawer")

    assert any(before)
    assert bytes(32) == held.key
    assert file.file is None


@pytest.mark.usefixtures("key")
def test_a_drawer_whose_page_is_silent_or_whose_visit_is_gone_closes():
    held = [opened().session_state[session.OPEN] for _ in range(2)]
    held[0].visit = "gone"
    open_drawers.close_those_left(stores.now(), lambda visit: visit != "gone")
    after_the_visit = [one.is_closed for one in held]
    open_drawers.close_those_left(stores.now() + open_drawers.SILENT, lambda _: True)

    assert [True, False] == after_the_visit
    assert held[1].is_closed


@pytest.mark.usefixtures("key")
def test_a_reload_finds_it_closed():
    opened()

    assert "Open the drawer" in labels(page())


def test_a_new_surprise_is_put_into_the_drawer(store, key):
    at = press(opened(), "A new surprise")
    typed(at, "What is it?", MARK)
    typed(at, "An idea for it, if you like", "with a blanket")
    press(at, "Put it into the drawer")
    (kept,) = drawers.load(store, ONE, key).lying

    assert (MARK, "with a blanket", Kind.TOGETHER) == (kept.title, kept.way, kept.kind)
    assert MARK in said(at)
    assert "sees nothing of it" in said(at)


@pytest.mark.parametrize(
    ("kind", "ticked", "leaves"),
    [(Kind.TOGETHER, False, False), (Kind.TOGETHER, True, True), (Kind.OUT, False, True)],
)
def test_what_takes_one_out_of_the_house_is_known_to_the_drawer(store, key, kind, ticked, leaves):
    at = press(opened(), "A new surprise")
    typed(at, "What is it?", MARK)
    next(g for g in at.button_group if g.label == "Kind of time").set_value(kind)
    a_box(at).set_value(ticked)
    press(at, "Put it into the drawer")

    assert [leaves] == [s.leaves for s in drawers.load(store, ONE, key).lying]


def test_what_is_out_and_at_home_all_the_same_can_be_told(store, key):
    put(store, key, kind=Kind.OUT, leaves=True)
    at = press(opened(), "Change")
    a_box(at).set_value(False)
    press(at, "Put it into the drawer")

    assert [False] == [s.leaves for s in drawers.load(store, ONE, key).lying]


def test_a_picked_ritual_that_leaves_the_house_is_a_surprise_that_does(store, key):
    at = press(opened(), "A new surprise")
    next(s for s in at.selectbox if s.label == "Or one of your rituals").set_value("date-night")
    press(at, "Put it into the drawer")

    assert [True] == [s.leaves for s in drawers.load(store, ONE, key).lying]


def a_box(at):
    return next(box for box in at.checkbox if box.label == "It takes you out of the house")


def test_without_a_name_it_asks_for_one(store, key):
    at = press(opened(), "A new surprise")
    press(at, "Put it into the drawer")

    assert "give it a name" in said(at)
    assert () == drawers.load(store, ONE, key).lying


def test_a_cover_has_words_ready_for_its_day(store, key):
    at = press(opened(), "A new surprise")
    typed(at, "What is it?", MARK)
    next(g for g in at.button_group if "keep free" in g.label).set_value(surprises.Part.EVENING)
    press(at, "Put it into the drawer")
    (kept,) = drawers.load(store, ONE, key).lying
    day = local_time.local_day(kept.start, HOME)
    (cover,) = covers.of_week(store, local_time.week_of(day, HOME), HOME)

    assert surprises.suggested_line(day, surprises.Part.EVENING) == cover.line == kept.line


def test_a_surprise_is_changed_and_let_go(store, key):
    put(store, key)
    at = press(opened(), "Change")
    typed(at, "What is it?", "Another thing")
    press(at, "Put it into the drawer")
    changed = drawers.load(store, ONE, key).lying[0].title
    press(at, "Let it go")

    assert "Another thing" == changed
    assert () == drawers.load(store, ONE, key).surprises


def test_what_is_due_is_revealed_when_the_drawer_opens(store, key):
    begun = datetime.now(UTC) - timedelta(days=1)
    put(store, key, start=begun)
    week = local_time.week_of(local_time.local_day(begun, HOME), HOME)
    before = store.load_plan(week)
    at = opened()
    lived = [o.lived for o in store.load_plan(week).occurrences if o.title == MARK]

    assert before is None
    assert "is revealed" in said(at)
    assert [90] == lived
    assert State.REVEALED is drawers.load(store, ONE, key).given[0].state


def test_what_comes_again_lies_there_for_its_next_time_once_it_is_over(store, key, clock):
    at = press(opened(), "A new surprise")
    typed(at, "What is it?", MARK)
    next(s for s in at.selectbox if s.label == "How often").set_value(4)
    press(at, "Put it into the drawer")
    (kept,) = drawers.load(store, ONE, key).lying
    clock.move_to(kept.end)
    at = opened()
    (coming,) = drawers.load(store, ONE, key).lying

    at_first, next_time = (s.start.astimezone(HOME.tz).replace(tzinfo=None) for s in (kept, coming))

    assert timedelta(weeks=4) == next_time - at_first  # on the clock, over summer time as well
    assert "monthly" in said(at)


def test_who_reveals_something_ahead_has_said_yes_to_it(store, key):
    week = local_time.week_to_plan(local_time.local_day(datetime.now(UTC), HOME), HOME) + 1
    talk = an_occurrence("Thu 20:00-21:00", week=week)
    store.change_plan(a_plan(talk, week=week), lambda plan: agreement.say_yes(plan, ONE))
    today = local_time.local_day(datetime.now(UTC), HOME)
    put(store, key, start=a_span("Fri 20:00-21:30", week).start, reveal=Reveal.ON, reveal_on=today)
    opened()

    there = store.load_plan(week)
    assert {"Late talk", MARK} == {o.title for o in there.occurrences}
    assert () == agreement.awaiting_yes(there, ONE)
    assert {"Late talk", MARK} == {o.title for o in agreement.awaiting_yes(there, TWO)}


def test_a_small_act_is_drawn_and_put_back(store, key):
    at = press(opened(), "Draw one for me")
    (first,) = drawers.load(store, ONE, key).lying
    press(at, "Another one")
    (second,) = drawers.load(store, ONE, key).lying

    assert first.act != second.act
    assert second.title in said(at)


def test_its_address_is_switched_on_renewed_and_off(store, key):
    at = press(opened(), "Switch the address on")
    first = drawers.load(store, ONE, key).token
    press(at, "Renew")
    second = drawers.load(store, ONE, key).token

    assert second in at.code[0].value
    assert drawers.feed_of(store, first) is None
    assert drawers.feed_of(store, second) is not None
    press(at, "Switch off")
    assert drawers.feed_of(store, second) is None


def test_the_pin_is_changed(store, key):
    at = opened()
    typed(at, "The PIN of now", PIN)
    typed(at, "A new PIN", "rosemary")
    typed(at, "Once more, to be sure", "rosemary")
    press(at, "Change the PIN")
    words = at.code[0].value
    press(at, "I have written them down")

    assert words not in what_is_held(at)
    assert "Close the drawer" in labels(at)
    assert drawers.try_pin(store, ONE, "rosemary", datetime.now(UTC)).key not in (None, key)
    assert "rosemary" not in what_is_held(at)


@pytest.mark.usefixtures("key")
def test_new_recovery_words_are_shown_once(store):
    at = opened()
    next(f for f in at.text_input if "words anew" in f.key).set_value(PIN)
    press(at, "Make new recovery words")
    at.run()
    words = at.code[0].value
    press(at, "I have written them down")

    assert drawers.recover(store, ONE, words, PIN, datetime.now(UTC)).key
    assert not at.code
    assert words not in what_is_held(at)


@pytest.mark.usefixtures("key")
def test_a_drawer_that_cannot_be_read_is_said_in_one_sentence_and_stays(store):
    at = opened()
    with store.writing() as to:
        to.execute(sa.update(DRAWERS).values(content=b"broken"))
    at.run()

    assert [encryption.BROKEN] == [e.value for e in at.error]
    with store.reading() as to:
        assert b"broken" == to.execute(sa.select(DRAWERS.c.content)).scalar()


def test_what_collides_is_said_in_the_drawer_alone(store, key):
    put(store, key, start=datetime.now(UTC) + timedelta(days=1))
    (surprise,) = drawers.load(store, ONE, key).lying
    week = surprises.week_of(surprise, HOME)
    other = surprises.as_occurrence(surprise, week, datetime.now(UTC))
    there = replace(other, id="x", title="Late talk")
    store.change_plan(a_plan(there, week=week), lambda plan: plan)
    at = opened()

    assert "Late talk is in the plan then" in said(at)


@pytest.mark.usefixtures("key")
def test_two_with_one_name_are_told_apart_in_the_form(store):
    store.save_household(a_household(names=("Alex", "Alex")))
    at = press(opened(), "A new surprise")
    whose = next(g for g in at.button_group if g.label.startswith("Whose time"))

    assert 2 == len(set(whose.options))


def test_the_form_is_forgotten_with_the_drawer(store, key):
    put(store, key)
    at = press(opened(), "Change")
    at.session_state["who"] = TWO
    at.run()

    assert MARK not in what_is_held(at) + said(at)


def test_what_lies_in_covered_time_and_may_move_makes_room(store, key):
    tomorrow = local_time.local_day(datetime.now(UTC), HOME) + timedelta(days=1)
    week = local_time.week_of(tomorrow, HOME)
    evening = local_time.instant(tomorrow, time(19, 30), HOME)
    store.save_ritual(a_ritual("late-talk", window="daily 19:00-21:30"))
    lies = an_occurrence(Span(evening, evening + timedelta(hours=1)), week=week)
    chosen = (Choice("late-talk", None, 1),)
    store.change_plan(a_plan(lies, week=week, choices=chosen), lambda plan: plan)
    at = press(opened(), "A new surprise")
    typed(at, "What is it?", MARK)
    next(g for g in at.button_group if "keep free" in g.label).set_value(surprises.Part.EVENING)
    press(at, "Put it into the drawer")
    at_first = drawers.load(store, ONE, key).lying
    told = said(at)
    press(at, "Put it into the drawer")
    (kept,) = drawers.load(store, ONE, key).lying
    free = surprises.covered_span(kept, HOME)
    after = standing(store.load_plan(week))

    assert () == at_first
    named = f"{lies.title} ({wording.moment(lies.start, HOME)})"
    assert f"{named} will give way to this hint. Press once more if that is fine." in told

    assert free.overlaps(Span(lies.start, lies.end))
    assert not any(free.overlaps(Span(o.start, o.end)) for o in after)
    assert MARK not in repr(store.load_plan(week))


def test_a_day_on_which_the_other_is_away_is_named_before_it_is_kept(store, key):
    tomorrow = local_time.local_day(datetime.now(UTC), HOME) + timedelta(days=1)
    away = Difference("1", What.AWAY, tomorrow, tomorrow, datetime.now(UTC), TWO, nights=True)
    store.save_difference(away)
    at = press(opened(), "A new surprise")
    typed(at, "What is it?", MARK)
    press(at, "Put it into the drawer")
    at_first, told = drawers.load(store, ONE, key).lying, said(at)
    press(at, "Put it into the drawer")

    assert () == at_first
    assert "Jonas is away then. Press once more if that is fine." in told
    assert 1 == len(drawers.load(store, ONE, key).lying)


@pytest.mark.usefixtures("key")
@pytest.mark.parametrize(
    ("hinted", "lasts", "stays"),
    [
        (surprises.Part.EVENING, 1, True),
        (surprises.Part.WHOLE, 1, True),
        (surprises.Part.WHOLE, 7, False),  # past midnight, into the hint's hours
    ],
)
def test_what_lies_in_a_week_without_the_hint_stays_where_it_is(store, hinted, lasts, stays):
    with time_machine.travel(datetime(2026, 11, 29, 8, tzinfo=UTC)):  # a Sunday
        week = Week(2026, 48)
        store.save_ritual(a_ritual("late-talk", window="daily 19:00-21:30"))
        # Placed anew it would lie at an hour of its window.
        start = a_span("Sun 18:00-19:00", week).start
        lies = an_occurrence(Span(start, start + timedelta(hours=lasts)), week=week)
        chosen = (Choice("late-talk", None, 1),)
        store.change_plan(a_plan(lies, week=week, choices=chosen), lambda plan: plan)
        at = press(opened(), "A new surprise")  # it is for tomorrow, in the next week
        typed(at, "What is it?", MARK)
        next(g for g in at.button_group if "keep free" in g.label).set_value(hinted)
        press(at, "Put it into the drawer")
        assert stays == ("will give way" not in said(at))
        if not stays:
            press(at, "Put it into the drawer")

        (cover,) = covers.of_week(store, week + 1, HOME)
        assert week + 1 == cover.week
        assert stays == ((lies,) == store.load_plan(week).occurrences)

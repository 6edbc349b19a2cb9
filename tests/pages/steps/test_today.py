"""The page of an agreed week between its first day and its last: today, and one tap to the week."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from pages.session import context
from rituals.model import local_time
from rituals.model.context import Cover
from rituals.model.household import ONE, TWO, Kind
from rituals.model.ritual import Size
from rituals.model.time.span import Span
from rituals.planning import agreement, changes
from rituals.store import covers
from tests.pages.test_pages import opened, texts
from tests.support.notation import NOW, a_household, a_plan, agreed_by_both, an_occurrence

HOME = a_household()
SUNDAY = local_time.local_day(NOW, HOME)
WEEK = local_time.week_to_plan(SUNDAY, HOME)
TALK = an_occurrence("Mon 20:00-21:00", week=WEEK, title="Late <talk>", way="By candle light")
WALK = an_occurrence(
    "Fri 18:00-19:00", week=WEEK, ritual="walk", title="Walk", partner=ONE, kind=Kind.ALONE
)
KISS = an_occurrence("Mon 22:00-22:05", week=WEEK, ritual="kiss", title="Kiss", size=Size.SMALL)
PLAN = a_plan(TALK, WALK, KISS, week=WEEK)
MORNING = local_time.week_span(WEEK, HOME).start + timedelta(hours=12)


@pytest.fixture(autouse=True)
def noon_on_monday(empty, monkeypatch):
    """Monday noon of an agreed week."""
    empty.save_household(HOME)
    empty.change_plan(PLAN, agreed_by_both)
    monkeypatch.setattr("pages.session.stores.now", lambda: MORNING)
    return empty


def page(who=None):
    at = opened()
    if who:
        at.session_state["who"] = who
        at.run()
    assert not at.exception
    return at


def html(at):
    return " ".join(
        element.proto.body for element in at.get("html") if "<section" in element.proto.body
    )


def title(at):
    return at.title[0].value


def press(at, label):
    next(button for button in at.button if button.label == label).click().run()
    assert not at.exception
    return at


def test_an_agreed_week_opens_on_today():
    at = page()
    first, day = html(at), local_time.days(WEEK, HOME)[0]

    assert (f"{day:%A}", HOME.formats.short_day(day)) == (title(at), at.caption[0].value)
    assert all(word in first for word in ("Late &lt;talk&gt;", "By candle light", "20:00–21:00"))
    assert first.index("Tonight") < first.index("The children") < first.index("Still to come")


def test_one_tap_opens_the_week_and_it_stays_open():
    at = press(page(), "Open the week")

    assert title(at).startswith("The week of")
    assert title(at.run()).startswith("The week of")


def test_a_week_that_nobody_agreed_on_opens_on_the_sitting(empty):
    empty.change_plan(PLAN, lambda p: agreement.withdraw_yes(p, ONE))

    assert title(page()).startswith("The week of")


def test_its_last_day_opens_on_looking_back(monkeypatch):
    monkeypatch.setattr("pages.session.stores.now", lambda: MORNING + timedelta(days=6))
    at = page()

    assert title(at).startswith("The week of")
    assert context.LOOK_BACK == at.session_state[context.STEP]


@pytest.mark.parametrize("ahead", [-2, 0, 3])
def test_a_week_that_is_gone_to_from_elsewhere_opens_the_sitting(ahead):
    def lead(at):
        week = WEEK + ahead
        at.session_state[context.WEEK] = str(max(week, WEEK))
        return at.run()

    assert title(lead(page())).startswith("The week of")


def test_what_one_changed_waits_for_the_other_who_says_yes_here(empty):
    span = Span(TALK.start, TALK.end + timedelta(minutes=30))
    empty.change_plan(
        PLAN,
        lambda p: agreement.with_own_yes(p, changes.move(p, TALK.id, span, True, NOW), [ONE]),
    )
    hers, his = page(ONE), page(TWO)

    assert ["Waiting for Jonas’s yes"] * 2 == [at.subheader[0].value for at in (hers, his)]
    assert [] == [b.label for b in hers.button if "yes" in b.label]
    press(his, "Jonas says yes to this")

    assert agreement.is_ours(empty.load_plan(WEEK))
    assert [] == list(his.subheader)


def test_what_is_new_waits_by_its_name_and_takes_one_yes(empty):
    jazz = an_occurrence("Sat 19:00-20:00", week=WEEK, ritual="jazz", title="Jazz cellar")
    empty.change_plan(PLAN, lambda p: replace(p, occurrences=(*p.occurrences, jazz)))
    at = page(TWO)

    assert "Jazz cellar" in texts(at)
    press(at, "Jonas says yes")

    assert [jazz.id] == [o.id for o in agreement.awaiting_yes(empty.load_plan(WEEK), ONE)]
    assert () == agreement.awaiting_yes(empty.load_plan(WEEK), TWO)


def test_a_hint_stands_under_its_day_alone(empty):
    days = [Span(at, at + timedelta(hours=5)) for at in (MORNING, MORNING + timedelta(days=1))]
    with empty.writing() as at:
        hints = [Cover(f"c{n}", ONE, f"Keep {n} free", WEEK, days[n]) for n in (0, 1)]
        covers.write(at, ONE, hints)
    seen = html(page())

    assert "From Maya: keep 0 free" in seen
    assert "keep 1 free" not in seen


def test_an_evening_without_anything_long_is_free(empty):
    now = datetime.now(UTC)
    empty.change_plan(PLAN, lambda p: changes.let_go(p, TALK.id, now))

    assert "A free evening" in html(page())

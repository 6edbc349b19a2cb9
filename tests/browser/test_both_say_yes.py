"""Two people at two screens: both say yes, one moves an evening, and the other is asked."""

import urllib.request
from datetime import UTC, datetime

import pytest
from icalendar import Calendar
from playwright.sync_api import expect

from rituals.model.calendar import Audience, Feed
from rituals.model.household import ONE
from rituals.planning import agreement, changes
from tests.browser.conftest import STEPS, choose, settle, week_ahead
from tests.support.notation import a_plan, a_span, an_occurrence

TOKEN = "our-own"  # noqa: S105 - the address of a household that is made up


def sits(page, name):
    who = page.get_by_role("radiogroup", name="Who sits here")
    who.get_by_role("radio", name=name).click()
    expect(who.get_by_role("radio", name=name)).to_be_checked()
    settle(page)
    return page


def on_the_feed(home):
    address = f"{home.url}/calendar/{TOKEN}.ics"
    with urllib.request.urlopen(address, timeout=20) as answer:  # noqa: S310 - our own server
        events = Calendar.from_ical(answer.read()).walk("VEVENT")
    return {str(event["summary"]): event["dtstart"].dt.astimezone(UTC) for event in events}


@pytest.fixture
def lying(home):
    """A home with one evening in the week to plan, and an address."""
    week = week_ahead()
    talk = an_occurrence("Thu 20:00-21:00", week=week, id="talk")
    with home.store() as store:
        store.change_plan(a_plan(talk, week=week), lambda _: a_plan(talk, week=week))
        store.save_feed(Feed(Audience.SHARED, TOKEN))
    return home


def test_a_week_is_on_the_feed_once_both_said_yes_each_at_their_own_screen(lying, visit):
    hers, his = (sits(visit(lying).open_page("sunday"), n) for n in ("Maya", "Jonas"))
    for page in (hers, his):
        choose(page, STEPS[4])
    seen = [on_the_feed(lying)]
    hers.get_by_role("button", name="Maya says yes").click()
    expect(hers.get_by_role("button", name="Maya said yes")).to_be_visible()
    seen.append(on_the_feed(lying))
    his.get_by_role("button", name="Jonas says yes").click()
    expect(his.get_by_text("This week is yours")).to_be_visible()

    assert [{}, {}] == seen
    assert ["Late talk"] == list(on_the_feed(lying))


def test_what_one_moves_is_on_the_feed_once_the_other_says_yes_to_it(lying, visit):
    week, later = week_ahead(), a_span("Sat 20:00-21:00", week_ahead())
    page = visit(lying).open_page("sunday")
    choose(page, STEPS[4])
    page.get_by_role("button", name="Maya says yes").click()
    expect(page.get_by_role("button", name="Maya said yes")).to_be_visible()
    page.get_by_role("button", name="Jonas says yes").click()
    expect(page.get_by_text("This week is yours")).to_be_visible()
    before = on_the_feed(lying)
    with lying.store() as store:  # Maya, at another machine
        now = datetime.now(UTC)
        store.change_plan(
            store.load_plan(week),
            lambda p: agreement.with_own_yes(p, changes.move(p, "talk", later, True, now), [ONE]),
        )
    meanwhile = on_the_feed(lying)
    page.reload()
    sits(page, "Jonas")
    expect(page.get_by_text("Late talk is on Saturday 20:00 now; both of you")).to_be_visible()
    page.get_by_role("button", name="Jonas says yes to this").click()
    expect(page.get_by_text("Late talk is on Saturday")).to_have_count(0)
    settle(page)

    assert before == meanwhile
    assert {"Late talk": later.start} == on_the_feed(lying)

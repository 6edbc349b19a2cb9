"""Looking back on a week: in under a minute, on any week, and with grace."""

import re
import time

import pytest
from playwright.sync_api import expect

from rituals.model import local_time
from rituals.model.household import ONE, Kind
from rituals.model.plan import Choice, Said, Season
from rituals.model.time.formats import STANDARD
from rituals.planning import changes
from tests.browser.conftest import (
    STEPS,
    bar,
    choose,
    heading,
    pick,
    said,
    settle,
    take,
    turn_to,
    week_ahead,
)
from tests.support.notation import a_household, a_plan, an_occurrence

HOUSEHOLD = a_household()
TO_BE_KEPT = 20  # seconds, on a busy machine
SECONDS_A_TAP = 4  # to find it, to tap, and to see what came of it
A_MINUTE = 60


class Hand:
    """Two hands on one laptop; every tap is counted."""

    def __init__(self, page):
        self.page, self.taps = page, 0

    def tap(self, locator):
        settle(self.page)
        locator.click()
        self.taps += 1
        settle(self.page)

    def unfold(self, title):
        self.tap(self.page.locator("summary", has_text=title))


def not_said_yet(server):
    """Has four evenings and an hour of hers lie in the week behind, of which nothing was said."""
    last = week_ahead(-1)
    evenings = [
        an_occurrence(f"{day} 20:00-21:30", week=last, number=n)
        for n, day in enumerate(("Mon", "Tue", "Wed", "Thu"), 1)
    ]
    hers = {"ritual": "quiet-hour", "title": "Quiet hour", "kind": Kind.ALONE, "partner": ONE}
    plan = a_plan(
        *evenings,
        an_occurrence("Sat 10:00-11:00", week=last, **hers),
        week=last,
        hopes=changes.first_plan(last, HOUSEHOLD).hopes,
        choices=(Choice("late-talk", None, 4), Choice("quiet-hour", ONE, 1)),
    )
    with server.store() as store:
        store.change_plan(plan, lambda kept: kept)
    return server


@pytest.fixture
def lately(home):
    return not_said_yet(home)


# Whether all of it is seen, and nothing around it cuts it off.
INSIDE = """one => {
    const { left, right } = one.getBoundingClientRect();
    const edge = one.closest("[data-testid=stColumn]").getBoundingClientRect();
    return edge.left <= left && right <= edge.right;
}"""


def kept(server, page, of_one):
    """Waits as a hand does that sees what came of its tap: until one occurrence is kept so."""
    until = time.monotonic() + TO_BE_KEPT
    while not any(of_one(o) for o in server.plan(week_ahead(-1)).occurrences):
        assert time.monotonic() < until, "the tap is not kept"
        page.wait_for_timeout(50)
    settle(page)


def answer(page, moment, option):
    of = page.get_by_role("radiogroup", name=said(f"Late talk, {moment}"))
    return of.get_by_role("radio", name=option)


def how_long(page, moment):
    return page.get_by_role("combobox", name=said(f"Late talk, {moment}, how long it was"))


def just_happened(page, strand):
    return page.locator("[data-testid=stButtonGroup]").filter(
        has=page.get_by_text(f"{strand}, about how long")
    )


def reloaded(page):
    page.reload()
    heading(page, "The week of")
    settle(page)


def test_a_whole_week_is_looked_back_on_in_under_a_minute(lately, visit):
    last = week_ahead(-1)
    page = visit(lately).open_page("sunday")
    hand = Hand(page)
    hand.unfold("One by one")
    hand.tap(answer(page, "Tuesday 20:00", "A little"))
    kept(lately, page, lambda o: o.said is Said.A_LITTLE)
    take(how_long(page, "Tuesday 20:00"), page.get_by_role("option", name="1 h", exact=True))
    hand.taps += 2
    kept(lately, page, lambda o: o.lived == 60)
    hand.tap(answer(page, "Thursday 20:00", "Let it go"))
    kept(lately, page, lambda o: o.said is Said.LET_GO)
    hand.tap(page.get_by_role("button", name="Just as planned"))
    kept(lately, page, lambda o: o.said is Said.AS_PLANNED)
    hand.unfold("Something just happened")
    hand.tap(just_happened(page, "Together").get_by_text("2 h", exact=True))
    kept(lately, page, lambda o: o.spontaneous)
    expect(bar(page, last, "The two of us · 6 h happened")).to_be_attached()
    settle(page)

    assert hand.taps * SECONDS_A_TAP < A_MINUTE
    *evenings, hour, _ = sorted(lately.plan(last).occurrences, key=lambda o: o.spontaneous)
    assert [Said.AS_PLANNED, Said.A_LITTLE, Said.AS_PLANNED, Said.LET_GO] == [
        o.said for o in evenings
    ]
    assert [90, 60, 90, 0] == [o.lived for o in evenings]
    assert {90} == {o.minutes for o in evenings}, "what was planned stays as it was planned"
    assert (Said.AS_PLANNED, 60) == (hour.said, hour.lived)

    reloaded(page)
    choose(page, STEPS[0])
    hand.unfold("One by one")
    expect(how_long(page, "Tuesday 20:00")).to_have_value("1 h")
    expect(bar(page, last, "The two of us · 6 h happened")).to_be_attached()


def test_an_earlier_week_is_opened_said_roughly_and_begins_to_rest(sample, visit):
    earlier = week_ahead(-3)
    first = STANDARD.short_day(local_time.first_day(earlier, HOUSEHOLD))
    page = visit(sample).open_page("sunday")
    choose(page, STEPS[0])
    hand = Hand(page)
    hand.unfold("More")
    pick(page, "Another week", re.compile(f"^Week of {first}"))
    expect(page.get_by_role("heading", name=f"How was the week of {first}?")).to_be_visible()
    hand.unfold("Only roughly")
    roughly = page.get_by_role("combobox", name="Together")
    take(roughly, page.get_by_role("option").nth(1))
    for shade in ("The two of us", "All of us"):
        expect(bar(page, earlier, shade)).to_have_count(0)
    settle(page)
    hand.unfold("A week off?")
    hand.tap(page.get_by_role("button", name="Illness"))
    expect(page.get_by_text("A week off · Illness.")).to_be_visible()
    assert (Season.GRACE, "Illness") == (sample.plan(earlier).season, sample.plan(earlier).grace)

    hand.tap(page.get_by_role("button", name="Take it back"))
    expect(page.locator("summary", has_text="Only roughly")).to_be_visible()
    assert sample.plan(earlier).season is not Season.GRACE


class TestEachSaysSomethingElse:
    """What one of them says, none of the others looks at."""

    @pytest.fixture(scope="class")
    @classmethod
    def page(cls, seen_home, look):
        page = look(not_said_yet(seen_home)).open_page("sunday")
        turn_to(page, STEPS[0])
        return page

    def test_an_answer_moves_none_of_the_others(self, page):
        Hand(page).unfold("One by one")
        all_of_them = page.get_by_role("radiogroup", name=re.compile("^Late talk, "))
        expect(all_of_them).to_have_count(4)
        before = [one.bounding_box() for one in all_of_them.all()]
        for moment, option in (("Tuesday 20:00", "A little"), ("Tuesday 20:00", "Let it go")):
            answer(page, moment, option).click()
            expect(answer(page, moment, option)).to_be_checked()
            settle(page)

            assert before == [one.bounding_box() for one in all_of_them.all()]

    def test_what_just_happened_is_taken_out_again(self, page):
        last = week_ahead(-1)
        hand = Hand(page)
        hand.unfold("Something just happened")
        longest = just_happened(page, "Maya, out").get_by_text("4 h", exact=True)
        longest.wait_for()
        assert longest.evaluate(INSIDE)
        hand.tap(longest)
        expect(bar(page, last, "Nights out and friends · 4 h happened")).to_be_attached()
        hand.tap(page.get_by_role("button", name="Take it out"))
        expect(bar(page, last, "Nights out and friends")).to_have_count(0)

    def test_a_line_of_praise_is_kept_shared_and_read_again(self, page):
        hand = Hand(page)
        hand.unfold("Something I noticed")
        hand.tap(page.get_by_text("From Maya"))
        page.get_by_role("textbox", name="What you noticed").fill("You brought <b>me</b> *coffee*")
        hand.tap(page.get_by_role("button", name="Keep it for now"))
        expect(page.get_by_text("coffee")).to_have_count(0)
        hand.tap(page.get_by_text("Show mine"))
        hand.tap(page.get_by_role("button", name="Share it"))
        expect(page.get_by_text("Maya: “You brought <b>me</b> *coffee*”")).to_be_visible()

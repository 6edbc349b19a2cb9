"""Two browsers at one store: what one changes the other sees, and no edit is lost silently.

`EDITS=500` has them edit for longer than CI does: two minutes on each database.
"""

import os
import random
import re
from datetime import UTC, datetime
from time import monotonic

import pytest
from playwright.sync_api import expect

from rituals.model import totals, wording
from rituals.model.context import PlanningContext
from rituals.model.household import ONE, TWO, Kind, Strand
from rituals.model.plan import Choice, Hope, Said, Season, times
from rituals.planning import catalogue, changes, scheduling
from tests.browser.conftest import (
    STEPS,
    Leavewell,
    _watched,
    change_ritual,
    choose,
    settle,
    slider,
    week_ahead,
)
from tests.support.notation import a_household, a_plan, an_occurrence

EDITS = int(os.environ.get("EDITS", "60"))
AT_ONCE = 110  # seconds; what was set longer before is no longer remembered
IN_STEP = 8  # edits between two steps
HOUSEHOLD = a_household()
TOGETHER, SOLO = Strand(Kind.TOGETHER), Strand(Kind.SOLO, TWO)
BOTH_MOVE = (TOGETHER, SOLO)
HERS = (Strand(Kind.ALONE, ONE), Strand(Kind.OUT, ONE))
HIS = (Strand(Kind.ALONE, TWO), Strand(Kind.OUT, TWO))
SEASONS = {Season.CALM: "Roomy", Season.USUAL: "Usual", Season.HARD: "Hard"}
SAID = {Said.AS_PLANNED: "As planned", Said.A_LITTLE: "A little", Said.LET_GO: "Let it go"}
EVENINGS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat")
SMALL = {"send-off": "Goodbye kiss", "reunion": "Reunion at the door", "good-news": "Good news"}
COUNTED = {"goodnight-kiss": "Goodnight kiss", "first-cup": "Morning coffee"}
MARKS = (
    ("heading", re.compile("^How was the week of")),
    ("slider", "Together"),
    ("heading", re.compile("^Rituals$")),
    ("button", "Other weeks"),
)  # of each step, what no other one has
SET = """(range, minutes) => {
    range.value = minutes;
    range.dispatchEvent(new InputEvent("input", { bubbles: true }));
    range.dispatchEvent(new KeyboardEvent("keyup", { bubbles: true }));
}"""


@pytest.fixture(params=["SQLite", "PostgreSQL"])
def planned(request, tmp_path):
    """A server on either database, of a couple with a week behind it and one ahead."""
    server = Leavewell(tmp_path)
    if request.param == "SQLite":
        yield from started(server)
    else:
        postgres = request.getfixturevalue("postgres")
        with postgres.database() as name:
            server.database = postgres.url(name)
            yield from started(server)


def started(server):
    server.start()
    server.fill(HOUSEHOLD, last_week(), this_week())
    yield from _watched(server)
    server.stop()


def last_week():
    week = week_ahead(-1)
    evenings = (
        an_occurrence(f"{day} 20:00-21:00", week=week, title=f"Evening of {day}", number=number)
        for number, day in enumerate(EVENINGS, 1)
    )
    return a_plan(*evenings, week=week)


def this_week():
    rituals = catalogue.load(catalogue.SUGGESTED)
    chosen = tuple(Choice(id, None, 1) for id in (*SMALL, *COUNTED))
    hopes = {
        strand: Hope(hope.usual, by_hand=hope.usual)  # so that no season moves them
        for strand, hope in changes.first_plan(week_ahead(), HOUSEHOLD).hopes.items()
    }
    begun = a_plan(week=week_ahead(), choices=chosen, hopes=hopes)
    return scheduling.scheduled(begun, PlanningContext(HOUSEHOLD, rituals), datetime.now(UTC))


class Screen:
    """One of the two, who edits at random and remembers what each edit did."""

    def __init__(self, page, seed, own):
        self.page = page
        self.chance = random.Random(seed)  # noqa: S311 no secret
        self.strands, self.small, self.counted, self.evenings, self.has_season = own
        self.step = None
        self.edits = 0
        self.set = {}  # by thing, what it was set to last
        self.at = {}
        plan = this_week()
        self.sums = {strand: totals.hoped(plan, strand) for strand in self.strands}
        self.times = dict.fromkeys(self.counted, 1)

    def edit(self):
        self.chance.choice(self.possible())()
        self.edits += 1

    def possible(self):
        match self.step:
            case 0:
                return [self.say]
            case 1:
                season = [self.into_season] if self.has_season else []
                return [self.press, self.press, self.press, self.slide, self.move, *season]
            case 2:
                return [self.count, self.count, self.move]
        return [self.move]

    def go_on(self):
        self.step = self.chance.choice([n for n in (0, 1, 1, 2, 3) if n != self.step])
        self.take(self.page.get_by_role("radio", name=STEPS[self.step]))
        role, name = MARKS[self.step]
        is_exact = isinstance(name, str)
        expect(self.page.get_by_role(role, name=name, exact=is_exact)).to_be_visible()
        settle(self.page)
        self.edits += 1
        if self.step == 0:
            said = self.page.get_by_role("radiogroup", name=re.compile("Evening of Mon"))
            if not said.is_visible():
                self.open_one_by_one(said)

    def take(self, radio):
        settle(self.page)
        radio.click()
        expect(radio).to_be_checked()

    def open_one_by_one(self, said):
        opens = self.page.get_by_text("One by one", exact=True)
        expect(opens.or_(said).first).to_be_visible()
        self.page.wait_for_timeout(300)
        if not said.is_visible():
            opens.click()
        expect(said).to_be_visible()

    def remember(self, thing, value):
        self.set[thing] = value
        self.at[thing] = monotonic()

    def press(self):
        strand, key = self.chance.choice(self.strands), self.chance.choice(["Right", "Left"])
        times = self.chance.randint(1, 3)
        range_ = self.slider(strand)
        for _ in range(times):
            range_.press(f"Arrow{key}")
        moved = self.sums[strand] + 30 * times * (1 if key == "Right" else -1)
        self.sums[strand] = min(max(moved, 0), totals.MOST_HOPED)
        self.remember(strand, self.sums[strand])

    def slide(self):
        strand = self.chance.choice(BOTH_MOVE)
        longest = totals.MOST_HOPED if strand == TOGETHER else totals.USUALLY_HOPED
        minutes = 30 * self.chance.randint(0, longest // 30)
        self.slider(strand).evaluate(SET, minutes)
        self.remember(strand, minutes)

    def slider(self, strand):
        return slider(self.page, wording.strand(strand, HOUSEHOLD))

    def into_season(self):
        season = self.chance.choice(list(SEASONS))
        self.take(self.page.get_by_role("radio", name=SEASONS[season], exact=True))
        self.remember("season", season)

    def count(self):
        ritual = self.chance.choice(self.counted)
        times = self.times[ritual]
        more = times == 1 or (times < 6 and self.chance.random() < 0.5)
        name = f"{COUNTED[ritual]}, Both of us, times this week"
        field = self.page.get_by_test_id("stNumberInput").filter(
            has=self.page.get_by_role("spinbutton", name=name)
        )
        change_ritual(self.page, COUNTED[ritual])
        settle(self.page)
        field.get_by_test_id(f"stNumberInputStep{'Up' if more else 'Down'}").click()
        self.times[ritual] += 1 if more else -1
        expect(field.get_by_role("spinbutton")).to_have_value(str(self.times[ritual]))
        self.page.keyboard.press("Escape")
        self.remember(ritual, self.times[ritual])

    def move(self):
        ritual = self.chance.choice(self.small)
        grab = self.page.locator(".lw-grab").filter(has_text=SMALL[ritual])
        grab.press("Space")
        for key in self.chance.choices(["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"], k=2):
            self.page.keyboard.press(key)
        self.page.keyboard.press("Space")
        told = self.page.locator(".lw-unseen").inner_text()
        moved = re.fullmatch(rf"Moved: {SMALL[ritual]}, both of you, (\w+ [\d:]+) to .*", told)

        assert moved or told.startswith("It stays: "), told
        if moved:
            self.remember(f"{ritual} lies", moved[1])

    def say(self):
        evening, said = self.chance.choice(self.evenings), self.chance.choice(list(SAID))
        if self.set.get(evening) is said:
            return
        group = self.page.get_by_role("radiogroup", name=re.compile(f"Evening of {evening}"))
        self.take(group.get_by_role("radio", name=SAID[said]))
        self.remember(evening, said)

    def sentences(self):
        """All that is said of what the other one set, until nothing is."""
        told, card = [], self.page.locator(".st-key-set-otherwise")
        while card.get_by_role("status").count():
            told.append(card.get_by_role("status").first.inner_text())
            card.get_by_role("button", name="All right").first.click()
            expect(card.get_by_text(told[-1])).to_have_count(0)
            settle(self.page)
        return told


def kept(server):
    """What the store says of all that was set."""
    plan, before = server.plan(week_ahead()), server.plan(week_ahead(-1))
    said = {o.title.removeprefix("Evening of "): o.said for o in before.occurrences}
    lies = {
        f"{o.ritual} lies": wording.moment(o.start, HOUSEHOLD)
        for o in plan.occurrences
        if o.ritual in SMALL
    }
    hopes = {strand: totals.hoped(plan, strand) for strand in HOUSEHOLD.strands()}
    counts = {ritual: times(plan, ritual, None) for ritual in COUNTED}
    return hopes | counts | lies | said | {"season": plan.season}


def named(thing):
    if isinstance(thing, Strand):
        return wording.strand(thing, HOUSEHOLD)
    return SMALL[thing.removesuffix(" lies")]


def shows(page, server):
    """Checks that a screen shows what is in the store, step by step."""
    there = kept(server)
    choose(page, STEPS[1])
    for strand in HOUSEHOLD.strands():
        expect(slider(page, wording.strand(strand, HOUSEHOLD))).to_have_attribute(
            "aria-valuetext", wording.hours(there[strand])
        )
    expect(page.get_by_role("radio", name=SEASONS[there["season"]], exact=True)).to_be_checked()
    for ritual, title in SMALL.items():
        at = re.compile(f"^{title}, both of you, {there[f'{ritual} lies']} ")
        expect(page.get_by_role("listitem", name=at)).to_be_visible()
    choose(page, STEPS[2])
    for ritual, title in COUNTED.items():
        change_ritual(page, title)
        field = page.get_by_role("spinbutton", name=f"{title}, Both of us, times this week")
        expect(field).to_have_value(str(there[ritual]))
        page.keyboard.press("Escape")


def test_two_who_edit_side_by_side_lose_nothing(planned, visit):
    hers = Screen(
        visit(planned).open_page("sunday"),
        1,
        (HERS, ("send-off", "good-news"), ("goodnight-kiss",), EVENINGS[:3], True),
    )
    his = Screen(
        visit(planned).open_page("sunday"),
        2,
        (HIS, ("reunion", "good-news"), ("first-cup",), EVENINGS[3:], False),
    )
    while hers.edits + his.edits < EDITS:
        for one in (hers, his):
            one.go_on()
        for _ in range(IN_STEP):
            for one in (hers, his):
                one.edit()
    hers.page.wait_for_timeout(2000)
    for one in (hers, his):
        settle(one.page)
    for one, other in ((hers, his), (his, hers)):
        is_told_what_came_of_it(one, other, kept(planned))
        shows(one.page, planned)


def is_told_what_came_of_it(one, other, there):
    """What one set is in the store, or the other one set it later, and one is told so."""
    told = one.sentences()
    both = {thing for thing in one.set if thing in other.set}
    later = {thing for thing in both if one.set[thing] != there[thing]}

    assert {t: one.set[t] for t in one.set if t not in later} == {
        t: there[t] for t in one.set if t not in later
    }
    assert {t: other.set[t] for t in later} == {t: there[t] for t in later}
    at_once = {named(t) for t in later if one.at[t] > other.at[t] - AT_ONCE}
    of = {named(thing) for thing in both}
    named_in = {name for name in of for sentence in told if sentence.startswith(name)}
    assert at_once <= named_in <= {named(thing) for thing in later}
    assert len(told) == len(named_in)

"""On Sunday one sentence says what rests this week, and one press takes it in after all."""

import pytest

from rituals.model import local_time
from rituals.model.calendar import Busy, Calendar, Origin
from rituals.model.household import ONE
from rituals.model.plan import Choice, Season, standing
from rituals.model.ritual import Size
from tests.pages.test_pages import hand, opened, the_week
from tests.support.notation import a_household, a_plan, a_ritual

pytestmark = pytest.mark.usefixtures("on_sunday")

STEP = "4 · The week"
SENTENCE = r"A hard week\: Date and Walk rest."  # in markdown
TAKE_IN = "Take them in after all"
BACK = "They are in this week again."


@pytest.fixture
def week(store):
    """A week in which a date, a walk and a kiss are chosen, none of them by hand."""
    store.save_household(a_household())
    for ritual in (
        a_ritual("date", window="Fri 20:00-22:00"),
        a_ritual("walk", window="Sat 15:00-17:00"),
        a_ritual("kiss", minutes=5, window="Thu 21:00-22:00", size=Size.SMALL),
    ):
        store.save_ritual(ritual)
    return the_week(store)


def keep(store, week, season):
    choices = tuple(Choice(id, None, 1) for id in ("date", "walk", "kiss"))
    kept = a_plan(week=week, season=season, choices=choices)
    store.change_plan(kept, lambda _: kept)


def told(at):
    """The lines about what rests."""
    return [m.value for m in at.markdown if " rest" in m.value or BACK in m.value]


def press(at, label):
    next(b for b in at.button if b.label == label).click().run()
    assert not at.exception
    return at


def lying(store, week):
    return sorted(o.ritual for o in standing(store.load_plan(week)))


def test_a_hard_week_says_what_rests_and_takes_it_in_at_one_press(store, week):
    keep(store, week, Season.HARD)
    at = opened(step=STEP)
    (line,) = told(at)

    assert line.endswith(SENTENCE)
    assert [BACK] == told(press(at, TAKE_IN))
    assert ["date", "kiss", "walk"] == lying(store, week)


def test_undo_lets_it_rest_again(store, week):
    keep(store, week, Season.HARD)
    before = store.load_plan(week)
    at = press(press(opened(step=STEP), TAKE_IN), "Undo")
    (line,) = told(at)

    assert line.endswith(SENTENCE)
    assert [] == lying(store, week)
    assert before.choices == store.load_plan(week).choices


@pytest.mark.parametrize("busy", [False, True])
def test_one_way_back_is_there_wherever_anything_found_a_place(store, week, busy):
    if busy:
        whole_week = Busy(local_time.week_span(week, a_household()))
        store.save_calendar(Calendar("hers", ONE, "Hers", Origin.FILE, "hers.ics"), [whole_week])
    keep(store, week, Season.HARD)
    at = press(opened(step=STEP), TAKE_IN)

    assert ([] if busy else ["date", "kiss", "walk"]) == lying(store, week)
    assert ["Undo"] == [b.label for b in at.button if b.label == "Undo"]


def test_the_way_back_goes_with_the_next_change(store, week):
    keep(store, week, Season.HARD)
    at = press(opened(step=STEP), TAKE_IN)

    date = next(o for o in store.load_plan(week).occurrences if o.ritual == "date")

    assert [] == told(hand(at, week, id=date.id, what="leave out"))


def test_a_usual_week_says_nothing_of_rest(store, week):
    keep(store, week, Season.USUAL)
    at = opened(step=STEP)

    assert [] == told(at)
    assert TAKE_IN not in [b.label for b in at.button]

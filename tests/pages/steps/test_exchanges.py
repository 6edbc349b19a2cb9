"""What has no place on Sunday: what would have to give, pressed once, and taken back."""

from dataclasses import replace

import pytest

from rituals.model.household import ONE, Kind
from rituals.model.plan import Choice, standing
from rituals.model.ritual import TakesPart
from rituals.planning import changes
from tests.pages.test_pages import opened, the_week
from tests.support.notation import a_household, a_plan, a_ritual, an_occurrence

pytestmark = pytest.mark.usefixtures("on_sunday", "full")

ASK = "What would have to give?"
GIVES = "Maya: My run rests this week"
STEP = "4 · The week"


@pytest.fixture
def full(store):
    """A week whose only hour for a date holds her run."""
    store.save_household(a_household(children=False))
    store.save_ritual(a_ritual("ours", window="Fri 19:00-21:00", minutes=120, title="Our date"))
    run = a_ritual(
        "run",
        window="Fri 20:00-21:00",
        kind=Kind.ALONE,
        takes_part=TakesPart.EACH,
        title="My run",
    )
    store.save_ritual(run)
    week = the_week(store)
    lies = an_occurrence(
        "Fri 20:00-21:00", week=week, ritual="run", partner=ONE, kind=Kind.ALONE, title="My run"
    )
    hopes = changes.first_plan(week, store.load_household()).hopes
    chosen = (Choice("ours", None, 1), Choice("run", ONE, 1))
    begun = a_plan(lies, week=week, hopes=hopes, choices=chosen)
    store.change_plan(begun, lambda plan: plan)
    return store


def titles(store):
    return [o.title for o in standing(store.load_plan(the_week(store)))]


def labels(at):
    return [b.label.replace("\\", "") for b in at.button]


def said(at):
    return [line.value.replace("\\", "") for line in (*at.caption, *at.markdown)]


def press(at, label):
    next(b for b in at.button if b.label.replace("\\", "") == label).click().run()
    assert not at.exception
    return at


def test_an_exchange_is_asked_for_pressed_and_taken_back(full):
    at = opened(step=STEP)

    assert GIVES not in labels(at)

    press(at, ASK)

    assert "Our date on Friday 19:00" in said(at)

    press(at, GIVES)

    assert ["Our date"] == titles(full)
    assert f"{GIVES}: Our date on Friday 19:00." in said(at)
    assert ASK not in labels(at)

    next(b for b in at.button if b.key == "exchange undo").click().run()

    assert ["My run"] == titles(full)
    assert ASK in labels(at)


@pytest.mark.parametrize("step", ["2 · Balance", "3 · Rituals", "5 · Take it with you"])
def test_what_has_no_place_is_said_where_the_week_is_settled_alone(full, step):
    assert titles(full)
    assert ASK not in labels(opened(step=step))


def test_where_nothing_may_move_that_is_said(full):
    def pinned(plan):
        return replace(plan, occurrences=tuple(replace(o, fixed=True) for o in plan.occurrences))

    full.change_plan(full.load_plan(the_week(full)), pinned)
    at = press(opened(step=STEP), ASK)

    assert "Nothing that may move makes room for it." in said(at)
    assert GIVES not in labels(at)


def test_what_was_pressed_too_late_is_not_said_to_be_so(full):
    at = press(opened(step=STEP), ASK)
    run, week = standing(full.load_plan(the_week(full)))[0], the_week(full)
    full.change_plan(full.load_plan(week), lambda p: changes.let_go(p, run.id, run.start))

    press(at, GIVES)

    assert [] == titles(full)
    assert f"{GIVES}: Our date on Friday 19:00." not in said(at)

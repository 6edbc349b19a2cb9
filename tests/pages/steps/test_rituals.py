"""Step 3: a first week in one press, the lines of what is chosen, and more rituals."""

import json
from dataclasses import replace

import pytest

from rituals.model.household import ONE, Kind
from rituals.model.plan import Choice, Plan, Season, standing
from rituals.model.ritual import Needs
from rituals.planning import catalogue, changes
from tests.pages.test_pages import STEPS, opened, texts, the_week, with_more
from tests.support.notation import a_household, a_ritual, hours_of

CATALOGUE = catalogue.load(catalogue.SUGGESTED)
SUGGEST = "suggest a week"

pytestmark = pytest.mark.usefixtures("empty", "on_sunday")


def chosen(store):
    plan = store.load_plan(the_week(store))
    return list(dict.fromkeys(c.ritual for c in plan.choices)) if plan else []


def choose(store, *rituals):
    """Keeps a week in which these are chosen for both of them."""
    plan = Plan(the_week(store), choices=tuple(Choice(id, None, 1) for id in rituals))
    store.change_plan(plan, lambda _: plan)


def press(at, key):
    at.button(key=key).click().run(timeout=30)
    assert not at.exception
    return at


def keys(at):
    return {button.key for button in at.button if button.key}


def suggested(at):
    return next((button.label for button in at.button if button.key == SUGGEST), None)


def told(at):
    """What the week says of a press beside it."""
    drawn = [json.loads(component.proto.json) for component in at.get("bidi_component")]
    return next(data["week"][0]["told"][1] for data in drawn if "week" in data)


def step_3():
    return opened(step=STEPS[2])


def test_one_press_fills_a_first_week_that_lies_at_once(empty):
    at = step_3()
    assert ("Suggest a first week", True) == (suggested(at), "Nothing is chosen yet." in texts(at))
    press(at, SUGGEST)
    some = chosen(empty)

    assert 6 <= len(some) <= 8
    assert {*some} == {o.ritual for o in standing(empty.load_plan(the_week(empty)))}
    assert {*some} <= empty.load_rituals().keys()
    assert ["A first week"] == [header.value for header in at.header][:1]


def test_another_first_week_comes_in_its_place_as_long_as_nothing_is_changed(empty):
    at = press(step_3(), SUGGEST)
    first = chosen(empty)
    assert "Suggest another" == suggested(at)
    press(at, SUGGEST)
    assert len({*first} & {*chosen(empty)}) <= 2
    press(at, f"leave out {the_week(empty)} {chosen(empty)[0]}")

    assert suggested(at) is None


def test_a_first_week_is_taken_back_by_one_press(empty):
    at = press(press(step_3(), SUGGEST), "rituals undo")

    assert [] == chosen(empty)
    assert () == standing(empty.load_plan(the_week(empty)))
    assert "Suggest a first week" == suggested(at)


def test_what_else_one_ritual_more_changes_is_said_beside_the_week(empty):
    for id in ("long-walk-of-ours", "tea-of-ours"):
        minutes = (60, 120) if id.startswith("long") else 60
        empty.save_ritual(a_ritual(id, minutes=minutes, window="Sat 10:00-12:00"))
    choose(empty, "long-walk-of-ours")
    week, at = the_week(empty), with_more("ours")
    press(at, f"leave out {week} long-walk-of-ours")
    press(at, f"add {week} long-walk-of-ours")
    assert "" == told(at)
    press(at, f"add {week} tea-of-ours")

    assert "Long walk of ours is 1 h shorter now." == told(at)


def test_a_week_that_another_screen_began_is_not_replaced(empty):
    at = step_3()
    choose(empty, "late-talk")
    press(at, SUGGEST)

    assert ["late-talk"] == chosen(empty)


def test_a_week_with_rituals_and_a_week_off_are_suggested_nothing(empty):
    choose(empty, "late-talk")
    assert suggested(step_3()) is None
    empty.change_plan(Plan(the_week(empty)), lambda p: replace(p, choices=(), season=Season.GRACE))

    assert suggested(step_3()) is None


def test_a_line_says_what_it_is_and_when_it_lies(empty):
    at = with_more("late talk")
    press(at, f"add {the_week(empty)} late-talk")

    assert f"**{CATALOGUE['late-talk'].title}**" in texts(at)
    assert CATALOGUE["late-talk"].what in texts(at)
    lies = standing(empty.load_plan(the_week(empty)))[0].start
    assert f"{lies.astimezone(a_household().tz):%a %H:%M}" in texts(at).replace("\\", "")


def test_what_is_left_out_leaves_the_week_and_comes_back_by_undo(empty):
    choose(empty, "late-talk", "read-aloud")
    at = press(step_3(), f"leave out {the_week(empty)} late-talk")
    assert ["read-aloud"] == chosen(empty)
    press(at, "rituals undo")

    assert ["late-talk", "read-aloud"] == chosen(empty)


def test_what_each_of_the_two_has_is_left_out_for_both(empty):
    at = press(with_more("quiet hour"), f"add {the_week(empty)} quiet-hour")
    both = empty.load_plan(the_week(empty)).choices
    press(at, f"leave out {the_week(empty)} quiet-hour")

    assert (2, []) == (len(both), chosen(empty))


def test_each_press_swaps_for_another_of_its_sort_in_its_place(empty):
    choose(empty, "the-day-told", "late-talk")
    week, at, seen = the_week(empty), step_3(), ["the-day-told"]
    for _ in range(2):
        press(at, f"swap {week} {seen[-1]}")
        seen.append(chosen(empty)[0])

    assert 3 == len({*seen})
    assert {Kind.TOGETHER} == {CATALOGUE[id].kind for id in seen}
    assert "late-talk" == chosen(empty)[1]
    assert seen[-1] in {o.ritual for o in standing(empty.load_plan(week))}
    assert seen[-1] in empty.load_rituals()


def test_where_nothing_else_fits_it_is_said_once_and_nothing_changes(empty):
    whole_week = a_ritual("only", kind=Kind.ALONE, title="Only")
    for ritual in CATALOGUE.values():
        if ritual.kind is Kind.ALONE:
            empty.save_ritual(replace(ritual, retired=True))
    empty.save_ritual(whole_week)
    plan = Plan(the_week(empty), choices=(Choice("only", ONE, 1),))
    empty.change_plan(plan, lambda _: plan)
    at = press(step_3(), f"swap {the_week(empty)} only")

    assert "Nothing else like it fits into this week." in texts(at)
    assert ["only"] == chosen(empty)
    assert "Nothing else like it" not in texts(at.run())


@pytest.mark.parametrize("button", ["swap", "leave out"])
def test_a_press_on_what_another_screen_took_out_changes_nothing(empty, button):
    choose(empty, "late-talk", "read-aloud")
    at = step_3()
    choose(empty, "read-aloud")
    press(at, f"{button} {the_week(empty)} late-talk")

    assert ["read-aloud"] == chosen(empty)


def test_a_second_press_of_add_adds_nothing_more(empty):
    at = with_more("late talk")
    empty.change_plan(Plan(the_week(empty)), lambda p: changes.choose(p, "late-talk", None, 2))
    press(at, f"add {the_week(empty)} late-talk")

    assert [2] == [choice.times for choice in empty.load_plan(the_week(empty)).choices]
    assert "in this week" in texts(at)
    assert f"add {the_week(empty)} late-talk" not in keys(at)


def test_what_rests_waits_or_has_no_place_says_so(empty):
    empty.save_household(a_household(hours=hours_of(away="Mon-Fri 08:00-15:00")))
    out = a_ritual("out", needs=Needs.SITTER, window="Fri 19:00-22:00", minutes=120, leaves=True)
    never = a_ritual("never", window="Fri 03:00-03:30", minutes=30)
    for ritual in (out, never):
        empty.save_ritual(ritual)
    at = step_3()
    for ritual in ("out", "never"):
        at.session_state["more rituals"] = True
        at.session_state["more words"] = ritual
        press(at.run(), f"add {the_week(empty)} {ritual}")

    assert "waits for a sitter" in texts(at)
    assert "no place yet" in texts(at)
    empty.change_plan(Plan(the_week(empty)), lambda p: changes.in_season(p, Season.GRACE))
    assert "no place yet" not in texts(at.run())


def test_a_long_list_has_one_line_each_that_opens(empty):
    many = [r.id for r in CATALOGUE.values() if r.takes_part == "both" and not r.ages][:12]
    choose(empty, *[id for id in many if CATALOGUE[id].rhythm.is_weekly])
    at = step_3()
    labels = " ".join(number.label for number in at.number_input)

    assert [] == [m.value for m in at.markdown if "**" in m.value]
    assert len(chosen(empty)) == len([b for b in keys(at) if b.startswith("swap ")])
    assert all(CATALOGUE[id].title in labels for id in chosen(empty))


def test_more_rituals_are_drawn_once_they_are_asked_for():
    assert not any(key.startswith("add ") for key in keys(step_3()))
    assert any(key.startswith("add ") for key in keys(with_more()))


def test_more_rituals_are_found_by_words_kind_length_and_without_a_sitter():
    def found(at):
        return {key.split()[-1] for key in keys(at) if key.startswith("add ")}

    at = with_more("evening")
    at.pills(key="sunday rituals shown").set_value("Out").run()
    assert found(at)
    assert {Kind.OUT} == {CATALOGUE[id].kind for id in found(at)}
    at = with_more("walk")
    before = found(at)
    at.checkbox(key="more no sitter").check().run()
    assert "long-walk" in before - found(at)
    at.pills(key="more length").set_value("up to 30 min").run()
    assert all(CATALOGUE[id].comfortable_minutes <= 30 for id in found(at))
    at = with_more("ketchup")

    assert set() == found(at)
    assert "Nothing like that." in texts(at)


def test_more_are_shown_a_few_at_a_time():
    at = with_more()
    first = len([key for key in keys(at) if key.startswith("add ")])
    press(at, "more show more")

    assert 2 * first == len([key for key in keys(at) if key.startswith("add ")])


def test_a_card_says_how_long_how_often_and_why():
    at = with_more("late talk")

    assert "45 to 120 minutes · once or twice a week" in texts(at)
    assert any("](https://" in m.value for m in at.markdown)
    assert CATALOGUE["late-talk"].what in texts(at)

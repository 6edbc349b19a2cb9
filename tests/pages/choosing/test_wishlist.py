"""Blind wishes on the pages: one's own marks, what both marked, and nothing else."""

import re
from dataclasses import replace

import pytest

from pages.choosing import wishlist as panels_wishlist
from pages.session import who
from rituals.model.household import ONE, TWO
from rituals.planning import catalogue
from rituals.surprises import wishlist as store_wishlist
from tests.pages.test_pages import STEPS, opened, texts
from tests.support.notation import a_household

SUGGESTED = catalogue.load(catalogue.SUGGESTED)
TALK, KISS = "late-talk", "goodnight-kiss"
BOTH_WISHED = "You both wished for this"
NEVER_SAID = re.compile(r"%|\b(failed|missed|behind|overdue|should|streak|score)\b", re.IGNORECASE)

pytestmark = pytest.mark.usefixtures("empty")


def sits(at, key):
    at.get_by_key(who.WHO).set_value(key).run()
    assert not at.exception
    return at


def our_rituals(key=who.BOTH):
    return sits(opened("our_rituals.py"), key)


def step_3(key=who.BOTH):
    at = opened(step=STEPS[2])
    at.session_state["more rituals"] = True
    return sits(at, key)


def hearts(at):
    """By ritual, whether its heart is marked."""
    found = [box for box in at.checkbox if box.label.startswith(panels_wishlist.HEART)]
    return {box.key.rpartition(" ")[2]: box.value for box in found}


def heart(at, ritual):
    return next(
        b
        for b in at.checkbox
        if b.label.startswith(panels_wishlist.HEART) and b.key.endswith(ritual)
    )


def mark(at, ritual, value=True):
    heart(at, ritual).set_value(value).run()
    assert not at.exception
    return at


def both_mark(store, *rituals):
    for ritual in rituals:
        store_wishlist.mark(store, ONE, ritual)
        store_wishlist.mark(store, TWO, ritual)


def shows(at):
    return next(p for p in at.button_group if p.key == "sunday rituals shown")


def sent(at):
    """All that a browser was sent, word by word."""
    each = [node.proto.SerializeToString(deterministic=True) for node in nodes(at._tree)]
    return [one for one in each if b"/how-often-changed" not in one]  # a number, and not of what


def nodes(node):
    if getattr(node, "proto", None) is not None:
        yield node
    for child in getattr(node, "children", {}).values():
        yield from nodes(child)


@pytest.mark.usefixtures("empty")
def test_a_heart_read_aloud_says_what_it_is_of():
    at = our_rituals(ONE)

    assert len(hearts(at)) == len(
        {box.label for box in at.checkbox if panels_wishlist.HEART in box.label}
    )
    assert "I would love this: Goodnight kiss" == heart(at, "goodnight-kiss").label


def test_where_both_sit_here_no_mark_is_shown_or_set(empty):
    store_wishlist.mark(empty, ONE, TALK)
    at = our_rituals()

    assert {} == hearts(at)
    assert "tap your own name" in texts(at)
    assert BOTH_WISHED not in texts(at)


def test_one_s_own_heart_is_kept_and_shown_again(empty):
    mark(our_rituals(ONE), TALK)
    at = our_rituals(ONE)

    assert {TALK} == {ritual for ritual, marked in hearts(at).items() if marked}
    assert "tap your own name" not in texts(at)
    mark(at, TALK, value=False)
    assert set() == store_wishlist.load(empty, ONE)


def test_every_ritual_that_can_be_chosen_has_a_heart_and_a_retired_one_has_none(empty):
    empty.save_ritual(replace(SUGGESTED[KISS], retired=True))
    at = our_rituals(ONE)
    of_this_kind = len(at.subheader)
    there = hearts(at)
    at.get_by_key("our_rituals shown").set_value("retired").run()

    assert of_this_kind == len(there)
    assert {} == hearts(at)


@pytest.mark.parametrize("page", ["our_rituals.py", "sunday.py"])
@pytest.mark.parametrize("here", [TWO, who.BOTH])
def test_what_the_other_marked_is_in_nothing_that_is_sent(empty, page, here):
    def all_of_it():
        at = our_rituals(here) if page == "our_rituals.py" else step_3(here)
        return sent(at)

    without = all_of_it()
    for ritual in (TALK, KISS, "date-night"):
        store_wishlist.mark(empty, ONE, ritual)

    assert len(without) > 50
    assert without == all_of_it()


def test_a_name_tapped_after_the_other_s_shows_only_one_s_own(empty):
    store_wishlist.mark(empty, TWO, KISS)
    at = sits(mark(our_rituals(ONE), TALK), TWO)

    assert {KISS} == {ritual for ritual, marked in hearts(at).items() if marked}
    assert not any(f"heart {ONE}" in box.key for box in at.checkbox)


@pytest.mark.parametrize("here", [who.BOTH, ONE, TWO])
def test_what_both_marked_is_shown_whoever_sits_here(empty, here):
    both_mark(empty, TALK)
    sunday = step_3(here)
    shows(sunday).set_value(BOTH_WISHED).run()

    assert f"{BOTH_WISHED}: {SUGGESTED[TALK].title}." in texts(our_rituals(here))
    assert f"**{SUGGESTED[TALK].title}**" in texts(sunday)
    assert 1 == len([m for m in sunday.markdown if re.fullmatch(r":\w+\[●\] \*\*.*\*\*", m.value)])


def test_without_a_common_wish_sunday_offers_no_such_choice(empty):
    store_wishlist.mark(empty, ONE, TALK)

    assert BOTH_WISHED not in shows(step_3()).options


def test_a_mark_taken_back_while_it_is_shown_leaves_the_step_open(empty):
    both_mark(empty, TALK)
    at = step_3()
    shows(at).set_value(BOTH_WISHED).run()
    store_wishlist.unmark(empty, ONE, TALK)
    at.run()

    assert not at.exception
    assert BOTH_WISHED not in shows(at).options
    assert shows(at).value is None


def test_a_retired_ritual_is_no_common_wish(empty):
    both_mark(empty, TALK, KISS)
    empty.save_ritual(replace(SUGGESTED[KISS], retired=True))

    assert f"{BOTH_WISHED}: {SUGGESTED[TALK].title}." in texts(our_rituals())


def test_wishes_with_the_children_wait_for_children(empty):
    with_children = next(id for id, ritual in SUGGESTED.items() if ritual.with_children)
    both_mark(empty, with_children)
    there = texts(our_rituals())
    empty.save_household(a_household(children=False))

    assert BOTH_WISHED in there
    assert BOTH_WISHED not in texts(our_rituals())


def test_the_words_are_kind():
    assert not NEVER_SAID.search(f"{panels_wishlist.HEART} {panels_wishlist.HOW}")

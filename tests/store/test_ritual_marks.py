"""Rituals from before there were any marks have those of the catalogue."""

from dataclasses import replace
from datetime import time

import pytest

from rituals.model.ritual import Needs, TakesPart
from rituals.model.time.lean import Lean
from rituals.planning import catalogue
from rituals.store import migrate
from rituals.store.store import open_store
from tests.support.notation import a_ritual

SUGGESTED = catalogue.load(catalogue.SUGGESTED)
# Rituals that came with their marks.
SINCE = {
    *("pancake-morning", "everyone-cooks", "board-game", "den-of-blankets", "sofa-cinema"),
    *("kitchen-disco", "something-growing", "supper-and-a-walk", "bike-tour", "library-together"),
    *("swim-together", "picnic"),
    *("pram-walk", "skin-and-song", "down-on-the-rug", "nap-time-tea", "baby-swim"),
    *("all-in-one-bed",),
    *("tea-at-their-door", "their-playlist", "their-dish", "one-series", "breakfast-at-noon"),
    *("something-fried",),
    *("good-news", "the-day-told"),
}

LEANT = {
    "reunion": Lean.START,
    "table-night": time(18),
    "first-cup": Lean.START,
    "long-walk": Lean.MIDDLE,
}  # then, otherwise than today


@pytest.fixture
def store(url):
    opened = open_store(url)
    yield opened
    opened.engine.dispose()


def test_a_store_brought_up_to_date_has_the_marks_of_the_catalogue(store):
    known = {id: r for id, r in SUGGESTED.items() if id not in SINCE and r.rhythm.is_weekly}
    expected = {id: replace(r, leans=LEANT.get(id, r.leans)) for id, r in known.items()}
    for ritual in expected.values():
        bare = replace(ritual, leaves=False, in_person=False, leans=Lean.START, secret=False)
        store.save_ritual(bare)
    store.save_ritual(replace(store.load_rituals()["long-walk"], needs=Needs.NOTHING))
    with store.writing() as at:
        migrate.mark_rituals(at, "0010")

    assert 48 == len(expected)
    assert expected == store.load_rituals()


def test_a_store_with_marks_only_learns_how_its_rituals_lean(store):
    kept = replace(SUGGESTED["goodnight-kiss"], leaves=True, leans=Lean.START)
    own = replace(kept, id="ours")
    store.save_ritual(kept)
    store.save_ritual(own)
    with store.writing() as at:
        migrate.mark_rituals(at, "0012")

    assert {kept.id: replace(kept, leans=Lean.END), "ours": own} == store.load_rituals()


def test_a_store_that_knows_how_its_rituals_lean_stays_as_it_is(store):
    kept = replace(SUGGESTED["goodnight-kiss"], leans=Lean.MIDDLE)
    store.save_ritual(kept)
    with store.writing() as at:
        migrate.mark_rituals(at, "0014")

    assert {kept.id: kept} == store.load_rituals()


def test_what_was_rare_and_made_by_hand_is_kept_now_and_then(store):
    ours = a_ritual("ours", rhythm="every 4 weeks")
    others = [a_ritual("weekly"), replace(ours, id="retired", retired=True)]
    for ritual in (ours, *others):
        store.save_ritual(ritual)
    with store.writing() as at:
        migrate.mark_rituals(at, "0015")

    assert {"ours"} == {id for id, ritual in store.load_rituals().items() if ritual.kept}


def test_what_lives_from_surprise_is_secret_unless_both_do_it_by_now(store):
    ours = {id: replace(r, secret=False) for id, r in SUGGESTED.items() if r.secret}
    both = replace(ours["sealed-surprise"], takes_part=TakesPart.BOTH)
    kept = ours | {both.id: both, "thanks": a_ritual("thanks", takes_part=TakesPart.EITHER)}
    for ritual in kept.values():
        store.save_ritual(ritual)
    with store.writing() as at:
        migrate.mark_rituals(at, "0018")

    assert {*ours} - {both.id} == {id for id, r in store.load_rituals().items() if r.secret}


def test_who_told_that_something_is_no_secret_is_believed(store):
    ours = replace(SUGGESTED["unexpected-text"], secret=False)
    store.save_ritual(ours)
    with store.writing() as at:
        migrate.mark_rituals(at, "0019")

    assert {ours.id: ours} == store.load_rituals()


def test_a_thank_you_of_the_catalogue_is_said_in_person(store):
    ours = replace(SUGGESTED["i-noticed"], in_person=False)
    store.save_ritual(ours)
    store.save_ritual(replace(ours, id="of-our-own"))
    with store.writing() as at:
        migrate.mark_rituals(at, "0021")

    assert {"i-noticed"} == {id for id, r in store.load_rituals().items() if r.in_person}


def test_who_told_since_that_a_thank_you_may_be_said_from_afar_is_believed(store):
    ours = replace(SUGGESTED["i-noticed"], in_person=False)
    store.save_ritual(ours)
    with store.writing() as at:
        migrate.mark_rituals(at, "0022")

    assert {ours.id: ours} == store.load_rituals()

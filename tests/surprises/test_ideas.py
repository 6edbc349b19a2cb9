"""The small acts: each of them in order, and one of them drawn."""

from random import Random

import pytest

from rituals.model import local_time
from rituals.model.household import ONE
from rituals.planning import catalogue
from rituals.surprises import ideas
from rituals.surprises.ideas import ActsError, Part
from rituals.surprises.surprise import Drawer, Reveal
from tests.support.notation import WEEK, a_household, an_instant

HOME = a_household()
NOW = an_instant("Mon 00:30")
ALL = ideas.load()
ONE_ACT = '[[act]]\nkey = "note"\ntitle = "A note"\nminutes = 5\npart = "early"\n'


def a_draw(seed, drawer=Drawer(), now=NOW, of=ALL, beside=()):  # noqa: B008 frozen
    return ideas.draw_idea(of, drawer, ONE, WEEK, HOME, now, Random(seed), beside)  # noqa: S311 a test


def test_there_are_about_sixty():
    assert 55 <= len(ALL) <= 70


def test_every_part_of_the_day_has_some():
    assert set(Part) == {act.part for act in ALL.values()}


def test_titles_are_told_apart_and_short():
    titles = [act.title for act in ALL.values()]

    assert len(titles) == len(set(titles))
    assert all(len(title) <= 80 and title[0].isupper() for title in titles)
    assert not any(title.endswith(".") for title in titles)


def test_no_title_stands_in_the_catalogue_too():
    suggested = catalogue.SUGGESTED.read_text("utf-8").lower()

    assert [] == [act.title for act in ALL.values() if act.title.lower() in suggested]


@pytest.mark.parametrize("word", ["failed", "missed", "behind", "overdue", "should", "score", "%"])
def test_no_word_is_a_verdict(word):
    assert not any(word in act.title.lower() for act in ALL.values())


@pytest.mark.parametrize("seed", range(40))
def test_it_gets_a_day_and_an_hour_of_its_part_of_the_day(seed):
    drawn = a_draw(seed)
    hours = local_time.window_spans((ALL[drawn.act].window,), WEEK, HOME)

    assert any(span.start <= drawn.start < span.end for span in hours)
    assert drawn.start > NOW


def test_it_stays_in_the_drawer():
    assert Reveal.NEVER is a_draw(1).reveal
    assert "" == a_draw(1).line


def test_what_lies_there_or_was_given_lately_is_not_drawn_again():
    drawer, keys = Drawer(), []
    while (drawn := a_draw(7, drawer)) is not None:
        drawer = Drawer((*drawer.surprises, drawn))
        keys.append(drawn.act)

    assert sorted(ALL) == sorted(keys)


def test_after_some_months_it_may_come_again():
    one = {"note-in-the-bag": ALL["note-in-the-bag"]}
    drawer = Drawer((a_draw(1, of=one),))

    assert a_draw(1, drawer, of=one) is None
    assert ideas.draw_idea(
        one,
        drawer,
        ONE,
        WEEK + 20,
        HOME,
        an_instant("Mon 00:30", WEEK + 20),
        Random(1),  # noqa: S311 a test
    )


def test_another_one_is_another_one():
    first = a_draw(3)

    assert first.act != a_draw(3, beside=[first.act]).act


def test_nothing_is_drawn_for_a_week_that_is_over():
    assert a_draw(1, now=an_instant("Mon 00:30", WEEK + 1)) is None


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("x = [", "small.toml cannot be read"),
        ("", r"small.toml holds no \[\[act\]\]"),
        (ONE_ACT + ONE_ACT, "act 2, key: “note” is there twice"),
        (ONE_ACT.replace('"note"', '"A note"'), "act 1, key"),
        (ONE_ACT.replace('"A note"', '""'), "act 1, title"),
        (ONE_ACT.replace("5", "7"), "act 1, minutes"),
        (ONE_ACT.replace("early", "dawn"), "act 1, part: it is one of early, morning"),
        (ONE_ACT + 'days = "Someday"', "act 1, days"),
        (ONE_ACT + 'note = "x"', "act 1: it has key, title"),
    ],
)
def test_what_is_wrong_in_the_file_is_said_in_one_sentence(written, sentence):
    with pytest.raises(ActsError, match=sentence):
        ideas.parsed(written, "small.toml")


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(ActsError, match=r"none\.toml cannot be opened"):
        ideas.load(tmp_path / "none.toml")

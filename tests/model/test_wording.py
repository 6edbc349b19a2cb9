"""The words that appear nowhere: not in the code's sentences, the catalogue, a page or a file."""

import re

import pytest
from streamlit.testing.v1 import AppTest

from rituals.calendars.outgoing import ical
from rituals.model.plan import standing
from rituals.planning import catalogue, sample
from rituals.text import bidi_isolated, single_line
from tests.support.notation import today_at_home
from tests.support.paths import ROOT, SHELL
from tests.support.screens import PAGES, STEPS, sentences_of, shown
from tests.support.visits import at_its_address

FORBIDDEN = re.compile(r"\b(fail(ed|s)?|missed|behind|overdue|should|streaks?|scores?)\b", re.I)
CATALOGUE = catalogue.load(catalogue.SUGGESTED)


def unkind(text):
    return FORBIDDEN.search(text) or "%" in text


@pytest.mark.parametrize("folder", ["pages", "rituals"])
def test_no_sentence_in_the_code_has_a_forbidden_word(folder):
    found = {
        (file.name, text)
        for file in (ROOT / folder).rglob("*.py")
        for text in sentences_of(file)
        if FORBIDDEN.search(text)
    }

    assert set() == found


def test_the_catalogue_has_no_forbidden_word():
    written = catalogue.SUGGESTED.read_text(encoding="utf-8")

    assert [] == [row for row in written.splitlines() if unkind(row)]


def test_the_changelog_has_no_forbidden_word():
    written = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")

    assert [] == [row for row in written.splitlines() if unkind(row)]


def test_a_calendar_file_has_no_forbidden_word():
    couple = sample.couple(today_at_home(), 4, CATALOGUE)
    lying = [o for plan in couple.plans for o in standing(plan)]
    file = ical.calendar(lying, couple.household).decode().replace("\r\n ", "")

    assert [] == [row for row in file.splitlines() if unkind(row)]


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize("page", PAGES)
def test_no_page_shows_a_forbidden_word(page):
    at = at_its_address(page).run()

    assert [] == [text for text in shown(at) if unkind(text)]


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize("step", STEPS)
def test_no_step_of_the_sitting_shows_a_forbidden_word(step):
    at = AppTest.from_file(str(SHELL), default_timeout=60)
    at.session_state["sunday step"] = step
    at.run()

    assert len(list(shown(at))) > 20
    assert [] == [text for text in shown(at) if unkind(text)]


@pytest.mark.usefixtures("store")
def test_the_welcome_shows_no_forbidden_word():
    at = AppTest.from_file(str(SHELL), default_timeout=60).run()

    assert [] == [text for text in shown(at) if unkind(text)]


def test_what_turns_a_line_around_is_left_out():
    turning = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"

    assert "Late talk" == single_line("".join(map("".join, zip("Late talk", turning, strict=True))))


def test_letters_from_the_right_turn_nothing_around_beside_them():
    assert ("\u2068שבת\u2069", "Late talk") == (bidi_isolated("שבת"), bidi_isolated("Late\ntalk"))


def test_what_joins_letters_and_pictures_stays():
    family = "👨\u200d👩\u200d👧"

    assert family == single_line(family)

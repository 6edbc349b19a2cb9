"""What the pages give to print, and what the browser prints of them."""

import io
from dataclasses import astuple

import pytest
from pypdf import PdfReader
from streamlit.testing.v1 import AppTest

from pages.publishing import printing
from rituals.charts import theme
from rituals.model.plan import Said
from rituals.model.time.formats import Paper
from tests.pages.test_pages import offered
from tests.support.notation import WEEK, a_household, a_plan, an_occurrence
from tests.support.paths import ROOT

LOOK = ROOT / "pages" / "ui" / "look.css"


def script(zone):
    from pages.publishing import printing
    from tests.support.notation import a_household, a_plan, an_occurrence

    printing.show(a_plan(an_occurrence()), a_household(zone))


def opened(zone):
    at = AppTest.from_function(script, args=(zone,), default_timeout=30).run()
    assert not at.exception
    return at


def text(content):
    (page,) = PdfReader(io.BytesIO(content)).pages
    return page.extract_text()


@pytest.mark.usefixtures("store")
def test_there_are_two_pages_to_print():
    visit = opened("Europe/Berlin").session_state

    for key in ("print week", "print season"):
        assert text(offered(visit, key).make())


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize(
    ("zone", "expected"), [("Europe/Berlin", Paper.A4), ("America/Denver", Paper.LETTER)]
)
def test_the_paper_of_the_place_is_chosen(zone, expected):
    assert expected == opened(zone).session_state["print paper"]


def test_the_page_of_a_week_is_the_plan_that_is_shown():
    plan = a_plan(an_occurrence(title="Chores with music"))
    content = printing.week_file(plan, a_household(), Paper.LETTER, {})

    assert "Chores with music" in text(content)
    assert 612 == round(PdfReader(io.BytesIO(content)).pages[0].mediabox.width)


def test_the_page_of_a_season_holds_the_weeks_that_are_kept(empty):
    before = WEEK - 1
    lived = an_occurrence(week=before, title="Chores with music", said=Said.AS_PLANNED, lived=60)
    plan = a_plan(lived, week=before)
    empty.change_plan(plan, lambda begun: begun)
    content = printing.season_file(empty, a_plan(), WEEK, a_household(), Paper.A4)

    assert "Chores with music" in text(content)


def test_what_is_printed_of_a_dark_page_has_the_light_colours():
    look = LOOK.read_text("utf-8").lower()
    dark, light = (
        [*kinds, all_of_us, *more]
        for kinds, all_of_us, _, *more in map(astuple, (theme.DARK, theme.LIGHT))
    )
    chart = '[data-testid="stvegalitechart"] svg'

    for before, after in zip(dark, light, strict=True):
        for part in ("fill", "stroke"):
            rule = f'{chart} [{part}="{before}" i] {{ {part}: {after}; }}'.lower()
            assert rule in look

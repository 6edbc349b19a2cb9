"""What the browser prints of the two pages that people print."""

import io
import re

import pytest
from pypdf import PdfReader

from tests.browser.conftest import ARTEFACTS, STEPS, choose, settle

PRESSED = ("Undo", "Save", "Suggest", "Later", "Look back", "Usual", "26 weeks", "Both of us")


def printed(page, name):
    """The pages that Chromium prints, as text."""
    content = page.pdf(path=ARTEFACTS / f"{name}.pdf", format="A4", prefer_css_page_size=True)
    return [page.extract_text() for page in PdfReader(io.BytesIO(content)).pages]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_week_is_printed_on_one_page_without_a_button(sample, visit, scheme):
    page = visit(sample, scheme=scheme).open_page("sunday")
    choose(page, STEPS[3])
    settle(page)
    (text,) = printed(page, f"print-week-{scheme}")

    assert "The week of" in text
    assert re.search(r"\d\d:\d\d–\d\d:\d\d", text)
    assert [] == [word for word in PRESSED if word in text]


def test_no_hand_is_led_on_paper_and_a_closed_table_is_left_out(sample, visit):
    page = visit(sample).open_page("our-weeks")
    settle(page)
    (text,) = printed(page, "print-weeks")

    assert "Solid is what happened" in text
    assert [] == [word for word in ("A click on a week", "As a table", *PRESSED) if word in text]


def test_our_weeks_are_printed_on_one_page_without_a_button(sample, visit):
    page = visit(sample).open_page("our-weeks")
    choose(page, "Each kind of time")
    settle(page)
    (text,) = printed(page, "print-our-weeks")

    assert "Our weeks" in text
    assert "Jonas, out" in text
    assert [] == [word for word in PRESSED if word in text]

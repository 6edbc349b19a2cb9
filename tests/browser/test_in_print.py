"""What the browser prints of the two pages that people print."""

import io
import re

import pytest
from pypdf import PdfReader

from tests.browser.conftest import ARTEFACTS, GROUNDS, STEPS, on_ground, settle, turn_to

PRESSED = ("Undo", "Save", "Suggest", "Later", "Look back", "Usual", "26 weeks", "Both of us")


def printed(page, name):
    """The pages that Chromium prints, as text."""
    content = page.pdf(path=ARTEFACTS / f"{name}.pdf", format="A4", prefer_css_page_size=True)
    return [page.extract_text() for page in PdfReader(io.BytesIO(content)).pages]


class TestOneCouple:
    """One visit prints both."""

    @pytest.fixture(scope="class")
    @classmethod
    def one(cls, seen_sample, look):
        return look(seen_sample)

    def test_the_week_is_printed_on_one_page_without_a_button_on_both_grounds(self, one):
        page = one.go("sunday")
        turn_to(page, STEPS[3])
        for scheme in GROUNDS:
            on_ground(page, scheme)
            settle(page)
            (text,) = printed(page, f"print-week-{scheme}")

            assert "The week of" in text, scheme
            assert re.search(r"\d\d:\d\d–\d\d:\d\d", text), scheme
            assert [] == [word for word in PRESSED if word in text], scheme

    def test_no_hand_is_led_on_paper_and_a_closed_table_is_left_out(self, one):
        page = one.go("our-weeks")
        turn_to(page, "Weeks")
        settle(page)
        (text,) = printed(page, "print-weeks")
        words = ("A click on a week", "As a table", *PRESSED)

        assert "Solid is what happened" in text
        assert [] == [word for word in words if word in text]

    def test_our_weeks_are_printed_on_one_page_without_a_button_or_who_sits_here(self, one):
        page = one.go("our-weeks")
        turn_to(page, "Each kind of time")
        settle(page)
        (text,) = printed(page, "print-our-weeks")

        assert "Our weeks" in text
        assert "Jonas, out" in text
        assert [] == [word for word in PRESSED if word in text]

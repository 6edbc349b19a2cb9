"""Hours and days on every page, as a household writes them."""

import re
from dataclasses import replace

import pytest

from rituals.model.time.formats import Formats
from rituals.model.time.rhythm import MONTHS
from tests.support.screens import PAGES, STEPS, shown
from tests.support.visits import at_its_address

IN_24 = re.compile(r"(?<!T)\b(0\d|1[3-9]|2[0-3]):[0-5]\d\b")
DAY_FIRST = re.compile(rf"\b\d{{1,2}} ({'|'.join(MONTHS)})\b")
AMERICAN = Formats(twelve_hours=True, month_first=True)
FOR_THE_BROWSER = re.compile(r"[\d:. /-]+|\{.*\}|[\d-]+T[\d:.+-]+")  # values of fields, and ISO


@pytest.fixture
def american(filled):
    filled.save_household(replace(filled.load_household(), formats=AMERICAN))


@pytest.mark.usefixtures("american")
@pytest.mark.parametrize(
    ("page", "step"), [*((page, None) for page in PAGES), *(("sunday.py", s) for s in STEPS)]
)
def test_who_writes_8_pm_and_december_25_reads_no_other_hours_and_days(page, step):
    at = at_its_address(page)
    if step:
        at.session_state["sunday step"] = step
    at.run()
    texts = {text for text in shown(at) if not FOR_THE_BROWSER.fullmatch(text)}

    assert not at.exception
    assert set() == {text for text in texts if IN_24.search(text) or DAY_FIRST.search(text)}

"""The one who looks for leaks sees them."""

import base64
import json
import zlib

import pytest

from rituals.calendars.outgoing import ical
from rituals.printing import week_page
from tests.support.marks import found
from tests.support.notation import a_household, a_plan, an_occurrence

MARK = "Zyxtröm"
HIDDEN = {
    "as it is": f"a {MARK} b".encode(),
    "in other letters": MARK.upper().replace("Ö", "ö").encode(),
    "in JSON": json.dumps({"a": MARK}).encode(),
    "in UTF-16": f"a {MARK}".encode("utf-16"),
    "in an address": b"/x?y=Zyxtr%C3%B6m",
    "in an SQL dump": f"X'{f'xx{MARK}'.encode().hex().upper()}'".encode(),
    "in base64": base64.b64encode(f"{MARK} and more".encode()),
    "in base64, a byte later": base64.b64encode(f"x{MARK} and more".encode()),
    "in base64, two bytes later": base64.b64encode(f"xx{MARK} and more".encode()),
    "in a stream": b"stream\n" + zlib.compress(MARK.encode()) + b"\nendstream",
    "in a folded line": b"SUMMARY:Zyx\r\n tr\xc3\xb6m",
}


@pytest.mark.parametrize("how", HIDDEN)
def test_a_leak_is_seen(how):
    assert {MARK} == found(HIDDEN[how], {MARK, "Nowhere"})


def test_a_leak_on_paper_is_seen():
    plan = a_plan(an_occurrence(title=MARK))

    assert {MARK} == found(week_page.week(plan, a_household()), {MARK})


def test_a_leak_in_a_calendar_file_is_seen():
    mark = f"{MARK}, and more"
    one = an_occurrence(title=f"{'x' * 60} {mark}")

    assert {mark} == found(ical.calendar([one], a_household()), {mark})


def test_where_it_is_not_nothing_is_seen():
    assert set() == found(b"Zyxtr and \xc3\xb6m", {MARK})

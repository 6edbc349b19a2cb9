"""The words that appear nowhere: not in the code's sentences, the catalogue, a page or a file."""

import ast
import json
import re
from datetime import UTC, datetime
from html.parser import HTMLParser
from io import BytesIO

import pyarrow as pa
import pytest
from google.protobuf.json_format import MessageToDict
from streamlit.testing.v1 import AppTest

from rituals.calendars.outgoing import ical
from rituals.model.plan import standing
from rituals.planning import catalogue, sample
from rituals.text import bidi_isolated, single_line
from tests.support.paths import ROOT, SHELL

FORBIDDEN = re.compile(r"\b(fail(ed|s)?|missed|behind|overdue|should|streaks?|scores?)\b", re.I)
STEPS = ["1 · Look back", "2 · Balance", "3 · Rituals", "4 · The week", "5 · Take it with you"]
CATALOGUE = catalogue.load(catalogue.SUGGESTED)


def unkind(text):
    return FORBIDDEN.search(text) or "%" in text


def sentences_of(file):
    """Every text in a module but its docstrings; those of the command line are its help."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    spoken = file.name == "__main__.py"
    quiet = set()
    for node in ast.walk(tree):
        if isinstance(node, documented) and node.body and not spoken:
            first = node.body[0]
            if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
                quiet.add(id(first.value))
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in quiet:
            yield node.value


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


PAGES = [
    "sunday.py",
    "our_weeks.py",
    "our_rituals.py",
    "surprises.py",
    "calendars.py",
    "household.py",
]


def test_the_changelog_has_no_forbidden_word():
    written = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")

    assert [] == [row for row in written.splitlines() if unkind(row)]


def test_a_calendar_file_has_no_forbidden_word():
    couple = sample.couple(datetime.now(UTC).date(), 4, CATALOGUE)
    lying = [o for plan in couple.plans for o in standing(plan)]
    file = ical.calendar(lying, couple.household).decode().replace("\r\n ", "")

    assert [] == [row for row in file.splitlines() if unkind(row)]


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize("page", PAGES)
def test_no_page_shows_a_forbidden_word(page):
    at = AppTest.from_file(str(SHELL), default_timeout=60).run()
    at.switch_page(page).run()

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


def shown(at):
    """Every text a page sends to the browser that somebody can read or hear."""
    for node in elements(at._tree):
        proto = getattr(node, "proto", None)
        if proto is None:
            continue
        if node.type == "vega_lite_chart":
            yield proto.alt
            yield from texts_of_data(proto)
        elif node.type == "html":
            yield from texts_of_html(proto.body)
        elif node.type == "bidi_component":
            yield from texts_of_html(proto.html_content)
            yield from texts_of_script(proto.js_content)
            yield from texts_in(json.loads(proto.json))
        else:
            yield from texts_in(MessageToDict(proto))


def elements(block):
    for child in getattr(block, "children", {}).values():
        yield child
        yield from elements(child)


def texts_in(told):
    if isinstance(told, str):
        yield told
    elif isinstance(told, dict):
        for name, value in told.items():
            if name not in {"id", "formId", "format"}:
                yield from texts_in(value)
    elif isinstance(told, list):
        for value in told:
            yield from texts_in(value)


def texts_of_script(script):
    """What a component's script may write: its literals with a blank in them."""
    written = re.findall(r'"([^"\n]* [^"\n]*)"|`([^`]* [^`]*)`', script)
    return [re.sub(r"\$\{[^}]*\}%?", "", "".join(both)) for both in written]


def texts_of_data(proto):
    for dataset in proto.datasets:
        for row in pa.ipc.open_stream(BytesIO(dataset.data.data)).read_all().to_pylist():
            yield from (value for value in row.values() if isinstance(value, str))


class Texts(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found = []
        self.styling = False

    def handle_starttag(self, tag, attrs):
        self.styling = tag == "style"
        self.found += [value for name, value in attrs if name in {"title", "aria-label"}]

    def handle_endtag(self, _tag):
        self.styling = False

    def handle_data(self, data):
        if not self.styling:
            self.found.append(data)


def texts_of_html(body):
    parser = Texts()
    parser.feed(body)
    return parser.found


def test_what_turns_a_line_around_is_left_out():
    turning = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"

    assert "Late talk" == single_line("".join(map("".join, zip("Late talk", turning, strict=True))))


def test_letters_from_the_right_turn_nothing_around_beside_them():
    assert ("\u2068שבת\u2069", "Late talk") == (bidi_isolated("שבת"), bidi_isolated("Late\ntalk"))


def test_what_joins_letters_and_pictures_stays():
    family = "👨\u200d👩\u200d👧"

    assert family == single_line(family)

"""One word, one thing: what the code calls its own way has a plain word on every screen."""

import re
import tomllib

import pytest
from streamlit.testing.v1 import AppTest

from rituals.__main__ import commands
from rituals.paths import DATA
from tests.support.paths import ROOT, SHELL
from tests.support.screens import PAGES, STEPS, helps_of, sentences_of, shown, texts_of_script

# By the word on screens, what never stands there. "Let it go" looks back, and stays.
TABLE = {
    "kind of time": r"\bstrands?\b",
    "happened": r"\blived\b",
    "idea": r"(?<!more )\bways\b(?! home)|\bways? of doing\b|\d way\b",
    "roomy": r"\bcalm week\b|^calm$",
    "a week off": r"\bgrace\b",
    "pin, unpin": r"\b(un)?fix(es|ed)?\b|\bloosen(s|ed)?\b",
    "looks after": r"\bthinks of\b",
    "small gesture": r"\bsmall acts?\b",
    "hint": r"\bcovers?( lines?)? of\b|\bcover lines?\b",
    "out; nights out and friends": r"\bnight out\b",
    "save": r"^keep$",
    "set aside": r"\bretired?\b",
    "not agreed yet": r"\bproposals?\b",
}
NEVER = re.compile("|".join(TABLE.values()), re.IGNORECASE)
A_KEY = re.compile(r"[a-z_. …/-]*|datum\..*")  # of a session, a column, a field: no sentence
FOR_PROGRAMS = {"store", "migrations", "charts"}  # they write no sentence
FIELDS = {"…, ways", "…, ways, …"}  # of a file, as its errors name them
DATA_FILES = ("catalogue.toml", "small_acts.toml", "guides.toml")


def told(texts):
    """The texts with a word in them that no screen shows."""
    return sorted({text for text in texts if NEVER.search(text)})


def read_by_people(texts):
    """The texts that are no key: with a capital, a full stop or a digit in them."""
    return (text for text in texts if not A_KEY.fullmatch(text) and text not in FIELDS)


@pytest.mark.parametrize(
    "text",
    [
        *("Each strand", "Solid is lived", "12 ways", "1 way", "A calm week", "Calm", "Grace"),
        *("Fixed: it stays", "you had loosened it", "Maya thinks of it", "Small act of love"),
        *("covers of surprises", "Night out", "Keep", "Retire", "A proposal still"),
    ],
)
def test_a_word_of_the_code_is_found(text):
    assert [text] == told([text])


@pytest.mark.parametrize(
    "text",
    [
        *(
            "Each kind of time",
            "What happened",
            "12 ideas",
            "Two ways home",
            "A way home takes",
            "More ways",
        ),
        *("A week off", "Pinned", "Maya looks after it", "Nights out and friends", "Keep both"),
        *("Not agreed yet", "Let it go", "A calm line", "Keep Thursday evening free"),
    ],
)
def test_a_plain_word_is_none_of_them(text):
    assert [] == told([text])


@pytest.mark.parametrize("folder", ["pages", "rituals"])
def test_the_code_s_sentences_have_none_of_them(folder):
    modules = [f for f in (ROOT / folder).rglob("*.py") if not FOR_PROGRAMS & set(f.parts)]

    assert {} == {
        file.name: found for file in modules if (found := told(read_by_people(sentences_of(file))))
    }


def test_no_help_of_a_command_has_one_of_them():
    modules = [*(ROOT / "rituals/cli").glob("*.py"), ROOT / "rituals/__main__.py"]

    assert [] == told(text for file in modules for text in helps_of(file))


def test_no_command_is_called_by_one_of_them():
    assert [] == told(name for name in commands.commands if name != "keep")  # which is no button


def test_no_script_of_a_page_has_one_of_them():
    scripts = (file.read_text(encoding="utf-8") for file in (ROOT / "pages").rglob("*.js"))

    assert [] == told(text for script in scripts for text in texts_of_script(script))


@pytest.mark.parametrize("name", DATA_FILES)
def test_no_text_of_the_catalogue_or_a_guide_has_one_of_them(name):
    assert [] == told(values_of(tomllib.loads((DATA / name).read_text(encoding="utf-8"))))


def test_what_is_new_has_none_of_them():
    written = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    newest = written.partition("\n## ")[2].partition("\n## ")[0]

    assert [] == told(newest.splitlines())


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize("page", PAGES)
def test_no_page_shows_one_of_them(page):
    at = AppTest.from_file(str(SHELL), default_timeout=60).run()
    at.switch_page(page).run()

    assert [] == told(read_by_people(shown(at)))


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize("step", STEPS)
def test_no_step_of_the_sitting_shows_one_of_them(step):
    at = AppTest.from_file(str(SHELL), default_timeout=60)
    at.session_state["sunday step"] = step
    at.run()

    assert [] == told(read_by_people(shown(at)))


@pytest.mark.usefixtures("store")
def test_the_welcome_shows_none_of_them():
    at = AppTest.from_file(str(SHELL), default_timeout=60).run()

    assert [] == told(read_by_people(shown(at)))


def values_of(told):
    """Every text in a file of tables, but the keys."""
    if isinstance(told, str):
        yield told
    elif isinstance(told, dict):
        for name, value in told.items():
            if name not in {"key", "sources"}:
                yield from values_of(value)
    elif isinstance(told, list):
        for value in told:
            yield from values_of(value)

"""The switch on the page Household that opens Leavewell to the home network."""

import re
from datetime import UTC, datetime

import pytest
from streamlit import config
from streamlit.testing.v1 import AppTest

from rituals.security import encryption, passphrase
from tests.support.paths import SHELL
from tests.support.visits import at_its_address

WORDS = "the blue boat comes home"


@pytest.fixture(autouse=True)
def _cheap(monkeypatch):
    """What a try costs is measured elsewhere."""
    monkeypatch.setattr(passphrase, "EFFORT", (32, 1, 4))


@pytest.fixture
def at_home():
    """Leavewell as one starts it for the home network."""
    before = config.get_option("server.address")
    config.set_option("server.address", "192.168.1.5")
    yield
    config.set_option("server.address", before)


def opened():
    at = at_its_address("household.py")
    at.context["timezone"] = "Europe/Berlin"
    at.run()
    assert not at.exception
    return at


def typed(at, one, two=None):
    at.text_input(key="door one").set_value(one)
    at.text_input(key="door two").set_value(one if two is None else two)
    next(b for b in at.button if b.label in ("Switch it on", "Keep the new passphrase")).click()
    at.run()
    assert not at.exception
    return at


def said(at):
    return [info.value for info in at.info]


def text(at):
    return " ".join(part.value for part in (*at.markdown, *at.caption))


def commands(at):
    return [code.value for code in at.code if code.value.startswith("make run")]


def test_at_first_it_answers_to_this_machine_alone(empty):
    at = opened()

    assert "Leavewell answers to this machine alone." in text(at)
    assert [] == commands(at)
    assert passphrase.load(empty) is None


def test_a_passphrase_typed_twice_switches_it_on_and_tells_how_to_start(empty):
    at = typed(opened(), WORDS)

    assert ["It is switched on."] == said(at)
    assert passphrase.is_right(passphrase.load(empty), WORDS)
    assert [True] == [bool(re.match(r"make run ADDRESS=[\d.…]+", each)) for each in commands(at)]


@pytest.mark.usefixtures("at_home")
def test_where_it_is_open_already_it_says_where_a_phone_finds_it(empty):
    at = typed(opened(), WORDS)

    assert [] == commands(at)
    assert "192.168.1.5" in text(at).replace("\\", "").replace("\u2060", "")
    assert passphrase.load(empty)


@pytest.mark.parametrize(
    ("one", "two", "why"),
    [
        ("short", "short", passphrase.TOO_SHORT),
        (WORDS, "the red boat comes home", passphrase.NOT_THE_SAME),
        (WORDS, "", passphrase.NOT_THE_SAME),
    ],
)
def test_what_cannot_be_one_is_said_in_a_sentence(empty, one, two, why):
    at = typed(opened(), one, two)

    assert [why] == said(at)
    assert passphrase.load(empty) is None


def test_nothing_that_was_typed_stays_in_the_visit(empty):
    at = typed(opened(), WORDS)
    kept = repr(at.session_state)

    assert passphrase.load(empty)
    assert "edits visit" in kept
    assert WORDS not in kept
    assert WORDS not in text(at)


def test_another_passphrase_takes_the_place_of_the_first(empty):
    at = typed(typed(opened(), WORDS), "seven green pears at noon")

    assert ["The new passphrase holds from now on."] == said(at)
    assert [False, True] == [
        passphrase.is_right(passphrase.load(empty), each)
        for each in (WORDS, "seven green pears at noon")
    ]


def test_it_is_switched_off_and_forgotten(empty):
    at = typed(opened(), WORDS)
    at.button(key="door off").click().run()

    assert ["It is off. Leavewell answers to this machine alone."] == said(at)
    assert passphrase.load(empty) is None


def test_the_sample_couple_has_no_door(filled):
    passphrase.set_passphrase(filled, WORDS, datetime.now(UTC), encryption.Effort(32, 1, 4))
    at = AppTest.from_file(str(SHELL), default_timeout=60)
    at.query_params["look"] = "around"
    at.run().switch_page("household.py").run()

    assert "Open to our home network" not in [header.value for header in at.header]
    assert "door off" not in [button.key for button in at.button]

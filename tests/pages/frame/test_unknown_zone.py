"""What a couple sees whose time zone is in no list of today, and the way on."""

from datetime import UTC, datetime

import pytest
from streamlit.testing.v1 import AppTest

from pages.session import stores
from rituals.backup import backups
from tests.support.notation import a_household
from tests.support.paths import SHELL

SENTENCE = "Your time zone, Old/Link, is not known here. Please choose the one you live in."
LOST = a_household("Old/Link")


@pytest.fixture
def lost(store):
    """A household whose zone only another machine knew."""
    store.save_household(LOST)
    return store


def opened():
    at = AppTest.from_file(str(SHELL), default_timeout=60)
    at.context["timezone"] = "America/Vancouver"
    at.run()
    assert not at.exception
    return at


@pytest.mark.parametrize("zone", ["Old/Link", "America", "../etc/passwd", "a" * 60, ""])
def test_a_zone_that_nobody_knows_breaks_nothing(zone):
    household = a_household(zone)

    assert (False, "UTC") == (household.zone_is_known, household.tz.key)
    assert a_household("Etc/UTC").zone_is_known


@pytest.mark.usefixtures("lost")
def test_one_sentence_asks_for_another_and_proposes_the_browsers():
    at = opened()

    assert [SENTENCE] == [info.value for info in at.info]
    assert "America/Vancouver" == at.selectbox[0].value
    assert ["Save"] == [button.label for button in at.button]


def test_with_another_the_page_is_there_and_all_else_is_as_it_was(lost):
    at = opened()
    at.selectbox[0].set_value("Europe/Berlin").run()
    at.button[0].click().run()

    assert not at.exception
    assert a_household("Europe/Berlin") == lost.load_household()
    assert "Old/Link" not in "".join(info.value for info in at.info)


def test_a_backup_is_kept_all_the_same(lost, tmp_path):
    backups.make_weekly(lost, tmp_path / "b", datetime(2026, 11, 29, 20, tzinfo=UTC))

    assert 1 == len(backups.existing(tmp_path / "b"))
    stores.close_store()

"""Safe keeping on the Household page and at the welcome, through the shell that shows them."""

import re
from datetime import UTC, datetime

import pytest
import tzdata
from streamlit.testing.v1 import AppTest

from pages.session import stores
from pages.settings.archive import NO_DOOR
from rituals.backup.archive import export_archive, inspect
from rituals.model.household import ONE
from rituals.security import passphrase
from tests.backup import test_archive as zipped
from tests.backup import test_transfer as moving
from tests.pages.test_pages import offered
from tests.security.test_passphrase import CHEAP
from tests.support.notation import a_household, a_plan, an_occurrence
from tests.support.paths import SHELL
from tests.support.postgres import everything as rows_of

NOW = datetime(2026, 11, 22, 20, tzinfo=UTC)
ANA_AND_BEN = a_household(names=("Ana", "Ben"))


@pytest.fixture(autouse=True)
def _a_keyring(keyring_file):
    """Nobody's own passwords are asked for."""
    assert not keyring_file.exists()


@pytest.fixture
def home(store):
    """A household with a week, and no clock but one."""
    store.fill(ANA_AND_BEN, (), [a_plan(an_occurrence())])
    return store


@pytest.fixture
def good():
    return zipped.a_good_zip()


def opened():
    at = AppTest.from_file(str(SHELL), default_timeout=60)
    at.session_state["safe keeping visit"] = "v"
    at.switch_page("household.py")
    at.run()
    assert not at.exception
    return at


def drop(at, content, name="ours.zip"):
    at.file_uploader[0].set_value((name, content, "application/zip")).run()
    assert not at.exception
    return at


def click(at, label):
    next(button for button in at.button if button.label == label).click().run()
    assert not at.exception
    return at


def on_page(at):
    return "\n".join(e.value for kind in (at.markdown, at.caption, at.info) for e in kind)


def labels(at):
    return [button.label for button in at.button]


def taken_out(at):
    """What the button brings."""
    return offered(at.session_state, "safe take out").make()


def test_everything_can_be_taken_out(home):
    content = taken_out(opened())

    assert "Ana" == inspect(content).household.name(ONE)
    assert home.load_household() == ANA_AND_BEN


def test_it_is_taken_out_as_it_is_by_then(home):
    at = opened()
    home.dismiss("thursdays")

    assert 1 == inspect(taken_out(at)).rows["aside"]


def test_a_zip_is_looked_at_before_anything_is_replaced(home, good):
    at = drop(opened(), good)

    assert home.load_household() == ANA_AND_BEN
    assert "Maya and Jonas\\: one week, the newest of 23 November 2026" in on_page(at)
    assert "All that is here now is replaced by it" in on_page(at)
    assert "Replace what is here" in labels(at)


@pytest.mark.parametrize("has_one", [True, False])
def test_that_a_zip_lets_no_other_machine_in_is_said_where_one_is_let_in_now(home, good, has_one):
    if has_one:
        passphrase.set_passphrase(home, "late walks by the lake", datetime.now(UTC), CHEAP)

    assert has_one == (NO_DOOR in on_page(drop(opened(), good)))


def test_what_it_leads_to_is_said_before(home, tmp_path):
    url = f"sqlite:///{tmp_path}/other.db"
    moving.fill(url)
    at = drop(opened(), zipped.taken_out(url))

    assert "Calendars are written into the folder /home/us/sync" in on_page(at)
    assert home.load_household() == ANA_AND_BEN


def test_put_back_replaces_what_is_here_and_the_page_shows_it(home, good, store):
    at = click(drop(opened(), good), "Replace what is here")

    assert "Maya" == home.load_household().name(ONE)
    assert "Everything is back, as it was taken out." in on_page(at)
    assert [] == [uploader.value for uploader in at.file_uploader if uploader.value]
    assert good == export_archive(store, NOW)


def test_after_putting_back_no_widget_writes_what_it_showed_before(home, good, store):
    at = opened()
    at.text_input[0].set_value("Somebody").run()
    click(drop(at, good), "Replace what is here")
    before = rows_of(str(store.engine.url))
    at.run()
    at.switch_page("sunday.py").run()

    assert not at.exception
    assert before == rows_of(str(store.engine.url))
    assert "Maya" == home.load_household().name(ONE)


@pytest.mark.parametrize("content", [b"Dear diary", b""])
def test_what_is_no_zip_of_ours_is_refused_in_a_sentence(home, content):
    at = drop(opened(), content)

    assert "This is no zip that can be read" in on_page(at)
    assert "Replace what is here" not in labels(at)
    assert home.load_household() == ANA_AND_BEN


@pytest.mark.usefixtures("home")
def test_names_in_a_zip_are_shown_as_they_are():
    there = zipped.in_memory()
    there.save_household(a_household(names=(":red[Eve]", "![](http://x)")))
    at = drop(opened(), export_archive(there, NOW))

    assert "\\:red\\[Eve\\]" in on_page(at)
    assert "\\!\\[\\](http" in on_page(at)


def test_deleting_asks_first(home):
    at = opened()
    (button,) = [b for b in at.button if b.label == "Delete everything"]

    assert button.proto.disabled
    assert home.load_household() == ANA_AND_BEN


@pytest.mark.usefixtures("home")
def test_deleting_everything_leads_to_the_welcome(store, tmp_path):
    copies = tmp_path / "backups"
    copies.mkdir()
    (copies / "2026-11-22.db").write_bytes(b"Ana")
    at = opened()
    at.checkbox(key="safe v delete sure").check().run()
    click(at, "Delete everything")

    assert store.load_household() is None
    assert ["Welcome to Leavewell"] == [title.value for title in at.title]
    assert "Everything is deleted." in on_page(at)
    assert not copies.exists()
    left = b"".join(file.read_bytes() for file in tmp_path.iterdir() if file.is_file())
    assert 0 == left.count(b"Late talk")


def test_what_stays_elsewhere_is_said_after_deleting(store):
    moving.fill(str(store.engine.url))
    at = opened()
    at.checkbox(key="safe v delete sure").check().run()
    click(at, "Delete everything")

    assert "The calendar files in the folder /home/us/sync are still there." in on_page(at)


def test_a_fresh_machine_puts_it_back_at_the_welcome(store, good):
    at = drop(opened(), good)
    assert "All that is here now" not in on_page(at)
    click(at, "Put it back")

    assert "Maya" == store.load_household().name(ONE)
    assert ["Household"] == [title.value for title in at.title]
    assert "Everything is back, as it was taken out." in on_page(at)


def test_the_sample_couple_has_no_safe_keeping(store):
    at = AppTest.from_file(str(SHELL), default_timeout=60)
    at.switch_page("household.py")
    at.run()
    at.button(key="welcome look").click().run()

    assert stores.SAMPLE in at.session_state
    assert "Safe keeping" not in [header.value for header in at.header]
    assert not at.file_uploader
    assert store.load_household() is None


@pytest.mark.usefixtures("home")
def test_safe_keeping_says_how_new_its_time_zones_are():
    (line,) = re.findall("Time zones: .*", on_page(opened()))

    assert f"Time zones: {tzdata.IANA_VERSION}" == line

"""What a couple sees whose file is damaged, and the way back with one tap."""

import re
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages.frame import store_failure
from pages.server import weekly_backup
from pages.session import stores
from rituals.backup import backups
from rituals.model.note import Note
from rituals.model.time.week import Week
from rituals.store import location, snapshots
from rituals.store.store import open_store
from tests.backup.test_backups import damage
from tests.pages.test_pages import SHELL
from tests.support.notation import a_household

SUNDAY = datetime(2026, 11, 15, 20, tzinfo=UTC)
WEEK = Week.of_monday(SUNDAY.date())
NEVER_SAID = re.compile(r"\b(failed|missed|behind|overdue|should|streak|score)\b|%", re.IGNORECASE)


@pytest.fixture
def file(tmp_path, monkeypatch):
    """The file of a store that the pages take for the couple's own, with a backup of a Sunday."""
    there = tmp_path / "leavewell.db"
    monkeypatch.setenv("LEAVEWELL_DATABASE_URL", location.sqlite_url(there))
    store = open_store(location.sqlite_url(there))
    store.save_household(a_household())
    backups.make(store, tmp_path / "backups", SUNDAY, snapshots.SUNDAY)
    store.save_household(a_household(names=("Ada", "Bo")))
    store.engine.dispose()
    yield there
    stores.close_store()


def opened():
    at = AppTest.from_file(str(SHELL), default_timeout=60)
    at.context["timezone"] = "Europe/Berlin"
    at.run()
    assert not at.exception
    return at


def said(at):
    told = " ".join(
        each.value for each in (*at.title, *at.error, *at.markdown, *at.caption, *at.info)
    )
    assert not NEVER_SAID.search(told)
    return told


def buttons(at):
    return {button.label: button for button in at.button}


def test_a_damaged_store_says_one_sentence_and_offers_the_newest_backup(file):
    damage(file)
    before = file.read_bytes()
    at = opened()

    assert ["Your weeks cannot be opened"] == [title.value for title in at.title]
    assert [" ".join(store_failure.DAMAGED.split())] == [error.value for error in at.error]
    assert ["Put back the week as kept on Sunday 15 November", "Look again"] == list(buttons(at))
    assert "set aside under a new name" in said(at)
    assert before == file.read_bytes()


def test_one_tap_puts_the_backup_back_and_sets_aside_what_was_there(file):
    damage(file)
    damaged = file.read_bytes()
    at = opened()
    buttons(at)["Put back the week as kept on Sunday 15 November"].click().run()
    (aside,) = file.parent.glob("leavewell-set-aside-*.db")

    assert not at.exception
    assert not at.error
    assert "The week as kept on Sunday 15 November is back." in said(at)
    assert "Maya" == stores.own_store().load_household().partners[0].name
    assert damaged == aside.read_bytes()


def test_it_is_said_once(file):
    damage(file)
    at = opened()
    buttons(at)["Put back the week as kept on Sunday 15 November"].click().run()
    at.run()

    assert "is back" not in said(at)


def test_a_damaged_backup_is_not_offered(file):
    damage(file)
    for backup in (file.parent / "backups").iterdir():
        damage(backup)
    at = opened()

    assert ["Look again"] == list(buttons(at))
    assert "There is no backup that could be put back" in said(at)


@pytest.mark.usefixtures("file")
def test_a_store_that_breaks_while_it_is_open_is_said_on_the_next_run():
    at = opened()
    stores.own_store().damaged.set()
    at.run()

    assert ["Your weeks cannot be opened"] == [title.value for title in at.title]

    buttons(at)["Look again"].click().run()

    assert "Ada" == stores.own_store().load_household().partners[0].name
    assert not at.error


def test_whoever_looks_around_is_not_disturbed(file):
    damage(file)
    at = AppTest.from_file(str(SHELL), default_timeout=60)
    at.query_params["look"] = "around"
    at.run()

    assert not at.error
    assert "Your weeks cannot be opened" not in said(at)


# -- single rows


def found_at_the_start(file, altered):
    """The page of a store of which a row was altered, found as at the start of the program."""
    store = open_store(location.sqlite_url(file))
    for text in ("Soup", "Kept"):
        store.save_noticed(Note(text, WEEK, "one", text, False, SUNDAY))
    store.engine.dispose()
    with closing(sqlite3.connect(file)) as at, at:
        assert at.execute(altered).rowcount
    assert weekly_backup.read_all()
    return opened()


def test_a_row_that_cannot_be_read_is_set_aside_and_all_else_kept(file):
    at = found_at_the_start(file, "UPDATE noticed SET at = '20x6 Soup' WHERE text = 'Soup'")
    (unreadable,) = backups.unreadable_rows(file)

    assert f"What cannot be read: things you noticed ({WEEK})." in said(at)
    assert "Soup" not in said(at)
    assert "Go on with it" not in buttons(at)

    buttons(at)["Keep all else"].click().run()
    (aside,) = file.parent.glob("leavewell-set-aside-*.db")

    assert not at.error
    assert f"All else is here again. The file from before is beside it as {aside.name}" in said(at)
    assert "Ada" == stores.own_store().load_household().partners[0].name
    assert ["Kept"] == [note.text for note in stores.own_store().load_noticed()]
    assert (unreadable,) == backups.unreadable_rows(aside)
    assert "" == weekly_backup.read_all()


def test_a_row_that_was_altered_is_named_and_can_be_gone_on_with(file):
    at = found_at_the_start(file, "UPDATE noticed SET text = 'Stew' WHERE text = 'Soup'")

    assert f"What is not as Leavewell kept it: things you noticed ({WEEK})." in said(at)
    assert "Stew" not in said(at)
    assert "Keep all else" not in buttons(at)

    buttons(at)["Look again"].click().run()

    assert ["Your weeks cannot be opened"] == [title.value for title in at.title]

    buttons(at)["Go on with it"].click().run()

    assert not at.error
    assert {"Kept", "Stew"} == {note.text for note in stores.own_store().load_noticed()}
    assert "" == weekly_backup.read_all()


# -- each Sunday, beside the pages


def test_the_first_opening_after_a_sunday_makes_a_backup(file, monkeypatch):
    monkeypatch.setattr(stores, "now", lambda: SUNDAY + timedelta(days=9))
    told = [weekly_backup.make_if_due() for _ in range(2)]
    kept = backups.existing(file.parent / "backups")

    assert ["", ""] == told
    assert [snapshots.SUNDAY, snapshots.SUNDAY] == [k.why for k in kept]
    assert 24 == kept[0].at.day


def test_a_backup_that_is_refused_is_said_in_a_sentence(file, monkeypatch):
    monkeypatch.setattr(stores, "now", lambda: SUNDAY + timedelta(days=9))
    stores.own_store()
    damage(file)

    assert re.fullmatch(r"[A-Z][^\n]*[^.]\.", weekly_backup.make_if_due())


def test_the_sample_couple_has_no_backups(tmp_path, monkeypatch):
    monkeypatch.setenv("LEAVEWELL_DATABASE_URL", location.sqlite_url(tmp_path / "leavewell.db"))
    looks_around = stores.sample_store()
    told = weekly_backup.make_if_due()
    folders = {tmp_path, Path(looks_around.engine.url.database).parent}
    stores.close_store()

    assert ("", []) == (told, [b for folder in folders for b in folder.glob("*backups*")])

"""What is deleted is gone: from the tables, from the bytes of the file, from copies and keyring."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from rituals.backup import wipe
from rituals.model.calendar import Audience, Server
from rituals.model.household import ONE
from rituals.security import keyring
from rituals.store import location
from rituals.store.store import open_store
from tests.backup import test_transfer as moving
from tests.support.notation import a_household, a_ritual
from tests.support.postgres import everything as rows_of

ELSEWHERE = (
    "The calendar files in the folder /home/us/sync are still there.",
    "What was published to https://c.example is still in the calendar there.",
)


@pytest.fixture(autouse=True)
def _a_keyring(keyring_file):
    """Nobody's own passwords are asked for."""
    assert not keyring_file.exists()


def test_nothing_is_left_in_any_table(url):
    moving.fill(url)
    store = open_store(url)
    said = wipe.delete_everything(store)

    assert ELSEWHERE == said
    assert store.load_household() is None
    store.engine.dispose()
    assert set() == {name for name, rows in rows_of(url).items() if rows}


def test_another_screen_sees_it(url):
    moving.fill(url)
    store = open_store(url)
    before = store.revision()
    wipe.delete_everything(store)

    assert before < store.revision()
    assert store.changed.is_set()
    store.engine.dispose()


def test_a_new_household_begins_in_the_same_store(url):
    moving.fill(url)
    store = open_store(url)
    wipe.delete_everything(store)
    store.fill(a_household(names=("Ana", "Ben")), [a_ritual()], [])

    assert "Ana" == store.load_household().name(ONE)
    store.engine.dispose()


def test_a_store_without_a_household_can_be_deleted(url):
    store = open_store(url)

    assert () == wipe.delete_everything(store)
    store.engine.dispose()


@pytest.mark.parametrize("many", [0, 400])
def test_no_byte_of_the_file_tells_of_it(tmp_path, many):
    url = location.sqlite_url(tmp_path / "leavewell.db")
    moving.fill(url)
    store = open_store(url)
    for n in range(many):
        store.save_ritual(a_ritual(f"r{n}", title=f"Ostrich {n}", note="zebra" * 40))
    wipe.delete_everything(store)
    store.engine.dispose()
    left = b"".join(file.read_bytes() for file in tmp_path.iterdir())

    names = (b"Maya", b"Jonas", b"Dentist", b"coffee", b"late-talk", b"Ostrich", b"zebra", b"token")
    assert dict.fromkeys(names[:-1], 0) == {name: left.count(name) for name in names[:-1]}
    assert b"/home/us/sync" not in left


def test_whoever_still_reads_is_told_of(tmp_path):
    url = location.sqlite_url(tmp_path / "leavewell.db")
    moving.fill(url)
    store, other = open_store(url), open_store(url)
    with store.engine.connect() as at:
        at.exec_driver_sql("PRAGMA busy_timeout=10")
    with other.reading() as at:
        at.execute(sa.text("SELECT * FROM partners")).all()
        said = wipe.delete_everything(store)

    assert (wipe.BUSY, *ELSEWHERE) == said
    assert () == wipe.delete_everything(store)
    store.engine.dispose()
    other.engine.dispose()
    left = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert b"Maya" not in left


def test_copies_go_with_it_and_nothing_else(tmp_path):
    store = open_store(location.sqlite_url(tmp_path / "leavewell.db"))
    folder = tmp_path / "backups"
    folder.mkdir()
    mine = tmp_path / "elsewhere.db"
    mine.write_bytes(b"mine")
    for name in ("2026-11-22.db", "2026-11-15.db", "2026-11-15.db-wal", "letter.txt"):
        (folder / name).write_bytes(b"x")
    (folder / "linked.db").symlink_to(mine)
    wipe.delete_everything(store, folder)

    assert {"letter.txt", "linked.db"} == {file.name for file in folder.iterdir()}
    assert b"mine" == mine.read_bytes()
    store.engine.dispose()


def test_a_folder_with_nothing_but_copies_goes_too(tmp_path):
    store = open_store(location.sqlite_url(tmp_path / "leavewell.db"))
    folder = tmp_path / "backups"
    folder.mkdir()
    (folder / "2026-11-22.db").write_bytes(b"x")
    wipe.delete_everything(store, folder)

    assert not folder.exists()
    assert () == wipe.delete_everything(store, Path(folder))
    store.engine.dispose()


def test_the_keyring_forgets_the_servers_passwords(url, keyring_file):
    moving.fill(url)
    store = open_store(url)
    server = store.load_servers()[Audience.SHARED]
    stranger = Server(Audience.ONE, "https://other.example", "us", "", "")
    assert keyring.save_password(server, "geheim")
    assert keyring.save_password(stranger, "theirs")
    wipe.delete_everything(store)
    store.engine.dispose()

    assert keyring.password_of(server) is None
    assert "theirs" == keyring.password_of(stranger)
    assert "geheim" not in keyring_file.read_text("utf-8")

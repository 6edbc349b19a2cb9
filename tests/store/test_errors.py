"""What can happen to a store's file: each ends in one sentence that says what to do."""

import os
import re
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from rituals.backup import backups
from rituals.model.household import ONE
from rituals.model.note import Note
from rituals.store import engines, errors, location, snapshots
from rituals.store.errors import DamagedError, StoreError
from rituals.store.store import NEWEST, open_store
from tests.backup.test_backups import damage, names
from tests.conftest import sample_couple
from tests.support.notation import WEEK, a_household, an_instant

SUNDAY = datetime(2026, 11, 22, 20, tzinfo=UTC)
NEVER_SAID = re.compile(r"\b(failed|missed|behind|overdue|should|streak|score)\b|%", re.IGNORECASE)
NOBODY = 65534


@pytest.fixture
def file(tmp_path):
    """The file of the sample couple's store."""
    there, couple = tmp_path / "leavewell.db", sample_couple(date(2026, 11, 22))
    opened = open_store(location.sqlite_url(there))
    opened.fill(couple.household, (), couple.plans)
    opened.engine.dispose()
    return there


@pytest.fixture
def impatient(monkeypatch):
    """Nobody waits long for the one before."""
    monkeypatch.setattr(engines, "PATIENCE", 0)
    monkeypatch.setattr(snapshots, "A_MOMENT", 0)


def notice(store, text="coffee"):
    store.save_noticed(Note(text, WEEK, ONE, text, False, an_instant("Sun 21:00")))


def sentence(refused):
    """The one sentence of a refusal; no word in it is one that is never said."""
    told = str(refused.value)
    assert re.fullmatch(r"[A-Z][^\n]*[^.]\.", told), told
    assert not NEVER_SAID.search(re.sub(r" at \S+ ", " ", told)), told
    return told


# -- damaged


def cut(file):
    os.truncate(file, file.stat().st_size // 3)


def no_store(file):
    file.write_bytes(b"BEGIN:VCALENDAR\r\n" * 1000)


def its_head_gone(file):
    with file.open("r+b") as at:
        at.write(bytes(4096))


@pytest.mark.parametrize("harm", [damage, cut, no_store, its_head_gone])
def test_a_damaged_file_is_refused_and_stays_as_it_is(file, harm):
    harm(file)
    before = file.read_bytes()
    with pytest.raises(DamagedError) as refused:
        open_store(location.sqlite_url(file))

    assert f"The store at {file} cannot be opened: {errors.DAMAGED}." == sentence(refused)
    assert before == file.read_bytes()


def test_a_file_that_lost_all_it_held_is_not_taken_for_a_new_one(file):
    store = open_store(location.sqlite_url(file))
    backups.make(store, file.parent / "backups", SUNDAY)
    store.engine.dispose()
    os.truncate(file, 0)
    with pytest.raises(DamagedError) as refused:
        open_store(location.sqlite_url(file))

    assert "its file is empty, though copies of it hold weeks" in sentence(refused)
    assert 0 == file.stat().st_size


def test_an_empty_file_without_backups_is_a_new_store(tmp_path):
    (tmp_path / "leavewell.db").touch()
    store = open_store(location.sqlite_url(tmp_path / "leavewell.db"))

    assert store.load_household() is None

    store.engine.dispose()


def test_a_store_that_breaks_while_it_is_open_takes_nothing_new(file):
    store = open_store(location.sqlite_url(file))
    store.revision()
    damage(file)
    before = file.read_bytes()
    store.engine.dispose()
    with pytest.raises(DamagedError) as unread:
        store.load_plans([WEEK + n for n in range(-40, 2)])
    with pytest.raises(DamagedError) as unwritten:
        notice(store)
    store.engine.dispose()

    assert f"The store cannot be read: {errors.DAMAGED}." == sentence(unread)
    assert f"The store did not take this: {errors.DAMAGED}." == sentence(unwritten)
    assert store.damaged.is_set()
    assert before == file.read_bytes()


def test_a_refused_change_is_no_damage(file):
    store = open_store(location.sqlite_url(file))
    with pytest.raises(StoreError):
        store.fill(a_household(), (), ())
    notice(store)

    assert not store.damaged.is_set()

    store.engine.dispose()


# -- where nothing may be written


@contextmanager
def as_nobody_who_may_write(file):
    """Whoever runs the tests may not write here; root is somebody else meanwhile."""
    file.chmod(0o444)
    file.parent.chmod(0o555)
    root = os.geteuid() == 0
    if root:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)
        file.parent.chmod(0o755)


@pytest.fixture
def seen_by_all(file):
    """The same store where everybody may look."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        there = Path(folder) / "home" / "leavewell.db"
        there.parent.mkdir()
        file.rename(there)
        yield there


def opened_and_changed(file):
    notice(open_store(location.sqlite_url(file)))


def test_a_folder_in_which_nothing_may_be_written_says_what_to_do(seen_by_all):
    before = seen_by_all.read_bytes()
    with as_nobody_who_may_write(seen_by_all), pytest.raises(StoreError) as refused:
        opened_and_changed(seen_by_all)

    assert errors.LOCKED_AWAY in sentence(refused)
    assert before == seen_by_all.read_bytes()


def test_a_new_store_where_nothing_may_be_written_says_what_to_do(seen_by_all):
    with as_nobody_who_may_write(seen_by_all), pytest.raises(StoreError) as refused:
        open_store(location.sqlite_url(seen_by_all.parent / "more" / "leavewell.db"))

    assert errors.LOCKED_AWAY in sentence(refused)


def test_a_backup_where_nothing_may_be_written_says_what_to_do(seen_by_all):
    store = open_store(location.sqlite_url(seen_by_all))
    store.load_household()
    with as_nobody_who_may_write(seen_by_all), pytest.raises(StoreError) as refused:
        backups.make(store, seen_by_all.parent / "backups", SUNDAY)
    store.engine.dispose()

    assert errors.LOCKED_AWAY in sentence(refused)


# -- another program holds it


@contextmanager
def another_program(file, *statements):
    """A program of its own that holds the store as long as it lasts."""
    script = (
        "import sqlite3, sys\n"
        "at = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        "for each in sys.argv[2:]: at.execute(each).fetchall()\n"
        "print('holds', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, str(file), *statements],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as program:
        assert b"holds\n" == program.stdout.readline()
        try:
            yield
        finally:
            program.stdin.close()
            program.wait(10)


@pytest.mark.outside
@pytest.mark.usefixtures("impatient")
def test_a_change_that_another_program_keeps_waiting_says_what_to_do(file):
    store = open_store(location.sqlite_url(file))
    with another_program(file, "BEGIN EXCLUSIVE"), pytest.raises(StoreError) as refused:
        notice(store)
    notice(store, "later")

    assert f"The store did not take this: {errors.BUSY}." == sentence(refused)
    assert ["later"] == [n.text for n in store.load_noticed()]
    assert not store.damaged.is_set()

    store.engine.dispose()


@pytest.mark.outside
@pytest.mark.usefixtures("impatient")
def test_a_store_that_another_program_has_for_itself_says_what_to_do(file):
    alone = ("PRAGMA locking_mode=EXCLUSIVE", "BEGIN EXCLUSIVE")
    with another_program(file, *alone), pytest.raises(StoreError) as refused:
        open_store(location.sqlite_url(file))
    store = open_store(location.sqlite_url(file))

    assert errors.BUSY in sentence(refused)
    assert store.load_household()

    store.engine.dispose()


# -- the disk is full


def test_a_full_disk_takes_no_half_of_a_change_and_the_next_one_again(file):
    store = open_store(location.sqlite_url(file))
    with store.engine.connect() as at:
        pages = at.exec_driver_sql("PRAGMA page_count").scalar()
        at.exec_driver_sql(f"PRAGMA max_page_count={pages}")
    with pytest.raises(StoreError) as refused:
        notice(store, "x" * 100_000)
    with store.engine.connect() as at:
        at.exec_driver_sql("PRAGMA max_page_count=1000000")
    notice(store)

    assert f"The store did not take this: {errors.FULL}." == sentence(refused)
    assert ["coffee"] == [n.text for n in store.load_noticed()]

    store.engine.dispose()


# -- the clock, a moved file


def test_a_clock_set_back_loses_no_change(file):
    store = open_store(location.sqlite_url(file))
    before = store.revision()
    for at in ("Sun 21:00", "Mon 21:00"):
        store.save_noticed(Note(at, WEEK, ONE, at, False, an_instant(at)))

    assert {"Sun 21:00", "Mon 21:00"} == {n.text for n in store.load_noticed()}
    assert before + 2 == store.revision()

    store.engine.dispose()


def test_what_is_changed_after_the_file_was_moved_away_is_not_kept_where_nobody_looks(file):
    store = open_store(location.sqlite_url(file))
    notice(store)
    file.rename(file.with_name("ours.db"))
    with pytest.raises(StoreError) as refused:
        notice(store, "tea")
    store.engine.dispose()

    assert f"The store did not take this: {errors.CHANGED_FILES}." == sentence(refused)


# -- words


def test_what_sqlite_says_becomes_words_by_its_code():
    codes = {
        name: getattr(sqlite3, name)
        for name in ("SQLITE_BUSY_SNAPSHOT", "SQLITE_IOERR_WRITE", "SQLITE_READONLY_DIRECTORY")
    }
    told = {}
    for name, code in codes.items():
        error = sqlite3.OperationalError("x")
        error.sqlite_errorcode = code
        told[name] = errors.reason(error)

    assert {
        "SQLITE_BUSY_SNAPSHOT": errors.BUSY,
        "SQLITE_IOERR_WRITE": errors.LOOSE,
        "SQLITE_READONLY_DIRECTORY": errors.LOCKED_AWAY,
    } == told


def test_what_nobody_foresaw_is_said_as_it_came():
    assert "it rains" == errors.reason(ValueError("it\nrains."))
    assert "No such file or directory" == errors.reason(
        FileNotFoundError(2, "No such file or directory")
    )


def test_a_whole_store_is_left_without_passing_files_once_it_is_closed(file):
    store = open_store(location.sqlite_url(file))
    notice(store)
    store.engine.dispose()

    assert ["leavewell.db"] == names(file.parent)


def test_what_is_kept_is_on_the_disk_before_it_is_said(file):
    store = open_store(location.sqlite_url(file))
    with store.engine.connect() as at:
        told = [at.exec_driver_sql(f"PRAGMA {p}").scalar() for p in ("synchronous", "journal_mode")]
    store.engine.dispose()

    assert [2, "wal"] == told  # 2 is FULL


def test_the_store_of_today_is_whole(file):
    with closing(snapshots.open_read_only(file)) as at:
        assert "ok" == at.execute("PRAGMA integrity_check").fetchone()[0]
    assert NEWEST == snapshots.version(file)

"""Backups: made while the store is in use, the same as it, kept by rule, and put back."""

import os
import shutil
import sqlite3
import stat
import threading
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from rituals.backup import backups
from rituals.model.household import ONE
from rituals.model.note import Note
from rituals.store import files, location, snapshots
from rituals.store.errors import StoreError
from rituals.store.store import NEWEST, open_store
from tests.conftest import sample_couple
from tests.support.notation import WEEK, a_household, an_instant
from tests.support.paths import ROOT
from tests.support.postgres import everything

SUNDAY = datetime(2026, 11, 22, 20, tzinfo=UTC)  # 21:00 at home
DAY = timedelta(days=1)
FIRST_STORE = ROOT / "tests" / "data" / "stores" / "0001.sql"


@pytest.fixture
def couple():
    return sample_couple(SUNDAY.date())


@pytest.fixture
def store(url, couple):
    """The sample couple's store, on both databases."""
    opened = open_store(url)
    opened.fill(couple.household, (), couple.plans[-4:])
    yield opened
    opened.engine.dispose()


@pytest.fixture
def folder(url, tmp_path, monkeypatch):
    """Where the backups of `url` lie."""
    monkeypatch.setattr(location, "OWN_FILE", tmp_path / "own" / "leavewell.db")
    return backups.folder_of(url)


@pytest.fixture
def file(new_file, tmp_path, couple):
    """The file of a store, for what concerns a file alone."""
    there = shutil.copy2(new_file, tmp_path / "leavewell.db")
    opened = open_store(location.sqlite_url(there))
    opened.fill(couple.household, (), couple.plans[-4:])
    opened.engine.dispose()
    return there


def notice(store, text):
    store.save_noticed(Note(text, WEEK, ONE, text, False, an_instant("Sun 21:00")))


def names(folder):
    return sorted(f.name for f in folder.iterdir())


# -- made


def test_a_backup_says_the_same_as_the_store(url, store, folder):
    notice(store, "coffee")
    made = backups.make(store, folder, SUNDAY)

    assert everything(url) == everything(location.sqlite_url(made.file))
    assert ["0001-kept-2026-11-22-2100.db"] == names(folder)
    assert backups.check(made.file).whole


def test_a_backup_of_a_file_has_its_revision_too(file):
    store = open_store(location.sqlite_url(file))
    for n in range(3):
        notice(store, str(n))
    made = backups.make(store, file.parent / "b", SUNDAY)
    again = open_store(location.sqlite_url(made.file))

    assert store.revision() == again.revision()
    for each in (store, again):
        each.engine.dispose()


def test_a_backup_is_of_one_instant_while_others_write(file):
    store = open_store(location.sqlite_url(file))
    ends = threading.Event()

    def write():
        other, number = open_store(location.sqlite_url(file)), 0
        while not ends.is_set():
            notice(other, f"{number:05}")
            number += 1
        other.engine.dispose()

    writer = threading.Thread(target=write)
    writer.start()
    made = [backups.make(store, file.parent / "b", SUNDAY) for _ in range(10)]
    ends.set()
    writer.join()
    told = []
    for each in made:
        kept = open_store(location.sqlite_url(each.file))
        told.append([n.id for n in kept.load_noticed()])
        kept.engine.dispose()
    store.engine.dispose()

    assert all([f"{n:05}" for n in range(len(ids))] == ids for ids in told)
    assert sorted(told, key=len) == told
    assert len(told[0]) < len(told[-1])


def test_what_is_copied_otherwise_is_noticed_and_no_backup_is_made(file, monkeypatch):
    def copied_otherwise(at, to):
        at.backup(to)
        to.execute("UPDATE weeks SET season = 'hard'")
        to.commit()

    monkeypatch.setattr(snapshots, "_copy", copied_otherwise)
    store = open_store(location.sqlite_url(file))
    with pytest.raises(StoreError, match="the copy does not say what the store says"):
        backups.make(store, file.parent / "b", SUNDAY)
    store.engine.dispose()

    assert [] == names(file.parent / "b")


def test_a_damaged_store_becomes_no_backup(file):
    store = open_store(location.sqlite_url(file))
    store.engine.dispose()
    damage(file)
    with pytest.raises(StoreError, match="No backup can be kept"):
        backups.make(store, file.parent / "b", SUNDAY)
    store.engine.dispose()

    assert [] == names(file.parent / "b")


def test_a_backup_needs_nothing_beside_it(file):
    store = open_store(location.sqlite_url(file))
    made = backups.make(store, file.parent / "b", SUNDAY)
    store.engine.dispose()
    backups.check(made.file)

    assert [made.file.name] == names(made.file.parent)


def test_what_a_killed_one_left_goes_with_the_next(file):
    left = file.parent / "b" / f"{snapshots.BEING_MADE}{2**22 + 1}-1"
    left.mkdir(parents=True)
    (left / "copy.db").write_bytes(b"half")
    store = open_store(location.sqlite_url(file))
    made = backups.make(store, left.parent, SUNDAY)
    store.engine.dispose()

    assert [made.file.name] == names(left.parent)


# -- each Sunday


def keep_on_sunday(store, folder, *days):
    """How many backups were made on each of these days after the Sunday."""
    return [bool(backups.make_weekly(store, folder, SUNDAY + n * DAY)) for n in days]


def test_a_backup_is_made_once_a_week(store, folder):
    assert [True, False, False, True, False] == keep_on_sunday(store, folder, 0, 0, 6, 7, 13)


def test_a_sunday_on_which_nothing_was_opened_is_made_up_for(store, folder):
    assert [True, True, False, True] == keep_on_sunday(store, folder, 0, 9, 13, 14)


def test_sunday_is_the_household_s_own(tmp_path):
    store = open_store(location.sqlite_url(tmp_path / "leavewell.db"))
    store.save_household(a_household(zone="Pacific/Auckland"))
    saturday = datetime(2026, 11, 21, 10, 30, tzinfo=UTC)  # 23:30 in Auckland
    made = [
        bool(backups.make_weekly(store, tmp_path / "b", saturday + timedelta(hours=n)))
        for n in (0, 0.4, 1)
    ]
    store.engine.dispose()

    assert [True, False, True] == made


def test_the_last_eight_of_sundays_stay(store, folder):
    by_hand = backups.make(store, folder, SUNDAY)
    keep_on_sunday(store, folder, *range(0, 70, 7))
    days = [k.at.date() for k in backups.existing(folder) if k.why == snapshots.SUNDAY]

    assert [(SUNDAY + 7 * n * DAY).date() for n in range(9, 1, -1)] == days
    assert by_hand in backups.existing(folder)


def test_before_the_welcome_there_is_nothing_to_keep(tmp_path):
    store = open_store(location.sqlite_url(tmp_path / "leavewell.db"))

    assert [False] == keep_on_sunday(store, tmp_path / "b", 0)

    store.engine.dispose()


def test_a_clock_set_back_still_keeps_and_hides_nothing(store, folder):
    assert [True, True, False] == keep_on_sunday(store, folder, 3650, 0, 0)
    assert [True, True] == keep_on_sunday(store, folder, 7, -700)

    days = [(k.at.date() - SUNDAY.date()).days for k in backups.existing(folder)]

    assert [-700, 7, 0, 3650] == days


def test_the_newest_stays_although_a_clock_went_back(store, folder):
    keep_on_sunday(store, folder, *range(0, 56, 7))
    made = backups.make_weekly(store, folder, SUNDAY - 3650 * DAY)

    assert made == backups.existing(folder)[0]
    assert made == backups.newest_whole(folder)


# -- before a store is brought up to date


def an_older_store(file):
    with closing(sqlite3.connect(file)) as at:
        at.executescript(FIRST_STORE.read_text("utf-8"))
        at.execute("PRAGMA journal_mode=WAL")
    return file


def rows(file):
    with closing(sqlite3.connect(file)) as at:
        return "\n".join(at.iterdump())


def test_an_older_store_is_kept_as_it_was_before_it_is_brought_up_to_date(tmp_path):
    file = an_older_store(tmp_path / "leavewell.db")
    changed = datetime(2026, 2, 1, 20, 5, tzinfo=UTC).timestamp()
    os.utime(file, (changed, changed))
    before = rows(file)
    open_store(location.sqlite_url(file)).engine.dispose()
    (kept,) = backups.existing(tmp_path / "backups")

    assert before == rows(kept.file)
    assert ("0001", NEWEST) == (snapshots.version(kept.file), snapshots.version(file))
    assert kept.file.name.startswith(f"0001-before-{NEWEST}-2026-02-0")


def test_a_store_that_is_new_or_up_to_date_is_not_kept(tmp_path):
    for _ in range(2):
        open_store(location.sqlite_url(tmp_path / "leavewell.db")).engine.dispose()

    assert not (tmp_path / "backups").exists()


def test_a_store_of_a_newer_program_is_not_kept_each_time(file):
    with closing(sqlite3.connect(file)) as at:
        at.execute("UPDATE alembic_version SET version_num = '9999'")
        at.commit()
    with pytest.raises(StoreError, match="newer"):
        open_store(location.sqlite_url(file))

    assert not (file.parent / "backups").exists()


def test_where_no_copy_can_be_kept_the_older_store_stays_as_it_is(tmp_path):
    file = an_older_store(tmp_path / "leavewell.db")
    (tmp_path / "backups").write_text("a file where the folder would be")
    before = rows(file)
    with pytest.raises(StoreError, match="comes before it is brought up to date, and none can"):
        open_store(location.sqlite_url(file))

    assert before == rows(file)


def test_the_last_eight_from_before_stay_beside_those_of_sundays(file):
    folder = file.parent / "backups"
    for n in range(10):
        snapshots.make(file, folder, snapshots.BEFORE, SUNDAY + n * DAY, NEWEST)
        snapshots.make(file, folder, snapshots.SUNDAY, SUNDAY + n * DAY)
    why = [k.why for k in backups.existing(folder)]

    assert (8, 8) == (why.count(snapshots.BEFORE), why.count(snapshots.SUNDAY))


def test_two_stores_in_one_folder_have_backups_of_their_own(tmp_path):
    folders = {
        backups.folder_of(location.sqlite_url(tmp_path / n)) for n in ("leavewell.db", "other.db")
    }

    assert {tmp_path / "backups", tmp_path / "backups of other"} == folders


# -- put back


def damage(file):
    """Random bytes in the middle, as a dying disk leaves them."""
    with file.open("r+b") as at:
        size = at.seek(0, os.SEEK_END)
        at.seek(size // 4)
        at.write(os.urandom(size // 2))


def test_a_backup_put_back_is_the_store_of_then_and_the_other_lies_aside(url, store, folder):
    made, then = backups.make(store, folder, SUNDAY), everything(url)
    notice(store, "coffee")
    now = everything(url)
    store.engine.dispose()
    aside = backups.restore(made.file, url, SUNDAY + DAY)

    assert then == everything(url)
    assert now == everything(location.sqlite_url(aside))
    assert made.file.is_file()


def test_a_backup_is_put_back_where_nothing_is(tmp_path, file):
    store = open_store(location.sqlite_url(file))
    made = backups.make(store, tmp_path / "b", SUNDAY)
    store.engine.dispose()
    there = location.sqlite_url(tmp_path / "new" / "leavewell.db")

    assert backups.restore(made.file, there, SUNDAY) is None
    assert everything(location.sqlite_url(file)) == everything(there)


def test_an_older_backup_is_brought_up_to_date_and_stays_what_it_is(tmp_path, file):
    older = an_older_store(tmp_path / "older.db")
    before = rows(older)
    backups.restore(older, location.sqlite_url(file), SUNDAY)

    assert before == rows(older)
    assert NEWEST == snapshots.version(file)
    assert not (file.parent / "backups").exists()


def test_the_newest_changes_go_aside_with_a_damaged_file(file):
    store = open_store(location.sqlite_url(file))
    made = backups.make(store, file.parent / "backups", SUNDAY)
    notice(store, "coffee")
    newest = file.with_name("leavewell.db-wal").read_bytes()
    damage(file)
    damaged = file.read_bytes()
    aside = backups.restore(made.file, location.sqlite_url(file), SUNDAY)
    changes = aside.with_name(f"{aside.name}-wal")
    lies_there = aside.read_bytes(), changes.read_bytes()
    store.engine.dispose()

    assert (damaged, newest) == lies_there
    assert "0o600" == modes(file.parent)[changes.name]
    assert everything(location.sqlite_url(made.file)) == everything(location.sqlite_url(file))


def test_setting_aside_twice_in_a_minute_overwrites_nothing(file):
    store = open_store(location.sqlite_url(file))
    made = backups.make(store, file.parent / "backups", SUNDAY)
    store.engine.dispose()
    aside = {backups.restore(made.file, location.sqlite_url(file), SUNDAY) for _ in range(3)}

    assert 3 == len([f for f in aside if f.is_file()])


def test_a_store_that_is_open_elsewhere_stays_in_its_place(file):
    store = open_store(location.sqlite_url(file))
    made = backups.make(store, file.parent / "backups", SUNDAY)
    notice(store, "coffee")
    before = names(file.parent)
    with pytest.raises(StoreError, match=r"store .* cannot be replaced: another program is at"):
        backups.restore(made.file, location.sqlite_url(file), SUNDAY)
    told = [n.text for n in store.load_noticed()]
    after = names(file.parent)
    store.engine.dispose()

    assert (["coffee"], before) == (told, after)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (None, "it is not there"),
        (b"", "there is nothing in it"),
        (b"a letter", "it is damaged"),
        ("CREATE TABLE household (tomatoes INTEGER)", "it is no store of Leavewell"),
    ],
)
def test_what_is_no_whole_backup_is_not_put_back(tmp_path, file, content, why):
    backup = tmp_path / "backup.db"
    if isinstance(content, bytes):
        backup.write_bytes(content)
    elif content:
        with closing(sqlite3.connect(backup)) as at:
            at.execute(content)
    before = rows(file)
    with pytest.raises(StoreError) as refused:
        backups.restore(backup, location.sqlite_url(file), SUNDAY)

    assert f"{backup} cannot be put back: {why}." == str(refused.value)
    assert f"{backup} cannot be used: {why}." == backups.check(backup).sentence
    assert before == rows(file)


def test_a_backup_of_a_newer_program_is_not_put_back(tmp_path, file):
    newer = tmp_path / "newer.db"
    with closing(sqlite3.connect(file)) as at, closing(sqlite3.connect(newer)) as to:
        at.backup(to)
        to.execute("UPDATE alembic_version SET version_num = '9999'")
        to.commit()
    before = rows(file)
    with pytest.raises(StoreError, match="a newer Leavewell wrote it; put it back with that one"):
        backups.restore(newer, location.sqlite_url(file), SUNDAY)

    assert before == rows(file)


def test_the_newest_whole_backup_is_the_one_before_a_damaged_one(file):
    store = open_store(location.sqlite_url(file))
    first, second = (backups.make(store, file.parent / "b", SUNDAY) for _ in range(2))
    store.engine.dispose()
    damage(second.file)

    assert (second, first) == backups.existing(file.parent / "b")
    assert first == backups.newest_whole(file.parent / "b")


def test_a_server_that_goes_away_in_the_middle_leaves_what_was_there(
    postgres, tmp_path, file, monkeypatch
):
    store = open_store(location.sqlite_url(file))
    made = backups.make(store, tmp_path / "b", SUNDAY)
    store.engine.dispose()
    with postgres.database() as name:
        url = postgres.url(name)
        there = open_store(url)
        there.save_household(a_household())
        there.engine.dispose()
        before = everything(url)
        monkeypatch.setattr(location, "OWN_FILE", tmp_path / "own" / "leavewell.db")

        def cut(_at, _cursor, statement, *_rest):
            if "DELETE FROM household" in statement:
                postgres.send_everybody_away(name)

        sa.event.listen(sa.Engine, "before_cursor_execute", cut)
        try:
            with pytest.raises(StoreError, match="did not take this: it does not answer just now"):
                backups.restore(made.file, url, SUNDAY)
        finally:
            sa.event.remove(sa.Engine, "before_cursor_execute", cut)

        assert before == everything(url)


# -- for nobody else's eyes


def modes(folder):
    """What others on the machine may do with each file and folder, from that folder on."""
    return {p.name: oct(stat.S_IMODE(p.stat().st_mode)) for p in (folder, *folder.rglob("*"))}


def test_every_file_is_for_one_s_own_eyes(tmp_path, couple):
    umask = os.umask(0)
    try:
        store = open_store(location.sqlite_url(tmp_path / "a" / "data" / "leavewell.db"))
        store.fill(couple.household, (), couple.plans[-1:])
        backups.make(store, tmp_path / "a" / "data" / "backups", SUNDAY)
        seen = modes(tmp_path / "a")
        store.engine.dispose()
    finally:
        os.umask(umask)

    assert {
        "a": "0o700",
        "data": "0o700",
        "leavewell.db": "0o600",
        "leavewell.db-wal": "0o600",
        "leavewell.db-shm": "0o600",
        "backups": "0o700",
        "0001-kept-2026-11-22-2100.db": "0o600",
    } == seen


def test_what_is_put_back_and_set_aside_is_for_one_s_own_eyes(file):
    umask = os.umask(0)
    try:
        store = open_store(location.sqlite_url(file))
        made = backups.make(store, file.parent / "backups", SUNDAY)
        store.engine.dispose()
        aside = backups.restore(made.file, location.sqlite_url(file), SUNDAY)
    finally:
        os.umask(umask)

    assert ["0o600", "0o600"] == [modes(file.parent)[f.name] for f in (file, aside)]


def test_a_store_from_before_is_closed_to_others_and_its_folder_is_left_alone(file):
    file.chmod(0o644)
    file.parent.chmod(0o755)
    open_store(location.sqlite_url(file)).engine.dispose()

    assert ("0o600", "0o755") == (
        modes(file.parent)[file.name],
        modes(file.parent)[file.parent.name],
    )


def test_the_program_s_own_folder_is_closed_to_others(tmp_path, monkeypatch):
    ours = tmp_path / "data"
    ours.mkdir()
    ours.chmod(0o755)
    monkeypatch.setattr(files, "OURS", ours)
    open_store(location.sqlite_url(ours / "leavewell.db")).engine.dispose()

    assert "0o700" == modes(ours)["data"]

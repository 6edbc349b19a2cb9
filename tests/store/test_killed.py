"""Ended in the middle, power gone, disk full: what was kept is there, and nothing is half there.

KILLS says how many times a writer is killed; by hand it is done far oftener than here.
"""

import multiprocessing
import os
import random
import resource
import shutil
import sqlite3
import sys
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from types import ModuleType

import pytest

from rituals.backup import backups, readable
from rituals.calendars.outgoing import ical
from rituals.calendars.outgoing.ledger import Ledger
from rituals.model.calendar import Audience, Route
from rituals.model.household import ONE, Kind, Strand
from rituals.model.note import Note
from rituals.planning import changes
from rituals.store import files, location, snapshots
from rituals.store.errors import StoreError
from rituals.store.store import open_store
from tests.support.notation import WEEK, a_household, a_plan, a_ritual, an_occurrence

pytestmark = pytest.mark.outside
KILLS = int(os.environ.get("KILLS", "20"))
SUNDAY = datetime(2026, 11, 22, 20, tzinfo=UTC)
TOGETHER = Strand(Kind.TOGETHER)
PAGE, HEAD, FRAME = 4096, 32, 24  # bytes: of a page, before the first frame of a WAL, before each


def change(store, number):
    """One change of several rows: hopes, and words that fill some pages."""
    text = f"{number} " + "x" * (number * 37 % 9000)
    with store.writing() as at:
        at.exec_driver_sql("DELETE FROM aside")
        at.exec_driver_sql("INSERT INTO aside (rule) VALUES (?)", (str(number),))
        at.exec_driver_sql(
            "INSERT INTO noticed (id, week, writer, text, shared, at) VALUES (?, ?, ?, ?, ?, ?)",
            (f"{number:06}", str(WEEK), ONE, text, False, "2026-11-22 20:00:00.000000"),
        )


def changes_in(file):
    """How many changes are in a store, each whole and none left out."""
    store = open_store(location.sqlite_url(file))
    try:
        noticed = store.load_noticed()
        marks = sorted(store.load_dismissed())
    finally:
        store.engine.dispose()
    assert [f"{n:06}" for n in range(len(noticed))] == sorted(n.id for n in noticed)
    assert all(n.text == f"{int(n.id)} " + "x" * (int(n.id) * 37 % 9000) for n in noticed)
    assert marks == ([str(len(noticed) - 1)] if noticed else [])
    return len(noticed)


def is_whole(file):
    with closing(sqlite3.connect(file)) as at:
        return at.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


# -- killed


def write_for_ever(file, begun, told):
    """Changes the store again and again, and tells of each one once it is kept."""
    store = open_store(location.sqlite_url(file))
    number = begun
    while True:
        change(store, number)
        number += 1
        os.write(told.fileno(), b".")
        if number % 7 == 0:
            backups.make(store, file.parent / "backups", SUNDAY)


@pytest.fixture(scope="module")
def writers():
    """Processes that begin at once: what they import is there already."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.store.test_killed"])
    with pytest.MonkeyPatch.context() as patch:
        # A writer would run it anew, and a page that was tested before it may still stand there.
        patch.setitem(sys.modules, "__main__", ModuleType("__main__"))
        yield context


def put_back_for_ever(file, there, told):
    """Puts one backup back after another, and tells of each one once it is there."""
    while True:
        for backup in there:
            backups.restore(backup, location.sqlite_url(file), SUNDAY)
            os.write(told.fileno(), b".")


def killed_in_the_middle(writers, file, begun, after, does=write_for_ever):
    """How many changes a writer told of before it was killed, some moments after the first."""
    hears, tells = writers.Pipe(duplex=False)
    writer = writers.Process(target=does, args=(file, begun, tells), daemon=True)
    writer.start()
    tells.close()
    told = len(os.read(hears.fileno(), 1))
    writer.join(after)
    writer.kill()
    writer.join()
    while more := os.read(hears.fileno(), 65536):
        told += len(more)
    hears.close()
    assert -9 == writer.exitcode
    return told


def test_a_writer_killed_at_any_moment_loses_nothing_it_told_of(writers, tmp_path):
    file, moments = tmp_path / "leavewell.db", random.Random(7)  # noqa: S311 - moments, no secrets
    open_store(location.sqlite_url(file)).engine.dispose()
    there = told = 0
    for _ in range(KILLS):
        told = killed_in_the_middle(writers, file, there, moments.uniform(0, 0.12))
        kept = changes_in(file)

        assert there + told <= kept <= there + told + 1
        assert is_whole(file)
        there = kept
    made = backups.existing(file.parent / "backups")

    assert there > KILLS
    assert () == readable.altered_rows(file)
    assert all(backups.check(k.file).whole for k in made)


def test_whoever_is_killed_while_putting_back_leaves_one_store_or_the_other(writers, tmp_path):
    file, there, moments = tmp_path / "leavewell.db", [], random.Random(7)  # noqa: S311 - as above
    for number in range(2):
        store = open_store(location.sqlite_url(file))
        change(store, number)
        there.append(backups.make(store, tmp_path / "backups", SUNDAY).file)
        store.engine.dispose()
    for _ in range(KILLS // 2):
        killed_in_the_middle(writers, file, there, moments.uniform(0, 0.1), put_back_for_ever)

        assert is_whole(file)
        assert changes_in(file) in (1, 2)
    aside = list(tmp_path.glob("leavewell-set-aside-*.db"))

    assert len(aside) >= KILLS // 2
    assert all(is_whole(each) for each in (*aside, *there))


# -- the power goes


@pytest.fixture
def left(tmp_path):
    """A store and its newest changes as the power left them: the file, and the WAL beside it."""
    file, lies = tmp_path / "leavewell.db", tmp_path / "left"
    store = open_store(location.sqlite_url(file))
    store.save_household(a_household())
    store.engine.dispose()
    store = open_store(location.sqlite_url(file))
    for number in range(25):
        change(store, number)
    lies.mkdir()
    for each in (file, file.with_name("leavewell.db-wal")):
        shutil.copy(each, lies / each.name)
    store.engine.dispose()
    return lies


def opened_after(left, folder, wal):
    """How many changes are there after the power went with this much of the WAL on the disk."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    shutil.copy(left / "leavewell.db", folder)
    (folder / "leavewell.db-wal").write_bytes(wal)
    kept = changes_in(folder / "leavewell.db")
    assert is_whole(folder / "leavewell.db")
    return kept


def test_a_torn_wal_opens_to_a_state_that_was(left, tmp_path):
    wal = (left / "leavewell.db-wal").read_bytes()
    pages = range(0, len(wal), PAGE)
    frames = range(HEAD, len(wal) + 1, FRAME + PAGE)
    inside = [cut + FRAME for cut in frames if cut + FRAME < len(wal)]
    cuts = sorted({*pages, *frames, *inside, len(wal)})
    kept = [opened_after(left, tmp_path / "torn", wal[:cut]) for cut in cuts]

    assert sorted(kept) == kept
    assert (0, 25) == (kept[0], kept[-1])
    assert set(range(26)) == set(kept)


@pytest.mark.parametrize("lost", [bytes(PAGE), b"\xa5" * PAGE])
def test_a_page_of_the_wal_that_never_reached_the_disk_is_no_change_half_done(left, tmp_path, lost):
    wal = (left / "leavewell.db-wal").read_bytes()
    kept = [
        opened_after(left, tmp_path / "torn", wal[:at] + lost + wal[at + PAGE :])
        for at in range(0, len(wal) - PAGE, PAGE)
    ]

    assert sorted(kept) == kept
    assert 0 == kept[0]


# -- the disk is full


@contextmanager
def room(size):
    """No file may grow beyond this size: what is written past it is refused, as on a full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


HOUSEHOLD = a_household()
TALK = an_occurrence("Tue 20:00-21:00")


def the_file(_store, to):
    content = ical.calendar([TALK], HOUSEHOLD, Audience.SHARED)
    files.write_atomically(content, to / "week.ics")


SESSION = [  # a short Sunday: each step, and what says that it was kept
    (lambda s, _: s.save_household(HOUSEHOLD), lambda s, _: s.load_household() == HOUSEHOLD),
    (lambda s, _: s.save_ritual(a_ritual()), lambda s, _: list(s.load_rituals()) == ["late-talk"]),
    (
        lambda s, _: s.change_plan(a_plan(), lambda _: a_plan(TALK)),
        lambda s, _: [o.id for o in s.load_plan(WEEK).occurrences] == [TALK.id],
    ),
    (
        lambda s, _: s.change_plan(a_plan(), lambda plan: changes.with_hope(plan, TOGETHER, 300)),
        lambda s, _: s.load_plan(WEEK).hopes[TOGETHER].by_hand == 300,
    ),
    (
        lambda s, _: s.save_noticed(Note("1", WEEK, ONE, "coffee", False, SUNDAY)),
        lambda s, _: [n.text for n in s.load_noticed()] == ["coffee"],
    ),
    (
        lambda s, _: s.save_exported(
            Ledger.of(HOUSEHOLD, Audience.SHARED, Route.FILE, ()).new_entries(WEEK, [TALK], SUNDAY)
        ),
        lambda s, _: [t.occurrence for t in s.load_exported()] == [TALK.id],
    ),
    (the_file, lambda _, to: (to / "week.ics").read_bytes().endswith(b"END:VCALENDAR\r\n")),
    (
        lambda s, to: backups.make(s, to / "backups", SUNDAY),
        lambda _, to: all(snapshots.problem_with(f) == "" for f in (to / "backups").iterdir()),
    ),
]


def sat_with(folder, size):
    """How many steps of a Sunday were kept where no file may grow beyond a size."""
    store, kept = open_store(location.sqlite_url(folder / "leavewell.db")), []
    for do, is_kept in SESSION:
        try:
            with room(size):
                do(store, folder)
        except (StoreError, OSError):
            continue  # it was said that this is not kept
        kept.append(is_kept)
    store.engine.dispose()
    again = open_store(location.sqlite_url(folder / "leavewell.db"))
    lost = [is_kept for is_kept in kept if not is_kept(again, folder)]
    again.engine.dispose()
    assert [] == lost
    return len(kept)


def half_written(folder):
    """Files that are neither whole nor gone."""
    there = [f for f in folder.rglob("*") if f.is_file() and f.name != "leavewell.db"]
    return [f for f in there if not is_a_whole_export(f)]


def is_a_whole_export(file):
    if file.suffix == ".ics":
        return not file.name.startswith(".") and file.read_bytes().endswith(b"END:VCALENDAR\r\n")
    return snapshots.problem_with(file) == ""


def test_a_disk_that_is_full_from_any_moment_on_loses_nothing_and_leaves_nothing_half(tmp_path):
    new, there = tmp_path / "new.db", tmp_path / "there"
    open_store(location.sqlite_url(new)).engine.dispose()
    most, size, kept = new.stat().st_size + 20 * PAGE, 0, []
    while size <= most:
        there.mkdir()
        shutil.copy(new, there / "leavewell.db")
        kept.append(sat_with(there, size))

        assert is_whole(there / "leavewell.db")
        assert [] == half_written(there)
        shutil.rmtree(there)
        size += 200 if size < PAGE else FRAME + PAGE

    assert (0, len(SESSION)) == (kept[0], kept[-1])
    assert set(kept) >= {0, 1, 2}

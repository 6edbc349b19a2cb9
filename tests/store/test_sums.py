# ruff: noqa: S608
"""A sum of each row: what something else altered is noticed, and what Leavewell does never is."""

import random
import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest
from click.testing import CliRunner

from bench import flips
from rituals.__main__ import commands
from rituals.backup import backups, readable
from rituals.store import engines, sums
from rituals.store.errors import DamagedError, StoreError
from rituals.store.store import open_store
from rituals.surprises import wishlist
from tests.support.dump import lay
from tests.support.notation import NOW, a_household

OF_A_WEEK = "(SELECT max(week) FROM weeks)"
ALTERED = {
    "times of rituals": "UPDATE occurrences SET start = '2026-01-03 10:00:00.000000' WHERE rowid = "
    "(SELECT max(rowid) FROM occurrences)",
    "hopes": f"UPDATE hopes SET usual = usual + 1 WHERE week = {OF_A_WEEK}",
    "weeks": f"UPDATE weeks SET season = 'hard' WHERE week = {OF_A_WEEK}",
    "household": "UPDATE household SET children = NOT children",
}


@pytest.fixture
def file(filled):
    filled.engine.dispose()
    return engines.file_of(filled.engine.url)


def alter(file, sql):
    with closing(sqlite3.connect(file)) as at, at:
        assert at.execute(sql).rowcount


def is_as_kept(file):
    with closing(sqlite3.connect(file)) as at:
        known = at.execute("SELECT count(*) FROM sums").fetchone()[0]
        rows = [
            at.execute(f'SELECT count(*) FROM "{table.name}"').fetchone()[0]
            for table in sums.SUMMED
        ]
        return [] == [*sums.altered(at)] and known == sum(rows)


@pytest.mark.parametrize("what", ALTERED)
def test_a_value_that_could_stand_there_and_was_not_kept_is_named(file, what):
    alter(file, ALTERED[what])
    checked = backups.check(file)

    assert not checked.whole
    assert f"{readable.ALTERED}: {what}" in checked.sentence
    with pytest.raises(DamagedError, match=what):
        backups.require_readable(file)
    assert 1 == CliRunner().invoke(commands, ["check"]).exit_code


def test_no_backup_is_made_of_it_and_none_offered(file, filled, tmp_path):
    made = backups.make(filled, tmp_path / "kept", NOW)
    for each in (made.file, file):
        alter(each, ALTERED["hopes"])

    assert backups.newest_whole(tmp_path / "kept") is None
    with pytest.raises(DamagedError, match="hopes"):
        backups.make(filled, tmp_path / "kept", NOW)


def test_who_goes_on_with_it_as_it_is_goes_on(file):
    alter(file, ALTERED["weeks"])
    readable.keep_altered(file)

    assert backups.check(file).whole
    assert is_as_kept(file)


def test_every_change_of_ours_keeps_the_sums(file, filled):
    week = max(filled.load_plans([filled.first_week()]))
    plan = filled.load_plan(week)
    changed = replace(plan, occurrences=plan.occurrences[:1])
    filled.save_household(a_household())
    filled.change_plan(plan, lambda _: changed)
    filled.change_plan(plan, lambda _: plan)
    wishlist.mark(filled, "one", "walk")

    assert is_as_kept(file)


def test_a_change_that_is_taken_back_leaves_the_sums(file, filled):
    with pytest.raises(StoreError), filled.writing() as at:
        _ = at.exec_driver_sql(ALTERED["hopes"]), at.exec_driver_sql("SELECT nothing")

    assert is_as_kept(file)


def test_a_store_from_before_has_none_until_its_first_change(tmp_path):
    file = tmp_path / "leavewell.db"
    lay(file, "0020")
    store = open_store(f"sqlite:///{file}")

    assert backups.check(file).whole
    store.save_household(store.load_household())

    assert is_as_kept(file)
    store.engine.dispose()


def test_a_connection_of_before_a_wipe_or_a_shrunken_file_goes_on(file, filled):
    with closing(sqlite3.connect(file)) as at:
        at.execute("DELETE FROM occurrences WHERE rowid % 2")
        sums.renew(at)
        at.commit()
        at.execute("VACUUM")
    filled.save_household(a_household())

    assert is_as_kept(file)


def test_no_flipped_bit_changes_a_plan_in_silence(file):
    found, silent = flips.flipped(file, 60, random.Random(5))  # noqa: S311 no secret

    assert {} == dict(silent)
    assert 0 < found["said"]

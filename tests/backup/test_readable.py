# ruff: noqa: S608
"""One altered value in the store: found, named without being quoted, and never a dead end."""

import sqlite3
from contextlib import closing

import pytest
from click.testing import CliRunner

from rituals.__main__ import commands
from rituals.backup import backups, readable
from rituals.store import engines, snapshots
from rituals.store.errors import DamagedError
from rituals.store.store import open_store
from tests.support.notation import NOW

MARK = "Zyxquorn"
OF_A_WEEK = "(SELECT max(week) FROM weeks)"
ALTERED = {
    "a digit of a date": "UPDATE occurrences SET start = '2026-1x-03 {0}' WHERE rowid = "
    "(SELECT max(rowid) FROM occurrences)",
    "a kind": "UPDATE occurrences SET kind = 'tog{0}' WHERE rowid = "
    "(SELECT max(rowid) FROM occurrences)",
    "a season": f"UPDATE weeks SET season = '{{0}}' WHERE week = {OF_A_WEEK}",
    "a letter": "INSERT INTO noticed (id, week, writer, about, text, at, shared) VALUES ('n', "
    f"{OF_A_WEEK}, 'one', 'two', CAST(X'ff' || '{{0}}' AS TEXT), '2026-11-20 12:00:00.000000', 0)",
    "a number": f"UPDATE hopes SET usual = '{{0}}' WHERE week = {OF_A_WEEK}",
}


@pytest.fixture
def file(filled):
    return engines.file_of(filled.engine.url)


def alter(file, what):
    with closing(sqlite3.connect(file)) as at, at:
        columns = {row[1] for row in at.execute("PRAGMA table_info(noticed)")}
        told = ALTERED[what].format(MARK)
        if what == "a letter" and "about" not in columns:
            told = told.replace(" about,", "").replace(" 'two',", "")
        assert at.execute(told).rowcount


def ran(*command):
    return CliRunner().invoke(commands, command)


@pytest.mark.parametrize("what", ALTERED)
def test_check_says_in_a_sentence_what_cannot_be_read(file, what):
    alter(file, what)
    checked = backups.check(file)

    assert not checked.whole
    assert "cannot be read" in checked.sentence
    assert MARK not in checked.sentence


@pytest.mark.parametrize("what", ALTERED)
def test_a_command_ends_in_one_sentence_and_quotes_nothing(file, what):
    alter(file, what)
    for command in (("plan",), ("weeks", "--csv"), ("check",), ("keep",)):
        result = ran(*command)
        said = result.output + (result.stderr or "")

        assert MARK not in said
        assert "Traceback" not in said
        assert result.exception is None or isinstance(result.exception, SystemExit)


def test_what_cannot_be_read_is_no_backup_and_none_is_made_of_it(file, filled, tmp_path):
    made = backups.make(filled, tmp_path / "kept", NOW)
    alter(made.file, "a kind")
    alter(file, "a kind")

    assert backups.newest_whole(tmp_path / "kept") is None
    with pytest.raises(DamagedError, match="times of rituals"):
        backups.make(filled, tmp_path / "kept", NOW)


@pytest.mark.parametrize("what", ALTERED)
def test_what_cannot_be_read_is_set_aside_and_all_else_is_kept(file, filled, what):
    weeks = snapshots.contents(file).weeks
    filled.engine.dispose()
    alter(file, what)
    found = backups.unreadable_rows(file)
    aside = backups.set_rows_aside(file, NOW)
    opened = open_store(f"sqlite:///{file}")

    assert found
    assert backups.check(file).whole
    assert found == backups.unreadable_rows(aside)
    assert weeks - (what == "a season") == snapshots.contents(file).weeks
    assert opened.load_household()
    opened.engine.dispose()


def test_a_row_is_named_by_its_kind_and_week(file):
    alter(file, "a kind")
    (row,) = backups.unreadable_rows(file)

    assert readable.named((row,)).startswith("times of rituals (20")


def test_a_household_that_cannot_be_read_is_not_set_aside(file):
    with closing(sqlite3.connect(file)) as at, at:
        at.execute("UPDATE household SET wake = 'x'")

    assert not readable.can_be_set_aside(backups.unreadable_rows(file))
    assert not backups.check(file).whole


def test_a_schema_that_is_no_text_any_more_is_said_in_a_sentence(file, filled):
    filled.engine.dispose()
    content = file.read_bytes()
    file.write_bytes(content.replace(b"NOT NULL", b"NOT \xceULL", 1))

    assert not backups.check(file).whole
    assert snapshots.is_damaged(file)
    assert 1 == ran("check").exit_code
    assert isinstance(ran("plan").exception, SystemExit)

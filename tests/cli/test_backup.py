"""`keep`, `check` and `restore`: a backup by hand, what is wrong in one sentence, the way back."""

import re
import sqlite3
from contextlib import closing
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner

from rituals import __main__ as command_line
from rituals.cli import context
from rituals.store import location
from rituals.store.store import open_store
from tests.backup.test_backups import damage
from tests.conftest import sample_couple
from tests.support.notation import a_household
from tests.support.postgres import everything

SUNDAY_NIGHT = datetime(2026, 11, 22, 20, tzinfo=UTC)
NEVER_SAID = re.compile(r"\b(failed|missed|behind|overdue|should|streak|score)\b|%", re.IGNORECASE)


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    monkeypatch.setattr(context, "now", lambda: SUNDAY_NIGHT)


@pytest.fixture
def file(tmp_path, monkeypatch):
    """The file of the sample couple's store, which the commands take for the couple's own."""
    there = tmp_path / "leavewell.db"
    monkeypatch.setenv("LEAVEWELL_DATABASE_URL", location.sqlite_url(there))
    couple, store = sample_couple(SUNDAY_NIGHT.date()), open_store(location.sqlite_url(there))
    store.fill(couple.household, (), couple.plans[-4:])
    store.engine.dispose()
    return there


def run(*arguments, answer=None):
    told = CliRunner().invoke(command_line.commands, [str(a) for a in arguments], input=answer)
    assert not NEVER_SAID.search(re.sub(r"\S+://\S+", "", told.output))
    return told.exit_code, told.stdout, told.stderr


def rename(file, name):
    store = open_store(location.sqlite_url(file))
    store.save_household(a_household(names=(name, "Bo")))
    store.engine.dispose()


def first_name(file):
    store = open_store(location.sqlite_url(file))
    household = store.load_household()
    store.engine.dispose()
    return household.partners[0].name


def test_keep_says_where_everything_is(file):
    made = file.parent / "backups" / "0001-kept-2026-11-22-2100.db"

    assert (0, f"Everything is in {made}, the same, row by row.\n", "") == run("keep")
    assert everything(location.sqlite_url(file)) == everything(location.sqlite_url(made))


def test_keep_goes_into_the_folder_that_is_named(file, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    code, told, _ = run("keep", "--to", "stick")

    assert 0 == code
    assert f"Everything is in {tmp_path}/stick/0001-kept-2026-11-22-2100.db" in told
    assert file.is_file()


@pytest.mark.usefixtures("file")
def test_keep_where_no_folder_can_be_made_says_so(tmp_path):
    (tmp_path / "stick").write_text("a file")
    code, told, refused = run("keep", "--to", tmp_path / "stick" / "b")

    assert (2, "", 1) == (code, told, len(refused.splitlines()))
    assert f"No backup can be kept in {tmp_path}/stick/b: " in refused


def test_keep_takes_everything_out_as_a_zip_for_ones_own_eyes(file, tmp_path):
    zip = tmp_path / "us.zip"

    assert (0, f"Everything is in {zip}.\n", "") == run("keep", "-o", zip)
    assert 0o600 == zip.stat().st_mode & 0o777
    assert (0, "") == run("check", zip)[::2]
    assert "4 weeks, the newest of 23 November 2026" in run("check", zip)[1]
    assert file.is_file()


def test_a_zip_is_shown_before_it_is_put_back_and_what_was_there_stays(file, tmp_path):
    zip, aside = tmp_path / "us.zip", file.parent / "backups" / "0001-set-aside-2026-11-22-2100.db"
    run("keep", "-o", zip)
    was = everything(location.sqlite_url(file))
    rename(file, "Ada")
    renamed = everything(location.sqlite_url(file))
    code, told, _ = run("restore", zip, answer="n\n")

    assert 1 == code
    assert "4 weeks, the newest of 23 November 2026" in told
    assert "Ada" == first_name(file)
    code, told, wrong = run("restore", zip, "--yes")
    assert (0, "") == (code, wrong)
    assert f"What was there before is in {aside}." in told
    assert was == everything(location.sqlite_url(file))
    assert renamed == everything(location.sqlite_url(aside))


def test_a_zip_goes_into_a_store_that_is_still_empty(file, tmp_path, monkeypatch):
    zip, new = tmp_path / "us.zip", tmp_path / "new" / "leavewell.db"
    run("keep", "-o", zip)
    monkeypatch.setenv("LEAVEWELL_DATABASE_URL", location.sqlite_url(new))

    assert "All of it is back." == run("restore", zip, "--yes")[1].splitlines()[-1]
    assert everything(location.sqlite_url(file)) == everything(location.sqlite_url(new))


def test_a_zip_that_is_none_changes_nothing(file, tmp_path):
    (tmp_path / "letter.zip").write_text("Dear you")
    was = file.read_bytes()

    for command in ("check", "restore"):
        code, told, wrong = run(command, tmp_path / "letter.zip")
        assert (True, "", 1) == (code > 0, told, len(wrong.splitlines()))
    assert was == file.read_bytes()
    assert 2 == run("restore", tmp_path / "nowhere.zip")[0]


def test_check_says_that_the_store_and_its_backups_are_whole(file):
    run("keep")
    code, told, wrong = run("check")

    assert (0, "") == (code, wrong)
    assert [
        f"{file} is whole; it holds 4 weeks, the newest 2026-W48.",
        f"{file.parent}/backups/0001-kept-2026-11-22-2100.db is whole; it holds 4 weeks, "
        "the newest 2026-W48.",
    ] == told.splitlines()


def test_check_of_a_damaged_store_names_the_way_back(file):
    run("keep")
    run("keep")
    damage(file)
    damage(file.parent / "backups" / "0002-kept-2026-11-22-2100.db")
    before = file.read_bytes()
    code, told, wrong = run("check")
    first = file.parent / "backups" / "0001-kept-2026-11-22-2100.db"

    assert 1 == code
    assert f"{file} cannot be used: it is damaged." == wrong.splitlines()[0]
    assert 2 == len(wrong.splitlines())
    assert (
        f"“python -m rituals restore {first}” puts back what was kept on Sunday 22 November."
        == told.splitlines()[-1]
    )
    assert before == file.read_bytes()


def test_check_of_a_damaged_store_without_backups_says_so(file):
    damage(file)

    assert (1, "There is no backup that could be put back.\n") == run("check")[:2]


def test_check_of_one_file(file, tmp_path):
    (tmp_path / "letter.db").write_text("Dear you")

    assert 0 == run("check", file)[0]
    assert (1, "", f"{tmp_path}/letter.db cannot be used: it is damaged.\n") == run(
        "check", tmp_path / "letter.db"
    )


def test_every_other_command_says_where_to_look_once_the_store_is_damaged(file):
    damage(file)
    code, told, refused = run("plan")

    assert (2, "", 1) == (code, told, len(refused.splitlines()))
    assert "“python -m rituals check” says what can be put back" in refused


def test_restore_says_what_a_backup_holds_and_asks(file):
    run("keep")
    rename(file, "Ada")
    backup = file.parent / "backups" / "0001-kept-2026-11-22-2100.db"
    code, told, _ = run("restore", backup, answer="n\n")

    assert (1, "Ada") == (code, first_name(file))
    assert [
        f"{backup} holds",
        "  of Maya and Jonas",
        "  weeks: 4, the newest 2026-W48",
        "  kept on Sunday 22 November 2026 at 21:00",
    ] == told.splitlines()[:4]


def test_restore_puts_back_and_says_where_the_other_lies(file):
    run("keep")
    rename(file, "Ada")
    backup = file.parent / "backups" / "0001-kept-2026-11-22-2100.db"
    code, told, _ = run("restore", backup, answer="y\n")
    aside = file.parent / "leavewell-set-aside-2026-11-22-2100.db"

    assert (0, "Maya", "Ada") == (code, first_name(file), first_name(aside))
    assert f"What was there before is in {aside}.\n" in told


def test_restore_brings_a_damaged_store_back(file):
    run("keep")
    before = everything(location.sqlite_url(file))
    damage(file)
    code, _, _ = run("restore", file.parent / "backups" / "0001-kept-2026-11-22-2100.db", "--yes")

    assert 0 == code
    assert before == everything(location.sqlite_url(file))


def test_restore_of_what_is_no_backup_changes_nothing(file, tmp_path):
    (tmp_path / "letter.db").write_text("Dear you")
    before = file.read_bytes()
    code, told, refused = run("restore", tmp_path / "letter.db", "--yes")

    assert (2, "") == (code, told)
    assert f"{tmp_path}/letter.db cannot be used: it is damaged.\n" == refused
    assert before == file.read_bytes()


def test_a_server_is_kept_and_restored_as_well(file, tmp_path, postgres, monkeypatch):
    monkeypatch.setattr(location, "OWN_FILE", tmp_path / "own" / "leavewell.db")
    with postgres.database() as name:
        run("move", "--to", postgres.url(name))
        monkeypatch.setenv("LEAVEWELL_DATABASE_URL", postgres.url(name))
        run("keep")
        backup = tmp_path / "own" / "backups" / "0001-kept-2026-11-22-2100.db"
        before = everything(postgres.url(name))
        store = open_store(postgres.url(name))
        store.save_household(a_household(names=("Ada", "Bo")))
        store.engine.dispose()
        checked, restored = run("check")[0], run("restore", backup, "--yes")

        assert (0, 0) == (checked, restored[0])
        assert before == everything(postgres.url(name)) == everything(location.sqlite_url(file))
        assert "0002-set-aside-2026-11-22-2100.db" in restored[1]


def test_a_store_that_is_not_there_yet_is_nothing_to_check(tmp_path, monkeypatch):
    monkeypatch.setenv("LEAVEWELL_DATABASE_URL", location.sqlite_url(tmp_path / "leavewell.db"))
    code, _, wrong = run("check")

    assert (1, f"{tmp_path}/leavewell.db cannot be used: it is not there.\n") == (code, wrong)
    with closing(sqlite3.connect(tmp_path / "x.db")):
        assert not (tmp_path / "leavewell.db").exists()


@pytest.mark.parametrize("command", [["plan"], ["place"], ["busy", "list"], ["balance", "--csv"]])
def test_without_its_time_zone_nothing_is_planned_but_all_of_it_can_be_kept(file, command):
    store = open_store(location.sqlite_url(file))
    store.save_household(a_household("Old/Link"))
    store.engine.dispose()
    sentence = "Your time zone, Old/Link, is not known here: open Leavewell to choose another.\n"

    assert (2, "", sentence) == run(*command)
    assert 0 == run("keep")[0]

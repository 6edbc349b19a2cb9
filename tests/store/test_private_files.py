"""Files are private from their first byte, and what others prepared beside them is not touched."""

import os
import stat

import pytest

from rituals.store import files

pytestmark = pytest.mark.skipif(os.name != "posix", reason="modes of POSIX")


@pytest.fixture(autouse=True)
def open_to_all():
    before = os.umask(0)
    yield
    os.umask(before)


def mode(file):
    return stat.S_IMODE(file.stat().st_mode)


def test_a_new_file_is_private_from_its_first_byte(tmp_path, monkeypatch):
    seen, usual = [], files.move_durably

    def looking(beside, file):
        seen.append(mode(beside))
        usual(beside, file)

    monkeypatch.setattr(files, "move_durably", looking)
    files.write_atomically(b"x", tmp_path / "week.ics")

    assert [0o600] == seen
    assert 0o600 == mode(tmp_path / "week.ics")


def test_a_file_from_before_keeps_its_owners_choice(tmp_path):
    file = tmp_path / "week.ics"
    file.write_bytes(b"old")
    file.chmod(0o644)
    files.write_atomically(b"new", file)

    assert (0o644, b"new") == (mode(file), file.read_bytes())


def test_a_link_laid_under_the_passing_name_is_not_followed(tmp_path, monkeypatch):
    other = tmp_path / "other"
    other.write_bytes(b"theirs")
    monkeypatch.setattr(files, "token_hex", lambda _: "guessed")
    (tmp_path / ".guessed.tmp").symlink_to(other)
    with pytest.raises(FileExistsError):
        files.write_atomically(b"ours", tmp_path / "week.ics")

    assert b"theirs" == other.read_bytes()


def test_the_secret_of_a_machine_is_drawn_once_and_private(tmp_path):
    store = tmp_path / "leavewell.db"
    first, again = files.secret_beside(store), files.secret_beside(store)

    assert first == again
    assert 32 == len(first)
    assert 0o600 == mode(tmp_path / "leavewell.secret")


def test_a_secret_that_was_cut_short_is_drawn_anew(tmp_path):
    file = tmp_path / "leavewell.secret"
    file.write_bytes(b"")
    drawn = files.secret_beside(tmp_path / "leavewell.db")

    assert (32, 0o600) == (len(drawn), mode(file))


def test_a_secret_that_somebody_else_laid_there_is_none(tmp_path):
    (tmp_path / "theirs").write_bytes(b"x" * 32)
    (tmp_path / "leavewell.secret").symlink_to(tmp_path / "theirs")

    with pytest.raises(PermissionError):
        files.secret_beside(tmp_path / "leavewell.db")

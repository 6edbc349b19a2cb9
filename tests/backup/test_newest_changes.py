"""Changes that lie beside the file: where a page's sum is wrong, that is said."""

import shutil

import pytest

from rituals.backup import backups, newest_changes
from rituals.store import engines


@pytest.fixture
def copied(empty, tmp_path):
    """A store as a power cut leaves it: its newest changes beside it."""
    file = engines.file_of(empty.engine.url)
    empty.dismiss("one")
    empty.dismiss("two")
    there = tmp_path / "cut" / file.name
    there.parent.mkdir()
    for name in (file.name, f"{file.name}-wal"):
        shutil.copy2(file.with_name(name), there.with_name(name))
    return there


def test_changes_as_they_were_kept_are_whole(copied):
    assert copied.with_name(f"{copied.name}-wal").stat().st_size > 4096
    assert not newest_changes.are_damaged(copied)


@pytest.mark.parametrize("share", range(1, 20))
def test_one_altered_byte_anywhere_is_noticed_and_said(copied, share):
    beside = copied.with_name(f"{copied.name}-wal")
    content = bytearray(beside.read_bytes())
    content[len(content) * share // 20] ^= 4
    beside.write_bytes(content)

    assert newest_changes.are_damaged(copied)
    assert "newest changes" in backups.check(copied).sentence
    assert not backups.check(copied).whole


def test_a_change_that_was_cut_off_before_it_was_kept_is_none(copied):
    beside = copied.with_name(f"{copied.name}-wal")
    beside.write_bytes(beside.read_bytes()[:-100])

    assert not newest_changes.are_damaged(copied)

"""Changes that lie beside the file: where a page's sum is wrong, that is said."""

import shutil
import struct

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


def bits_of_heads():
    """Each bit of the file's head, and of the head of its last page."""
    heads = (0, newest_changes.HEAD), (-newest_changes.FRAME - 4096, -4096)
    return [(at, bit) for first, last in heads for at in range(first, last) for bit in range(8)]


def test_each_bit_of_a_head_is_noticed_though_all_that_is_newest_would_be_passed_over(copied):
    beside = copied.with_name(f"{copied.name}-wal")
    whole, unnoticed = beside.read_bytes(), []
    for at, bit in bits_of_heads():
        content = bytearray(whole)
        content[at] ^= 1 << bit
        beside.write_bytes(content)
        unnoticed += [] if newest_changes.are_damaged(copied) else [(at, bit)]

    assert [] == unnoticed


def test_a_last_page_that_ends_no_change_is_noticed_where_it_ended_one(copied):
    """Its mark was a single bit: the size of the store in pages is a power of two."""
    beside = copied.with_name(f"{copied.name}-wal")
    content = bytearray(beside.read_bytes())
    order = "<>"[content[3] & 1]
    at = len(content) - newest_changes.FRAME - 4096
    head = content[:24] if at == newest_changes.HEAD else content[at - 4096 - 24 : at - 4096]
    before = struct.unpack(">2I", head[16:24])
    content[at + 4 : at + 8] = struct.pack(">I", 64)
    running = newest_changes._sum(bytes(content[at : at + 8]), order, before)
    running = newest_changes._sum(bytes(content[at + 24 :]), order, running)
    content[at + 16 : at + 24] = struct.pack(">2I", *running)
    beside.write_bytes(content)
    assert not newest_changes.are_damaged(copied)
    content[at + 4 : at + 8] = bytes(4)
    beside.write_bytes(content)

    assert newest_changes.are_damaged(copied)

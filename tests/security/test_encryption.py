"""What is sealed: nothing shows of it, and nothing that was tampered with is believed."""

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rituals.security import encryption
from rituals.security.encryption import LEAST_BLOCK, Effort, SealError, lock, seal, unlock, unseal

CHEAP = Effort(memory=8)
AROUND_THE_SEALED = 1 + 12 + 16  # version, nonce and tag


@given(st.binary(max_size=40_000))
def test_what_is_sealed_comes_out_as_it_went_in(content):
    key = encryption.new_key()

    assert content == unseal(key, seal(key, content))


@given(st.integers(0, 70_000))
def test_the_size_says_only_how_often_it_was_doubled(length):
    size = len(seal(encryption.new_key(), b"x" * length)) - AROUND_THE_SEALED

    assert size // LEAST_BLOCK in (1, 2, 4, 8)
    assert 0 == size % LEAST_BLOCK


def test_a_hundred_surprises_weigh_as_much_as_none():
    key = encryption.new_key()

    assert len(seal(key, b"")) == len(seal(key, b"y" * 16_000))


def test_the_same_content_is_never_the_same_bytes():
    key = encryption.new_key()

    assert seal(key, b"roses") != seal(key, b"roses")


@given(st.data())
def test_one_changed_bit_anywhere_is_noticed(data):
    key = encryption.new_key()
    sealed = bytearray(seal(key, b"roses"))
    sealed[data.draw(st.integers(0, len(sealed) - 1))] ^= 1 << data.draw(st.integers(0, 7))

    with pytest.raises(SealError, match="cannot be read, and it stays"):
        unseal(key, bytes(sealed))


@given(st.integers(0, 2_000))
def test_what_was_cut_short_is_noticed(kept):
    key = encryption.new_key()

    with pytest.raises(SealError):
        unseal(key, seal(key, b"roses")[:kept])


def test_another_key_opens_nothing():
    with pytest.raises(SealError):
        unseal(encryption.new_key(), seal(encryption.new_key(), b"roses"))


@given(st.text(min_size=1, max_size=40))
def test_a_lock_opens_with_its_own_secret(secret):
    key = encryption.new_key()

    assert key == unlock(lock(key, secret, "pin", CHEAP), secret, "pin")


@given(st.text(max_size=10), st.text(max_size=10))
def test_a_lock_opens_with_no_other_secret(secret, other):
    one, two = (encryption.unicodedata.normalize("NFC", text) for text in (secret, other))
    opens = unlock(lock(encryption.new_key(), secret, "pin", CHEAP), other, "pin") is not None

    assert (one == two) == opens


def test_letters_are_the_same_however_a_keyboard_composes_them():
    key = encryption.new_key()

    assert key == unlock(lock(key, "Zo\u00eb1", "pin", CHEAP), "Zoe\u03081", "pin")


def test_two_locks_of_one_key_with_one_pin_have_nothing_in_common():
    key = encryption.new_key()
    one, two = (json.loads(lock(key, "1234", "pin", CHEAP)) for _ in range(2))

    assert not {one["salt"], one["key"]} & {two["salt"], two["key"]}


def test_a_lock_keeps_what_it_was_made_with_when_new_ones_cost_more():
    key = encryption.new_key()
    older = lock(key, "1234", "pin", Effort(memory=16, iterations=2, lanes=2))

    assert (16, 2, 2) == tuple(json.loads(older)[n] for n in ("memory", "iterations", "lanes"))
    assert key == unlock(older, "1234", "pin")


@pytest.mark.parametrize(
    "broken",
    [
        "",
        "[]",
        "{}",
        "null",
        '{"salt": "", "key": "", "memory": 8, "iterations": 1, "lanes": 1}',
        '{"salt": "%", "key": "%", "memory": 8, "iterations": 1, "lanes": 1}',
    ],
)
def test_what_is_no_lock_is_said_in_one_sentence(broken):
    with pytest.raises(SealError, match="cannot be read"):
        unlock(broken, "1234", "pin")


@pytest.mark.parametrize("asked", ["memory", "iterations", "lanes"])
def test_a_lock_that_asks_for_a_whole_machine_is_not_tried(asked):
    greedy = json.loads(lock(encryption.new_key(), "1234", "pin", CHEAP)) | {asked: 2**40}

    with pytest.raises(SealError):
        unlock(json.dumps(greedy), "1234", "pin")


@pytest.mark.parametrize("asked", ["memory", "iterations"])
def test_a_lock_that_asks_for_more_than_twice_the_usual_effort_is_not_tried(asked):
    greedy = vars(encryption.USUAL) | {asked: 2 * getattr(encryption.USUAL, asked) + 1}
    locked = json.loads(lock(encryption.new_key(), "1234", "pin", CHEAP)) | greedy

    with pytest.raises(SealError):
        unlock(json.dumps(locked), "1234", "pin")


@pytest.mark.parametrize("changed", [{"memory": 16}, {"iterations": 2}, {"version": 3}])
def test_a_lock_whose_cost_was_changed_opens_no_more(changed):
    key = encryption.new_key()
    locked = json.loads(lock(key, "1234", "pin", CHEAP)) | changed

    assert unlock(json.dumps(locked), "1234", "pin") is None


def test_a_lock_and_what_is_sealed_open_only_as_what_they_were_made_for():
    key = encryption.new_key()

    assert unlock(lock(key, "1234", "one pin", CHEAP), "1234", "two pin") is None
    with pytest.raises(SealError):
        unseal(key, seal(key, b"roses", "one"), "two")


def test_a_usual_try_takes_a_moment_and_not_more():
    locked = lock(encryption.new_key(), "1234", "pin")
    begun = time.perf_counter()
    unlock(locked, "1235", "pin")

    assert 0.05 < time.perf_counter() - begun < 5  # 0.4 s where it was measured


def test_a_token_gives_a_key_of_its_own():
    keys = {encryption.key_of(token) for token in ("a", "b")}

    assert 2 == len(keys)
    assert encryption.key_of("a") in keys


def test_there_are_256_words_told_apart_by_four_letters():
    known = encryption.load_recovery_words()

    assert 256 == len(set(known)) == len({word[:4] for word in known})
    assert all(word.isascii() and word.islower() and 3 < len(word) <= 10 for word in known)


def test_recovery_words_are_eight_and_new_each_time():
    one, two = (encryption.new_recovery_words(encryption.load_recovery_words()) for _ in range(2))

    assert 8 == len(one.split())
    assert one != two


def test_words_are_known_however_they_are_typed():
    assert "lemon boat fern" == encryption.normalized("  Lemon, BOAT\n3. fern ")

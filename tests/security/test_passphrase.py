"""The passphrase for the home network: what is kept of it."""

from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from rituals.backup import transfer
from rituals.security import encryption, passphrase
from rituals.security.encryption import Effort, SealError
from rituals.security.passphrase import Door
from rituals.store.schema import DOOR, TABLES
from rituals.store.store import open_store

CHEAP = Effort(memory=32, iterations=1, lanes=4)
WORDS = "the blue boat comes home"
NOW = datetime(2026, 11, 22, 20, tzinfo=UTC)


@pytest.fixture
def there(url):
    opened = open_store(url)
    yield opened
    opened.engine.dispose()


# -- what is kept


def test_at_first_there_is_no_door(there):
    assert passphrase.load(there) is None


def test_only_the_hash_of_a_passphrase_is_kept(there):
    passphrase.set_passphrase(there, WORDS, NOW, CHEAP)
    with there.reading() as at:
        everything = str([at.execute(sa.select(table)).all() for table in TABLES.sorted_tables])

    assert passphrase.load(there).passphrase.startswith("$argon2id$v=19$m=32,t=1,p=4$")
    assert NOW == passphrase.load(there).since
    assert [] == [word for word in WORDS.split() if word in everything]


def test_the_usual_effort_is_what_the_standard_advises(there):
    passphrase.set_passphrase(there, WORDS, NOW)

    assert passphrase.load(there).passphrase.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert passphrase.is_right(passphrase.load(there), WORDS)


def test_the_passphrase_opens_and_no_other_does(there):
    passphrase.set_passphrase(there, WORDS, NOW, CHEAP)
    kept = passphrase.load(there)

    assert [True, True, True] == [
        passphrase.is_right(kept, typed)
        for typed in (WORDS, f"  {WORDS} ", WORDS.replace(" ", "  "))
    ]
    assert [False] * 4 == [
        passphrase.is_right(kept, typed) for typed in ("", WORDS[:-1], WORDS.upper(), "\0" * 9999)
    ]


def test_the_same_letters_open_however_a_keyboard_composes_them(there):
    passphrase.set_passphrase(there, "caf\u00e9 au lait", NOW, CHEAP)

    assert passphrase.is_right(passphrase.load(there), "cafe\u0301 au lait")


def test_a_new_passphrase_is_another_door_even_with_the_same_words(there):
    passphrase.set_passphrase(there, WORDS, NOW, CHEAP)
    before = passphrase.load(there)
    passphrase.set_passphrase(there, WORDS, NOW, CHEAP)

    assert before.passphrase != passphrase.load(there).passphrase


def test_closing_forgets_it(there):
    passphrase.set_passphrase(there, WORDS, NOW, CHEAP)
    passphrase.remove(there)

    assert passphrase.load(there) is None


def test_it_comes_along_into_another_store(there, tmp_path):
    passphrase.set_passphrase(there, WORDS, NOW, CHEAP)
    other = open_store(f"sqlite:///{tmp_path}/other.db")
    transfer.move(there, other)

    assert passphrase.load(there) == passphrase.load(other)
    other.engine.dispose()


def test_one_row_is_all_there_ever_is(there):
    for _ in range(3):
        passphrase.set_passphrase(there, WORDS, NOW, CHEAP)
    with there.reading() as at:
        held = at.execute(sa.select(sa.func.count()).select_from(DOOR)).scalar()

    assert 1 == held


@pytest.mark.parametrize(
    "hash",
    [
        "",
        "words",
        "$argon2i$v=19$m=32,t=1,p=4$c2FsdHNhbHRzYWx0$aGFzaA",
        "$argon2id$v=19$m=99999999,t=1,p=4$c2FsdHNhbHRzYWx0$aGFzaGhhc2hoYXNoaGFzaA",
        "$argon2id$v=19$m=32,t=1,p=4$not base64$%%%",
    ],
)
def test_what_is_no_bearable_hash_opens_to_nobody(hash):
    with pytest.raises(SealError):
        passphrase.is_right(Door(hash, NOW), WORDS)


@given(st.text(max_size=40), st.text(max_size=40))
def test_a_hash_is_that_of_its_secret_alone(one, two):
    hash = encryption.hash_secret(one, CHEAP)

    assert encryption.verify(hash, one)
    assert encryption.verify(hash, two) == (encryption._bytes(one) == encryption._bytes(two))


@pytest.mark.parametrize(
    ("one", "two", "said"),
    [
        (WORDS, WORDS, ""),
        (WORDS, f"{WORDS} ", ""),
        (WORDS, WORDS.upper(), passphrase.NOT_THE_SAME),
        ("a   b   c", "a   b   c", passphrase.TOO_SHORT),
        ("", "", passphrase.TOO_SHORT),
        ("ten lette", "ten lette", passphrase.TOO_SHORT),
        ("ten letter", "ten letter", ""),
    ],
)
def test_a_passphrase_is_typed_twice_and_long_enough(one, two, said):
    assert said == passphrase.problem(one, two)

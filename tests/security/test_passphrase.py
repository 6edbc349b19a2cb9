"""The passphrase for the home network: what is kept of it, and how long a wrong one waits."""

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from rituals.backup import transfer
from rituals.security import encryption, passphrase
from rituals.security.encryption import Effort, SealError
from rituals.security.passphrase import Attempts, Door
from rituals.store.schema import DOOR, TABLES
from rituals.store.store import open_store

CHEAP = Effort(memory=32, iterations=1, lanes=4)
WORDS = "the blue boat comes home"
NOW = datetime(2026, 11, 22, 20, tzinfo=UTC)


def second(n):
    return NOW + timedelta(seconds=n)


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


# -- wrong ones wait


def waited(tried, tries, who="a", start=0):
    """Where somebody tries again as soon as may be: the waits in seconds."""
    at, found = start, []
    for _ in range(tries):
        assert not tried.begin(who, second(at))
        wait = tried.wait(who, second(at)).total_seconds()
        found.append(wait)
        at += wait
    return found


@pytest.fixture
def tried():
    """A door at which nobody tried anything yet."""
    return Attempts()


def test_each_wrong_one_doubles_the_wait_up_to_a_minute(tried):
    assert [1, 2, 4, 8, 16, 32, 60, 60] == waited(tried, 8)


def test_one_that_comes_too_early_is_not_looked_at_and_changes_nothing(tried):
    tried.begin("a", NOW)

    assert [timedelta(seconds=1)] * 3 == [tried.begin("a", NOW) for _ in range(3)]
    assert timedelta() == tried.begin("a", second(1))


def test_the_right_one_forgets_those_before(tried):
    waited(tried, 4)
    began = second(100)
    tried.begin("a", began)
    tried.was_right("a", began)

    assert timedelta() == tried.begin("a", began)


def test_another_does_not_wait_for_the_first_few_of_one(tried):
    waited(tried, 5)

    assert timedelta() == tried.begin("b", second(20))


def test_many_who_try_a_little_wait_for_each_other_and_nobody_else_does(tried):
    for n in range(18):
        tried.begin(f"guest {n}", NOW)

    assert timedelta(seconds=60) == tried.wait("guest 1", NOW)
    assert timedelta() == tried.wait("of the household", NOW)


def test_after_an_hour_all_is_forgotten(tried):
    waited(tried, 8)

    assert [1] == waited(tried, 1, start=4 * 3600)


def test_a_clock_that_was_set_back_keeps_nobody_out(tried):
    waited(tried, 8)

    assert timedelta() == tried.wait("a", second(-10_000))

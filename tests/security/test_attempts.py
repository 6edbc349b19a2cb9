"""Wrong passphrases: how long whoever typed them waits, whatever the clock does."""

from datetime import UTC, datetime, timedelta

import pytest

from rituals.backup import transfer
from rituals.security import attempts
from rituals.security.attempts import Attempts
from rituals.store.store import open_store

NOW = datetime(2026, 11, 22, 20, tzinfo=UTC)


def second(n):
    return NOW + timedelta(seconds=n)


@pytest.fixture
def there(url):
    opened = open_store(url)
    yield opened
    opened.engine.dispose()


def waited(tried, tries, who="a", start=0):
    """The waits, in seconds, of somebody who tries again as soon as may be."""
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
    tried.was_right("a")

    assert timedelta() == tried.begin("a", began)


def test_another_does_not_wait_for_the_first_few_of_one(tried):
    waited(tried, 5)

    assert timedelta() == tried.begin("b", second(20))


def test_many_who_try_a_little_wait_for_each_other_and_nobody_else_does(tried):
    for n in range(18):
        tried.begin(f"guest {n}", NOW)

    assert timedelta(seconds=60) == tried.wait("guest 1", NOW)
    assert timedelta() == tried.wait("of the household", NOW)


def test_after_very_many_everybody_waits_for_where_one_comes_from_may_be_made_up(tried):
    found = []
    for n in range(attempts.MANY + 9):
        tried.begin(f"made up {n}", NOW)
        found.append(tried.wait("of the household", NOW).total_seconds())

    assert {0} == set(found[: attempts.MANY])
    assert [1] * 9 == found[attempts.MANY :]  # those after the first were not looked at


def test_after_an_hour_all_is_forgotten(tried):
    waited(tried, 8)

    assert [1] == waited(tried, 1, start=4 * 3600)


def test_a_clock_that_was_set_back_gives_no_try_and_keeps_nobody_out(tried):
    waited(tried, 8)

    assert [60, 1, 0] == [
        tried.wait("a", second(-10_000 + later)).total_seconds() for later in (0, 59, 60)
    ]
    assert [60] == waited(tried, 1, start=-9_000)


# -- in the store


def test_tries_are_counted_in_the_store_whoever_asks_it(there):
    found = [
        attempts.begin(there, who, second(at))[0] for who, at in (("a", 0), ("a", 0), ("b", 0))
    ]
    _, read = attempts.begin(there, "a", second(2))

    assert [0, 1, 0] == [wait.total_seconds() for wait in found]
    assert {"a": (2, second(2)), "b": (1, NOW)} == read.by_network


def test_nobody_else_hears_of_a_try(there):
    before = there.revision()
    attempts.begin(there, "a", NOW)
    attempts.forget(there, "a")

    assert before == there.revision()
    assert not there.changed.is_set()


def test_the_right_one_is_forgotten_in_the_store_too(there):
    for who in "ab":
        attempts.begin(there, who, NOW)
    attempts.forget(there, "a")

    assert {"b", "c"} == attempts.begin(there, "c", NOW)[1].by_network.keys()


def test_a_clock_set_back_over_a_restart_gives_no_try(there):
    for at in (0, 1, 3):
        attempts.begin(there, "a", second(at))

    assert [4, 1, 0] == [
        attempts.begin(there, "a", second(at))[0].total_seconds() for at in (-9000, -8997, -8996)
    ]


def test_tries_go_into_no_other_store_and_no_zip(there, tmp_path):
    attempts.begin(there, "a", NOW)
    other = open_store(f"sqlite:///{tmp_path}/other.db")
    transfer.move(there, other)

    assert {"b"} == attempts.begin(other, "b", NOW)[1].by_network.keys()
    other.engine.dispose()

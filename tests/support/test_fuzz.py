"""A few of what `python tests/fuzz.py` throws by hand by the hundred thousand."""

from time import process_time

import pytest
from hypothesis import HealthCheck, given, settings

from rituals.model.time.week import Week
from rituals.model.time.window import NotationError
from tests.support import fuzz

a_few = settings(
    max_examples=40, deadline=None, suppress_health_check=[*HealthCheck], derandomize=True
)


@pytest.fixture(scope="module")
def targets():
    with fuzz.targets() as there:
        yield there


@pytest.mark.parametrize("name", ["ics", "catalogue", "csv", "caldav", "cli", "digest"])
def test_whatever_is_read_ends_soon_in_its_result_or_in_one_sentence(targets, name):
    thrown, at = targets[name]

    @a_few
    @given(thrown)
    def every(example):
        begins = process_time()
        at(example)

        assert process_time() - begins < fuzz.MOST_SECONDS

    every()


def test_what_a_sentence_quotes_is_short_and_without_escapes():
    for odd in ("x" * 10_000, "\x1b[2J", "2026-W48\n2026-W49", "\u202e", "\udcff"):
        with pytest.raises(NotationError) as told:
            Week.read(odd)

        assert len(str(told.value)) < 130
        assert str(told.value).isprintable()

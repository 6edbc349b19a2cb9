"""Series made up by chance, beside a slow reading of them and beside libical."""

import random

import pytest

from tests.clients.readers import missing
from tests.support import series


@pytest.fixture(scope="module")
def cases():
    chance = random.Random(1)  # noqa: S311 - nothing secret
    return [series.a_case(chance) for _ in range(30)]


def test_a_series_is_read_as_minute_by_minute(cases):
    otherwise = [case.text for case in cases if series.expected(case) != series.seen(case)]

    assert [] == otherwise


@pytest.mark.outside
@pytest.mark.skipif("libical" in missing(), reason="libical is not here")
def test_minute_by_minute_is_as_libical_has_it_or_a_paragraph_says_why(cases):
    assert 0 == series.beside_libical(cases)

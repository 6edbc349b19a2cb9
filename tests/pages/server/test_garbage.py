"""Garbage that runs leave over: collected soon after them, not between them."""

import gc
import time
import weakref

import pytest

from pages.server import garbage

SOON = 20  # seconds, on a busy machine


class Circle:
    """Something that only a collection frees."""

    def __init__(self):
        self.itself = self


@pytest.fixture
def no_other_collection():
    gc.disable()
    yield
    gc.enable()


@pytest.mark.usefixtures("no_other_collection")
def test_what_runs_left_over_is_collected_once_they_rest():
    left = weakref.ref(Circle())
    with garbage.collecting():
        garbage.run_ended()
        until = time.monotonic() + SOON
        while left() and time.monotonic() < until:
            time.sleep(0.05)

    assert None is left()


@pytest.mark.usefixtures("no_other_collection")
def test_nothing_is_collected_while_no_run_has_ended():
    left = weakref.ref(Circle())
    with garbage.collecting():
        time.sleep(garbage.AT_REST / 5)

        assert None is not left()

"""SEQUENCE and LAST-MODIFIED grow with each change that calendars are given, whatever happens."""

import os

from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test

from rituals.store.store import Store, open_store
from tests.support.numbering import AWeekThatGoesOut

EXAMPLES = int(os.environ.get("EXAMPLES", "60"))


class InMemory(AWeekThatGoesOut):
    """With a calendar that lies in memory, as the store does."""

    def a_store(self) -> Store:
        return open_store("sqlite://")


def test_what_changes_goes_out_in_a_higher_version_and_all_agree_in_the_end():
    """`EXAMPLES=20000` looks longer."""
    run_state_machine_as_test(
        InMemory,
        settings=settings(max_examples=EXAMPLES, stateful_step_count=14, deadline=None),
    )

"""SEQUENCE and LAST-MODIFIED grow with each change that calendars are given, whatever happens."""

import os

from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test

from tests.support.numbering import AWeekThatGoesOut

EXAMPLES = int(os.environ.get("EXAMPLES", "20"))


def test_what_changes_goes_out_in_a_higher_version_and_all_agree_in_the_end(new_file, tmp_path):
    """`EXAMPLES=20000` looks longer."""
    machine = type("Machine", (AWeekThatGoesOut,), {"new_file": new_file, "folder": tmp_path})

    run_state_machine_as_test(
        machine, settings=settings(max_examples=EXAMPLES, stateful_step_count=14, deadline=None)
    )


def test_what_is_moved_there_and_back_again_keeps_the_version_it_has_there(new_file, tmp_path):
    machine = type("Machine", (AWeekThatGoesOut,), {"new_file": new_file, "folder": tmp_path})()
    machine.both_say_yes()
    machine.it_is_published()

    machine.another_client_moves_one(which=0, hours=1, grows=False)
    machine.another_client_moves_one(which=0, hours=-1, grows=True)

    machine.teardown()  # server, feed, file and plan agree

"""The rule of tests/calendars/test_numbering.py, with a real server."""

import os
from contextlib import AbstractContextManager
from pathlib import Path

from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test

from rituals.calendars.caldav import client
from rituals.model.calendar import Audience, Server
from tests.servers.radicale_server import Radicale
from tests.support.numbering import HOME, AWeekThatGoesOut

EXAMPLES = int(os.environ.get("EXAMPLES_THERE", "6"))


class OnRadicale(AWeekThatGoesOut):
    """Each week with an account of its own."""

    radicale: Radicale

    def __init__(self) -> None:
        self.account = self.radicale.account()
        super().__init__()

    def opened(self) -> AbstractContextManager[client.Connection]:
        account = self.account
        server = Server(Audience.SHARED, account.url, account.user, account.us, "Us")
        return client.opened(server, account.password, HOME.tz)


def test_what_changes_there_goes_out_in_a_higher_version(
    radicale: Radicale, new_file: Path, tmp_path: Path
) -> None:
    """`EXAMPLES_THERE=300` looks longer."""
    given = {"radicale": radicale, "new_file": new_file, "folder": tmp_path}
    machine = type("Machine", (OnRadicale,), given)

    run_state_machine_as_test(
        machine, settings=settings(max_examples=EXAMPLES, stateful_step_count=14, deadline=None)
    )

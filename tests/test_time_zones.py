"""One source of time zones: the package that is pinned, wherever Leavewell is started."""

import os
import shutil
import subprocess
import sys
from zoneinfo import available_timezones

import pytest

from rituals.store import location
from tests.support import time_zones
from tests.support.paths import ROOT

LOOK = """
import {entry}
from zoneinfo import available_timezones
from tests.support.time_zones import every_zone, other_clocks
print(other_clocks(), sorted(available_timezones() ^ {{*every_zone()}}))
"""
ENTRIES = ["app", "rituals.__main__", "bench.households", "tests.conftest"]


@pytest.fixture(scope="module")
def old(tmp_path_factory):
    """A folder of a system whose zones are those of Kathmandu, and which has one of its own."""
    folder = tmp_path_factory.mktemp("zones")
    for zone in ("Europe/Berlin", "America/Vancouver", "UTC", "Old/Link"):
        folder.joinpath(zone).parent.mkdir(exist_ok=True)
        shutil.copy(time_zones.file_of("Asia/Kathmandu"), folder / zone)
    return folder


def test_every_clock_is_that_of_the_package_until_2040():
    assert [] == time_zones.other_clocks()
    assert len(time_zones.every_zone()) > 500


def test_the_zones_to_choose_from_are_those_of_the_package():
    assert {*time_zones.every_zone()} == available_timezones()


@pytest.mark.outside
@pytest.mark.parametrize("entry", ENTRIES)
def test_no_entry_takes_the_zones_of_the_system(entry, old, tmp_path):
    ran = subprocess.run(
        [sys.executable, "-c", LOOK.format(entry=entry)],
        cwd=ROOT,
        env=os.environ
        | {
            "PYTHONTZPATH": str(old),
            "LEAVEWELL_DATABASE_URL": location.sqlite_url(tmp_path / "leavewell.db"),
        },
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )

    assert ("[] []", 0) == (ran.stdout.strip(), ran.returncode), ran.stderr

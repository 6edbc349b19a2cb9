"""What is installed is what was meant: each package pinned, and known by its hash."""

import re

import pytest

from tests.support.paths import ROOT

NAMED = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==(\S+)", re.MULTILINE)
HASHED = re.compile(r" \\\n    --hash=sha256:[0-9a-f]{64}")


def named(file):
    """The packages a file names, with their version."""
    found = NAMED.findall((ROOT / file).read_text("utf-8"))
    return {re.sub(r"[._-]+", "-", name).lower(): version for name, version in found}


@pytest.mark.parametrize("name", ["requirements", "requirements-dev"])
def test_what_is_named_is_pinned_as_it_is_named(name):
    asked, pinned = named(f"{name}.in"), named(f"{name}.txt")

    assert asked
    assert asked.items() <= pinned.items()


@pytest.mark.parametrize("name", ["requirements", "requirements-dev"])
def test_each_package_is_known_by_its_hash(name):
    text = (ROOT / f"{name}.txt").read_text("utf-8")
    told = [line for line in text.splitlines() if line and not line.startswith((" ", "#"))]
    first = [line + text.partition(line)[2][:90] for line in told]

    assert [] == [line for line in first if not HASHED.search(line)]


def test_the_tests_run_with_the_packages_that_leavewell_runs_with():
    own, tests = named("requirements.txt"), named("requirements-dev.txt")

    assert {name: own[name] for name in own if name in tests} == {
        name: tests[name] for name in own if name in tests
    }

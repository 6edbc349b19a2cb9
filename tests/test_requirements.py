"""What is installed is what was meant: each package pinned, and known by its hash."""

import re

import pytest

from tests.support import supply
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


def test_the_bill_of_materials_lists_what_is_pinned():
    assert supply.sbom() == (ROOT / "sbom.json").read_text("utf-8")
    assert named("requirements.txt") == dict(supply.packages())


def test_an_audit_names_each_package_with_its_faults():
    (name, version), *others = supply.packages()
    answer = {"results": [{"vulns": [{"id": "A-1"}, {"id": "B-2"}]}, *({} for _ in others)]}

    assert [f"{name} {version}: A-1, B-2"] == supply.known_faults(answer)


def test_an_audit_that_nobody_answers_says_so(monkeypatch, capsys):
    monkeypatch.setattr(supply, "OSV", "http://127.0.0.1:9/")

    assert supply.COULD_NOT == supply.audit()
    assert "could not be looked up" in capsys.readouterr().err

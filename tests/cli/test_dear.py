"""Rituals that are dear, on the command line."""

import json
from dataclasses import replace

import pytest
from click.testing import CliRunner

from rituals import __main__ as command_line
from rituals.planning.choices.dear import FULL
from tests.support.notation import a_ritual

pytestmark = pytest.mark.usefixtures("told_on_sunday")


def run(*words):
    return CliRunner().invoke(command_line.commands, ["dear", *words])


def output(*words):
    result = run(*words)
    assert (0, "") == (result.exit_code, result.stderr)
    return result.stdout


def refusal(*words):
    result = run(*words)
    assert (2, "") == (result.exit_code, result.stdout)
    return result.stderr.rstrip("\n")


@pytest.mark.parametrize("which", ["late-talk", "Late talk", " late TALK "])
def test_a_ritual_is_dear_by_its_title_or_id_until_that_is_taken_back(which):
    assert "Late talk is dear to you.\n" == output("add", which)
    assert "Late talk\n" == output("list")
    assert [{"id": "late-talk", "title": "Late talk"}] == json.loads(output("list", "--json"))
    assert "Late talk is a ritual like the others.\n" == output("remove", which)
    assert "Nothing has a heart yet.\n" == output("list")


def test_a_sixth_is_refused_and_nothing_changed(empty):
    for n in range(5):
        empty.save_ritual(a_ritual(f"r{n}", dear=True))
    before = empty.revision()

    assert FULL == refusal("add", "late-talk")
    assert before == empty.revision()


def test_what_is_not_there_or_there_twice_is_said(empty):
    for id in ("lake", "sea"):
        empty.save_ritual(replace(a_ritual(id), title="Swim"))

    assert "There is no ritual “Moon”; say its title or id." == refusal("add", "Moon")
    assert "More than one is called “Swim”: say lake or sea." == refusal("add", "Swim")

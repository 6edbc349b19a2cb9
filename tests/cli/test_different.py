"""What is different on the command line: told, listed, taken back; the rest changes nothing."""

import json
import re
from dataclasses import replace

import pytest
from click.testing import CliRunner

from rituals import __main__ as command_line
from rituals.model.difference import What
from rituals.model.plan import Choice
from tests.support.notation import WEEK, a_household, a_plan, a_ritual, an_instant

NEXT = WEEK + 1  # 30 November to 6 December
NEVER_SAID = re.compile(r"\b(failed|missed|behind|overdue|should|streak|score)\b|%", re.IGNORECASE)

pytestmark = pytest.mark.usefixtures("told_on_sunday")


def run(*words):
    result = CliRunner().invoke(command_line.commands, ["different", *words])
    assert not NEVER_SAID.search(result.output)
    return result


def output(*words):
    result = run(*words)
    assert (0, "") == (result.exit_code, result.stderr)
    return result.stdout


def refusal(*words):
    result = run(*words)
    assert (2, "") == (result.exit_code, result.stdout)
    (sentence,) = result.stderr.splitlines()
    return sentence


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        (
            "away Jonas 2026-12-01 2026-12-03 --nights",
            "Jonas away, Tuesday 1 to Thursday 3 December.",
        ),
        ("away one 2026-12-01 --at Rome", "Maya away at Rome, Tuesday 1 December."),
        ("off maya 2026-12-04", "Maya off, Friday 4 December."),
        ("home Maya 2026-12-04T12:00", "Maya at home, Friday 4 December from 12:00."),
        (
            "work Jonas 2026-12-01T14:00 2026-12-03T22:00",
            "Jonas works, Tuesday 1 to Thursday 3 December, 14:00–22:00.",
        ),
        ("no-school 2026-12-04", "No school, Friday 4 December."),
        (
            "children-away 2026-12-05T10:00 2026-12-06T18:00 --nights",
            "Children away, Saturday 5 December 10:00 to Sunday 6 December 18:00.",
        ),
        ("children-home 2026-12-04", "Children at home, Friday 4 December."),
        ("bedtime 2026-12-04T21:00", "Children’s bedtime, 21:00, Friday 4 December."),
        (
            "sitter 2026-12-04T19:00 2026-12-04T23:30",
            "Sitter, Friday 4 December 19:00–23:30.",
        ),
        ("no-sitter 2026-12-04", "No sitter, Friday 4 December."),
    ],
)
def test_each_thing_can_be_told_and_is_said_in_a_sentence(told, sentence):
    assert f"{sentence}\n" == output("add", *told.split())


def test_all_that_can_be_told_is_in_the_help():
    said = " ".join(output("add", "--help").split()).replace("children- ", "children-")

    assert all(what.value in said for what in What if what is not What.NOTHING)


def test_what_is_told_later_takes_the_place_and_says_so():
    output("add", "away", "Jonas", "2026-12-01", "2026-12-03", "--nights")

    assert (
        "Jonas at home, Wednesday 2 December.\n"
        "Where they meet, this takes the place of "
        "“Jonas away, Tuesday 1 to Thursday 3 December”.\n"
    ) == output("add", "home", "Jonas", "2026-12-02")


def test_the_same_told_again_is_one(empty):
    for _ in range(2):
        assert "No school, Friday 4 December.\n" == output("add", "no-school", "2026-12-04")

    assert 1 == len(empty.load_household().differences)


def test_a_night_shift_is_told_by_the_day_on_which_it_begins(empty):
    output("add", "work", "Jonas", "2026-12-01T22:00", "2026-12-02T06:00")
    (told,) = empty.load_household().differences

    assert told.first == told.last
    assert ("2026-12-01T22:00", "2026-12-02T06:00") == tuple(
        json.loads(output("list", "--json"))[0][end] for end in ("from", "to")
    )


def test_the_weeks_ahead_are_placed_anew(empty):
    talk = a_ritual(window="Tue,Fri 20:00-21:00")
    empty.save_ritual(talk)
    empty.change_plan(a_plan(week=NEXT, choices=(Choice(talk.id, None, 1),)), lambda plan: plan)

    def lies():
        return {o.start for o in empty.load_plan(NEXT).occurrences}

    output("add", "away", "Jonas", "2026-12-04", "--nights", "2026-12-06")
    assert {an_instant("Tue 20:00", NEXT)} == lies()
    output("remove", empty.load_household().differences[0].id)
    output("add", "away", "Jonas", "2026-12-01", "2026-12-03", "--nights")
    assert {an_instant("Fri 20:00", NEXT)} == lies()


def test_a_week_on_the_command_line_says_what_is_different_in_it():
    output("add", "away", "Jonas", "2026-12-01", "2026-12-03", "--nights")
    output("add", "off", "Maya", "2026-12-04")

    assert "Different: Jonas away Tue–Thu · Maya off Fri." in run_plan(NEXT)
    assert not [line for line in run_plan(NEXT + 1) if line.startswith("Different")]


def run_plan(week):
    result = CliRunner().invoke(command_line.commands, ["plan", "--week", str(week)])
    assert 0 == result.exit_code
    return result.stdout.splitlines()


def test_the_list_goes_from_today_on_and_all_of_it_on_request():
    output("add", "off", "Maya", "2026-11-27")
    output("add", "off", "Maya", "2026-11-29")
    output("add", "off", "Maya", "2026-12-04")

    assert ["Maya off, Sunday 29 November", "Maya off, Friday 4 December"] == [
        line.split("  ")[1] for line in output("list").splitlines()
    ]
    assert 3 == len(output("list", "--all").splitlines())


def test_an_empty_list_says_so():
    assert "Nothing is different.\n" == output("list")
    assert [] == json.loads(output("list", "--json"))


def test_the_list_as_json_has_stable_keys(empty):
    output(
        "add", "away", "Jonas", "2026-12-01T14:00", "2026-12-03", "--nights", "--at", "  Oma\n’s "
    )
    (told,) = empty.load_household().differences

    assert [
        {
            "id": told.id,
            "what": "away",
            "who": "Jonas",
            "from": "2026-12-01T14:00",
            "to": "2026-12-03",
            "nights": True,
            "at": "Oma ’s",
            "told": "2026-11-29T21:00:00+01:00",
            "sentence": "Jonas away at Oma ’s, Tuesday 1 December 14:00 to Thursday 3 December",
        }
    ] == json.loads(output("list", "--json"))


def test_what_was_told_can_be_taken_back_by_what_the_list_shows(empty):
    output("add", "no-school", "2026-12-04")
    output("add", "off", "Maya", "2026-12-05")
    id = output("list").split()[0]

    assert "Taken back: No school, Friday 4 December.\n" == output("remove", id)
    assert [What.OFF] == [told.what for told in empty.load_household().differences]


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ("add holiday 2026-12-04", "“holiday” cannot be told"),
        ("add nothing 2026-12-04", "“nothing” cannot be told"),
        ("add off Alex 2026-12-04", "Nobody here is called “Alex”"),
        ("add off 2026-12-04", "Nobody here is called “2026-12-04”"),
        ("add no-school Maya 2026-12-04", "“Maya” is not a day"),
        ("add off Maya", "needs a day"),
        ("add no-school", "needs a day"),
        ("add no-school 2026-12-04 2026-12-05 2026-12-06", "needs a day, and may have a last one"),
        ("add no-school 2026-02-30", "“2026-02-30” is not a day"),
        ("add no-school 2026-12-04T24:00", "is not a day"),
        ("add no-school 0001-01-01", "year 1 is too far away"),
        ("add away Jonas 2026-12-03 2026-12-01", "ends before it starts"),
        ("add sitter 2026-12-04T19:00 2026-12-04T18:00", "ends before it starts"),
        ("add sitter 2026-12-04", "with hours"),
        ("add work Jonas 2026-12-04", "with hours"),
        ("add bedtime 2026-12-04", "at which hour"),
        ("add bedtime 2026-12-04T21:00 2026-12-05T22:00", "last day without one"),
        ("add off Maya 2027-12-04", "a year ahead"),
        ("add off Maya 2026-12-04 2028-12-04", "a year ahead"),
        ("add off Maya 2026-12-04 --nights", "away over night"),
        ("add away Maya 2026-12-04 --nights", "no night in one day"),
        ("add off Maya 2026-12-04 --at Rome", "away is at a place"),
        (f"add away Maya 2026-12-04 --at {'x' * 121}", "room for 120 letters"),
        ("remove 3f2a", "has the id “3f2a”"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence_and_nothing_changed(empty, told, why):
    before = empty.revision()

    assert why in refusal(*told.split())
    assert before == empty.revision()


def test_an_id_that_two_begin_with_is_asked_for_anew(empty):
    output("add", "no-school", "2026-12-04")
    (told,) = empty.load_household().differences
    for id in ("3f2a1", "3f2a2"):
        empty.save_difference(replace(told, id=id))

    assert "Nothing different has the id “”." == refusal("remove", "")
    assert "2 ids begin with “3f2a”: say more." == refusal("remove", "3f2a")
    assert {"3f2a1", "3f2a2"} < {line.split()[0] for line in output("list").splitlines()}


@pytest.mark.parametrize(
    "told", ["no-school 2026-12-04", "sitter 2026-12-04T19:00 2026-12-04T23:00"]
)
def test_without_children_nothing_is_told_of_them(empty, told):
    empty.save_household(a_household(children=False))

    assert "no children at home" in refusal("add", *told.split())

"""The season ahead on the command line."""

import json

import pytest
from click.testing import CliRunner

from rituals import __main__ as command_line
from rituals.model.time.week import Week
from tests.support.notation import a_plan

pytestmark = pytest.mark.usefixtures("told_on_sunday")


def run(*words):
    return CliRunner().invoke(command_line.commands, list(words))


def output(*words):
    result = run(*words)
    assert (0, "") == (result.exit_code, result.stderr)
    return result.stdout


def season(*words):
    return json.loads(output("season", "--json", *words))


def weeks_of(found, id):
    return [Week.read(entry["week"]) for entry in found["rare"] if entry["id"] == id]


def test_nothing_rare_is_kept_at_first():
    assert "Nothing rare is kept yet.\n" == output("season")


def test_what_is_kept_comes_as_often_as_asked_until_it_is_kept_no_longer():
    kept = season("--weeks", "12", "--keep", "film-club", "--keep", "Money hour")

    assert 12 == len(kept["weeks"])
    assert [6, 3] == [len(weeks_of(kept, id)) for id in ("film-club", "money-hour")]
    assert ["money-hour"] == [one["id"] for one in season("--stop", "film-club")["kept"]]


def test_the_same_weeks_are_there_again():
    kept = season("--keep", "film-club", "--keep", "night-away")

    assert kept == season()
    assert kept["proven"]


def test_the_week_to_plan_arrives_with_what_is_due_and_says_why():
    kept = season("--keep", "film-club")
    due = kept["rare"][0]
    plan = json.loads(output("place", "--week", due["week"], "--json"))
    film = [o for o in plan["occurrences"] if o["title"] == "Film club for two"]

    assert 1 == len(film)
    assert film[0]["reason"].startswith(due["reason"])


def test_a_planned_week_takes_what_is_kept_since(empty):
    for number in (49, 50):
        empty.change_plan(a_plan(week=Week(2026, number)), lambda plan: plan)
    week = Week.read(season("--keep", "film-club")["rare"][0]["week"])
    plan = empty.load_plan(week)

    assert week.number in (49, 50)
    assert ["film-club"] == [choice.ritual for choice in plan.choices]
    assert ["Film club for two"] == [occurrence.title for occurrence in plan.occurrences]


def test_people_read_weeks_and_reasons():
    lines = output("season", "--keep", "money-hour").splitlines()

    assert lines[0].startswith("13 weeks from ")
    assert any(line.startswith("Week of ") for line in lines)
    assert "  Money hour · it would be the first one" in lines
    assert "  Money hour · the last one was four weeks ago" in lines


def test_what_comes_in_no_week_of_it_is_named():
    season("--keep", "what-was-good")
    lines = output("season", "--weeks", "1").splitlines()

    assert ["Not in these weeks", "  Good things this year, yearly"] == lines[-2:]


def test_what_comes_in_any_week_is_no_part_of_it():
    result = run("season", "--keep", "late-talk")

    assert 2 == result.exit_code
    assert "Late talk is a ritual of any week; choose it on Sunday.\n" == result.stderr


def test_few_weeks_are_only_looked_at(empty):
    season("--keep", "film-club")
    before = empty.revision()
    season("--weeks", "2")

    assert before == empty.revision()


def test_a_look_at_it_changes_nothing_that_stays(empty):
    season("--keep", "film-club")
    before = empty.revision()
    output("season")

    assert before == empty.revision()

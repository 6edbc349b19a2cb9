"""The commands about weeks that were lived, on one and the same Sunday night."""

import csv
import io
import re
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner

from rituals import __main__ as command_line
from rituals.cli import context
from rituals.model.household import ONE, Kind, Strand
from rituals.model.plan import Hope, Said, Season
from rituals.planning import changes, review
from tests.support.notation import WEEK, a_household, a_plan, an_occurrence

SUNDAY_NIGHT = datetime(2026, 11, 22, 20, tzinfo=UTC)
LAST = WEEK - 1
TOGETHER = Strand(Kind.TOGETHER)
NEVER_SAID = re.compile(r"\b(failed|missed|behind|overdue|should|streak|score)\b|%", re.IGNORECASE)
TALK = an_occurrence("Tue 20:00-21:30", week=LAST)
QUIET = an_occurrence("Wed 19:00-20:00", week=LAST, ritual="quiet", kind=Kind.ALONE, partner=ONE)


@pytest.fixture(autouse=True)
def sunday(monkeypatch):
    monkeypatch.setattr(context, "now", lambda: SUNDAY_NIGHT)


def output(*arguments):
    result = CliRunner().invoke(command_line.commands, [str(a) for a in arguments])
    assert (result.exit_code, result.stderr) == (0, "")
    assert not NEVER_SAID.search(result.stdout)
    return result.stdout


def refusal(*arguments):
    result = CliRunner().invoke(command_line.commands, [str(a) for a in arguments])
    assert (result.exit_code, result.stdout) == (2, "")
    (line,) = result.stderr.splitlines()
    return line


def keep(store, *plans_kept):
    for plan in plans_kept:
        store.change_plan(plan, lambda begun: begun)


def written(*arguments):
    return list(csv.DictReader(io.StringIO(output("weeks", "--csv", *arguments))))


# -- lived


def test_last_week_is_said_to_have_been_as_planned(empty):
    little = review.answer(a_plan(TALK, QUIET, week=LAST), QUIET.id, Said.A_LITTLE)
    keep(empty, little)
    said = output("happened", "--as-planned")

    assert review.answer_all_as_planned(little) == empty.load_plan(LAST)
    assert said == (
        "The week of 16 November 2026 · 2026-W47\n"
        "1 ritual is said to have been just as planned, 1 h 30.\n"
    )


def test_a_second_time_there_is_nothing_left_to_say(empty):
    keep(empty, a_plan(TALK, QUIET, week=LAST))
    first = output("happened", "--as-planned", "--week", LAST)
    kept = empty.load_plan(LAST)
    second = output("happened", "--as-planned", "--week", LAST)

    assert "2 rituals are said to have been just as planned, 2 h 30.\n" in first
    assert "Nothing in it was unsaid.\n" in second
    assert kept == empty.load_plan(LAST)


def test_a_week_without_a_plan_stays_without_one(empty):
    assert "Nothing was planned in it" in output("happened", "--as-planned")
    assert empty.load_plan(LAST) is None


def test_a_week_of_grace_stays_one(empty):
    rests = review.rest(a_plan(TALK, week=LAST), "Illness")
    keep(empty, rests)

    assert "A week off: everything rests.\n" in output("happened", "--as-planned")
    assert rests == empty.load_plan(LAST)


@pytest.mark.usefixtures("empty")
def test_nobody_can_look_back_on_a_week_that_has_not_begun():
    sentence = refusal("happened", "--as-planned", "--week", WEEK)

    assert "2026-W48 still lies ahead: nobody can look back on it yet." == sentence


def test_without_more_words_lived_tells_what_is_said_of_a_week(empty):
    plan = review.answer(a_plan(TALK, QUIET, week=LAST), TALK.id, Said.A_LITTLE)
    keep(empty, plan)
    said = output("happened").splitlines()

    assert "The week of 16 November 2026 · 2026-W47" == said[0]
    assert ["Together", "45", "min"] == said[1].split()
    assert ["Maya,", "alone", "not", "said"] in [line.split() for line in said]
    assert 1 == len({len(line) for line in said[1:-1]}), "the columns stand under each other"
    assert "Some of it is not said yet." == said[-1]
    assert plan == empty.load_plan(LAST)


def test_lived_tells_of_a_week_of_which_nothing_is_said(empty):
    nothing = output("happened")
    keep(empty, a_plan(TALK, week=LAST))
    silent = output("happened")
    keep(empty, review.rest(a_plan(week=LAST - 1)))

    assert "Nothing was planned in it, and nothing is said of it.\n" in nothing
    assert "Nothing is said of it yet.\n" in silent
    assert "A week off: everything rests.\n" in output("happened", "--week", LAST - 1)


def test_without_more_words_weeks_are_lines_for_people(empty):
    plan = review.answer(a_plan(TALK, QUIET, week=LAST), TALK.id, Said.AS_PLANNED)
    keep(empty, review.rest(a_plan(week=LAST - 1), "Illness"), plan)
    head, grace, there = output("weeks", "--weeks", 2).splitlines()

    assert "Week of      " == head[:13]
    assert "Together" in head
    assert ["9", "Nov", "2026", "Illness"] == grace.split()
    assert ["1", "h", "30"] * 2 + ["0", "h"] == there.split()[4:]


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize("command", [("happened", "--as-planned"), ("weeks", "--csv")])
def test_without_a_household_there_is_nothing_to_tell(command):
    assert "There is no household yet" in refusal(*command)


# -- weeks


def test_weeks_are_lines_with_hours_by_strand_in_the_partners_names(empty):
    plan = review.answer(
        a_plan(TALK, QUIET, week=LAST, hopes={TOGETHER: Hope(300)}), TALK.id, Said.A_LITTLE
    )
    keep(empty, changes.in_season(plan, Season.CALM))
    before, there, ahead = written("--weeks", 2)

    assert ["2026-W46", "2026-W47", "2026-W48"] == [w["week"] for w in (before, there, ahead)]
    assert ("2026-11-16", "calm", "") == (there["first_day"], there["season"], there["grace"])
    assert ("0.75", "1.50", "6.00") == tuple(
        there[f"Together: {number}"] for number in ("happened", "planned", "hoped for")
    )
    assert ("", "1.00", "") == tuple(
        there[f"Maya, alone: {number}"] for number in ("happened", "planned", "hoped for")
    )
    assert {"2026-W46", "2026-11-09", ""} == set(before.values())
    assert 4 + 3 * 7 + 2 * 2 + 1 == len(there)


def test_a_week_of_grace_says_what_for_and_no_hours(empty):
    rests = review.rest(a_plan(TALK, week=LAST, hopes={TOGETHER: Hope(300)}), "Moving, at last")
    keep(empty, rests)
    _, there, _ = written("--weeks", 2)

    assert ("grace", "Moving, at last") == (there["season"], there["grace"])
    assert {"2026-W47", "2026-11-16", "grace", "Moving, at last", ""} == set(there.values())


@pytest.mark.parametrize("command", ["weeks", "balance"])
def test_what_people_wrote_is_no_formula_in_a_spreadsheet(empty, command):
    empty.save_household(a_household(names=("-2+3", "Jonas")))
    keep(empty, review.rest(a_plan(week=LAST), "=1+1"))
    said = output(command, "--csv", "--weeks", 1)

    assert "'=1+1" in said
    assert "'-2+3" in said
    assert not re.search(r"(?m)(^|[,\"])[=-]", said)


@pytest.mark.usefixtures("empty")
def test_weeks_shows_half_a_year_unless_told_otherwise():
    assert 27 == len(written())


def test_without_children_there_is_no_time_with_them(empty):
    empty.save_household(a_household(children=False, names=("Ada", "Bö")))
    names = written("--weeks", 0)[0]

    assert "Bö, alone: happened" in names
    assert not [name for name in names if "children" in name]

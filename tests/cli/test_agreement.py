"""The yes on the command line, and what the other commands say of a proposal."""

import pytest
from click.testing import CliRunner

from rituals import __main__ as command_line
from rituals.calendars.outgoing import feeds
from rituals.model.calendar import Audience, Feed
from rituals.model.household import ONE, TWO
from rituals.planning import agreement
from tests.support.notation import WEEK, a_plan, agreed_by_both, an_instant, an_occurrence

TALK = an_occurrence("Thu 20:00-21:00")
PLAN = a_plan(TALK)


def run(*words):
    result = CliRunner().invoke(command_line.commands, [*words, "--week", str(WEEK)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


@pytest.fixture
def lying(empty):
    empty.change_plan(PLAN, lambda plan: plan)
    return empty


def test_one_yes_says_what_is_still_open(lying):
    assert [
        "Jonas has not said yes yet to:",
        "  Late talk: Thursday 26 November 20:00",
    ] == run("yes", "maya").output.splitlines()
    assert ((), (TALK.id,)) == tuple(
        tuple(o.id for o in agreement.awaiting_yes(lying.load_plan(WEEK), partner))
        for partner in (ONE, TWO)
    )


def test_two_make_the_week_ours_and_the_feeds_hold_it(lying):
    lying.save_feed(Feed(Audience.SHARED, "token"))
    run("yes", "Maya")

    assert f"{WEEK} is yours: both of you said yes.\n" == run("yes", "Jonas").output
    assert [TALK.id] == [t.occurrence for t in lying.load_exported()]
    that_week = an_instant("Wed 12:00")
    feed = feeds.current_content(lying, Audience.SHARED, lying.load_household(), that_week)

    assert b"Late talk" in feed.content


@pytest.mark.usefixtures("lying")
def test_nobody_else_says_yes():
    assert "Nobody here is called “Alex”" in run("yes", "Alex").output


@pytest.mark.usefixtures("empty")
def test_to_an_empty_week_there_is_no_yes_to_say():
    result = run("yes", "Maya")

    assert 2 == result.exit_code
    assert f"Nothing lies in {WEEK} yet, so there is no yes to say." in result.output


@pytest.mark.parametrize(
    ("yes", "said", "status"),
    [
        (lambda plan: plan, "One of them is not agreed yet", b"STATUS:TENTATIVE"),
        (agreed_by_both, None, b"STATUS:CONFIRMED"),
    ],
)
def test_a_file_with_a_proposal_says_so_inside_and_beside(lying, tmp_path, yes, said, status):
    lying.change_plan(PLAN, yes)
    file = tmp_path / "week.ics"
    told = run("export", "-o", str(file)).stderr

    assert (said is not None) == ("not agreed" in told)
    assert (said or "") in told
    assert status in file.read_bytes()
    assert (said is not None) == (b"Not agreed yet: not both of you" in file.read_bytes())

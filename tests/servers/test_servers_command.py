"""The commands “publish” and “pull”, at a real server."""

from datetime import UTC, datetime, timedelta

import pytest
from click.testing import CliRunner

from rituals import __main__ as command_line
from rituals.cli import context
from rituals.model.calendar import Audience, Server
from rituals.planning import changes
from rituals.security import keyring
from tests.servers.faulty_proxy import cuts_before
from tests.support.notation import WEEK, a_household, a_plan, a_span, agreed_by_both, an_occurrence

SUNDAY_NIGHT = datetime(2026, 11, 22, 20, tzinfo=UTC)
HOUR = timedelta(hours=1)
TALK = an_occurrence("Thu 20:00-21:00")
WALK = an_occurrence("Fri 18:00-19:00", ritual="walk", title="Walk", partner="one")


@pytest.fixture(autouse=True)
def on_sunday_night(monkeypatch):
    monkeypatch.setattr(context, "now", lambda: SUNDAY_NIGHT)


@pytest.fixture
def ours(store, account, keyring_file):
    """A couple with a week and a calendar on the server, its password in the keyring."""
    del keyring_file
    store.save_household(a_household())
    store.change_plan(a_plan(TALK, WALK), agreed_by_both)
    server = Server(Audience.SHARED, account.url, account.user, account.us, "Us")
    store.save_server(server)
    keyring.save_password(server, account.password)
    return store


@pytest.fixture
def phone(account):
    return account.in_calendar(account.us)


def run(*arguments, typed=""):
    return CliRunner().invoke(command_line.commands, arguments, input=typed)


def output(*arguments):
    result = run(*arguments)
    assert (0, "") == (result.exit_code, result.stderr)
    return result.stdout


def refusal(*arguments, typed=""):
    result = run(*arguments, typed=typed)
    assert (2, "") == (result.exit_code, result.stdout)
    return result.stderr.strip()


def moved(plan, when="Wed 20:00-21:00"):
    return changes.move(plan, TALK.id, a_span(when), True, SUNDAY_NIGHT)


def talk_in(store):
    return next(o for o in store.load_plan(WEEK).occurrences if o.id == TALK.id)


def test_a_dry_run_says_what_is_new_and_changes_nothing(ours, phone):
    told = output("publish", "--dry-run")

    assert [
        "2 to add",
        "",
        "To add",
        "  Late talk: Thursday 26 November 20:00",
        "  Maya: Walk: Friday 27 November 18:00",
    ] == told.splitlines()
    assert ([], ()) == (phone.events(), ours.load_exported())


@pytest.mark.usefixtures("ours")
def test_publish_takes_a_week_there_once(phone):
    told = output("publish"), output("publish")

    assert (
        "2 changes went to “Us”.\n",
        "Nothing is new: that calendar and the plan agree.\n",
    ) == told
    assert ["Late talk", "Maya: Walk"] == [event.summary for event in phone.events()]


def test_pull_brings_back_what_was_moved_and_let_go_there(ours, phone):
    output("publish")
    talk, walk = phone.events()
    phone.move(talk.uid, HOUR)
    phone.delete(walk.uid)
    told = output("publish"), output("pull")
    kept = ours.load_plan(WEEK).occurrences

    assert (
        "2 changes there can still come back into the plan.\n",
        "2 changes came back into the plan.\n",
    ) == told
    assert [(a_span("Thu 21:00-22:00").start, False), (WALK.start, True)] == [
        (o.start, o.let_go) for o in kept
    ]


@pytest.mark.usefixtures("ours")
def test_pull_says_that_nothing_came_also_where_something_is_to_go_out():
    assert "Nothing new came from there.\n" == output("pull")


def test_both_versions_are_shown_and_left_alone_until_one_is_chosen(ours, phone):
    output("publish")
    phone.move(phone.events()[0].uid, HOUR)
    ours.change_plan(a_plan(), lambda plan: agreed_by_both(moved(plan)))
    before = ours.load_plan(WEEK)
    left = output("pull")

    assert [
        "One change on both sides still waits: say which one stays.",
        "",
        "Changed on both sides: which one stays?",
        "  Late talk",
        "    there: Thursday 26 November 21:00–22:00",
        "    here:  Wednesday 25 November 20:00–21:00",
    ] == left.splitlines()
    assert before == ours.load_plan(WEEK)


@pytest.mark.parametrize(
    ("side", "when"), [("--theirs", "Thu 21:00-22:00"), ("--ours", "Wed 20:00-21:00")]
)
def test_the_chosen_version_is_the_one_on_both_sides_in_the_end(ours, phone, side, when):
    output("publish")
    uid = phone.events()[0].uid
    phone.move(uid, HOUR)
    ours.change_plan(a_plan(), lambda plan: agreed_by_both(moved(plan)))
    output("pull", side)
    output("publish")

    assert a_span(when).start == talk_in(ours).start == phone.event(uid).start


def test_an_interruption_says_how_far_it_came_and_the_rest_follows(ours, account, line, phone):
    server = ours.load_servers()[Audience.SHARED]
    by_line = account.by_way_of(line.url)
    ours.save_server(Server(server.audience, account.url, account.user, by_line.us, "Us"))
    line.plan("PUT", cuts_before, nth=2)
    said = refusal("publish")
    rest = output("publish")

    assert said.endswith("1 of 2 are in your calendar; the rest follows when you publish again.")
    assert "One change went to “Us”.\n" == rest
    assert 2 == len(phone.events())


def test_without_a_keyring_the_password_is_read_from_standard_input(ours, account, no_keyring):
    del ours, no_keyring
    told = run("publish", typed=f"{account.password}\n")
    without = refusal("publish")

    assert (0, "2 changes went to “Us”.\n") == (told.exit_code, told.stdout)
    assert "No keyring keeps the password here: give it on standard input." == without


@pytest.mark.usefixtures("ours")
def test_a_password_that_is_not_taken_is_said_and_never_shown(no_keyring, caplog):
    del no_keyring
    caplog.set_level("DEBUG")
    said = refusal("pull", typed="not-the-one\n")

    assert "did not take this name and password" in said
    assert "not-the-one" not in said + caplog.text


@pytest.mark.usefixtures("empty")
def test_without_a_server_it_says_where_to_set_one_up():
    page = "set one up on the Calendars page of Leavewell."

    assert f"There is no calendar server for the calendar you share yet: {page}" == refusal("pull")
    assert f"There is no calendar server for Maya’s own calendar yet: {page}" == refusal(
        "publish", "--for", "maya"
    )


@pytest.mark.usefixtures("empty")
def test_nobody_else_is_published_for():
    assert "Nobody here is called “Ada”: say Maya, Jonas or shared." == refusal(
        "pull", "--for", "Ada"
    )

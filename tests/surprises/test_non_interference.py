"""Whatever lies in a drawer without a hint, all that is shared says the same, to the byte."""

import logging
import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from click.testing import CliRunner

from rituals.__main__ import commands
from rituals.calendars.outgoing import feeds
from rituals.model import local_time
from rituals.model.calendar import Audience, Feed
from rituals.model.household import ONE, TWO, Kind
from rituals.model.plan import Choice, standing
from rituals.model.time.formats import Paper
from rituals.model.time.span import Span
from rituals.planning import catalogue, scheduling
from rituals.security.encryption import Effort
from rituals.store import covers
from rituals.store.context import load_context
from rituals.surprises import drawers
from rituals.surprises import surprise as surprises
from rituals.surprises.surprise import Reveal, Surprise, new_surprise
from tests.support.notation import agreed_by_both, today_at_home

SECRETS = 50
PAGES = ((), ("--season",))
COMMANDS = (
    ("balance", "--csv"),
    ("weeks", "--csv"),
    ("plan",),
    ("plan", "--json"),
    ("busy", "list"),
    ("export", "-o", "-"),
    ("export", "--for", "two", "-o", "-"),
    ("check",),
    *(("print", *which, "--paper", paper, "-o", "-") for paper in Paper for which in PAGES),
)
CATALOGUE = catalogue.load(catalogue.SUGGESTED)
SECRET = [id for id, ritual in CATALOGUE.items() if ritual.secret]
HINT = "Keep Wednesday for me"
A_BREATH = timedelta(minutes=30)  # between two things
SAID_ONCE = 5  # of the secrets, after which the slow commands are compared as well


def a_secret(chance, now):
    """A surprise of any kind, hour and length in the weeks ahead, without a hint."""
    return Surprise(
        id=f"{chance.getrandbits(128):032x}",
        giver=ONE,
        title=chance.choice(["roses", "boat", "concert", "supper", "sauna"]) * chance.randint(1, 9),
        kind=chance.choice([Kind.TOGETHER, Kind.ALONE, Kind.OUT]),
        partner=chance.choice([ONE, TWO]),
        start=now + timedelta(minutes=15 * chance.randint(1, 3_000)),
        minutes=chance.choice([5, 15, 60, 240, 720]),
        ritual=chance.choice(["", *SECRET]),
        created=now,
        changed=now,
        way="w" * chance.randint(0, 80),
        shopping="s" * chance.randint(0, 2_000),
        reveal=chance.choice([Reveal.AFTER, Reveal.NEVER]),
        leaves=chance.random() < 0.5,
        every_weeks=chance.choice([0, 2, 52]),
    )


def shared(store, now, commands_too):
    """All that anybody but the giver can come by: feeds, and what commands say."""
    household = store.load_household()
    fed = {a: feeds.current_content(store, a, household, now).content for a in Audience}
    said = {**fed}
    for command in COMMANDS if commands_too else ():
        ran = CliRunner().invoke(commands, command)
        said[" ".join(command)] = (ran.exit_code, ran.stdout_bytes, ran.stderr_bytes)
    return said


def shared_bytes(store, now):
    """All that is shared, as bytes."""
    for each in shared(store, now, commands_too=True).values():
        yield each if isinstance(each, bytes) else each[1]


@pytest.fixture
def logged(caplog, capfd):
    """What the program said since it was last asked, in its log and on its two outputs."""
    caplog.set_level(logging.INFO)
    for loud in ("sqlalchemy", "alembic"):  # which the program keeps quiet as well
        caplog.set_level(logging.WARNING, loud)

    def since():
        said = [(each.name, each.levelname, each.getMessage()) for each in caplog.records]
        caplog.clear()
        return said, *capfd.readouterr()

    return since


def an_evening(store, key, one, now):
    """The giver puts a surprise into the drawer and opens it with a right and a wrong PIN."""

    def how(drawer):
        return surprises.with_surprise(drawer, one, now)

    drawers.change(store, ONE, key, how, store.load_household(), now)
    for pin in ("1234", "4321"):
        drawers.try_pin(store, ONE, pin, now)


@pytest.mark.parametrize(
    "day", [datetime(2026, 11, 22, 20, tzinfo=UTC), datetime(2026, 11, 25, 9, tzinfo=UTC)]
)
def test_a_secret_without_a_hint_changes_nothing_that_is_shared(filled, day, logged):
    chance = random.Random(20)  # noqa: S311
    with time_machine.travel(day, tick=False):
        for audience in Audience:
            filled.save_feed(Feed(audience, feeds.new_token()))
        shared(filled, day, commands_too=True)  # what is exported once is known from then on
        key = drawers.create(filled, ONE, "1234", "lemon fern", Effort(memory=8))
        logged()
        before = shared(filled, day, commands_too=True)
        said = logged()
        for number in range(SECRETS):
            revision = filled.revision()
            filled.changed.clear()
            an_evening(filled, key, a_secret(chance, day), day)

            assert (revision, False) == (filled.revision(), filled.changed.is_set())
            assert ([], "", "") == logged()
            in_full = number % (SECRETS // SAID_ONCE) == 0
            after = shared(filled, day, commands_too=in_full)

            assert {name: before[name] for name in after} == after
            assert (said if in_full else ([], "", "")) == logged()
        assert SECRETS == len(drawers.load(filled, ONE, key).lying)


def test_of_secrets_with_one_hint_all_that_is_shared_says_the_same(filled, logged):
    day = datetime(2026, 11, 22, 20, tzinfo=UTC)
    chance, evening = random.Random(21), day + timedelta(days=3)  # noqa: S311
    seen, household = [], filled.load_household()
    with time_machine.travel(day, tick=False):
        for audience in Audience:
            filled.save_feed(Feed(audience, feeds.new_token()))
        shared(filled, day, commands_too=True)
        key = drawers.create(filled, ONE, "1234", "lemon fern", Effort(memory=8))
        for _ in range(SAID_ONCE):
            secret = replace(a_secret(chance, day), id="one", line=HINT, start=evening)
            an_evening(filled, key, secret, day)
            logged()
            hints = covers.of_week(filled, surprises.week_of(secret, household), household)
            seen.append((hints, shared(filled, day, commands_too=True), logged()))

        assert [HINT] == [hint.line for hint in seen[0][0]]
        assert [seen[0]] * SAID_ONCE == seen


SUNDAYS = ("2026-11-22", "2026-12-06", "2027-01-17", "2027-03-28", "2027-05-30", "2027-10-31")


@pytest.fixture(params=SUNDAYS)
def sunday(request, clock):
    """The evening of one Sunday and of another, of which it is known what lies in their weeks."""
    evening = datetime.fromisoformat(f"{request.param}T20:00+00:00")
    clock.move_to(evening)
    return evening


@pytest.mark.parametrize("days", [1, 2, 3, 4, 5, 6])
def test_a_hint_moves_what_lay_where_it_lies_and_nothing_else(sunday, filled, days):
    day = sunday
    with time_machine.travel(day, tick=False):
        household = filled.load_household()
        key = drawers.create(filled, ONE, "1234", "lemon fern", Effort(memory=8))
        before = placed(filled, household, day)
        one = new_surprise(ONE, day + timedelta(days=days), day)
        an_evening(filled, key, replace(one, title="roses", line=HINT), day)
        after = placed(filled, household, day)
    kept_free = surprises.covered_span(one, household)
    beside = Span(kept_free.start - A_BREATH, kept_free.end + A_BREATH)
    moved = {id for id in {*before, *after} if before.get(id) != after.get(id)}

    assert [] == [id for id in moved if id not in before or not before[id].overlaps(beside)]
    assert [] == [id for id, span in after.items() if span.overlaps(kept_free)]


def placed(store, household, now):
    """When each of what is planned lies in the week to plan, placed as by the next edit."""
    week = local_time.week_to_plan(now.astimezone(household.tz).date(), household)
    rituals = catalogue.with_own(CATALOGUE, store.load_rituals())
    life = load_context(store, week, household, rituals)
    begun = store.load_plan(week)
    plan = store.change_plan(begun, lambda plan: scheduling.scheduled(plan, life, now))
    return {o.id: Span(o.start, o.end) for o in standing(plan)}


def test_a_secret_that_is_chosen_is_in_nothing_that_is_shared(filled):
    day, household = datetime.now(UTC), filled.load_household()
    week = local_time.week_to_plan(today_at_home(), household)
    chosen = tuple(Choice(id, partner, 3) for id in SECRET for partner in (ONE, TWO))

    def with_secrets(plan):
        others = (c for c in plan.choices if c.ritual not in SECRET)
        return replace(plan, choices=(*others, *chosen))

    for audience in Audience:
        filled.save_feed(Feed(audience, feeds.new_token()))
    filled.change_plan(filled.load_plan(week), with_secrets)
    ran = [CliRunner().invoke(commands, ("place", *more)) for more in ((), ("--json",))]
    filled.change_plan(filled.load_plan(week), agreed_by_both)
    made = [*(each.stdout_bytes for each in ran), *shared_bytes(filled, day)]
    titles = {CATALOGUE[id].title.encode() for id in SECRET}
    ideas = {way.encode() for id in SECRET for way in CATALOGUE[id].ways}

    assert [0, 0] == [each.exit_code for each in ran]
    assert [] == [mark for mark in titles | ideas if any(mark in each for each in made)]

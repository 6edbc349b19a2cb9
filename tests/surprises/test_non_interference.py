"""Whatever lies in a drawer without a hint, all that is shared says the same, to the byte."""

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
from rituals.model.plan import Choice
from rituals.planning import catalogue
from rituals.security.encryption import Effort
from rituals.surprises import drawers
from rituals.surprises import surprise as surprises
from rituals.surprises.surprise import Reveal, Surprise
from tests.support.notation import agreed_by_both, today_at_home

SECRETS = 50
COMMANDS = (
    ("balance", "--csv"),
    ("weeks", "--csv"),
    ("plan",),
    ("plan", "--json"),
    ("busy", "list"),
    ("export", "-o", "-"),
    ("export", "--for", "two", "-o", "-"),
    ("check",),
)
CATALOGUE = catalogue.load(catalogue.SUGGESTED)
SECRET = [id for id, ritual in CATALOGUE.items() if ritual.secret]
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


@pytest.mark.parametrize(
    "day", [datetime(2026, 11, 22, 20, tzinfo=UTC), datetime(2026, 11, 25, 9, tzinfo=UTC)]
)
def test_a_secret_without_a_hint_changes_nothing_that_is_shared(filled, day):
    chance = random.Random(20)  # noqa: S311
    with time_machine.travel(day, tick=False):
        for audience in Audience:
            filled.save_feed(Feed(audience, feeds.new_token()))
        household = filled.load_household()
        shared(filled, day, commands_too=True)  # what is exported once is known from then on
        before = shared(filled, day, commands_too=True)
        key = drawers.create(filled, ONE, "1234", "lemon fern", Effort(memory=8))
        for number in range(SECRETS):
            one = a_secret(chance, day)

            def how(drawer, one=one):
                return surprises.with_surprise(drawer, one, day)

            revision = filled.revision()
            filled.changed.clear()
            drawers.change(filled, ONE, key, how, household, day)
            drawers.try_pin(filled, ONE, chance.choice(["1234", "4321"]), day)

            assert (revision, False) == (filled.revision(), filled.changed.is_set())
            after = shared(filled, day, commands_too=number % (SECRETS // SAID_ONCE) == 0)

            assert {name: before[name] for name in after} == after
        assert SECRETS == len(drawers.load(filled, ONE, key).lying)


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

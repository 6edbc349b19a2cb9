"""A week that several tests of planning look at."""

import pytest

from rituals.model.context import PlanningContext
from rituals.model.household import ONE
from rituals.model.plan import Choice, Plan
from rituals.planning import catalogue, scheduling
from tests.support.notation import WEEK, a_household, an_instant, hours_of


@pytest.fixture(scope="session")
def full():
    """A week full of the catalogue's rituals, as placed for two with children."""
    rituals = catalogue.load(catalogue.SUGGESTED)
    home = a_household(hours=hours_of("Mon-Fri 09:00-17:00", "Mon-Thu 08:00-16:00"))
    usual = [r for r in rituals.values() if r.ages is None][:26]
    picked = tuple(Choice(r.id, ONE if r.takes_part != "both" else None, 1) for r in usual)
    life = PlanningContext(home, rituals)
    sunday = an_instant("Sun 20:00", WEEK - 1)
    return scheduling.scheduled(Plan(WEEK, choices=picked), life, sunday), life

"""The kinds of sentences a couple put aside, in words, and the way back."""

from __future__ import annotations

import sqlalchemy as sa

from rituals.storage import Store
from rituals.tables import ASIDE

IN_WORDS = {  # the rules of rituals.observing
    "first_after_grace": "What came first after a time of grace",
    "came_back": "A ritual that came back after weeks of rest",
    "something_new": "A ritual that was there for the first time",
    "keeps_happening": "Something that keeps happening by itself",
    "part_of_a_day_together": "A part of a day that was yours together again and again",
    "together_unplanned": "Time together that nobody had planned",
    "more_together": "A week of the last three months beside the three before",
    "whenever_planned": "A ritual that happened whenever it was in the plan",
    "calmest_evening": "The quietest evening of your weeks",
}


def bring_back(store: Store, rule: str) -> None:
    """Lets sentences of a rule be said again."""
    with store.writing() as at:
        at.execute(sa.delete(ASIDE).where(ASIDE.c.rule == rule))

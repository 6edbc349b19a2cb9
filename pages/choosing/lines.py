"""Parts of a line about a ritual: its title with its colour, its button, and what it is."""

from __future__ import annotations

from pages.ui import markdown
from rituals.model.household import Household, Kind, Shade, Tone
from rituals.model.plan import Plan
from rituals.model.ritual import Ritual
from rituals.planning.choices import suggestions


def title(ritual: Ritual, household: Household) -> str:
    """Its title after a dot in the colour of what its time counts for."""
    return f"{markdown.dot(_tone(ritual, household))} {markdown.plain(ritual.title)}"


def strong_title(ritual: Ritual, household: Household) -> str:
    """A ritual's title in strong letters after its dot, for a line that holds more."""
    return f"{markdown.dot(_tone(ritual, household))} **{markdown.plain(ritual.title)}**"


def what_it_is(ritual: Ritual, plan: Plan) -> str:
    """One line on a ritual: its own sentence, or else this week's idea, unless that is secret."""
    if ritual.secret:
        return markdown.plain(ritual.what)
    return markdown.plain(ritual.what or suggestions.way(ritual, plan.week, 1))


def only_read(ritual: Ritual) -> str:
    """Its title in the label of what stands beside it: read aloud, as the look has it."""
    return f"**{markdown.plain(ritual.title)}**"


def _tone(ritual: Ritual, household: Household) -> Tone:
    if ritual.kind is not Kind.TOGETHER or not household.children:
        return ritual.kind
    return Shade.ALL_OF_US if ritual.with_children else Shade.TWO_OF_US

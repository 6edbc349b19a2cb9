"""User text escaped for Streamlit's markdown, and the colours of the kinds in it."""

from __future__ import annotations

import re

from rituals.model import wording
from rituals.model.household import Household, Kind
from rituals.text import bidi_isolated

MARKUP = re.compile(r"[\\`*_\[\]<>$~:#&@|^={}!]")
# Links, icons and arrows are found in the text after escapes are resolved.
MEANT_TOGETHER = re.compile(r"(?<=:)(?=//|material/)|(?<=www)(?=\.)|(?<=[-<=>~])(?=[-=>])")
WORD_JOINER = "\u2060"
NO_BREAK = "\u00a0"
LIST_MARK = re.compile(r"^(\d*)([-+.)])")
COLOURS = {
    Kind.TOGETHER: "gray",
    Kind.ALONE: "green",
    Kind.SOLO: "orange",
    Kind.OUT: "violet",
}  # names under which .streamlit/config.toml holds the kinds' own colours


def plain(text: str) -> str:
    """User text, escaped so that Streamlit's markdown shows it as it is.

    Only what markdown would take for its own is escaped: a label is also read aloud, as written.
    """
    joined = MEANT_TOGETHER.sub(WORD_JOINER, bidi_isolated(text))
    escaped = MARKUP.sub(r"\\\g<0>", joined)
    return LIST_MARK.sub(r"\1\\\2", escaped)


def spoken(text: str) -> str:
    """User text for a label that is only read aloud: without markdown's characters."""
    return MARKUP.sub("", MEANT_TOGETHER.sub(WORD_JOINER, bidi_isolated(text)))


def dot(kind: Kind) -> str:
    """A dot in a kind's colour, for labels in markdown."""
    return f":{COLOURS[kind]}[●]"


def legend(household: Household) -> str:
    """The kinds and their colours, in markdown."""
    kinds = household.kinds()
    names = (wording.KINDS[kind].replace(" ", NO_BREAK) for kind in kinds)
    return f"{NO_BREAK} ".join(
        f"{dot(kind)}{NO_BREAK}{name}" for kind, name in zip(kinds, names, strict=True)
    )


def sentence(word: str) -> str:
    """A week of grace in a few words."""
    return f"A week of grace · {plain(word)}." if word else "A week of grace."

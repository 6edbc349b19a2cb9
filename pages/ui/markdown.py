"""User text escaped for Streamlit's markdown, and the colours of the kinds in it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from rituals.model import wording
from rituals.model.household import Household, Kind, Shade, Tone
from rituals.text import bidi_isolated

MARKUP = re.compile(r"[\\`*_\[\]<>$~:#&@|^={}!]")
# Links, addresses, icons and arrows are found in the text after escapes are resolved.
MEANT_TOGETHER = re.compile(
    r"(?<=:)(?=//|material/)|(?<=www)(?=\.)|(?<=\S)(?=@)|(?<=[-<=>~])(?=[-=>])"
)
WORD_JOINER = "\u2060"
NO_BREAK = "\u00a0"
LIST_MARK = re.compile(r"^(\d*)([-+.)])")
COLOURS: Mapping[Tone, str] = {
    Kind.TOGETHER: "gray",
    Shade.TWO_OF_US: "gray",
    Shade.ALL_OF_US: "red",
    Kind.ALONE: "green",
    Kind.SOLO: "orange",
    Kind.OUT: "violet",
}  # names under which .streamlit/config.toml holds our own colours


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


def dot(tone: Tone) -> str:
    """A dot in the colour of a kind or a shade, for labels in markdown."""
    return f":{COLOURS[tone]}[●]"


def legend(household: Household) -> str:
    """The kinds and their colours, in markdown; together by its shades where it has any."""
    names = {tone: wording.TONES[tone].replace(" ", NO_BREAK) for tone in household.tones()}
    return f"{NO_BREAK} ".join(f"{dot(tone)}{NO_BREAK}{name}" for tone, name in names.items())


def sentence(word: str) -> str:
    """A week of grace in a few words."""
    return f"A week off · {plain(word)}." if word else "A week off."

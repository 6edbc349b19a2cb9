"""One line in the order in which it is seen: what runs which way, and which marks a letter has."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

from rituals.text import has_right_to_left

UNPRINTABLE = {"Cf", "Cc", "Cs", "Co", "Cn"}  # what steers a text, and what nobody defined
STANDS_FOR_NONE = "\ufffd"  # what another program has put where it could not read a letter
JOINERS = "\u200c\u200d"  # letters of Persian and Hindi, and the parts of an emoji, need them
JOINS = JOINERS[1]
LEFT_TO_RIGHT, RIGHT_TO_LEFT, BY_ITS_LETTERS, CLOSES = "\u2066", "\u2067", "\u2068", "\u2069"
ISOLATES = (LEFT_TO_RIGHT, RIGHT_TO_LEFT, BY_ITS_LETTERS, CLOSES)
SKINS = range(0x1F3FB, 0x1F400)
HALVES_OF_FLAGS = range(0x1F1E6, 0x1F200)


class Stretch(NamedTuple):
    """Part of a line that runs one way."""

    text: str
    right_to_left: bool


def cleaned(text: str) -> str:
    """Text on one line, with nothing in it that cannot be printed; isolates stay."""
    composed = unicodedata.normalize("NFC", " ".join(text.split()))
    return "".join(c for c in composed if c in JOINERS or c in ISOLATES or _is_printable(c))


def stretches(line: str) -> Sequence[Stretch]:
    """Stretches of a line from left to right; as a page is in English, so is the line's way."""
    if not has_right_to_left(line):
        return [Stretch(_without_isolates(line), right_to_left=False)]
    levels = _levels(line)
    runs = [
        (level, "".join(line[place] for place in places))
        for level, places in groupby(range(len(line)), levels.__getitem__)
    ]
    for least in range(max(levels), 0, -1):
        runs = _reversed_from(least, runs)
    return [Stretch(_without_isolates(run), level % 2 == 1) for level, run in runs]


def letters(text: str) -> Sequence[str]:
    """Letters of a text, each with the marks and joiners that belong to it."""
    found: list[str] = []
    for c in text:
        if found and _belongs(c, found[-1]):
            found[-1] += c
        else:
            found.append(c)
    return found


def reopened(lines: Sequence[str]) -> tuple[str, ...]:
    """Lines of a text that was cut; an isolate that goes over an end goes on behind it."""
    found, opens = list[str](), ""
    for line in lines:
        found.append(opens + line)
        opens = _left_open(found[-1])
    return tuple(found)


def _is_printable(character: str) -> bool:
    return character != STANDS_FOR_NONE and unicodedata.category(character) not in UNPRINTABLE


def _without_isolates(text: str) -> str:
    return "".join(c for c in text if c not in ISOLATES)


def _levels(line: str) -> Sequence[int]:
    """Depth of each character: odd for those that run from right to left."""
    from fpdf.bidi import BidiParagraph
    from fpdf.enums import TextDirection

    known = BidiParagraph(line, TextDirection.LTR).get_characters_with_embedding_level()
    at = {character.character_index: character.embedding_level for character in known}
    levels: list[int] = []
    for place in range(len(line)):  # a joiner has no depth of its own
        levels.append(at.get(place, levels[-1] if levels else 0))
    return levels


def _reversed_from(least: int, runs: Sequence[tuple[int, str]]) -> list[tuple[int, str]]:
    """Runs in which those of this depth and deeper that lie side by side change places."""
    found: list[tuple[int, str]] = []
    for is_deep, group in groupby(runs, lambda run: run[0] >= least):
        side_by_side = list(group)
        found += reversed(side_by_side) if is_deep else side_by_side
    return found


def _belongs(character: str, letter: str) -> bool:
    is_mark = unicodedata.category(character)[0] == "M" or character in JOINERS
    is_flag = ord(character) in HALVES_OF_FLAGS and ord(letter[0]) in HALVES_OF_FLAGS
    return (
        is_mark
        or ord(character) in SKINS
        or letter.endswith(JOINS)
        or (is_flag and len(letter) == 1)
    )


def _left_open(line: str) -> str:
    """The mark that opens again what a line leaves open; "" if it leaves nothing open."""
    from fpdf.bidi import auto_detect_base_direction
    from fpdf.enums import TextDirection

    place = max((line.rfind(opens) for opens in ISOLATES[:3]), default=-1)
    if place <= line.rfind(CLOSES):
        return ""
    if line[place] != BY_ITS_LETTERS:
        return line[place]
    is_left_to_right = auto_detect_base_direction(line[place + 1 :]) is TextDirection.LTR
    return LEFT_TO_RIGHT if is_left_to_right else RIGHT_TO_LEFT

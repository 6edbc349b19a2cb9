"""Text that people wrote, cleaned for files and shortened for sentences that quote it."""

from __future__ import annotations

import unicodedata

MOST_LETTERS = 60  # of what is quoted: enough to know it again
LONGEST_TITLE = 120  # letters of a title, a name or a line, as the store holds it
LONGEST_SENTENCE = 400  # letters: a path may be long, and a terminal is 80 wide
FROM_THE_RIGHT = {"R", "AL", "AN"}
TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")  # a line around
NOT_STORED = dict.fromkeys(map(ord, {"\0", *TURNING}))


def quoted(text: str) -> str:
    """Text shortened and printable, for a sentence that quotes it."""
    return _shortened(_printable(text), MOST_LETTERS)


def for_terminal(text: str) -> str:
    """A sentence for a terminal, whatever was quoted in it."""
    return _shortened(_printable(text), LONGEST_SENTENCE)


def _printable(text: str) -> str:
    """Without what moves a cursor, turns a line around or is no letter at all."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _shortened(text: str, most: int) -> str:
    if len(text) <= most:
        return text
    end = most // 3
    return f"{text[: most - end - 1]}…{text[-end:]}"


def has_right_to_left(text: str) -> bool:
    """True where a letter runs from right to left, as in Hebrew and Arabic."""
    letters = "" if text.isascii() else text  # most texts are, and a page has hundreds
    return any(unicodedata.bidirectional(letter) in FROM_THE_RIGHT for letter in letters)


def cleaned(written: str) -> str:
    """Text without the control characters that no file should be given."""
    if written.isprintable():
        return written.strip()
    kept = (c for c in written.replace("\r\n", "\n") if c in "\n\t" or not _is_harmful(c))
    return "".join(kept).strip()  # libical strips too: what is written is what is read


def without_turning(text: str) -> str:
    """Text without NUL, which PostgreSQL refuses, and without marks that turn a line around."""
    return text.translate(NOT_STORED)


def single_line(written: str) -> str:
    """Cleaned text on one line, its white space collapsed."""
    return " ".join(cleaned(written).split())


def bidi_isolated(written: str) -> str:
    """One cleaned line in a Unicode isolate where a letter of it runs from right to left."""
    shown = single_line(written)
    return f"\u2068{shown}\u2069" if has_right_to_left(shown) else shown


def _is_harmful(character: str) -> bool:
    return character in TURNING or unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"}

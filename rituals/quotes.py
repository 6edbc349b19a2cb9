"""What somebody wrote, inside a sentence of ours: on one line, short, and nothing but letters."""

from __future__ import annotations

MOST_LETTERS = 60  # of what is quoted: enough to know it again
LONGEST_SENTENCE = 400  # letters: a path may be long, and a terminal is 80 wide


def quoted(text: str) -> str:
    """What was written, short, for a sentence that quotes it."""
    return _shortened(_printable(text), MOST_LETTERS)


def sentence(text: str) -> str:
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

"""Where in its hours a ritual would rather lie, as it is written."""

from datetime import time

import pytest

from rituals.model.time.lean import Lean, read_lean, write_lean
from rituals.model.time.window import NotationError


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("start", Lean.START),
        ("middle", Lean.MIDDLE),
        ("end", Lean.END),
        ("19:30", time(19, 30)),
        ("00:00", time(0)),
    ],
)
def test_a_lean_is_read_and_written_alike(text, expected):
    assert expected == read_lean(text)
    assert text == write_lean(expected)


@pytest.mark.parametrize("text", ["", "late", "bedtime", "7:30", "24:00", "19:30:00", "End"])
def test_any_other_text_is_quoted(text):
    expected = (
        f"“{text}” is no part of a ritual’s hours; "
        "write start, middle, end, or an hour like “19:30”."
    )
    with pytest.raises(NotationError) as refused:
        read_lean(text)

    assert expected == str(refused.value)

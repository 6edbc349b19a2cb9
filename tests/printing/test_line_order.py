import pytest

from rituals.printing import line_order

FAMILY = "👨\u200d👩\u200d👧"


def seen(line: str) -> str:
    """A line as it is seen from left to right."""
    stretches = line_order.stretches(line)
    return "".join(s.text[::-1] if s.right_to_left else s.text for s in stretches)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Late talk", "Late talk"),
        ("אבג", "גבא"),
        ("Maya: אבג", "Maya: גבא"),
        ("Maya: \u2068אב Jonas\u2069", "Maya: Jonas בא"),
        ("\u2068אב\u2069: \u2068גד!\u2069", "בא: !דג"),
        ("\u2068אב\u2069 and \u2068גד\u2069 · 23 to 29", "בא and דג · 23 to 29"),
        ("\u2068אב 20 גד\u2069", "דג 20 בא"),
        ("אב 20 גד", "דג 20 בא"),
        ("مى\u200cخ", "خ\u200cىم"),
    ],
)
def test_a_line_is_in_the_order_in_which_it_is_seen(line: str, expected: str) -> None:
    assert expected == seen(line)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("  Late \n talk ", "Late talk"),
        ("Cafe\u0301", "Café"),
        ("\u202eabc\u202c", "abc"),
        ("a\x00b\ufffdc\ue000", "abc"),
        ("\u2068م\u200c\u2069", "\u2068م\u200c\u2069"),
    ],
)
def test_what_cannot_be_printed_is_left_out_of_a_line(text: str, expected: str) -> None:
    assert expected == line_order.cleaned(text)


@pytest.mark.parametrize(
    "letters",
    [["a", "b"], ["हि", "न्", "दी"], [FAMILY, "🎉"], ["👍🏽", "❤️"], ["🇩🇪", "🇯🇵"], ["مُ", "ح"]],
)
def test_a_letter_keeps_its_marks(letters: list[str]) -> None:
    assert letters == line_order.letters("".join(letters))


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["ab", "cd"], ("ab", "cd")),
        (["a \u2068אב", "cd\u2069"], ("a \u2068אב", "\u2067cd\u2069")),
        (["\u2068ab", "אב", "גד\u2069"], ("\u2068ab", "\u2066אב", "\u2066גד\u2069")),
        (["\u2068אב\u2069:", "ab"], ("\u2068אב\u2069:", "ab")),
    ],
)
def test_what_runs_one_way_does_so_behind_the_end_of_a_line(
    lines: list[str], expected: tuple[str, ...]
) -> None:
    assert expected == line_order.reopened(lines)

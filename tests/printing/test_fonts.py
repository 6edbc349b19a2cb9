from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fpdf import FPDF

from rituals.printing import fonts
from rituals.printing.fonts import FontSet, Typeface


def a_font(file: Path, letters: str, may_be_embedded: int = 0) -> Path:
    """A font in which every one of these letters is a box."""
    names = {ord(letter): f"box{n}" for n, letter in enumerate(letters)}
    pen = TTGlyphPen(None)
    for corner in ((0, 0), (0, 700), (500, 700), (500, 0)):
        (pen.moveTo if corner == (0, 0) else pen.lineTo)(corner)
    pen.closePath()
    box = pen.glyph()
    order = [".notdef", *names.values()]
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(order)
    builder.setupCharacterMap(names)
    builder.setupGlyf(dict.fromkeys(order, box))
    builder.setupHorizontalMetrics(dict.fromkeys(order, (600, 0)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": file.stem, "styleName": "Regular"})
    builder.setupOS2(fsType=may_be_embedded)
    builder.setupPost()
    builder.save(file)
    return file


Of = Callable[..., FontSet]


@pytest.fixture
def letters() -> Iterator[Of]:
    """The letters of a document; finished, it lets go of its fonts."""
    begun = []

    def of(text: str, *folders: Path) -> FontSet:
        begun.append(FPDF())
        begun[-1].add_page()
        return FontSet(begun[-1], [text], folders)

    yield of
    for pdf in begun:
        pdf.output()


def width(letters: Of, text: str, *folders: Path) -> float:
    """What a text takes on paper, in millimetres at ten points."""
    return letters(text, *folders).width(text, Typeface.TEXT, 10)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Late talk", "Late talk"),
        ("  Late \n talk ", "Late talk"),
        ("Cafe\u0301", "Café"),
        ("אבג", "גבא"),
        ("Maya: אבג", "Maya: גבא"),
        ("אב (גד)", "(דג) בא"),
        ("\u202eabc\u202c", "abc"),
        ("a\x00b\ufffdc\ue000", "abc"),
        ("ببب", "\ufe90\ufe92\ufe91"),
        ("دب", "\ufe8f\ufea9"),
    ],
)
def test_a_line_is_in_the_order_in_which_it_is_seen(text: str, expected: str) -> None:
    assert expected == fonts.visual_order(text)


def test_our_letters_need_no_other_font(letters: Of) -> None:
    assert all(letters(text).can_print(text) for text in ("Straße", "Žofie", "Ужин", "Đêm hẹn hò"))


def test_a_letter_that_nobody_has_is_left_out(letters: Of) -> None:
    assert width(letters, "Walk") == width(letters, "夜Walk")
    assert not letters("夜").can_print("夜")


def test_a_letter_that_is_left_out_leaves_no_hole(letters: Of) -> None:
    assert width(letters, "The walk") == width(letters, "夜 The 夜 walk")


def test_a_letter_that_ours_lack_comes_from_another_font(letters: Of, tmp_path: Path) -> None:
    a_font(tmp_path / "Other.ttf", "夜")

    assert letters("夜", tmp_path).can_print("夜")
    assert pytest.approx(width(letters, "Walk") + 0.6 * 10 / 72 * 25.4) == width(
        letters, "Walk夜", tmp_path
    )


def test_fonts_for_plain_text_come_first(tmp_path: Path) -> None:
    for name in ("AAA-BoldItalic.ttf", "DejaVuSans.ttf", "Some-Regular.ttf"):
        a_font(tmp_path / name, "夜")

    assert [file.name for file in fonts._files((tmp_path,))] == [
        "DejaVuSans.ttf",
        "Some-Regular.ttf",
        "AAA-BoldItalic.ttf",
    ]


def test_a_font_that_may_not_be_embedded_lends_nothing(letters: Of, tmp_path: Path) -> None:
    a_font(tmp_path / "Ours alone.ttf", "夜", may_be_embedded=0x2)

    assert not letters("夜", tmp_path).can_print("夜")


def test_a_file_that_is_no_font_is_passed_over(letters: Of, tmp_path: Path) -> None:
    (tmp_path / "A.ttf").write_bytes(b"")
    (tmp_path / "B.ttf").write_bytes(b"not a font at all" * 99)
    whole = a_font(tmp_path / "D.ttf", "夜").read_bytes()
    (tmp_path / "C.ttf").write_bytes(whole[: len(whole) * 3 // 4])

    assert fonts._letters_of(tmp_path / "C.ttf") == frozenset()
    assert letters("夜", tmp_path).can_print("夜")


def test_a_folder_that_is_not_there_lends_nothing(letters: Of, tmp_path: Path) -> None:
    assert not letters("夜", tmp_path / "nowhere").can_print("夜")


@pytest.mark.parametrize(
    "text",
    ["one", "one two three four five", "a" * 400, "", "one " + "b" * 90 + " two", "אבג " * 30],
)
@pytest.mark.parametrize("most", [1, 2, 5])
def test_every_line_has_room(letters: Of, text: str, most: int) -> None:
    there = letters(text + fonts.ELLIPSIS)
    lines = there.lines(text, Typeface.BOLD, 11, 30, most)

    assert len(lines) <= most
    assert all(there.width(line, Typeface.BOLD, 11) <= 30 for line in lines)


def test_lines_hold_the_whole_text_where_it_has_room(letters: Of) -> None:
    text = "One small lamp, and no phone on the table"
    lines = letters(text).lines(text, Typeface.TEXT, 10, 30, 9)

    assert len(lines) > 1
    assert text == " ".join(lines)


def test_lines_end_in_three_dots_where_a_text_has_no_room(letters: Of) -> None:
    text = "One small lamp, and no phone on the table"
    (line,) = letters(text).lines(text, Typeface.TEXT, 10, 30, 1)

    assert line.endswith("…")
    assert text.startswith(line[:-1])

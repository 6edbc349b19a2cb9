from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import uharfbuzz
from fontTools.ttLib import TTFont

from rituals.printing import lettering
from rituals.printing.document import Document
from rituals.printing.fonts import BUNDLED, Typeface
from rituals.printing.lettering import Lettering
from tests.printing.test_fonts import a_font
from tests.support import paper

Of = Callable[..., Lettering]
FAMILY = "👩\u200d❤️\u200d👨"


@pytest.fixture
def letters() -> Iterator[Of]:
    """The letters of a document; finished, it lets go of its fonts."""
    begun = []

    def of(text: str, *folders: Path) -> Lettering:
        begun.append(Document())
        begun[-1].add_page()
        return Lettering(begun[-1], [text], folders)

    yield of
    for pdf in begun:
        pdf.output()


def width(letters: Of, text: str, *folders: Path) -> float:
    """What a text takes on paper, in millimetres at ten points."""
    return letters(text, *folders).width(text, Typeface.TEXT, 10)


def printed(text: str, face: Typeface = Typeface.TEXT) -> list[str]:
    """Names of the glyphs of a line, read back from its page."""
    pdf = Document()
    pdf.add_page()
    Lettering(pdf, [text]).write(20, 20, text, face, 12)
    return paper.glyphs(bytes(pdf.output()))


def shaped(font: str, text: str) -> list[str]:
    """Names of the glyphs that HarfBuzz makes of a text in one font by itself."""
    file = BUNDLED / f"{font}.ttf"
    buffer = uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    uharfbuzz.shape(uharfbuzz.Font(uharfbuzz.Face(file.read_bytes())), buffer)
    with TTFont(file) as known:
        names = [known.getGlyphName(info.codepoint) for info in buffer.glyph_infos]
        return [paper.glyph_name(known, name) for name in names]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Walk", ["W", "a", "l", "k"]),
        ("אבג", ["uni05D2", "uni05D1", "uni05D0"]),
        ("אב (ג)", ["parenleft", "uni05D2", "parenright", "space", "uni05D1", "uni05D0"]),
        ("א 20 ב", ["uni05D1", "space", "two", "zero", "space", "uni05D0"]),
        ("سلام", ["uni0645", "uni0627.fina.rlig.2", "uni0644.medi.rlig", "uni0633.init"]),
        ("हिन्दी", ["uni093F.03", "uni0939", "uni0928094D", "uni0926", "uni0940"]),
    ],
)
def test_a_line_is_printed_in_joined_glyphs_from_left_to_right(
    text: str, expected: list[str]
) -> None:
    assert expected == printed(text)


@pytest.mark.parametrize(
    ("font", "text"),
    [
        ("NotoSansHebrew-Regular", "שָׁלוֹם"),
        ("NotoSansArabic-Regular", "مُحَمَّد"),
        ("NotoSansArabic-Regular", "می\u200cخواهم"),
        ("NotoSansDevanagari-Regular", "क्षत्रिय"),
        ("NotoSansDevanagari-Regular", "प्रार्थना"),
        ("NotoEmoji-Regular", FAMILY),
        ("NotoEmoji-Regular", "🇩🇪🎉👍🏽1️⃣"),
    ],
)
def test_what_belongs_together_is_shaped_together(font: str, text: str) -> None:
    assert shaped(font, text) == printed(text)


def test_each_part_of_a_line_runs_its_own_way() -> None:
    hebrew, arabic = shaped("NotoSansHebrew-Bold", "רות"), shaped("NotoSansArabic-Bold", "فاطمة")

    assert [*hebrew, "colon", "space", *arabic, "space", "O", "K"] == printed(
        "\u2068רות\u2069: \u2068فاطمة\u2069 OK", Typeface.BOLD
    )


@pytest.mark.parametrize("text", ["\u200cאב", "\u200d אב", "\u200c\u200dאב"])
def test_what_joins_nothing_is_left_out(text: str) -> None:
    assert printed("אב") == [glyph for glyph in printed(text) if glyph != "space"]


def test_bold_letters_are_bold_in_every_script(letters: Of) -> None:
    for text in ("אבג", "سلام", "हिन्दी"):
        there = letters(text)
        assert there.width(text, Typeface.TEXT, 10) != there.width(text, Typeface.BOLD, 10)


def test_what_looks_like_the_number_of_pages_is_a_title() -> None:
    assert ["braceleft", "n", "b", "braceright"] == printed("{nb}")


def test_these_letters_need_no_other_font(letters: Of) -> None:
    assert all(
        letters(text).can_print(text) for text in ("🎉", "Straße", "Žofie", "Ужин", "Đêm hẹn hò")
    )


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


def test_a_font_that_may_not_be_embedded_lends_nothing(letters: Of, tmp_path: Path) -> None:
    a_font(tmp_path / "Ours alone.ttf", "夜", may_be_embedded=0x2)

    assert not letters("夜", tmp_path).can_print("夜")


def test_a_file_that_is_no_font_is_passed_over(letters: Of, tmp_path: Path) -> None:
    (tmp_path / "A.ttf").write_bytes(b"")
    (tmp_path / "B.ttf").write_bytes(b"not a font at all" * 99)
    whole = a_font(tmp_path / "D.ttf", "夜").read_bytes()
    (tmp_path / "C.ttf").write_bytes(whole[: len(whole) * 3 // 4])

    assert letters("夜", tmp_path).can_print("夜")


def test_a_folder_that_is_not_there_lends_nothing(letters: Of, tmp_path: Path) -> None:
    assert not letters("夜", tmp_path / "nowhere").can_print("夜")


@pytest.mark.parametrize(
    "text",
    ["one", "one two three four five", "a" * 400, "", "one " + "b" * 90 + " two", "אבג " * 30],
)
@pytest.mark.parametrize("most", [1, 2, 5])
def test_every_line_has_room(letters: Of, text: str, most: int) -> None:
    there = letters(text + lettering.ELLIPSIS)
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

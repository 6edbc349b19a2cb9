from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

from rituals.printing import fonts
from rituals.printing.fonts import Typeface


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


def test_fonts_for_plain_text_come_first(tmp_path: Path) -> None:
    for name in ("AAA-BoldItalic.ttf", "DejaVuSans.ttf", "Some-Regular.ttf"):
        a_font(tmp_path / name, "夜")

    assert [file.name for file in fonts._files((tmp_path,))] == [
        "DejaVuSans.ttf",
        "Some-Regular.ttf",
        "AAA-BoldItalic.ttf",
    ]


def test_half_a_font_has_no_letters(tmp_path: Path) -> None:
    whole = a_font(tmp_path / "D.ttf", "夜").read_bytes()
    (tmp_path / "C.ttf").write_bytes(whole[: len(whole) * 3 // 4])

    assert {"夜"} == fonts.letters_of(tmp_path / "D.ttf")
    assert frozenset() == fonts.letters_of(tmp_path / "C.ttf")


def test_every_font_of_ours_is_bundled_with_those_beside_it() -> None:
    files = {file for face in Typeface for file in (fonts.bundled(face), *fonts.fallbacks(face))}

    assert files == set(fonts.BUNDLED.glob("*.ttf"))

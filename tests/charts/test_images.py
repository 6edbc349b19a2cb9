"""Charts as pictures: whole in one file, light on white, in our own letters."""

import struct
from xml.etree import ElementTree

import pytest

from rituals.charts import images, overviews, theme, weeks
from rituals.insights import balance, trends
from rituals.insights.ritual_history import Dot
from rituals.insights.weekday_hours import WeekdayCell
from rituals.model import wording
from rituals.model.household import Kind
from tests.support.notation import a_household

LABELS = ("16 Nov 2026", "23 Nov 2026")
TONES = a_household().tones()
BARS = [balance.Bar("16 Nov 2026", "alone", 1, 1.5, "lived", "", tone=Kind.ALONE)]
SVG = "{http://www.w3.org/2000/svg}"


def pages():
    yield weeks.weeks(LABELS, TONES, theme.PRINT), {"bars": BARS, "gaps": []}
    sides = [trends.Side("alone", "Alone", "Maya", 2.0, -2.0, "", "2 h", is_left=True)]
    ends = trends.scale_ends(sides, a_household())
    yield overviews.two_of_us(("Alone",), theme.PRINT), {"sides": sides, "ends": ends}
    yield (
        overviews.rhythm(("Monday",), theme.PRINT),
        {"cells": [WeekdayCell("Monday", "Morning", 1, "")]},
    )
    dots = [Dot("16 Nov 2026", "Late talk", "together", 2, "")]
    yield overviews.rituals(("Late talk",), LABELS, theme.PRINT), {"dots": dots}
    yield overviews.year(("2026",), theme.PRINT), {"cells": []}
    one = weeks.strand(Kind.ALONE, LABELS, theme.PRINT, "a")
    yield images.vertical_concat([("Maya, alone", one)]), {"a": []}


def read(drawn):
    return ElementTree.fromstring(drawn)  # noqa: S314 - drawn by us


def texts(drawn):
    return [text.text for text in read(drawn).iter(f"{SVG}text")]


@pytest.mark.parametrize(("grammar", "data"), list(pages()))
def test_every_chart_becomes_a_picture_of_both_sorts(grammar, data):
    svg = images.svg(grammar, data, "Our weeks")
    png = images.png(grammar, data, "Our weeks")
    wide, high = struct.unpack(">II", png[16:24])

    assert "Our weeks" in texts(svg)
    assert png.startswith(b"\x89PNG")
    assert wide >= images.WIDTH * images.FINE
    assert high > 100


def test_under_its_title_a_picture_says_its_weeks_and_how_it_is_read():
    grammar, data = next(pages())
    long = "word " * 40
    there = "".join(read(images.svg(grammar, data, "Our weeks", f"From here\n{long}")).itertext())

    assert "From here" in there
    assert 40 == there.count("word")


def test_a_picture_is_light_on_white_and_names_the_kinds():
    grammar, data = next(pages())
    drawn = images.svg(grammar, data, "Our weeks", "From the week of 16 November 2026")
    grounds = [rect.get("fill") for rect in read(drawn).iter(f"{SVG}rect")]

    assert "white" == grounds[0]
    assert theme.LIGHT.kinds[1] in drawn.decode()
    assert {"the two of us", "all of us", "alone", "with the children"} <= set(texts(drawn))
    assert "From the week of 16 November 2026" in texts(drawn)


def test_a_picture_of_a_household_without_children_names_neither_them_nor_shades():
    tones = a_household(children=False).tones()
    drawn = images.svg(weeks.weeks(LABELS, tones, theme.PRINT), {"bars": BARS, "gaps": []}, "")
    named = [text for text in texts(drawn) if text in wording.TONES.values()]

    assert ["together", "alone", "nights out and friends"] == named


def test_a_picture_holds_its_letters_and_asks_nobody_for_anything():
    grammar, data = next(pages())
    drawn = images.svg(grammar, data, "Our weeks").decode()
    asked = drawn.replace("http://www.w3.org/", "")

    assert 'font-family:"Nunito Sans";src:url(data:font/ttf' in drawn
    assert "http" not in asked


def test_what_people_wrote_is_text_in_a_picture():
    dots = [Dot("16 Nov 2026", "<script>&</script>", "together", 2, "")]
    drawn = images.svg(
        overviews.rituals((dots[0].title,), LABELS, theme.PRINT), {"dots": dots}, "<b>"
    )

    assert {"<script>&</script>", "<b>"} <= set(texts(drawn))
    assert [] == list(read(drawn).iter(f"{SVG}script"))


def test_the_letters_of_a_picture_are_ours_and_drawn():
    grammar, data = next(pages())
    without = images.png(grammar, data, " ")

    assert len(without) < len(images.png(grammar, data, "The weeks of the two of us"))

"""The grammar of the charts: it depends on the weeks and the ground alone."""

import json
import re
from datetime import date, timedelta
from math import nan

import altair as alt
import pytest

from rituals.charts import overviews, theme, weeks
from rituals.insights.years import WeekCell
from rituals.model.household import Kind
from rituals.model.wording import Caption
from tests.support.notation import a_household

WEEKS = ("9 Nov 2026", "16 Nov 2026", "23 Nov 2026")
TONES = a_household().tones()


def labels_of(count):
    """The labels of so many weeks up to 23 November 2026."""
    newest = date(2026, 11, 23)
    days = (newest - timedelta(weeks=n) for n in range(count - 1, -1, -1))
    return tuple(f"{day.day} {day:%b} {day.year}" for day in days)


def grammars(ground=theme.LIGHT, labels=WEEKS):
    yield weeks.weeks(labels, TONES, ground)
    yield weeks.clickable_weeks(labels, TONES, ground)
    for kind in Kind:
        yield weeks.strand(kind, labels, ground)


@pytest.mark.parametrize("labels", [(), WEEKS[:1], labels_of(53)])
def test_every_chart_is_valid_vega_lite(labels):
    for grammar in grammars(labels=labels):
        alt.Chart.from_dict(grammar)


def test_a_chart_is_made_once_for_its_weeks():
    assert weeks.weeks(WEEKS, TONES, theme.DARK) is weeks.weeks(WEEKS, TONES, theme.DARK)


def test_a_row_is_read_by_json_and_its_caption_is_one_text():
    cell = WeekCell("2026-W46", "2026", 46, nan, "open", Caption("Week of 9 November", "holiday"))

    assert {
        "week": "2026-W46",
        "year": "2026",
        "number": 46,
        "hours": None,
        "state": "open",
        "words": "Week of 9 November · holiday",
        "of": "Week of 9 November",
        "text": "holiday",
    } == json.loads(json.dumps(weeks.row_as_json(cell)))


def test_every_week_keeps_its_place_on_the_axis():
    for grammar in grammars():
        for layer in grammar["layer"]:
            assert list(WEEKS) == layer["encoding"]["x"]["scale"]["domain"]


def test_the_newest_week_always_has_its_label():
    shown = marks(labels_of(26))

    assert "23 Nov 2026" in shown
    assert theme.MOST_LABELS >= len(shown)


def test_two_years_are_told_by_their_quarters_and_ten_by_their_years():
    quarters, years = marks(labels_of(104)), marks(labels_of(520))

    assert ["6 Jan 2025", "7 Apr 2025", "7 Jul 2025"] == quarters[:3]
    assert 8 == len(quarters)
    assert [f"Jan {year}" for year in range(2017, 2027)] == [y.partition(" ")[2] for y in years]


def test_where_the_month_comes_first_quarters_have_their_labels_too():
    turned = tuple("{1} {0} {2}".format(*label.split()) for label in labels_of(104))

    assert ["Jan 6 2025", "Apr 7 2025", "Jul 7 2025"] == marks(turned)[:3]


def test_light_and_dark_have_colours_of_their_own():
    light, dark = (json.dumps(list(grammars(g))) for g in (theme.LIGHT, theme.DARK))

    assert all(colour in light and colour not in dark for colour in theme.LIGHT.kinds)
    assert all(colour in dark and colour not in light for colour in theme.DARK.kinds)


def test_a_chart_speaks_its_words_and_not_its_columns():
    for grammar in (*grammars(), *glances_of()):
        spoken = [one for one in grammar["layer"] if one["mark"].get("aria") is not False]

        assert spoken
        for layer in spoken:
            if layer["mark"]["type"] != "text":
                assert "words" == layer["encoding"]["description"]["field"]
                heading, *lines = layer["encoding"]["tooltip"]
                assert "title" == heading["title"]
                assert lines
                assert all(line["title"] not in ("", line["field"]) for line in lines)


def test_a_week_is_told_in_a_line_for_each_kind_of_time_that_its_household_has():
    touch = weeks.clickable_weeks(WEEKS, TONES, theme.LIGHT)["layer"][-1]
    alone_two = a_household(children=False).tones()
    other = weeks.clickable_weeks(WEEKS, alone_two, theme.LIGHT)["layer"][-1]
    lines = [[t["title"] for t in one["encoding"]["tooltip"][1:]] for one in (touch, other)]

    assert ["Together", "Alone", "With the children", "Out"] == lines[0]
    assert ["Together", "Alone", "Out"] == lines[1]


def test_a_click_picks_the_week_wherever_it_falls():
    touch = weeks.clickable_weeks(WEEKS, TONES, theme.LIGHT)["layer"][-1]
    (picks,) = weeks.clickable_weeks(WEEKS, TONES, theme.LIGHT)["params"]

    assert [touch["name"]] == picks["views"]
    assert (["label"], "point") == (picks["select"]["fields"], picks["select"]["type"])
    assert {"band": 1} == touch["mark"]["width"]
    assert [0, "height"] == [touch["encoding"][name]["value"] for name in ("y", "y2")]


def test_the_line_lies_where_its_own_numbers_say_and_no_chart_works_any_out():
    for grammar in (*grammars(), *glances_of()):
        said = json.dumps(grammar)

        assert not re.search(r'"(aggregate|calculate|window|regression|loess)"', said)


def glances_of(ground=theme.LIGHT):
    yield overviews.two_of_us(("Alone", "Out"), ground)
    yield overviews.rhythm(("Monday", "Tuesday"), ground)
    yield overviews.rituals(("Late talk",), WEEKS, ground)
    yield overviews.year(("2025", "2026"), ground)


def test_every_glance_is_valid_vega_lite_on_both_grounds():
    for ground in (theme.LIGHT, theme.DARK, theme.PRINT):
        for grammar in glances_of(ground):
            alt.Chart.from_dict(grammar)


def test_both_of_the_two_have_the_same_colours_and_one_scale():
    layers = overviews.two_of_us(("Alone",), theme.LIGHT)["layer"]
    fills = [layer["encoding"]["fill"] for layer in layers if "fill" in layer["encoding"]]

    assert ["kind"] == [fill["field"] for fill in fills]
    assert {"x", "zero"} == {layer["encoding"]["x"]["field"] for layer in layers}


def test_between_the_two_stands_a_line_and_at_each_bar_its_value():
    layers = overviews.two_of_us(("Alone",), theme.LIGHT)["layer"]
    values = [one for one in layers if one["encoding"].get("text", {}).get("field") == "value"]

    assert ["right", "left"] == [one["mark"]["align"] for one in values]
    assert "rule" in [one["mark"]["type"] for one in layers]


def test_a_heat_map_has_one_hue():
    (rhythm,) = overviews.rhythm(("Monday",), theme.LIGHT)["layer"]

    assert theme.LIGHT.kinds[0] == rhythm["mark"]["fill"]
    assert "color" not in rhythm["encoding"]


def test_a_chart_is_as_tall_as_it_has_rows():
    for grammar in (overviews.year(("2026",), theme.LIGHT), overviews.rituals((), (), theme.LIGHT)):
        assert {"step": overviews.ROW} == grammar["height"]


def marks(labels):
    """The weeks with a word under them."""
    return weeks.weeks(labels, TONES, theme.LIGHT)["layer"][-1]["encoding"]["x"]["axis"]["values"]


def test_a_week_said_in_part_has_a_mark_that_says_so():
    for of in (weeks.weeks, weeks.clickable_weeks):
        marks = of(WEEKS, TONES, theme.LIGHT)["layer"]
        (dots,) = [one for one in marks if one["mark"].get("text") == "…"]

        assert "datum.top > 0" == dots["transform"][0]["filter"]
        assert "top" == dots["encoding"]["y"]["field"]

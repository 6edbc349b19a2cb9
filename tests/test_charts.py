"""The grammar of the charts: it depends on the weeks and the ground alone."""

import json

import altair as alt
import pytest

from rituals import charts
from rituals.model import Kind

WEEKS = ("9 Nov", "16 Nov", "23 Nov")


def grammars(ground=charts.LIGHT, labels=WEEKS):
    yield charts.weeks(labels, ground)
    for kind in Kind:
        yield charts.strand(kind, labels, ground)


@pytest.mark.parametrize("labels", [(), WEEKS[:1], WEEKS, tuple(map(str, range(104)))])
def test_every_chart_is_valid_vega_lite(labels):
    for grammar in grammars(labels=labels):
        alt.Chart.from_dict(grammar)


def test_a_chart_is_made_once_for_its_weeks():
    assert charts.weeks(WEEKS, charts.DARK) is charts.weeks(WEEKS, charts.DARK)


def test_every_week_keeps_its_place_on_the_axis():
    for grammar in grammars():
        for layer in grammar["layer"]:
            assert list(WEEKS) == layer["encoding"]["x"]["scale"]["domain"]


def test_the_newest_week_always_has_its_label():
    labels = tuple(f"{n}" for n in range(26))
    shown = charts.weeks(labels, charts.LIGHT)["layer"][-1]["encoding"]["x"]["axis"]["values"]

    assert "25" in shown
    assert charts.MOST_LABELS >= len(shown)


def test_light_and_dark_have_colours_of_their_own():
    light, dark = (json.dumps(list(grammars(g))) for g in (charts.LIGHT, charts.DARK))

    assert all(colour in light and colour not in dark for colour in charts.LIGHT.kinds)
    assert all(colour in dark and colour not in light for colour in charts.DARK.kinds)


def test_a_chart_speaks_its_words_and_not_its_columns():
    for grammar in grammars():
        for layer in grammar["layer"]:
            assert "words" == layer["encoding"]["description"]["field"]
            assert "words" == layer["encoding"]["tooltip"]["field"]

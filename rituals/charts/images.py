"""Charts as PNG or SVG files, drawn here, with our own letters in them.

Nothing is asked of anybody outside: the data and the letters lie beside the program.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping, Sequence
from functools import cache
from textwrap import wrap
from typing import Any, NamedTuple

from rituals.charts.theme import PRINT, Grammar
from rituals.charts.weeks import row_as_json
from rituals.model import wording
from rituals.paths import STATIC

FONTS = STATIC / "print"
FAMILIES = {"Nunito Sans": "nunito-sans.ttf", "Fraunces": "fraunces.ttf"}
WIDTH = 860  # of the chart in the picture
LETTERS = 130  # of a line above it
FINE = 2.0  # dots of a PNG for each of those
Data = Mapping[str, Sequence[NamedTuple]]


def svg(grammar: Grammar, data: Data, title: str, subtitle: str = "") -> bytes:
    """SVG file of a chart that holds its letters; `subtitle` stands under its title."""
    drawn = _drawer().vegalite_to_svg(_whole(grammar, data, title, subtitle), allowed_base_urls=[])
    head, end, rest = drawn.partition(">")
    return f"{head}{end}<defs><style>{_letters()}</style></defs>{rest}".encode()


def png(grammar: Grammar, data: Data, title: str, subtitle: str = "") -> bytes:
    """PNG file of a chart, at two dots for each pixel."""
    whole = _whole(grammar, data, title, subtitle)
    drawn: bytes = _drawer().vegalite_to_png(whole, scale=FINE, allowed_base_urls=[])
    return drawn


def vertical_concat(parts: Sequence[tuple[str, Grammar]]) -> Grammar:
    """One grammar of several charts, one under the other, each with its own title."""
    charts = [
        {k: v for k, v in grammar.items() if k not in ("config", "$schema")} | _small(title)
        for title, grammar in parts
    ]
    return {"$schema": parts[0][1]["$schema"], "vconcat": charts, "config": parts[0][1]["config"]}


def _whole(grammar: Grammar, data: Data, title: str, subtitle: str) -> Grammar:
    """Grammar with all that a screen would give it: data, width, legend, title and letters."""
    wide = {"width": WIDTH} if "layer" in grammar else {}
    parts = [part | {"width": WIDTH} for part in grammar.get("vconcat", ())]
    whole = grammar | wide | ({"vconcat": parts} if parts else {})
    whole |= {
        "datasets": {name: [row_as_json(row) for row in rows] for name, rows in data.items()},
        "title": {"text": title, "subtitle": _lines(subtitle), "anchor": "start", "offset": 16},
        "background": "white",
        "padding": 24,
        "config": grammar["config"] | _look(grammar["config"]),
    }
    return whole | ({"layer": [_with_legend(one) for one in whole["layer"]]} if wide else {})


def _lines(subtitle: str) -> list[str]:
    """Text under the title, wrapped into lines that have room there."""
    return [line for part in subtitle.splitlines() for line in wrap(part, LETTERS)]


def _small(title: str) -> dict[str, Any]:
    return {"title": {"text": title, "anchor": "start", "font": "Nunito Sans", "fontSize": 14}}


def _with_legend(layer: Grammar) -> Grammar:
    """Layer with the names of its tones beside their colours, where nothing else names them."""
    encoding: dict[str, Any] = layer.get("encoding", {})
    if "fill" not in encoding or encoding.get("y", {}).get("field") == "name":
        return layer
    names = " : ".join(f"datum.value === '{tone}' ? '{n}'" for tone, n in wording.TONES.items())
    legend = {
        "title": None,
        "orient": "top",
        "direction": "horizontal",
        "labelExpr": f"{names} : ''",
        "symbolType": "circle",
        "symbolOpacity": 1,
    }
    return layer | {"encoding": encoding | {"fill": encoding["fill"] | {"legend": legend}}}


def _look(given: Mapping[str, Any]) -> dict[str, Any]:
    text, heading = FAMILIES
    return {
        "font": text,
        "axis": {**given.get("axis", {}), "labelFontSize": 12},
        "legend": {"labelFontSize": 12, "labelColor": PRINT.ink, "offset": 12},
        "title": {
            "font": heading,
            "fontSize": 24,
            "fontWeight": "normal",  # the only one there is
            "color": PRINT.ink,
            "subtitleFont": text,
            "subtitleColor": PRINT.quiet,
            "subtitleFontSize": 12,
        },
    }


@cache
def _drawer() -> Any:
    import vl_convert  # nobody who takes no picture along need wait for it

    vl_convert.register_font_directory(str(FONTS))
    return vl_convert


@cache
def _letters() -> str:
    faces = {name: b64encode((FONTS / file).read_bytes()) for name, file in FAMILIES.items()}
    return "".join(
        f'@font-face{{font-family:"{name}";src:url(data:font/ttf;base64,{face.decode()})}}'
        for name, face in faces.items()
    )

"""Charts of `rituals.charts` on the screen, in its colours."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from io import BytesIO
from typing import NamedTuple

import streamlit as st

from pages.ui import lazy
from rituals.charts import theme, weeks


def ground() -> theme.Ground:
    """The colours charts are drawn with on this screen, light or dark."""
    return theme.DARK if st.context.theme.type == "dark" else theme.LIGHT


def grammar(of: Callable[[theme.Ground], theme.Grammar], ground: theme.Ground) -> theme.Grammar:
    """A chart's grammar; while it is made altair must not see a pandas that is half loaded."""
    with lazy.LOADING:
        return of(ground)


def chart(
    of: Callable[[theme.Ground], theme.Grammar],
    key: str,
    alt: str,
    on_pick: Callable[[], None] | None = None,
    **data: Sequence[NamedTuple],
) -> None:
    """Draws a chart of `rituals.charts` with the data it names; `alt` is what is read aloud.

    `on_pick` is called when a hand picks something in a chart that lets it.
    """
    drawn = grammar(of, ground())
    datasets = {name: _as_arrow(rows) for name, rows in data.items()}
    drawn = {**drawn, "datasets": datasets}
    st.vega_lite_chart(drawn, key=key, alt=alt, on_select=on_pick or "ignore")


def _as_arrow(rows: Sequence[NamedTuple]) -> bytes:
    """Rows as Streamlit sends them; read as JSON, for whatever else arrow is given loads pandas."""
    import pyarrow as pa  # a start need not wait for it
    from pyarrow import json as arrow_json

    lines = "\n".join(json.dumps(weeks.row_as_json(row)) for row in rows).encode()
    alone = arrow_json.ReadOptions(use_threads=False)
    table = arrow_json.read_json(BytesIO(lines), alone) if rows else pa.schema([]).empty_table()
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as stream:
        stream.write_table(table)
    return bytes(sink.getvalue())

"""The part under every chart of Our weeks: a question, its numbers as a table, and files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

import streamlit as st

from pages.session import stores
from pages.ui import chart, download, markdown
from rituals.charts import images, theme
from rituals.insights import balance, tables
from rituals.model import local_time, wording
from rituals.model.household import Household
from rituals.model.time.week import Week
from rituals.store import aggregates

ROWS = "rows"  # the name of these figures among others of a week
TALL = 437  # pixels of a long table: it ends in the middle of a row, so that one sees there is more
MOST_AT_ONCE = 12  # rows


@dataclass(frozen=True)
class ViewQuery:
    """The weeks, and whose hours of them, that the couple wants to look at."""

    household: Household
    ahead: Week
    shown: tuple[Week, ...]
    partner: str  # "" for both

    def rows(self, before: int = 0) -> list[balance.Row]:
        """Hours of these weeks, and of so many before them, of one partner or both."""
        earlier = [self.shown[0] - n for n in range(before, 0, -1)]
        rows = [row for week in self._counted([*earlier, *self.shown]).values() for row in week]
        return balance.rows_of_partner(rows, self.partner) if self.partner else rows

    def _counted(self, weeks: Sequence[Week]) -> dict[Week, list[balance.Row]]:
        found: dict[Week, list[balance.Row]] = {}
        for is_planned in (False, True):
            some = [week for week in weeks if (week >= self.ahead) == is_planned]
            count = partial(balance.rows_of_week, household=self.household, is_planned=is_planned)
            found |= aggregates.figures_of_weeks(stores.store(), some, (ROWS, is_planned), count)
        return found


@dataclass(frozen=True)
class Picture:
    """A chart as it is taken along."""

    name: str  # of its files
    title: str
    grammar: Callable[[theme.Ground], theme.Grammar]
    data: dict[str, Sequence[NamedTuple]]
    caption: str = ""
    key: str = ""  # how it is read, as the page says it


def show(question: str, sheet: Callable[[], tables.Table], picture: Picture) -> None:
    """Draws question, table and files; the last two are made when somebody wants them."""
    st.markdown(f"*{question}*")
    table, files = st.columns([3, 2], vertical_alignment="top")
    with table:
        _table(sheet)
    with files.container(horizontal=True, horizontal_alignment="right", gap="small"):
        _file("CSV", "text/csv", picture.name, lambda: tables.as_csv_file(sheet()))
        _file("PNG", "image/png", picture.name, partial(_draw, picture, "png"))
        _file("SVG", "image/svg+xml", picture.name, partial(_draw, picture, "svg"))


def period(wanted: ViewQuery) -> str:
    """The weeks that are shown, for a picture that stands alone."""
    first, last = (
        local_time.first_day(week, wanted.household) for week in (wanted.shown[0], wanted.shown[-1])
    )
    beginning = f"From the week of {wanted.household.formats.dated(first)}"
    return f"{beginning} to that of {wanted.household.formats.dated(last)}"


def _table(made: Callable[[], tables.Table]) -> None:
    closed = st.expander("As a table", key="weeks table", on_change="rerun")
    with closed:
        if closed.open:
            sheet = made()
            if sheet.by_week and len(sheet.rows) > MOST_AT_ONCE:
                st.caption("The newest week first; the others follow when you scroll.")
            st.table(
                _readable(sheet),
                hide_index=True,
                height=TALL if len(sheet.rows) > MOST_AT_ONCE else "content",
            )


def _readable(sheet: tables.Table) -> list[dict[str, str]]:
    names = [markdown.plain(name) or "\u00a0" for name in sheet.columns]
    return [dict(zip(names, map(_cell, row), strict=True)) for row in sheet.newest_first()]


def _cell(value: tables.Value) -> str:
    if value is None:
        return "–"
    return (
        wording.hours(round(value * 60)) if isinstance(value, float) else markdown.plain(str(value))
    )


def _file(label: str, mime: str, name: str, made: Callable[[], bytes]) -> None:
    hint = {"CSV": "The numbers, for a spreadsheet"}.get(label, "The chart, on white")
    file = download.File(f"{name}.{label.lower()}", mime, made, hint)
    download.show(label, file, f"weeks file {label}", kind="tertiary")


def _draw(picture: Picture, kind: str) -> bytes:
    grammar = chart.grammar(picture.grammar, theme.PRINT)
    draw = images.png if kind == "png" else images.svg
    caption = f"{picture.caption}\n{picture.key}"
    return draw(grammar, picture.data, picture.title, caption)

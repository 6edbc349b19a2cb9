"""What every page asks for: the store, the household, its rituals, the week, today.

The only clock of the dashboard, and the only place that knows where the store is.
"""

from __future__ import annotations

import atexit
import json
import logging
import os
import re
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

import streamlit as st

from rituals import catalogue, covers, laying, storage, weeks, words
from rituals.context import Life
from rituals.model import Household, Kind, Plan, Ritual, Season, Week
from rituals.spans import Span, Spans
from rituals.taken import Audience

if TYPE_CHECKING:
    from rituals import charts

SAMPLE = "sample"  # session: whether one looks around with the sample couple
WEEK = "week"  # session: the week chosen on the Sunday page
RESTS = "page rests"  # session: seconds for which what another screen changes waits here
READ_IN = 30  # seconds that a sentence stays at least
A_DAY = 24 * 60 * 60  # in seconds
STEP = "sunday step"  # session: the step of the sitting
LOOK_BACK = "1 · Look back"
LOOKED_AT = "look back at"  # session, with the week at hand: the earlier week that was chosen
LOOK, AROUND = "look", "around"  # the query parameter that keeps a reload with the sample couple
SAMPLE_WEEKS = 26
MARKUP = re.compile(r"[\\`*_\[\]<>$~:#&@|^={}!]")
# Links, icons and arrows are found in the text after escapes are resolved.
MEANT_TOGETHER = re.compile(r"(?<=:)(?=//|material/)|(?<=www)(?=\.)|(?<=[-<=>~])(?=[-=>])")
WORD_JOINER = "\u2060"
LIST_MARK = re.compile(r"^(\d*)([-+.)])")
COLOURS = {
    Kind.TOGETHER: "gray",
    Kind.ALONE: "green",
    Kind.SOLO: "orange",
    Kind.OUT: "violet",
}  # names under which .streamlit/config.toml holds the kinds' own colours


def now() -> datetime:
    """This instant."""
    return datetime.now(UTC)


def today(household: Household) -> date:
    """The day it is at home."""
    return weeks.local_day(now(), household)


def store() -> storage.Store:
    """The couple's own store, or the sample couple's for one who looks around."""
    if is_sample():
        return sample_store()
    return own_store()


def is_sample() -> bool:
    """Whether one looks around with the sample couple."""
    return SAMPLE in st.session_state or st.query_params.get(LOOK) == AROUND


def look_around() -> None:
    """From the next run on, everything is the sample couple's."""
    st.session_state.clear()
    st.session_state[SAMPLE] = True


def go_home() -> None:
    """From the next run on, everything is the couple's own again."""
    st.session_state.clear()
    st.query_params.clear()


def keep_looking_around() -> None:
    """Lets looking around survive a reload and a change of page."""
    if is_sample():
        st.session_state[SAMPLE] = True
        st.query_params[LOOK] = AROUND


def plain(text: str) -> str:
    """What people wrote, so that Streamlit's markdown shows it as it is.

    Only what markdown would take for its own is escaped: a label is also read aloud, as written.
    """
    apart = MEANT_TOGETHER.sub(WORD_JOINER, words.apart(text))
    escaped = MARKUP.sub(r"\\\g<0>", apart)
    return LIST_MARK.sub(r"\1\\\2", escaped)


def spoken(text: str) -> str:
    """What people wrote, for a label that is only read aloud: without what markdown would draw."""
    return MARKUP.sub("", MEANT_TOGETHER.sub(WORD_JOINER, words.apart(text)))


def for_whom(audience: Audience, household: Household) -> str:
    """Whom a calendar is for: "Both of you", or one of the two by name."""
    return "Both of you" if audience is Audience.SHARED else household.name(audience)


def household() -> Household:
    """The household; on a first visit the shell lets no page but the welcome run."""
    found = store().load_household()
    if found is None:
        raise storage.StoreError("This store holds no household yet; the welcome makes one.")
    return found


def rituals() -> dict[str, Ritual]:
    """Every ritual by id: the catalogue's, with the couple's own and changed ones over them."""
    return _rituals_in(store())


def week(household: Household) -> Week:
    """The week that the Sunday page is about: as chosen there, else the one to plan."""
    chosen = st.session_state.get(WEEK)
    return Week.read(chosen) if chosen else weeks.week_to_plan(today(household), household)


def go_to(week: Week, ahead: Week) -> None:
    """Turns the Sunday page to a week; one before the week to plan is looked back on."""
    st.session_state[WEEK] = str(max(week, ahead))
    if week < ahead:
        st.session_state[STEP] = LOOK_BACK
        st.session_state[f"{LOOKED_AT} {ahead}"] = str(week)


def life(week: Week, household: Household) -> Life:
    """What a week is planned around."""
    return _life_in(store(), week, household)


def busy(week: Week, household: Household) -> dict[str, Spans]:
    """When each partner's calendars say they are busy, with the nights beside the week."""
    return store().load_busy(weeks.with_nights(week, household))


def covers_of(week: Week, household: Household) -> list[tuple[Span, str]]:
    """What one asks the other to keep free, in their words, with the nights beside the week."""
    there = covers.of_week(store(), week, household)
    return [(cover.span, covers.said(cover, household)) for cover in there]


def life_to_place(week: Week, household: Household) -> Life:
    """The same, once placing can begin."""
    load_solver()
    return life(week, household)


def load_solver() -> None:
    """Loads what placing a week waits for, and pandas with it."""
    with _LOADING:
        import ortools.sat.python.cp_model  # noqa: F401


def begun(
    last: Plan | None, week: Week, household: Household, at: storage.Store | None = None
) -> Plan:
    """What a week without a plan begins with; it is kept with its first change.

    After grace it begins from the last week before it.
    """
    there = at or store()
    if last is not None and last.season is Season.GRACE:
        last = there.load_last_plan(week) or last
    return _begun(_Beginning.of(last, week, _life_in(there, week, household), now()))


def dot(kind: Kind) -> str:
    """A dot in a kind's colour, for labels in markdown."""
    return f":{COLOURS[kind]}[●]"


def ground() -> charts.Ground:
    """The colours charts are drawn with on this screen, light or dark."""
    from rituals import charts

    return charts.DARK if st.context.theme.type == "dark" else charts.LIGHT


def grammar(of: Callable[[charts.Ground], charts.Grammar], ground: charts.Ground) -> charts.Grammar:
    """A chart's grammar; while it is made altair must not see a pandas that is half loaded."""
    with _LOADING:
        return of(ground)


def chart(
    of: Callable[[charts.Ground], charts.Grammar],
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


def own_store() -> storage.Store:
    """The couple's own store, whoever looks around."""
    address = storage.address(os.environ)
    with _OPENING:
        if address not in _OPEN:
            _OPEN[address] = storage.open_store(address)
        return _OPEN[address]


def close_store() -> None:
    """Closes the couple's own store; the next look opens what lies there then."""
    address = storage.address(os.environ)
    with _OPENING:
        known = _OPEN.pop(address, None)
    if known:
        known.engine.dispose()
        known.changed.set()  # whoever waits for news of it looks again


def rest(seconds: int = A_DAY) -> None:
    """Leaves the page as it is until its next run: what stands there now would be gone with it."""
    st.session_state[RESTS] = max(st.session_state.get(RESTS, 0), seconds)


def say_once(sentence: str) -> None:
    """A sentence that is gone with the next run: when somebody here does something, or later."""
    st.info(plain(sentence))
    rest(READ_IN)


def say_that_something_broke(error: Exception) -> bool:
    """Shows one sentence in place of a traceback; the log keeps the whole of it."""
    if isinstance(error, storage.StoreError | catalogue.CatalogueError):
        st.error(str(error))
    else:
        logging.getLogger("leavewell").error("A page stopped.", exc_info=error)
        st.error("Something did not work here. What you kept is kept; please reload the page.")
    return True


def _as_arrow(rows: Sequence[NamedTuple]) -> bytes:
    """Rows as Streamlit sends them; read as JSON, for whatever else arrow is given loads pandas."""
    import pyarrow as pa  # a start need not wait for it
    from pyarrow import json as arrow_json

    from rituals import charts

    lines = "\n".join(json.dumps(charts.as_json(row)) for row in rows).encode()
    alone = arrow_json.ReadOptions(use_threads=False)
    table = arrow_json.read_json(BytesIO(lines), alone) if rows else pa.schema([]).empty_table()
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as stream:
        stream.write_table(table)
    return bytes(sink.getvalue())


@cache
def _catalogue() -> dict[str, Ritual]:
    return catalogue.load(catalogue.SUGGESTED)


def sample_store() -> storage.Store:
    """The sample couple's store, in a folder that goes with the program."""
    with _OPENING:
        return _sample_of(now().date())


@cache
def _sample_of(today: date) -> storage.Store:
    """A store of its own in a folder that goes when the program ends."""
    from rituals import sample

    folder = tempfile.TemporaryDirectory(prefix="leavewell-sample-")
    atexit.register(folder.cleanup)
    sample_store = storage.open_store(storage.sqlite_url(Path(folder.name) / "sample.db"))
    couple = sample.couple(today, SAMPLE_WEEKS, _catalogue())
    sample_store.fill(couple.household, (), couple.plans)
    return sample_store


def _rituals_in(at: storage.Store) -> dict[str, Ritual]:
    return {**_catalogue(), **at.load_rituals()}


def _life_in(at: storage.Store, week: Week, household: Household) -> Life:
    return covers.life(at, week, household, _rituals_in(at))


@dataclass(frozen=True)
class _Beginning:
    """What a beginning follows from: the same words, the same plan."""

    words: str
    last: Plan | None = field(compare=False)
    week: Week = field(compare=False)
    life: Life = field(compare=False)
    now: datetime = field(compare=False)

    @classmethod
    def of(cls, last: Plan | None, week: Week, life: Life, now: datetime) -> _Beginning:
        """A beginning as it stays for an hour, if nothing else changes."""
        return cls(f"{now:%F %H} {last} {week} {life}", last, week, life, now)


@lru_cache(16)
def _begun(beginning: _Beginning) -> Plan:
    """Placing a week takes a moment, and a page asks for it again and again."""
    load_solver()
    return laying.begun(beginning.last, beginning.week, beginning.life, beginning.now)


_OPEN: dict[str, storage.Store] = {}
_LOADING = Lock()
_OPENING = Lock()

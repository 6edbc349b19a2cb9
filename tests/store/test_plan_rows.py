"""Every field of what is kept has its column: none can be forgotten."""

from dataclasses import MISSING, dataclass, fields, replace
from datetime import UTC, date, datetime, time

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings

from rituals.backup import json_rows
from rituals.model.calendar import (
    Audience,
    Busy,
    Calendar,
    ExportedEvent,
    Feed,
    Origin,
    Route,
    Server,
)
from rituals.model.difference import Difference, What
from rituals.model.household import BOTH, ONE, TWO, Hours, Household, Kind, Partner, Strand
from rituals.model.note import Note
from rituals.model.plan import Beside, Choice, Hope, Occurrence, Plan, Said, Season, Yes
from rituals.model.ritual import Frequency, Needs, Ritual, Size, TakesPart
from rituals.model.time.formats import Formats, Paper
from rituals.model.time.recurrence import Recurrence
from rituals.model.time.rhythm import Rhythm
from rituals.model.time.window import Window
from rituals.model.usual import Child, DayHours, Elsewhere, Holidays, Usual
from rituals.model.week_facts import week_facts
from rituals.store import plan_rows
from rituals.store.schema import Words
from rituals.store.store import open_store
from tests.model.test_week_facts import told
from tests.support.notation import WEEK, a_household, a_span

THEN = datetime(2026, 11, 22, 20, tzinfo=UTC)
WINDOW = Window.read("Thu 20:00-22:00")
SPAN = a_span("Thu 20:00-21:00")
HOURS = Hours(
    time(7), time(23), time(20), {ONE: (WINDOW,), TWO: (WINDOW,)}, (WINDOW,), time(18, 30)
)
EVERY_SECOND = Recurrence.read(
    "2026-12-11T19:00/2026-12-12T10:00 FREQ=WEEKLY;INTERVAL=2;BYDAY=FR,SA"
)
USUAL = Usual(
    {ONE: (EVERY_SECOND,), TWO: (EVERY_SECOND,)}, {TWO: (EVERY_SECOND, EVERY_SECOND)},
    (DayHours((4, 5), "", sleep=time(0, 30)), DayHours((6,), TWO, time(9), time(19), time(21))),
    (EVERY_SECOND,), (Elsewhere(EVERY_SECOND, "Oma’s"),), (EVERY_SECOND,),
    (Child("Mia", 2019), Child("Ben")), Holidays("DE-BY", (TWO,), no_school=False), no_bedtime=True,
    week_a={("work", ONE): date(2026, 11, 30), ("sitter", ""): date(2026, 12, 7)},
    way_home=35, free_evenings={ONE: (0, 3), TWO: (4,)},
)  # fmt: skip
TRIP = Difference(
    "d", What.AWAY, date(2026, 12, 1), date(2026, 12, 3), THEN, ONE, time(9), time(18), nights=True,
    place="Oslo", event="key",
)  # fmt: skip
HOUSEHOLD = Household(
    "us", (Partner(ONE, "a"), Partner(TWO, "b")), True, "Asia/Tokyo", 5, HOURS, USUAL, (TRIP,),
    formats=Formats(twelve_hours=True, month_first=True, paper=Paper.LETTER),
)  # fmt: skip
RITUAL = Ritual(
    "tea", "Tea", Kind.ALONE, TakesPart.EACH, 10, 20, (WINDOW,), Frequency(1, 3), Needs.SITTER,
    Size.SMALL, ("green",), "hot", "a book", retired=True, alarm=5, thinks=TWO,
    leaves=True, in_person=True, ages=(0, 2), rhythm=Rhythm.read("yearly on 12 June since 2019"),
    leans=time(19, 30), dear=True, kept=True, secret=True, what="A cup of tea.",
)  # fmt: skip
OCCURRENCE = Occurrence(
    "1", "Tea", Kind.ALONE, ONE, SPAN.start, SPAN.end, THEN, THEN, "tea", 2, Size.SMALL,
    leaves=True, with_children=True, way="green", reason="free then", fixed=True, exported=True,
    let_go=True, spontaneous=True, chosen=False,
    said=Said.A_LITTLE, lived=10, sequence=3, yes=(Yes(BOTH, "Tea", SPAN.start, SPAN.end),),
    beside=(Beside("busy", ONE, SPAN.start, SPAN.end), Beside("cover", BOTH, SPAN.start, SPAN.end)),
)  # fmt: skip
STRAND = Strand(Kind.ALONE, ONE)
CHOICE = Choice("tea", ONE, 2, 3, by_hand=True)
PLAN = Plan(
    WEEK, Season.HARD, {STRAND: Hope(60, 90)}, (CHOICE,), (OCCURRENCE,), (SPAN,), "flu",
    {STRAND: 30}, Season.CALM,
)  # fmt: skip
CALENDAR = Calendar(
    "c", ONE, "Work", Origin.ADDRESS, "https://x", titles=True, whole_days=True, on_opening=True,
    read=THEN, skipped=("one",), away=True, addresses=("m@example.org",), open_is_busy=False,
)  # fmt: skip
BUSY = Busy(SPAN, "Dentist", whole_day=True, free=True)
TAKEN = ExportedEvent(
    "1", WEEK, Audience.SHARED, Route.SERVER, "uid", 3, "Tea", SPAN.start, SPAN.end, "hash", THEN,
    revision=2, name="1.ics", etag="e", sent="s", modified=THEN, body="{}", sent_body="[]",
)  # fmt: skip
GONE = replace(TAKEN, route=Route.FILE, gone=True)
WORKED_OUT = {"from_calendars", "earlier"}  # of the rows of something else, and by what was before


@pytest.fixture
def store(url):
    opened = open_store(url)
    yield opened
    opened.engine.dispose()


@pytest.mark.parametrize(
    "full",
    [
        HOUSEHOLD,
        HOUSEHOLD.formats,
        HOURS,
        USUAL,
        TRIP,
        RITUAL,
        PLAN,
        Hope(60, 90),
        CHOICE,
        OCCURRENCE,
        CALENDAR,
        BUSY,
        GONE,
    ],
    ids=lambda value: type(value).__name__,
)  # fmt: skip
def test_what_comes_back_below_says_something_in_every_field(full):
    """A new field has to be filled here, and so has to come back."""
    unsaid = [
        field.name
        for field in fields(full)
        if field.name not in WORKED_OUT
        and getattr(full, field.name)
        == (field.default_factory() if field.default_factory is not MISSING else field.default)
    ]

    assert [] == unsaid


def test_a_household_comes_back_in_every_field(store):
    store.save_household(HOUSEHOLD)
    store.save_difference(TRIP)

    assert HOUSEHOLD == store.load_household()


def test_a_difference_that_is_removed_leaves_no_trace(store):
    store.save_household(replace(HOUSEHOLD, differences=()))
    store.save_difference(TRIP)
    store.remove_difference(TRIP.id)

    assert replace(HOUSEHOLD, differences=()) == store.load_household()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(told().filter(bool))
def test_once_a_difference_is_removed_its_week_is_the_one_before_it_byte_by_byte(store, different):
    new, *others = different
    store.save_household(a_household())
    for told_before in others:
        store.save_difference(told_before)
    before = week_as_read(store)
    store.save_difference(new)
    store.remove_difference(new.id)
    after = week_as_read(store)
    for told_before in others:
        store.remove_difference(told_before.id)

    assert before == after


def week_as_read(store):
    week_facts.cache_clear()
    household = store.load_household()
    return repr((household, week_facts(WEEK, household))).encode()


def test_who_saves_the_household_loses_no_difference(store):
    store.save_household(HOUSEHOLD)
    store.save_difference(TRIP)
    store.save_household(replace(HOUSEHOLD, week_starts=6, differences=()))

    assert replace(HOUSEHOLD, week_starts=6) == store.load_household()


def test_a_ritual_comes_back_in_every_field(store):
    store.save_ritual(RITUAL)

    assert {"tea": replace(RITUAL, ages=None)} == store.load_rituals()  # the catalogue knows them


def test_what_a_ritual_is_stays_with_the_catalogue(store):
    store.save_ritual(RITUAL)

    assert "" == store.load_rituals()["tea"].what


def test_a_plan_comes_back_in_every_field(store):
    store.change_plan(PLAN, lambda plan: plan)
    store.save_exported([TAKEN, GONE])

    assert PLAN == store.load_plan(WEEK)
    assert {TAKEN, GONE} == set(store.load_exported())


def test_a_calendar_comes_back_in_every_field(store):
    store.save_calendar(CALENDAR, [BUSY])

    assert (CALENDAR,) == store.load_calendars()
    assert (BUSY,) == store.load_titles(ONE, SPAN)


def test_feeds_servers_and_lines_come_back_in_every_field(store):
    feed = Feed(Audience.SHARED, "token", "/folder")
    server = Server(Audience.SHARED, "https://x", "us", "https://x/c", "Ours")
    line = Note("1", WEEK, ONE, "you sang", True, THEN)
    store.save_feed(feed)
    store.save_server(server)
    store.save_noticed(line)

    assert {Audience.SHARED: feed} == store.load_feeds()
    assert {Audience.SHARED: server} == store.load_servers()
    assert (line,) == store.load_noticed()


@dataclass(frozen=True)
class Made:
    """Made up: what a table may lack."""

    id: int
    title: str
    mood: str = "fine"


def a_table(*names, **more):
    columns = [sa.Column(name, Words(80), key=more.get(name)) for name in names]
    return sa.Table("made", sa.MetaData(), sa.Column("id", sa.Integer, primary_key=True), *columns)


def test_a_field_without_a_column_is_refused():
    with pytest.raises(LookupError, match=r"Made\.mood has no column in made"):
        plan_rows.columns(Made, a_table("title"))

    assert ["id", "title"] == [c.key for c in plan_rows.columns(Made, a_table("title"), "mood")]


def test_a_renamed_field_keeps_its_column_and_its_name_in_the_zip():
    table = a_table("title", "feeling", feeling="mood")
    held, told = plan_rows.columns(Made, table), Made(1, "Tea", "glad")
    engine = sa.create_engine("sqlite://")
    with engine.begin() as at:
        table.create(at)
        at.execute(sa.insert(table), plan_rows.written_fields(told, held))
        row = at.execute(sa.select(table)).mappings().one()
        line = json_rows.to_json(row, table)

        assert ("id", "title", "feeling") == tuple(at.exec_driver_sql("SELECT * FROM made").keys())
        assert '{"id":1,"title":"Tea","feeling":"glad"}' == line.replace(" ", "")
        assert told == Made(**plan_rows.read_fields(row, held))
        assert plan_rows.written_fields(told, held) == json_rows.from_json(line, table)
    engine.dispose()

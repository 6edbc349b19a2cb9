import shutil
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from zoneinfo import available_timezones

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from hypothesis import given
from hypothesis import strategies as st

from rituals import plans, storage
from rituals.model import (
    ONE,
    TWO,
    Anchor,
    Choice,
    Hope,
    Hours,
    Household,
    Kind,
    Needs,
    Occurrence,
    Partner,
    Plan,
    Rhythm,
    Ritual,
    Said,
    Season,
    Size,
    Strand,
    TakesPart,
    Week,
    Window,
)
from rituals.storage import NEWEST, StoreError, open_store, sqlite_url
from rituals.tables import HOPES, TABLES
from tests.notation import (
    WEEK,
    a_household,
    a_plan,
    a_ritual,
    an_instant,
    an_occurrence,
    hours_of,
)

ROOT = Path(__file__).parent.parent
MIGRATIONS = ROOT / "rituals" / "migrations"
TOGETHER = Strand(Kind.TOGETHER)
HER_OUT = Strand(Kind.OUT, ONE)
TALK = an_occurrence("Tue 20:00-21:00")


@pytest.fixture
def file(tmp_path):
    return tmp_path / "leavewell.db"


@pytest.fixture
def store(file):
    opened = open_store(sqlite_url(file))
    yield opened
    opened.engine.dispose()


@pytest.fixture(scope="module")
def any_store(tmp_path_factory):
    """One store for all that hypothesis thinks of."""
    opened = open_store(sqlite_url(tmp_path_factory.mktemp("store") / "leavewell.db"))
    yield opened
    opened.engine.dispose()


def keep(store, plan):
    return store.change_plan(plan, lambda _: plan)


def rows(file):
    """Everything a file holds, table by table."""
    with sqlite3.connect(file) as at:
        told = at.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
        held = {name: sorted(at.execute(f"SELECT * FROM {name}"), key=repr) for (name,) in told}  # noqa: S608 - names from the file itself
    at.close()
    return held


# -- a round trip of everything

text = st.text(max_size=30)
some_key = st.sampled_from([ONE, TWO])
some_partner = st.sampled_from([None, ONE, TWO])
some_week = st.dates(date(1990, 1, 1), date(2100, 1, 1)).map(Week.of_monday)
some_instant = st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis adds the zone
some_hour = st.one_of(
    st.sampled_from(Anchor), st.builds(time, st.integers(0, 23), st.integers(0, 59))
)
some_window = st.builds(
    Window,
    st.sets(st.integers(0, 6), min_size=1).map(lambda d: tuple(sorted(d))),
    some_hour,
    some_hour,
)
some_windows = st.lists(some_window, max_size=3).map(tuple)
some_household = st.builds(
    Household,
    id=st.uuids().map(str),
    partners=st.tuples(
        st.builds(Partner, st.just(ONE), text), st.builds(Partner, st.just(TWO), text)
    ),
    children=st.booleans(),
    zone=st.sampled_from(sorted(available_timezones())),
    week_starts=st.sampled_from([0, 5, 6]),
    hours=st.builds(
        Hours,
        wake=st.times(),
        sleep=st.times(),
        bedtime=st.times(),
        work=st.dictionaries(some_key, some_windows.filter(bool)),
        children_away=some_windows,
    ),
)
some_ritual = st.builds(
    Ritual,
    id=text,
    title=text,
    kind=st.sampled_from(Kind),
    takes_part=st.sampled_from(TakesPart),
    least_minutes=st.integers(0, 1440),
    most_minutes=st.integers(0, 1440),
    windows=some_windows,
    rhythm=st.builds(Rhythm, st.integers(0, 9), st.integers(0, 9)),
    needs=st.sampled_from(Needs),
    size=st.sampled_from(Size),
    ways=st.lists(text, max_size=4).map(tuple),
    note=text,
    source=text,
    retired=st.booleans(),
)
some_strand = st.builds(Strand, st.sampled_from(Kind), some_partner)
some_hope = st.builds(Hope, st.integers(0, 1200), st.none() | st.integers(0, 1200))
some_choices = st.lists(
    st.builds(Choice, text, some_partner, st.integers(1, 7)),
    max_size=4,
    unique_by=lambda choice: (choice.ritual, choice.partner),
).map(tuple)


@st.composite
def some_plan(draw):
    week = draw(some_week)
    some_occurrence = st.builds(
        Occurrence,
        id=text.map(lambda written: f"{week}/{written}"),
        title=text,
        kind=st.sampled_from(Kind),
        partner=some_partner,
        start=some_instant,
        end=some_instant,
        created=some_instant,
        changed=some_instant,
        ritual=st.none() | text,
        number=st.integers(1, 9),
        size=st.sampled_from(Size),
        way=text,
        fixed=st.booleans(),
        let_go=st.booleans(),
        spontaneous=st.booleans(),
        said=st.none() | st.sampled_from(Said),
        lived=st.none() | st.integers(0, 1440),
        sequence=st.integers(0, 99),
    )
    some = draw(st.lists(some_occurrence, max_size=4, unique_by=lambda o: o.id))
    in_order = tuple(sorted(some, key=lambda o: (o.start, o.end, o.id)))
    hopes = draw(st.dictionaries(some_strand, some_hope, max_size=7))
    return Plan(week, draw(st.sampled_from(Season)), hopes, draw(some_choices), in_order)


@given(some_household)
def test_a_household_comes_back_as_it_was(any_store, household):
    any_store.save_household(household)

    assert household == any_store.load_household()


@given(some_ritual)
def test_a_ritual_comes_back_as_it_was(any_store, ritual):
    any_store.save_ritual(ritual)

    assert ritual == any_store.load_rituals()[ritual.id]


@given(some_plan())
def test_a_plan_comes_back_as_it_was(any_store, plan):
    keep(any_store, plan)

    assert plan == any_store.load_plan(plan.week)


@given(some_plan(), some_plan())
def test_a_plan_changed_into_any_other_comes_back_as_that(any_store, before, after):
    week = before.week
    moved = tuple(
        replace(o, id=o.id.replace(str(after.week), str(week))) for o in after.occurrences
    )
    after = replace(after, week=week, occurrences=moved)
    keep(any_store, before)

    assert after == any_store.change_plan(before, lambda _: after)
    assert after == any_store.load_plan(week)


def test_a_store_comes_back_from_its_file(file, store):
    household = a_household(hours=hours_of(work="Mon-Fri 09:00-17:00", away="Mon-Fri 08:00-15:00"))
    ritual = a_ritual(ways=("tea", "Küsse 👨‍👩‍👧‍👦\nfor all"))
    plan = a_plan(TALK, hopes={TOGETHER: Hope(300, 90)}, choices=(Choice("late-talk", None, 1),))
    store.fill(household, [ritual], [plan])
    again = open_store(sqlite_url(file))

    assert household == again.load_household()
    assert {ritual.id: ritual} == again.load_rituals()
    assert plan == again.load_plan(WEEK)
    again.engine.dispose()


# -- an empty store, and what is not in it


def test_an_empty_store_holds_nothing(store):
    assert store.load_household() is None
    assert {} == store.load_rituals()
    assert {} == store.load_plans([])
    assert {} == store.load_plans([WEEK, WEEK + 1])
    assert store.load_plan(WEEK) is None
    assert store.load_last_plan(WEEK) is None
    assert {} == store.last_times(WEEK)


def test_a_household_takes_the_place_of_the_one_before(store):
    store.save_household(a_household(hours=hours_of("Mon-Fri 09:00-17:00", "Sat 09:00-12:00")))
    store.save_household(a_household(names=("Ada", "Bo"), children=False))

    assert a_household(names=("Ada", "Bo"), children=False) == store.load_household()


def test_a_ritual_saved_again_is_changed_and_the_others_stay(store):
    other = a_ritual("quiet-hour", ways=("bench",))
    store.save_ritual(other)
    store.save_ritual(a_ritual(ways=("a", "b", "c")))
    changed = a_ritual(ways=("d",), window="Sat 09:00-10:00", retired=True)
    store.save_ritual(changed)

    assert {"late-talk": changed, "quiet-hour": other} == store.load_rituals()


def test_only_the_weeks_asked_for_are_loaded(store):
    for n in range(4):
        keep(store, a_plan(week=WEEK + n))

    assert {WEEK + 1, WEEK + 3} == set(store.load_plans([WEEK + 3, WEEK + 1, WEEK + 9]))


def test_the_last_plan_is_the_newest_before_a_week(store):
    for week in (Week(2025, 52), Week(2026, 1), Week(2026, 10)):
        keep(store, a_plan(week=week))

    assert Week(2026, 1) == store.load_last_plan(Week(2026, 10)).week
    assert Week(2025, 52) == store.load_last_plan(Week(2026, 1)).week
    assert store.load_last_plan(Week(2025, 52)) is None


def test_the_last_times_are_the_newest_weeks_before_with_a_ritual_in_the_plan(store):
    keep(store, a_plan(an_occurrence(week=WEEK)))
    keep(store, a_plan(an_occurrence(week=WEEK + 1), week=WEEK + 1))
    keep(store, a_plan(an_occurrence(week=WEEK + 2, let_go=True), week=WEEK + 2))
    chance = an_occurrence(week=WEEK + 3, ritual=None, spontaneous=True)
    keep(store, a_plan(chance, week=WEEK + 3))

    assert {"late-talk": WEEK + 1} == store.last_times(WEEK + 4)
    assert {"late-talk": WEEK} == store.last_times(WEEK + 1)
    assert {} == store.last_times(WEEK)


# -- each change is one transaction


def test_a_change_sees_the_plan_that_is_kept(store):
    kept = keep(store, a_plan(TALK, season=Season.CALM))
    seen = []
    store.change_plan(a_plan(), lambda plan: seen.append(plan) or plan)

    assert [kept] == seen


def test_a_change_sees_what_a_week_begins_with_where_none_is_kept(store):
    begun = a_plan(TALK)

    assert plans.let_go(begun, TALK.id, an_instant("Mon 12:00")) == store.change_plan(
        begun, lambda plan: plans.let_go(plan, TALK.id, an_instant("Mon 12:00"))
    )
    assert store.load_plan(WEEK).occurrences[0].let_go


def test_a_change_that_breaks_leaves_the_store_as_it_was(file, store):
    keep(store, a_plan(TALK, hopes={TOGETHER: Hope(300)}))
    before = rows(file)

    def breaks(plan):
        plans.hope(plan, TOGETHER, 30)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        store.change_plan(a_plan(), breaks)

    assert before == rows(file)
    assert keep(store, a_plan(TALK)) == store.load_plan(WEEK)


def test_a_change_the_database_refuses_leaves_the_store_as_it_was(file, store):
    keep(store, a_plan(TALK, hopes={TOGETHER: Hope(300)}))
    before = rows(file)
    new_week = a_plan(TALK, week=WEEK + 1, hopes={TOGETHER: Hope(90)}, season=Season.HARD)

    with pytest.raises(sa.exc.IntegrityError):
        keep(store, new_week)

    assert before == rows(file)


def test_a_ritual_the_database_refuses_stays_as_it_was(file, store):
    store.save_ritual(a_ritual(ways=("tea",)))
    before = rows(file)

    with pytest.raises(sa.exc.StatementError):
        store.save_ritual(a_ritual(ways=("tea", object())))

    assert before == rows(file)


def test_two_browsers_lose_nothing_of_each_other(file, store):
    def move_a_slider_fifty_times(strand):
        mine = open_store(sqlite_url(file))
        for _ in range(50):
            mine.change_plan(
                plans.first(WEEK, a_household()),
                lambda plan: plans.hope(plan, strand, (plan.hopes[strand].by_hand or 0) + 1),
            )
        mine.engine.dispose()

    with ThreadPoolExecutor() as both:
        list(both.map(move_a_slider_fifty_times, [TOGETHER, HER_OUT]))

    kept = store.load_plan(WEEK)

    assert [50, 50] == [kept.hopes[strand].by_hand for strand in (TOGETHER, HER_OUT)]


def test_two_tabs_of_one_browser_lose_nothing_of_each_other(store):
    def move_a_slider_fifty_times(strand):
        for _ in range(50):
            store.change_plan(
                plans.first(WEEK, a_household()),
                lambda plan: plans.hope(plan, strand, (plan.hopes[strand].by_hand or 0) + 1),
            )

    with ThreadPoolExecutor() as both:
        list(both.map(move_a_slider_fifty_times, [TOGETHER, HER_OUT]))

    kept = store.load_plan(WEEK)

    assert [50, 50] == [kept.hopes[strand].by_hand for strand in (TOGETHER, HER_OUT)]


def while_reading(store, table, happens):
    """Lets something happen after a store has read a table for the first time."""
    happened = []

    @sa.event.listens_for(store.engine, "after_cursor_execute")
    def _after(_at, _cursor, statement, *_rest):
        if f"FROM {table}" in statement and not happened:
            happened.append(statement)
            happens()

    return happened


def test_a_plan_is_read_as_it_was_at_one_instant(file, store):
    before = keep(store, a_plan(hopes={TOGETHER: Hope(300)}))
    after = a_plan(TALK, hopes={TOGETHER: Hope(90)}, choices=(Choice("late-talk", None, 1),))
    other = open_store(sqlite_url(file))
    happened = while_reading(store, "hopes", lambda: keep(other, after))

    assert before == store.load_plan(WEEK)
    assert happened
    assert after == store.load_plan(WEEK)
    other.engine.dispose()


def test_a_household_is_read_as_it_was_at_one_instant(file, store):
    before = a_household(hours=hours_of("Mon-Fri 09:00-17:00"))
    after = a_household(names=("Ada", "Bo"), hours=hours_of("Sat 09:00-12:00"))
    store.save_household(before)
    other = open_store(sqlite_url(file))
    happened = while_reading(store, "household", lambda: other.save_household(after))

    assert before == store.load_household()
    assert happened
    assert after == store.load_household()
    other.engine.dispose()


def test_nothing_is_kept_of_a_week_that_is_not_there(store):
    orphan = {"week": str(WEEK), "kind": "out", "partner": ONE, "usual": 60}

    with pytest.raises(sa.exc.IntegrityError), store.engine.begin() as at:
        at.execute(sa.insert(HOPES), orphan)


# -- filling


def test_a_store_that_holds_a_household_is_not_filled(file, store):
    store.save_household(a_household())
    before = rows(file)

    with pytest.raises(StoreError, match=r"^This store already holds a household, .*\.$"):
        store.fill(a_household(names=("Ada", "Bo")), [a_ritual()], [a_plan()])

    assert before == rows(file)


def test_a_fill_that_breaks_leaves_the_store_empty(file, store):
    before = rows(file)

    with pytest.raises(sa.exc.IntegrityError):
        store.fill(a_household(), [a_ritual()], [a_plan(), a_plan()])

    assert before == rows(file)


# -- opening


def test_a_store_is_made_from_nothing_in_a_folder_that_is_not_there(tmp_path):
    file = tmp_path / "our home" / "100% ours #1" / "Küche.db"
    made = open_store(sqlite_url(file))
    made.engine.dispose()

    assert file.is_file()
    assert {*TABLES.tables, "alembic_version"} == set(rows(file))


def test_opening_twice_changes_nothing(file, store):
    store.save_household(a_household())
    before = rows(file)
    again = open_store(sqlite_url(file))

    assert a_household() == again.load_household()
    assert before == rows(file)
    again.engine.dispose()


def test_many_may_open_a_new_store_at_once(file):
    with ThreadPoolExecutor(8) as together:
        opened = list(together.map(open_store, [sqlite_url(file)] * 8))

    opened[0].save_household(a_household())

    assert [a_household()] * 8 == [store.load_household() for store in opened]
    for store in opened:
        store.engine.dispose()


def test_the_migrations_make_the_tables_that_the_store_uses(store):
    with store.engine.connect() as at:
        compared = MigrationContext.configure(
            at, opts={"compare_type": True, "compare_server_default": True}
        )

        assert [] == compare_metadata(compared, TABLES)


def test_the_migrations_make_the_keys_that_the_store_uses(store):
    made = sa.inspect(store.engine)
    keys = {
        name: [column.name for column in table.primary_key] for name, table in TABLES.tables.items()
    }

    assert keys == {
        name: made.get_pk_constraint(name)["constrained_columns"] for name in TABLES.tables
    }


def test_the_newest_migration_is_the_one_the_store_knows():
    settings = Config()
    settings.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))

    assert [NEWEST] == ScriptDirectory.from_config(settings).get_heads()


def test_the_program_may_lie_in_a_folder_with_any_name(tmp_path):
    home = tmp_path / "100% ours #1"
    shutil.copytree(ROOT / "rituals", home / "rituals")
    script = "from rituals import storage; storage.open_store('sqlite:///leavewell.db')"
    subprocess.run([sys.executable, "-c", script], cwd=home, check=True, timeout=60)

    assert (home / "leavewell.db").is_file()


def one_sentence(refused):
    """Whether an error is one sentence: a capital, a full stop, one line."""
    told = str(refused.value)
    return told[0].isupper() and told.endswith(".") and not told.endswith("..") and "\n" not in told


def test_a_file_that_is_no_store_is_refused_in_one_sentence(file):
    file.write_bytes(b"BEGIN:VCALENDAR\r\n" * 100)

    with pytest.raises(StoreError, match="file is not a database") as refused:
        open_store(sqlite_url(file))

    assert one_sentence(refused)
    assert str(file) in str(refused.value)
    assert b"BEGIN:VCALENDAR\r\n" * 100 == file.read_bytes()


def test_a_folder_is_refused_in_one_sentence(tmp_path):
    with pytest.raises(StoreError) as refused:
        open_store(sqlite_url(tmp_path))

    assert one_sentence(refused)


def test_a_store_where_no_folder_can_be_made_is_refused_in_one_sentence(file):
    file.write_text("a file, no folder")

    with pytest.raises(StoreError) as refused:
        open_store(sqlite_url(file / "leavewell.db"))

    assert one_sentence(refused)
    assert str(file) in str(refused.value)


def test_an_address_that_is_none_is_refused_in_one_sentence():
    with pytest.raises(StoreError) as refused:
        open_store("our store")

    assert one_sentence(refused)


def test_a_store_of_a_newer_program_is_refused_in_one_sentence_and_stays(file, store):
    with store.engine.begin() as at:
        at.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    before = rows(file)

    with pytest.raises(StoreError, match="newer") as refused:
        open_store(sqlite_url(file))

    assert one_sentence(refused)
    assert before == rows(file)


def test_somebody_else_s_database_is_refused_in_one_sentence_and_stays(file):
    with sqlite3.connect(file) as at:
        at.execute("CREATE TABLE household (tomatoes INTEGER)")
    at.close()
    before = rows(file)

    with pytest.raises(StoreError) as refused:
        open_store(sqlite_url(file))

    assert one_sentence(refused)
    assert before == rows(file)


@pytest.mark.parametrize(
    ("environment", "address"),
    [
        ({"LEAVEWELL_DATABASE_URL": "sqlite:////home/us.db"}, "sqlite:////home/us.db"),
        ({"LEAVEWELL_DATABASE_URL": ""}, sqlite_url(storage.OWN_FILE)),
        ({}, sqlite_url(storage.OWN_FILE)),
    ],
)
def test_a_store_is_where_the_environment_says_or_beside_the_program(environment, address):
    assert address == storage.address(environment)


def test_the_couple_s_own_file_lies_in_the_data_folder():
    assert ROOT / "data" == storage.OWN_FILE.parent

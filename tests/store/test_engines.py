"""What a server can do that a file cannot: be away, come back, refuse, and hold a password."""

import re
import subprocess
import sys
import threading

import pytest
import sqlalchemy as sa

from rituals.model.calendar import Busy, Calendar, Origin
from rituals.store import aggregates, engines
from rituals.store.errors import StoreError
from rituals.store.schema import TABLES, WEEKS
from rituals.store.store import open_store
from tests.support.notation import WEEK, a_household, a_plan, a_ritual, a_span
from tests.support.paths import ROOT
from tests.support.postgres import empty

AWAY = "it does not answer just now; see that it runs and is reached, and try again"
NEVER_SAID = re.compile(r"\b(failed|missed|behind|overdue|should|streak|score)\b|%", re.IGNORECASE)


@pytest.fixture
def server(postgres):
    """A server that a test may stop."""
    yield postgres
    if not postgres.answers():
        postgres.start()


@pytest.fixture
def there(ready):
    """A store on the server with nothing in it."""
    opened = open_store(ready)
    yield opened
    empty(opened.engine)
    opened.engine.dispose()


def sentence(refused):
    """The one sentence of a refusal; no word in it is one that is never said."""
    told = str(refused.value)
    assert re.fullmatch(r"[A-Z][^\n]*[^.]\.", told), told
    assert not NEVER_SAID.search(re.sub(r" at \S+://\S+ ", " ", told)), told
    return told


# -- away and back


def test_a_store_is_there_again_once_its_server_is_back(server, there):
    there.save_household(a_household())
    server.stop()
    with pytest.raises(StoreError) as unread:
        there.load_household()
    with pytest.raises(StoreError) as unwritten:
        there.change_plan(a_plan(), lambda plan: plan)
    server.start()

    assert f"The store cannot be read: {AWAY}." == sentence(unread)
    assert f"The store did not take this: {AWAY}." == sentence(unwritten)
    assert a_household() == there.load_household()
    assert there.load_plan(WEEK) is None


def test_connections_that_were_cut_are_made_anew(server, there):
    there.save_household(a_household())
    cut = server.send_everybody_away(there.engine.url.database)

    assert cut
    assert a_household() == there.load_household()


def test_a_change_that_is_cut_off_leaves_the_store_as_it_was(server, there):
    there.save_household(a_household())

    def cut(plan):
        server.send_everybody_away(there.engine.url.database)
        return plan

    with pytest.raises(StoreError) as refused:
        there.change_plan(a_plan(), cut)

    assert f"The store did not take this: {AWAY}." == sentence(refused)
    assert there.load_plan(WEEK) is None


def test_every_look_into_a_store_that_is_away_ends_in_one_sentence(there, server):
    looks = [
        there.first_week,
        lambda: there.last_times(WEEK),
        lambda: there.load_titles("one", a_span("Tue 09:00-10:00")),
        lambda: aggregates.sums_together(there, WEEK, WEEK),
        lambda: aggregates.last_lived(there, ["late-talk"], WEEK),
    ]
    server.stop()
    for look in looks:
        with pytest.raises(StoreError) as refused:
            look()
        assert f"The store cannot be read: {AWAY}." == sentence(refused)


# -- writers wait for each other, but not for ever


def test_a_writer_waits_for_the_one_before(there):
    order = []
    holds, waits = threading.Event(), threading.Event()

    def first():
        with there.writing():
            holds.set()
            waits.wait(5)
            order.append("first")

    one = threading.Thread(target=first)
    one.start()
    holds.wait(5)
    two = threading.Thread(target=lambda: (there.dismiss("x"), order.append("second")))
    two.start()
    two.join(0.3)
    assert two.is_alive()
    waits.set()
    one.join()
    two.join()

    assert ["first", "second"] == order


def test_a_writer_gives_up_in_one_sentence(there):
    with there.writing(), there.engine.connect() as impatient:
        impatient.exec_driver_sql("SET lock_timeout = '50ms'")
        with pytest.raises(sa.exc.OperationalError) as refused:
            impatient.execute(sa.select(sa.func.pg_advisory_xact_lock(engines.WRITERS)))

    assert "somebody is still writing there; try again in a moment" == engines.reason(refused.value)


def test_every_connection_knows_how_long_to_wait(there):
    with there.reading() as at:
        told = [
            at.exec_driver_sql(f"SHOW {setting}").scalar()
            for setting in ("lock_timeout", "idle_in_transaction_session_timeout")
        ]

    assert ["15s", "1min"] == told


def test_a_reader_cannot_write(there):
    with pytest.raises(StoreError), there.reading() as at:
        at.execute(sa.insert(WEEKS), {"week": str(WEEK), "season": "usual"})

    assert there.load_plan(WEEK) is None


# -- what an address may be


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("postgresql+psycopg://us:geheim@127.0.0.1:1/x", AWAY),
        ("postgresql://us@127.0.0.1:1/x?password=geheim", AWAY),
        ("postgres://us:geheim@/x?host=/nowhere", AWAY),
        ("postgresql://us:geheim@database.invalid/x", "no machine of that name is known here"),
        ("mysql://us:geheim@127.0.0.1/x", "Leavewell keeps its weeks in SQLite or PostgreSQL"),
    ],
)
def test_an_address_where_nothing_is_says_so_without_its_password(address, told):
    with pytest.raises(StoreError) as refused:
        open_store(address)

    assert f"cannot be opened: {told}." in sentence(refused)
    assert "geheim" not in str(refused.value)


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://us:geheim@127.0.0.1:port/x",
        "postgresql://us:a:geheim@b/geheim@127.0.0.1/x",
        "postgresql://us:a@geheim@127.0.0.1/x",
        "geheim",
    ],
)
def test_an_address_that_cannot_be_read_is_not_said_again(address):
    with pytest.raises(StoreError, match="write it like") as refused:
        open_store(address)

    assert "geheim" not in sentence(refused)
    assert refused.value.__cause__ is None


def test_a_database_that_is_not_there_is_named(postgres):
    with pytest.raises(StoreError) as refused:
        open_store(postgres.url("nowhere", "geheim"))

    assert "us:***@/nowhere" in sentence(refused)
    assert "there is no such database" in str(refused.value)


@pytest.mark.parametrize(
    ("password", "told"),
    [
        ("geheim", "the name or the password is not one it knows"),
        (None, "it asks for a password"),
    ],
)
def test_a_password_that_is_not_known_is_not_said(postgres, password, told):
    with pytest.raises(StoreError) as refused:
        open_store(postgres.url("postgres", password, "stranger"))

    assert f"cannot be opened: {told}." in sentence(refused)
    assert "geheim" not in str(refused.value)


def test_a_name_that_may_make_no_tables_is_refused(postgres):
    with postgres.database() as name:
        postgres.ask("CREATE ROLE guest LOGIN")
        url = sa.make_url(postgres.url(name)).set(username="guest")
        with pytest.raises(StoreError) as refused:
            open_store(url.render_as_string())
        postgres.ask("DROP ROLE guest")

    assert "permission denied" in sentence(refused)


def test_a_database_that_cannot_keep_every_letter_is_refused(postgres):
    with (
        postgres.database("ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C'") as name,
        pytest.raises(StoreError) as refused,
    ):
        open_store(postgres.url(name))

    assert "it keeps letters as LATIN1" in sentence(refused)


@pytest.mark.outside
def test_the_driver_is_loaded_only_for_a_server():
    script = (
        "import sys; from rituals.store.store import open_store; open_store('sqlite://').load_household();"
        "sys.exit('psycopg' in sys.modules)"
    )

    assert 0 == subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=False).returncode


# -- the same in both


def test_text_is_in_the_same_order_in_both(url):
    titles = ["Zoo", "apple", "Äpfel", "a b", "ab", "A-b", "_", "é", "👪", "", "zoo", "aB"]
    with_both = open_store(url)
    for number, title in enumerate(titles):
        with_both.save_ritual(a_ritual(str(number), title=title))
    loaded = [ritual.title for ritual in with_both.load_rituals().values()]
    with_both.engine.dispose()

    assert sorted(titles) == loaded


def test_a_nul_in_a_text_is_dropped(url):
    store = open_store(url)
    store.save_calendar(
        Calendar("1", "one", "a\0b", Origin.FILE, "x", titles=True),
        [Busy(a_span("Tue 09:00-10:00"), "\0c")],
    )
    found = (
        store.load_calendars()[0].name,
        store.load_titles("one", a_span("Tue 09:00-10:00"))[0].title,
    )
    store.engine.dispose()

    assert ("ab", "c") == found


def test_a_text_may_be_as_long_as_it_likes(url):
    long = a_ritual("x" * 500, title="y" * 5000)
    store = open_store(url)
    store.save_ritual(long)
    kept = store.load_rituals()
    store.engine.dispose()

    assert {long.id: long} == kept


def test_no_text_in_postgresql_follows_a_language_or_ends_early(there):
    made = sa.inspect(there.engine)
    texts = {
        (name, column["name"]): (str(column["type"]), column["type"].collation)
        for name in TABLES.tables
        for column in made.get_columns(name)
        if isinstance(column["type"], sa.String)
    }

    assert 60 < len(texts)
    assert {('TEXT COLLATE "C"', "C")} == set(texts.values())

"""What all tests share: how long hypothesis looks, the clock, and a store, empty or filled."""

import gc
import shutil
import sys
from datetime import timedelta
from functools import cache
from itertools import count
from pathlib import Path

import keyring
import pytest
import sqlalchemy as sa
import time_machine
from hypothesis import settings

from rituals.planning import catalogue, sample
from rituals.store import location
from rituals.store.store import open_store
from tests.support import postgres as real
from tests.support.keyring_in_a_file import Keyring
from tests.support.notation import NOW, a_household, today_at_home

# The usual examples are the same in every run: chance may find a fault in a long one, not in CI.
settings.register_profile("usual", max_examples=40, deadline=None, derandomize=True)
settings.register_profile("long", max_examples=2000, deadline=None)  # --hypothesis-profile=long
settings.load_profile("usual")

# Whoever asks for one of these starts a browser, a server or another program.
STARTED = {"chromium", "running", "fresh", "postgres", "started"}
OUTSIDE = {"browser", "clients"}  # folders of which every test does
ENDED = count(1)  # tests


def pytest_collection_modifyitems(items):
    """Marks what `make fast` leaves out, beside the modules that say so themselves."""
    for item in items:
        on = getattr(item, "callspec", None)
        if (
            STARTED & {*item.fixturenames}
            or item.path.parent.name in OUTSIDE
            or (on and on.params.get("kind") == "PostgreSQL")
        ):
            item.add_marker(pytest.mark.outside)


def pytest_collection_finish():
    """Keeps the collector away from what all tests share, and lets AppTests hurry."""
    gc.freeze()
    gc.set_threshold(1_000_000, 50, 50)
    if "streamlit.testing.v1" in sys.modules:  # a second, for whoever runs one file
        from tests.support import app_tests

        app_tests.hurry()


def pytest_runtest_logfinish():
    """Collects now and then all the same, or connections stay open by the hundred."""
    if not next(ENDED) % 100:
        gc.collect()
        gc.freeze()  # what is left is shared, and was looked through at each of the next ones


@pytest.fixture(autouse=True)
def clock():
    """The clock of each test, which begins at one instant and goes on; a test may move it."""
    with time_machine.travel(NOW) as clock:
        yield clock


@pytest.fixture
def on_sunday(clock):
    """A Sunday, the next one: all of the week that is planned lies ahead."""
    today = today_at_home()
    clock.shift(timedelta(days=6 - today.weekday()))


@pytest.fixture(scope="session")
def postgres():
    """A PostgreSQL server."""
    with real.running() as server:
        yield server


@pytest.fixture(scope="session")
def ready(postgres):
    """The address of a database there whose tables are made; each test leaves them empty."""
    with postgres.database(like=postgres.with_tables) as name:
        yield postgres.url(name)


@pytest.fixture(scope="session", params=["SQLite", "PostgreSQL"])
def kind(request):
    """Each of the two databases: what asks for it runs on both."""
    return request.param


@pytest.fixture
def bare(kind, tmp_path, request):
    """An address with nothing at it yet, on either."""
    if kind == "SQLite":
        yield location.sqlite_url(tmp_path / "bare.db")
        return
    server = request.getfixturevalue("postgres")
    with server.database() as name:
        yield server.url(name)


@pytest.fixture
def url(kind, new_file, tmp_path, request):
    """The address of a store with nothing in it, on either."""
    if kind == "SQLite":
        yield location.sqlite_url(shutil.copy2(new_file, tmp_path / "leavewell.db"))
        return
    address = request.getfixturevalue("ready")
    yield address
    real.empty(sa.create_engine(address, poolclass=sa.NullPool))


@pytest.fixture(scope="session")
def new_file(tmp_path_factory):
    """A store with nothing in it: ten times as quick to copy as to make."""
    file = tmp_path_factory.mktemp("new") / "leavewell.db"
    open_store(location.sqlite_url(file)).engine.dispose()
    return file


@pytest.fixture
def store(new_file, tmp_path, monkeypatch):
    """A store with nothing in it, which the pages take for the couple's own."""
    url = location.sqlite_url(Path(shutil.copy2(new_file, tmp_path)))
    monkeypatch.setenv("LEAVEWELL_DATABASE_URL", url)
    opened = open_store(url)
    yield opened
    opened.engine.dispose()


@pytest.fixture
def keyring_file(tmp_path, monkeypatch):
    """The file of a keyring with nothing in it, which is the system's own for one test."""
    file = tmp_path / "keyring.json"
    monkeypatch.setenv("KEYRING_FILE", str(file))
    monkeypatch.setattr(keyring.core, "_keyring_backend", Keyring())
    return file


@pytest.fixture
def no_keyring(monkeypatch):
    """A system that has no keyring."""
    monkeypatch.setattr(keyring.core, "_keyring_backend", keyring.backends.fail.Keyring())


@pytest.fixture
def empty(store):
    """A household whose first Sunday it is."""
    store.save_household(a_household())
    return store


@pytest.fixture(scope="session")
def filled_file(tmp_path_factory):
    """By day, a file of the sample couple's: quicker to copy than to fill anew."""

    @cache
    def of(today):
        file = tmp_path_factory.mktemp("filled") / "leavewell.db"
        couple, store = sample_couple(today), open_store(location.sqlite_url(file))
        store.fill(couple.household, (), couple.plans)
        store.engine.dispose()
        return file

    return of


@pytest.fixture
def filled(store, filled_file):
    """The sample couple with half a year behind them."""
    today = today_at_home()
    if store.engine.dialect.name == "sqlite":
        store.engine.dispose()
        shutil.copy2(filled_file(today), store.engine.url.database)
    else:
        couple = sample_couple(today)
        store.fill(couple.household, (), couple.plans)
    return store


@cache
def sample_couple(today, weeks=30):
    """Placing half a year takes a second or two; what comes of it is always the same."""
    return sample.couple(today, weeks, catalogue.load(catalogue.SUGGESTED))

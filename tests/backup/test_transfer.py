"""Everything moves, the same, or nothing does; and the store it comes from stays as it is."""

import gc
import json
import re
import shutil
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa
from click.testing import CliRunner

from rituals import __main__ as command_line
from rituals.backup import transfer
from rituals.calendars.outgoing.ledger import Ledger
from rituals.cli import context
from rituals.model.calendar import Audience, Busy, Calendar, Feed, Origin, Route, Server
from rituals.model.difference import Difference, What
from rituals.model.household import ONE, Kind, Strand
from rituals.model.note import Note
from rituals.model.plan import Yes
from rituals.store import location
from rituals.store.errors import StoreError
from rituals.store.schema import (
    ATTEMPTS,
    BUSY,
    COVERS,
    DOOR,
    DRAWERS,
    EARLIER,
    REVISION,
    RITUALS,
    SEASON,
    TABLES,
    USUAL,
    WISHED,
)
from rituals.store.store import open_store
from rituals.surprises import wishlist
from tests.conftest import sample_couple
from tests.support.notation import WEEK, a_household, a_ritual, a_span, an_instant, an_occurrence
from tests.support.postgres import everything

SUNDAY_NIGHT = datetime(2026, 11, 22, 20, tzinfo=UTC)
BEFORE = {
    "children": False,
    "zone": "Europe/Berlin",
    "week_starts": 0,
    "clock": dict.fromkeys(("wake", "sleep", "bedtime", "supper"), "07:00:00"),
    "hours": [],
    "usual": [],
}
NEVER_SAID = re.compile(r"\b(failed|missed|behind|overdue|should|streak|score)\b|%", re.IGNORECASE)


@pytest.fixture
def other(kind, new_file, tmp_path, request):
    """The address of a store in the database that `url` is not in."""
    if kind == "PostgreSQL":
        yield location.sqlite_url(shutil.copy2(new_file, tmp_path / "other.db"))
        return
    server = request.getfixturevalue("postgres")
    with server.database(like=server.with_tables) as name:
        yield server.url(name)


def fill(url):
    """A household with something in every table."""
    couple = sample_couple(SUNDAY_NIGHT.date())
    store = open_store(url)
    first, *others = couple.plans[-5:]  # the newest is a week to plan
    met, *later = first.occurrences
    yes = Yes(ONE, met.title, met.start, met.end)
    first = replace(
        first,
        occurrences=(replace(met, yes=(yes,)), *later),
        lived={Strand(Kind.SOLO, ONE): 90},
        sitter=(a_span("Tue 09:00-10:00"),),
        grace="Küsse 👪 %s",
    )
    ritual = a_ritual("long" * 100, title="x" * 300, ways=("tea", "a\nb"), note="\\ ' \" %(x)s")
    store.fill(couple.household, [ritual], [first, *others])
    work = Calendar("1", ONE, "work", Origin.FILE, "w.ics", titles=True, read=SUNDAY_NIGHT)
    store.save_calendar(work, [Busy(a_span("Tue 09:00-10:00"), "Dentist", whole_day=True)])
    store.save_noticed(Note("1", WEEK, ONE, "coffee", True, an_instant("Sun 21:00")))
    store.dismiss("thursdays")
    ledger = Ledger.of(couple.household, Audience.SHARED, Route.FILE, ())
    store.save_exported(ledger.new_entries(WEEK, [an_occurrence()], SUNDAY_NIGHT))
    store.save_feed(Feed(Audience.ONE, "token", "/home/us/sync"))
    store.save_server(Server(Audience.SHARED, "https://c.example", "us", "https://c.example/1", ""))
    day = date(2026, 12, 4)
    store.save_difference(Difference("1", What.OFF, day, day, SUNDAY_NIGHT, ONE))
    child = {"text": "2019", "name": "Mia"}
    drawer = {"pin": "a", "recovery": "b", "content": b"\0\xff", "token": "", "feed": b""}
    cover = {
        "line": "Keep it free",
        "start": an_instant("Thu 18:00"),
        "end": an_instant("Thu 19:00"),
    }
    with store.writing() as at:
        at.execute(sa.insert(USUAL), {"what": "child", "whose": "", "position": 0, **child})
        at.execute(sa.insert(EARLIER), {"week": str(WEEK), "usual": json.dumps(BEFORE)})
        at.execute(sa.insert(DRAWERS), {"partner": ONE, "tries": 0, "until": None, **drawer})
        at.execute(sa.insert(COVERS), {"id": "1", "week": str(WEEK), "giver": ONE, **cover})
        at.execute(sa.insert(DOOR), {"id": 1, "passphrase": "hash", "since": SUNDAY_NIGHT})
        at.execute(sa.insert(WISHED), {"partner": ONE, "ritual": "late-talk"})
        rare = {"ritual": "money-hour", "partner": "", "week": str(WEEK)}
        at.execute(sa.insert(SEASON), {**rare, "by_hand": False, "left_out": True})
    store.engine.dispose()


def move(url, other):
    old, new = open_store(url), open_store(other)
    try:
        return transfer.move(old, new)
    finally:
        old.engine.dispose()
        new.engine.dispose()


def test_everything_is_there_and_the_same(url, other):
    fill(url)
    before = everything(url)
    counts = move(url, other)

    assert before == everything(url)
    assert before == everything(other)
    assert {name: len(rows) for name, rows in before.items()} == counts
    assert {table.name for table in transfer.MOVED} == {n for n, count in counts.items() if count}


def test_it_moves_back_as_well(url, other, tmp_path):
    fill(url)
    home = location.sqlite_url(tmp_path / "home.db")
    move(url, other)
    move(other, home)

    assert everything(url) == everything(home)


def test_every_table_has_words():
    assert {table.name for table in transfer.MOVED} == set(transfer.WORDS)
    assert {REVISION, ATTEMPTS} == set(TABLES.sorted_tables) - set(transfer.MOVED)


def test_a_store_that_holds_anything_is_not_moved_into(url, other):
    fill(url)
    there = open_store(other)
    there.dismiss("thursdays")
    there.engine.dispose()
    before = everything(other)

    with pytest.raises(StoreError, match="already holds a household, and it stays as it is"):
        move(url, other)

    assert before == everything(other)


def test_a_store_is_not_moved_into_itself(url):
    fill(url)
    before = everything(url)

    with pytest.raises(StoreError, match="already holds a household"):
        move(url, url)

    assert before == everything(url)


def tables_in_use(url):
    return [name for name, rows in everything(url).items() if rows]


@pytest.mark.parametrize("table", ["household", "weeks", "occurrences", "servers"])
def test_an_interruption_leaves_the_new_store_empty(url, other, table):
    fill(url)
    old, new = open_store(url), open_store(other)

    @sa.event.listens_for(new.engine, "after_cursor_execute")
    def _stops(_at, _cursor, statement, *_rest):
        if f"INSERT INTO {table}" in statement:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        transfer.move(old, new)
    old.engine.dispose()
    new.engine.dispose()
    gc.collect()  # a process would be over now, and its connection closed

    assert [] == tables_in_use(other)
    assert move(url, other)["occurrences"]


def test_a_server_that_goes_away_leaves_the_new_store_empty(postgres, tmp_path):
    url = location.sqlite_url(tmp_path / "old.db")
    fill(url)
    with postgres.database() as name:
        old, new = open_store(url), open_store(postgres.url(name))

        @sa.event.listens_for(new.engine, "before_cursor_execute")
        def _ends(_at, _cursor, statement, *_rest):
            if "INSERT INTO occurrences" in statement:
                postgres.send_everybody_away(name)

        with pytest.raises(StoreError, match="did not take this: it does not answer just now"):
            transfer.move(old, new)
        old.engine.dispose()
        new.engine.dispose()

        assert [] == tables_in_use(postgres.url(name))


def test_what_arrives_otherwise_is_noticed_and_nothing_is_moved(tmp_path):
    url, other = (location.sqlite_url(tmp_path / name) for name in ("old.db", "new.db"))
    fill(url)
    there = open_store(other)
    with there.writing() as at:
        at.exec_driver_sql(
            "CREATE TRIGGER wrong AFTER INSERT ON busy BEGIN UPDATE busy SET title = 'x'; END"
        )
    there.engine.dispose()

    with pytest.raises(StoreError, match="The busy times did not arrive as they are here"):
        move(url, other)

    assert [] == tables_in_use(other)


def test_a_row_that_does_not_arrive_is_noticed(tmp_path):
    url, other = (location.sqlite_url(tmp_path / name) for name in ("old.db", "new.db"))
    fill(url)
    there = open_store(other)
    with there.writing() as at:
        at.exec_driver_sql(
            "CREATE TRIGGER wrong AFTER INSERT ON hopes BEGIN DELETE FROM hopes; END"
        )
    there.engine.dispose()

    with pytest.raises(StoreError, match="The hopes did not arrive"):
        move(url, other)


def test_a_nul_from_an_older_store_does_not_stop_it(tmp_path, other):
    url = location.sqlite_url(tmp_path / "old.db")
    fill(url)
    old = open_store(url)
    with old.writing() as at:
        at.exec_driver_sql("UPDATE busy SET title = 'a' || char(0) || 'b'")
    old.engine.dispose()
    move(url, other)
    engine = sa.create_engine(other, poolclass=sa.NullPool)
    with engine.connect() as at:
        assert ["ab"] == list(at.execute(sa.select(BUSY.c.title)).scalars())


def test_rows_are_compared_in_the_same_order(url, other):
    store = open_store(url)
    store.save_household(a_household())
    for key in ("B", "a", "ä", "Z", "_", " ", "👪", "é"):
        store.save_ritual(a_ritual(key))
    store.engine.dispose()

    assert 8 == move(url, other)[RITUALS.name]


# -- the command


def run(*arguments):
    told = CliRunner().invoke(command_line.commands, ["move", *arguments])
    assert not NEVER_SAID.search(re.sub(r"\S+://\S+", "", told.output))
    return told.exit_code, told.stdout, told.stderr


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A store on this machine, for the command."""
    url = location.sqlite_url(tmp_path / "leavewell.db")
    monkeypatch.setenv("LEAVEWELL_DATABASE_URL", url)
    monkeypatch.setattr(context, "now", lambda: SUNDAY_NIGHT)
    return url


def test_the_command_says_what_is_there_now_and_the_line_to_set(home, postgres, monkeypatch):
    fill(home)
    with postgres.database() as name:
        code, told, _ = run("--to", postgres.url(name, "geheim"))
        monkeypatch.setenv("LEAVEWELL_DATABASE_URL", postgres.url(name))
        shown = CliRunner().invoke(command_line.commands, ["balance", "--csv", "--weeks", "4"])

        assert everything(home) == everything(postgres.url(name))

    assert 0 == code
    assert re.search(r"^ +5  weeks$", told, re.MULTILINE)
    assert f"  LEAVEWELL_DATABASE_URL='postgresql+psycopg://us:***@/{name}?host=" in told
    assert "the password takes the place of ***" in told
    assert "geheim" not in told
    assert (0, True) == (shown.exit_code, "2026-W48" in shown.stdout)


def test_the_command_names_a_file_as_it_is_called_from_every_folder(home, tmp_path, monkeypatch):
    fill(home)
    monkeypatch.chdir(tmp_path)
    code, told, _ = run("--to", "sqlite:///new.db")

    assert 0 == code
    assert f"  LEAVEWELL_DATABASE_URL=sqlite:///{tmp_path}/new.db\n" in told
    assert everything(home) == everything(location.sqlite_url(tmp_path / "new.db"))


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("sqlite://", "A store without a file is gone with this command; name one."),
        ("postgresql+psycopg://us:geheim@127.0.0.1:1/x", "us:***@127.0.0.1:1/x cannot be opened"),
        ("nonsense", "The store's address cannot be read"),
    ],
)
def test_the_command_refuses_in_one_sentence(home, address, said):
    fill(home)
    before = everything(home)
    code, told, refused = run("--to", address)

    assert (2, "", 1) == (code, told, len(refused.splitlines()))
    assert said in refused
    assert before == everything(home)


@pytest.mark.usefixtures("home")
def test_the_command_moves_nothing_where_there_is_no_household(tmp_path):
    code, told, refused = run("--to", location.sqlite_url(tmp_path / "new.db"))

    assert (2, "") == (code, told)
    assert refused.startswith("There is no household yet")
    assert not (tmp_path / "new.db").exists()


def test_the_command_moves_wishes_and_counts_none_of_them(home, tmp_path):
    fill(home)
    other = location.sqlite_url(tmp_path / "new.db")
    _, told, _ = run("--to", other)
    store = open_store(other)
    marked = wishlist.load(store, ONE)
    store.engine.dispose()

    assert {"late-talk"} == marked
    assert not re.search(r"^ +\d+  wish", told, re.MULTILINE)

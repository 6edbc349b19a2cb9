"""Out and back gives an equal store; whatever else a zip holds, it is refused in one sentence."""

import csv
import hashlib
import io
import json
import os
import random
import re
import shutil
import zipfile
from datetime import UTC, datetime
from functools import cache

import icalendar
import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from rituals.backup import archive, zip_files
from rituals.backup.archive import ArchiveError
from rituals.model.household import ONE, Kind, Strand
from rituals.model.note import Note
from rituals.model.plan import Choice, Hope
from rituals.model.time.week import Week
from rituals.store import location
from rituals.store.errors import StoreError
from rituals.store.schema import HOUSEHOLD, OCCURRENCES, TABLES
from rituals.store.store import NEWEST, Store, open_store
from tests.backup import test_transfer as moving
from tests.conftest import sample_couple
from tests.support.notation import WEEK, a_household, a_plan, a_ritual, an_occurrence
from tests.support.postgres import everything as rows_of

NOW = datetime(2026, 11, 22, 20, tzinfo=UTC)
EXAMPLES = int(os.environ.get("LEAVEWELL_EXAMPLES", "200"))  # of zips nobody took out
NEVER_SAID = moving.NEVER_SAID


@pytest.fixture
def other(kind, new_file, tmp_path, request):
    """The address of a store in the database that `url` is not in."""
    if kind == "PostgreSQL":
        yield location.sqlite_url(shutil.copy2(new_file, tmp_path / "other.db"))
        return
    server = request.getfixturevalue("postgres")
    with server.database(like=server.with_tables) as name:
        yield server.url(name)


def in_memory(filled=True):
    """A store that is gone with the test, of a household with one week."""
    engine = sa.create_engine("sqlite://", poolclass=sa.StaticPool)
    sa.event.listen(engine, "connect", lambda at, _: at.execute("PRAGMA foreign_keys=ON"))
    TABLES.create_all(engine)
    store = Store(engine)
    if filled:
        talk = an_occurrence(partner=None, said="as planned", lived=60)
        hopes = {Strand(Kind.TOGETHER): Hope(300, 330)}
        plan = a_plan(talk, hopes=hopes, choices=(Choice("late-talk", None, 2),))
        store.fill(a_household(), [a_ritual(ways=("tea",), alarm=15)], [plan])
        store.save_noticed(Note("1", WEEK, ONE, "you brought me coffee", True, NOW))
    return store


def taken_out(url):
    store = open_store(url)
    try:
        return archive.export_archive(store, NOW)
    finally:
        store.engine.dispose()


def put_back(content, url):
    store = open_store(url)
    try:
        return archive.restore(content, store)
    finally:
        store.engine.dispose()


def opened(content):
    """The files of a zip by name."""
    with zipfile.ZipFile(io.BytesIO(content)) as zip:
        return {name: zip.read(name) for name in zip.namelist()}


def packed(files, **manifest):
    """A zip of files whose manifest tells of them as they are."""
    told = json.loads(files["manifest.json"]) | manifest
    told["files"] = {
        name: {"sha256": hashlib.sha256(content).hexdigest(), "size": len(content)}
        for name, content in files.items()
        if name != "manifest.json"
    }
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as zip:
        for name, content in (files | {"manifest.json": json.dumps(told)}).items():
            zip.writestr(name, content)
    return whole.getvalue()


def with_rows(content, table, change, **manifest):
    """A zip once the rows of a table are others, and everything else says so too."""
    files = opened(content)
    name = f"data/{table}.json"
    rows = change(json.loads(files[name]))
    lines = ",\n".join(json.dumps(row) for row in rows)
    files[name] = (f"[\n{lines}\n]\n" if rows else "[\n]\n").encode()
    counts = json.loads(files["manifest.json"])["rows"]
    counts |= {table: len(rows)} if table in counts else {}
    return packed(files, rows=counts, **manifest)


def refusal(content):
    """The one sentence with which a zip is refused."""
    with pytest.raises(ArchiveError) as refused:
        archive.inspect(content)
    said = str(refused.value)
    assert said.endswith(".")
    assert "\n" not in said
    assert not NEVER_SAID.search(said)
    return said


@cache
def a_good_zip():
    """A zip of a small household."""
    return archive.export_archive(in_memory(), NOW)


@pytest.fixture
def good():
    return a_good_zip()


# -- out and back


def test_out_and_back_gives_an_equal_store(url, other):
    moving.fill(url)
    before = rows_of(url)
    whole = taken_out(url)
    put_back(whole, other)

    assert before == rows_of(url)
    assert before == rows_of(other)
    assert whole == taken_out(other)


def test_the_sample_couple_comes_back_the_same(url):
    couple = sample_couple(NOW.date())
    store = open_store(url)
    store.fill(couple.household, (), couple.plans)
    before = rows_of(url)
    whole = archive.export_archive(store, NOW)
    with store.writing() as at:
        at.execute(sa.delete(OCCURRENCES))
        at.execute(sa.update(HOUSEHOLD).values(children=False))
    archive.restore(whole, store)
    store.engine.dispose()

    assert before == rows_of(url)


def test_putting_back_replaces_what_is_there_and_other_screens_see_it(url):
    store = open_store(url)
    store.save_household(a_household(names=("Ana", "Ben")))
    store.dismiss("thursdays")
    before = store.revision()
    archive.restore(archive.export_archive(in_memory(), NOW), store)

    assert "Maya" == store.load_household().name(ONE)
    assert frozenset() == store.load_dismissed()
    assert before < store.revision()
    assert store.changed.is_set()
    store.engine.dispose()


def test_what_a_zip_holds_can_be_read_by_people_and_programs(good):
    files = opened(good)
    noticed = json.loads(files["data/noticed.json"])
    weeks = list(csv.DictReader(io.StringIO(files["weeks.csv"].decode())))
    shared = icalendar.Calendar.from_ical(files["calendars/shared.ics"])

    assert ["you brought me coffee"] == [row["text"] for row in noticed]
    assert [(str(WEEK), "1.00")] == [(w["week"], w["Together: happened"]) for w in weeks]
    assert ["Late talk"] == [str(event["SUMMARY"]) for event in shared.events]
    assert [] == icalendar.Calendar.from_ical(files["calendars/one.ics"]).events
    assert files["READ ME.txt"].decode().startswith("Everything of Maya and Jonas, taken out")
    assert not NEVER_SAID.search(files["READ ME.txt"].decode())


def test_its_manifest_tells_of_every_other_file(good):
    files = opened(good)
    manifest = json.loads(files.pop("manifest.json"))

    assert (1, NEWEST) == (manifest["format"], manifest["schema"])
    assert manifest["files"] == {
        name: {"sha256": hashlib.sha256(content).hexdigest(), "size": len(content)}
        for name, content in files.items()
    }
    assert 1 == manifest["rows"]["weeks"]
    assert "wished" not in manifest["rows"]


def test_the_same_household_gives_the_same_bytes(good):
    assert good == archive.export_archive(in_memory(), NOW)


def test_what_is_ones_own_is_not_read_in_passing(url):
    moving.fill(url)
    store = open_store(url)
    store.save_noticed(Note("2", WEEK, ONE, "a line of my own", False, NOW))
    store.engine.dispose()
    whole = b"\n".join(opened(taken_out(url)).values())

    for own in (b"a line of my own", b"Dentist"):
        assert own not in whole
    assert b'"ritual": "late-talk"}' not in whole  # a wish
    assert b"coffee" in whole


def test_nothing_is_taken_out_before_there_is_a_household(url):
    store = open_store(url)

    with pytest.raises(StoreError, match="There is no household yet"):
        archive.export_archive(store, NOW)

    store.engine.dispose()


def test_text_of_any_kind_comes_back(url):
    store = open_store(url)
    texts = (
        "=1+1",
        "![](http://x)",
        "\u202edesrever",
        "a\u2028b",
        "👪" * 3000,
        "\\ud800",
        "\x7f\t",
    )
    store.fill(
        a_household(names=("Zoë\n", "")),
        [a_ritual(str(n), title=text, ways=(text,)) for n, text in enumerate(texts)],
        [],
    )
    before = rows_of(url)
    archive.restore(archive.export_archive(store, NOW), store)
    store.engine.dispose()

    assert before == rows_of(url)


# -- a look inside


def test_what_an_older_store_holds_comes_back_as_it_would_be_kept_today():
    store = in_memory()
    with store.writing() as at:  # past what keeps it out today
        at.exec_driver_sql("UPDATE occurrences SET title = ?", ("Talk \u202eklaT\0",))
    archive.restore(archive.export_archive(store, NOW), store)

    assert ["Talk klaT"] == [o.title for o in store.load_plan(WEEK).occurrences]


def test_a_look_says_whose_it_is_and_how_much(good):
    inside = archive.inspect(good)

    assert (1, WEEK, NEWEST, NOW) == (
        inside.weeks,
        inside.newest,
        inside.schema,
        inside.taken_out,
    )
    assert () == inside.leads_to
    assert archive.description(inside) == (
        "Maya and Jonas: one week, the newest of 23 November 2026, taken out on 22 November 2026."
    )


def test_a_look_says_where_it_leads_to(tmp_path):
    url = location.sqlite_url(tmp_path / "leavewell.db")
    moving.fill(url)
    got = archive.inspect(taken_out(url)).leads_to

    assert got == (
        "Calendars are written into the folder /home/us/sync",
        "Maya’s own calendar is there for whoever knows its address",
        "Weeks are published to https://c.example",
    )


def test_a_look_changes_nothing(tmp_path, good):
    url = location.sqlite_url(tmp_path / "leavewell.db")
    moving.fill(url)
    before, listed = rows_of(url), sorted(tmp_path.iterdir())
    archive.inspect(good)

    assert before == rows_of(url)
    assert listed == sorted(tmp_path.iterdir())


# -- older and newer ones


def test_an_older_zip_gets_what_it_did_not_know(good):
    def without(rows):
        return [
            {n: v for n, v in row.items() if n not in ("thinks", "grace", "rhythm")} for row in rows
        ]

    files = opened(with_rows(good, "rituals", without, schema="0006"))
    for table in ("yes", "drawers", "covers", "wished"):
        del files[f"data/{table}.json"]
    counts = json.loads(files["manifest.json"])["rows"]
    inside = archive.inspect(
        packed(
            files, rows={n: c for n, c in counts.items() if n not in ("yes", "drawers", "covers")}
        )
    )

    assert ("0006", 1, 0) == (inside.schema, inside.rows["rituals"], inside.rows["drawers"])


def test_a_zip_from_before_the_marks_is_marked_when_it_is_put_back(url, other):
    moving.fill(url)
    before = taken_out(url)
    unknown = {"leaves", "in_person", "with_children", "supper"}

    def without(rows):
        return [{n: v for n, v in row.items() if n not in unknown} for row in rows]

    for table in ("household", "rituals", "occurrences"):
        before = with_rows(before, table, without, schema="0010")
    files = opened(before)
    counts = json.loads(files["manifest.json"])["rows"]
    for table in ("usual", "differences"):
        del files[f"data/{table}.json"], counts[table]
    put_back(packed(files, rows=counts), other)
    store = open_store(other)
    plans = store.load_plans([WEEK + n for n in range(-8, 8)]).values()
    store.engine.dispose()
    lying = [o for plan in plans for o in plan.occurrences]

    assert {True} == {o.leaves for o in lying if o.kind is Kind.OUT}
    assert {True} == {o.with_children for o in lying if o.kind is Kind.SOLO}


@pytest.mark.parametrize("manifest", [{"schema": "9999"}, {"format": 2}])
def test_a_newer_zip_asks_for_a_newer_leavewell(good, manifest):
    expected = "A newer Leavewell took this out; put it back with that one."
    assert expected == refusal(packed(opened(good), **manifest))


def test_a_zip_from_before_there_were_any_is_refused(good):
    assert "too old to be understood" in refusal(packed(opened(good), schema="0005"))


# -- zips that nobody took out


def raw(*entries, flags=0):
    """A zip of entries as they come: names, contents and what is said of them."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as zip:
        for name, content, attributes in entries:
            info = zipfile.ZipInfo(name)
            info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, attributes << 16
            zip.writestr(info, content)
    content = bytearray(whole.getvalue())
    if flags:
        content[content.index(b"PK\1\2") + 8] |= flags
    return bytes(content)


BOMB = b"\0" * (300 * 1024 * 1024 // 4)


@cache
def hostile():
    """By what is wrong with it, a zip and a piece of the sentence."""
    good = a_good_zip()
    files = opened(good)

    def but(**changed):
        named = {name.replace("__", "/").replace("_", "."): c for name, c in changed.items()}
        return packed(files | named)

    def one(name):
        return packed(files | {name: b"x"})

    doubled = io.BytesIO(good)
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(doubled, "a") as zip:
        zip.writestr("weeks.csv", b"again")
    encrypted = raw(("manifest.json", b"{}", 0), flags=1)
    return {
        "climbing": (one("../evil.txt"), "outside of it"),
        "climbing later": (one("data/../../evil.txt"), "outside of it"),
        "absolute": (one("/etc/passwd"), "outside of it"),
        "a drive": (one("C:\\evil.txt"), "outside of it"),
        "a folder": (one("data/"), "outside of it"),
        "a link": (raw(("manifest.json", b"/etc/passwd", 0o120777)), "a link in place"),
        "twice": (doubled.getvalue(), "two files of the same name"),
        "encrypted": (encrypted, "asks for a password"),
        "a bomb": (raw(("manifest.json", BOMB, 0)), "far larger than it is"),
        "many files": (raw(*((str(n), b"", 0) for n in range(150))), "more than 100 files"),
        "far too many files": (raw(*((str(n), b"", 0) for n in range(300))), "more than 100 files"),
        "nothing": (b"", "no zip that can be read"),
        "words": (b"Dear diary", "no zip that can be read"),
        "half": (good[: len(good) // 2], "no zip that can be read"),
        "without its end": (good[:-30], "no zip that can be read"),
        "empty": (raw(), "something else"),
        "somebody else's": (raw(("photo.jpg", b"x", 0)), "something else"),
        "a manifest of another shape": (raw(("manifest.json", b"[]", 0)), "something else"),
        "a manifest that is none": (raw(("manifest.json", b"{" * 5000, 0)), "not written as"),
        "a deep manifest": (raw(("manifest.json", b"[" * 100_000, 0)), "not written as"),
        "another table": (one("data/secrets.json"), "something else"),
        "a table less": (
            packed({n: c for n, c in files.items() if n != "data/yes.json"}),
            "something else",
        ),
        "no list": (but(data__weeks_json=b"{}"), "does not begin as a list"),
        "an open list": (but(data__weeks_json=b"[\n"), "last row"),
        "a row that is none": (but(data__weeks_json=b"[\n1\n]\n"), "a row is no row"),
        "no number": (but(data__weeks_json=b'[\n{"week": NaN}\n]\n'), "not written as"),
        "a long number": (but(data__weeks_json=b"[\n" + b"9" * 9999 + b"\n]\n"), "not written"),
        "twice in a row": (
            but(data__aside_json=b'[\n{"rule": "a", "rule": "b"}\n]\n'),
            "not written as",
        ),
        "not UTF-8": (but(data__aside_json=b'[\n{"rule": "\xff"}\n]\n'), "something else"),
    }


def test_what_nobody_took_out_is_refused_in_one_sentence():
    got = {what: refusal(content) for what, (content, _) in hostile().items()}

    assert {} == {what: got[what] for what, (_, part) in hostile().items() if part not in got[what]}


def test_a_changed_byte_of_a_file_is_noticed(good):
    files = opened(good)
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as zip:
        for name, content in files.items():
            zip.writestr(name, content.replace(b"coffee", b"toffee"))

    assert (
        refusal(whole.getvalue()) == "“data/noticed.json” in this zip is not as it was taken out."
    )


def test_a_large_zip_is_refused_by_what_its_list_says(good, monkeypatch):
    monkeypatch.setattr(zip_files, "MOST_BYTES", 1000)

    assert "larger than the" in refusal(good)


def test_more_rows_than_two_people_could_have_are_refused(good, monkeypatch):
    monkeypatch.setattr(archive, "MOST_ROWS", 5)

    assert "more than the 5 rows" in refusal(good)


def test_a_list_that_lies_about_sizes_is_not_believed(good):
    """The list says less than there is; what is read is no more than that."""
    name = b"weeks.csv"
    content = bytearray(good)
    at = content.rindex(name) - 46
    content[at + 24 : at + 28] = (3).to_bytes(4, "little")

    assert "no zip that can be read" in refusal(bytes(content))


def changed(column, value):
    return lambda rows: [rows[0] | {column: value}, *rows[1:]]


WRONG = {
    "no household": ("household", lambda _: []),
    "two households": ("household", lambda rows: [*rows, rows[0] | {"id": "b" * 36}]),
    "a household without an id": ("household", changed("id", "us")),
    "a zone there is not": ("household", changed("zone", "Mars/Base")),
    "a zone that is a folder": ("household", changed("zone", "Europe")),
    "a zone that climbs": ("household", changed("zone", "../../etc/passwd")),
    "an eighth day": ("household", changed("week_starts", 7)),
    "a lean to nothing": ("rituals", changed("leans", "bedtime")),
    "an hour that is none": ("household", changed("wake", "25:00")),
    "an hour with a zone": ("household", changed("wake", "06:30+01:00")),
    "a yes that is a number": ("household", changed("children", 1)),
    "one partner": ("partners", lambda rows: rows[:1]),
    "a third partner": ("partners", lambda rows: [*rows, {"key": "three", "name": "Kim"}]),
    "a name that is none": ("partners", changed("name", None)),
    "half a letter": ("partners", changed("name", "\ud800")),
    "a kind there is not": ("rituals", changed("kind", "work")),
    "no time at all": ("rituals", changed("least_minutes", 0)),
    "more than it allows": ("rituals", changed("least_minutes", 600)),
    "oftener than it allows": ("rituals", changed("least_times", 7)),
    "a number with a fraction": ("rituals", changed("most_minutes", 60.5)),
    "a number that is far too large": ("rituals", changed("alarm", 10**30)),
    "a rhythm that is none": ("rituals", lambda rows: [rows[0] | {"rhythm": "now and then"}]),
    "a window that is none": ("ritual_lines", lambda rows: [rows[0], rows[1] | {"text": "now"}]),
    "a line of nothing": ("ritual_lines", changed("ritual", "gone")),
    "a line twice": ("ritual_lines", lambda rows: [rows[0], *rows]),
    "a season there is not": ("weeks", changed("season", "busy")),
    "a week there is not": ("weeks", changed("week", "2026-W60")),
    "a week in other digits": ("weeks", changed("week", "\uff12026-W48")),
    "a week too far away": ("weeks", changed("week", "9999-W01")),
    "no week": ("weeks", lambda _: []),
    "a column there is not": ("weeks", changed("mood", "fine")),
    "a column less": ("weeks", lambda _: [{"week": "2026-W48"}]),
    "a hope without end": ("hopes", changed("usual", 10**6)),
    "a hope below nothing": ("hopes", changed("usual", -1)),
    "a choice without end": ("choices", changed("times", 10**6)),
    "an end before its start": ("occurrences", changed("end", "2026-11-26T19:00:00+00:00")),
    "an instant without a zone": ("occurrences", changed("end", "2026-11-26T20:00:00")),
    "an instant long ago": ("occurrences", changed("start", "0001-01-01T00:00:00+00:00")),
    "an instant at the end of time": ("occurrences", changed("end", "9999-12-31T23:59:59-12:00")),
    "somebody else's": ("occurrences", changed("partner", "three")),
    "said otherwise": ("occurrences", changed("said", "never")),
    "an occurrence of no week": ("occurrences", changed("week", "2026-W40")),
    "a folded text that is none": ("noticed", changed("text", {"folded": "?"})),
    "a text in a list": ("noticed", changed("text", ["a"])),
    "a written line of nobody": ("noticed", changed("writer", "")),
}


def test_rows_that_do_not_arrive_as_they_are_in_the_zip_are_not_put_back():
    content = with_rows(a_good_zip(), "ritual_lines", lambda rows: rows[::-1])
    store = in_memory()
    before = store.revision(), store.load_rituals()
    with pytest.raises(ArchiveError, match="did not arrive as they are in this zip"):
        archive.restore(content, store)

    assert before == (store.revision(), store.load_rituals())


@pytest.mark.parametrize("what", WRONG)
def test_rows_that_make_no_sense_are_refused_in_one_sentence(good, what):
    table, change = WRONG[what]

    assert refusal(with_rows(good, table, change))


def test_a_refused_zip_leaves_the_store_as_it_is(url, good):
    moving.fill(url)
    before = rows_of(url)
    store = open_store(url)
    there = store.revision()
    refused = [with_rows(good, *WRONG[what]) for what in WRONG]
    refused += [content for content, _ in hostile().values()]
    for content in refused:
        with pytest.raises(ArchiveError):
            archive.restore(content, store)

    assert there == store.revision()
    assert not store.changed.is_set()
    store.engine.dispose()
    assert before == rows_of(url)


def test_a_row_that_arrives_otherwise_is_noticed(tmp_path, good):
    store = open_store(location.sqlite_url(tmp_path / "leavewell.db"))
    with store.writing() as at:
        at.exec_driver_sql(
            "CREATE TRIGGER wrong AFTER INSERT ON noticed BEGIN UPDATE noticed SET text = 'x'; END"
        )

    with pytest.raises(ArchiveError, match="The things you noticed did not arrive"):
        archive.restore(good, store)

    assert store.load_household() is None
    store.engine.dispose()


def test_an_interruption_leaves_the_store_as_it_is(url, good):
    moving.fill(url)
    before = rows_of(url)
    store = open_store(url)

    @sa.event.listens_for(store.engine, "after_cursor_execute")
    def _stops(_at, _cursor, statement, *_rest):
        if "INSERT INTO occurrences" in statement:
            raise StopAsyncIteration

    with pytest.raises(StopAsyncIteration):
        archive.restore(good, store)
    store.engine.dispose()

    assert before == rows_of(url)


# -- any zip at all

VALUES = [
    None, True, -1, 0, 1, 7, 10**9, 2**31, 2**63, 10**400, 1.5, "", "\0", "one", "two", "2026-W48",
    "together", "0001-01-01T00:00:00+00:00", "2999-12-30T00:00:00+00:00", "23:59:59.999999",
    "9999-12-31T23:59:59+00:00", "\ud800", "x" * 10_000, "Europe/Paris", [], {}, {"folded": "eA=="},
    {"folded": 1}, "AAAA", "=1", "file:///etc/passwd", "../..",
]  # fmt: skip


def some_bytes_changed(content, chance):
    whole = bytearray(content)
    for _ in range(chance.choice([1, 1, 2, 8])):
        at = chance.randrange(len(whole) or 1)
        how = chance.randrange(4)
        if how == 0:
            whole[at : at + 1] = chance.randbytes(1)
        elif not whole:
            whole = bytearray(b"x")
        elif how == 1:
            whole[at:at] = chance.randbytes(chance.randrange(1, 9))
        elif how == 2:
            del whole[at : at + chance.randrange(1, 64)]
        else:
            other = chance.randrange(len(whole))
            whole[at : at + 16] = whole[other : other + 16]
    return bytes(whole)


def a_file_changed(content, chance):
    files = opened(content)
    name = chance.choice([*files])
    files[name] = some_bytes_changed(files[name] or b"x", chance)
    try:
        return packed(files)
    except ValueError:  # it was the manifest
        return raw(*((name, inside, 0) for name, inside in files.items()))


def a_row_changed(content, chance):
    full = ("household", "partners", "rituals", "ritual_lines", "weeks", "hopes", "choices")
    table = chance.choice([*full, "occurrences", "noticed"])

    def change(rows):
        row = chance.choice(rows)
        how = chance.randrange(10)
        if how == 0:
            rows.remove(row)
        elif how == 1:
            rows.append(dict(row))
        elif how == 2:
            del row[chance.choice([*row])]
        else:
            row[chance.choice([*row])] = chance.choice(VALUES)
        return rows

    return with_rows(content, table, change)


def a_manifest_changed(content, chance):
    files = opened(content)
    manifest = json.loads(files["manifest.json"])
    manifest[chance.choice([*manifest])] = chance.choice([*VALUES, {"weeks": 1}, {"weeks": "1"}])
    files["manifest.json"] = json.dumps(manifest).encode()
    return raw(*((name, inside, 0) for name, inside in files.items()))


HOW = [some_bytes_changed, a_file_changed, a_row_changed, a_row_changed, a_manifest_changed]


@cache
def a_store():
    """One store for every example."""
    return in_memory(filled=False)


def result(content, store):
    """What a zip brought into a store, or why it was refused."""
    try:
        return archive.restore(content, store)
    except ArchiveError as refused:
        return refused


def rows_in(content):
    return {name: file for name, file in opened(content).items() if name in archive.ROWS.values()}


@settings(max_examples=EXAMPLES, deadline=5000)
@given(seed=st.integers(0, 2**64), how=st.sampled_from(HOW))
def test_any_zip_comes_in_whole_or_is_refused(seed, how):
    content = how(a_good_zip(), random.Random(seed))  # noqa: S311 - chance, not secrecy
    store = a_store()
    before = store.revision()
    inside = result(content, store)
    if isinstance(inside, ArchiveError):
        assert re.fullmatch(r"[^\n]+\.", str(inside))
        assert before == store.revision()
    elif rows_in(content) != rows_in(a_good_zip()):
        again = archive.export_archive(store, NOW)
        assert rows_in(content).keys() == rows_in(again).keys()
        assert inside.rows == archive.inspect(again).rows


def test_the_newest_week_is_told_of():
    store = in_memory()
    later = Week(2026, 50)
    store.change_plan(a_plan(week=later), lambda plan: plan)

    assert later == archive.inspect(archive.export_archive(store, NOW)).newest

import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import NamedTuple
from zoneinfo import available_timezones

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from hypothesis import given
from hypothesis import strategies as st

from rituals.calendars.outgoing.ledger import Ledger, event_uid, marked_gone
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
from rituals.model.context import PlanningContext
from rituals.model.household import ONE, TWO, Hours, Household, Kind, Partner, Strand
from rituals.model.note import Note
from rituals.model.plan import Choice, Hope, Occurrence, Plan, Said, Season
from rituals.model.ritual import Frequency, Needs, Ritual, Size, TakesPart
from rituals.model.time.rhythm import Rhythm
from rituals.model.time.span import Span, Spans
from rituals.model.time.week import Week
from rituals.model.time.window import Anchor, Window
from rituals.planning import changes, review
from rituals.store import location
from rituals.store.context import load_context
from rituals.store.errors import StoreError
from rituals.store.schema import HOPES, TABLES
from rituals.store.store import NEWEST, open_store
from rituals.text import TURNING
from tests.support.dump import STORES, lay
from tests.support.notation import (
    WEEK,
    a_household,
    a_plan,
    a_ritual,
    a_span,
    an_instant,
    an_occurrence,
    hours_of,
    spans,
)
from tests.support.paths import ROOT

MIGRATIONS = ROOT / "rituals" / "store" / "migrations"
TOGETHER = Strand(Kind.TOGETHER)
HER_OUT = Strand(Kind.OUT, ONE)
TALK = an_occurrence("Tue 20:00-21:00")


@pytest.fixture
def file(tmp_path):
    """For what concerns a file alone: all that asks for `url` or `store` runs on both databases."""
    return tmp_path / "leavewell.db"


@pytest.fixture
def store(url):
    opened = open_store(url)
    yield opened
    opened.engine.dispose()


@pytest.fixture(scope="module")
def any_store(kind, tmp_path_factory, request):
    """One store for all that hypothesis thinks of."""
    with ExitStack() as stack:
        url = location.sqlite_url(tmp_path_factory.mktemp("store") / "leavewell.db")
        if kind == "PostgreSQL":
            server = request.getfixturevalue("postgres")
            url = server.url(stack.enter_context(server.database(like=server.with_tables)))
        opened = open_store(url)
        yield opened
        opened.engine.dispose()


def keep(store, plan):
    return store.change_plan(plan, lambda _: plan)


def rows(url):
    """Everything a store holds, table by table."""
    engine = sa.create_engine(url, poolclass=sa.NullPool)
    with engine.connect() as at:
        names = sorted(sa.inspect(at).get_table_names())
        held = {
            name: [tuple(row) for row in at.exec_driver_sql(f"SELECT * FROM {name}")]  # noqa: S608 - names from the store itself
            for name in names
        }
    return {name: sorted(found, key=repr) for name, found in held.items()}


# -- a round trip of everything

some_letter = st.characters(codec="utf-8", exclude_characters=["\0", *TURNING])
text = st.text(some_letter, max_size=30)
some_key = st.sampled_from([ONE, TWO])
some_partner = st.sampled_from([None, ONE, TWO])
some_week = st.dates(date(1990, 1, 1), date(2100, 1, 1)).map(Week.of_monday)
some_instant = st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis adds the zone
some_span = st.builds(
    lambda start, minutes: Span(start, start + timedelta(minutes=minutes)),
    some_instant,
    st.integers(1, 3000),
)
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
RHYTHMS = [*map(Rhythm.read, ("weekly", "every 13 weeks", "yearly on 29 February since 2016"))]
some_ritual = st.builds(
    Ritual,
    id=text,
    title=text,
    kind=st.sampled_from(Kind),
    takes_part=st.sampled_from(TakesPart),
    least_minutes=st.integers(0, 1440),
    most_minutes=st.integers(0, 1440),
    windows=some_windows,
    frequency=st.builds(Frequency, st.integers(0, 9), st.integers(0, 9)),
    rhythm=st.sampled_from(RHYTHMS),
    needs=st.sampled_from(Needs),
    size=st.sampled_from(Size),
    ways=st.lists(text, max_size=4).map(tuple),
    note=text,
    source=text,
    retired=st.booleans(),
    alarm=st.none() | st.integers(0, 2880),
    thinks=st.sampled_from(["", ONE, TWO]),
)
some_strand = st.builds(Strand, st.sampled_from(Kind), some_partner)
some_hope = st.builds(Hope, st.integers(0, 1200), st.none() | st.integers(0, 1200))
some_choices = st.lists(
    st.builds(Choice, text, some_partner, st.integers(1, 7), st.integers(0, 7)),
    max_size=4,
    unique_by=lambda choice: (choice.ritual, choice.partner),
).map(tuple)

some_calendar = st.builds(
    Calendar,
    id=text,
    partner=some_key,
    name=text,
    origin=st.sampled_from(Origin),
    where=text,
    titles=st.booleans(),
    whole_days=st.booleans(),
    on_opening=st.booleans(),
    read=st.none() | some_instant,
    skipped=st.lists(text.filter(lambda t: t and "\n" not in t), max_size=3).map(tuple),
    addresses=st.none() | st.lists(st.emails(), max_size=3).map(tuple),
    open_is_busy=st.booleans(),
)
some_busy = st.lists(st.builds(Busy, some_span, text, st.booleans()), max_size=5)


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
        reason=text,
        fixed=st.booleans(),
        let_go=st.booleans(),
        spontaneous=st.booleans(),
        chosen=st.booleans(),
        said=st.none() | st.sampled_from(Said),
        lived=st.none() | st.integers(0, 1440),
        sequence=st.integers(0, 99),
    )
    some = draw(st.lists(some_occurrence, max_size=4, unique_by=lambda o: o.id))
    in_order = tuple(sorted(some, key=lambda o: (o.start, o.end, o.id)))
    hopes = draw(st.dictionaries(some_strand, some_hope, max_size=7))
    season, sitter = draw(st.sampled_from(Season)), tuple(Spans(draw(st.lists(some_span))))
    lived = draw(st.dictionaries(some_strand, st.integers(0, 6000), max_size=7))
    return Plan(week, season, hopes, draw(some_choices), in_order, sitter, draw(text), lived)


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


@given(some_calendar, some_calendar, some_busy)
def test_a_calendar_comes_back_as_it_was_kept_last(any_store, before, after, busy):
    after = replace(after, id=before.id)
    any_store.save_calendar(before, busy)
    any_store.save_calendar(after)

    assert [after] == [c for c in any_store.load_calendars() if c.id == after.id]
    any_store.remove_calendar(after.id)


@given(some_calendar, some_busy, some_span)
def test_busy_times_come_back_where_they_touch_what_is_asked_for(any_store, calendar, busy, asked):
    for left in any_store.load_calendars():
        any_store.remove_calendar(left.id)
    any_store.save_calendar(calendar, busy)
    counting = [b for b in busy if b.span.overlaps(asked)]
    in_words = [b for b in counting if b.title and calendar.titles]
    counting = [b.span for b in counting if calendar.whole_days or not b.whole_day]

    assert Spans(counting) == any_store.load_busy(asked).get(calendar.partner, Spans())
    assert Counter(in_words) == Counter(any_store.load_titles(calendar.partner, asked))


def test_a_store_comes_back_from_its_file(url, store):
    household = a_household(hours=hours_of(work="Mon-Fri 09:00-17:00", away="Mon-Fri 08:00-15:00"))
    ritual = a_ritual(ways=("tea", "Küsse 👨‍👩‍👧‍👦\nfor all"))
    plan = a_plan(TALK, hopes={TOGETHER: Hope(300, 90)}, choices=(Choice("late-talk", None, 1),))
    store.fill(household, [ritual], [plan])
    again = open_store(url)

    assert household == again.load_household()
    assert {ritual.id: ritual} == again.load_rituals()
    assert plan == again.load_plan(WEEK)
    again.engine.dispose()


# -- calendars and busy times

WORK = Calendar("1", ONE, "work.ics", Origin.FILE, "work.ics", titles=True)
CHOIR = Calendar("2", TWO, "choir", Origin.ADDRESS, "https://choir.example/c.ics", on_opening=True)
WHOLE_WEEK = Span(an_instant("Mon 00:00"), an_instant("Mon 00:00", WEEK + 1))


def a_busy(when="Tue 09:00-10:00", title="", whole_day=False):
    return Busy(a_span(when), title, whole_day)


def busy_of(store, within=WHOLE_WEEK):
    return store.load_busy(within)


def test_each_partner_is_busy_by_their_own_calendars(store):
    store.save_calendar(WORK, [a_busy("Tue 09:00-10:00"), a_busy("Tue 09:30-11:00")])
    store.save_calendar(replace(WORK, id="3", name="b.ics"), [a_busy("Fri 09:00-10:00")])
    store.save_calendar(CHOIR, [a_busy("Wed 19:00-21:00")])

    assert {
        ONE: spans("Tue 09:00-11:00, Fri 09:00-10:00"),
        TWO: spans("Wed 19:00-21:00"),
    } == busy_of(store)


def test_calendars_come_by_partner_and_name(store):
    others = (replace(WORK, id="9", name="a.ics"), replace(CHOIR, id="0", name="zoo"))
    for calendar in (CHOIR, WORK, *others):
        store.save_calendar(calendar)

    assert (others[0], WORK, CHOIR, others[1]) == store.load_calendars()


def test_new_busy_times_take_the_place_of_those_before(store):
    store.save_calendar(WORK, [a_busy("Tue 09:00-10:00"), a_busy("Wed 09:00-10:00")])
    store.save_calendar(WORK, [a_busy("Thu 09:00-10:00")])

    assert {ONE: spans("Thu 09:00-10:00")} == busy_of(store)


def test_no_busy_times_at_all_also_take_the_place_of_those_before(store):
    store.save_calendar(WORK, [a_busy()])
    store.save_calendar(WORK, [])

    assert {} == busy_of(store)


def test_busy_times_stay_where_only_the_calendar_is_changed(store):
    store.save_calendar(WORK, [a_busy(title="Dentist")])
    store.save_calendar(replace(WORK, name="ours", skipped=("One.", "Two.")))

    assert {ONE: spans("Tue 09:00-10:00")} == busy_of(store)
    assert (a_busy(title="Dentist"),) == store.load_titles(ONE, WHOLE_WEEK)


def test_a_calendar_that_is_removed_takes_its_busy_times_along_and_no_others(url, store):
    store.save_calendar(WORK, [a_busy()])
    store.save_calendar(CHOIR, [a_busy("Wed 19:00-21:00")])
    store.remove_calendar(WORK.id)
    store.remove_calendar("unknown")

    assert (CHOIR,) == store.load_calendars()
    assert {TWO: spans("Wed 19:00-21:00")} == busy_of(store)
    assert 1 == len(rows(url)["busy"])


def test_titles_are_kept_only_where_they_are_asked_for(url, store):
    store.save_calendar(replace(WORK, titles=False), [a_busy(title="Dentist")])

    assert () == store.load_titles(ONE, WHOLE_WEEK)
    assert "Dentist" not in repr(rows(url))


def test_titles_are_forgotten_once_they_are_asked_for_no_more(url, store):
    store.save_calendar(WORK, [a_busy(title="Dentist")])
    store.save_calendar(replace(WORK, titles=False))

    assert "Dentist" not in repr(rows(url))
    assert {ONE: spans("Tue 09:00-10:00")} == busy_of(store)


def test_titles_are_for_one_s_own_eyes(store):
    store.save_calendar(WORK, [a_busy(title="Dentist"), a_busy("Mon 09:00-10:00", title="Gym")])
    store.save_calendar(replace(CHOIR, titles=True), [a_busy(title="A surprise")])

    assert (a_busy("Mon 09:00-10:00", title="Gym"), a_busy(title="Dentist")) == store.load_titles(
        ONE, WHOLE_WEEK
    )


@pytest.mark.parametrize(("count", "times"), [(True, 1), (False, 0)])
def test_whole_days_count_only_where_they_are_asked_to(store, count, times):
    whole = a_busy("Tue 00:00-00:00", whole_day=True)
    store.save_calendar(replace(WORK, whole_days=count), [whole])

    assert times == len(list(busy_of(store).get(ONE, ())))


def test_whole_days_count_from_the_moment_they_are_asked_to(store):
    store.save_calendar(WORK, [a_busy("Tue 00:00-00:00", whole_day=True)])
    store.save_calendar(replace(WORK, whole_days=True))

    assert {ONE: spans("Tue 00:00-00:00")} == busy_of(store)


@pytest.mark.parametrize(
    ("asked", "times"),
    [
        ("Tue 08:00-09:00", 0),
        ("Tue 08:00-09:01", 1),
        ("Tue 09:59-10:30", 1),
        ("Tue 10:00-10:30", 0),
        ("Tue 09:15-09:30", 1),
    ],
)
def test_busy_times_are_half_open_at_both_ends(store, asked, times):
    store.save_calendar(WORK, [a_busy("Tue 09:00-10:00", title="Gym")])

    assert times == len(list(busy_of(store, a_span(asked)).get(ONE, ())))
    assert times == len(store.load_titles(ONE, a_span(asked)))


def test_a_busy_time_that_began_long_ago_still_counts(store):
    years = Span(an_instant("Mon 00:00", WEEK - 60), an_instant("Sun 00:00", WEEK + 60))
    store.save_calendar(WORK, [Busy(years), a_busy()])

    assert {ONE: Spans([years])} == busy_of(store)


def test_what_rests_is_kept_with_its_word_and_its_season(store):
    plan = review.rest(a_plan(TALK, season=Season.HARD), "Moving")
    keep(store, plan)
    kept = store.load_plan(WEEK)
    store.change_plan(kept, review.resume)

    assert plan == kept
    assert a_plan(TALK, season=Season.HARD) == store.load_plan(WEEK)


def test_the_last_plan_is_the_last_before_grace(store):
    for back in (-4, -3):
        keep(store, a_plan(week=WEEK + back))
    for back in (-2, -1):
        keep(store, review.rest(a_plan(week=WEEK + back)))

    assert WEEK - 3 == store.load_last_plan(WEEK).week
    assert WEEK - 4 == store.load_last_plan(WEEK - 3).week


def test_where_all_was_grace_the_last_plan_is_what_lies_underneath(store):
    for back in (-2, -1):
        keep(store, review.rest(a_plan(week=WEEK + back)))

    assert WEEK - 1 == store.load_last_plan(WEEK).week


def test_weeks_are_told_newest_first_with_what_is_known_of_them(store):
    keep(store, a_plan(replace(TALK, id="1"), week=WEEK - 4))
    keep(store, a_plan(replace(TALK, id="2", said=Said.LET_GO, lived=0), week=WEEK - 3))
    keep(store, review.answer_for_strand(a_plan(week=WEEK - 2), TOGETHER, 0))
    keep(store, review.rest(a_plan(week=WEEK - 1), "Illness"))
    keep(store, a_plan())

    assert [
        (WEEK - 1, True, "Illness", False),
        (WEEK - 2, False, "", True),
        (WEEK - 3, False, "", True),
        (WEEK - 4, False, "", False),
    ] == list(store.week_summaries(WEEK))


def test_what_is_told_of_weeks_is_what_their_plans_say(filled):
    told = filled.week_summaries(Week(2999, 1))
    kept = filled.load_plans([week.week for week in told])

    assert len(kept) == len(told)
    assert {w: review.has_no_answer(plan) for w, plan in kept.items()} == {
        week.week: not week.reviewed for week in told
    }


def test_a_week_is_planned_after_the_weeks_before_grace(store):
    for back in range(-13, 0):
        plan = a_plan(replace(TALK, id=str(back), title=str(back)), week=WEEK + back)
        keep(store, review.rest(plan) if back in (-3, -2, -1) else plan)
    life = load_context(store, WEEK, a_household(), {})

    assert [str(back) for back in range(-4, -12, -1)] == sorted(
        (o.title for o in life.past), key=int, reverse=True
    )


def test_a_calendar_the_database_refuses_stays_as_it_was(url, store):
    store.save_calendar(WORK, [a_busy()])
    before = rows(url)

    with pytest.raises(sa.exc.StatementError):
        store.save_calendar(replace(WORK, name="new"), [a_busy(title=object())])

    assert before == rows(url)


def test_a_week_is_planned_around_its_busy_times_and_the_weeks_before_it(store):
    household = a_household()
    store.save_calendar(WORK, [a_busy(), Busy(a_span("Tue 09:00-10:00", WEEK + 2))])
    store.save_calendar(CHOIR, [Busy(a_span("Sun 22:00-23:00", WEEK - 1))])
    lying = an_occurrence("Tue 20:00-21:00", week=WEEK - 1)
    let_go = replace(lying, id="x", let_go=True)
    unseen = replace(lying, id="y", chosen=False)
    keep(store, a_plan(lying, let_go, unseen, week=WEEK - 1))
    keep(store, a_plan(TALK))
    keep(store, a_plan(an_occurrence(week=WEEK - 9), week=WEEK - 9))
    rituals = {"late-talk": a_ritual()}

    assert PlanningContext(
        household,
        rituals,
        {ONE: spans("Tue 09:00-10:00"), TWO: spans("Sun 22:00-23:00", WEEK - 1)},
        (lying, let_go),
    ) == load_context(store, WEEK, household, rituals)


# -- an older store

VERSIONS = sorted(file.stem for file in STORES.glob("[0-9]???.sql"))
MARKED = "0002"  # the one version whose occurrences were marked as taken


def laid_down(url, version):
    """A store as an earlier program left it."""
    if url.startswith("sqlite"):
        lay(sa.make_url(url).database, version)
    else:
        with tempfile.TemporaryDirectory() as folder:
            lay(Path(folder) / "old.db", version)
            put_there(url, location.sqlite_url(Path(folder) / "old.db"), version)
    return url


def put_there(url, file, version):
    """Makes the tables as that version did, and fills them from an old file."""
    new, old = (sa.create_engine(address, poolclass=sa.NullPool) for address in (url, file))
    with new.begin() as to, old.connect() as at:
        settings = Config()
        settings.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
        settings.attributes["connection"] = to
        command.upgrade(settings, version)
        there, here = sa.MetaData(), sa.MetaData()
        there.reflect(to)
        here.reflect(at)
        for table in there.sorted_tables:
            found = at.execute(sa.select(here.tables[table.name])).mappings().all()
            if found and table.name != "alembic_version":
                to.execute(sa.insert(table), [dict(row) for row in found])


@pytest.fixture
def old(bare):
    return laid_down(bare, "0001")


def test_an_older_store_comes_up_to_date_and_holds_what_it_held(old):
    hours = hours_of(
        "Mon-Fri 09:00-17:00", "Sat 22:00-06:00", "Mon-Fri 08:00-15:00", bedtime="20:00"
    )
    ritual = a_ritual(
        minutes=(45, 120),
        window="daily bedtime-sleep",
        rhythm=(1, 3),
        needs=Needs.ASLEEP,
        ways=("tea", "Küsse"),
        note="a note",
        source="a book",
        retired=True,
    )
    lived = an_occurrence(
        way="tea", when="Tue 20:00-21:00", fixed=True, sequence=3, said=Said.A_LITTLE, lived=30
    )
    rain = an_occurrence(
        "Sat 22:30-23:30", id="rain", ritual=None, partner=ONE, kind=Kind.OUT, spontaneous=True,
        size=Size.SMALL, said=Said.AS_PLANNED, lived=60,
    )  # fmt: skip
    plan = a_plan(
        lived,
        an_occurrence("Wed 19:00-20:00", number=2, let_go=True),
        an_occurrence("Thu 19:00-20:00", number=3, chosen=False, sequence=2),
        rain,
        season=Season.CALM,
        hopes={TOGETHER: Hope(300, 90), Strand(Kind.SOLO, TWO): Hope(240)},
        choices=(Choice("late-talk", None, 2), Choice("quiet-hour", TWO, 1)),
    )
    store = open_store(old)

    assert a_household(names=("Ada", "Bö"), week_starts=6, hours=hours) == store.load_household()
    assert {"late-talk": ritual} == store.load_rituals()
    assert {WEEK: plan, WEEK + 1: a_plan(week=WEEK + 1, season=Season.GRACE)} == store.load_plans(
        [WEEK, WEEK + 1]
    )
    assert ((), {}) == (store.load_calendars(), store.load_busy(WHOLE_WEEK))
    store.engine.dispose()


def test_what_was_marked_as_taken_becomes_the_first_of_the_ledger(bare):
    store = open_store(laid_down(bare, MARKED))
    talk, walk, again = store.load_plan(WEEK).occurrences
    told = store.load_exported()

    assert [True, True, False] == [o.exported for o in (talk, walk, again)]
    assert [(talk.id, "Late talk", 0), (walk.id, "Ada: Walk", 2)] == [
        (t.occurrence, t.title, t.sequence) for t in told
    ]
    assert [event_uid(o.id, store.load_household(), Audience.SHARED) for o in (talk, walk)] == [
        t.uid for t in told
    ]
    news = Ledger.of(store.load_household(), Audience.SHARED, Route.FILE, told).pending(
        [talk, walk, again], talk.start
    )
    assert ((again,), (), ()) == (news.new, news.moved, news.let_go)
    store.engine.dispose()


def test_old_weeks_are_told_apart_by_the_needs_of_their_rituals(bare):
    laid_down(bare, "0010")
    engine = sa.create_engine(bare, poolclass=sa.NullPool)
    with engine.begin() as at:
        at.execute(sa.text("UPDATE rituals SET needs = 'children' WHERE id = 'late-talk'"))
    store = open_store(bare)
    talk, walk, again = store.load_plan(WEEK).occurrences

    assert [True, False, True] == [o.all_of_us for o in (talk, walk, again)]
    store.engine.dispose()


def test_a_store_of_every_version_is_kept():
    assert sorted(file.stem[:4] for file in (MIGRATIONS / "versions").glob("0*.py")) == VERSIONS


class Brought(NamedTuple):
    """A store of an earlier program that was brought up to date, and what it held."""

    url: str
    before: dict[str, list[tuple[object, ...]]]
    after: dict[str, list[tuple[object, ...]]]


@pytest.fixture(scope="module")
def brought(kind, tmp_path_factory, request):
    """By version, a store that came from there; a test leaves in it what it found."""
    with ExitStack() as stack:

        @cache
        def of(version):
            url = location.sqlite_url(tmp_path_factory.mktemp("old") / "leavewell.db")
            if kind == "PostgreSQL":
                server = request.getfixturevalue("postgres")
                url = server.url(stack.enter_context(server.database()))
            before = rows(laid_down(url, version))
            open_store(url).engine.dispose()
            return Brought(url, before, rows(url))

        yield of


@pytest.mark.parametrize("version", VERSIONS)
def test_an_older_store_loses_no_row_on_the_way(brought, version):
    _, before, after = brought(version)
    (was,), (now,) = before["alembic_version"] + after["alembic_version"]

    assert (version, NEWEST) == (was, now)
    for table in before.keys() - {"alembic_version"}:
        held = before[table]
        # What is new stands behind what was there; the mark of what was taken became the ledger.
        wide = len(held[0]) - (version == MARKED and table == "occurrences") if held else 0

        assert [row[:wide] for row in held] == sorted(
            (row[:wide] for row in after[table]), key=repr
        )


@pytest.mark.parametrize("version", VERSIONS)
def test_all_of_an_older_store_is_read(brought, version):
    store = open_store(brought(version).url)
    home = store.load_household()
    plan = store.load_plan(WEEK)
    store.save_household(home)
    store.change_plan(plan, lambda found: found)

    assert home == store.load_household()
    assert plan == store.load_plan(WEEK)
    store.engine.dispose()


@pytest.mark.parametrize("version", [name for name in VERSIONS if name >= "0004"])
def test_what_came_with_a_version_is_there_in_the_next_ones(brought, version):
    store = open_store(brought(version).url)
    rest = store.load_plan(Week.read("2026-W50"))

    assert (Season.GRACE, "The new kitchen") == (rest.season, rest.grace)
    assert {TOGETHER: 240, Strand(Kind.ALONE, TWO): 0} == dict(store.load_plan(WEEK).lived)
    assert ["Du hast mir Küsse gebracht"] == [line.text for line in store.load_noticed()]
    assert "t" * 43 == store.load_feeds()[Audience.SHARED].token
    assert "ada" == store.load_servers()[Audience.ONE].login
    assert 30 == store.load_rituals()["late-talk"].alarm
    store.engine.dispose()


def test_an_older_store_becomes_what_a_new_one_is(old, url):
    made = [open_store(address) for address in (old, url)]
    columns = [
        {
            (name, c["name"], str(c["type"]), c["nullable"])
            for name in TABLES.tables
            for c in sa.inspect(store.engine).get_columns(name)
        }
        for store in made
    ]
    for store in made:
        store.engine.dispose()

    assert columns[0] == columns[1]


# -- what was taken, feeds and servers

some_entry = st.builds(
    ExportedEvent,
    occurrence=text,
    week=some_week,
    audience=st.sampled_from(Audience),
    route=st.sampled_from(Route),
    uid=text,
    sequence=st.integers(0, 99),
    title=text,
    start=some_instant,
    end=some_instant,
    content=text,
    at=some_instant,
    revision=st.integers(0, 9),
    gone=st.booleans(),
    name=text,
    etag=text,
    sent=text,
)


@given(some_entry, some_entry)
def test_the_ledger_knows_what_was_told_last(any_store, before, after):
    same = replace(
        after, occurrence=before.occurrence, audience=before.audience, route=before.route
    )
    any_store.save_exported([before])
    any_store.save_exported([same])
    key = (same.occurrence, same.audience, same.route)

    assert [same] == [
        t for t in any_store.load_exported() if (t.occurrence, t.audience, t.route) == key
    ]
    assert same in any_store.load_exported([same.week])
    assert same not in any_store.load_exported([same.week + 1])


def test_an_entry_of_which_a_calendar_was_told_no_sequence_stays_so(store):
    keep(store, a_plan(TALK))
    (entry,) = told(store, TALK, route=Route.SERVER)
    store.save_exported([replace(entry, sequence=None)])
    with store.reading() as at:
        column = at.execute(sa.text("SELECT sequence FROM taken")).scalar_one()

    assert (None, -1) == (store.load_exported()[0].sequence, column)  # as older programs kept it


def told(store, *occurrences, audience=Audience.SHARED, route=Route.FILE):
    """Takes occurrences, and the entries that were kept of that."""
    ledger = Ledger.of(a_household(), audience, route, store.load_exported())
    entries = ledger.new_entries(WEEK, occurrences, an_instant("Mon 12:00"))
    store.save_exported(entries)
    return entries


def test_an_occurrence_is_taken_once_a_calendar_was_told_of_it(store):
    other = an_occurrence("Fri 20:00-21:00", number=2)
    keep(store, a_plan(TALK, other))
    told(store, TALK)

    assert [replace(TALK, exported=True), other] == list(store.load_plan(WEEK).occurrences)


def test_an_occurrence_is_taken_no_more_once_every_calendar_let_it_go(store):
    keep(store, a_plan(TALK))
    entries = (*told(store, TALK), *told(store, TALK, route=Route.SERVER))
    store.save_exported(marked_gone(entries[:1], an_instant("Tue 12:00")))
    still = store.load_plan(WEEK).occurrences
    store.save_exported(marked_gone(entries, an_instant("Tue 12:00")))

    assert [[True], [False]] == [
        [o.exported for o in each] for each in (still, store.load_plan(WEEK).occurrences)
    ]


def test_what_was_told_outlives_the_plan_it_was_told_of(store):
    keep(store, a_plan(TALK))
    entries = told(store, TALK)
    keep(store, a_plan())

    assert entries == store.load_exported()


@pytest.mark.parametrize(
    "feed",
    [
        Feed(Audience.SHARED, "a-token"),
        Feed(Audience.ONE, "", "/home/us/sync"),
        Feed(Audience.TWO, "t", "f"),
    ],
)
def test_a_feed_comes_back_as_it_was_kept_last(store, feed):
    store.save_feed(Feed(feed.audience, "before"))
    store.save_feed(feed)

    assert {feed.audience: feed} == store.load_feeds()


def test_a_feed_without_an_address_and_a_folder_is_forgotten(store):
    store.save_feed(Feed(Audience.SHARED, "a-token"))
    store.save_feed(Feed(Audience.SHARED))

    assert {} == store.load_feeds()


def test_of_a_server_that_is_removed_only_what_was_taken_is_remembered(store):
    server = Server(Audience.SHARED, "https://c.example", "us", "https://c.example/us/1/", "Us")
    store.save_server(replace(server, name="before"))
    store.save_server(server)
    (by_file,) = told(store, TALK)
    (published,) = told(store, TALK, route=Route.SERVER)
    store.save_exported([replace(published, name="1.ics", etag="e1")])

    assert {Audience.SHARED: server} == store.load_servers()

    store.remove_server(Audience.SHARED)

    assert {} == store.load_servers()
    assert {by_file, replace(published, gone=True)} == set(store.load_exported())


def test_whatever_is_kept_is_said_to_have_changed(store):
    store.changed.clear()
    store.load_exported()

    assert not store.changed.is_set()

    keep(store, a_plan(TALK))

    assert store.changed.is_set()


# -- what one noticed, and what was put aside


def test_what_one_noticed_comes_back_as_it_was_written_last(store):
    noticed = Note("1", WEEK, ONE, "you brought me coffee", False, an_instant("Sun 21:00"))
    store.save_noticed(replace(noticed, text="you brought tea"))
    store.save_noticed(replace(noticed, shared=True))
    later = replace(noticed, id="0", writer=TWO, at=an_instant("Mon 21:00", WEEK + 1))
    store.save_noticed(later)

    assert (replace(noticed, shared=True), later) == store.load_noticed()


def test_a_line_without_words_is_forgotten(store):
    noticed = Note("1", WEEK, ONE, "you brought me coffee", False, an_instant("Sun 21:00"))
    store.save_noticed(noticed)
    store.save_noticed(replace(noticed, text=""))

    assert () == store.load_noticed()


def test_what_was_put_aside_stays_so(store):
    for rule in ("thursdays", "mornings", "thursdays"):
        store.dismiss(rule)

    assert {"thursdays", "mornings"} == store.load_dismissed()


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

    assert changes.let_go(begun, TALK.id, an_instant("Mon 12:00")) == store.change_plan(
        begun, lambda plan: changes.let_go(plan, TALK.id, an_instant("Mon 12:00"))
    )
    assert store.load_plan(WEEK).occurrences[0].let_go


def test_a_change_that_breaks_leaves_the_store_as_it_was(url, store):
    keep(store, a_plan(TALK, hopes={TOGETHER: Hope(300)}))
    before = rows(url)

    def breaks(plan):
        changes.with_hope(plan, TOGETHER, 30)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        store.change_plan(a_plan(), breaks)

    assert before == rows(url)
    assert keep(store, a_plan(TALK)) == store.load_plan(WEEK)


def test_a_change_the_database_refuses_leaves_the_store_as_it_was(url, store):
    keep(store, a_plan(TALK, hopes={TOGETHER: Hope(300)}))
    before = rows(url)
    new_week = a_plan(TALK, week=WEEK + 1, hopes={TOGETHER: Hope(90)}, season=Season.HARD)

    with pytest.raises(sa.exc.IntegrityError):
        keep(store, new_week)

    assert before == rows(url)


def test_a_ritual_the_database_refuses_stays_as_it_was(url, store):
    store.save_ritual(a_ritual(ways=("tea",)))
    before = rows(url)

    with pytest.raises(sa.exc.StatementError):
        store.save_ritual(a_ritual(ways=("tea", object())))

    assert before == rows(url)


def test_two_browsers_lose_nothing_of_each_other(url, store):
    def move_a_slider_fifty_times(strand):
        mine = open_store(url)
        for _ in range(50):
            mine.change_plan(
                changes.first_plan(WEEK, a_household()),
                lambda plan: changes.with_hope(plan, strand, (plan.hopes[strand].by_hand or 0) + 1),
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
                changes.first_plan(WEEK, a_household()),
                lambda plan: changes.with_hope(plan, strand, (plan.hopes[strand].by_hand or 0) + 1),
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


def test_a_plan_is_read_as_it_was_at_one_instant(url, store):
    before = keep(store, a_plan(hopes={TOGETHER: Hope(300)}))
    after = a_plan(TALK, hopes={TOGETHER: Hope(90)}, choices=(Choice("late-talk", None, 1),))
    other = open_store(url)
    happened = while_reading(store, "hopes", lambda: keep(other, after))

    assert before == store.load_plan(WEEK)
    assert happened
    assert after == store.load_plan(WEEK)
    other.engine.dispose()


def test_a_household_is_read_as_it_was_at_one_instant(url, store):
    before = a_household(hours=hours_of("Mon-Fri 09:00-17:00"))
    after = a_household(names=("Ada", "Bo"), hours=hours_of("Sat 09:00-12:00"))
    store.save_household(before)
    other = open_store(url)
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


def test_a_store_that_holds_a_household_is_not_filled(url, store):
    store.save_household(a_household())
    before = rows(url)

    with pytest.raises(StoreError, match=r"^This store already holds a household, .*\.$"):
        store.fill(a_household(names=("Ada", "Bo")), [a_ritual()], [a_plan()])

    assert before == rows(url)


def test_a_fill_that_breaks_leaves_the_store_empty(url, store):
    before = rows(url)

    with pytest.raises(sa.exc.IntegrityError):
        store.fill(a_household(), [a_ritual()], [a_plan(), a_plan()])

    assert before == rows(url)


# -- opening


def test_a_store_is_made_from_nothing_in_a_folder_that_is_not_there(tmp_path):
    file = tmp_path / "our home" / "100% ours #1" / "Küche.db"
    made = open_store(location.sqlite_url(file))
    made.engine.dispose()

    assert file.is_file()
    assert {*TABLES.tables, "alembic_version"} == set(rows(location.sqlite_url(file)))


def test_opening_twice_changes_nothing(url, store):
    store.save_household(a_household())
    before = rows(url)
    again = open_store(url)

    assert a_household() == again.load_household()
    assert before == rows(url)
    again.engine.dispose()


def test_many_may_open_a_new_store_at_once(bare):
    with ThreadPoolExecutor(8) as together:
        opened = list(together.map(open_store, [bare] * 8))

    opened[0].save_household(a_household())

    assert [a_household()] * 8 == [store.load_household() for store in opened]
    for store in opened:
        store.engine.dispose()


def is_another_type(context, _there, _ours, type_there, _type_of_ours):
    """Text in PostgreSQL has no length and no language; of all else alembic knows it."""
    if context.dialect.name == "postgresql" and isinstance(type_there, sa.String):
        return "TEXT C" != f"{type_there.__visit_name__} {type_there.collation}"
    return None


def test_the_migrations_make_the_tables_that_the_store_uses(store):
    with store.engine.connect() as at:
        compared = MigrationContext.configure(
            at, opts={"compare_type": is_another_type, "compare_server_default": True}
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


@pytest.mark.outside
def test_the_program_may_lie_in_a_folder_with_any_name(tmp_path):
    home = tmp_path / "100% ours #1"
    shutil.copytree(ROOT / "rituals", home / "rituals")
    script = "from rituals.store.store import open_store; open_store('sqlite:///leavewell.db')"
    subprocess.run([sys.executable, "-c", script], cwd=home, check=True, timeout=60)

    assert (home / "leavewell.db").is_file()


def one_sentence(refused):
    """Whether an error is one sentence: a capital, a full stop, one line."""
    told = str(refused.value)
    return told[0].isupper() and told.endswith(".") and not told.endswith("..") and "\n" not in told


def test_a_file_that_is_no_store_is_refused_in_one_sentence(file):
    file.write_bytes(b"BEGIN:VCALENDAR\r\n" * 100)

    with pytest.raises(StoreError, match="its file is damaged, so it stays as it is") as refused:
        open_store(location.sqlite_url(file))

    assert one_sentence(refused)
    assert str(file) in str(refused.value)
    assert b"BEGIN:VCALENDAR\r\n" * 100 == file.read_bytes()


def test_a_folder_is_refused_in_one_sentence(tmp_path):
    with pytest.raises(StoreError) as refused:
        open_store(location.sqlite_url(tmp_path))

    assert one_sentence(refused)


def test_a_store_where_no_folder_can_be_made_is_refused_in_one_sentence(file):
    file.write_text("a file, no folder")

    with pytest.raises(StoreError) as refused:
        open_store(location.sqlite_url(file / "leavewell.db"))

    assert one_sentence(refused)
    assert str(file) in str(refused.value)


def test_an_address_that_is_none_is_refused_in_one_sentence():
    with pytest.raises(StoreError) as refused:
        open_store("our store")

    assert one_sentence(refused)


def test_a_store_of_a_newer_program_is_refused_in_one_sentence_and_stays(url, store):
    with store.engine.begin() as at:
        at.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    before = rows(url)

    with pytest.raises(StoreError, match="newer") as refused:
        open_store(url)

    assert one_sentence(refused)
    assert before == rows(url)


def test_somebody_else_s_database_is_refused_in_one_sentence_and_stays(bare):
    theirs = sa.create_engine(bare)
    with theirs.begin() as at:
        at.exec_driver_sql("CREATE TABLE household (tomatoes INTEGER)")
    theirs.dispose()
    before = rows(bare)

    with pytest.raises(StoreError) as refused:
        open_store(bare)

    assert one_sentence(refused)
    assert before == rows(bare)


@pytest.mark.parametrize(
    ("environment", "address"),
    [
        ({"LEAVEWELL_DATABASE_URL": "sqlite:////home/us.db"}, "sqlite:////home/us.db"),
        ({"LEAVEWELL_DATABASE_URL": ""}, location.sqlite_url(location.OWN_FILE)),
        ({}, location.sqlite_url(location.OWN_FILE)),
    ],
)
def test_a_store_is_where_the_environment_says_or_beside_the_program(environment, address):
    assert address == location.address(environment)


def test_the_couple_s_own_file_lies_in_the_data_folder():
    assert ROOT / "data" == location.OWN_FILE.parent

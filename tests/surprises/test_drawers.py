"""The drawers in the store: opened by their own PIN alone, and nothing is lost in them."""

import json
import threading
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from rituals.backup import transfer
from rituals.calendars.outgoing import feeds
from rituals.model import wording
from rituals.model.household import ONE, TWO, Kind
from rituals.model.time.span import Spans
from rituals.planning.placement.place import place
from rituals.planning.placement.request import Request, Surroundings
from rituals.security import encryption
from rituals.security.encryption import Effort, SealError
from rituals.store import covers, location
from rituals.store.context import load_context
from rituals.store.errors import StoreError
from rituals.store.schema import COVERS, DRAWERS
from rituals.store.store import open_store
from rituals.surprises import drawers
from rituals.surprises import surprise as surprises
from rituals.surprises.surprise import Drawer, State, Surprise
from tests.support.notation import WEEK, a_household, a_ritual, a_span, an_instant

CHEAP = Effort(memory=8)
HOME = a_household()
NOW = an_instant("Mon 12:00")
WORDS = "lemon fern otter kiwi robin snow tulip wren"
MARK = "Zzyzx-Tango"


@pytest.fixture
def at(url):
    opened = open_store(url)
    opened.save_household(HOME)
    yield opened
    opened.engine.dispose()


@pytest.fixture
def key(at):
    return drawers.create(at, ONE, "1234", WORDS, CHEAP)


def a_surprise(id="s1", **more):
    told = {"title": MARK, "kind": Kind.TOGETHER, "partner": None, "minutes": 90, **more}
    return Surprise(id, ONE, start=an_instant("Thu 19:15"), created=NOW, changed=NOW, **told)


def put(at, key, *some):
    for one in some:
        drawers.change(
            at, ONE, key, lambda d, one=one: surprises.with_surprise(d, one, NOW), HOME, NOW
        )


def later(seconds):
    return NOW + timedelta(seconds=seconds)


def covered(at):
    return covers.of_week(at, WEEK, HOME)


def test_a_new_drawer_is_empty_and_there(at):
    before = drawers.exists(at, ONE)
    key = drawers.create(at, ONE, "1234", WORDS, CHEAP)

    assert (False, True, False) == (before, drawers.exists(at, ONE), drawers.exists(at, TWO))
    assert Drawer() == drawers.load(at, ONE, key)


def test_a_drawer_that_is_there_is_not_begun_over(at, key):
    put(at, key, a_surprise())

    with pytest.raises(StoreError, match="already"):
        drawers.create(at, ONE, "9999", WORDS, CHEAP)
    assert 1 == len(drawers.load(at, ONE, key).lying)


def test_the_pin_opens_it(at, key):
    assert key == drawers.try_pin(at, ONE, "1234", NOW).key


def test_each_has_a_drawer_of_their_own(at, key):
    other = drawers.create(at, TWO, "1234", WORDS, CHEAP)
    put(at, key, a_surprise())

    assert Drawer() == drawers.load(at, TWO, other)
    with pytest.raises(SealError):
        drawers.load(at, ONE, other)


def test_a_wrong_pin_opens_nothing_and_the_next_one_waits(at, key):
    wrong = drawers.try_pin(at, ONE, "4321", NOW)
    too_early = drawers.try_pin(at, ONE, "1234", later(0.9))

    assert (None, timedelta(seconds=1), True) == (wrong.key, wrong.wait, wrong.looked)
    assert (None, False) == (too_early.key, too_early.looked)
    assert key == drawers.try_pin(at, ONE, "1234", later(1)).key


@pytest.mark.usefixtures("key")
def test_ten_wrong_tries_take_more_than_a_minute(at):
    passed, waits = timedelta(), []
    for _ in range(10):
        tried = drawers.try_pin(at, ONE, "4321", NOW + passed)
        waits.append(tried.wait.total_seconds())
        passed += tried.wait

    assert [1, 2, 4, 8, 16, 32, 60, 60, 60, 60] == waits
    assert passed - tried.wait > timedelta(minutes=1)


@pytest.mark.usefixtures("key")
def test_another_browser_waits_as_well(at, url):
    drawers.try_pin(at, ONE, "4321", NOW)
    other = open_store(url)

    assert not drawers.try_pin(other, ONE, "1234", NOW).looked
    other.engine.dispose()


@pytest.mark.usefixtures("key")
def test_of_tries_at_one_instant_only_one_is_looked_at(at):
    tried = []
    threads = [
        threading.Thread(target=lambda: tried.append(drawers.try_pin(at, ONE, "4321", NOW)))
        for _ in range(5)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [False, False, False, False, True] == sorted(t.looked for t in tried)


@pytest.mark.usefixtures("key")
def test_a_right_pin_sets_the_waiting_back(at):
    for second in (0, 10, 20):
        drawers.try_pin(at, ONE, "4321", later(second))
    drawers.try_pin(at, ONE, "1234", later(60))

    assert timedelta(seconds=1) == drawers.try_pin(at, ONE, "4321", later(61)).wait


def test_a_clock_that_was_set_back_locks_the_drawer_for_no_more_than_its_wait(at, key):
    drawers.try_pin(at, ONE, "4321", NOW + timedelta(days=9))
    asked = drawers.try_pin(at, ONE, "1234", NOW)

    assert (False, timedelta(seconds=1)) == (asked.looked, asked.wait)
    assert key == drawers.try_pin(at, ONE, "1234", later(1)).key


@pytest.mark.usefixtures("key")
def test_a_clock_set_back_grants_no_tries(at):
    for second in (0, 10, 20, 30, 60, 120):
        drawers.try_pin(at, ONE, "4321", later(second))
    tried = [drawers.try_pin(at, ONE, "4321", NOW - timedelta(hours=n)) for n in range(1, 7)]

    assert 6 * [False] == [t.looked for t in tried]


@pytest.mark.usefixtures("key")
def test_a_try_keeps_nobody_from_writing(at, monkeypatch):
    unlock = encryption.unlock

    def beside_another_hand(*told):
        at.save_household(HOME)  # under the write lock it would wait for itself
        return unlock(*told)

    monkeypatch.setattr(encryption, "unlock", beside_another_hand)

    assert drawers.try_pin(at, ONE, "4321", NOW).looked


@pytest.mark.usefixtures("key")
def test_the_tries_of_one_are_not_those_of_the_other(at):
    other = drawers.create(at, TWO, "5678", WORDS, CHEAP)
    drawers.try_pin(at, ONE, "4321", NOW)

    assert other == drawers.try_pin(at, TWO, "5678", NOW).key


def test_the_old_pin_gives_way_to_a_new_one(at, key):
    put(at, key, a_surprise())
    new = drawers.change_lock(at, ONE, "1234", "rose", "snow fern", NOW, CHEAP).key

    assert drawers.try_pin(at, ONE, "1234", NOW).key is None
    assert new == drawers.try_pin(at, ONE, "rose", later(5)).key
    assert (MARK,) == tuple(s.title for s in drawers.load(at, ONE, new).lying)


def test_a_wrong_old_pin_changes_nothing_and_waits(at, key):
    changed = drawers.change_lock(at, ONE, "4321", "rose", "snow fern", NOW, CHEAP)

    assert timedelta(seconds=1) == changed.wait
    assert key == drawers.try_pin(at, ONE, "1234", later(5)).key


def row_of(at):
    with at.reading() as to:
        return dict(to.execute(sa.select(DRAWERS)).mappings().one())


def put_back(at, **columns):
    with at.writing() as to:
        to.execute(sa.update(DRAWERS).values(columns))


CHANGES = {
    "PIN": lambda at: drawers.change_lock(at, ONE, "1234", "rose", "snow fern", NOW, CHEAP),
    "words": lambda at: drawers.change_lock(at, ONE, "1234", "1234", "snow fern", NOW, CHEAP),
    "PIN by words": lambda at: drawers.recover(at, ONE, WORDS, "rose", NOW, CHEAP),
}


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize(("way", "secret"), [("pin", "1234"), ("recovery", WORDS)])
def test_a_lock_of_an_old_backup_opens_nothing_that_is_kept_now(at, key, change, way, secret):
    put(at, key, a_surprise())
    old = row_of(at)
    CHANGES[change](at)
    put_back(at, pin=old[way], recovery=old["recovery"])
    opens = {"pin": drawers.try_pin, "recovery": drawers.recover}[way]
    more = ("kiwi", later(5), CHEAP) if way == "recovery" else (later(5),)

    with pytest.raises(SealError):
        drawers.load(at, ONE, opens(at, ONE, secret, *more).key)


@pytest.mark.parametrize("change", CHANGES)
def test_an_old_backup_opens_with_its_old_pin_and_shows_its_own(at, key, change):
    put(at, key, a_surprise())
    old = row_of(at)
    new = CHANGES[change](at).key
    put(at, new, a_surprise("s2"))
    put_back(at, **old)
    opened = drawers.try_pin(at, ONE, "1234", later(5)).key

    assert ["s1"] == [s.id for s in drawers.load(at, ONE, opened).lying]


def test_an_address_from_an_old_backup_reads_nothing_new(at, key):
    token = feeds.new_token()
    drawers.change(at, ONE, key, lambda d: replace(d, token=token), HOME, NOW)
    new = CHANGES["PIN"](at).key

    assert drawers.feed_of(at, token) is None
    assert drawers.feed_of(at, drawers.load(at, ONE, new).token) is not None


def test_what_is_one_partners_opens_as_nothing_of_the_other(at, key):
    put(at, key, a_surprise())
    with at.writing() as to:
        to.execute(sa.update(DRAWERS).values(partner=TWO))

    assert drawers.try_pin(at, TWO, "1234", NOW).key is None
    with pytest.raises(SealError):
        drawers.load(at, TWO, key)


def of_before(key, secret):
    """A lock as it was made before anything was bound to it."""
    salt, nonce = b"s" * 16, b"n" * 12
    stretched = encryption._stretched(secret, salt, CHEAP)
    sealed = nonce + AESGCM(stretched).encrypt(nonce, key, b"lock")
    return json.dumps(
        {"salt": encryption._text(salt), "key": encryption._text(sealed), **vars(CHEAP)}
    )


def test_a_drawer_from_before_opens_and_is_locked_anew_with_a_change(at):
    key = drawers.create(at, ONE, "1234", WORDS, CHEAP)
    content = encryption._padded(surprises.to_json(Drawer((a_surprise(),))))
    sealed = b"\x01" + b"n" * 12 + AESGCM(key).encrypt(b"n" * 12, content, b"\x01")
    put_back(at, pin=of_before(key, "1234"), recovery=of_before(key, WORDS), content=sealed)

    assert key == drawers.try_pin(at, ONE, "1234", NOW).key
    new = drawers.recover(at, ONE, WORDS, "rose", NOW, CHEAP).key
    assert new == drawers.try_pin(at, ONE, "rose", NOW).key
    assert new != key
    assert (MARK,) == tuple(s.title for s in drawers.load(at, ONE, new).lying)


def test_recovery_words_open_it_and_set_a_new_pin(at, key):
    put(at, key, a_surprise())
    typed = WORDS.upper().replace(" ", ",  ")
    new = drawers.recover(at, ONE, typed, "rose", NOW, CHEAP).key

    assert new == drawers.try_pin(at, ONE, "rose", NOW).key
    assert new == drawers.try_pin(at, ONE, "rose", NOW).key
    assert (MARK,) == tuple(s.title for s in drawers.load(at, ONE, new).lying)


@pytest.mark.usefixtures("key")
def test_other_words_wait_like_a_wrong_pin(at):
    drawers.recover(at, ONE, "lemon fern", "rose", NOW, CHEAP)

    assert not drawers.try_pin(at, ONE, "1234", NOW).looked


@pytest.mark.usefixtures("key")
def test_new_recovery_words_take_the_place_of_the_old_ones(at):
    CHANGES["words"](at)

    assert drawers.recover(at, ONE, WORDS, "rose", NOW, CHEAP).key is None
    assert drawers.recover(at, ONE, "Snow, fern", "rose", later(5), CHEAP).key is not None


def test_an_emptied_drawer_begins_anew(at, key):
    put(at, key, a_surprise(line="Keep Thursday evening free"))
    drawers.delete(at, ONE)
    new = drawers.create(at, ONE, "rose", WORDS, CHEAP)

    assert Drawer() == drawers.load(at, ONE, new)
    assert () == covered(at)
    with pytest.raises(SealError):
        drawers.load(at, ONE, key)


def test_two_browsers_of_one_giver_lose_nothing(at, key, url):
    stores = [open_store(url) for _ in range(3)]
    threads = [
        threading.Thread(
            target=lambda one, own: [put(one, key, a_surprise(f"{own}-{n}")) for n in range(5)],
            args=(one, own),
        )
        for own, one in enumerate(stores)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for one in stores:
        one.engine.dispose()

    assert {f"{own}-{n}" for own in range(3) for n in range(5)} == {
        s.id for s in drawers.load(at, ONE, key).lying
    }


@pytest.mark.parametrize("change", ["cut", "bit", "none"])
def test_what_was_tampered_with_is_said_and_stays_as_it_is(at, key, change):
    put(at, key, a_surprise())
    sealed = content(at)
    broken = {"cut": sealed[:100], "bit": sealed[:-1] + bytes([sealed[-1] ^ 1]), "none": b""}[
        change
    ]
    with at.writing() as to:
        to.execute(sa.update(DRAWERS).values(content=broken))

    with pytest.raises(SealError, match="cannot be read, and it stays"):
        drawers.load(at, ONE, key)
    with pytest.raises(SealError):
        put(at, key, a_surprise("s2"))
    assert broken == content(at)


def content(at):
    with at.reading() as to:
        return to.execute(sa.select(DRAWERS.c.content)).scalar()


@pytest.mark.usefixtures("key")
def test_a_broken_lock_is_said_in_one_sentence(at):
    with at.writing() as to:
        to.execute(sa.update(DRAWERS).values(pin="{}"))

    with pytest.raises(SealError, match="cannot be read"):
        drawers.try_pin(at, ONE, "1234", NOW)


def test_a_drawer_that_is_not_there_is_said_to_be_gone(at):
    with pytest.raises(SealError, match="not there any more"):
        drawers.try_pin(at, ONE, "1234", NOW)


def test_nothing_in_the_store_says_how_many_there_are(at, key):
    before = len(content(at))
    put(at, key, *(a_surprise(str(n)) for n in range(20)))

    assert before == len(content(at))
    assert () == covered(at)


def test_a_cover_is_all_that_is_written(at, key):
    put(at, key, a_surprise(line="Keep Thursday evening free", way=MARK, shopping=MARK))
    with at.reading() as to:
        rows = [dict(row) for row in to.execute(sa.select(COVERS)).mappings()]
        whole = repr(to.execute(sa.select(DRAWERS)).mappings().all())

    (cover,) = covered(at)
    assert ("Keep Thursday evening free", ONE, a_span("Thu 17:00-00:00")) == (
        cover.line,
        cover.giver,
        cover.span,
    )
    assert MARK not in repr(rows) + whole


def test_a_cover_changes_and_goes_with_its_surprise(at, key):
    one = a_surprise(line="Keep Thursday evening free")
    put(at, key, one)
    put(at, key, replace(one, line="Keep Thursday free"))

    assert ("Keep Thursday free",) == tuple(c.line for c in covered(at))
    put(at, key, replace(one, line=""))
    assert () == covered(at)


def test_a_revealed_surprise_has_no_cover(at, key):
    put(at, key, a_surprise(line="Keep Thursday evening free"))
    drawers.change(at, ONE, key, lambda d: surprises.after_opening(d, ["s1"], NOW), HOME, NOW)

    assert State.REVEALED is drawers.load(at, ONE, key).given[0].state
    assert () == covered(at)


def test_covered_time_is_kept_free_for_both(at, key):
    put(at, key, a_surprise(line="Keep Thursday evening free"))
    there = load_context(at, WEEK, HOME, {})
    ritual = a_ritual(window="Thu 18:00-20:00")
    around = Surroundings(NOW, (), there.busy, Spans(), {}, (), "")

    assert {ONE: Spans([a_span("Thu 17:00-00:00")]), TWO: Spans([a_span("Thu 17:00-00:00")])} == (
        there.busy
    )
    assert () == place([Request(ritual, None, 1, 1)], around, HOME, WEEK).placed


def test_without_a_cover_the_week_is_planned_as_before(at, key):
    before = load_context(at, WEEK, HOME, {})
    put(at, key, a_surprise())

    assert before == load_context(at, WEEK, HOME, {})


def test_its_address_holds_what_lies_there(at, key):
    token = feeds.new_token()
    drawers.change(at, ONE, key, lambda d: replace(d, token=token), HOME, NOW)
    put(at, key, a_surprise())
    there = drawers.feed_of(at, token)

    assert MARK.encode() in there.content
    assert NOW.replace(microsecond=0) == there.modified


def test_the_store_knows_neither_the_address_nor_what_it_holds(at, key):
    token = feeds.new_token()
    drawers.change(at, ONE, key, lambda d: replace(d, token=token), HOME, NOW)
    put(at, key, a_surprise())
    with at.reading() as to:
        whole = repr(to.execute(sa.select(DRAWERS)).mappings().all())

    assert token not in whole
    assert MARK not in whole
    assert "VCALENDAR" not in whole


@pytest.mark.usefixtures("key")
@pytest.mark.parametrize("token", ["", "x", "\udcff", "é"])
def test_another_address_holds_nothing(at, token):
    assert drawers.feed_of(at, token) is None


def test_an_address_that_is_off_or_renewed_holds_nothing(at, key):
    old, new = feeds.new_token(), feeds.new_token()
    for token in (old, new):
        drawers.change(at, ONE, key, lambda d, t=token: replace(d, token=t), HOME, NOW)

    assert drawers.feed_of(at, old) is None
    assert drawers.feed_of(at, new) is not None
    drawers.change(at, ONE, key, lambda d: replace(d, token=""), HOME, NOW)
    assert drawers.feed_of(at, new) is None


def test_a_feed_that_was_tampered_with_holds_nothing(at, key):
    token = feeds.new_token()
    drawers.change(at, ONE, key, lambda d: replace(d, token=token), HOME, NOW)
    with at.writing() as to:
        to.execute(sa.update(DRAWERS).values(feed=b"x"))

    assert drawers.feed_of(at, token) is None


def test_a_drawer_moves_byte_by_byte_and_back(at, key, bare, tmp_path):
    put(at, key, a_surprise(line="Keep Thursday evening free"))
    there = open_store(bare)
    back = open_store(location.sqlite_url(tmp_path / "back.db"))
    transfer.move(at, there)
    transfer.move(there, back)

    assert content(at) == content(there) == content(back)
    assert key == drawers.try_pin(back, ONE, "1234", NOW).key
    assert (MARK,) == tuple(s.title for s in drawers.load(back, ONE, key).lying)
    assert covered(at) == covered(back)
    there.engine.dispose()
    back.engine.dispose()


def test_a_usual_lock_opens_too(at):
    key = drawers.create(
        at, TWO, "12 34", encryption.new_recovery_words(encryption.load_recovery_words())
    )

    assert key == drawers.try_pin(at, TWO, "12 34", NOW).key


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("Keep Thursday evening free", "From Maya: keep Thursday evening free"),
        ("FREE, please", "From Maya: FREE, please"),
    ],
)
def test_a_cover_says_from_whom_it_is(at, key, line, said):
    put(at, key, a_surprise(line=line))

    assert (said,) == tuple(wording.cover_line(cover, HOME) for cover in covered(at))


UNHEARD = {
    "opening": lambda at, _key: drawers.try_pin(at, ONE, "1234", NOW),
    "a wrong PIN": lambda at, _key: drawers.try_pin(at, ONE, "4321", NOW),
    "another PIN": lambda at, _key: CHANGES["PIN"](at),
    "a surprise": lambda at, key: put(at, key, a_surprise("s2")),
    "one changed": lambda at, key: put(at, key, a_surprise(title="other", line=LINE)),
    "an address": lambda at, key: drawers.change(
        at, ONE, key, lambda d: replace(d, token=feeds.new_token()), HOME, NOW
    ),
}
LINE = "Keep Thursday evening free"


@pytest.mark.parametrize("what", UNHEARD)
def test_nobody_hears_of_what_has_no_hint(at, key, what):
    put(at, key, a_surprise(line=LINE))
    before = at.revision()
    at.changed.clear()
    UNHEARD[what](at, key)

    assert (before, False) == (at.revision(), at.changed.is_set())


def test_a_hint_is_heard(at, key):
    begun = at.revision()
    put(at, key, a_surprise(line=LINE))
    with_it = at.revision()
    at.changed.clear()
    drawers.delete(at, ONE)

    assert begun < with_it < at.revision()
    assert at.changed.is_set()

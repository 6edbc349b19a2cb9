from dataclasses import replace

from rituals.model.household import ONE, TWO
from rituals.model.note import (
    LETTERS,
    WEEKS_LATER,
    Note,
    changed,
    comes_back,
    forgotten,
    id_of,
    of_writer,
    shared,
    shared_notes,
    written,
)
from tests.support.notation import WEEK, an_instant

COFFEE = Note("1", WEEK, ONE, "you brought me coffee", False, an_instant("Sun 21:00"))
SONG = replace(COFFEE, id="2", writer=TWO, text="you sang", shared=True)


def test_a_line_is_its_writer_s_until_it_is_shared():
    assert (SONG,) == shared_notes([COFFEE, SONG])
    assert (COFFEE,) == of_writer([COFFEE, SONG], ONE)
    assert () == of_writer([COFFEE], TWO)


def test_a_shared_line_comes_back_after_months():
    assert SONG == comes_back([COFFEE, SONG], WEEK + WEEKS_LATER)
    assert comes_back([COFFEE, SONG], WEEK + (WEEKS_LATER - 1)) is None


def test_what_is_not_shared_never_comes_back():
    assert comes_back([COFFEE], WEEK + 100) is None


def test_it_is_the_same_line_all_week_and_another_in_time():
    lines = [replace(SONG, id=str(n)) for n in range(9)]

    assert comes_back(lines, WEEK + 20) == comes_back(tuple(lines), WEEK + 20)
    assert 3 < len({comes_back(lines, WEEK + n) for n in range(20, 60)})


def test_a_line_is_short_and_on_one_line():
    assert "you sang, twice" == written("  you sang,\n\ttwice ")
    assert LETTERS == len(written("x" * 500))


def test_shared_lines_are_read_again_the_newest_first():
    later = replace(SONG, id="3", week=WEEK + 1)

    assert (later, SONG) == shared_notes([COFFEE, SONG, later])


def test_a_writer_s_lines_are_theirs_shared_or_not_the_newest_first():
    earlier = replace(COFFEE, id="3", week=WEEK - 1, shared=True)

    assert (COFFEE, earlier) == of_writer([earlier, COFFEE, SONG], ONE)
    assert (SONG,) == of_writer([COFFEE, SONG], TWO)


def test_a_line_once_shared_is_both_s_and_one_forgotten_has_no_words():
    assert (shared(COFFEE),) == shared_notes([shared(COFFEE)])
    assert "" == forgotten(COFFEE).text


def test_each_of_the_two_has_one_line_a_week():
    ids = {id_of(WEEK + n, who) for n in range(2) for who in (ONE, TWO)}

    assert 4 == len(ids)
    assert max(map(len, ids)) <= 36


def test_a_line_can_be_taken_back_and_said_in_other_words():
    assert replace(SONG, shared=False) == shared(SONG, False)
    assert replace(SONG, text="you hummed") == changed(SONG, " you\thummed ")
    assert (SONG,) == of_writer([COFFEE, SONG], TWO)

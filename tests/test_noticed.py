from dataclasses import replace

from rituals.model import ONE, TWO
from rituals.noticed import WEEKS_LATER, Noticed, comes_back, may_read
from tests.notation import WEEK, an_instant

COFFEE = Noticed("1", WEEK, ONE, "you brought me coffee", False, an_instant("Sun 21:00"))
SONG = replace(COFFEE, id="2", writer=TWO, text="you sang", shared=True)


def test_a_line_is_its_writer_s_until_it_is_shared():
    assert (COFFEE, SONG) == may_read([COFFEE, SONG], ONE)
    assert (SONG,) == may_read([COFFEE, SONG], TWO)


def test_a_shared_line_comes_back_after_months():
    assert SONG == comes_back([COFFEE, SONG], WEEK + WEEKS_LATER)
    assert comes_back([COFFEE, SONG], WEEK + (WEEKS_LATER - 1)) is None


def test_what_is_not_shared_never_comes_back():
    assert comes_back([COFFEE], WEEK + 100) is None


def test_it_is_the_same_line_all_week_and_another_in_time():
    lines = [replace(SONG, id=str(n)) for n in range(9)]

    assert comes_back(lines, WEEK + 20) == comes_back(tuple(lines), WEEK + 20)
    assert 3 < len({comes_back(lines, WEEK + n) for n in range(20, 60)})

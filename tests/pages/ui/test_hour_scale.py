"""How high an hour is: as high as what lies in it needs, and both ways the same."""

from hypothesis import given
from hypothesis import strategies as st

from pages.ui.grid.hour_scale import APART, HIGH, LINE, hour_scale

HOUR = 60
MINUTES = st.integers(6 * HOUR, 23 * HOUR)
SPANS = st.lists(st.tuples(MINUTES, st.integers(5, 240)).map(lambda s: (s[0], s[0] + s[1])))


@given(SPANS, SPANS, MINUTES)
def test_a_minute_comes_back_from_its_pixel(blocks, busy, minute):
    scale = hour_scale(6 * HOUR, 24 * HOUR, blocks, busy)

    assert minute == scale.minute(scale.pixel(minute))


@given(SPANS, SPANS)
def test_all_hours_fill_the_grid_and_time_only_goes_down(blocks, busy):
    scale = hour_scale(6 * HOUR, 24 * HOUR, blocks, busy)
    pixels = [scale.pixel(minute) for minute in range(6 * HOUR, 24 * HOUR + 1, 5)]

    assert HIGH - 1e-6 < pixels[-1] < HIGH + 1e-6
    assert sorted(pixels) == pixels


def test_hours_that_hold_nothing_are_squeezed_and_evenings_have_room():
    blocks, busy = [(20 * HOUR, 21 * HOUR)], [(9 * HOUR, 10 * HOUR)]
    scale = hour_scale(6 * HOUR, 23 * HOUR, blocks, busy)
    heights = dict(zip(range(6, 23), scale.heights, strict=True))

    assert heights[6] < heights[9] < heights[20]
    assert heights[6] == heights[15]


def test_a_short_block_in_the_evening_has_two_lines():
    scale = hour_scale(6 * HOUR, 23 * HOUR, [(19 * HOUR, 19 * HOUR + 30)], [])

    assert 2 * LINE < scale.pixel(19 * HOUR + 30) - scale.pixel(19 * HOUR)


def test_a_line_below_is_a_line_of_pixels_away():
    scale = hour_scale(6 * HOUR, 23 * HOUR, [(7 * HOUR, 8 * HOUR)], [])

    assert abs(scale.pixel(scale.a_line_below(7 * HOUR)) - scale.pixel(7 * HOUR) - LINE) < 1


def test_two_lines_an_hour_apart_are_hit_each_alone():
    blocks = [(16 * HOUR, 16 * HOUR + 30), (17 * HOUR, 17 * HOUR + 15), (19 * HOUR, 22 * HOUR)]
    scale = hour_scale(6 * HOUR, 23 * HOUR, [*blocks, (8 * HOUR, 15 * HOUR)], [])

    assert APART <= scale.pixel(17 * HOUR) - scale.pixel(16 * HOUR)
    assert HIGH - 1e-6 < sum(scale.heights) < HIGH + 1e-6

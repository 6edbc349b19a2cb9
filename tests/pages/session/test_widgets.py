"""A widget's keys: another one for each value it is given, and what a browser brings under one."""

from pages.session.widgets import ON_THEIR_WAY, Shown


def under(**live):
    return lambda number, given: live.get(f"key{number}", given)


def test_a_widget_keeps_its_key_as_long_as_its_value_stays():
    shown = Shown([90])

    assert [0, 1, 1, 2] == [shown.number(kept) for kept in (90, 120, 120, 90)]


def test_nothing_is_changed_where_each_key_holds_what_it_was_given():
    assert Shown([90, 120]).changed(under()) is None


def test_the_newest_key_with_another_value_counts():
    assert (1, 60) == Shown([90, 120]).changed(under(key0=30, key1=60))


def test_an_older_key_may_be_the_one_that_is_still_drawn():
    assert (0, 30) == Shown([90, 120]).changed(under(key0=30))


def test_a_key_long_gone_from_the_screen_brings_nothing():
    shown = Shown(list(range(ON_THEIR_WAY + 1)))

    assert shown.changed(under(key0=30)) is None
    assert (1, 30) == shown.changed(under(key1=30))

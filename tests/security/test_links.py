"""Links that let a browser in at the machine itself: who can make one, and how often it is good."""

import os
import socket
import stat
from contextlib import closing, contextmanager

import pytest

from rituals.security import links
from rituals.security.links import Run

HERE = "http://127.0.0.1"


@contextmanager
def listening():
    """The address of something that answers."""
    with closing(socket.create_server(("127.0.0.1", 0))) as one:
        yield f"{HERE}:{one.getsockname()[1]}"


@pytest.fixture
def store(tmp_path):
    return tmp_path / "leavewell.db"


def ends(link):
    return link.rpartition("/")[2]


def test_each_link_is_another_one_and_of_one_run_alone():
    run, other = Run(f"{HERE}:8501"), Run(f"{HERE}:8501")
    made = {run.new_link() for _ in range(9)}

    assert 9 == len(made)
    assert all(run.is_own(ends(link)) for link in made)
    assert not any(other.is_own(ends(link)) for link in made)


@pytest.mark.parametrize("word", ["", ".", "x", "x.", ".x", "\xe4.\xe4", "a.b.c"])
def test_nobody_makes_one_without_the_key(word):
    assert not Run(f"{HERE}:8501").is_own(word)


def test_no_key_stands_in_what_is_shown_of_a_run():
    run = Run(f"{HERE}:8501")

    assert run.key not in repr(run)


def test_whoever_may_read_the_file_of_a_run_makes_its_links(store):
    with listening() as address, links.announced(Run(address), store):
        (file,) = store.parent.iterdir()
        (found,) = links.runs(store)

        assert address == found.address
        assert os.name != "posix" or stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [] == [*store.parent.iterdir()]


def test_two_ports_are_two_runs(store):
    with listening() as one, listening() as two:
        with links.announced(Run(one), store), links.announced(Run(two), store):
            assert {one, two} == {run.address for run in links.runs(store)}
        assert [] == links.runs(store)


def test_what_a_run_left_that_was_cut_short_is_none(store):
    with listening() as address:
        announced = links.announced(Run(address), store)
        announced.__enter__()

    assert [] == links.runs(store)


def test_a_run_takes_the_place_of_what_another_left_at_its_port(store):
    with listening() as address:
        links.announced(Run(address), store).__enter__()
        with links.announced(Run(address), store):
            assert 1 == len(links.runs(store))


@pytest.mark.parametrize("text", ["", "x", "[]", "{}", '{"address": "http://127.0.0.1:1"}', "{"])
def test_a_file_of_something_else_is_no_run(store, text):
    (store.parent / "leavewell-1.running").write_text(text)

    assert [] == links.runs(store)


def test_where_nothing_can_be_written_it_runs_all_the_same(tmp_path):
    (tmp_path / "file").touch()
    with links.announced(Run(f"{HERE}:8501"), tmp_path / "file" / "leavewell.db"):
        pass


def test_without_a_screen_no_browser_begins_in_the_terminal(store, monkeypatch):
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(links.sys, "platform", "linux")

    assert not links.open_browser(Run(f"{HERE}:8501"), store)
    assert [] == [*store.parent.iterdir()]

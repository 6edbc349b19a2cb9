"""The guides for other calendars: whole, a source for every line, and none that nobody tried."""

import re
import tomllib
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from pages.publishing import guides as screen
from rituals.calendars.outgoing import guides
from rituals.calendars.outgoing.guides import ALARMS, REPORT, SECTIONS, WAYS, GuidesError
from tests.model.test_wording import unkind
from tests.support.screens import shown

WHOLE = ["google", "apple", "outlook", "thunderbird", "nextcloud"]
SERVED = ["fastmail", "mailbox-org", "posteo", "synology", "baikal", "davical", "xandikos"]
BRIEF = [*SERVED, "other"]
TEXT = guides.WRITTEN.read_text(encoding="utf-8")
GUIDES = guides.load(guides.WRITTEN)
MOST_LINES = 25  # at once, for two tired people
LONGEST_LINE = 110  # characters, markup included

GOOD = {
    "sources": {"help": '"maker: https://example.org/help"', "forum": '"report: a forum"'},
    "ways": {way: f'["By {way}.", "help"]' for way in WAYS},
    "program": {
        "key": '"desk"',
        "name": '"Desk"',
        "best": '"file"',
        "alarms_in_a_file": '"kept"',
        **{name: f'[["About {name}.", "help"]]' for name in SECTIONS},
    },
    "brief": {"key": '"wall"', "name": '"Wall"', "why": '[["A pencil.", "forum"]]'},
}


def a_text(table=None, name=None, value=None):
    """Guides that can be read, but for one field; None leaves it out."""
    tables = {key: dict(fields) for key, fields in GOOD.items()}
    if table:
        tables[table][name] = value
    return "".join(
        f"{f'[[{key}]]' if key in {'program', 'brief'} else f'[{key}]'}\n"
        + "".join(f"{field} = {text}\n" for field, text in fields.items() if text is not None)
        for key, fields in tables.items()
    )


def refused(text):
    with pytest.raises(GuidesError) as told:
        guides.read(text, "ours.toml")
    return str(told.value)


def script():
    from pages.publishing import guides

    guides.show()


def opened(key=None):
    at = AppTest.from_function(script)
    if key:
        at.session_state[screen.CHOSEN] = key
    at.run()
    assert not at.exception
    return at


def without_folded(block):
    """The texts that are there before anything is unfolded."""
    for child in getattr(block, "children", {}).values():
        if child.type == "expander":
            yield child.label
        elif child.type in {"markdown", "caption"}:
            yield child.value
        else:
            yield from without_folded(child)


def test_there_is_a_guide_for_each_program():
    assert [*WHOLE, *BRIEF] == list(GUIDES.programs)


@pytest.mark.parametrize("key", WHOLE)
def test_a_whole_guide_has_every_section(key):
    guide = GUIDES.programs[key]

    assert set(SECTIONS) == set(guide.sections)
    assert guide.best in WAYS
    assert guide.alarms_in_a_file in ALARMS
    assert 2 == len(guide.sections["why"])


def test_every_source_is_used():
    written = tomllib.loads(TEXT)
    used = {
        source
        for entry in [*written["program"], *written["brief"]]
        for lines in entry.values()
        if isinstance(lines, list)
        for _, source in lines
    } | {source for _, source in written["ways"].values()}

    assert set() == set(written["sources"]) - used


def test_every_maker_s_page_has_an_address():
    sources = tomllib.loads(TEXT)["sources"].values()

    assert [] == [s for s in sources if s.startswith("maker:") and "https://" not in s]


@pytest.mark.parametrize("key", ["apple", "nextcloud", *SERVED])
def test_a_calendar_server_has_its_start_address_and_says_which_password_it_takes(key):
    sections = GUIDES.programs[key].sections
    said = " ".join(line.text for line in sections.get("server", sections["why"]))

    assert re.search(r"`(https://|/)[^`]+`|CalDAV address|its address", said)
    assert "password" in said.lower()


@pytest.mark.parametrize("key", ["google", "outlook"])
def test_what_asks_from_outside_is_not_sent_to_an_address_at_home(key):
    guide = GUIDES.programs[key]

    assert "address" != guide.best
    assert any("open internet" in line.text for line in guide.sections["address"])


@pytest.mark.parametrize("key", [*WHOLE, *BRIEF])
def test_steps_that_others_report_are_called_so_once_under_the_guide(key):
    kinds = {line.kind for lines in GUIDES.programs[key].sections.values() for line in lines}
    at = opened(key)
    said = [text for text in shown(at) if "not tried" in text]

    assert (REPORT in kinds) == (1 == len(said))
    assert [at.caption[-1].value] == [caption.value for caption in at.caption]


@pytest.mark.parametrize("key", [*WHOLE, *BRIEF])
def test_a_guide_is_no_wall_of_text(key):
    seen = "\n".join(without_folded(opened(key).main))
    lines = [line for line in seen.splitlines() if line.strip()]

    assert len(lines) <= MOST_LINES


def test_no_line_is_long():
    lines = [
        line.text
        for guide in GUIDES.programs.values()
        for lines in guide.sections.values()
        for line in lines
    ]

    assert [] == [line for line in lines if len(line) > LONGEST_LINE]


@pytest.mark.parametrize("key", WHOLE)
def test_the_way_that_suits_is_open_and_the_others_are_folded(key):
    at = opened(key)
    best = GUIDES.programs[key].best
    others = [screen.TITLES[way] for way in WAYS if way != best]

    assert [*others, screen.TITLES["empty"]] == [each.label for each in at.expander]
    assert any(screen.TITLES[best] in text for text in without_folded(at.main))


def test_the_way_at_hand_is_open_in_place_of_the_one_that_suits():
    def by_file():
        from pages.publishing import guides

        guides.show("file")

    at = AppTest.from_function(by_file)
    at.session_state[screen.CHOSEN] = "nextcloud"

    assert [screen.TITLES[way] for way in ("address", "server", "empty")] == [
        each.label for each in at.run().expander
    ]


@pytest.mark.parametrize("key", [None, *WHOLE, *BRIEF])
def test_no_guide_has_a_forbidden_word(key):
    assert [] == [text for text in shown(opened(key)) if unkind(text)]


def test_the_file_has_no_forbidden_word():
    assert [] == [line for line in TEXT.splitlines() if unkind(line)]


@pytest.mark.parametrize(
    ("machine", "cookie", "program"),
    [
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X)", "", "apple"),
        ("Mozilla/5.0 (Linux; Android 16)", "", "google"),
        ("Mozilla/5.0 (X11; Linux x86_64)", "", "thunderbird"),
        ("Mozilla/5.0 (X11; Linux x86_64)", "nextcloud", "nextcloud"),
        ("Mozilla/5.0 (Windows NT 10.0)", "gone", "outlook"),
        ("curl", "", None),
    ],
)
def test_it_opens_at_the_program_chosen_last_else_at_the_usual_one_of_the_machine(
    machine, cookie, program, monkeypatch
):
    headers, cookies = {"User-Agent": machine}, {screen.COOKIE: cookie}
    monkeypatch.setattr(type(st.context), "headers", headers)
    monkeypatch.setattr(type(st.context), "cookies", cookies)

    assert program == opened().segmented_control[0].value


def test_before_a_choice_the_three_ways_are_said():
    at = opened()

    assert [screen._list(way.text for way in GUIDES.ways)] == [at.markdown[0].value]
    assert not at.expander


def test_the_choice_shows_that_program():
    at = opened()
    at.segmented_control[0].set_value("nextcloud").run()

    assert not at.exception
    assert GUIDES.programs["nextcloud"].sections["us"][0].text in "".join(
        each.value for each in at.markdown
    )


def test_the_choice_is_remembered_while_the_page_is_elsewhere():
    def two_pages():
        import streamlit as st

        from pages.publishing import guides

        if not st.toggle("Elsewhere"):
            guides.show()

    at = AppTest.from_function(two_pages).run()
    at.segmented_control[0].set_value("apple").run()
    at.toggle[0].set_value(True).run()
    at.toggle[0].set_value(False).run()

    assert "apple" == at.segmented_control[0].value


def test_guides_that_are_not_there_are_one_sentence_on_the_screen(tmp_path, monkeypatch):
    monkeypatch.setattr(guides, "WRITTEN", tmp_path / "guides.toml")
    screen._written.cache_clear()
    at = opened()

    assert ["guides.toml cannot be opened: No such file or directory."] == [
        error.value for error in at.error
    ]


def test_the_alarm_line_names_each_whole_guide_once():
    line = screen.alarm_line()

    assert [1] * len(WHOLE) == [line.count(GUIDES.programs[key].name) for key in WHOLE]
    assert 1 == line.count(".")
    assert line.index("left out by") < line.index("Google") < line.index("not tried")


def test_guides_are_read_as_they_are_written():
    read = guides.read(a_text(), "ours.toml")

    assert ["desk", "wall"] == list(read.programs)
    assert ("About gone.", "maker") == read.programs["desk"].sections["gone"][0]
    assert ("A pencil.", REPORT) == read.programs["wall"].sections["why"][0]


@pytest.mark.parametrize(
    ("table", "name", "value", "sentence"),
    [
        ("program", "gone", None, "ours.toml, program 1 (desk): “gone” is not there."),
        ("program", "more", "1", "ours.toml, program 1 (desk): “more” is not known."),
        ("program", "key", None, "ours.toml, program 1 (without a key): “key” is not there."),
        (
            "program",
            "best",
            '"pigeon"',
            "ours.toml, program 1 (desk), best: it is one of file, address, server.",
        ),
        (
            "program",
            "us",
            "[]",
            "ours.toml, program 1 (desk), us: it is a list of at least one statement.",
        ),
        (
            "program",
            "us",
            '[["Press it.", "help"], ["Press more.", "hearsay"]]',
            "ours.toml, program 1 (desk), us, line 2: the source “hearsay” is not known.",
        ),
        (
            "program",
            "us",
            '[["Press it."]]',
            "ours.toml, program 1 (desk), us, line 1: "
            "it is written as [“what it says”, “where it is from”].",
        ),
        ("brief", "key", '"desk"', "ours.toml, brief 1 (desk): this key is there twice."),
        ("ways", "file", None, "ours.toml, ways: “file” is not there."),
        (
            "sources",
            "help",
            '"the web"',
            "ours.toml, sources, help: it is written as “kind: where”.",
        ),
    ],
)
def test_what_cannot_be_read_names_file_and_entry(table, name, value, sentence):
    assert sentence == refused(a_text(table, name, value))


def test_what_is_no_toml_names_the_file():
    assert refused("[sources").startswith("ours.toml cannot be read: ")


def test_a_file_that_is_not_there_is_named():
    with pytest.raises(GuidesError, match=r"gone\.toml cannot be opened: No such file"):
        guides.load(Path("gone.toml"))

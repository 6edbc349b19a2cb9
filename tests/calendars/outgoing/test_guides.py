"""The guides for other calendars: whole, a source for every line, and open about the untried."""

import tomllib
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages.publishing import guides as screen
from rituals.calendars.outgoing import guides
from rituals.calendars.outgoing.guides import ALARMS, SECTIONS, UNVERIFIED, WAYS, GuidesError
from tests.model.test_wording import unkind
from tests.support.screens import elements, shown

WHOLE = ["google", "apple", "outlook", "thunderbird", "nextcloud"]
BRIEF = ["fastmail", "other"]
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
    "brief": {"key": '"wall"', "name": '"Wall"', "why": '[["A pencil.", "unverified"]]'},
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


def section_texts(at):
    """What stands in each list, with the caption right after it."""
    nodes = [node for node in elements(at._tree) if node.type in {"markdown", "caption"}]
    for node, after in zip(nodes, [*nodes[1:], None], strict=True):
        if node.type == "markdown":
            yield node.value + (after.value if after and after.type == "caption" else "")


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


@pytest.mark.parametrize("key", ["google", "outlook"])
def test_what_asks_from_outside_is_not_sent_to_an_address_at_home(key):
    guide = GUIDES.programs[key]

    assert "address" != guide.best
    assert any("open internet" in line.text for line in guide.sections["address"])


@pytest.mark.parametrize("key", [*WHOLE, *BRIEF])
def test_what_is_unverified_says_so_on_the_screen(key):
    texts = list(section_texts(opened(key)))
    untried = [
        line.text
        for lines in GUIDES.programs[key].sections.values()
        for line in lines
        if line.kind == UNVERIFIED
    ]

    for text in untried:
        (section,) = [each for each in texts if text in each]
        of_all = section.endswith("We have not tried this.")
        assert of_all or f"{text} :small[(we have not tried this)]" in section, text


def test_a_line_with_a_source_of_its_own_is_not_called_untried():
    (line,) = [
        line
        for text in section_texts(opened("thunderbird"))
        for line in text.splitlines()
        if "Find Calendars**, then" in line
    ]

    assert "not tried" not in line


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


@pytest.mark.parametrize("key", [None, *WHOLE, *BRIEF])
def test_no_guide_has_a_forbidden_word(key):
    assert [] == [text for text in shown(opened(key)) if unkind(text)]


def test_the_file_has_no_forbidden_word():
    assert [] == [line for line in TEXT.splitlines() if unkind(line)]


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
    assert ("A pencil.", UNVERIFIED) == read.programs["wall"].sections["why"][0]


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
        (
            "sources",
            "unverified",
            '"maker: me"',
            "ours.toml, sources, unverified: it is written as “kind: where”.",
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

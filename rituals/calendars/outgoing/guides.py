"""Guides to other calendar programs, read from a TOML file and checked line by line."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from rituals.paths import DATA

WRITTEN = DATA / "guides.toml"
WAYS = ("file", "address", "server")
SECTIONS = ("why", "us", *WAYS, "again", "gone", "alarms", "empty")
ALARMS = ("kept", "dropped", "untried")  # what becomes of those in a file
REPORT = "report"
KINDS = ("maker", "code", "measured", "ours", REPORT)


class GuidesError(Exception):
    """Guides that cannot be read; the text names file, entry and line in one sentence."""


class Statement(NamedTuple):
    """One line of a guide, and the kind of source it has: one of KINDS."""

    text: str
    kind: str


class Guide(NamedTuple):
    """Guide to one calendar program; a brief one has the section why alone."""

    name: str
    sections: Mapping[str, tuple[Statement, ...]]
    best: str = ""
    alarms_in_a_file: str = ""


class Guides(NamedTuple):
    """Every guide by key, in the file's order; and the three ways, in a line each."""

    ways: tuple[Statement, ...]
    programs: Mapping[str, Guide]


def load(file: Path) -> Guides:
    """The guides of a file."""
    try:
        return read(file.read_text(encoding="utf-8"), file.name)
    except OSError as unreadable:
        raise GuidesError(f"{file.name} cannot be opened: {unreadable.strerror}.") from unreadable


def read(text: str, name: str) -> Guides:
    """The guides of a text; sentences call it by its name."""
    try:
        written = tomllib.loads(text)
    except tomllib.TOMLDecodeError as unreadable:
        raise GuidesError(f"{name} cannot be read: {unreadable}.") from unreadable
    _check_names(written, ("sources", "ways", "program", "brief"), name)
    kinds = _kinds(written["sources"], f"{name}, sources")
    _check_names(written["ways"], WAYS, f"{name}, ways")
    ways = [_statement(written["ways"][way], kinds, f"{name}, ways, {way}") for way in WAYS]
    programs: dict[str, Guide] = {}
    for table, entry_of in (("program", _program), ("brief", _brief)):
        for number, entry in enumerate(written[table], start=1):
            where = f"{name}, {table} {number} ({entry.get('key', 'without a key')})"
            guide = entry_of(entry, kinds, where)
            if entry["key"] in programs:
                raise GuidesError(f"{where}: this key is there twice.")
            programs[entry["key"]] = guide
    return Guides(tuple(ways), programs)


def _kinds(written: Mapping[str, str], where: str) -> dict[str, str]:
    """The kind of each source by its name."""
    kinds: dict[str, str] = {}
    for name, source in written.items():
        kind, _, place = source.partition(": ")
        if kind not in KINDS or not place.strip():
            raise GuidesError(f"{where}, {name}: it is written as “kind: where”.")
        kinds[name] = kind
    return kinds


def _program(entry: Mapping[str, Any], kinds: Mapping[str, str], where: str) -> Guide:
    _check_names(entry, ("key", "name", "best", "alarms_in_a_file", *SECTIONS), where)
    for field, choices in (("best", WAYS), ("alarms_in_a_file", ALARMS)):
        if entry[field] not in choices:
            raise GuidesError(f"{where}, {field}: it is one of {', '.join(choices)}.")
    sections = {name: _statements(entry[name], kinds, f"{where}, {name}") for name in SECTIONS}
    return Guide(entry["name"], sections, entry["best"], entry["alarms_in_a_file"])


def _brief(entry: Mapping[str, Any], kinds: Mapping[str, str], where: str) -> Guide:
    _check_names(entry, ("key", "name", "why"), where)
    return Guide(entry["name"], {"why": _statements(entry["why"], kinds, f"{where}, why")})


def _statements(written: Any, kinds: Mapping[str, str], where: str) -> tuple[Statement, ...]:
    if not isinstance(written, list) or not written:
        raise GuidesError(f"{where}: it is a list of at least one statement.")
    numbered = enumerate(written, start=1)
    return tuple(_statement(each, kinds, f"{where}, line {number}") for number, each in numbered)


def _statement(written: Any, kinds: Mapping[str, str], where: str) -> Statement:
    match written:
        case [str(text), str(source)] if text.strip():
            if source not in kinds:
                raise GuidesError(f"{where}: the source “{source}” is not known.")
            return Statement(text, kinds[source])
    raise GuidesError(f"{where}: it is written as [“what it says”, “where it is from”].")


def _check_names(entry: Mapping[str, Any], names: Collection[str], where: str) -> None:
    for name in names:
        if name not in entry:
            raise GuidesError(f"{where}: “{name}” is not there.")
    for name in entry:
        if name not in names:
            raise GuidesError(f"{where}: “{name}” is not known.")

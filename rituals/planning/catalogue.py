"""The rituals we suggest, read from a catalogue file and checked field by field."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from datetime import time
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from rituals.model.household import Kind
from rituals.model.ritual import Frequency, Needs, Ritual, Size, TakesPart
from rituals.model.time.lean import Lean, read_lean
from rituals.model.time.rhythm import WEEKLY, Rhythm
from rituals.model.time.window import NotationError, Window
from rituals.model.usual import OLDEST
from rituals.paths import DATA
from rituals.text import LONGEST_TITLE, quoted, single_line

SUGGESTED = DATA / "catalogue.toml"
REQUIRED = ("key", "title", "kind", "takes_part", "minutes", "windows", "rhythm", "ways")
DEFAULTS = {"what": "", "needs": "", "size": "usual", "note": "", "source": ""}
MARKS = ("leaves", "in_person", "secret")  # where left out, as is usual for the kind of time
AGES, LEANS = "ages", "leans"
E = TypeVar("E", bound=StrEnum)
LONGEST_TEXT = 1_000  # characters of a way, a note or a source
LONGEST_WHAT = 70  # characters: one line of a card
MOST_TEXTS = 200  # ways or windows of one ritual
MOST_TIMES = 14  # a week: twice a day
MOST_LETTERS = 512 * 1024  # of a file: ours has a tenth
LONGEST_LINE = 8_000  # characters; a key of many parts takes its length squared to be read


class CatalogueError(Exception):
    """A catalogue that cannot be read; the text names file, ritual and field in one sentence."""


def load(file: Path) -> dict[str, Ritual]:
    """The rituals of a catalogue file, by id and in its order."""
    try:
        with file.open("rb") as content:
            return read(content.read(4 * MOST_LETTERS + 1).decode(), file.name)
    except UnicodeDecodeError as unreadable:
        why = f"{quoted(file.name)} cannot be read: {unreadable.reason} at {unreadable.start}."
        raise CatalogueError(why) from unreadable
    except OSError as unreadable:
        why = f"{file.name} cannot be opened: {unreadable.strerror}."
        raise CatalogueError(why) from unreadable


def read(text: str, name: str) -> dict[str, Ritual]:
    """The rituals of a catalogue's text, by id and in its order; sentences call it by its name."""
    name = quoted(name)
    if len(text) > MOST_LETTERS:
        raise CatalogueError(f"{name} is larger than any catalogue: {MOST_LETTERS:,} letters fit.")
    if any(len(row) > LONGEST_LINE for row in text.split("\n")):
        raise CatalogueError(f"{name} has a line of more than {LONGEST_LINE:,} letters.")
    return dict(_read(text, name))


def with_own(suggested: Mapping[str, Ritual], own: Mapping[str, Ritual]) -> dict[str, Ritual]:
    """The suggested rituals, with a couple's own and changed ones over them.

    A changed one has the ages and the sentence of the catalogue, which alone knows them. What left
    the catalogue since it was chosen stays as the couple has it.
    """
    known = {id: suggested.get(id, ritual) for id, ritual in own.items()}
    ours = {id: replace(r, ages=known[id].ages, what=known[id].what) for id, r in own.items()}
    return {**suggested, **ours}


@lru_cache(2)  # a command asks for ours more than once
def _read(text: str, name: str) -> Mapping[str, Ritual]:
    return _rituals(_written(text, name), name)


def _written(text: str, name: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as unreadable:
        why, _, where = str(unreadable).rpartition(" (at ")
        raise CatalogueError(f"{name} cannot be read: {quoted(why)} (at {where}.") from unreadable
    except RecursionError as unreadable:
        raise CatalogueError(f"{name} holds brackets in brackets without an end.") from unreadable
    except ValueError as unreadable:  # of a number with thousands of digits
        raise CatalogueError(f"{name} holds a number that is too long to be read.") from unreadable


def _rituals(written: Mapping[str, Any], file: str) -> dict[str, Ritual]:
    entries = written.get("ritual")
    if not isinstance(entries, list):
        raise CatalogueError(f"{file} holds no [[ritual]].")
    rituals: dict[str, Ritual] = {}
    for number, entry in enumerate(entries, start=1):
        where = f"{file}, ritual {number}"
        if not isinstance(entry, dict):
            raise CatalogueError(f"{where}: it is written as [[ritual]] with fields below.")
        ritual = _ritual(entry, f"{where}{_named(entry.get('key'))}")
        if ritual.id in rituals:
            raise CatalogueError(f"{where}, key: “{ritual.id}” is there twice.")
        rituals[ritual.id] = ritual
    return rituals


def _named(key: object) -> str:
    is_short = isinstance(key, str) or (isinstance(key, int) and abs(key) < LONGEST_LINE)
    return f" ({quoted(str(key))})" if is_short else ""


def _ritual(entry: Mapping[str, Any], where: str) -> Ritual:
    _check_names(entry, where)
    entry = DEFAULTS | dict(entry)
    least_minutes, most_minutes = _from_to(entry, "minutes", where, 24 * 60)
    frequency, rhythm = _how_often(entry, where)
    return Ritual(
        id=_key(entry, where),
        title=_text(entry, "title", where),
        kind=_one_of(Kind, entry, "kind", where),
        takes_part=_one_of(TakesPart, entry, "takes_part", where),
        least_minutes=least_minutes,
        most_minutes=most_minutes,
        windows=tuple(_window(text, where) for text in _texts(entry, "windows", where)),
        frequency=frequency,
        rhythm=rhythm,
        needs=_one_of(Needs, entry, "needs", where),
        size=_one_of(Size, entry, "size", where),
        ways=_texts(entry, "ways", where),
        leaves=_flag(entry, "leaves", where, entry["kind"] == Kind.OUT),
        in_person=_flag(entry, "in_person", where, entry["takes_part"] == TakesPart.BOTH),
        secret=_secret(entry, where),
        ages=_ages(entry, where),
        leans=_lean(entry, where),
        note=_text(entry, "note", where, empty=True),
        source=_text(entry, "source", where, empty=True),
        what=_text(entry, "what", where, empty=True),
    )


def _check_names(entry: Mapping[str, Any], where: str) -> None:
    for name in REQUIRED:
        if name not in entry:
            raise CatalogueError(f"{where}: the field “{name}” is not there.")
    for name in entry:
        if name not in (*REQUIRED, *DEFAULTS, *MARKS, AGES, LEANS):
            raise CatalogueError(f"{where}: the field “{quoted(name)}” is not known.")


def _key(entry: Mapping[str, Any], where: str) -> str:
    key = entry["key"]
    if not isinstance(key, str) or not re.fullmatch(r"[a-z0-9-]{1,40}", key):
        raise CatalogueError(f"{where}, key: it is made of at most 40 of a-z, 0-9 and -.")
    return key


def _text(entry: Mapping[str, Any], name: str, where: str, *, empty: bool = False) -> str:
    text = entry[name]
    if not isinstance(text, str) or not (single_line(text) or empty):
        raise CatalogueError(f"{where}, {name}: it is a text.")
    most = {"title": LONGEST_TITLE, "what": LONGEST_WHAT}.get(name, LONGEST_TEXT)
    if len(text) > most:
        raise CatalogueError(f"{where}, {name}: it is at most {most:,} characters long.")
    return single_line(text)


def _flag(entry: Mapping[str, Any], name: str, where: str, usual: bool) -> bool:
    flag = entry.get(name, usual)
    if not isinstance(flag, bool):
        raise CatalogueError(f"{where}, {name}: it is true or false.")
    return flag


def _secret(entry: Mapping[str, Any], where: str) -> bool:
    is_secret = _flag(entry, "secret", where, False)
    if is_secret and (entry["kind"], entry["takes_part"]) != (Kind.TOGETHER, TakesPart.EITHER):
        raise CatalogueError(f"{where}, secret: it is what either does for the other, together.")
    return is_secret


def _texts(entry: Mapping[str, Any], name: str, where: str) -> tuple[str, ...]:
    texts = entry[name]
    written = isinstance(texts, list) and all(isinstance(t, str) and single_line(t) for t in texts)
    if not written or not texts:
        raise CatalogueError(f"{where}, {name}: it is a list of at least one text.")
    if len(texts) > MOST_TEXTS:
        raise CatalogueError(f"{where}, {name}: there are at most {MOST_TEXTS} of them.")
    if any(len(text) > LONGEST_TEXT for text in texts):
        raise CatalogueError(f"{where}, {name}: each has at most {LONGEST_TEXT:,} characters.")
    return tuple(map(single_line, texts))


def _one_of(choices: type[E], entry: Mapping[str, Any], name: str, where: str) -> E:
    for choice in choices:
        if choice == entry[name]:
            return choice
    names = ", ".join(f"“{choice}”" for choice in choices if choice)
    raise CatalogueError(f"{where}, {name}: it is one of {names}.")


def _from_to(entry: Mapping[str, Any], name: str, where: str, top: int) -> tuple[int, int]:
    match entry[name]:
        case [least, most] if type(least) is type(most) is int and 0 < least <= most:
            if most <= top:
                return least, most
            raise CatalogueError(f"{where}, {name}: it is at most {top:,}.")
    raise CatalogueError(f"{where}, {name}: it is [least, most], two whole numbers above zero.")


def _how_often(entry: Mapping[str, Any], where: str) -> tuple[Frequency, Rhythm]:
    """Times a week, or a text for what comes less often."""
    if not isinstance(entry["rhythm"], str):
        return Frequency(*_from_to(entry, "rhythm", where, MOST_TIMES)), WEEKLY
    try:
        return Frequency(1, 1), Rhythm.read(entry["rhythm"])
    except NotationError as unreadable:
        raise CatalogueError(f"{where}, rhythm: {unreadable}") from unreadable


def _ages(entry: Mapping[str, Any], where: str) -> tuple[int, int] | None:
    match entry.get(AGES):
        case None:
            return None
        case [least, most] if type(least) is type(most) is int and 0 <= least <= most <= OLDEST:
            return least, most
    raise CatalogueError(f"{where}, {AGES}: it is [least, most], two ages from 0 to {OLDEST}.")


def _lean(entry: Mapping[str, Any], where: str) -> Lean | time:
    try:
        return read_lean(str(entry.get(LEANS, Lean.START)))
    except NotationError as unreadable:
        raise CatalogueError(f"{where}, {LEANS}: {unreadable}") from unreadable


def _window(text: str, where: str) -> Window:
    try:
        return Window.read(text)
    except NotationError as unreadable:
        raise CatalogueError(f"{where}, windows: {unreadable}") from unreadable

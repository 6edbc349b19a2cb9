"""The fact behind a ritual with its caveat, and where it is from."""

from __future__ import annotations

import re

from pages.ui import markdown
from rituals.model.ritual import Ritual

LINK = re.compile(r"https?://(?:www\.)?([\w.-]+)[\w./?=&~:,;+-]*", re.ASCII)


def in_markdown(ritual: Ritual) -> str:
    """The note of a ritual and its source, which is a link where it is an address; "" for none."""
    if not (ritual.note or ritual.source):
        return ""
    return f"{markdown.plain(ritual.note)} {_source(ritual.source)}"


def ideas(ritual: Ritual) -> str:
    """The ideas of a ritual as a list; "" where they are the giver's alone."""
    if ritual.secret:
        return ""
    return "\n".join(f"- {markdown.plain(way)}" for way in ritual.ways)


def _source(source: str) -> str:
    link = LINK.fullmatch(source)
    return f"[{markdown.plain(link[1])}]({source})" if link else markdown.plain(source)

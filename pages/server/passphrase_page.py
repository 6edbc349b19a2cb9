"""The page that another machine sees before it is let in; it needs no script."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from html import escape
from pathlib import Path
from string import Template

import streamlit as st

from rituals.paths import STATIC
from rituals.security import links

HERE = Path(__file__).parent
PATH = "/come-in"
FIRST = "Please type the passphrase of your household first.\n"
NEW_HERE = (
    f"This browser is new to Leavewell: “{links.COMMAND}”, typed in Leavewell’s own folder, gives a"
    " link that lets it in.\n"
)
NOT_NOW = "Leavewell cannot open its store just now; please look at it on its own machine.\n"
CLOSED = (
    "Leavewell answers to its own machine alone. To let others in, open it there, and set a"
    " passphrase on the page Household, “Open to our home network”."
)
WRONG = "That is not the passphrase. You can try again in {when}."
TOO_SOON = "A moment, please: the next try can come in {when}."
OURS = re.compile(r"/[a-z-]*(\?[\w=&%.+~-]*)?", re.ASCII)

PARTS = frozenset(f"/app/static/{f.name}" for f in (*STATIC.glob("*.woff2"), STATIC / "icon.png"))
STYLE = Template((HERE / "passphrase_page.css").read_text("utf-8"))
PAGE = Template((HERE / "passphrase_page.html").read_text("utf-8"))
COLOURS = (
    "primaryColor",
    "backgroundColor",
    "secondaryBackgroundColor",
    "textColor",
    "borderColor",
    "yellowBackgroundColor",
    "yellowTextColor",
)


def page(to: str, sentence: str, *, may_try: bool) -> str:
    """HTML of the page, leading to `to` afterwards; without `may_try` its form is hidden."""
    return PAGE.substitute(
        style=_style(),
        path=PATH,
        to=escape(to),
        said=f'<p id="said" role="status">{_marked(sentence)}</p>' if sentence else "",
        hidden="" if may_try else "hidden",
    )


def with_wait(sentence: str, seconds: int) -> str:
    """A sentence with the seconds until the next try put into its `{when}`."""
    return sentence.format(when="one second" if seconds == 1 else f"{seconds} seconds")


def safe_target(path: str) -> str:
    """A path to go to once one is in: `path` if it is a page of ours, else the first page."""
    return path if OURS.fullmatch(path) else "/"


def _marked(sentence: str) -> str:
    """HTML of a sentence, in which a command stays on one line."""
    command = escape(links.COMMAND)
    return escape(sentence.strip()).replace(command, f"<code>{command}</code>")


@cache
def _style() -> str:
    """The page's own style, in the colours of the theme, light and dark."""
    return STYLE.substitute(
        {
            f"{ground}_{name}": st.get_option(f"theme.{ground}.{name}")
            for ground in ("light", "dark")
            for name in COLOURS
        }
    )


def headers() -> list[tuple[bytes, bytes]]:
    """HTTP headers of the page: content type, content security policy, no framing."""
    kind = (b"content-type", b"text/html; charset=utf-8")
    return [kind, (b"content-security-policy", _rules()), (b"x-frame-options", b"DENY")]


def _rules() -> bytes:
    """Content security policy: the page's own style, our fonts, and its form."""
    digest = base64.b64encode(hashlib.sha256(_style().encode()).digest()).decode()
    return (
        f"default-src 'none'; style-src 'sha256-{digest}'; font-src 'self'; img-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ).encode()

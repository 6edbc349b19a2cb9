"""What a request says of itself: where it comes from, what it wants, and who sent it."""

from __future__ import annotations

import re
from collections.abc import MutableMapping
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Any

from pages.server import passphrase_page

Scope = MutableMapping[str, Any]

COOKIE = "leavewell_door"
FEED = re.compile(r"/calendar/[^/]+\.ics")
HEALTH = "/_stcore/health"
SAFE = ("GET", "HEAD", "OPTIONS")
BY_A_PROXY = re.compile(rb"forwarded|x-forwarded-.*|x-real-ip|via|x-original-.*|tailscale-.*|cf-.*")
AT_HOME = {"127.0.0.1", "::1", "localhost"}
PORT = re.compile(r":\d+$", re.ASCII)


@dataclass(frozen=True)
class Asked:
    """What a request says of itself."""

    scope: Scope

    @property
    def is_at_home(self) -> bool:
        """Whether it was made on this machine, for this machine, and not handed on by a proxy."""
        ends = (self.scope.get("client"), self.scope.get("server"))
        return (
            all(end and _plain(end[0]) in AT_HOME for end in ends)
            and not any(BY_A_PROXY.fullmatch(name) for name, _ in self.scope["headers"])
            and _name(self._said("host") or "") in AT_HOME
        )

    @property
    def is_from_our_own_pages(self) -> bool:
        """Whether what could change something comes from a page of ours, or from no browser."""
        if self.scope["type"] == "http" and self.scope["method"] in SAFE:
            return True
        origin = self._said("origin")
        if origin is None:
            return self._said("sec-fetch-site") in (None, "same-origin", "none")
        scheme, _, host = origin.lower().partition("://")
        return scheme in ("http", "https") and host == (self._said("host") or "").lower() != ""

    @property
    def is_for_everybody(self) -> bool:
        """Whether it needs no passphrase: a calendar's address, what the page that asks is made of.

        That the program runs is no secret either, and a proxy may ask for it.
        """
        path = self.scope["path"]
        if self.scope["type"] != "http" or self.scope["method"] not in ("GET", "HEAD"):
            return False
        return bool(FEED.fullmatch(path)) or path == HEALTH or path in passphrase_page.PARTS

    @property
    def is_a_try(self) -> bool:
        """Whether it brings a passphrase."""
        is_posted = self.scope["type"] == "http" and self.scope["method"] == "POST"
        return bool(is_posted and self.scope["path"] == passphrase_page.PATH)

    @property
    def wants_a_page(self) -> bool:
        """Whether a person would read the answer."""
        return self.scope["method"] in ("GET", "HEAD") and "text/html" in (
            self._said("accept") or ""
        )

    @property
    def is_sealed(self) -> bool:
        """Whether TLS is before it."""
        return "https" in (self.scope["scheme"], self._said("x-forwarded-proto"))

    @property
    def where(self) -> str:
        """Where somebody wanted to go."""
        query = self.scope["query_string"].decode("latin-1")
        return passphrase_page.back_to(self.scope["path"] + (f"?{query}" if query else ""))

    @property
    def who(self) -> str:
        """Where it comes from; a house on IPv6 has many addresses, which count as one."""
        try:
            at = ip_address((self.scope.get("client") or ("",))[0])
        except ValueError:
            return ""
        return str(ip_network((at, 64), strict=False)) if isinstance(at, IPv6Address) else str(at)

    @property
    def word(self) -> str:
        """The word that its cookie brings."""
        each = (one.strip().partition("=") for one in (self._said("cookie") or "").split(";"))
        return next((word for name, _, word in each if name == COOKIE), "")

    @property
    def length(self) -> int:
        """How many bytes it says it is."""
        said = [value for name, value in self.scope["headers"] if name == b"content-length"]
        return max((int(value) for value in said if value.isdigit()), default=0)

    def _said(self, name: str) -> str | None:
        """A header; one that is said twice and otherwise is none."""
        found = {value for n, value in self.scope["headers"] if n == name.encode()}
        return found.pop().decode("latin-1") if len(found) == 1 else None


def _plain(host: str) -> str:
    """An address of IPv4 as such, where IPv6 was spoken too."""
    return host.removeprefix("::ffff:")


def _name(host: str) -> str:
    """A host without its port."""
    return PORT.sub("", host.lower()).strip("[]")

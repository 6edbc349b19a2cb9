"""ASGI requests as the doorkeeper sees them: origin, target, cookie and length."""

from __future__ import annotations

import re
from collections.abc import MutableMapping
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Any
from urllib.parse import urlsplit

from pages.server import network, passphrase_page
from rituals.security import links

Scope = MutableMapping[str, Any]

GUEST = b"x-leavewell-guest"  # the header that the pages see with each request of a guest
FEED = re.compile(r"/calendar/[^/]+\.ics")
HEALTH = "/_stcore/health"
SAFE = ("GET", "HEAD", "OPTIONS")
PROXY_HEADERS = re.compile(
    rb"forwarded|x-forwarded-.*|x-real-ip|via|x-original-.*|tailscale-.*|cf-.*"
)
LOCAL_HOSTS = {"127.0.0.1", "::1", "localhost"}
PORT = re.compile(r":\d+$", re.ASCII)


@dataclass(frozen=True)
class Request:
    """One HTTP or websocket request, read from its ASGI scope."""

    scope: Scope

    @property
    def is_local(self) -> bool:
        """True if it comes from this machine and no proxy says that it handed it on.

        That proves nothing: what hands lines on without a word, and every account here, can do so.
        """
        ends = (self.scope.get("client"), self.scope.get("server"))
        client, server = (plain(end[0]) if end else "" for end in ends)
        return (
            client != ""
            and (client == server or {client, server} <= LOCAL_HOSTS)
            and not any(PROXY_HEADERS.fullmatch(name) for name, _ in self.scope["headers"])
        )

    @property
    def link(self) -> str:
        """The end of the link that it follows, "" if it follows none."""
        path = self.scope["path"]
        is_read = self.scope["type"] == "http" and self.scope["method"] == "GET"
        return path.removeprefix(links.PATH) if is_read and path.startswith(links.PATH) else ""

    @property
    def is_same_origin(self) -> bool:
        """True unless it could change something and comes from a page that is not ours."""
        if self.scope["type"] == "http" and self.scope["method"] in SAFE:
            return True
        origin = self._header("origin")
        if origin is None:
            return self._header("sec-fetch-site") in (None, "same-origin", "none")
        scheme, _, host = origin.lower().partition("://")
        return scheme in ("http", "https") and host == (self._header("host") or "").lower() != ""

    @property
    def is_public(self) -> bool:
        """True if it needs no passphrase: a calendar's address, the parts of the passphrase page.

        A calendar program may ask there for more than to read, and is told that it cannot. That the
        program runs is no secret either, and a proxy may ask for it.
        """
        path = self.scope["path"]
        if self.scope["type"] != "http":
            return False
        is_read = self.scope["method"] in ("GET", "HEAD")
        is_part = path == HEALTH or path in passphrase_page.PARTS
        return bool(FEED.fullmatch(path)) or (is_read and is_part)

    @property
    def brings_passphrase(self) -> bool:
        """True for the posted form with a passphrase."""
        is_posted = self.scope["type"] == "http" and self.scope["method"] == "POST"
        return bool(is_posted and self.scope["path"] == passphrase_page.PATH)

    @property
    def wants_a_page(self) -> bool:
        """True if a person would read the answer."""
        is_read = self.scope["type"] == "http" and self.scope["method"] in ("GET", "HEAD")
        return is_read and "text/html" in (self._header("accept") or "")

    @property
    def is_over_tls(self) -> bool:
        """True if it came over TLS, to us or to a proxy before us."""
        return "https" in (self.scope["scheme"], self._header("x-forwarded-proto"))

    @property
    def target(self) -> str:
        """Path and query that were requested; "/" for anything that is no page of ours."""
        query = self.scope["query_string"].decode("latin-1")
        return passphrase_page.safe_target(self.scope["path"] + (f"?{query}" if query else ""))

    @property
    def usual_address(self) -> str:
        """Its target under the name of our links, "" if it bears it: a cookie is of one name."""
        host, own = self._header("host") or "", urlsplit(network.own_address())
        names = {_name(host), own.hostname}
        if not self.is_local or len(names) == 1 or not names <= LOCAL_HOSTS:
            return ""
        port = PORT.search(host)
        usual = own.netloc.removesuffix(f":{own.port}") + (port[0] if port else "")
        return f"{self.scope['scheme']}://{usual}{self.target}"

    @property
    def network(self) -> str:
        """Address it comes from, "" if unknown; on IPv6 the /64 network, shared by one house."""
        return network_of((self.scope.get("client") or ("",))[0])

    @property
    def cookie(self) -> str:
        """Name of our session cookie: browsers do not tell the ports of one host apart."""
        server = self.scope.get("server") or ("", 0)
        return f"leavewell_door_{server[1]}"

    def new_cookie(self, word: str, stays: timedelta, of_sites: str) -> str:
        """Our session cookie with a word, as a header sets it."""
        keeps = f"Max-Age={int(stays.total_seconds())}; Path=/; HttpOnly; SameSite={of_sites}"
        return f"{self.cookie}={word}; {keeps}{'; Secure' if self.is_over_tls else ''}"

    def marked(self, *, as_guest: bool) -> Scope:
        """Its scope with our own mark of a guest, whatever mark it brought."""
        headers = [it for it in self.scope["headers"] if it[0].lower() != GUEST]
        mark = [(GUEST, b"1")] if as_guest else []
        return {**self.scope, "headers": [*headers, *mark]}

    @property
    def session_word(self) -> str:
        """Value of our session cookie, "" without one."""
        each = (one.strip().partition("=") for one in (self._header("cookie") or "").split(";"))
        return next((session_word for name, _, session_word in each if name == self.cookie), "")

    @property
    def content_length(self) -> int:
        """Bytes of its body by its content-length header, 0 without one."""
        lengths = [value for name, value in self.scope["headers"] if name == b"content-length"]
        return max((int(value) for value in lengths if value.isdigit()), default=0)

    def _header(self, name: str) -> str | None:
        """Value of a header; None where it is missing, or given twice with different values."""
        found = {value for n, value in self.scope["headers"] if n == name.encode()}
        return found.pop().decode("latin-1") if len(found) == 1 else None


@lru_cache(maxsize=512)
def network_of(address: str) -> str:
    """The network of an address, as `Request.network` gives it."""
    try:
        at = ip_address(plain(address))
    except ValueError:
        return ""
    return str(ip_network((at, 64), strict=False)) if isinstance(at, IPv6Address) else str(at)


def plain(host: str) -> str:
    """An address of IPv4 as such, where IPv6 was spoken too."""
    return host.removeprefix("::ffff:")


def _name(host: str) -> str:
    """A host without its port."""
    return PORT.sub("", host.lower()).strip("[]")

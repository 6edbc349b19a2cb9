"""Routes at which calendars read a feed, and the thread that writes feeds into folders.

Only the couple's own weeks are here, whoever looks around with the sample couple. A feed's token
is all that opens it, so it stands in no log line, and a wrong one is answered like an old one.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email.utils import format_datetime

from starlette.endpoints import HTTPEndpoint
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from pages.session import revision, stores
from rituals.calendars.outgoing import feeds
from rituals.store.errors import StoreError
from rituals.surprises import drawers

TYPE = "text/calendar; charset=utf-8"
QUIET = {
    "Cache-Control": "private, no-cache",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
}
NOT_NOW = "Leavewell cannot open its store just now; please look at it on its own machine.\n"
A_MOMENT = 1.0  # second: a hand that goes on moving is one change
LATER = 60.0  # seconds until what was refused is tried again


class FeedEndpoint(HTTPEndpoint):
    """A feed at its address; whoever may not only read is turned away."""

    def get(self, request: Request) -> Response:
        """Answers with the feed: 200, 304, 404 for a wrong token, 503 without a store."""
        try:
            found = _held(request.path_params["token"])
        except StoreError as refused:
            LOG.warning("A calendar asked and got no answer: %s", refused)
            return Response(NOT_NOW, 503, QUIET, "text/plain; charset=utf-8")
        if found is None:
            return Response(status_code=404, headers=QUIET)
        headers = QUIET | {"ETag": found.etag, "Last-Modified": _date(found)}
        if _is_current(request, found):
            return Response(status_code=304, headers=headers)
        return Response(found.content, headers=headers | {"Content-Type": TYPE})


def store_revision(request: Request) -> Response:
    """Answers with the store's revision marker as text; 204 while the store does not answer."""
    is_sample = request.query_params.get(stores.LOOK) == stores.AROUND
    with suppress(StoreError):
        store = stores.sample_store() if is_sample else stores.own_store()
        return Response(revision.marker(store), headers=QUIET, media_type="text/plain")
    return Response(status_code=204, headers=QUIET)


REVISION_PATH = "/how-often-changed"
FEED_ROUTE = Route("/calendar/{token}.ics", FeedEndpoint)
REVISION_ROUTE = Route(REVISION_PATH, store_revision)


@contextmanager
def writing_folders() -> Iterator[None]:
    """As long as it lasts, every change goes into the folders that feeds are written into."""
    ends = threading.Event()
    following = threading.Thread(target=_follow, args=(ends,), daemon=True, name="folders")
    following.start()
    try:
        yield
    finally:
        ends.set()
        with suppress(StoreError):
            stores.own_store().changed.set()  # else it would wait for one more change


def _held(token: str) -> feeds.FeedContent | None:
    store = stores.own_store()
    feed, household = feeds.feed_of_token(store, token), store.load_household()
    own = drawers.feed_of(store, token)
    if feed is None or household is None:
        return own
    return feeds.current_content(store, feed.audience, household, stores.now())


def _date(held: feeds.FeedContent) -> str:
    return format_datetime(held.modified, usegmt=True)


def _is_current(request: Request, held: feeds.FeedContent) -> bool:
    """True if the client has these bytes already, by its ETag; a date alone is not enough.

    A week that rests or a new name changes the bytes, and leaves no date behind.
    """
    tags = request.headers.getlist("if-none-match")
    etags = {tag.strip().removeprefix("W/") for each in tags for tag in each.split(",")}
    return not etags.isdisjoint({held.etag, "*"})


def _follow(ends: threading.Event) -> None:
    """Writes the folders at once, and again after each change; whatever happens it goes on."""
    logged: tuple[str, ...] = ()
    while not ends.is_set():
        try:
            store = stores.own_store()
            store.changed.clear()  # before it is read, so that what changes meanwhile is heard
            logged = _log_new(feeds.write_out(store, stores.now()), logged)
            store.changed.wait(LATER if logged else None)
            ends.wait(A_MOMENT)
        except StoreError as refused:
            logged = _log_new((str(refused),), logged)
            ends.wait(LATER)
        except Exception as error:  # else no folder would be written until the next start
            logged = _log_new((f"Writing the folders came to nothing: {error!r}",), logged)
            ends.wait(LATER)


def _log_new(sentences: tuple[str, ...], before: tuple[str, ...]) -> tuple[str, ...]:
    """The sentences, logged where they were not among those of the time before."""
    for sentence in sentences:
        if sentence not in before:
            LOG.warning(sentence)
    return sentences


LOG = logging.getLogger("leavewell")

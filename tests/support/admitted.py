"""The cookie of a browser at the machine itself, as a new link brings it."""

from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

from rituals.security import links


def new_link(store: Path, port: int) -> str:
    """A link to the server of this store at a port."""
    (run,) = [run for run in links.runs(store) if urlsplit(run.address).port == port]
    return run.new_link()


def cookie(store: Path, port: int) -> tuple[str, str]:
    """Name and word of the cookie that a link to that server brings."""
    at = urlsplit(new_link(store, port))
    with closing(HTTPConnection(at.hostname or "", port, timeout=20)) as line:
        line.request("GET", at.path)
        brought = line.getresponse().getheader("set-cookie", "")
    name, _, word = brought.partition(";")[0].partition("=")
    return name, word

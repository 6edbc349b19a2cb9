"""A guest who only holds lines open stops nobody: asked of a real server."""

import socket
import threading
import time
from contextlib import ExitStack, closing, contextmanager
from http.client import HTTPConnection, HTTPException

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from websockets.sync.client import connect

from pages.server import connections
from pages.server.request import network_of

pytestmark = pytest.mark.outside  # a server answers in each

HOME, OTHER = "127.0.0.1", "127.0.0.2"
HALF = b"GET / HTTP/1.1\r\nHost: x\r\n"
SOON = 10  # seconds


async def _page(_request):
    return PlainTextResponse("here")


async def _talk(websocket):
    await websocket.accept()
    async for said in websocket.iter_text():
        await websocket.send_text(said)


@pytest.fixture
def port(monkeypatch):
    monkeypatch.setattr(connections, "LINES", connections.Lines())
    monkeypatch.setattr(uvicorn.Server, "startup", uvicorn.Server.startup)
    connections.limit()
    app = Starlette(routes=[Route("/", _page), WebSocketRoute("/talk", _talk)])
    listening = socket.create_server(("0.0.0.0", 0), backlog=512)  # noqa: S104
    number = listening.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", ws="websockets-sansio"))
    thread = threading.Thread(target=server.run, args=([listening],))
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield number
    server.should_exit = True
    thread.join()


@contextmanager
def lines(port, count, say=b"", at=OTHER):
    """So many open lines from another machine, each of which says the same."""
    with ExitStack() as all_of_them:
        made = []
        for _ in range(count):
            one = socket.socket()
            all_of_them.enter_context(closing(one))
            one.bind((at, 0))
            one.connect((HOME, port))
            if say:
                one.sendall(say)
            made.append(one)
        yield made


def asked(port, at=HOME):
    with closing(HTTPConnection(HOME, port, timeout=SOON, source_address=(at, 0))) as line:
        line.request("GET", "/")
        return line.getresponse().read()


def is_closed(line):
    line.settimeout(SOON)
    try:
        return line.recv(1) == b""
    except ConnectionError:
        return True


@pytest.mark.parametrize("say", [b"", HALF])
def test_lines_that_say_nothing_or_half_keep_nobody_out(port, say, caplog):
    with lines(port, connections.MOST_OF_ONE + 200, say):
        assert [b"here", b"here"] == [asked(port), asked(port, OTHER)]
        assert connections.LINES.open[OTHER] <= connections.MOST_OF_ONE + 1
    assert 1 == sum("were closed" in line.message for line in caplog.records)


def test_many_machines_keep_nobody_out(port, monkeypatch):
    monkeypatch.setattr(connections, "MOST", 40)
    with ExitStack() as held:
        for n in range(2, 12):
            held.enter_context(lines(port, 10, HALF, f"127.0.0.{n}"))

        assert b"here" == asked(port)


def test_half_a_request_has_an_end(port, monkeypatch):
    monkeypatch.setattr(connections, "PATIENCE", 0.2)
    with lines(port, 1, HALF) as (half,), lines(port, 1) as (silent,):
        whole = HALF + b"\r\n"
        with lines(port, 1, whole + HALF) as (second,):
            assert second.recv(12) == b"HTTP/1.1 200"
            while second.recv(4096):
                pass
        assert is_closed(half)
        assert is_closed(silent)


def test_a_page_that_listens_is_no_waiting_line(port, monkeypatch):
    monkeypatch.setattr(connections, "PATIENCE", 0.2)
    with connect(f"ws://{HOME}:{port}/talk", proxy=None) as line:
        time.sleep(0.5)
        line.send("hello")

        assert "hello" == line.recv(SOON)
        assert 1 == connections.LINES.open.total()
    until = time.monotonic() + SOON
    while connections.LINES.open and time.monotonic() < until:
        time.sleep(0.02)
    assert 0 == connections.LINES.open.total()


def test_a_network_of_much_noise_waits_outside_and_nobody_else_does(port, monkeypatch, caplog):
    monkeypatch.setattr(connections, "MOST_NOISE", 30)
    with lines(port, connections.MOST_OF_ONE + 100, HALF):
        with pytest.raises((ConnectionError, HTTPException)):
            asked(port, OTHER)
        assert [b"here", b"here"] == [asked(port), asked(port, "127.0.0.3")]
    monkeypatch.setattr(connections.LINES, "minute", time.monotonic() - connections.QUIET)

    assert b"here" == asked(port, OTHER)
    assert 1 == sum("were closed" in line.message for line in caplog.records)


def test_noise_shuts_out_neither_this_machine_nor_who_has_a_page_open(port, monkeypatch):
    monkeypatch.setattr(connections, "MOST_NOISE", 30)
    with connect(f"ws://{HOME}:{port}/talk", proxy=None, source_address=(OTHER, 0)) as page:
        for at in (HOME, OTHER):
            with lines(port, connections.MOST_OF_ONE + 100, HALF, at):
                assert b"here" == asked(port, at)
        page.send("hello")

        assert "hello" == page.recv(SOON)


def test_the_networks_of_ipv4_are_told_apart_where_ipv6_is_spoken_too():
    assert ["192.168.1.5", "2001:db8:0:1::/64"] == [
        network_of("::ffff:192.168.1.5"),
        network_of("2001:db8:0:1:2::3"),
    ]

"""Whatever hands lines on from elsewhere brings nobody in: real proxies, as people set them up."""

import http.client
import socket
import ssl
import subprocess
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from time import monotonic, sleep
from urllib.parse import urlencode

import pytest
from websockets.sync.client import connect

from rituals.security import links, passphrase
from tests.browser.conftest import ROOT, Leavewell
from tests.support.forwarder import forwarding
from tests.support.install import proxy
from tests.support.notation import a_household
from tests.support.ports import free_port

WORDS = "the blue boat comes home"
SITE = "our.example"
BEGINS_WITHIN = 20  # seconds
SELF_SIGNED = ROOT / "tests" / "data" / "self_signed.pem"
NGINX = """
daemon off; pid {folder}/nginx.pid; error_log stderr; events {{}}
http {{
  access_log off; client_body_temp_path {folder}/a; proxy_temp_path {folder}/b;
  fastcgi_temp_path {folder}/c; uwsgi_temp_path {folder}/d; scgi_temp_path {folder}/e;
  server {{ listen 127.0.0.1:{port}; location / {{ proxy_pass http://127.0.0.1:{to}; }} }}
}}
"""
STUNNEL = """
foreground = yes
pid =
cert = {certificate}
[leavewell]
accept = 127.0.0.1:{port}
connect = 127.0.0.1:{to}
"""
OF_THE_README = "`caddy reverse-proxy --from our.example --internal-certs --to 127.0.0.1:8501`"
CADDY = """
{{
  admin off
  https_port {port}
  http_port {plain}
}}
our.example {{
  tls internal
  reverse_proxy 127.0.0.1:{to}
}}
"""  # what that line is short for, but at ports that anybody may listen at
FORM = 'action="/come-in"'
needs = {
    name: pytest.mark.skipif(not proxy(name), reason=f"no {name} here")
    for name in ("nginx", "stunnel4", "caddy")
}


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """A server that a proxy may name, with a passphrase."""
    server = Leavewell(tmp_path_factory.mktemp("house"), site=SITE)
    with server.store() as store:
        store.save_household(a_household())
        passphrase.set_passphrase(store, WORDS, datetime.now(UTC))
    server.start()
    yield server
    server.stop()


@pytest.fixture
def port():
    return free_port()


@contextmanager
def beginning(command, port, folder):
    """A proxy, once it listens; it finds no program that would have the system trust it."""
    env = {"HOME": str(folder), "XDG_DATA_HOME": str(folder), "PATH": str(folder)}
    command = [proxy(command[0]), *command[1:]]
    with (folder / "log").open("wb") as log:
        running = subprocess.Popen(
            command, env=env, stdin=subprocess.DEVNULL, stdout=log, stderr=log
        )
    try:
        until = monotonic() + BEGINS_WITHIN
        while not listens(port):
            assert running.poll() is None, (folder / "log").read_text()
            assert monotonic() < until, (folder / "log").read_text()
            sleep(0.05)
        yield
    finally:
        running.terminate()
        running.wait()


def listens(port):
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
        return True
    return False


def asked(port, path="/", method="GET", body=None, *, tls=False, **headers):
    """An answer through a proxy: status, headers and text."""
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=20)) as line:
        if tls:
            line.connect()
            line.sock = any_tls().wrap_socket(line.sock, server_hostname=SITE)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        line.request(method, path, body, named)
        answer = line.getresponse()
        told = {name.lower(): value for name, value in answer.getheaders()}
        return answer.status, told, answer.read().decode()


def any_tls():
    """TLS as somebody speaks it who does not ask whom they speak with."""
    tls = ssl.create_default_context()
    tls.check_hostname, tls.verify_mode = False, ssl.CERT_NONE
    return tls


def knows_the_passphrase(port, **how):
    """The cookie of a guest who types it."""
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    status, told, _ = asked(
        port, "/come-in", "POST", urlencode({"passphrase": WORDS}), **kind, **how
    )

    assert 303 == status
    return told["set-cookie"]


def lets_nobody_in(port, own, **how):
    """True if page and files are kept, whatever name of this machine a stranger gives."""
    page = {"Accept": "text/html"}
    names = (f"127.0.0.1:{own}", f"localhost:{own}", f"127.0.0.1:{port}", f"localhost:{port}")
    seen = {
        asked(port, path, Host=name, **kind, **how)[0]
        for name in names
        for path, kind in (("/", {}), ("/", page), ("/household", page), ("/file/x", {}))
    }
    return seen <= {401, 303}


def test_through_what_forwards_bytes_a_stranger_is_asked(house):
    with forwarding(house.port) as port:
        assert lets_nobody_in(port, house.port)


@needs["nginx"]
def test_through_nginx_as_it_is_set_up_first_a_stranger_is_asked(house, port, tmp_path):
    file = tmp_path / "nginx.conf"
    file.write_text(NGINX.format(folder=tmp_path, port=port, to=house.port))
    with beginning(["nginx", "-c", str(file), "-p", str(tmp_path)], port, tmp_path):
        status, _, page = asked(port, Accept="text/html")

        assert lets_nobody_in(port, house.port)
        assert (401, True) == (status, FORM in page)
        assert 200 == asked(port, Cookie=knows_the_passphrase(port))[0]


@needs["stunnel4"]
def test_through_stunnel_a_stranger_is_asked(house, port, tmp_path):
    file = tmp_path / "stunnel.conf"
    file.write_text(STUNNEL.format(certificate=SELF_SIGNED, port=port, to=house.port))
    with beginning(["stunnel4", str(file)], port, tmp_path):
        assert lets_nobody_in(port, house.port, tls=True)
        assert 200 == asked(port, tls=True, Cookie=knows_the_passphrase(port, tls=True))[0]


@needs["caddy"]
def test_what_the_readme_says_of_caddy_works_and_asks_for_the_passphrase(house, port, tmp_path):
    file = tmp_path / "Caddyfile"
    file.write_text(CADDY.format(port=port, plain=free_port(), to=house.port))
    named = {"Host": SITE, "tls": True}
    with beginning(["caddy", "run", "--config", str(file)], port, tmp_path):
        status, _, page = asked(port, Accept="text/html", **named)
        cookie = knows_the_passphrase(port, Origin=f"https://{SITE}", **named)

        assert OF_THE_README in (ROOT / "README.md").read_text("utf-8")
        assert (401, True, False) == (status, FORM in page, links.COMMAND in page)
        assert cookie.endswith("; Secure")
        assert 200 == asked(port, Cookie=cookie, **named)[0]
        assert 401 == asked(port, Cookie="=".join(house.cookie), **named)[0]
        assert 101 == streamed(port, cookie)


def streamed(port, cookie):
    """The status with which it answers a page that wants to talk."""
    told = {"Cookie": cookie.partition(";")[0]}
    with connect(
        f"wss://{SITE}/_stcore/stream",
        sock=socket.create_connection(("127.0.0.1", port)),
        ssl=any_tls(),
        origin=f"https://{SITE}",
        additional_headers=told,
        proxy=None,
    ) as talk:
        return talk.response.status_code

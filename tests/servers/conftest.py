"""Real calendar servers for all tests of this folder; for each a new account and a faulty line.

A test has Radicale; one that is marked with each_server is there for every server of SERVERS, or
for those that the mark names.
"""

from collections.abc import Callable, Generator, Iterator

import pytest

from rituals.store.store import Store
from tests.servers.calendar_server import Account, CalendarServer
from tests.servers.couple import Couple
from tests.servers.faulty_proxy import FaultyProxy, a_faulty_proxy
from tests.servers.radicale_server import Radicale
from tests.servers.sabre_server import Sabre
from tests.servers.xandikos_server import Xandikos
from tests.support.install import has_sabre

SERVERS = {"Radicale": Radicale, "Xandikos": Xandikos, "sabre": Sabre}
LAST = 40  # lines of the log that are shown where a test breaks


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test for each server that this machine has, where the server matters."""
    if marker := metafunc.definition.get_closest_marker("each_server"):
        names = [n for n in marker.args or SERVERS if n != "sabre" or has_sabre()]
        metafunc.parametrize("server", names, indirect=True)


@pytest.fixture(scope="session")
def started(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Callable[[str], CalendarServer]]:
    """A server by its name, which is started the first time and runs until the end."""
    running: dict[str, CalendarServer] = {}

    def server(name: str) -> CalendarServer:
        if name not in running:
            running[name] = SERVERS[name](tmp_path_factory.mktemp(name.lower()))
            running[name].start()
        return running[name]

    yield server
    for each in running.values():
        each.stop()


@pytest.fixture
def server(
    request: pytest.FixtureRequest, started: Callable[[str], CalendarServer]
) -> CalendarServer:
    """The server of a test: Radicale, unless it is there for each."""
    return started(getattr(request, "param", "Radicale"))


@pytest.fixture(scope="session")
def radicale(started: Callable[[str], CalendarServer]) -> CalendarServer:
    """The one Radicale of the run."""
    return started("Radicale")


@pytest.fixture
def account(server: CalendarServer) -> Account:
    """A new account, with its calendars as at the beginning."""
    return server.account()


@pytest.fixture
def line(server: CalendarServer) -> Iterator[FaultyProxy]:
    """The line to the server, in which a test may plan faults."""
    with a_faulty_proxy(server.url) as proxy:
        yield proxy


@pytest.fixture
def couple(store: Store, account: Account) -> Couple:
    """A household whose week goes to the calendar "Us"."""
    return Couple(store, account)


@pytest.fixture
def published(couple: Couple) -> Couple:
    """The same, once its week lies there."""
    assert 3 == couple.publish()
    return couple


@pytest.fixture
def shaky(store: Store, account: Account, line: FaultyProxy) -> Couple:
    """The same by way of a line in which a test plans faults."""
    return Couple(store, account, url=line.url)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Where a test breaks, the end of the server's log stands beside it."""
    report = yield
    server = getattr(item, "funcargs", {}).get("server")
    if report.failed and server is not None:
        log = server.log.read_text().splitlines()[-LAST:]
        report.sections.append(("The server's log", "\n".join(log)))
    return report

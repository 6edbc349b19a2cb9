"""A real calendar server for all tests of this folder; for each a new account and a faulty line."""

from collections.abc import Generator, Iterator

import pytest

from tests.servers.faulty_proxy import FaultyProxy, a_faulty_proxy
from tests.servers.radicale_server import Account, Radicale, a_radicale

LAST = 40  # lines of the log that are shown where a test breaks


@pytest.fixture(scope="session")
def radicale(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Radicale]:
    """The one Radicale of the run."""
    with a_radicale(tmp_path_factory.mktemp("radicale")) as server:
        yield server


@pytest.fixture
def account(radicale: Radicale) -> Account:
    """A new account, with its calendars as at the beginning."""
    return radicale.account()


@pytest.fixture
def line(radicale: Radicale) -> Iterator[FaultyProxy]:
    """The line to the server, in which a test may plan faults."""
    with a_faulty_proxy(radicale.url) as proxy:
        yield proxy


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Where a test breaks, the end of the server's log stands beside it."""
    report = yield
    server = getattr(item, "funcargs", {}).get("radicale")
    if report.failed and server is not None:
        log = server.log.read_text().splitlines()[-LAST:]
        report.sections.append(("Radicale's log", "\n".join(log)))
    return report

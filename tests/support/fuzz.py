"""Each reader fed with what nobody means well: it ends soon, in its result or in one sentence.

    python tests/fuzz.py ics --examples 100000

runs one of the targets by hand and prints what was found; tests/test_fuzz.py looks at a few hundred
examples of each. Other projects' calendar files join in where ../shared/corpora lies beside.
"""

import argparse
import csv
import faulthandler
import io
import re
import resource
import sys
import tempfile
import threading
import time
import traceback
import warnings
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, chdir, contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from shutil import copyfile, rmtree

from tests.support.paths import ROOT

sys.path[:0] = [] if str(ROOT) in sys.path else [str(ROOT)]

import niquests  # noqa: E402 - the path comes first
from click.testing import CliRunner  # noqa: E402
from hypothesis import HealthCheck, given, settings  # noqa: E402
from hypothesis import strategies as st  # noqa: E402

from rituals import __main__ as command_line  # noqa: E402
from rituals.calendars.caldav import client  # noqa: E402
from rituals.calendars.caldav.digest import Digest  # noqa: E402
from rituals.calendars.incoming import busy_times, decode  # noqa: E402
from rituals.cli import output  # noqa: E402
from rituals.insights import balance, tables  # noqa: E402
from rituals.model.calendar import Audience, Server  # noqa: E402
from rituals.planning import catalogue  # noqa: E402
from rituals.store import location  # noqa: E402
from rituals.store.store import open_store  # noqa: E402
from rituals.text import LONGEST_TITLE  # noqa: E402
from tests.support import thrown  # noqa: E402
from tests.support.notation import WEEK, a_household, a_plan, a_ritual, an_occurrence  # noqa: E402

FIRST, LAST = date(2026, 11, 15), date(2028, 1, 16)  # sixty weeks and one, as they are kept
MOST_SECONDS = 5  # of the processor, for one input
MOST_MEMORY = 500  # MB, of the whole process
HANGS = 120  # seconds after which a traceback says where
MOST_LETTERS = 600  # of a sentence


@dataclass
class Findings:
    """What came of many examples."""

    examples: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    slowest: float = 0.0
    faults: list[str] = field(default_factory=list)


def reads_a_calendar(data: bytes) -> str:
    """The reader of calendar files."""
    try:
        reading = busy_times.read(data, a_household(), FIRST, LAST)
    except decode.CalendarError as refused:
        return said(str(refused))
    assert len(reading.busy) <= busy_times.MOST_BUSY
    assert all(len(one.title) <= LONGEST_TITLE for one in reading.busy)
    for sentence in reading.skipped:
        said(sentence)
    return "read in part" if reading.skipped else "read"


def reads_a_catalogue(data: bytes) -> str:
    """The reader of catalogues, from a file as the pages have it."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "ours.toml"
        file.write_bytes(data)
        try:
            rituals = catalogue.load(file)
        except catalogue.CatalogueError as refused:
            return said(str(refused))
    assert all(f"{ritual.windows} {ritual.title}" for ritual in rituals.values())
    return "read"


def said(sentence: str) -> str:
    """One sentence for people, on one line and short."""
    assert sentence.endswith("."), sentence
    assert len(sentence.splitlines()) == 1, sentence
    assert len(sentence) <= MOST_LETTERS, sentence
    assert "Traceback" not in sentence, sentence
    return re.sub(r"\W.*", "", sentence) + " …" if sentence else ""


def writes_cells(names: tuple[str, ...]) -> str:
    """Everything that writes comma-separated values."""
    one, two, title, grace = names
    household = a_household(names=(one, two))
    plan = replace(a_plan(an_occurrence(title=title), week=WEEK - 1), grace=grace, lived={})
    told = balance.rows({plan.week: plan}, [plan.week, WEEK], household)
    sheet = tables.Table((title, one), ((two, 1.5), (grace, None), (title, -2)))
    harmless(tables.as_csv_file(sheet).decode())
    harmless(tables.all_strands_csv(told, household))
    harmless(output.balance_as_csv(balance.frame(told), household))
    return "written"


def harmless(written: str) -> None:
    """No cell of it is calculated, however it is taken apart."""
    for apart in ",;\t":
        for row in csv.reader(io.StringIO(written, newline=""), delimiter=apart):
            for cell in row:
                assert not CALCULATED.match(cell) or NUMBER.fullmatch(cell), (apart, cell)


CALCULATED = re.compile(r"\s*[=+\-@\uff1d\uff0b\uff0d\uff20]")
NUMBER = re.compile(r"-?\d+(\.\d+)?")


class House:
    """A folder with a couple's store in it, made anew for each command."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.file = folder, folder / "leavewell.db"
        self._kept = folder / "kept.db"
        self.address = location.sqlite_url(self.file)
        self._fill()

    def _fill(self) -> None:
        made = open_store(location.sqlite_url(self._kept))
        plan = a_plan(an_occurrence(), an_occurrence("Fri 20:00-21:00", number=2))
        made.fill(a_household(), (a_ritual(),), (plan,))
        made.engine.dispose()

    def restore(self) -> None:
        """Everything as it was."""
        for old in self.folder.iterdir():
            if old.is_dir():
                rmtree(old)
            elif old.name not in (*thrown.PLANTED, self._kept.name):
                old.unlink()
        copyfile(self._kept, self.file)
        (self.folder / "folder").mkdir()
        for name, content in thrown.PLANTED.items():
            file = self.folder / name
            if not file.is_file() or file.stat().st_size != len(content):
                file.write_bytes(content)


def answers_a_command(house: House, line: tuple[str, ...]) -> str:
    """The command line: an answer, or a sentence and status 2."""
    house.restore()
    own = CliRunner(env={"LEAVEWELL_DATABASE_URL": house.address})
    with chdir(house.folder), warnings.catch_warnings():
        warnings.simplefilter("error")
        result = own.invoke(command_line.commands, list(line), input="")
    error = result.exception
    if error is not None and not isinstance(error, SystemExit):
        raise error
    assert result.exit_code in (0, 2), result.exit_code
    assert "Traceback" not in result.output
    if result.exit_code == 2:
        assert result.stderr.strip(), "no sentence"
        assert len(result.stderr.strip().splitlines()) == 1, result.stderr
    told = result.stderr if "-o" in line else result.output  # a PDF is no text
    assert "\x1b" not in told, "an escape reaches the terminal"
    return f"{line[0]}: {result.exit_code}"


class Elsewhere:
    """A server on this machine that answers whatever it is told to."""

    def __init__(self) -> None:
        self.says, self.status, self.kind = b"", 207, "application/xml"
        outer = self

        class Answer(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def _answer(self) -> None:
                self.rfile.read(int(self.headers.get("Content-Length") or 0))
                self.send_response(outer.status)
                self.send_header("Content-Type", outer.kind)
                self.send_header("Content-Length", str(len(outer.says)))
                self.send_header("DAV", "1, calendar-access")
                self.end_headers()
                self.wfile.write(outer.says)

            def log_message(self, *_: object) -> None:
                pass

        for method in ("PROPFIND", "REPORT", "OPTIONS", "GET"):
            setattr(Answer, f"do_{method}", Answer._answer)
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}/ours/"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        """No longer."""
        self._server.shutdown()
        self._server.server_close()


def asks_a_server(there: Elsewhere, says: bytes) -> str:
    """The reading of a calendar server's answers."""
    there.says = says
    known = Server(Audience.SHARED, there.url, "us", there.url, "Ours")
    came = []
    with client.opened(known, "secret", a_household().tz) as at:
        asked: list[Callable[[], object]] = [
            at.listing,
            lambda: at.read(["1.ics"]),
            lambda: at.find("1"),
        ]
        for ask in asked:
            came.append(_asked(ask))
    came.append(_asked(lambda: client.list_calendars(there.url, "us", "secret")))
    return "answered" if "" in came else "refused"


def _asked(ask: Callable[[], object]) -> str:
    try:
        ask()
    except client.ServerError as refused:
        sentence = str(refused)
    else:
        return ""
    said(sentence)
    assert "secret" not in sentence
    return sentence


def meets_a_challenge(challenge: bytes) -> str:
    """The login by digest, whatever a server asks for."""
    answer = niquests.Response()
    answer.status_code = HTTPStatus.UNAUTHORIZED
    answer.headers["WWW-Authenticate"] = challenge.decode("latin-1")
    login = Digest("us", "secret")
    if not login.accepts(answer):
        return "refused"
    asked = login(niquests.Request("GET", "http://calendar.example/").prepare())
    assert "secret" not in str(asked.headers)
    return "answered"


@contextmanager
def targets() -> Iterator[dict[str, tuple[st.SearchStrategy, Callable[..., str]]]]:
    """By name: what is thrown, and what it is thrown at."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        house, there = House(folder), Elsewhere()
        stack.callback(there.close)
        yield {
            "ics": (thrown.calendars(), reads_a_calendar),
            "catalogue": (thrown.catalogues(), reads_a_catalogue),
            "csv": (st.tuples(*[thrown.CELLS] * 4), writes_cells),
            "cli": (thrown.typed(), lambda line: answers_a_command(house, line)),
            "caldav": (thrown.server_answers(), lambda says: asks_a_server(there, says)),
            "digest": (thrown.challenges(), meets_a_challenge),
        }


def run(name: str, examples: int) -> Findings:
    """So many examples of one target, and all faults with the shortest input of each."""
    findings = Findings()
    with targets() as there:
        thrown, at = there[name]

        @settings(
            max_examples=examples,
            deadline=None,
            database=None,
            report_multiple_bugs=True,
            suppress_health_check=list(HealthCheck),
        )
        @given(thrown)
        def every(example: object) -> None:
            faulthandler.dump_traceback_later(HANGS, exit=True)
            begins = time.process_time()
            outcome = at(example)
            took = time.process_time() - begins
            findings.examples += 1
            findings.outcomes[outcome] += 1
            findings.slowest = max(findings.slowest, took)
            assert took < MOST_SECONDS, f"takes {took:.1f} s"

        try:
            every()
        except BaseException as fault:  # looking for any is what this is for
            if isinstance(fault, KeyboardInterrupt | SystemExit):
                raise
            findings.faults.append("".join(traceback.format_exception(fault)))
    faulthandler.cancel_dump_traceback_later()
    return findings


def main() -> int:
    """What came of one target; 1 if something went wrong."""
    asked = argparse.ArgumentParser(description="Feeds a reader with what nobody means well.")
    asked.add_argument("target", choices=["ics", "catalogue", "csv", "cli", "caldav", "digest"])
    asked.add_argument("--examples", type=int, default=1_000)
    chosen = asked.parse_args()
    found = run(chosen.target, chosen.examples)
    for outcome, times in found.outcomes.most_common(20):
        print(f"{times:8}  {outcome}")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{found.examples:8}  examples, the slowest {found.slowest:.2f} s, {memory:.0f} MB at most"
    )
    print("\n".join(found.faults) or "Nothing to complain of.")
    return 1 if found.faults or memory > MOST_MEMORY else 0


if __name__ == "__main__":
    sys.exit(main())

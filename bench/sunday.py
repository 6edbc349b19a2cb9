"""Time that the Sunday page takes, as a ratio to a floor measured in the same run.

The floor (bench/floor) is the least that Streamlit does for a chart that follows seven sliders.
Both take turns on fresh servers and fresh browsers, so that a busy machine hits them alike.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import asdict, dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from socket import socket
from statistics import median
from typing import Any

from playwright.sync_api import Page, Playwright, ViewportSize, sync_playwright

from bench.machine import ROOT, calibration, keep, p95
from rituals.store import location
from tests.support import admitted
from tests.support.install import browser

BENCH = Path(__file__).resolve().parent
ADDRESS = "127.0.0.1"
VISITS = 5  # of each, every one to a fresh server with a fresh browser
VISITS_WITH_MOVES = 2  # the first ones
MOVES = 50  # in each of those
WARM_UP = 3  # moves before
SLIDERS = 7
WEEKS = 26  # that the sample couple has lived
SETTLE = 1.0  # seconds
QUIET = 0.15  # seconds that a page has been idle before a key is pressed
PATIENCE = 60  # seconds
CHROMIUM = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
SCREEN: ViewportSize = {"width": 1280, "height": 1400}  # sliders and chart in sight at once
IS_IDLE = "document.querySelector('[data-testid=stApp]')?.dataset.testScriptState === 'notRunning'"


@dataclass(frozen=True)
class App:
    """One of the two that are measured."""

    name: str
    folder: Path  # of its app.py
    settings: tuple[str, ...]  # of the server, beside those in its folder's .streamlit
    moving: str  # the marks that every move on a slider moves
    step: str | None = None  # to click before there are sliders


@dataclass
class Taken:
    """Figures of one app; times in milliseconds, memory in megabytes."""

    starts: list[float] = field(default_factory=list)
    first_bars: list[float] = field(default_factory=list)
    moves: list[dict[str, float]] = field(default_factory=list)
    loaded: list[float] = field(default_factory=list)
    moved: list[float] = field(default_factory=list)

    def of(self, what: str) -> list[float]:
        """From key to `painted`, the chart, or `still`, the whole page, for each move."""
        return [move[what] for move in self.moves]


@dataclass(frozen=True)
class Figure:
    """One line of the table; `limit` is the most that the product may be of the floor."""

    name: str
    of: Callable[[Taken], float]
    limit: float


FIGURES = (
    Figure("start to healthy, ms", lambda taken: median(taken.starts), 1.5),
    Figure("first bar, cold browser, ms", lambda taken: median(taken.first_bars), 1.3),
    Figure("move, key to chart, p50, ms", lambda taken: median(taken.of("painted")), 2.0),
    Figure("move, key to chart, p95, ms", lambda taken: p95(taken.of("painted")), 2.5),
    Figure("move, all of it drawn, p50, ms", lambda taken: median(taken.of("still")), 2.0),
    Figure("move, all of it drawn, p95, ms", lambda taken: p95(taken.of("still")), 2.5),
    Figure("memory after load, MB", lambda taken: median(taken.loaded), 1.3),
    Figure("memory after the moves, MB", lambda taken: median(taken.moved), 1.3),
)


def main() -> int:
    """Measure, print and keep it; 1 where a ratio is above its limit."""
    apps = (floor(), product())
    taken = {app.name: Taken() for app in apps}
    machine: dict[str, Any] = {"cores": os.cpu_count(), "load before": os.getloadavg()[0]}
    calibrations = []
    with sample_store() as environment, sync_playwright() as playwright:
        for number in range(VISITS):
            calibrations.append(calibration())
            for app in apps:
                moves = MOVES if number < VISITS_WITH_MOVES else 0
                measure(app, taken[app.name], moves, environment, playwright)
    machine |= {"load after": os.getloadavg()[0], "calibration": calibrations}
    rows = [row(figure, *taken.values()) for figure in FIGURES]
    print_table(rows, machine)
    return keep(
        "sunday",
        {"machine": machine, "rows": rows} | {name: asdict(t) for name, t in taken.items()},
        {one["figure"]: one["ratio"] for one in rows},
        {one["figure"]: one["limit"] for one in rows},
    )


def floor() -> App:
    """The floor, with the product's own settings of the server."""
    given = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text())
    flags = [
        f"--{section}.{name}={json.dumps(one) if isinstance(one, bool) else one}"
        for section in ("server", "browser", "client")
        for name, value in given[section].items()
        for one in (value if isinstance(value, list) else [value])
    ]
    every_bar = '[data-testid="stVegaLiteChart"] g.mark-rect path'
    return App("floor", BENCH / "floor", tuple(flags), every_bar)


def product() -> App:
    """Leavewell, at the step with the sliders."""
    outlined = '[data-testid="stVegaLiteChart"] g.mark-rect path[fill-opacity="0"]'
    return App("product", ROOT, (), outlined, step="2 · Balance")


@contextmanager
def sample_store() -> Iterator[dict[str, str]]:
    """An environment whose store holds the sample couple and goes afterwards."""
    with tempfile.TemporaryDirectory(prefix="leavewell-bench-") as folder:
        environment = os.environ | {"LEAVEWELL_DATABASE_URL": f"sqlite:///{folder}/sample.db"}
        fill = [sys.executable, "-m", "rituals", "sample", "--weeks", str(WEEKS)]
        subprocess.run(fill, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)
        yield environment


def measure(
    app: App, taken: Taken, moves: int, environment: Mapping[str, str], playwright: Playwright
) -> None:
    """Visit a fresh server once, move its sliders, and note what it took."""
    path = browser()
    with (
        playwright.chromium.launch(executable_path=path, args=CHROMIUM) as chromium,
        chromium.new_page(viewport=SCREEN) as page,
        settled(),
        serving(app, environment) as (server, port, start),
    ):
        taken.starts.append(start)
        if app.folder == ROOT:
            let_in(page, location.own_file(environment), port)
        taken.first_bars.append(visit(page, f"http://{ADDRESS}:{port}/"))
        taken.loaded.append(resident(server.pid))
        if moves:
            to_the_sliders(page, app)
            made = [move(page, app, number) for number in range(WARM_UP + moves)]
            taken.moves.extend(made[WARM_UP:])
            taken.moved.append(resident(server.pid))


def let_in(page: Page, store: Path, port: int) -> None:
    """Give the browser what a link brings, so that its first visit is one of every day."""
    name, word = admitted.cookie(store, port)
    page.context.add_cookies([{"name": name, "value": word, "url": f"http://{ADDRESS}:{port}"}])


@contextmanager
def settled() -> Iterator[None]:
    """Nothing before the browser's own start is over: it would count as the server's."""
    time.sleep(SETTLE)
    yield


@contextmanager
def serving(
    app: App, environment: Mapping[str, str]
) -> Iterator[tuple[subprocess.Popen[bytes], int, float]]:
    """A server of its own, its port, and the milliseconds until it was healthy."""
    port = free_port()
    run = [sys.executable, "-m", "streamlit", "run", "app.py", *app.settings]
    run += ["--server.headless=true", f"--server.port={port}"]
    begun = time.perf_counter()
    server = subprocess.Popen(run, cwd=app.folder, env=environment, stdout=subprocess.DEVNULL)
    try:
        while not is_healthy(port):
            if server.poll() is not None or time.perf_counter() - begun > PATIENCE:
                raise RuntimeError(f"The server of the {app.name} did not start.")
            time.sleep(0.005)
        yield server, port, (time.perf_counter() - begun) * 1000
    finally:
        server.terminate()
        server.wait(PATIENCE)


def free_port() -> int:
    """A port nobody listens on."""
    with socket() as probe:
        probe.bind((ADDRESS, 0))
        port: int = probe.getsockname()[1]
        return port


def is_healthy(port: int) -> bool:
    """True if a server answers that it is ready."""
    with closing(HTTPConnection(ADDRESS, port, timeout=1)) as line, suppress(OSError):
        line.request("GET", "/_stcore/health")
        return line.getresponse().status == 200
    return False


def visit(page: Page, address: str) -> float:
    """The milliseconds from the navigation to the first bar of the page's chart."""
    page.add_init_script(path=BENCH / "probe.js")
    page.goto(address, wait_until="commit")
    page.wait_for_function("window.probe.firstBar !== null", timeout=PATIENCE * 1000)
    page.wait_for_function(IS_IDLE)
    first_bar: float = page.evaluate("probe.firstBar")
    return first_bar


def to_the_sliders(page: Page, app: App) -> None:
    """Open the step with the sliders, and wait until all of it is there."""
    if app.step:
        page.get_by_text(app.step, exact=True).click()
    page.get_by_role("slider").nth(SLIDERS - 1).wait_for()
    page.wait_for_selector(app.moving, state="attached")
    page.wait_for_function("document.fonts.status === 'loaded'")


def move(page: Page, app: App, number: int) -> dict[str, float]:
    """Press an arrow on the next slider: what happened when, in milliseconds since the key."""
    lap, slider = divmod(number, SLIDERS)
    page.get_by_role("slider").nth(slider).focus()
    page.wait_for_function(IS_IDLE)
    time.sleep(QUIET)
    page.evaluate("marks => probe.watch(marks)", app.moving)
    page.keyboard.press("ArrowLeft" if lap % 2 else "ArrowRight")
    made: dict[str, float] = page.evaluate("probe.move")
    return made


def resident(process: int) -> float:
    """The megabytes of memory that a process holds (VmRSS)."""
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    kilobytes = next(line.split()[1] for line in lines if line.startswith("VmRSS:"))
    return int(kilobytes) / 1024


def row(figure: Figure, floor: Taken, product: Taken) -> dict[str, Any]:
    """A figure of both, and their ratio beside its limit."""
    of_floor, of_product = figure.of(floor), figure.of(product)
    ratio = of_product / of_floor
    both = {"floor": of_floor, "product": of_product}
    return {"figure": figure.name, **both, "ratio": ratio, "limit": figure.limit}


def print_table(rows: list[dict[str, Any]], machine: dict[str, Any]) -> None:
    """The figures, a line each, and the machine they are of."""
    print(f"{'':31} {'floor':>8} {'product':>8} {'ratio':>6} {'limit':>6}")
    for r in rows:
        above = "  above its limit" if r["ratio"] > r["limit"] else ""
        measured = f"{r['floor']:8.0f} {r['product']:8.0f} {r['ratio']:6.2f} {r['limit']:6.1f}"
        print(f"{r['figure']:31} {measured}{above}")
    sums = machine["calibration"]
    print(
        f"Machine: {machine['cores']} cores, a fixed sum takes {median(sums):.0f} ms "
        f"({min(sums):.0f} to {max(sums):.0f}), "
        f"load {machine['load before']:.1f} before and {machine['load after']:.1f} after."
    )


if __name__ == "__main__":
    sys.exit(main())

"""Makes the pictures of the project anew: the icons, and the README's picture of the Sunday page.

`make pictures`. The page is that of the sample couple, on a store of its own.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from PIL import Image, ImageDraw
from playwright.sync_api import sync_playwright

from rituals.store import location
from tests.support import admitted
from tests.support.install import browser as system_chromium
from tests.support.paths import ROOT

STATIC = ROOT / "static"
HIS, HERS, PAPER = (153, 56, 41, 255), (183, 135, 20, 190), (251, 247, 241, 255)
FINER = 8  # times as large as drawn, for smooth edges
ICONS = {
    "icon.png": (128, None),
    "home/icon-192.png": (192, PAPER),
    "home/icon-512.png": (512, PAPER),
}
APPLE = ("home/apple-touch-icon.png", 180)
PORT = 8655
READY, STEADY = 60, 3000  # seconds until the server answers; milliseconds until a page rests


def icon(size: int, ground: tuple[int, int, int, int] | None) -> Image.Image:
    """Two circles that meet, on paper or on nothing."""
    whole = size * FINER
    drawn = Image.new("RGBA", (whole, whole), ground or (0, 0, 0, 0))
    shrink = 0.72 if ground else 1.0  # a phone cuts the edges of an icon away
    radius = whole * 0.328 * shrink
    for centre, colour in ((0.5 - 0.117 * shrink, HIS), (0.5 + 0.117 * shrink, HERS)):
        layer = Image.new("RGBA", drawn.size, (0, 0, 0, 0))
        x, y = whole * centre, whole * 0.5
        ImageDraw.Draw(layer).ellipse((x - radius, y - radius, x + radius, y + radius), colour)
        drawn = Image.alpha_composite(drawn, layer)
    return drawn.resize((size, size), Image.Resampling.LANCZOS)


def sunday(browser_path: str, url: str, file: Path) -> None:
    """Takes a picture of the week of the sample couple."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path)
        page = browser.new_page(
            viewport={"width": 1360, "height": 900}, timezone_id="Europe/Berlin"
        )
        page.goto(url)
        page.get_by_role("radio", name="2 · Balance").click(timeout=READY * 1000)
        page.locator(".lw-block").first.wait_for()
        page.wait_for_timeout(STEADY)
        page.screenshot(path=file, animations="disabled")
        browser.close()


def main() -> None:
    """Draws the icons and takes the picture."""
    for name, (size, ground) in ICONS.items():
        icon(size, ground).save(STATIC / name, optimize=True)
    icon(APPLE[1], PAPER).convert("RGB").save(STATIC / APPLE[0], optimize=True)
    with tempfile.TemporaryDirectory() as folder:
        url = location.sqlite_url(Path(folder) / "leavewell.db")
        env = os.environ | {"LEAVEWELL_DATABASE_URL": url}
        subprocess.run([sys.executable, "-m", "rituals", "sample"], cwd=ROOT, env=env, check=True)
        options = [f"--server.port={PORT}", "--server.headless=true"]
        command = [sys.executable, "-m", "streamlit", "run", "app.py", *options]
        server = subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.DEVNULL)
        try:
            _await(f"http://127.0.0.1:{PORT}/_stcore/health")
            link = admitted.new_link(Path(folder) / "leavewell.db", PORT)
            sunday(str(system_chromium()), link, STATIC / "sunday.png")
        finally:
            server.terminate()
            server.wait()


def _await(url: str) -> None:
    until = time.monotonic() + READY
    while time.monotonic() < until:
        try:
            urllib.request.urlopen(url, timeout=1).close()  # noqa: S310 our own
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise TimeoutError(f"Nothing answers at {url}.")


if __name__ == "__main__":
    main()

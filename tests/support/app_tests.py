"""AppTests without what Streamlit's own ones wait for."""

from functools import cache

from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import local_script_runner

JUST_NOW = 1  # second


def hurry():
    """From now on packages are looked through once, and a script that has run is heard of at once.

    Each AppTest looks through them anew, which takes 0.2 s, and then asks a thousand times a second
    whether its script has run.
    """
    found = cache(manifest_scanner.scan_component_manifests)
    ask = local_script_runner.require_widgets_deltas

    def wait(runner, timeout=3):
        runner._script_thread.join(timeout)
        ask(runner, JUST_NOW)

    manifest_scanner.scan_component_manifests = lambda: [*found()]
    local_script_runner.require_widgets_deltas = wait

"""AppTests without what Streamlit's own ones wait for."""

from functools import cache

from streamlit.components.v2 import manifest_scanner
from streamlit.runtime.scriptrunner.script_cache import ScriptCache
from streamlit.testing.v1 import app_test, local_script_runner

JUST_NOW = 1  # second


def hurry():
    """From now on packages are looked through and scripts compiled once, and none is waited for.

    Each AppTest looks through all packages anew, which takes 0.2 s, compiles its page, and asks a
    thousand times a second whether that has run.
    """
    found = cache(manifest_scanner.scan_component_manifests)
    ask = local_script_runner.require_widgets_deltas
    compiled = ScriptCache()

    def wait(runner, timeout=3):
        runner._script_thread.join(timeout)
        ask(runner, JUST_NOW)

    manifest_scanner.scan_component_manifests = lambda: [*found()]
    local_script_runner.require_widgets_deltas = wait
    app_test.ScriptCache = local_script_runner.ScriptCache = lambda: compiled

import asyncio
import gc
import subprocess
import sys
import weakref

import pytest

from rituals.security import heap
from tests.support.memory import found_in_memory
from tests.support.paths import ROOT

SIZES = range(9, 400, 9)  # letters, after eight that Python itself writes over
FREES = f"""
import sys
from rituals.security import heap
class Text(str): pass
texts = [Text("x" * 8 + f"secret{{n:03}}" * (n // 9)) for n in {SIZES} for _ in range(50)]
del texts
heap.sweep()
print("swept", flush=True)
sys.stdin.read()
"""


class Secret:
    pass


def test_a_coroutine_that_waits_lets_go_of_a_local():
    async def hold(secret, waits):
        await waits
        return secret

    async def held():
        secret, waits = Secret(), asyncio.get_running_loop().create_future()
        seen, task = weakref.ref(secret), asyncio.create_task(hold(secret, waits))
        del secret
        await asyncio.sleep(0)
        before = seen() is not None
        heap.clear_locals(task.get_coro().cr_frame, ["secret"])
        gc.collect()
        gone = seen() is None
        waits.set_result(None)
        return before, gone, await task

    assert (True, True, None) == asyncio.run(held())


@pytest.mark.outside
@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_freed_text_of_each_size_is_overwritten():
    command = [sys.executable, "-c", FREES]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(command, cwd=ROOT, **pipes) as freed:
        assert b"swept\n" == freed.stdout.readline()

        found = found_in_memory(freed.pid, [f"secret{size:03}".encode() for size in SIZES])
        freed.stdin.close()

    assert set() == found

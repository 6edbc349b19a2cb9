import asyncio
import gc
import weakref

from rituals.security import heap


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

"""`asyncio_works.py <function> [uvloop]`: the work on CPython's own loop, or on uvloop's.

One Runner for all runs, so that the loop is there before the clock starts.
"""

import asyncio
import sys

from answer import answer, memory_of

FRAMES = 1000


async def switching(n):
    """One task gives way n times."""
    return await turns_of(n)


async def spawning(n):
    """n times: start a child, await it."""
    total = 0
    for _ in range(n):
        total += await asyncio.create_task(one())
    return total


async def ping_pong(n):
    """Two tasks, n rounds: each sets the future that the other waits for."""
    loop = asyncio.get_running_loop()
    table = {"ping": loop.create_future(), "pong": loop.create_future()}

    async def echo():
        for _ in range(n):
            value = await table["ping"]
            table["ping"] = loop.create_future()
            table["pong"].set_result(value)

    other = asyncio.create_task(echo())
    total = 0
    for _ in range(n):
        table["ping"].set_result(1)
        total += await table["pong"]
        table["pong"] = loop.create_future()
    await other
    return total


async def gather_10k(n):
    """Ten thousand children at a time that give way once, n in all, and their results."""
    total = 0
    for _ in range(n // 10_000):
        total += sum(await asyncio.gather(*[turns_of(1) for _ in range(10_000)]))
    return total


async def as_completed(n):
    """n children that give way once, taken in the order in which they finish."""
    total = 0
    for finished in asyncio.as_completed([turns_of(1) for _ in range(n)]):
        total += await finished
    return total


async def deep_resume(n):
    """The innermost of a thousand coroutines gives way n times."""
    return await frame(FRAMES - 1, n)


async def parked(n):
    """n tasks sleep for 1 to 10 ms."""
    return sum(await asyncio.gather(*[sleeper(0.001 * (1 + i % 10)) for i in range(n)]))


async def memory(n):
    """Bytes of each of n tasks that are parked in a sleep of an hour."""

    async def park(n):
        tasks = [asyncio.create_task(sleeper(3600)) for _ in range(n)]
        await asyncio.sleep(0)
        return tasks

    return await memory_of(park, n)


async def queue_10(n):
    """n items from one producer to one consumer through a queue of ten."""
    queue = asyncio.Queue(10)

    async def produce():
        for _ in range(n):
            await queue.put(1)

    async with asyncio.TaskGroup() as group:
        group.create_task(produce())
        total = 0
        for _ in range(n):
            total += await queue.get()
    return total


async def semaphore(n):
    """n tasks want one of ten permits, and hold it across one turn."""
    permits = asyncio.Semaphore(10)

    async def contend():
        async with permits:
            await asyncio.sleep(0)
        return 1

    return sum(await asyncio.gather(*[contend() for _ in range(n)]))


async def lock(n):
    """Two tasks hand one lock to and fro, n times in all."""
    guarding = asyncio.Lock()
    count = 0

    async def locker():
        nonlocal count
        for _ in range(n // 2):
            async with guarding:
                seen = count
                await asyncio.sleep(0)
                count = seen + 1

    await asyncio.gather(locker(), locker())
    return count


async def cancel_storm(n):
    """n tasks wait inside try/finally; all are cancelled, and awaited. Counts the finally blocks."""
    cleaned = []
    tasks = [asyncio.create_task(guarded(cleaned)) for _ in range(n)]
    await asyncio.sleep(0)
    for task in tasks:
        task.cancel()
    await asyncio.wait(tasks)
    return len(cleaned) if all(task.cancelled() for task in tasks) else None


async def group_failure(n):
    """A group of n children: the last one fails, the others are cancelled and awaited."""
    cleaned = []
    failed = 0
    try:
        async with asyncio.TaskGroup() as group:
            for _ in range(n - 1):
                group.create_task(guarded(cleaned))
            group.create_task(failing())
    except* LookupError as failures:
        failed = len(failures.exceptions)
    return len(cleaned) + failed


async def call_soon(n):
    """n callbacks, ten thousand at a time."""
    loop = asyncio.get_running_loop()
    called = 0

    def count():
        nonlocal called
        called += 1

    for _ in range(n // 10_000):
        for _ in range(10_000):
            loop.call_soon(count)
        await asyncio.sleep(0)
    return called


async def timer_churn(n):
    """Sets a hundred timers and cancels them, until n have been set."""
    loop = asyncio.get_running_loop()
    cancelled = 0
    for _ in range(n // 100):
        timers = [loop.call_later(60, called_late) for _ in range(100)]
        for timer in timers:
            timer.cancel()
            cancelled += timer.cancelled()
    await asyncio.sleep(0)
    return cancelled


async def timeout_ready(n):
    """n times: a body that is done at once, under a timeout."""
    total = 0
    for _ in range(n):
        async with asyncio.timeout(60):
            total += await one()
    return total


async def one():
    return 1


async def turns_of(n):
    for _ in range(n):
        await asyncio.sleep(0)
    return n


async def sleeper(seconds):
    await asyncio.sleep(seconds)
    return 1


async def frame(below, n):
    if below > 0:
        return await frame(below - 1, n)
    return await turns_of(n)


async def guarded(cleaned):
    try:
        await asyncio.get_running_loop().create_future()
    finally:
        cleaned.append(1)


async def failing():
    await asyncio.sleep(0)
    raise LookupError("The last child fails")


def called_late():
    raise AssertionError("A cancelled timer has fired")


def main():
    work = globals()[sys.argv[1]]
    factory = None
    if "uvloop" in sys.argv[2:]:
        import uvloop

        factory = uvloop.new_event_loop
    # A frame takes several of what the interpreter counts.
    sys.setrecursionlimit(10 * FRAMES)
    with asyncio.Runner(loop_factory=factory) as runner:
        answer(lambda n: runner.run(work(n)))


if __name__ == "__main__":
    main()

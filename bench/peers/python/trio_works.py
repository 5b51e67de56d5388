"""`trio_works.py <function>`: the work on trio. A child is awaited by leaving its nursery."""

import sys

import trio

from answer import answer, memory_of

FRAMES = 1000


async def switching(n):
    """One task gives way n times."""
    return await turns_of(n)


async def spawning(n):
    """n times: a nursery with one child."""
    done = []
    for _ in range(n):
        async with trio.open_nursery() as nursery:
            nursery.start_soon(one, done)
    return len(done)


async def ping_pong(n):
    """Two tasks, n rounds: each sets the event that the other waits for."""
    table = {"ping": trio.Event(), "pong": trio.Event()}
    rounds = 0

    async def echo():
        for _ in range(n):
            await table["ping"].wait()
            table["ping"] = trio.Event()
            table["pong"].set()

    async with trio.open_nursery() as nursery:
        nursery.start_soon(echo)
        for _ in range(n):
            table["ping"].set()
            await table["pong"].wait()
            rounds += 1
            table["pong"] = trio.Event()
    return rounds


async def gather_10k(n):
    """Ten thousand children at a time that give way once, n in all."""
    done = []
    for _ in range(n // 10_000):
        async with trio.open_nursery() as nursery:
            for _ in range(10_000):
                nursery.start_soon(one_later, done)
    return len(done)


async def as_completed(n):
    """n children that give way once and send what they have through a channel."""
    send, receive = trio.open_memory_channel(n)

    async def report():
        await trio.lowlevel.checkpoint()
        await send.send(1)

    total = 0
    async with trio.open_nursery() as nursery:
        for _ in range(n):
            nursery.start_soon(report)
        for _ in range(n):
            total += await receive.receive()
    return total


async def deep_resume(n):
    """The innermost of a thousand coroutines gives way n times."""
    return await frame(FRAMES - 1, n)


async def parked(n):
    """n tasks sleep for 1 to 10 ms."""
    done = []
    async with trio.open_nursery() as nursery:
        for i in range(n):
            nursery.start_soon(sleeper, 0.001 * (1 + i % 10), done)
    return len(done)


async def memory(n):
    """Bytes of each of n tasks that are parked in a sleep of an hour."""
    async with trio.open_nursery() as nursery:

        async def park(n):
            for _ in range(n):
                nursery.start_soon(sleeper, 3600, [])
            await all_have_begun()

        size = await memory_of(park, n)
        nursery.cancel_scope.cancel()
    return size


async def queue_10(n):
    """n items from one producer to one consumer through a channel of ten."""
    send, receive = trio.open_memory_channel(10)

    async def produce():
        for _ in range(n):
            await send.send(1)

    total = 0
    async with trio.open_nursery() as nursery:
        nursery.start_soon(produce)
        for _ in range(n):
            total += await receive.receive()
    return total


async def semaphore(n):
    """n tasks want one of ten permits, and hold it across one turn."""
    permits = trio.Semaphore(10)
    done = []

    async def contend():
        async with permits:
            await trio.lowlevel.checkpoint()
        done.append(1)

    async with trio.open_nursery() as nursery:
        for _ in range(n):
            nursery.start_soon(contend)
    return len(done)


async def lock(n):
    """Two tasks hand one lock to and fro, n times in all."""
    guarding = trio.Lock()
    count = 0

    async def locker():
        nonlocal count
        for _ in range(n // 2):
            async with guarding:
                seen = count
                await trio.lowlevel.checkpoint()
                count = seen + 1

    async with trio.open_nursery() as nursery:
        nursery.start_soon(locker)
        nursery.start_soon(locker)
    return count


async def cancel_storm(n):
    """n tasks wait inside try/finally; their nursery is cancelled. Counts the finally blocks."""
    cleaned = []
    async with trio.open_nursery() as nursery:
        for _ in range(n):
            nursery.start_soon(guarded, cleaned)
        await all_have_begun()
        nursery.cancel_scope.cancel()
    return len(cleaned)


async def group_failure(n):
    """A nursery of n children: the last one fails, the others are cancelled and awaited."""
    cleaned = []
    try:
        async with trio.open_nursery() as nursery:
            for _ in range(n - 1):
                nursery.start_soon(guarded, cleaned)
            nursery.start_soon(failing)
    except LookupError:
        return len(cleaned) + 1


async def call_soon(n):
    """n callbacks, ten thousand at a time."""
    token = trio.lowlevel.current_trio_token()
    called = 0

    def count():
        nonlocal called
        called += 1

    for batch in range(1, n // 10_000 + 1):
        for _ in range(10_000):
            token.run_sync_soon(count)
        while called < batch * 10_000:
            await trio.lowlevel.checkpoint()
    return called


async def timeout_ready(n):
    """n times: a body that is done at once, under a timeout."""
    done = []
    for _ in range(n):
        with trio.fail_after(60):
            await one(done)
    return len(done)


async def all_have_begun():
    """The tasks of a batch run in either order: after two turns all of an earlier one have run."""
    await trio.lowlevel.checkpoint()
    await trio.lowlevel.checkpoint()


async def one(done):
    done.append(1)


async def one_later(done):
    await trio.lowlevel.checkpoint()
    done.append(1)


async def turns_of(n):
    for _ in range(n):
        await trio.lowlevel.checkpoint()
    return n


async def sleeper(seconds, done):
    await trio.sleep(seconds)
    done.append(1)


async def frame(below, n):
    if below > 0:
        return await frame(below - 1, n)
    return await turns_of(n)


async def guarded(cleaned):
    try:
        await trio.sleep_forever()
    finally:
        cleaned.append(1)


async def failing():
    await all_have_begun()
    raise LookupError("The last child fails")


if __name__ == "__main__":
    work = globals()[sys.argv[1]]
    # A frame takes several of what the interpreter counts.
    sys.setrecursionlimit(10 * FRAMES)
    answer(lambda n: trio.run(work, n))

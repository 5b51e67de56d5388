"""`asyncio_works.py <function> [uvloop]`: the work on CPython's asyncio, or on uvloop's loop.

One Runner for all runs, so that the loop is there before the clock starts.
"""

import asyncio
import sys

from answer import answer


async def switching(n):
    """One task gives way n times."""
    turns = 0
    for _ in range(n):
        await asyncio.sleep(0)
        turns += 1
    return turns


async def spawning(n):
    """n times: start a child, await it."""
    total = 0
    for _ in range(n):
        total += await asyncio.create_task(one())
    return total


async def one():
    return 1


def main():
    work = globals()[sys.argv[1]]
    factory = None
    if "uvloop" in sys.argv[2:]:
        import uvloop

        factory = uvloop.new_event_loop
    with asyncio.Runner(loop_factory=factory) as runner:
        answer(lambda n: runner.run(work(n)))


if __name__ == "__main__":
    main()

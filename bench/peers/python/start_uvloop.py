import asyncio

import uvloop


async def main():
    await asyncio.sleep(0)
    return 1


with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
    print(runner.run(main()))

import trio


async def main():
    await trio.lowlevel.checkpoint()
    return 1


print(trio.run(main))

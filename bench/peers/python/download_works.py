"""`download_works.py <threads|streams|memory_of_threads|memory_of_streams> <lanes>`: downloads on CPython.

Threads read with urllib, in a pool that is made for them. Streams are asyncio's, with a Semaphore; the
library has no client for HTTP, so they speak as much of it as they need.
"""

import asyncio
import json
import os
import sys
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

from answer import answer

PAGES = json.loads(os.environ["BENCH_DOWNLOADS"])
LANES = int(sys.argv[2])


def threads(n):
    with ThreadPoolExecutor(max_workers=LANES) as pool:
        return count_right(list(pool.map(read, addresses(n))))


def streams(n):
    return asyncio.run(gathered(n))


def memory_of_threads(n):
    """Bytes that the process grows by at its peak."""
    return peak(threads, n)


def memory_of_streams(n):
    return peak(streams, n)


def addresses(n):
    return [PAGES[i % len(PAGES)][0] for i in range(n)]


def count_right(bodies):
    """How many have the size that they should have. Until then all are kept."""
    return sum(len(body) == PAGES[i % len(PAGES)][1] for i, body in enumerate(bodies))


def read(url):
    with urllib.request.urlopen(url) as response:
        return response.read()


async def gathered(n):
    lanes = asyncio.Semaphore(LANES)

    async def one(url):
        async with lanes:
            return await stream(url)

    return count_right(await asyncio.gather(*map(one, addresses(n))))


async def stream(url):
    _, address, path, _, _ = urlsplit(url)
    host, port = address.split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    writer.write(f"GET {path} HTTP/1.0\r\nHost: {address}\r\n\r\n".encode())
    await reader.readuntil(b"\r\n\r\n")
    body = await reader.read()
    writer.close()
    await writer.wait_closed()
    return body


def peak(work, n):
    before = status("VmRSS")
    work(n)
    return status("VmHWM") - before


def status(field):
    with open("/proc/self/status") as lines:
        return next(1024 * int(line.split()[1]) for line in lines if line.startswith(field))


if __name__ == "__main__":
    answer(globals()[sys.argv[1]])

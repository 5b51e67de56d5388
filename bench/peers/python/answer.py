"""What every program here answers: for each line with a number, the work done so many times.

It reads n from a line of standard input, does n operations, and prints the nanoseconds that they took and
the check value, which is n when all of them were done rightly.
"""

import gc
import sys
import time


def answer(run):
    """`run(n)` does the work and returns the check value."""
    for line in sys.stdin:
        n = int(line)
        gc.collect()
        start = time.perf_counter_ns()
        check = run(n)
        print(time.perf_counter_ns() - start, check, flush=True)


async def memory_of(park, n):
    """The bytes of each of n parked tasks: what the process grows by. Python counts no heap of its own."""
    kept = [await park(1000)]
    before = resident_bytes()
    kept.append(await park(n))
    return (resident_bytes() - before) / n


def resident_bytes():
    gc.collect()
    with open("/proc/self/statm") as statm:
        return int(statm.read().split()[1]) * 4096

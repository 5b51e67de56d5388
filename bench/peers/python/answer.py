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


def resident_bytes():
    """The memory of this process. Python has no figure for what lives on its heap alone."""
    with open("/proc/self/statm") as statm:
        return int(statm.read().split()[1]) * 4096

"""`executor_works.py <threads|processes> <function>`: the work on CPython's concurrent.futures.

Threads share their memory, so their buffers are handed over as they are. Processes pickle what they are
sent; by default Linux forks them before Python 3.14.
"""

import gc
import multiprocessing
import os
import sys
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

from answer import answer

POOLS = {"threads": ThreadPoolExecutor, "processes": ProcessPoolExecutor}
Pool = POOLS[sys.argv[1]]
pools = {}
shared = {}


def round_trip(n):
    """A job on a worker that is up, and its result."""
    return sum(pool(1).submit(echo, i).result() == i for i in range(n))


def error_round_trip(n):
    """The same for a job that fails."""
    done = 0
    for i in range(n):
        try:
            pool(1).submit(fail, i).result()
        except ValueError as error:
            done += str(error) == f"no {i}"
    return done


def small_jobs(n):
    """Jobs of next to no work, all submitted at once, on two workers."""
    jobs = [pool(2).submit(echo, i) for i in range(n)]
    return sum(job.result() == i for i, job in enumerate(jobs))


def small_jobs_mapped(n):
    """The same as `map`; for processes in chunks, as its documentation advises."""
    results = pool(2).map(echo, range(n), chunksize=256)
    return sum(result == i for i, result in enumerate(results))


def computations_in_one(n):
    """fib(27) on one worker, all submitted at once ..."""
    return compute(pool(1), n)


def computations_in_two(n):
    """... and on two."""
    return compute(pool(2), n)


def copy_1mb(n):
    """A buffer goes to a worker and comes back."""
    return send_buffer(n, 1_000_000)


def copy_64mb(n):
    return send_buffer(n, 64_000_000)


def memory(n):
    """Bytes of each of n workers that have run a job and have nothing to do."""
    kept = [started(1)]
    before = family_bytes()
    kept.append(started(n))
    grown = family_bytes() - before
    for one in kept:
        one.shutdown()
    return grown / n


def cold_start(n):
    """A pool is made, runs one job, and is shut down."""
    done = 0
    for i in range(n):
        with Pool(1) as fresh:
            done += fresh.submit(echo, i).result() == i
    return done


def pool(workers):
    """The workers stay up between the measurements."""
    if workers not in pools:
        pools[workers] = Pool(workers)
    return pools[workers]


def started(n):
    """A pool of n workers. Each has a job, as none ends before all have begun."""
    fresh = Pool(n, initializer=share, initargs=(multiprocessing.Barrier(n),))
    jobs = [fresh.submit(meet) for _ in range(n)]
    assert sorted(job.result() for job in jobs) == list(range(n))
    return fresh


def share(barrier):
    shared["barrier"] = barrier


def meet():
    return shared["barrier"].wait()


def family_bytes():
    """Of this process and of those that it has started; what they share is counted once."""
    gc.collect()
    return sum(map(bytes_of, [os.getpid(), *(child.pid for child in multiprocessing.active_children())]))


def bytes_of(pid):
    with open(f"/proc/{pid}/smaps_rollup") as lines:
        return next(1024 * int(line.split()[1]) for line in lines if line.startswith("Pss:"))


def compute(executor, n):
    jobs = [executor.submit(fib, 27) for _ in range(n)]
    return sum(job.result() == 196_418 for job in jobs)


def send_buffer(n, size):
    buffer = bytearray(size)
    done = 0
    for _ in range(n):
        buffer = pool(1).submit(echo, buffer).result()
        done += len(buffer) == size
    return done


def echo(value):
    return value


def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


def fail(value):
    raise ValueError(f"no {value}")


if __name__ == "__main__":
    answer(globals()[sys.argv[2]])
    for one in pools.values():
        one.shutdown()

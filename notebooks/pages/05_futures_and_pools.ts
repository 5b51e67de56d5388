// Follows "Python concurrency programming: Futures" (2024-07-12).

/* %% title S4-N1 S4-C1
# Futures and pools

Used well, concurrency makes programs much faster. This notebook follows a Korean translation (2024) of a [post on Medium](https://medium.com/@cstoppgmr/python-concurrency-programming-futures-f6fe99ec19fe) about Python's `concurrent.futures`: what concurrency and parallelism are, and how threads and processes give futures.

From JSR, write `"jsr:@taskloop/asyncio"` instead of `"../mod.ts"`. Times here are measured on the real clock, and differ from machine to machine.
%% ko
# Futures와 풀

동시성을 잘 쓰면 프로그램이 크게 빨라집니다. 이 노트북은 파이썬의 `concurrent.futures`를 다룬 [Medium 글](https://medium.com/@cstoppgmr/python-concurrency-programming-futures-f6fe99ec19fe)의 한국어 번역(2024)을 따라갑니다. 동시성과 병렬성이 무엇이고, 스레드와 프로세스가 어떻게 퓨처를 돌려주는지 봅니다.

JSR에서 가져올 때는 `"../mod.ts"` 형태의 경로 대신 `"jsr:@taskloop/asyncio"`라고 씁니다. 여기의 시간은 실제 시계로 잰 것이어서 컴퓨터마다 다릅니다.
*/

// %% setup
import {
  asCompleted,
  createTask,
  type Executor,
  Future,
  ProcessPoolExecutor,
  run,
  sleep,
  TaskGroup,
  ThreadPoolExecutor,
} from "../../mod.ts";
import { bars } from "../lib/chart.ts";
import { both, play } from "../lib/play.ts";
import { workerLanes } from "../lib/lanes.ts";
import { serveWiki, type Site } from "../lib/wiki.ts";

/* %% concurrency S4-C2 S4-C3
## Concurrency is not parallelism

The two are often mixed up. Concurrent does not mean *at the same instant*: one operation runs at a time, and they take turns until all are done. In the picture each dark mark is a moment of running; no two coincide, only the waits overlap.
%% ko
## 동시성과 병렬성은 다르다

두 말을 같은 뜻으로 오해하는 경우가 많습니다. 동시성은 *같은 순간에* 실행된다는 뜻이 아닙니다. 한 번에 하나만 실행되고, 모두 끝날 때까지 서로 번갈아 실행됩니다. 그림에서 진한 표시가 실행되는 순간입니다. 겹치는 것은 기다리는 시간뿐입니다.
*/

// %% interleaving S4-C3 S4-D1
await both(function* () {
  function* worker(name: string) {
    for (const step of [1, 2, 3]) {
      console.log(name, step);
      yield* sleep(100);
    }
  }
  const tasks = ["a", "b"].map((name) => createTask(worker(name), { name }));
  for (const task of tasks) yield* task;
}, async () => {
  async function worker(name: string) {
    for (const step of [1, 2, 3]) {
      console.log(name, step);
      await sleep(100);
    }
  }
  const tasks = ["a", "b"].map((name) => createTask(() => worker(name), { name }));
  for (const task of tasks) await task;
});

/* %% two-ways S4-D1 S4-C4 S4-C5
There are two ways to take turns. Above, **asyncio's**: the program says where it may be interrupted, at `await`. Below, **threads**: the operating system switches whenever it likes. That is easier to write, because nothing has to yield; but it may switch in the middle of `x += 1`.
%% ko
번갈아 실행하는 방법은 두 가지입니다. 위는 **asyncio** 방식으로, 프로그램이 끼어들어도 되는 곳(`await`)을 명시합니다. 아래는 **스레드** 방식으로, 운영 체제가 원하는 때에 전환합니다. 양도할 필요가 없으니 작성하기는 쉽지만 `x += 1` 한가운데에서도 전환될 수 있습니다.
*/

// %% threads-drawn S4-D1 measured
/** Runs in a worker: uses the processor for a while, and says who worked when. */
function busy(label: string, ms: number) {
  const lane = (globalThis as { lane?: string }).lane ??= crypto.randomUUID();
  const start = performance.timeOrigin + performance.now();
  for (const end = performance.now() + ms; performance.now() < end;);
  return { lane, label, start, end: performance.timeOrigin + performance.now() };
}

/** Waits until so many workers have started, so that they do not do it while we look. */
async function warm(pool: Executor, workers: number) {
  const seen = new Set<string>();
  while (seen.size < workers) {
    const jobs = Array.from({ length: workers }, () => pool.submit(busy, "", 10));
    for (const { lane } of await Promise.all(jobs)) seen.add(lane);
  }
}

async function drawn(pool: Executor) {
  await warm(pool, 2);
  const jobs = ["a1", "b1", "a2", "b2", "a3", "b3"].map((label) => pool.submit(busy, label, 40));
  const spans = await Promise.all(jobs);
  await pool.shutdown();
  return workerLanes(spans);
}

await drawn(new ThreadPoolExecutor({ maxWorkers: 2 }));

/* %% race-text S4-C4 S4-C5
Here two threads count in shared memory. A plain `++` reads, adds and writes, and updates get lost in between; `Atomics.add` does it in one. In asyncio's way a statement without `await` is never interrupted, so the third line is right without any lock.
%% ko
두 스레드가 공유 메모리의 수를 셉니다. 그냥 `++`는 읽고, 더하고, 쓰는 사이에 갱신이 사라지고, `Atomics.add`는 이를 한 번에 처리합니다. asyncio 방식에서는 `await`가 없는 문장 사이에 아무도 끼어들지 못하므로, 세 번째 줄은 잠금 없이도 정확합니다.
*/

// %% race S4-C4 S4-C5 measured
function countTo(memory: SharedArrayBuffer, n: number, atomic: boolean) {
  const v = new Int32Array(memory);
  Atomics.add(v, 1, 1);
  while (Atomics.load(v, 1) < 2); // both begin together
  for (let i = 0; i < n; i++) {
    if (atomic) Atomics.add(v, 0, 1);
    else v[0]!++;
  }
}

{
  await using pool = new ThreadPoolExecutor({ maxWorkers: 2 });
  for (const [atomic, n] of [[false, 50_000_000], [true, 1_000_000]] as const) {
    const memory = new SharedArrayBuffer(8);
    await Promise.all([1, 2].map(() => pool.submit(countTo, memory, n, atomic)));
    const lost = 2 * n - new Int32Array(memory)[0]!;
    console.log(`two threads, ${atomic ? "Atomics.add" : "++"}: lost updates: ${lost > 0}`);
  }
  let x = 0;
  await run(() =>
    TaskGroup.run((group) => {
      for (const _ of [1, 2]) {
        group.createTask(async () => {
          for (let i = 0; i < 1000; i++) {
            x++;
            if (i % 100 === 0) await sleep(0);
          }
        });
      }
    })
  );
  console.log(`two tasks, ++: lost updates: ${x < 2000}`);
}

/* %% parallelism S4-C6 S4-D2
**Parallelism** is work at the same instant. In Python that takes processes, one per core: six cores, six at once. Here both threads and processes do it, because each worker has a JavaScript engine of its own. A lane per process:
%% ko
**병렬성**은 같은 순간에 실제로 함께 실행되는 것입니다. 파이썬에서는 프로세스가 필요합니다. 6코어라면 여섯 개를 동시에 돌릴 수 있습니다. 여기서는 워커마다 자바스크립트 엔진이 따로 있으므로 스레드와 프로세스 모두 가능합니다. 프로세스마다 한 줄씩 그렸습니다.
*/

// %% processes-drawn S4-D2 S4-C6 measured
await drawn(new ProcessPoolExecutor({ maxWorkers: 2 }));

// %% speed-up S4-C6 measured
function fib(n: number): number {
  return n < 2 ? n : fib(n - 1) + fib(n - 2);
}

async function timed(job: () => Promise<unknown>) {
  const start = performance.now();
  await job();
  return performance.now() - start;
}

const cores = navigator.hardwareConcurrency;
const speeds: { name: string; value: number }[] = [];
for (const maxWorkers of [1, cores]) {
  await using pool = new ThreadPoolExecutor({ maxWorkers });
  await warm(pool, maxWorkers);
  const value = await timed(() =>
    Promise.all(Array.from({ length: 8 }, () => pool.submit(fib, 31)))
  );
  speeds.push({ name: `${maxWorkers} of ${cores} cores`, value });
}
bars(speeds, { unit: "ms for 8 × fib(31)" });

/* %% which S4-C7 S4-C8
Concurrency suits **input and output**: a download spends its time waiting. Parallelism suits **work for the processor**, as in MapReduce. A small one: count words in parts of a text in parallel, then add up.
%% ko
동시성은 **입출력**에 어울립니다. 다운로드는 대부분의 시간을 기다리는 데 쓰기 때문입니다. 병렬성은 MapReduce처럼 **CPU를 많이 쓰는 일**에 어울립니다. 작은 예로, 글의 각 부분에서 단어를 병렬로 세고 나중에 합쳐 봅니다.
*/

// %% map-reduce S4-C8
const text = ["one fish two fish", "red fish blue fish", "one red one blue"];

function countWords(line: string) {
  const counts: Record<string, number> = {};
  for (const word of line.split(" ")) counts[word] = (counts[word] ?? 0) + 1;
  return counts;
}

const total: Record<string, number> = {};
{
  await using pool = new ProcessPoolExecutor({ maxWorkers: 2 });
  for await (const counts of pool.map(countWords, text)) {
    for (const [word, n] of Object.entries(counts)) total[word] = (total[word] ?? 0) + n;
  }
}
total;

/* %% sequential-text S4-E1 S4-C9 S4-O1
## Downloads, one by one

The post downloads fifteen pages of Wikipedia. Ours come from a server on this machine, of the sizes that the post lists, each after 160 ms; so one after the other takes the post's **2.4 s**. Errors are left out, to keep it simple: take the next site, download, wait, go on. Nearly all of the time is waiting; for thousands of sites that is of no use.
%% ko
## 하나씩 다운로드하기

글에서는 위키백과 페이지 열다섯 개를 내려받습니다. 여기서는 같은 크기의 페이지를 160 ms 뒤에 돌려주는 서버를 이 컴퓨터에서 돌립니다. 그래서 하나씩 받으면 글과 같은 **2.4초**가 걸립니다. 단순하게 하려고 예외 처리는 생략했습니다. 사이트를 하나 꺼내 내려받고, 기다리고, 다음으로 넘어갑니다. 시간 대부분을 기다리는 데 쓰므로 사이트가 수천 개라면 쓸 수 없는 방법입니다.
*/

// %% sequential S4-E1 S4-C9 S4-O1 measured
const wiki = serveWiki();

/** Runs on the loop and in workers alike. */
async function bytesOf(url: string) {
  const response = await fetch(url);
  if (!response.ok) throw new RangeError(`${response.status} ${await response.text()}`);
  return (await response.arrayBuffer()).byteLength;
}

async function downloadAll(sites: Site[]) {
  for (const { url, local } of sites) {
    console.log(`${url}에서 ${await bytesOf(local)}를 읽었습니다.`);
  }
}

const oneByOne = await timed(() => downloadAll(wiki.sites));
console.log(
  `${wiki.sites.length}개 사이트를 ${(oneByOne / 1000).toFixed(2)}초에 다운로드했습니다.`,
);

/* %% pool-text S4-E2 S4-O2 S4-C10 S4-C11
## Five at a time, in threads

The lines that differ are few: a pool of five threads, and `map`, which is like the usual map but concurrent. The post prints in the threads, in the order in which downloads **finish**; so do we, with a callback on each future. (`requests.get` is thread-safe, says the post. Here each worker has an engine and a `fetch` of its own; there is nothing to share.)
%% ko
## 스레드로 다섯 개씩

달라지는 것은 몇 줄뿐입니다. 스레드 다섯 개짜리 풀과, 내장 map과 같지만 동시에 실행되는 `map`입니다. 글은 스레드 안에서 **끝나는** 순서대로 출력합니다. 여기서는 퓨처마다 콜백을 달아 같은 순서로 출력합니다. (글은 `requests.get`이 스레드에 안전하다고 합니다. 여기서는 워커마다 엔진과 `fetch`가 따로 있어서 공유할 것이 없습니다.)
*/

// %% pool S4-E2 S4-O2 S4-C10 S4-C11 measured
const executor = new ThreadPoolExecutor({ maxWorkers: 5 });
await warm(executor, 5);
const inThreads = await timed(async () => {
  const futures = wiki.sites.map(({ url, local }) => {
    const future = executor.submit(bytesOf, local);
    future.addDoneCallback(() => console.log(`Read ${future.result()} from ${url}`));
    return future;
  });
  await Promise.all(futures);
});
await executor.shutdown();
console.log(`Download ${wiki.sites.length} sites in ${(inThreads / 1000).toFixed(2)} seconds`);

/* %% map-text S4-C10 S4-P3
`map` gives results in the order of the **inputs**, however they finish:
%% ko
`map`은 끝나는 순서와 상관없이 **입력** 순서대로 결과를 줍니다.
*/

// %% map S4-C10 S4-P3 measured
const uneven = wiki.sites.slice(0, 4).map(({ local }, i) => `${local}?ms=${(4 - i) * 60}`);
{
  await using executor = new ThreadPoolExecutor({ maxWorkers: 4 });
  await warm(executor, 4);
  const sizes: number[] = [];
  for await (const size of executor.map(bytesOf, uneven, { chunksize: 1 })) sizes.push(size);
  console.log("map:        ", sizes);
  const finished: number[] = [];
  const futures = uneven.map((url) => executor.submit(bytesOf, url));
  for (const next of asCompleted(futures)) finished.push(await next);
  console.log("asCompleted:", finished, "same order:", `${sizes}` === `${finished}`);
}

/* %% lanes-text S4-P1 S4-C12
## How many are enough?

> **The post says** that five threads took 0.2 s instead of 2.4 s, "more than ten times" faster.
>
> **That cannot come from five threads** where all pages take equally long: fifteen pages in five lanes are three rounds, 3 × 160 ms = 0.48 s, five times faster and no more. (CPython, measured with this latency: 2.40 s and 0.48 s.) The post's pages came from a live site, with other latencies, perhaps from a cache.

Measured here without threads, with a `TaskGroup` of that limit; more than fifteen lanes have nothing to do:
%% ko
## 몇 개면 충분할까

> **글에서는** 스레드 다섯 개로 2.4초가 0.2초로 줄어 "10배 이상" 빨라졌다고 합니다.
>
> **페이지마다 걸리는 시간이 같다면** 스레드 다섯 개로는 그렇게 될 수 없습니다. 열다섯 페이지를 다섯 줄로 처리하면 세 번이므로 3 × 160 ms = 0.48초, 다섯 배가 한계입니다. (같은 지연 시간으로 CPython에서 재면 2.40초와 0.48초입니다.) 글의 페이지는 실제 사이트에서 왔으므로 지연 시간이 제각각이었거나 캐시되었을 것입니다.

아래는 스레드 없이 `TaskGroup`의 제한만으로 잰 것입니다. 열다섯 줄을 넘으면 할 일이 없습니다.
*/

// %% lanes S4-P1 S4-C12 S4-O1 S4-C22 measured
const lanes: { name: string; value: number; label?: string }[] = [];
for (const limit of [1, 2, 5, 15, 50]) {
  const value = await timed(() =>
    run(() =>
      TaskGroup.run((group) => {
        for (const { local } of wiki.sites) group.createTask(() => bytesOf(local));
      }, { limit })
    )
  );
  lanes.push({ name: limit === 1 ? "1 lane" : `${limit} lanes`, value: value / 1000 });
}
bars(lanes, { unit: "s", digits: 2 });

/* %% processes-text S4-C12 S4-E3 S4-C13 S4-C14
The number of threads is yours to choose, and more is not always better: making, keeping and ending them costs. Find it by measuring.

Processes are one change away: `ThreadPoolExecutor` becomes `ProcessPoolExecutor()`. The number of workers is usually left out: it is the number of cores (`navigator.hardwareConcurrency`). For waiting, they give nothing over threads and cost more to start; and both cost more than no worker at all, because waiting needs no second engine. (In a notebook a thread is slow to start: Deno's kernel type-checks the file of every new worker, which `deno run` does not.)
%% ko
스레드 수는 여러분이 정하지만 많다고 늘 좋은 것은 아닙니다. 만들고, 유지하고, 없애는 데 비용이 듭니다. 직접 재서 찾아야 합니다.

프로세스로 바꾸는 것은 한 군데만 고치면 됩니다. `ThreadPoolExecutor`를 `ProcessPoolExecutor()`로 바꾸세요. 워커 수는 보통 생략하며, 그러면 코어 수(`navigator.hardwareConcurrency`)가 됩니다. 기다리는 일에는 프로세스가 스레드보다 나을 것이 없고 시작 비용만 더 듭니다. 그리고 둘 다 워커가 아예 없는 것보다 비쌉니다. 기다리는 데 두 번째 엔진은 필요 없기 때문입니다. (노트북에서는 스레드가 느리게 시작됩니다. Deno 커널이 새 워커마다 파일의 타입을 검사하기 때문이며, `deno run`은 그러지 않습니다.)
*/

// %% processes S4-E3 S4-C13 S4-C14 S4-C12 measured
const starts: { name: string; value: number }[] = [];
const downloads = [{ name: "no worker, 5 lanes", value: lanes[2]!.value * 1000 }];
for (
  const [name, workers, make] of [
    ["5 threads", 5, () => new ThreadPoolExecutor({ maxWorkers: 5 })],
    ["5 processes", 5, () => new ProcessPoolExecutor({ maxWorkers: 5 })],
    [`${cores} processes, the default`, cores, () => new ProcessPoolExecutor()],
  ] as const
) {
  await using executor: Executor = make(); // the only line that changes
  starts.push({ name: `start ${name}`, value: await timed(() => warm(executor, workers)) });
  const value = await timed(() =>
    Promise.all(wiki.sites.map(({ local }) => executor.submit(bytesOf, local)))
  );
  downloads.push({ name, value });
}
bars([...downloads, ...starts], { unit: "ms" });

/* %% futures-text S4-C15 S4-C16 S4-A1 S4-A2 S4-A3 S4-A4 S4-A5
## What exactly is a future?

In Python there are two kinds, in `concurrent.futures` and in `asyncio`; both stand for an operation that is under way. A future wraps it, puts it in a queue, can be asked for its state at any time, and gives the result or the error in the end. Here there is one kind for both. You do not make them; you schedule work and get them.

| | |
| --- | --- |
| `executor.submit(fn, ...args)` | schedules `fn`, returns a future |
| `future.done()` | true or false at once, never waits |
| `future.addDoneCallback(fn)` | calls `fn(future)` when it is done; for a future that is done already, at the loop's next turn (CPython's executor calls it at once) |
| `future.result()` | the result, or throws its error; `await waitFor(future, ms)` waits with a limit |
| `asCompleted(futures)` | gives each as it completes |
%% ko
## Future란 정확히 무엇인가

파이썬에는 `concurrent.futures`와 `asyncio`에 두 종류의 Future가 있고, 둘 다 진행 중인 작업을 나타냅니다. 퓨처는 작업을 감싸 큐에 넣습니다. 상태는 언제든지 물어볼 수 있고, 끝나면 결과나 예외를 꺼낼 수 있습니다. 여기서는 한 종류가 두 역할을 모두 합니다. 퓨처는 직접 만드는 것이 아니라, 작업을 예약하고 돌려받는 것입니다.

| | |
| --- | --- |
| `executor.submit(fn, ...args)` | `fn`을 예약하고 퓨처를 반환 |
| `future.done()` | 기다리지 않고 참 또는 거짓을 바로 반환 |
| `future.addDoneCallback(fn)` | 완료되면 `fn(future)`를 호출. 이미 완료된 퓨처라면 루프의 다음 차례에 호출(CPython의 실행기는 즉시 호출) |
| `future.result()` | 결과를 반환하거나 예외를 던짐. `await waitFor(future, ms)`로 제한 시간을 두고 기다릴 수 있음 |
| `asCompleted(futures)` | 완료되는 대로 하나씩 제공 |
*/

// %% futures S4-C15 S4-C16 S4-A1 S4-A2 S4-A3 S4-A4
{
  await using executor = new ThreadPoolExecutor({ maxWorkers: 1 });
  const future = executor.submit((n: number) => n * 2, 21);
  console.log("a future:", future instanceof Future, "done:", future.done());
  future.addDoneCallback((f) => console.log("callback, with the future:", f === future));
  await future;
  console.log("done:", future.done(), "result:", future.result());
  future.addDoneCallback(() => console.log("late callback"));
  console.log("comes a turn later");
  await sleep(1);
  const failing = executor.submit(() => {
    throw new RangeError("from the thread");
  });
  await Promise.allSettled([failing]);
  try {
    failing.result();
  } catch (error) {
    console.log(`result() throws ${error}`);
  }
}

/* %% as-completed-text S4-E4 S4-C17 S4-O3 S4-P3 S4-A5
The downloads once more, now with a list `toDo`: `submit` puts each download in the queue, `asCompleted` gives them back as they finish, and `result()` throws what went wrong. The order is that of finishing, which depends on scheduling and on how long each takes; here each page has a latency of its own. (The post's second listing shows other sizes than the first, 158,984 for Mathematics: it was a live site.)
%% ko
이번에는 `toDo` 목록을 씁니다. `submit`이 다운로드를 큐에 넣고, `asCompleted`가 끝나는 대로 돌려주며, `result()`가 잘못된 것을 던집니다. 순서는 끝나는 순서이고, 스케줄링과 각각의 소요 시간에 따라 달라집니다. 여기서는 페이지마다 지연 시간을 다르게 했습니다. (글의 두 번째 출력은 첫 번째와 크기가 다릅니다. Mathematics가 158,984인 것은 실제 사이트였기 때문입니다.)
*/

// %% as-completed S4-E4 S4-C17 S4-O3 S4-P3 S4-A5 measured
async function readSite(url: string, local: string) {
  const response = await fetch(local);
  if (!response.ok) throw new RangeError(`${response.status} ${await response.text()}`);
  const { byteLength } = await response.arrayBuffer();
  return `${url}에서 ${byteLength.toLocaleString("en")}을 읽음`;
}

{
  await using executor = new ThreadPoolExecutor({ maxWorkers: 5 });
  const toDo = wiki.sites.map(({ url, local }, i) =>
    executor.submit(readSite, url, `${local}?ms=${60 + (i * 7) % 15 * 12}`)
  );
  toDo.push(executor.submit(readSite, "nowhere", `${wiki.sites[0]!.local}_no_such_page`));
  for (const next of asCompleted(toDo)) {
    try {
      console.log(await next);
    } catch (error) {
      console.log(String(error));
    }
  }
}
await wiki.close();

/* %% hidden-text S4-P2
**A trap that the post does not mention:** Python's `executor.map` hides every error if nobody consumes its results; the program with one bad address looks like a success. Ours reports an error that nobody looked at when the loop closes, of a `map` as of a `submit`.
%% ko
**글이 말하지 않는 함정:** 파이썬의 `executor.map`은 결과를 아무도 꺼내지 않으면 모든 예외를 감춥니다. 주소 하나가 잘못되어도 성공한 것처럼 보입니다. 여기서는 `map`이든 `submit`이든 아무도 확인하지 않은 오류가 루프가 닫힐 때 보고됩니다.
*/

// %% hidden S4-P2 measured
function halve(n: number) {
  if (n % 2 !== 0) throw new RangeError(`${n} is odd`);
  return n / 2;
}

await play(async () => {
  await using executor = new ThreadPoolExecutor({ maxWorkers: 1 });
  try {
    for await (const half of executor.map(halve, [2, 3, 4])) console.log("map gave", half);
  } catch (error) {
    console.log("consumed, map throws", String(error));
  }
  executor.submit(halve, 5); // nobody looks at this one
}, { realTime: true, picture: false });

/* %% gil S4-C18 S4-C19
## Why one thread at a time?

Python's interpreter is not thread-safe. The **Global Interpreter Lock** lets one thread run bytecode at a time; a thread that blocks on I/O releases it, so others go on. That is why threads help with downloads in Python, and not with sums.

JavaScript has no such lock, because it has no shared objects: each thread has its own engine, and only a `SharedArrayBuffer` belongs to all. Workers truly run in parallel, and what they exchange is copied.
%% ko
## 왜 한 번에 한 스레드일까

파이썬 인터프리터는 스레드에 안전하지 않습니다. **GIL**(Global Interpreter Lock)은 한 번에 한 스레드만 바이트코드를 실행하게 합니다. I/O를 기다리는 스레드는 GIL을 놓아주므로 다른 스레드가 실행됩니다. 그래서 파이썬의 스레드는 다운로드에는 도움이 되지만 계산에는 도움이 되지 않습니다.

자바스크립트에는 공유되는 객체가 없어서 그런 잠금도 없습니다. 스레드마다 엔진이 따로 있고 `SharedArrayBuffer`만 함께 씁니다. 워커는 정말로 병렬로 실행되며, 주고받는 값은 복사됩니다.
*/

/* %% end S4-C7 S4-C20 S4-C21 S4-C22 S4-C23 S4-C24
## What to remember

| | Concurrency | Parallelism |
| --- | --- | --- |
| is | taking turns; one runs at an instant | several run at once |
| suits | frequent I/O | work for the processor |
| here | tasks, `TaskGroup({ limit })` | `ThreadPoolExecutor`, `ProcessPoolExecutor` |
| measured above | 15 downloads, 1 lane to 15 | fib on one core and on all |

- Done well, waiting together makes a program many times faster; five lanes make it five times faster.
- `done()`, `result()`, `addDoneCallback()`, `asCompleted()`: all there is to futures.
- In Python one thread runs at a time, because of the GIL, which is released for I/O. (Since 3.13 there are builds without it.)
%% ko
## 기억할 것

| | 동시성 | 병렬성 |
| --- | --- | --- |
| 뜻 | 번갈아 실행, 한순간에는 하나 | 여러 개가 동시에 실행 |
| 어울리는 일 | 잦은 I/O | CPU를 많이 쓰는 일 |
| 여기서는 | 태스크, `TaskGroup({ limit })` | `ThreadPoolExecutor`, `ProcessPoolExecutor` |
| 위에서 잰 것 | 다운로드 15개, 1줄부터 15줄까지 | 코어 하나와 전체에서 fib |

- 함께 기다리기만 해도 프로그램이 몇 배 빨라집니다. 다섯 줄이면 다섯 배까지입니다.
- `done()`, `result()`, `addDoneCallback()`, `asCompleted()`가 퓨처의 전부입니다.
- 파이썬에서는 GIL 때문에 한 번에 한 스레드만 실행되며, I/O를 기다릴 때는 GIL이 풀립니다. (3.13부터는 GIL이 없는 빌드도 있습니다.)
*/

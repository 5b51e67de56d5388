// deno-lint-ignore-file require-yield require-await -- some coroutines have nothing to wait for
// Follows "Async in depth: event loop, gather/wait, async generators", chapter 18 of a book.

/* %% title S2-N1
# The event loop in depth

After chapter 18 of a Korean book on Python. You have met coroutines and tasks ([04](04_coroutine_task_future.ipynb)); here is what runs them, and what one builds with them:

1. the event loop, 2. futures, 3. tasks, 4. gather, wait and the others, 5. blocking functions, 6. asynchronous iteration, 7. patterns, 8. cancellation, 9. debug mode.

The book's cross references: chapter 14, its introduction, is our [00](00_welcome.ipynb); chapter 19, threads and processes, is [05](05_futures_and_pools.ipynb); its exercises are [06](06_exercises.ipynb); chapters 10 (context managers), 21 (profiling) and 27 (background work) are touched on in sections 6, 9 and 7.

From JSR, write `"jsr:@taskloop/asyncio"` instead of `"../mod.ts"`.
%% ko
# 이벤트 루프 깊이 보기

파이썬 책의 18장을 따라갑니다. 코루틴과 태스크는 [04](04_coroutine_task_future.ipynb)에서 만났습니다. 여기서는 그것을 실행하는 것과, 그것으로 만들 수 있는 것을 봅니다.

1. 이벤트 루프, 2. 퓨처, 3. 태스크, 4. gather와 wait 등, 5. 블로킹 함수, 6. 비동기 반복, 7. 패턴, 8. 취소, 9. 디버그 모드.

책의 상호 참조: 입문인 14장은 [00](00_welcome.ipynb), 스레드와 프로세스를 다루는 19장은 [05](05_futures_and_pools.ipynb), 연습문제는 [06](06_exercises.ipynb)에 해당합니다. 10장(컨텍스트 매니저), 21장(프로파일링), 27장(백그라운드 작업)은 각각 6절, 9절, 7절에서 짚습니다.

JSR에서 가져올 때는 `"../mod.ts"` 형태의 경로 대신 `"jsr:@taskloop/asyncio"`라고 씁니다.
*/

// %% setup
import {
  asCompleted,
  asyncContextManager,
  asyncGenerator,
  asyncWith,
  createTask,
  emit,
  Event,
  FIRST_COMPLETED,
  FIRST_EXCEPTION,
  forEach,
  Future,
  gather,
  getEventLoop,
  getRunningLoop,
  ProcessPoolExecutor,
  provide,
  Queue,
  QueueShutDown,
  race,
  Semaphore,
  shield,
  shieldScope,
  sleep,
  TaskGroup,
  timeout,
  TimeoutError,
  toThread,
  wait,
  waitFor,
} from "../../mod.ts";
import { bars } from "../lib/chart.ts";
import { both, play } from "../lib/play.ts";

/* %% one-at-a-time-text S2-C1
## 1. The event loop

It runs exactly **one coroutine at a time**; this is no multithreading. Five tasks count how many of them run:
%% ko
## 1. 이벤트 루프

이벤트 루프는 **한 번에 하나의 코루틴만** 실행합니다. 멀티스레드가 아닙니다. 태스크 다섯 개가 지금 몇 개가 실행 중인지 세어 봅니다.
*/

// %% one-at-a-time S2-C1
await play(function* () {
  let [running, most] = [0, 0];
  function* worker() {
    for (let i = 0; i < 3; i++) {
      most = Math.max(most, ++running);
      running--;
      yield* sleep(10);
    }
  }
  yield* gather([1, 2, 3, 4, 5].map(worker));
  console.log("most at once:", most);
}, { picture: false });

/* %% pseudo-text S2-E1
### A loop in ten lines

The book shows the idea as pseudo-code:

```python
def run_loop(coros):
    queue = list(coros)
    while queue:
        coro = queue.pop(0)
        try:
            future = coro.send(None)
        except StopIteration as e:
            continue
        future.add_done_callback(lambda _: queue.append(coro))
```

> **As printed it is broken in two ways.** The loop ends as soon as the queue is empty, though futures are pending. And the callback closes over a variable that has moved on, so that it puts back the *wrong* coroutine.

The same lines in TypeScript, where each fault can be switched on:
%% ko
### 열 줄짜리 루프

책은 의사 코드로 개념을 보여 줍니다.

```python
def run_loop(coros):
    queue = list(coros)
    while queue:
        coro = queue.pop(0)
        try:
            future = coro.send(None)
        except StopIteration as e:
            continue
        future.add_done_callback(lambda _: queue.append(coro))
```

> **이대로 실행하면 두 군데가 잘못됩니다.** 퓨처가 아직 대기 중인데도 큐가 비면 바로 루프가 끝납니다. 그리고 콜백이 참조하는 변수는 이미 다음 코루틴으로 바뀌어 있어서 *엉뚱한* 코루틴을 큐에 넣습니다.

같은 내용을 TypeScript로 옮기고, 두 결함을 켜고 끌 수 있게 했습니다.
*/

// %% ten-lines S2-E1
type Coro = Generator<Future<unknown>, void>;

async function runLoop(coros: Coro[], fault?: "forgets to wait" | "one variable for all") {
  const queue = [...coros];
  const woken = new Event();
  let pending = 0;
  let shared: Coro;
  while (queue.length > 0 || (pending > 0 && fault !== "forgets to wait")) {
    if (queue.length === 0) {
      await woken.wait(); // the wait that the book leaves out
      woken.clear();
      continue;
    }
    const coro = shared = queue.shift()!;
    const step = coro.next(); // 1. one step: Python's send(None)
    if (step.done) continue; // the coroutine has ended: Python's StopIteration
    pending++; // 2. it stopped at an await, which gave a future
    step.value.addDoneCallback(() => {
      pending--;
      queue.push(fault === "one variable for all" ? shared : coro); // 3. back into the queue
      woken.set();
    });
  } // 4. and on to the next
}

/* %% ten-lines-run-text S2-C2a S2-C2b S2-C2c S2-C2d
1. `next()` takes a coroutine one step on.
2. It runs to its next wait, and stops there.
3. When that future is done, the coroutine goes back into the queue.
4. The next one runs; others come in between.

One `const` per turn of the loop, as JavaScript has it, cures the second fault by itself.
%% ko
1. `next()`가 코루틴을 한 단계 진행시킵니다.
2. 코루틴은 다음 대기 지점까지 실행되고 멈춥니다.
3. 그 퓨처가 완료되면 코루틴은 다시 큐에 들어갑니다.
4. 다음 코루틴으로 넘어갑니다. 그 사이에 다른 코루틴이 끼어듭니다.

자바스크립트처럼 반복마다 새로 만들어지는 `const`를 쓰면 두 번째 결함은 저절로 사라집니다.
*/

// %% ten-lines-run S2-E1 S2-C2a S2-C2b S2-C2c S2-C2d
function* steps(name: string, done: string[]): Coro {
  for (const n of [1, 2]) {
    done.push(`${name}${n}`);
    const future = new Future<void>();
    getRunningLoop().callLater(100, () => future.setResult());
    yield future;
  }
  done.push(`${name} ends`);
}

await play(async () => {
  for (const fault of [undefined, "forgets to wait", "one variable for all"] as const) {
    const done: string[] = [];
    await runLoop([steps("a", done), steps("b", done)], fault);
    console.log(`${fault ?? "as it should be"}: ${done.join(", ")}`);
  }
}, { picture: false });

/* %% yield-point-text S2-C3
### `await` is where others may come in

And nowhere else. Reading, changing and writing a variable is safe without an `await` in between; with one, updates get lost.
%% ko
### 다른 코루틴은 `await`에서만 끼어든다

다른 곳에서는 끼어들 수 없습니다. 변수를 읽고, 바꾸고, 쓰는 동안 `await`가 없으면 안전하고, 있으면 갱신이 사라집니다.
*/

// %% yield-point S2-C3
await both(function* () {
  const counters = { safe: 0, unsafe: 0 };
  function* increment() {
    counters.safe = counters.safe + 1;
    const before = counters.unsafe;
    yield* sleep(0); // others come in
    counters.unsafe = before + 1;
  }
  yield* gather(Array.from({ length: 100 }, increment));
  console.log(counters);
}, async () => {
  const counters = { safe: 0, unsafe: 0 };
  async function increment() {
    counters.safe = counters.safe + 1;
    const before = counters.unsafe;
    await sleep(0);
    counters.unsafe = before + 1;
  }
  await gather(Array.from({ length: 100 }, () => increment));
  console.log(counters);
}, { picture: false });

/* %% slow-text S2-P1 S2-E2 S2-C4
### Code that never yields

It looks concurrent and runs in series: `slow` has no `await`, so nobody comes in. Debug mode says so. Work for the processor belongs in a thread or a process; the chart compares both ways on the real clock.
%% ko
### 양도하지 않는 코드

동시에 도는 것처럼 보이지만 실제로는 직렬입니다. `slow`에는 `await`가 없어서 아무도 끼어들지 못합니다. 디버그 모드가 이를 알려 줍니다. CPU를 쓰는 일은 스레드나 프로세스로 보내야 합니다. 아래 차트는 두 방법을 실제 시계로 비교합니다.
*/

// %% slow S2-P1 S2-E2 S2-C4 measured
function slow(rounds = 1) {
  let total = 0;
  for (let round = 0; round < rounds; round++) {
    total = 0;
    for (let i = 0; i < 10_000_000; i++) total += i;
  }
  return total;
}

async function time(job: () => PromiseLike<unknown>) {
  const start = performance.now();
  await job();
  return performance.now() - start;
}

await toThread(() => 0); // the thread is there before we measure
const onLoop = async () => slow(12); // one round is over too soon to be seen
bars([
  { name: "one, in the loop", value: await time(() => gather([onLoop])) },
  { name: "three, in the loop", value: await time(() => gather([onLoop, onLoop, onLoop])) },
  {
    name: "three, in threads",
    value: await time(() => gather([1, 2, 3].map(() => toThread(slow, 12)))),
  },
], { unit: "ms" });

// %% slow-results S2-E2 S2-C4 measured
await play(async () => {
  console.log(await gather([onLoop, onLoop, onLoop]));
}, { debug: true, picture: false });

/* %% future-text S2-C5 S2-E3
## 2. Future: a result that is not decided yet

The loop fills it a second later. `callLater` passes arguments on, so a method bound to the future will do.
%% ko
## 2. Future: 아직 결정되지 않은 결과

1초 뒤에 이벤트 루프가 결과를 채웁니다. `callLater`는 인자를 전달하므로, 퓨처에 바인딩한 메서드를 그대로 쓸 수 있습니다.
*/

// %% future S2-C5 S2-E3
await both(function* () {
  const loop = getRunningLoop();
  const future = loop.createFuture<string>();
  loop.callLater(1000, future.setResult.bind(future), "done");
  console.log(yield* future);
}, async () => {
  const loop = getRunningLoop();
  const future = loop.createFuture<string>();
  loop.callLater(1000, future.setResult.bind(future), "done");
  console.log(await future);
}, { picture: false });

/* %% states-text S2-C6 S2-C7
It is pending, then finished (by `setResult` or `setException`) or cancelled. You will rarely make one: libraries use them for results of threads and for signals; normal code meets them as tasks.
%% ko
상태는 대기(pending), 완료(`setResult` 또는 `setException`), 취소(cancelled)입니다. 직접 만들 일은 거의 없습니다. 라이브러리가 스레드의 결과나 시그널을 다룰 때 쓰고, 보통의 코드는 태스크를 통해 만납니다.
*/

// %% state-pending S2-C6
const future = new Future<string>();
future;

// %% state-finished S2-C6
future.setResult("done");
const failed = new Future<string>();
failed.setException(new RangeError("too far"));
[future, failed];

// %% state-cancelled S2-C6
const cancelled = new Future<string>();
cancelled.cancel();
cancelled;

/* %% task-text S2-E4 S2-C8 S2-E5
## 3. Task: a future that a coroutine fills

A future is a promise in general; a task is a promise that a coroutine of its own keeps.
%% ko
## 3. Task: 코루틴이 채우는 퓨처

Future가 일반적인 약속이라면, Task는 자신의 코루틴이 지키는 약속입니다.
*/

// %% task-interface S2-E4 S2-C8 S2-E5
await play(function* () {
  function* work(ms: number, fails: boolean) {
    yield* sleep(ms);
    if (fails) throw new Error("no luck");
    return "luck";
  }
  for (const [ms, fails] of [[500, false], [50, true], [50, false]] as const) {
    const task = createTask(work(ms, fails));
    yield* sleep(100);
    console.log("is a future:", task instanceof Future, "done:", task.done());
    if (task.done()) {
      if (task.exception() !== null) console.log("실패:", String(task.exception()));
      else console.log("성공:", task.result());
    }
    console.log("cancel():", task.cancel());
  }
}, { picture: false });

/* %% reference-text S2-P2 S2-E6 S2-E7 S2-C9
### Tasks that vanish

> **In Python** a task whose handle is dropped may be collected as garbage, and disappear in the middle of its work. So keep a reference, say in a set.
>
> **Here** a loop holds its tasks strongly. The "wrong" code below works; the "right" one works as well. A `TaskGroup` solves it in either language, which is a reason to prefer it.
%% ko
### 사라지는 태스크

> **파이썬에서는** 태스크에 대한 참조를 놓치면 가비지 컬렉터가 일하는 도중의 태스크를 치워 버릴 수 있습니다. 그래서 집합 등에 참조를 유지해야 합니다.
>
> **여기서는** 이벤트 루프가 태스크를 강하게 참조합니다. 아래의 "잘못된" 코드도 끝까지 실행되고, "올바른" 코드도 그대로 동작합니다. `TaskGroup`을 쓰면 어느 언어에서나 해결되며, 이것이 `TaskGroup`을 권하는 이유 중 하나입니다.
*/

// %% reference S2-P2 S2-E6 S2-E7 S2-C9
await play(function* () {
  function* backgroundWork(name: string) {
    yield* sleep(100);
    console.log(name, "has run to its end");
  }
  createTask(backgroundWork("without a reference"));

  const backgroundTasks = new Set<Future<void>>();
  const task = createTask(backgroundWork("with a reference"));
  backgroundTasks.add(task);
  task.addDoneCallback((done) => backgroundTasks.delete(done));
  console.log("in the set:", backgroundTasks.size);

  yield* TaskGroup.run((group) => void group.createTask(backgroundWork("in a group")));
  yield* sleep(0);
  console.log("in the set:", backgroundTasks.size);
}, { picture: false });

/* %% gather-text S2-E8 S2-C10 S2-E9
## 4. gather, wait and the others

`gather` gives results in the order of the call. With `returnExceptions: true`, errors come as results, so that the others are not lost.
%% ko
## 4. gather, wait 그리고 나머지

`gather`는 호출한 순서대로 결과를 줍니다. `returnExceptions: true`이면 예외도 결과처럼 들어오므로 나머지 결과를 잃지 않습니다.
*/

// %% gather S2-E8 S2-C10 S2-E9
const delays: Record<string, number> = { a: 300, b: 100, c: 200 };

function* fetchIt(name: string) {
  yield* sleep(delays[name] ?? 100);
  if (name === "bad") throw new Error("no such page");
  return name;
}

async function fetchAsync(name: string) {
  await sleep(delays[name] ?? 100);
  if (name === "bad") throw new Error("no such page");
  return name;
}

function tell(results: (string | Error)[]) {
  for (const r of results) console.log(r instanceof Error ? `실패: ${r.message}` : `성공: ${r}`);
}

await both(function* () {
  console.log(yield* gather([fetchIt("a"), fetchIt("b"), fetchIt("c")]));
  tell(yield* gather([fetchIt("a"), fetchIt("bad")], { returnExceptions: true }));
}, async () => {
  console.log(await gather(["a", "b", "c"].map((name) => () => fetchAsync(name))));
  tell(await gather([() => fetchAsync("a"), () => fetchAsync("bad")], { returnExceptions: true }));
});

/* %% gather-leaves-text S2-P3
**What the book only hints at:** without that flag `gather` throws the first error *and leaves the others running*. A `TaskGroup` cancels them.
%% ko
**책이 슬쩍 지나간 것:** 이 옵션이 없으면 `gather`는 첫 오류를 던지고, *나머지는 그대로 실행되게 둡니다*. `TaskGroup`은 나머지를 취소합니다.
*/

// %% gather-leaves S2-P3
await both(function* () {
  function* sibling(of: string) {
    yield* sleep(300);
    console.log(`the sibling in ${of} ran on`);
  }
  try {
    yield* gather([fetchIt("bad"), sibling("gather")]);
  } catch (error) {
    console.log(String(error));
  }
  try {
    yield* TaskGroup.run((group) => {
      group.createTask(fetchIt("bad"));
      group.createTask(sibling("the group"));
    });
  } catch (error) {
    console.log(String((error as AggregateError).errors));
  }
  yield* sleep(500);
}, async () => {
  async function sibling(of: string) {
    await sleep(300);
    console.log(`the sibling in ${of} ran on`);
  }
  try {
    await gather([() => fetchAsync("bad"), () => sibling("gather")]);
  } catch (error) {
    console.log(String(error));
  }
  try {
    await TaskGroup.run((group) => {
      group.createTask(() => fetchAsync("bad"));
      group.createTask(() => sibling("the group"));
    });
  } catch (error) {
    console.log(String((error as AggregateError).errors));
  }
  await sleep(500);
}, { picture: false });

/* %% wait-text S2-E10 S2-A1 S2-C11
### wait

It takes tasks and gives two **sets**, done and pending: the tasks themselves, in no order, not their results. `returnWhen` is `ALL_COMPLETED` (the default), `FIRST_COMPLETED` or `FIRST_EXCEPTION`. With a time limit it does not throw and does not cancel; without any task it refuses.
%% ko
### wait

태스크를 받아 done과 pending 두 **집합**을 돌려줍니다. 결과가 아니라 태스크 자체이며 순서가 없습니다. `returnWhen`은 `ALL_COMPLETED`(기본값), `FIRST_COMPLETED`, `FIRST_EXCEPTION` 중 하나입니다. 시간제한이 있어도 예외를 던지거나 취소하지 않고, 빈 목록은 거부합니다.
*/

// %% wait S2-E10 S2-A1 S2-C11
await both(function* () {
  const begin = (...names: string[]) => names.map((name) => createTask(fetchIt(name), { name }));
  const show = (what: string, { done, pending }: Record<string, Set<Future<string>>>) =>
    console.log(`${what}: ${done!.size} done, ${pending!.size} pending`);
  const tasks = begin("a", "b", "c");
  const first = yield* wait(tasks, { returnWhen: FIRST_COMPLETED });
  show("FIRST_COMPLETED", { ...first });
  console.log("the same tasks:", first.done.has(tasks[1]!), [...first.done][0]!.result());
  show("timeoutMs: 150", { ...yield* wait(tasks, { timeoutMs: 150 }) });
  show("ALL_COMPLETED", { ...yield* wait(tasks) });
  const failing = yield* wait(begin("a", "bad"), { returnWhen: FIRST_EXCEPTION });
  show("FIRST_EXCEPTION", { ...failing });
  console.log(String([...failing.done][0]!.exception()));
  try {
    yield* wait([]);
  } catch (error) {
    console.log("of nothing:", (error as Error).name);
  }
}, async () => {
  const begin = (...names: string[]) =>
    names.map((name) => createTask(() => fetchAsync(name), { name }));
  const show = (what: string, { done, pending }: Record<string, Set<Future<string>>>) =>
    console.log(`${what}: ${done!.size} done, ${pending!.size} pending`);
  const tasks = begin("a", "b", "c");
  const first = await wait(tasks, { returnWhen: FIRST_COMPLETED });
  show("FIRST_COMPLETED", { ...first });
  console.log("the same tasks:", first.done.has(tasks[1]!), [...first.done][0]!.result());
  show("timeoutMs: 150", { ...await wait(tasks, { timeoutMs: 150 }) });
  show("ALL_COMPLETED", { ...await wait(tasks) });
  const failing = await wait(begin("a", "bad"), { returnWhen: FIRST_EXCEPTION });
  show("FIRST_EXCEPTION", { ...failing });
  console.log(String([...failing.done][0]!.exception()));
  try {
    await wait([]);
  } catch (error) {
    console.log("of nothing:", (error as Error).name);
  }
}, { picture: false });

/* %% which S2-T1 S2-T2 S2-T3 S2-T4 S2-C12
### Which one?

| You want | Use |
| --- | --- |
| all, results in order | `gather` |
| a part, or the first result | `wait` |
| each as it comes | `asCompleted` |
| new code, with clean-up guaranteed | `TaskGroup` |

In new code take `TaskGroup` where you can; the others are for old code and special cases.
%% ko
### 언제 무엇을?

| 상황 | 도구 |
| --- | --- |
| 모두 끝날 때까지, 결과는 순서대로 | `gather` |
| 일부만 또는 첫 결과만 | `wait` |
| 끝나는 대로 하나씩 | `asCompleted` |
| 새 코드, 뒷정리 보장 | `TaskGroup` |

새 코드에서는 가능한 한 `TaskGroup`을 쓰고, 나머지는 옛 코드나 특별한 경우에 씁니다.
*/

/* %% as-completed-text S2-E11 S2-C13
### asCompleted

Each result as soon as it is there: as a plain iterator of awaitables, or as an asynchronous one that gives the **original** tasks (Python 3.13).
%% ko
### asCompleted

결과를 나오는 대로 하나씩 받습니다. 어웨이터블의 일반 이터레이터로도, **원래의** 태스크를 돌려주는 비동기 이터레이터로도 쓸 수 있습니다(파이썬 3.13).
*/

// %% as-completed S2-E11 S2-C13
await both(function* () {
  const tasks = ["a", "b", "c"].map((name) => createTask(fetchIt(name), { name }));
  for (const next of asCompleted(tasks)) console.log("받음:", yield* next);
}, async () => {
  const tasks = ["a", "b", "c"].map((name) => createTask(() => fetchAsync(name), { name }));
  for await (const done of asCompleted(tasks)) {
    const task = tasks.find((task) => task === (done as unknown)); // one of them, not a copy
    console.log("받음:", task!.result());
  }
});

/* %% to-thread-text S2-E12 S2-C14 S2-E13 S2-C15
## 5. Blocking functions

`toThread(fn, ...args)` runs a blocking function in a thread and gives something to await; inside, it is `runInExecutor` with the loop's default pool. Name a pool yourself for finer control: threads share the process, processes have memory and permissions of their own, and can always be killed. [05](05_futures_and_pools.ipynb) is all about them.
%% ko
## 5. 블로킹 함수

`toThread(fn, ...args)`는 블로킹 함수를 스레드에서 실행하고 기다릴 수 있는 것을 돌려줍니다. 내부에서는 루프의 기본 풀로 `runInExecutor`를 부릅니다. 더 세밀하게 제어하려면 풀을 직접 지정하세요. 스레드는 프로세스를 공유하고, 프로세스는 메모리와 권한이 따로 있으며 언제든 강제로 끝낼 수 있습니다. 자세한 내용은 [05](05_futures_and_pools.ipynb)에 있습니다.
*/

// %% to-thread S2-E12 S2-C14 S2-E13 S2-C15
function blockingGet(url: string) {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200); // a library that blocks
  return `the text of ${url}`;
}

let ticks = 0;
const ticker = setInterval(() => ticks++, 10);
console.log(await toThread(blockingGet, "https://example.org/"));
clearInterval(ticker);
console.log("the loop ticked meanwhile:", ticks > 3);
{
  await using pool = new ProcessPoolExecutor({ maxWorkers: 1 });
  const sum = (n: number) => (n * (n - 1)) / 2;
  const future = getEventLoop().runInExecutor(pool, sum, 10_000_000);
  console.log("from a process:", await future, "a future:", future instanceof Future);
}

/* %% stream-text S2-E14 S2-C16
## 6. Asynchronous iteration

An `async function*` hands out values with waits in between: good for streams. Here it reads a page of a little server in chunks, in the book's style, with what it opens closed again **also when the consumer breaks off**.
%% ko
## 6. 비동기 반복

`async function*`는 중간중간 기다리면서 값을 내보내므로 스트리밍에 잘 어울립니다. 여기서는 작은 서버의 페이지를 조각으로 읽습니다. 소비자가 **도중에 그만두더라도** 연 것은 반드시 닫힙니다.
*/

// %% stream S2-E14 S2-C16
const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen() {} }, () => {
  const chunks = asyncGenerator(function* () {
    for (const size of [10, 20, 30, 40]) {
      yield* emit(new Uint8Array(size));
      yield* sleep(50);
    }
  });
  return new Response(ReadableStream.from(chunks()));
});

async function* streamChunks(url: string) {
  const response = await fetch(url);
  try {
    for await (const chunk of response.body!) yield chunk;
  } finally {
    console.log("the connection is closed");
  }
}

let bytes = 0;
for await (const chunk of streamChunks(`http://127.0.0.1:${server.addr.port}/`)) {
  bytes += chunk.length;
  if (bytes >= 30) break;
}
console.log("stopped early:", bytes < 100);
await server.shutdown();

/* %% generators-table S2-T5
| | `function*` | `async function*` |
| --- | --- | --- |
| Defined | `function* f() { yield x; }` | `async function* f() { yield x; }` |
| Consumed | `for (const x of g)` | `for await (const x of g)` |
| `await` inside | no | yes |
| sleep and I/O inside | no (or blocking) | yes |

In the generator style, `asyncGenerator(function* () {...})` is an asynchronous generator too: `yield* emit(x)` hands a value out, `yield* sleep(1)` waits, and `forEach` consumes.
%% ko
| | `function*` | `async function*` |
| --- | --- | --- |
| 정의 | `function* f() { yield x; }` | `async function* f() { yield x; }` |
| 소비 | `for (const x of g)` | `for await (const x of g)` |
| 안에서 `await` | 불가 | 가능 |
| 안에서 sleep과 I/O | 불가(또는 블로킹) | 가능 |

제너레이터 방식에서는 `asyncGenerator(function* () {...})`가 비동기 제너레이터입니다. `yield* emit(x)`로 값을 내보내고, `yield* sleep(1)`로 기다리고, `forEach`로 소비합니다.
*/

// %% counter S2-E15 S2-C17
class Counter implements AsyncIterableIterator<number> {
  n = 0;
  constructor(readonly limit: number) {}

  [Symbol.asyncIterator]() {
    return this;
  }

  async next(): Promise<IteratorResult<number>> {
    if (this.n >= this.limit) return { done: true, value: undefined };
    await sleep(100);
    return { done: false, value: ++this.n };
  }
}

const counter = asyncGenerator(function* (limit: number) { // the same, shorter
  for (let n = 1; n <= limit; n++) {
    yield* sleep(100);
    yield* emit(n);
  }
});

await both(function* () {
  yield* forEach(counter(3), (n) => console.log(n));
}, async () => {
  for await (const n of new Counter(3)) console.log(n);
}, { picture: false });

/* %% context-text S2-E16
### Context managers

`asyncContextManager` is Python's `@asynccontextmanager`. The connection is closed after success, after an error, and after a cancel.
%% ko
### 컨텍스트 매니저

`asyncContextManager`는 파이썬의 `@asynccontextmanager`입니다. 성공하든, 오류가 나든, 취소되든 연결은 닫힙니다.
*/

// %% context S2-E16
const openDb = asyncContextManager(function* () {
  yield* sleep(10); // connects
  try {
    yield* provide({ execute: (sql: string) => sleep(100, `rows of ${sql}`) });
  } finally {
    yield* sleep(10);
    console.log("closed");
  }
});

await both(function* () {
  console.log(yield* asyncWith(openDb(), (conn) => conn.execute("select 1")));
  const failing = createTask(asyncWith(openDb(), () => {
    throw new Error("inside");
  }));
  yield* wait([failing]);
  console.log(String(failing.exception()));
  const slow = createTask(asyncWith(openDb(), (conn) => conn.execute("select 2")));
  yield* sleep(50);
  slow.cancel();
  yield* wait([slow]);
  console.log("cancelled:", slow.cancelled());
}, async () => {
  console.log(await asyncWith(openDb(), async (conn) => await conn.execute("select 1")));
  const failing = createTask(() =>
    asyncWith(openDb(), async () => {
      throw new Error("inside");
    })
  );
  await wait([failing]);
  console.log(String(failing.exception()));
  const slow = createTask(() =>
    asyncWith(openDb(), async (conn) => await conn.execute("select 2"))
  );
  await sleep(50);
  slow.cancel();
  await wait([slow]);
  console.log("cancelled:", slow.cancelled());
}, { picture: false });

/* %% semaphore-text S2-E17
## 7. Patterns

### At most ten at once: Semaphore
%% ko
## 7. 패턴

### 동시에 열 개까지만: Semaphore
*/

// %% semaphore S2-E17
await both(function* () {
  const semaphore = new Semaphore(10);
  let [inside, most] = [0, 0];
  const fetchOne = () =>
    asyncWith(semaphore, function* () {
      most = Math.max(most, ++inside);
      yield* sleep(100);
      inside--;
    });
  yield* gather(Array.from({ length: 25 }, fetchOne));
  console.log("25 fetched, most at once:", most);
}, async () => {
  const semaphore = new Semaphore(10);
  let [inside, most] = [0, 0];
  const fetchOne = () =>
    asyncWith(semaphore, async () => {
      most = Math.max(most, ++inside);
      await sleep(100);
      inside--;
    });
  await gather(Array.from({ length: 25 }, () => fetchOne));
  console.log("25 fetched, most at once:", most);
});

/* %% queue-text S2-E18 S2-C18
### Producer and consumer: Queue

A full queue makes the producer wait: backpressure by itself. `None` ends the stream, as in the book.
%% ko
### 생산자와 소비자: Queue

큐가 가득 차면 생산자가 자동으로 기다립니다. 백프레셔가 저절로 생기는 것입니다. 책처럼 `null`(파이썬의 `None`)로 끝을 알립니다.
*/

// %% queue S2-E18 S2-C18
await both(function* () {
  const queue = new Queue<number | null>(10);
  const got: number[] = [];
  let [fullest, waits] = [0, 0];
  yield* TaskGroup.run((group) => {
    group.createTask(function* () {
      for (let i = 0; i < 100; i++) {
        if (queue.full()) waits++;
        yield* queue.put(i);
        fullest = Math.max(fullest, queue.qsize());
      }
      yield* queue.put(null);
    }, { name: "producer" });
    group.createTask(function* () {
      for (;;) {
        const item = yield* queue.get();
        if (item === null) break;
        yield* sleep(10); // processes it
        got.push(item);
        queue.taskDone();
      }
    }, { name: "consumer" });
  });
  console.log("in order:", got.every((item, i) => item === i), "of", got.length);
  console.log("fullest:", fullest, "the producer waited:", waits > 0);
}, async () => {
  const queue = new Queue<number | null>(10);
  const got: number[] = [];
  let [fullest, waits] = [0, 0];
  await TaskGroup.run((group) => {
    group.createTask(async () => {
      for (let i = 0; i < 100; i++) {
        if (queue.full()) waits++;
        await queue.put(i);
        fullest = Math.max(fullest, queue.qsize());
      }
      await queue.put(null);
    }, { name: "producer" });
    group.createTask(async () => {
      for (;;) {
        const item = await queue.get();
        if (item === null) break;
        await sleep(10);
        got.push(item);
        queue.taskDone();
      }
    }, { name: "consumer" });
  });
  console.log("in order:", got.every((item, i) => item === i), "of", got.length);
  console.log("fullest:", fullest, "the producer waited:", waits > 0);
}, { picture: false });

/* %% join-text S2-P4
> **In the book's code** the consumer leaves before it calls `task_done()` for the `None`. A later `queue.join()` waits for ever.
>
> **Better:** `queue.shutdown()` ends the stream without a sentinel; the consumer drains the queue and gets `QueueShutDown` (a `for await` over the queue simply ends).
%% ko
> **책의 코드에서는** 소비자가 `None`에 대한 `task_done()`을 부르기 전에 빠져나갑니다. 그 뒤에 `queue.join()`을 부르면 영원히 기다립니다.
>
> **더 나은 방법:** `queue.shutdown()`은 종료 신호 없이 스트림을 끝냅니다. 소비자는 남은 것을 다 받은 뒤 `QueueShutDown`을 받습니다(`for await`로 돌면 그냥 끝납니다).
*/

// %% join S2-P4
await both(function* () {
  const queue = new Queue<number | null>();
  queue.putNowait(null);
  yield* queue.get(); // and break, without taskDone()
  try {
    yield* waitFor(queue.join(), 1000);
  } catch (error) {
    console.log("join() after the sentinel:", (error as Error).name);
  }
  const better = new Queue<number>();
  for (const item of [1, 2]) better.putNowait(item);
  better.shutdown();
  try {
    for (;;) {
      console.log("item", yield* better.get());
      better.taskDone();
    }
  } catch (error) {
    if (!(error instanceof QueueShutDown)) throw error;
  }
  yield* better.join();
  console.log("join() after shutdown() returns");
}, async () => {
  const queue = new Queue<number | null>();
  queue.putNowait(null);
  await queue.get();
  try {
    await waitFor(queue.join(), 1000);
  } catch (error) {
    console.log("join() after the sentinel:", (error as Error).name);
  }
  const better = new Queue<number>();
  for (const item of [1, 2]) better.putNowait(item);
  better.shutdown();
  for await (const item of better) {
    console.log("item", item);
    better.taskDone();
  }
  await better.join();
  console.log("join() after shutdown() returns");
}, { picture: false });

/* %% first-wins-text S2-E19 S2-C19
### The first answer wins

Ask several servers, take the first answer. The book cancels the rest and returns at once, while they still clean up. `race` waits until they have.
%% ko
### 첫 응답만 받기

여러 서버에 묻고 먼저 온 답을 씁니다. 책의 코드는 나머지를 취소하고 바로 반환하므로, 그때 나머지는 아직 정리 중입니다. `race`는 정리가 끝날 때까지 기다립니다.
*/

// %% first-wins S2-E19 S2-C19
await both(function* () {
  function* backend(name: string, ms: number) {
    try {
      yield* sleep(ms);
      return name;
    } catch (error) {
      yield* sleep(50);
      console.log(name, "has cleaned up");
      throw error;
    }
  }
  const tasks = [createTask(backend("A", 300)), createTask(backend("B", 100))];
  const { done, pending } = yield* wait(tasks, { returnWhen: FIRST_COMPLETED });
  for (const task of pending) task.cancel();
  console.log("wait:", [...done][0]!.result());
  yield* sleep(200);
  console.log("race:", yield* race([backend("A", 300), backend("B", 100)]));
}, async () => {
  async function backend(name: string, ms: number) {
    try {
      await sleep(ms);
      return name;
    } catch (error) {
      await sleep(50);
      console.log(name, "has cleaned up");
      throw error;
    }
  }
  const tasks = [createTask(() => backend("A", 300)), createTask(() => backend("B", 100))];
  const { done, pending } = await wait(tasks, { returnWhen: FIRST_COMPLETED });
  for (const task of pending) task.cancel();
  console.log("wait:", [...done][0]!.result());
  await sleep(200);
  console.log("race:", await race([() => backend("A", 300), () => backend("B", 100)]));
});

/* %% timeout-text S2-E20
### A time limit for a block
%% ko
### 블록에 제한 시간 걸기
*/

// %% timeout S2-E20
await both(function* () {
  try {
    yield* asyncWith(timeout(5000), () => sleep(60_000, "data"));
  } catch (error) {
    if (!(error instanceof TimeoutError)) throw error;
    console.log("5초 초과");
  }
}, async () => {
  try {
    await asyncWith(timeout(5000), async () => await sleep(60_000, "data"));
  } catch (error) {
    if (!(error instanceof TimeoutError)) throw error;
    console.log("5초 초과");
  }
}, { picture: false });

/* %% cancel-text S2-C20 S2-E21
## 8. Cancellation

`CancelledError` is thrown **where the task waits**. Clean up there, also with awaits, and throw it on.
%% ko
## 8. 취소

`CancelledError`는 태스크가 **기다리고 있는 지점에서** 던져집니다. 그 자리에서 (비동기로도) 정리하고 다시 던지세요.
*/

// %% cancel S2-C20 S2-E21
await both(function* () {
  const work = createTask(function* () {
    try {
      console.log("before the await");
      yield* sleep(10_000); // here
      console.log("never");
    } catch (error) {
      console.log("cleanup start");
      yield* sleep(200);
      console.log("cleanup end");
      throw error;
    }
  }, { name: "work" });
  yield* sleep(100);
  work.cancel();
  yield* wait([work]);
  console.log("cancelled:", work.cancelled());
}, async () => {
  const work = createTask(async () => {
    try {
      console.log("before the await");
      await sleep(10_000);
      console.log("never");
    } catch (error) {
      console.log("cleanup start");
      await sleep(200);
      console.log("cleanup end");
      throw error;
    }
  }, { name: "work" });
  await sleep(100);
  work.cancel();
  await wait([work]);
  console.log("cancelled:", work.cancelled());
});

/* %% swallow-text S2-P5
Who catches it and does not throw it on tells everybody that the task ended normally. JavaScript makes that easy: a bare `catch` catches everything. Debug mode warns.
%% ko
잡고 나서 다시 던지지 않으면 태스크가 정상 종료된 것으로 취급되고, 정리의 사슬이 끊어집니다. 자바스크립트의 `catch`는 모든 것을 잡기 때문에 저지르기 쉬운 실수입니다. 디버그 모드가 경고해 줍니다.
*/

// %% swallow S2-P5
await play(function* () {
  const task = createTask(function* () {
    try {
      yield* sleep(10_000);
    } catch {
      // swallowed
    }
    return "normal";
  }, { name: "swallows" });
  yield* sleep(100);
  task.cancel();
  console.log(yield* task);
  console.log("cancelled:", task.cancelled(), "cancelling:", task.cancelling());
}, { debug: true, picture: false });

/* %% shield-text S2-E22 S2-C21
### shield

> **The book says** that shielded work is not affected by a cancel from outside, good for the last step of a payment.
>
> **True for the work, not for who waits:** the caller gets `CancelledError` at once, and the payment goes on with nobody waiting. `shieldScope` makes the caller wait, and delivers the cancel afterwards.
%% ko
### shield

> **책에 따르면** shield로 감싼 작업은 외부 취소의 영향을 받지 않으므로 결제 마지막 단계 같은 곳에 좋습니다.
>
> **작업은 그렇지만 기다리는 쪽은 다릅니다.** 호출한 쪽은 바로 `CancelledError`를 받고, 결제는 아무도 기다리지 않는 채로 계속됩니다. `shieldScope`는 호출한 쪽도 기다리게 하고 그다음에 취소를 전달합니다.
*/

// %% shield S2-E22 S2-C21
await both(function* () {
  function* payment() {
    yield* sleep(200);
    console.log("paid");
  }
  const detached = createTask(() => shield(createTask(payment(), { name: "payment" })), {
    name: "shield",
  });
  const waits = createTask(() => shieldScope(payment), { name: "shieldScope" });
  for (const task of [detached, waits]) {
    task.addDoneCallback(() => console.log(`${task.name} is over, cancelled: ${task.cancelled()}`));
  }
  yield* sleep(50);
  for (const task of [detached, waits]) task.cancel();
  yield* sleep(500);
}, async () => {
  async function payment() {
    await sleep(200);
    console.log("paid");
  }
  const detached = createTask(() => shield(createTask(payment, { name: "payment" })), {
    name: "shield",
  });
  const waits = createTask(() => shieldScope(payment), { name: "shieldScope" });
  for (const task of [detached, waits]) {
    task.addDoneCallback(() => console.log(`${task.name} is over, cancelled: ${task.cancelled()}`));
  }
  await sleep(50);
  for (const task of [detached, waits]) task.cancel();
  await sleep(500);
});

/* %% debug-text S2-E23 S2-C22 S2-C23 S2-C24 S2-C25
## 9. Debug mode

`run(main, { debug: true })`, or for a whole program `ASYNCIO_DEBUG=1 deno run app.ts` (Python's is `PYTHONASYNCIODEBUG=1`). It warns of

- code that runs too long without an await (over 100 ms; `loop.slowCallbackMs` changes that),
- a forgotten await,
- a failure that nobody looked at,

each with the place where it was made. In debug mode a `CancelledError` has a stack that leads to the await, too. The book says that 90 % of asynchronous bugs are caught this way: an opinion, without a source, but do leave it on while you develop.
%% ko
## 9. 디버그 모드

`run(main, { debug: true })`, 또는 프로그램 전체에 `ASYNCIO_DEBUG=1 deno run app.ts`(파이썬은 `PYTHONASYNCIODEBUG=1`)로 켭니다. 다음을 경고합니다.

- `await` 없이 너무 오래 실행된 코드(100 ms 초과, `loop.slowCallbackMs`로 조정)
- 빠뜨린 `await`
- 아무도 확인하지 않은 실패

모두 만들어진 위치를 함께 알려 줍니다. 디버그 모드에서는 `CancelledError`에도 기다리던 곳을 가리키는 스택이 있습니다. 책은 비동기 버그의 90 %가 여기서 잡힌다고 합니다. 출처 없는 의견이지만, 개발 중에는 켜 두는 것이 좋습니다.
*/

// %% debug S2-E23 S2-C23 S2-C24
await play(function* () {
  sleep(1000); // no yield*
  createTask(function* () {
    throw new Error("nobody looked");
  }, { name: "careless" });
  yield* sleep(3000);
}, { debug: true, picture: false });

// %% debug-slow S2-C22 measured
await play(function* () {
  createTask(function* () {
    for (const end = Date.now() + 187; Date.now() < end;);
  }, { name: "busy" });
  yield* sleep(0);
}, { debug: true, picture: false });

/* %% summary S2-C26 S2-N2
## In one paragraph

One coroutine at a time, and `await` is where they take turns. Code for the processor has no such place: `toThread` or a process pool. A task is a future that a coroutine fills; in Python keep a reference to it. `gather` gives a list, `wait` two sets, `asCompleted` each as it comes; new code takes `TaskGroup`. `async function*`, `for await` and `asyncWith` make streams and resources safe. Catch `CancelledError` only to clean up, and throw it on; `shield` keeps it off. Debug mode while you develop.

The book goes on with the GIL and free-threaded Python. JavaScript has no GIL: each thread has an engine of its own, and shares only what is in a `SharedArrayBuffer`. See [05](05_futures_and_pools.ipynb).
%% ko
## 한 단락 요약

이벤트 루프는 한 번에 한 코루틴만 실행하고, `await`가 차례를 넘기는 지점입니다. CPU를 쓰는 코드에는 그런 지점이 없으므로 `toThread`나 프로세스 풀로 보냅니다. Task는 코루틴이 채우는 Future이고, 파이썬에서는 참조를 유지해야 합니다. `gather`는 결과 목록을, `wait`는 두 집합을, `asCompleted`는 끝나는 대로 하나씩 주며, 새 코드에는 `TaskGroup`을 씁니다. `async function*`, `for await`, `asyncWith`는 스트림과 자원을 안전하게 다룹니다. `CancelledError`는 정리할 때만 잡고 다시 던집니다. `shield`는 취소를 막아 줍니다. 개발 중에는 디버그 모드를 켭니다.

책의 다음 장은 GIL과 free-threaded 파이썬을 다룹니다. 자바스크립트에는 GIL이 없습니다. 스레드마다 엔진이 따로 있고 `SharedArrayBuffer`에 담긴 것만 공유합니다. [05](05_futures_and_pools.ipynb)에서 이어집니다.
*/

// What this library has and asyncio has not.

/* %% title
# Beyond asyncio

What Python's asyncio does not have: time under your control, races that are found and replayed, pictures of what waits for what, groups that can be steered, and one kind of job for every place.

From JSR, write `"jsr:@taskloop/asyncio"` instead of `"../mod.ts"`.
%% ko
# asyncio 너머

파이썬 asyncio에는 없는 것들입니다. 마음대로 움직이는 시간, 찾아내고 재현할 수 있는 경쟁 상태, 무엇이 무엇을 기다리는지 보여 주는 그림, 조종할 수 있는 그룹, 그리고 어디서든 실행되는 작업입니다.

JSR에서 가져올 때는 `"../mod.ts"` 형태의 경로 대신 `"jsr:@taskloop/asyncio"`라고 씁니다.
*/

// %% setup
import {
  asyncWith,
  type CancelledError,
  createTask,
  currentTask,
  eagerTaskFactory,
  explore,
  formatCallGraph,
  formatTaskTree,
  gather,
  getRunningLoop,
  InlineExecutor,
  Lock,
  moveOnAfter,
  ProcessPoolExecutor,
  race,
  run,
  SeededScheduler,
  sleep,
  type Task,
  TaskGroup,
  ThreadPoolExecutor,
  timeout,
  VirtualClock,
  wait,
} from "../../mod.ts";
import { play } from "../lib/play.ts";

/* %% time
## Time that you control

On a `VirtualClock`, time stands still while anything can run, and jumps when nothing can. An hour passes at once, and to the millisecond; all examples of these notebooks run like this, and so can your tests.
%% ko
## 마음대로 움직이는 시간

`VirtualClock`에서는 실행할 것이 있는 동안 시간이 멈춰 있고, 없으면 다음 시점으로 건너뜁니다. 한 시간이 순식간에, 1밀리초의 오차도 없이 흐릅니다. 이 노트북의 예제가 모두 이렇게 실행되며, 여러분의 테스트도 그렇게 할 수 있습니다.
*/

// %% an-hour
const began = performance.now();
const hour = await run(function* () {
  const start = getRunningLoop().time();
  yield* gather([sleep(3_600_000), sleep(60_000)]);
  return getRunningLoop().time() - start;
}, { clock: new VirtualClock() });
console.log(
  "virtual:",
  hour / 3_600_000,
  "h; less than a second of ours:",
  performance.now() - began < 1000,
);

/* %% deadlock
When everybody waits for everybody, a run on virtual time does not hang. It ends with an error that says who waits for whom.
%% ko
모두가 서로를 기다리면, 가상 시계 위의 실행은 멈춰 있지 않고 누가 누구를 기다리는지 알려 주는 오류로 끝납니다.
*/

// %% deadlock-found
try {
  await run(function* () {
    currentTask()!.name = "main";
    const [left, right] = [new Lock(), new Lock()];
    const philosopher = (first: Lock, second: Lock) =>
      asyncWith(first, function* () {
        yield* sleep(10);
        yield* second.acquire();
      });
    yield* gather([
      createTask(philosopher(left, right), { name: "Plato" }),
      createTask(philosopher(right, left), { name: "Kant" }),
    ]);
  }, { clock: new VirtualClock() });
} catch (error) {
  console.log((error as Error).message);
}

/* %% explore
## Races, found and replayed

Most schedules hide a race. `explore` runs a program in hundreds of different orders, each decided by a seed, and gives the seed of the first that fails. With that seed the failure comes back every time.
%% ko
## 찾아내고 재현하는 경쟁 상태

대부분의 실행 순서에서는 경쟁 상태가 드러나지 않습니다. `explore`는 시드로 정해지는 수백 가지 순서로 프로그램을 실행하고, 처음 실패한 순서의 시드를 알려 줍니다. 그 시드로 실행하면 같은 실패가 매번 재현됩니다.
*/

// %% race-found measured
let steps: string[] = [];

async function bank() {
  steps = [];
  let balance = 100;
  const withdraw = async (who: string, amount: number) => {
    if (balance < amount) return steps.push(`${who} is refused`);
    steps.push(`${who} sees ${balance}`);
    await sleep(0); // asks somebody; others come in
    balance -= amount;
    steps.push(`${who} leaves ${balance}`);
  };
  const first = createTask(() => withdraw("Ada", 80), { name: "Ada" });
  for (let i = 0; i < 6; i++) await sleep(0); // usually long enough
  await withdraw("Bob", 80);
  await first;
  if (balance < 0) throw new RangeError(`the balance is ${balance}`);
}

await run(bank, { clock: new VirtualClock() });
console.log("as usual:", steps.join(", "));
const failure = await explore(bank, { runs: 500 }).catch((error) => error);
console.log(`run ${failure.runs}, seed ${failure.seed}:`, String(failure.cause));

/* %% replay
The same seed gives the same run, as often as you like:
%% ko
같은 시드는 몇 번을 실행해도 같은 순서로 실행됩니다.
*/

// %% replayed
for (let i = 0; i < 2; i++) {
  const scheduler = new SeededScheduler(failure.seed);
  await run(bank, { clock: new VirtualClock(), scheduler }).catch(() => {});
  console.log(steps.join(", "));
}

/* %% inspect
## Who waits for whom

`formatTaskTree()` shows all tasks of a loop, `formatCallGraph(task)` who waits for one. A `Tracer` records a run: `timelineSvg()` is the picture of these notebooks, and `chromeTrace()` opens in [Perfetto](https://ui.perfetto.dev).
%% ko
## 누가 누구를 기다리나

`formatTaskTree()`는 이벤트 루프의 모든 태스크를, `formatCallGraph(task)`는 한 태스크를 누가 기다리는지 보여 줍니다. `Tracer`는 실행을 기록합니다. `timelineSvg()`가 이 노트북의 그림이고, `chromeTrace()`는 [Perfetto](https://ui.perfetto.dev)에서 열 수 있습니다.
*/

// %% inspected
await play(function* () {
  const pages = [1, 2].map((n) => createTask(sleep(n * 100), { name: `page ${n}` }));
  createTask(function* report() {
    yield* TaskGroup.run(function* () {
      yield* gather(pages);
    });
  }, { name: "report" });
  yield* sleep(50);
  console.log(formatTaskTree().trimEnd());
  console.log("");
  console.log(formatCallGraph(pages[0]).trimEnd());
  yield* sleep(200);
}, { picture: false });

/* %% groups
## Groups that can be steered

A `TaskGroup` may have a limit; it may collect errors instead of stopping at the first; it can be ended early without an error. `moveOnAfter` is a timeout that leaves quietly.
%% ko
## 조종할 수 있는 그룹

`TaskGroup`은 동시에 실행할 수를 제한할 수 있고, 첫 오류에서 멈추는 대신 오류를 모을 수 있으며, 오류 없이 일찍 끝낼 수도 있습니다. `moveOnAfter`는 조용히 빠져나오는 제한 시간입니다.
*/

// %% limited
await play(() =>
  TaskGroup.run((group) => {
    for (const n of [1, 2, 3, 4, 5]) group.createTask(sleep(100), { name: `job ${n}` });
  }, { limit: 2 })
);

// %% steered
await play(function* () {
  try {
    yield* TaskGroup.run((group) => {
      for (const n of [1, 2, 3]) {
        group.createTask(function* () {
          yield* sleep(n * 100);
          if (n !== 2) throw new Error(`job ${n} failed`);
          console.log(`job ${n} ran to its end`);
        });
      }
    }, { onError: "collect" });
  } catch (error) {
    console.log("collected:", (error as AggregateError).errors.map(String));
  }

  yield* TaskGroup.run(function* (group) {
    group.createTask(sleep(60_000), { name: "listener" });
    yield* sleep(100);
    group.cancel("enough");
  });
  console.log("the group ended early, without an error");

  const limit = moveOnAfter(100);
  yield* asyncWith(limit, () => sleep(60_000));
  console.log("moved on:", limit.expired());
}, { picture: false });

/* %% jobs
## One job, every place

An executor is where a job runs; the job and the code around it stay the same. `InlineExecutor` runs it here (for tests), `ThreadPoolExecutor` in threads, `ProcessPoolExecutor` in processes that can always be killed. A cluster is the same interface again, in `@taskloop/asyncio/distributed`; it needs a server and is not run here. [05](05_futures_and_pools.ipynb) measures them.
%% ko
## 하나의 작업, 어디서나

실행기는 작업이 실행되는 장소이고, 작업과 그 주변 코드는 그대로입니다. `InlineExecutor`는 바로 여기서(테스트용), `ThreadPoolExecutor`는 스레드에서, `ProcessPoolExecutor`는 언제든 강제로 끝낼 수 있는 프로세스에서 실행합니다. 클러스터도 `@taskloop/asyncio/distributed`에 있는 같은 인터페이스이지만, 서버가 필요하므로 여기서는 실행하지 않습니다. [05](05_futures_and_pools.ipynb)에서 속도를 잽니다.
*/

// %% every-place
function primes(below: number) {
  let count = 0;
  for (let n = 2; n < below; n++) {
    let prime = true;
    for (let d = 2; d * d <= n && prime; d++) prime = n % d !== 0;
    if (prime) count++;
  }
  return count;
}

for (const Pool of [InlineExecutor, ThreadPoolExecutor, ProcessPoolExecutor]) {
  await using pool = new Pool();
  console.log(Pool.name.padEnd(20), await pool.submit(primes, 10_000));
}

/* %% golden G1 G2 G3 G4 G5 G6 G7 G8 G9 G10
## And where asyncio decides, we agree

Orders and errors that every program depends on. These ten lines are those that CPython 3.13 gives (2,827 more programs are compared in the tests).
%% ko
## asyncio가 정한 것은 그대로

모든 프로그램이 기대는 순서와 오류입니다. 다음 열 줄은 CPython 3.13의 결과와 같습니다. (테스트에서는 프로그램 2,827개를 더 비교합니다.)
*/

// %% golden-lines G1 G2 G3 G4 G5 G6 G7 G8 G9 G10
await play(function* () {
  const loop = getRunningLoop();
  let events: unknown[] = [];
  const tell = (id: string) => {
    console.log(id.padEnd(3), events.join(", "));
    events = [];
  };
  function* body() {
    events.push("start");
    yield* sleep(0);
    events.push("end");
  }
  for (const factory of [null, eagerTaskFactory]) {
    loop.setTaskFactory(factory);
    const task = createTask(body());
    events.push("after create");
    yield* task;
    tell("G1");
  }
  loop.setTaskFactory(null);

  const settled = loop.createFuture<void>();
  settled.setResult();
  settled.addDoneCallback(() => events.push("cb"));
  events.push("sync");
  yield* sleep(0);
  tell("G2");

  const shared = loop.createFuture<void>();
  const waiters = [0, 1].map((n) =>
    createTask(function* () {
      yield* shared;
      events.push(n);
    })
  );
  yield* sleep(0);
  shared.addDoneCallback(() => events.push("cb"));
  shared.setResult();
  yield* gather(waiters);
  tell("G3");

  loop.callLater(20, () => events.push("later"));
  loop.callAt(loop.time() + 10, () => events.push("at"));
  loop.callSoon(() => events.push("soon1"));
  loop.callSoon(() => events.push("never")).cancel();
  loop.callSoon(() => events.push("soon2"));
  yield* sleep(50);
  tell("G4");

  const task: Task<string> = createTask(function* () {
    try {
      yield* sleep(1000);
    } catch (error) {
      events.push((error as CancelledError).message, task.cancelling(), task.uncancel());
    }
    return "returned";
  });
  yield* sleep(0);
  task.cancel("because");
  events.push(yield* task);
  tell("G5");

  try {
    yield* TaskGroup.run((group) => {
      group.createTask(function* () {
        try {
          yield* sleep(1000);
        } catch (error) {
          events.push("cancelled");
          throw error;
        }
      });
      group.createTask(function* () {
        yield* sleep(0);
        throw new RangeError("wrong value");
      });
    });
  } catch (error) {
    const group = error as AggregateError;
    events.push(group.name, group.errors.length, group.errors[0]);
  }
  tell("G6");

  events.push((yield* gather([])).length);
  tell("G7");

  const limit = timeout(10_000);
  try {
    yield* asyncWith(limit, function* () {
      limit.reschedule(loop.time() + 10);
      yield* sleep(1000);
    });
  } catch (error) {
    events.push((error as Error).name, limit.expired());
  }
  tell("G8");

  const self: Task<void> = createTask(function* () {
    try {
      yield* self;
    } catch (error) {
      events.push((error as Error).name);
    }
  });
  yield* self;
  tell("G9");

  const slow = createTask(sleep(1000));
  const { done, pending } = yield* wait([slow], { timeoutMs: 10 });
  events.push(done.size, pending.size, slow.cancelled());
  tell("G10");
  yield* race([slow]);
}, { picture: false });

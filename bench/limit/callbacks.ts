/** Plain callbacks, without a task: appended to one array, called in order. */

/** n callbacks, ten thousand at a time. */
export function callSoon(n: number): number {
  let called = 0;
  const count = () => {
    called++;
  };
  for (let i = 0; i < n; i += 10_000) {
    for (let j = 0; j < 10_000; j++) ready.push(count);
    while (ready.length > 0) runReady();
  }
  return called;
}

let ready: (() => void)[] = [];
let running: (() => void)[] = [];

function runReady(): void {
  [ready, running] = [running, ready];
  for (let i = 0; i < running.length; i++) running[i]!();
  running.length = 0;
}

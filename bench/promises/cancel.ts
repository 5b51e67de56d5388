/** What the platform offers for the same jobs: an AbortController for each async function. */

/** n async functions wait inside try/finally; all are aborted, and awaited. Counts the finally blocks. */
export async function cancelStorm(n: number): Promise<number> {
  const cleaned = { count: 0 };
  const controllers: AbortController[] = new Array(n);
  const tasks: Promise<void>[] = new Array(n);
  for (let i = 0; i < n; i++) {
    const controller = controllers[i] = new AbortController();
    tasks[i] = guarded(controller.signal, cleaned);
  }
  for (const controller of controllers) controller.abort(aborted);
  const outcomes = await Promise.allSettled(tasks);
  return outcomes.every((outcome) => outcome.status === "rejected") ? cleaned.count : NaN;
}

/**
 * n async functions: the last one fails, the others are aborted and awaited. Each has a controller of its
 * own, for a signal looks through all its listeners whenever one is added.
 */
export async function groupFailure(n: number): Promise<number> {
  const cleaned = { count: 0 };
  const controllers = Array.from({ length: n - 1 }, () => new AbortController());
  const children = controllers.map(({ signal }) => guarded(signal, cleaned));
  const all = [...children, failing()];
  try {
    await Promise.all(all);
  } catch (error) {
    if (error !== failure) throw error;
    for (const controller of controllers) controller.abort(aborted);
    const outcomes = await Promise.allSettled(all);
    return outcomes.every(({ status }) => status === "rejected") ? cleaned.count + 1 : NaN;
  }
  return NaN;
}

const failure = new Error("The last child fails");

async function failing(): Promise<void> {
  await undefined;
  throw failure;
}

const aborted = { name: "AbortError" };

async function guarded(signal: AbortSignal, cleaned: { count: number }): Promise<void> {
  try {
    await new Promise((_, reject) => {
      signal.addEventListener("abort", () => reject(signal.reason));
    });
  } finally {
    cleaned.count++;
  }
}

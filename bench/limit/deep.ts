/**
 * A chain of a thousand bodies, each waiting for the next, on the limit's own stack: yielding a body
 * calls it, and a wake-up resumes the innermost body without touching the ones above.
 */

const FRAMES = 1000;

type Frame = Generator<Frame | undefined, unknown, unknown>;

/** The innermost of a thousand frames gives way n times; the check value comes up through all of them. */
export function deepResume(n: number): number {
  return runStacked(frame(FRAMES - 1, n)) as number;
}

function* frame(below: number, n: number): Frame {
  if (below > 0) return yield frame(below - 1, n);
  for (let i = 0; i < n; i++) yield undefined;
  return n;
}

interface StackedTask {
  readonly stack: Frame[];
  sent: unknown;
}

function runStacked(main: Frame): unknown {
  const ready: StackedTask[] = [{ stack: [main], sent: undefined }];
  let result: unknown;
  while (ready.length > 0) {
    const task = ready.pop()!;
    while (task.stack.length > 0) {
      const { done, value } = task.stack[task.stack.length - 1]!.next(task.sent);
      task.sent = undefined;
      if (done) {
        task.stack.pop();
        task.sent = result = value;
      } else if (value === undefined) {
        ready.push(task);
        break;
      } else task.stack.push(value);
    }
  }
  return result;
}

/**
 * Thenables that are no promises, and do what a promise never does.
 */
import { createTask, ensureFuture, gather, sleep, waitFor } from "../../mod.ts";
import { bothStyles, once } from "../support/both_styles.ts";

type Settle = (value: unknown) => void;

/** What `then` does, and what whoever waits for it sees. */
const THENABLES: [what: string, then: (ok: Settle, fail: Settle) => void, seen: string][] = [
  ["throws", () => {
    throw new Error("thrown by then");
  }, "Error: thrown by then"],
  ["settles twice", (ok) => {
    ok("first");
    ok("second");
  }, "first"],
  ["succeeds and fails", (ok, fail) => {
    ok("first");
    fail(new Error("second"));
  }, "first"],
];

for (const [what, then, seen] of THENABLES) {
  bothStyles(
    `createTask(), ensureFuture(), gather() and waitFor() take a thenable that ${what}`,
    once(({ define, on }, print) =>
      define(function* main() {
        const thenable = { then } as PromiseLike<unknown>;
        const bystander = createTask(sleep(10, "bystander"));
        for (
          const wait of [
            () => createTask(() => thenable),
            () => createTask(thenable),
            () => ensureFuture(thenable),
            () => gather([thenable]),
            () => waitFor(thenable, 5),
          ]
        ) {
          try {
            print(yield* on(wait()));
          } catch (error) {
            print(error);
          }
        }
        print(yield* on(bystander));
      })
    ),
    [...Array.from({ length: 5 }, () => [0, seen] as const), [10, "bystander"]],
  );
}

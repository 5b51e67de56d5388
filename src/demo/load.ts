// One download, in both styles. Cancelling its task ends the request, and the connection with it.
//
// The signal stops the fetch; ensureFuture is what the cancelled task leaves at once, without waiting
// until the fetch has noticed.

import type { Page } from "./pages.ts";
import type { Stage } from "./step.ts";
import { type CoroutineGenerator, currentTask, ensureFuture } from "../../mod.ts";

export interface LoadOptions {
  /** The site takes long over it. */
  slow?: boolean;
}

/** Gives the page's size in bytes; for generators. */
export function* load(
  stage: Stage,
  page: Page,
  options: LoadOptions = {},
): CoroutineGenerator<number> {
  const { signal } = currentTask()!;
  const response = yield* ensureFuture(fetch(stage.site.url(page, options), { signal }));
  const { length } = yield* ensureFuture(response.bytes());
  check(response);
  stage.arrived(length);
  return length;
}

/** Gives the page's size in bytes; for async functions. */
export async function loadAsync(
  stage: Stage,
  page: Page,
  options: LoadOptions = {},
): Promise<number> {
  const { signal } = currentTask()!;
  const response = await ensureFuture(fetch(stage.site.url(page, options), { signal }));
  const { length } = await ensureFuture(response.bytes());
  check(response);
  stage.arrived(length);
  return length;
}

function check({ ok, status, statusText }: Response): void {
  if (!ok) throw new Error(`${status} ${statusText}`);
}

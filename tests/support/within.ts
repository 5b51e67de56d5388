/** Waits for what nobody tells about: the system, a file, a state in Redis or in another thread. */

const LOOK_MS = 5;

/**
 * Waits until `condition` holds, and fails when it does not come to that.
 *
 * @param ms For so long at most.
 * @param whyNot What to say then.
 */
export async function within(
  condition: () => boolean | Promise<boolean>,
  ms = 5000,
  whyNot = () => `It did not come to that in ${ms} ms`,
): Promise<void> {
  const end = performance.now() + ms;
  while (!await condition()) {
    if (performance.now() > end) throw new Error(whyNot());
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}

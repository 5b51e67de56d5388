/** What piscina's workers load. */

import { move } from "piscina";

export * from "./jobs.ts";

export function echoMoved(buffer: ArrayBuffer): unknown {
  return move(buffer);
}

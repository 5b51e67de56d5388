/** What tinypool's workers load. */

import { Tinypool } from "tinypool";

export * from "./jobs.ts";

export function echoMoved(buffer: ArrayBuffer): unknown {
  return Tinypool.move(buffer);
}

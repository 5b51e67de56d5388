// A time axis with round numbers.

import type { TraceRange } from "./trace.ts";

/** A place on the axis. */
export interface Tick {
  /** In milliseconds since the start of the range. */
  readonly at: number;
  readonly label: string;
}

/**
 * Round times, about `room` of them or fewer, from the start of the range on.
 *
 * @param room How many labels there is room for, at least 1.
 */
export function ticks(range: TraceRange, room: number): Tick[] {
  const length = range.end - range.start;
  if (length <= 0) return [{ at: 0, label: "0 ms" }];
  const step = roundUp(length / Math.max(1, room));
  const format = formatter(length, step);
  const count = Math.floor(length / step + 1e-9);
  return Array.from({ length: count + 1 }, (_, i) => ({ at: i * step, label: format(i * step) }));
}

/** A duration in the unit that suits it, with three digits. */
export function formatDuration(ms: number): string {
  if (ms < 0.9995) return `${round(ms * 1000)} µs`;
  if (ms < 999.5) return `${round(ms)} ms`;
  return `${round(ms / 1000)} s`;
}

function round(value: number): string {
  return String(Number(value.toPrecision(3)));
}

/** The next of 1, 2, 5, 10, 20, … */
function roundUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  const factor = [1, 2, 5].find((factor) => factor * power >= value * (1 - 1e-9)) ?? 10;
  return factor * power;
}

function formatter(length: number, step: number): (ms: number) => string {
  const [unit, scale] = length >= 2000 ? ["s", 1000] : length >= 2 ? ["ms", 1] : ["µs", 0.001];
  const digits = Math.max(0, -Math.floor(Math.log10(step / scale) + 1e-9));
  return (ms) => `${ms === 0 ? "0" : (ms / scale).toFixed(digits)} ${unit}`;
}

// What a worker says of itself.

/** One thing that happened; a line of JSON in the worker command. */
export interface LogRecord {
  /** ISO 8601. */
  readonly time: string;
  /** How much it matters. */
  readonly level: "debug" | "info" | "warn" | "error";
  /** What: "started", "done", "failed", "stalled", "stopping", "stopped", "connection", "warning". */
  readonly event: string;
  /** Job, name, attempt, text and so on. */
  readonly [detail: string]: unknown;
}

/** Takes records. */
export type Log = (record: LogRecord) => void;

/** A record of now. */
export function logRecord(
  level: LogRecord["level"],
  event: string,
  details: Record<string, unknown> = {},
): LogRecord {
  return { time: new Date().toISOString(), level, event, ...details };
}

// Spans of OpenTelemetry: one for a submission, one for each attempt on a worker, in one trace. Nothing is
// imported for it: who collects spans (Deno with OTEL_DENO=true, or a program with the API's package) has
// left the API at a place that all agree on. Where nobody has, it costs one look.

/** A span, as far as it is needed here. */
export interface Span {
  spanContext(): SpanContext;
  setStatus(status: { code: number; message?: string }): unknown;
  end(): void;
}

interface SpanContext {
  readonly traceId: string;
  readonly spanId: string;
  readonly traceFlags: number;
}

interface Context {
  setValue(key: symbol, value: unknown): Context;
}

interface Tracer {
  startSpan(name: string, options: object, parent?: Context): Span;
}

interface Api {
  readonly trace?: { getTracer(name: string): Tracer };
  readonly context?: { active(): Context };
}

/** What a span is about. */
export interface Message {
  /** As dashboards show it: `jobs.square`. */
  readonly name: string;
  readonly queue: string;
  readonly jobId: string;
}

const API = Symbol.for("opentelemetry.js.api.1");
const PARENT = Symbol.for("OpenTelemetry Context Key SPAN");
const PRODUCER = 3;
const CONSUMER = 4;
const FAILED = 2;

/**
 * Makes the span of a submission, below the one that is active.
 *
 * @returns What it is called by the W3C, for the job's span to be its child; undefined when nobody listens.
 */
export function traceSubmission(message: Message): string | undefined {
  const api = registered();
  const span = api?.trace?.getTracer(TRACER).startSpan(`send ${message.name}`, {
    kind: PRODUCER,
    attributes: attributesOf(message, "send"),
  }, api.context?.active());
  if (span === undefined) return undefined;
  span.end();
  const { traceId, spanId, traceFlags } = span.spanContext();
  const traceparent = `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, "0")}`;
  return parentOf(traceparent) === null ? undefined : traceparent;
}

/** Begins the span of an attempt; null when nobody listens. */
export function traceAttempt(message: Message, traceparent: string | undefined): Span | null {
  const api = registered();
  const active = api?.context?.active();
  const parent = parentOf(traceparent);
  const span = api?.trace?.getTracer(TRACER).startSpan(`process ${message.name}`, {
    kind: CONSUMER,
    attributes: attributesOf(message, "process"),
  }, parent === null ? active : active?.setValue(PARENT, { spanContext: () => parent }));
  return span ?? null;
}

/** Ends the span of an attempt that failed. */
export function endAsFailed(span: Span | null, headline: string): void {
  span?.setStatus({ code: FAILED, message: headline });
  span?.end();
}

const TRACER = "@taskloop/asyncio";

function registered(): Api | undefined {
  return (globalThis as { [API]?: Api })[API];
}

function attributesOf({ queue, jobId }: Message, type: string): Record<string, string> {
  return {
    "messaging.system": "bullmq",
    "messaging.operation.type": type,
    "messaging.destination.name": queue,
    "messaging.message.id": jobId,
  };
}

/** The span of that name, which is elsewhere; null when it is none. */
function parentOf(traceparent: string | undefined): SpanContext & { isRemote: true } | null {
  const match = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/.exec(traceparent ?? "");
  if (match === null || /^0+$/.test(match[1]!) || /^0+$/.test(match[2]!)) return null;
  const [, traceId, spanId, flags] = match as unknown as [string, string, string, string];
  return { traceId, spanId, traceFlags: parseInt(flags, 16), isRemote: true };
}

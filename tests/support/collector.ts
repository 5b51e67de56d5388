/** Takes spans as OpenTelemetry's exporters send them, from processes on this machine. */

export interface Span {
  /** The process, by what `OTEL_SERVICE_NAME` calls it. */
  readonly service: string;
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
}

export class Collector implements AsyncDisposable {
  readonly spans: Span[] = [];
  readonly #server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen() {} },
    (request) => this.#take(request),
  );

  /** The environment of a process that shall send its spans here. */
  env(service: string): Record<string, string> {
    return {
      NO_PROXY: "127.0.0.1",
      OTEL_BSP_SCHEDULE_DELAY: "50", // a span is sent when it has ended, about
      OTEL_DENO: "true",
      OTEL_DENO_CONSOLE: "ignore",
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${this.#server.addr.port}`,
      OTEL_EXPORTER_OTLP_PROTOCOL: "http/json",
      OTEL_SERVICE_NAME: service,
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server.shutdown();
  }

  async #take(request: Request): Promise<Response> {
    const body = await request.json();
    for (const { resource, scopeSpans } of body.resourceSpans ?? []) {
      const { value } = resource.attributes.find(({ key }: Attribute) => key === "service.name");
      for (const { spans } of scopeSpans) {
        for (const span of spans) this.spans.push({ service: value.stringValue, ...span });
      }
    }
    return Response.json({});
  }
}

interface Attribute {
  readonly key: string;
}

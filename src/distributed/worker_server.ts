// What a worker serves to those who look after it: whether it is well, and its numbers. Nothing can be
// done to it from there.

import type { ClusterWorker } from "./cluster_worker.ts";

/** Serves until it is shut down. Gives the port, too. */
export function serveHealth(
  worker: ClusterWorker,
  { hostname, port }: { hostname: string; port: number },
): Deno.HttpServer<Deno.NetAddr> {
  return Deno.serve({ hostname, port, onListen() {} }, ({ url, method }) => {
    if (method !== "GET" && method !== "HEAD") return new Response(null, { status: 405 });
    switch (new URL(url).pathname) {
      case "/health": {
        const status = worker.isHealthy ? "ok" : "unavailable";
        return Response.json({ status }, { status: worker.isHealthy ? 200 : 503 });
      }
      case "/stats":
        return Response.json(worker.stats());
      default:
        return new Response(null, { status: 404 });
    }
  });
}

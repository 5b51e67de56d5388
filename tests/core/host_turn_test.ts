// Tasks that are always ready, and a host that wants its turn. Sockets are real, and so is the time.

import { assertLess } from "@std/assert";
import { createTask, run, sleep } from "../../mod.ts";

Deno.test("run() lets a socket be heard while tasks are always ready", async () => {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const connecting = Deno.connect({ hostname: "127.0.0.1", port: listener.addr.port });
  using receiver = await listener.accept();
  using sender = await connecting;
  const took = await run(async () => {
    const busy = createTask(function* () {
      for (;;) yield* sleep(0);
    });
    await sleep(1); // the tasks have the loop
    const start = performance.now();
    await sender.write(new Uint8Array(1));
    await receiver.read(new Uint8Array(1));
    busy.cancel();
    return performance.now() - start;
  });
  // Two or three slices of 8 ms; if the host had one turn for each, it would be 56 and more.
  assertLess(took, 250);
});

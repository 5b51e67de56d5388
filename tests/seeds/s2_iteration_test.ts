/**
 * The chapter's asynchronous generators and context managers: streams, a counter, a database connection.
 */
import { assertEquals } from "@std/assert";
import {
  asyncContextManager,
  AsyncExitStack,
  asyncGenerator,
  asyncWith,
  createTask,
  emit,
  forEach,
  provide,
  run,
  sleep,
  wait,
} from "../../mod.ts";
import { bothStyles, once, type Print } from "../support/both_styles.ts";

/** The document's `client` and `client.stream(...)`: each opens in 1 ms and closes in 1. */
function resource(print: Print) {
  return asyncContextManager(function* (name: string) {
    yield* sleep(1);
    try {
      yield* provide(name);
    } finally {
      yield* sleep(1);
      print("close", name);
    }
  });
}

const CHUNKS = [1024, 512, 7];

/** `stream_chunks` in both styles, and the loop over it that each style has. */
function streamingPrograms(limit: number) {
  return {
    generator: (print: Print) => {
      const open = resource(print);
      const streamChunks = asyncGenerator<[], Uint8Array>(function* () {
        const stack = new AsyncExitStack();
        try {
          yield* stack.enterAsyncContext(open("client"));
          yield* stack.enterAsyncContext(open("response"));
          for (const size of CHUNKS) {
            yield* sleep(10);
            yield* emit(new Uint8Array(size));
          }
        } finally {
          yield* stack.aclose();
        }
      });
      return function* main() {
        let left = limit;
        yield* forEach(streamChunks(), (chunk) => {
          print(chunk.length);
          return --left > 0;
        });
        print("after the loop");
      };
    },
    async: (print: Print) => {
      const open = resource(print);
      async function* streamChunks() {
        const stack = new AsyncExitStack();
        try {
          await stack.enterAsyncContext(open("client"));
          await stack.enterAsyncContext(open("response"));
          for (const size of CHUNKS) {
            await sleep(10);
            yield new Uint8Array(size);
          }
        } finally {
          await stack.aclose();
        }
      }
      return async function main() {
        let left = limit;
        for await (const chunk of streamChunks()) {
          print(chunk.length);
          if (--left === 0) break;
        }
        print("after the loop");
      };
    },
  };
}

// S2-E14, S2-C16
bothStyles(
  "asyncGenerator streams chunks, and closes what it has opened at its end",
  streamingPrograms(Infinity),
  [
    [12, "1024"],
    [22, "512"],
    [32, "7"],
    [33, "close response"],
    [34, "close client"],
    [34, "after the loop"],
  ],
);

// S2-E14: a consumer that breaks has closed the producer before its next statement.
bothStyles(
  "asyncGenerator closes what it has opened when its consumer breaks",
  streamingPrograms(1),
  [
    [12, "1024"],
    [13, "close response"],
    [14, "close client"],
    [14, "after the loop"],
  ],
);

// S2-E14 on a real connection: a server that sends a chunk when it is asked for the next one.
for (const style of ["generator", "async"] as const) {
  Deno.test(`asyncGenerator streams the chunks of a local server (${style})`, async () => {
    await using server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, () => {
      const chunks = CHUNKS.map((size) => new Uint8Array(size));
      return new Response(ReadableStream.from(chunks));
    });
    const lengths: number[] = [];
    const url = `http://127.0.0.1:${server.addr.port}/`;
    async function* streamChunks() {
      const response = await fetch(url);
      yield* response.body!;
    }
    await run(
      style === "generator"
        ? () => forEach(streamChunks(), (chunk: Uint8Array) => void lengths.push(chunk.length))
        : async () => {
          for await (const chunk of streamChunks()) lengths.push(chunk.length);
        },
    );
    assertEquals(lengths.reduce((sum, length) => sum + length), 1024 + 512 + 7);
  });
}

// S2-E15, S2-C17: the class of twelve lines in three.
bothStyles("asyncGenerator counts as the class of the document does", {
  generator: (print) => {
    const counter = asyncGenerator(function* (limit: number) {
      for (let i = 1; i <= limit; i++) {
        yield* sleep(100);
        yield* emit(i);
      }
    });
    return () => forEach(counter(3), (i) => print(i));
  },
  async: (print) => {
    async function* counter(limit: number) {
      for (let i = 1; i <= limit; i++) {
        await sleep(100);
        yield i;
      }
    }
    return async () => {
      for await (const i of counter(3)) print(i);
    };
  },
}, [[100, "1"], [200, "2"], [300, "3"]]);

/** The document's `open_db`. */
function databases(print: Print) {
  class Connection {
    execute(query: string) {
      print(query);
      return sleep(10);
    }
    *close() {
      yield* sleep(1);
      print("closed");
    }
  }
  return asyncContextManager(function* openDb() {
    yield* sleep(5);
    const connection = new Connection();
    try {
      yield* provide(connection);
    } finally {
      yield* connection.close();
    }
  });
}

// S2-E16
bothStyles(
  "asyncContextManager closes the connection after success, error and cancel",
  once(({ define, on }, print) => {
    const openDb = databases(print);
    const use = define(function* (query: string) {
      yield* on(asyncWith(
        openDb(),
        define(function* (connection: { execute(query: string): ReturnType<typeof sleep> }) {
          yield* on(connection.execute(query));
          if (query === "DROP") throw new RangeError("not allowed");
        }),
      ));
    });
    return define(function* main() {
      yield* on(use("SELECT"));
      try {
        yield* on(use("DROP"));
      } catch (error) {
        print(error);
      }
      const task = createTask(() => use("UPDATE"));
      yield* on(sleep(10));
      task.cancel();
      yield* on(wait([task]));
      print("cancelled", task.cancelled());
    });
  }),
  [
    [5, "SELECT"],
    [16, "closed"],
    [21, "DROP"],
    [32, "closed"],
    [32, "RangeError: not allowed"],
    [37, "UPDATE"],
    [43, "closed"],
    [43, "cancelled true"],
  ],
);

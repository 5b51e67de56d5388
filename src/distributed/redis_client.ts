// Connections to Redis: made as BullMQ needs them, closed by who made them, and never seen in a message
// with what opens them.

import { type Cluster, Redis } from "ioredis";
import { describe } from "../core/errors.ts";

/** What ioredis takes: authentication, TLS, sentinels and so on. */
export interface RedisConnectionOptions {
  /** The server. */
  host?: string;
  /** Its port. */
  port?: number;
  /** Of a Unix socket, instead of both. */
  path?: string;
  /** Who asks, and what lets him in. */
  username?: string;
  /** It appears in no message and no log. */
  password?: string;
  /** The number of the database. */
  db?: number;
  /** As `node:tls` takes it: certificates, and what to check. */
  tls?: object;
  /** Whatever else ioredis takes. */
  [option: string]: unknown;
}

/** A client of ioredis, `Redis` or `Cluster`, made with `maxRetriesPerRequest: null`. */
export interface RedisClientLike {
  /** Makes another client like it. */
  duplicate(...args: never[]): unknown;
  /** Closes the connection. */
  disconnect(): void;
}

/**
 * How to reach Redis: a URL (`redis://`, or `rediss://` for TLS), what ioredis takes, or a function that
 * makes a client, which is closed by who asked for it.
 */
export type ClusterConnection = string | RedisConnectionOptions | (() => RedisClientLike);

/** A client, of one server or of several. */
export type RedisClient = Redis | Cluster;

/** The engine asks for it: commands wait for the connection to come back, however long it takes. */
const PATIENT = { maxRetriesPerRequest: null, replyMapping: "legacy" } as const;

/**
 * Makes a client. It connects by itself, and again when the connection is lost.
 *
 * @param failed Called with every error of the connection; they go nowhere else.
 * @throws {TypeError} When it is no way to reach Redis.
 */
export function openRedis(
  connection: ClusterConnection,
  failed: (error: Error) => void,
): RedisClient {
  const client = makeClient(connection);
  client.on("error", failed);
  return client;
}

/** @throws {TypeError} When it is no way to reach Redis. */
export function checkConnection(connection: ClusterConnection): void {
  const isUrl = typeof connection === "string" && URL.canParse(connection) &&
    /^rediss?:$/.test(new URL(connection).protocol);
  const isOther = typeof connection === "function" ||
    (typeof connection === "object" && connection !== null);
  if (isUrl || isOther) return;
  const what = typeof connection === "string" ? "a text" : describe(connection); // it may hold a password
  throw new TypeError(
    `Cannot connect to ${what}: expected "redis://host:port", options of ioredis, or a function that ` +
      "makes a client",
  );
}

function makeClient(connection: ClusterConnection): RedisClient {
  if (typeof connection === "string") return new Redis(connection, PATIENT);
  if (typeof connection === "object") return new Redis({ ...connection, ...PATIENT });
  const client: unknown = connection();
  if (typeof (client as RedisClient)?.duplicate === "function") return client as RedisClient;
  throw new TypeError(`Cannot connect: "connection" made ${describe(client)}, expected a client`);
}

/** The message of an error of Redis; the error itself carries the command, and that may be a password. */
export function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message || error.name : String(error);
  return withoutSecrets(text);
}

/** A text with the user's part of all URLs in it left out; a password may hold any character but spaces. */
export function withoutSecrets(text: string): string {
  return text.replace(/(\w+:\/\/)\S*@/g, "$1");
}

/** True when there is no use in waiting: Redis answers, and will not let us in. */
export function isRefusal(error: Error): boolean {
  return /WRONGPASS|NOAUTH|NOPERM|invalid password|invalid username/i.test(error.message);
}

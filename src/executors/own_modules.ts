// Modules of this library that are not imported but started as workers, or loaded late: their addresses. A
// package for Node holds each as JavaScript, and whoever makes one rewrites what is imported, but no
// addresses; so a module is called here what this one is called. (It has to be in the package as well:
// each entry of a worker is imported somewhere, if only for its types.)

/** Where a worker's thread begins. */
export const THREAD_ENTRY: URL = own("./thread_entry");

/** Where a worker's process begins. */
export const PROCESS_ENTRY: URL = own("./process_entry");

/** All of this library. */
export const LIBRARY: URL = own("../../mod");

/** What drives generator coroutines. */
export const RUN: URL = own("../run");

function own(path: string): URL {
  const [extension] = /\.\w+$/.exec(new URL(import.meta.url).pathname) ?? [".js"];
  return new URL(path + extension, import.meta.url);
}

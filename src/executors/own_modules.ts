// Modules of this library that are not imported but started as workers, or loaded late: their addresses. A
// package for Node holds each as JavaScript, and whoever makes one rewrites what is imported, but no
// addresses; so a module is called here what this one is called. (It has to be in the package as well:
// each entry of a worker is imported somewhere, if only for its types.) They are made when asked for,
// because an import should cost nothing.

/** Where a worker's thread begins. */
export function threadEntry(): URL {
  return own("./thread_entry");
}

/** Where a worker's process begins. */
export function processEntry(): URL {
  return own("./process_entry");
}

/** All of this library. */
export function library(): URL {
  return own("../../mod");
}

/** What drives generator coroutines. */
export function runModule(): URL {
  return own("../run");
}

function own(path: string): URL {
  const [extension] = /\.\w+$/.exec(new URL(import.meta.url).pathname) ?? [".js"];
  return new URL(path + extension, import.meta.url);
}

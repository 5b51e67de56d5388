// Keeps compiled code alive. When a garbage collection finds no object of some hidden class, V8 forgets
// the class and throws away all code that was compiled for it: a program that pauses starts in the
// interpreter again. One object of each hot class, kept for ever, prevents that. The queue and lock
// benches, which collect between runs, take half the time with it.

const kept: object[] = [];

/** Keeps one object of a kind: made as all others are, and used by nobody. */
export function keepShape(...objects: object[]): void {
  kept.push(...objects);
}

// Keeps compiled code alive. When a garbage collection finds no object of some hidden class, V8 forgets
// the class and throws away all code that was compiled for it: a program that pauses starts in the
// interpreter again. One object of each hot class, kept for ever, prevents that. The queue and lock
// benches, which collect between runs, take half the time with it.
//
// The objects are made when a loop has its second turn, by which a program shows that it goes on: to make
// them at import would cost every program a millisecond of its start.

import { runOutside } from "./current.ts";

type Maker = () => readonly object[];

const makers: Maker[] = [];
const kept: object[] = [];
let turns = 0;

/**
 * Keeps one object of each kind: made by `make` as all others are, and used by nobody.
 *
 * Called for a static field where the class is one that a program may do without: marked as pure there, it
 * goes with the class when a bundler leaves that out, and stays with it otherwise.
 */
export function keepShapes(make: Maker): void {
  if (turns > 1) kept.push(...runOutside(make));
  else makers.push(make);
}

/** A loop begins a turn, or will when there is something to do. */
export function noticeTurn(): void {
  if (++turns !== 2) return;
  for (const make of makers.splice(0)) keepShapes(make);
}

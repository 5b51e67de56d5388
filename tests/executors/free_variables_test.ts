import { assertEquals } from "@std/assert";
import { freeVariables } from "../../src/executors/free_variables.ts";

/** Source, and what it uses from outside. */
const CASES: [source: string, free: string][] = [
  ["(a, b = c) => a + b + d", "c d"],
  ["function fib(n) { return n < 2 ? n : fib(n - 1) + fib(n - 2); }", ""],
  ["x => y => x + y + z", "z"],
  ["async x => await x", ""],
  ["async => async", ""],
  ["() => { { const x = 1; } return x; }", "x"],
  ["() => { { var x = 1; } return x; }", ""],
  ["() => { later(); function later() { return inner; } }", "inner"],
  ["({ x, y: [z = q], ...r }) => [x, z, r, y]", "q y"],
  ["() => { const { [key]: value = fallback } = source; return value; }", "key fallback source"],
  ["() => ({ a, b: c, [d]: e, f() { return g; }, get h() { return i; }, ...j })", "a c d e g i j"],
  ["() => { ({ a, b: c.d, e = f } = g); }", "a c e f g"],
  ["() => `a${b}c${`${d}`}` + tag`x${y}z`", "b d tag y"],
  ["(a) => a.if.of.in.async?.new + a?.[k]", "k"],
  ["(a) => a++ / 2 + /b\\/[/]c/.test(d) / e", "d e"],
  ["() => { if (a) /x/.test(b); }", "a b"],
  [
    "() => { for (const k of list) use(k); for (let i = 0; i < n; i++) i; return k; }",
    "list use n k",
  ],
  ["() => { for (const k in o) if (k in p) delete p[k]; }", "o p"],
  ["async () => { for await (const x of y) x; }", "y"],
  [
    "() => { try { a(); } catch ({ message }) { message; } finally { c; } return message; }",
    "a c message",
  ],
  ["() => { outer: for (;;) { for (;;) { continue outer; } break outer; } }", ""],
  ["() => { switch (x) { case 1: y; break; case f(z): { let w; w; } default: v; } }", "x y f z v"],
  [
    "() => { class A extends B { #p = q; static s = A; m(a) { return this.#p + a; } } new A(); }",
    "B q",
  ],
  ["() => { const f = a => a\n let b = 1\n return f(b)\n}", ""],
  ["function* g(n) { const got = yield n; yield* more(got); }", "more"],
  ["() => [typeof a, void 0, 1_000n, .5, 0xff, 1e-5, true, null]", "a"],
  ["() => this.x + super.y", "this super"],
  ["function f() { return this.x + arguments.length; }", "this"],
  ["function f() { return [function () { return this; }, () => arguments]; }", ""],
  ["() => arguments", "arguments"],
  ["() => import.meta.url", "import.meta"],
  ["async () => (await import('x')).y", ""],
  ["() => new.target", ""],
  ["() => { const a = 1; return /* b */ a; // c\n}", ""],
  ["() => (c ? x => x : y, x)", "c y x"],
];

Deno.test("freeVariables() names what a function uses and does not declare", () => {
  const found = CASES.map(([source]) => [source, freeVariables(source).join(" ")]);
  assertEquals(found, CASES);
});

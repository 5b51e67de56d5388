/**
 * The demo's site in a process of its own, the same for everybody. It prints what there is to download as
 * JSON, pairs of an address and a size, and ends when its input ends.
 */

import { PAGES } from "../../src/demo/pages.ts";
import { Site } from "../../src/demo/site.ts";

const LATENCY_MS = 160;

const site = await new Site(LATENCY_MS).enter();
console.log(JSON.stringify(PAGES.map((page) => [site.url(page), page.bytes])));
for await (const _ of Deno.stdin.readable); // until whoever asked for the site is gone
Deno.exit();

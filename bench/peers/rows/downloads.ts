/** The fifteen downloads of "Python Concurrency Programming: Futures". Each page takes the site 160 ms. */

import {
  type Entrant,
  fromFreshProcess,
  inDeno,
  inPython,
  type Measure,
  memoryInPython,
  type Row,
} from "../row.ts";
import { openSite } from "../../downloads/site.ts";

interface Lanes {
  readonly work: string;
  readonly n: number;
  readonly lanes: number;
  /** The function of this name in the modules. */
  readonly name: string;
}

interface Way {
  readonly who: string;
  readonly way: string;
  readonly time: Measure | null;
  readonly memory: Measure | null;
}

const LANES: readonly Lanes[] = [
  { work: "15 downloads, one by one", n: 3, lanes: 1, name: "oneByOne" },
  { work: "15 downloads, five lanes", n: 15, lanes: 5, name: "fiveLanes" },
  { work: "15 downloads, fifteen lanes", n: 15, lanes: 15, name: "fifteenLanes" },
  { work: "150 downloads, fifty lanes", n: 150, lanes: 50, name: "fiftyLanes" },
];

const ABOUT_MEMORY =
  "The memory of downloads is what the whole process grows by at its peak, until all pages are there: they are " +
  "kept, and have 219 kB on average. Most of what Deno takes is `fetch`, as the limit shows, which has nothing " +
  "else; collecting the garbage after each page does not change it. Threads have a runtime each. asyncio has " +
  "a socket for each page, and HTTP by hand.";

/** What a download takes of all, and by how many bytes a process grows that does them all. */
export const DOWNLOADS: readonly Row[] = [
  ...LANES.map(timed),
  ...LANES.filter(({ lanes }) => lanes >= 15).map(remembered),
];

function timed(lanes: Lanes): Row {
  const entrants = waysOf(lanes).map(({ who, way, time }) => entrant(who, way, time));
  return { part: "Downloads", work: lanes.work, n: lanes.n, warmUp: 1, entrants };
}

function remembered(lanes: Lanes): Row {
  const entrants = waysOf(lanes).map(({ who, way, memory }) => entrant(who, way, memory));
  const work = `memory of ${lanes.work}`;
  return {
    part: "Memory of downloads",
    work,
    n: lanes.n,
    about: ABOUT_MEMORY,
    unit: "bytes",
    entrants,
  };
}

function waysOf({ lanes, name }: Lanes): Way[] {
  const deno = (module: string, name: string) => ({
    time: inDeno(module, name),
    memory: peakInDeno(module, name),
  });
  const python = (name: string) => ({
    time: inPython("CPython", "download_works.py", name, String(lanes)),
    memory: memoryInPython("CPython", "download_works.py", `memory_of_${name}`, String(lanes)),
  });
  const ways = [
    { who: "limit", way: "async functions take the next", ...deno("limit/downloads", name) },
    { who: "ours", way: "TaskGroup.run(…, { limit })", ...deno("ours/downloads", name) },
    {
      who: "ours, threads",
      way: "ThreadPoolExecutor.map",
      ...deno("ours/downloads_on_threads", name),
    },
    { who: "asyncio", way: "open_connection, Semaphore", ...python("streams") },
    { who: "Python threads", way: "ThreadPoolExecutor.map, urllib", ...python("threads") },
  ];
  if (lanes !== 15) return ways;
  const toThread = deno("ours/downloads_on_threads", "fifteenByToThread");
  return [...ways, { who: "ours, toThread", way: "gather of toThread", ...toThread }];
}

/** The site is opened by the first that needs it. */
function entrant(who: string, way: string, measure: Measure | null): Entrant | null {
  return measure && {
    who,
    way,
    async measure(amount) {
      await openSite();
      return await measure(amount);
    },
  };
}

function peakInDeno(module: string, name: string): Measure {
  return fromFreshProcess("measure_peak.ts", module, name);
}

/**
 * `deno task bench:cluster [--rounds=9] [--jobs=2000] [--concurrency=50] [--out=file.json]`: jobs through
 * Redis, next to BullMQ alone on the same Redis. Both sides have one worker process; in every round each way
 * has its turn, in changing order. Exits with 1 when a budget is missed.
 *
 * With `--storm` or `--clients` the question is another: see `cluster/storm.ts` and `cluster/clients.ts`.
 */
import { formatTable, significant } from "./budgets/table.ts";
import { interquartileRange, median } from "./budgets/statistics.ts";
import { manyClients } from "./cluster/clients.ts";
import { killingStorm } from "./cluster/storm.ts";
import { MANY, type Measured, measureInRounds, ONE } from "./cluster/rounds.ts";
import { parseArgs } from "node:util";
import type { Report } from "./cluster/report.ts";

const { values: options } = parseArgs({
  options: {
    rounds: { type: "string", default: "9" },
    jobs: { type: "string", default: "2000" },
    concurrency: { type: "string", default: "50" },
    out: { type: "string" },
    storm: { type: "boolean", default: false },
    clients: { type: "boolean", default: false },
  },
});

const report = options.storm
  ? await killingStorm()
  : options.clients
  ? await manyClients()
  : await compareWithPlain();
console.log(report.text);
if (options.out !== undefined) {
  const { machine, figures } = { machine: describeMachine(), figures: report.figures };
  await Deno.writeTextFile(options.out, JSON.stringify({ machine, figures }, null, 2) + "\n");
}
Deno.exit(report.isWithinBudget ? 0 : 1);

async function compareWithPlain(): Promise<Report> {
  const [rounds, jobs, concurrency] = [options.rounds, options.jobs, options.concurrency].map(
    Number,
  );
  const measured = await measureInRounds(rounds!, jobs!, concurrency!);
  const many = (baseline: string) => 1 / compare(measured, baseline, MANY.ours);
  const alone = (baseline: string) => compare(measured, baseline, ONE.ours);
  const isWithinBudget = many(MANY.threads) >= 0.9 && alone(ONE.threads) <= 1.2;
  const head = ["way", "a job", "jobs/s", "±", "in Redis"];
  const text = [
    describeMachine(),
    `${jobs} jobs a time, ${rounds} rounds, concurrency ${concurrency}`,
    "",
    formatTable(head, measured.map(lineOf)),
    "",
    `throughput: ${significant(many(MANY.threads))} of plain BullMQ that runs bodies on threads ` +
    `(must be at least 0.9), ${significant(many(MANY.inline))} of one that risks its locks`,
    `one job: ${significant(alone(ONE.threads))} times (must be at most 1.2), ` +
    `${significant(alone(ONE.inline))} times`,
    isWithinBudget ? "ok" : "MISSED",
  ];
  return {
    text: text.join("\n"),
    figures: { rounds, jobs, concurrency, measured },
    isWithinBudget,
  };
}

/** The median over the rounds of the time of `name` divided by that of `baseline` in the same round. */
function compare(measured: readonly Measured[], baseline: string, name: string): number {
  const [base, ours] = [baseline, name].map((way) => measured.find((one) => one.way === way)!.ms);
  return median(ours!.map((ms, round) => ms / base![round]!));
}

function lineOf({ way, ms, redisUs }: Measured): string[] {
  const spread = interquartileRange(ms) / median(ms) * 100;
  return [
    way,
    `${significant(median(ms))} ms`,
    (1000 / median(ms)).toFixed(0),
    `${spread.toFixed(0)} %`,
    `${significant(median(redisUs))} µs`,
  ];
}

function describeMachine(): string {
  const load = Deno.loadavg().map((value) => value.toFixed(2)).join(" ");
  return `Deno ${Deno.version.deno}, ${Deno.build.target}, ` +
    `${navigator.hardwareConcurrency} cores, load ${load}`;
}

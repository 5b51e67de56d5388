// A live view of the tasks of a loop, in the notebook: it goes on while later cells run.

import {
  allTasks,
  type EventLoop,
  formatTaskTree,
  getEventLoop,
  type Task,
  wait,
} from "../../mod.ts";
import { escape } from "./display.ts";

const EVERY_MS = 100;

/** Stops to look; what it showed last stays. */
export interface Watch extends Disposable {
  stop(): void;
}

let watches = 0;

/** Shows the unfinished tasks of a loop and what they wait for, until it is told to stop. */
export async function watch(loop: EventLoop = getEventLoop()): Promise<Watch> {
  const id = `watch-${++watches}`;
  const [started, seen] = [Date.now(), new Set<Task<unknown>>()];
  let shown = "";
  const look = async (state: string, update: boolean) => {
    const tasks = allTasks(loop);
    for (const task of tasks) seen.add(task);
    const over = [...seen].filter((task) => task.done());
    const text = `${bar(over.length, seen.size)} ${over.length} of ${seen.size} tasks done, ` +
      `${state}\n${over.map(outcome).join("")}${formatTaskTree(loop)}`;
    if (text === shown) return;
    shown = text;
    await showLive(text, id, update);
  };
  const timer = setInterval(
    () => look(`after ${Math.round((Date.now() - started) / 1000)} s`, true),
    EVERY_MS,
  );
  const stop = () => {
    clearInterval(timer);
    look("stopped", true);
  };
  await look("begins", false);
  return { stop, [Symbol.dispose]: stop };
}

/** Cancels every unfinished task of a loop and waits until they have cleaned up. The kernel lives on. */
export async function stopAll(loop: EventLoop = getEventLoop()): Promise<string> {
  const tasks = [...allTasks(loop)];
  for (const task of tasks) task.cancel("stopped by hand");
  if (tasks.length > 0) await wait(tasks);
  const cancelled = tasks.filter((task) => task.cancelled()).length;
  return `${cancelled} of ${tasks.length} tasks cancelled`;
}

async function showLive(text: string, id: string, update: boolean): Promise<void> {
  const data = { "text/html": `<pre>${escape(text)}</pre>`, "text/plain": text };
  await Deno.jupyter.display(data, { raw: true, display_id: id, update });
}

function outcome(task: Task<unknown>): string {
  const sign = task.cancelled()
    ? "⊗ cancelled"
    : task.exception() === null
    ? "● ended"
    : "◆ failed";
  return `${task.name} ${sign}\n`;
}

function bar(done: number, all: number): string {
  const filled = all === 0 ? 0 : Math.round(done / all * 20);
  return "█".repeat(filled) + "░".repeat(20 - filled);
}

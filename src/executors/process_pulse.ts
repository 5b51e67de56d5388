// Whether a process lives, asked once a second while jobs are under way. A job in a synchronous loop keeps
// the process's own thread from everything, but not the one that reads: it answers, and says whether the
// process is at work. So a busy process is told from one that was stopped, and from one whose loop hangs
// outside of jobs.
//
// What is counted are questions without an answer, not time: when this side was kept from listening, by
// its own synchronous work or because the machine slept, that is no silence of the other.

const ASK_MS = 1000;
/** Several times what a machine under load needs to let a thread run for an instant. */
const MOST_UNANSWERED = 10;
/** Before its first word a process has to be loaded, and its start waited for. */
const MOST_AT_START = 60;

/** The pulse of one process. */
export class Pulse {
  readonly #ask: () => void;
  readonly #askMs: number;
  #askedAt = -Infinity;
  #unanswered = 0;
  /** Answers in a row that said it is not at work, although it has jobs. */
  #atRest = 0;
  #hasSpoken = false;

  /** @param askMs Between two questions. */
  constructor(ask: () => void, askMs = ASK_MS) {
    this.#ask = ask;
    this.#askMs = askMs;
  }

  /** Called now and then while the process has jobs. Null, or what is wrong with it. */
  check(now: number = performance.now()): string | null {
    if (now - this.#askedAt < this.#askMs) return null;
    const most = this.#hasSpoken ? MOST_UNANSWERED : MOST_AT_START;
    if (this.#unanswered >= most) return `it gave no answer for ${this.#seconds(most)}`;
    if (this.#atRest >= MOST_UNANSWERED) {
      return `it hung outside of any job for ${this.#seconds(MOST_UNANSWERED)}`;
    }
    this.#askedAt = now;
    this.#unanswered++;
    this.#ask();
    return null;
  }

  /** The process takes what it is sent. */
  takes(): void {
    this.#unanswered = 0;
  }

  /** Bytes came from the process. */
  speaks(): void {
    this.#unanswered = 0;
    this.#hasSpoken = true;
  }

  /** A message came from the process's own thread. */
  works(): void {
    this.#atRest = 0;
  }

  /** The process has answered. */
  answers(atWork: boolean): void {
    this.#atRest = atWork ? 0 : this.#atRest + 1;
  }

  #seconds(questions: number): string {
    return `${questions * this.#askMs / 1000} s`;
  }
}

// Messages as bytes on a pipe. Each is a frame: a mark, the length of its body, the body. The mark begins
// with a byte that no text holds, so that what a job prints is never taken for a length. Frames with other
// last bytes in their marks have no body, and another number for a length.

/** Bytes before a body: four of the mark, four of the length, the lowest first. */
export const HEAD_SIZE = 8;

/** No body may be longer: a length from the other side is a claim, not a fact. */
export const LARGEST_BODY = 2 ** 30;

const MARK = [0xf7, 0x54, 0x4c] as const;

/** Last byte of the mark of a message, and of the frames without a body. */
const MESSAGE_MARK = 1;
/** A job is to stop, by its number. */
export const CANCEL_MARK = 2;
/** Does the process live? And its answer: 1 when it is at work, else 0. */
export const PULSE_MARK = 3;
/** A job that was sent ahead is asked for, by its slot. It comes back, or the process has begun it. */
export const RECALL_MARK = 4;
export const RETURNED_MARK = 4;
export const BEGUN_MARK = 5;

/** Writes the head of the frame that `frame` is to be, in its first bytes. */
export function putHead(frame: Uint8Array): void {
  fillHead(frame, MESSAGE_MARK, frame.length - HEAD_SIZE);
}

/** A frame without a body. */
export function signFrame(mark: number, number: number): Uint8Array {
  const frame = new Uint8Array(HEAD_SIZE);
  fillHead(frame, mark, number);
  return frame;
}

function fillHead(frame: Uint8Array, lastMark: number, number: number): void {
  frame.set(MARK, 0);
  frame[3] = lastMark;
  new DataView(frame.buffer, frame.byteOffset).setUint32(4, number, true);
}

/** Finds the frames in a stream of bytes, however it was cut. Holds no more than has arrived. */
export class FrameReader {
  readonly #largest: number;
  readonly #onSign: ((mark: number, number: number) => void) | null;
  readonly #chunks: Uint8Array[] = [];
  /** Bytes in `#chunks`, and how many there have to be before they are looked at again. */
  #size = 0;
  #wanted = HEAD_SIZE;

  /**
   * @param largest Bytes of the longest body.
   * @param onSign Given the marks and numbers of the frames that have no body.
   */
  constructor(
    largest: number = LARGEST_BODY,
    onSign: ((mark: number, number: number) => void) | null = null,
  ) {
    this.#largest = largest;
    this.#onSign = onSign;
  }

  /**
   * Takes the next bytes. O(bytes), whatever the number of chunks that a frame comes in.
   *
   * @param chunk May be used again by the caller once the bodies have been read.
   * @returns The bodies that are complete now, in order.
   * @throws {TypeError} When the bytes are no frame, or one that is too long; what follows is lost.
   */
  push(chunk: Uint8Array): Uint8Array[] {
    if (this.#size + chunk.length < this.#wanted) {
      if (this.#size < HEAD_SIZE) this.#checkMark(chunk);
      this.#keep(chunk.slice());
      return [];
    }
    let bytes = this.#join(chunk);
    const bodies: Uint8Array[] = [];
    for (;;) {
      if (bytes.length < HEAD_SIZE) {
        this.#checkMark(bytes);
        this.#wanted = HEAD_SIZE;
        break;
      }
      const end = HEAD_SIZE + this.#bodySize(bytes);
      this.#wanted = end;
      if (bytes.length < end) break;
      if (bytes[3] === MESSAGE_MARK) bodies.push(bytes.subarray(HEAD_SIZE, end));
      else this.#onSign?.(bytes[3]!, numberOf(bytes));
      bytes = bytes.subarray(end);
    }
    if (bytes.length > 0) this.#keep(bytes.slice());
    return bodies;
  }

  /** Whether the stream may end here. */
  get isBetweenFrames(): boolean {
    return this.#size === 0;
  }

  #keep(chunk: Uint8Array): void {
    if (chunk.length === 0) return;
    this.#chunks.push(chunk);
    this.#size += chunk.length;
  }

  #join(last: Uint8Array): Uint8Array {
    if (this.#size === 0) return last;
    const all = new Uint8Array(this.#size + last.length);
    let at = 0;
    for (const chunk of this.#chunks) {
      all.set(chunk, at);
      at += chunk.length;
    }
    all.set(last, at);
    this.#chunks.length = 0;
    this.#size = 0;
    return all;
  }

  /** Stray text shows at its first byte; waiting for a whole head could be waiting for ever. */
  #checkMark(chunk: Uint8Array): void {
    for (let i = 0; i < chunk.length; i++) checkMarkByte(chunk[i]!, this.#size + i);
  }

  #bodySize(bytes: Uint8Array): number {
    for (let i = 0; i < 4; i++) checkMarkByte(bytes[i]!, i);
    if (bytes[3] !== MESSAGE_MARK) return 0;
    const size = numberOf(bytes);
    if (size > this.#largest) {
      throw new TypeError(
        `Cannot read a frame: its body is of ${size} bytes, expected at most ${this.#largest}`,
      );
    }
    return size;
  }
}

function numberOf(head: Uint8Array): number {
  return new DataView(head.buffer, head.byteOffset).getUint32(4, true);
}

function checkMarkByte(byte: number, at: number): void {
  if (at > 3 || byte === MARK[at]) return;
  if (at === 3 && byte >= MESSAGE_MARK && byte <= BEGUN_MARK) return;
  throw new TypeError("Cannot read a frame: the bytes do not begin with its mark");
}

// What the parts of a timeline's picture agree on.

/** The sizes that everything is drawn by, in pixels. */
export interface Layout {
  readonly width: number;
  /** Where the time axis begins and ends. */
  readonly left: number;
  readonly right: number;
  /** From one lane to the next. */
  readonly row: number;
  /** How high waits are; runs are a little higher. */
  readonly bar: number;
  readonly nameSize: number;
  readonly labelSize: number;
  /** Where a time is on the axis. */
  x(ms: number): number;
}

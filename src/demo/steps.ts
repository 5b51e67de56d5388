// The table of steps, in the order in which they are shown.

import type { Step } from "./step.ts";
import { allAtOnce, fiveLanes, oneAfterAnother } from "./downloads.ts";
import { deadline } from "./deadline.ts";
import { failingGroup } from "./failing_group.ts";
import { shielded } from "./shielded.ts";

export const STEPS: readonly Step[] = [
  oneAfterAnother,
  fiveLanes,
  allAtOnce,
  failingGroup,
  deadline,
  shielded,
];

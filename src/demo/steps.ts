// The table of steps, in the order in which they are shown.

import type { Step } from "./step.ts";
import { allAtOnce, fiveLanes, oneAfterAnother } from "./downloads.ts";
import { deadline } from "./deadline.ts";
import { failingGroup } from "./failing_group.ts";
import { shielded } from "./shielded.ts";

/** The same work in three ways; their times are compared. */
export const DOWNLOADS: readonly Step[] = [oneAfterAnother, fiveLanes, allAtOnce];

/** What ends otherwise than by being done. */
export const ENDINGS: readonly Step[] = [failingGroup, deadline, shielded];

/** What tracing is held against: the same work of ours, untraced. */

export { spawning as spawningTraced } from "../ours/scheduling.ts";

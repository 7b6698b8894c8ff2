import type { Bucket } from "./bucket.ts";
import type { AnyTask } from "./task.ts";

/**
 * One edge of the lineage: sources → task → target. A value that is never changed; steps refer to each other only
 * through their buckets.
 */
export interface Step {
  /** By the name under which the task gets each. A step with one source calls it `df`. */
  readonly sources: Readonly<Record<string, Bucket>>;
  readonly task: AnyTask;
  /** The bare target: where the result goes, without the lineage that this step gives it. */
  readonly target: Bucket;
}

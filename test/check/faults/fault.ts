import type { Pipeline } from "../program.ts";
import type { Random } from "../random.ts";

/** What is to be found of a fault. */
export interface Expected {
  /** One of these steps is named. */
  readonly steps: readonly string[];
  /** One of these columns is named, where the finding is about one. */
  readonly columns?: readonly string[];
  /** Whether the finding must be about a column. */
  readonly namesColumn?: boolean;
  /** The bucket that is named, where no step is to blame. */
  readonly bucket?: string;
  /** Whether rows may not get there when it runs: then nothing need go wrong. */
  readonly mayHaveNoRows?: boolean;
  /** What follows: other steps in which something may be wrong now. */
  readonly others?: readonly string[];
}

/** Makes exactly one fault in a pipeline that may be changed. `undefined`: there is no place for it. */
export type Plant = (pipeline: Pipeline, random: Random) => Expected | undefined;

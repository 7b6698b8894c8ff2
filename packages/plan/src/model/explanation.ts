import type { Finding } from "@glacier/core";
import type { TableSchema } from "./column-type.ts";
import type { Opaque, SourceRead } from "./trace.ts";

/** A step and its plan, for somebody to read. Plain data. */
export interface Explanation {
  /** The step's name in its Dag. */
  readonly step: string;
  /** The plan as the task wrote it, in Polars' words; empty where there is none. */
  readonly before: string;
  /** The plan as Polars would execute it; empty where there is none. */
  readonly after: string;
  /** What the step needs of each source, by its name. */
  readonly reads: Readonly<Record<string, SourceRead>>;
  /** By the name of the source: the conditions under which its rows are read at all, in Polars' words. */
  readonly predicates: Readonly<Record<string, readonly string[]>>;
  /** The columns of the result; none where they can't be known. */
  readonly schema?: TableSchema;
  /** Changes exactly when the logic does; none for an opaque plan. */
  readonly fingerprint?: string;
  /** Why there is no plan to read. */
  readonly opaque?: Opaque;
  readonly findings: readonly Finding[];
}

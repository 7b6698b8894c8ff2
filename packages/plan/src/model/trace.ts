import type { Finding } from "@glacier/core";
import type { TableSchema } from "./column-type.ts";
import type { StepLineage } from "./lineage.ts";
import type { PlanNode } from "./node.ts";

/** A step, read from its plan without running it. Plain data. */
export interface Trace {
  /** The step's name in its Dag. */
  readonly step: string;
  /** The plan; none where it is opaque. */
  readonly plan?: PlanNode;
  /** Why there is no plan to read. */
  readonly opaque?: Opaque;
  /** The columns of the result; none where they can't be known. */
  readonly schema?: TableSchema;
  /** What the step needs of each source, by its name. */
  readonly reads: Readonly<Record<string, SourceRead>>;
  readonly lineage: StepLineage;
  /** Changes exactly when the logic does; none for an opaque plan. */
  readonly fingerprint?: string;
  /** What is wrong with it, or may be. */
  readonly findings: readonly Finding[];
}

/** Why a plan can't be read. */
export interface Opaque {
  /** A sentence. */
  readonly reason: string;
  /** The method that is to blame, `str.toUpperCase`, where it is known. */
  readonly expression?: string;
  /** What to write instead, where there is something. */
  readonly substitute?: string;
}

/** What a step needs of one source. */
export interface SourceRead {
  /** The columns, in the order of the source. */
  readonly columns: readonly string[];
  /** Of how many. */
  readonly of: number;
}

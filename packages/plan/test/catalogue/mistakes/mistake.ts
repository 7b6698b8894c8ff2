import type { Step } from "../tables.ts";

/** A step with something wrong in it. */
export interface Mistake {
  readonly step: Step;
  /** That of the finding. */
  readonly code: string;
  /** The column that the finding is about, where there is one. */
  readonly column?: string;
  /** Why it is a mistake although Polars runs it. */
  readonly silent?: string;
  /** Whether somebody may mean it: then it is no error. */
  readonly isWarning?: boolean;
}

export const missing = (column: string, step: Step): Mistake => ({ step, code: "COLUMN_NOT_FOUND", column });
export const mismatch = (step: Step): Mistake => ({ step, code: "TYPE_MISMATCH" });
export const refused = (step: Step): Mistake => ({ step, code: "QUERY_FAILED" });
/** What Polars runs without a word, and nobody can mean. */
export const silent = (why: string, step: Step): Mistake => ({ step, code: "TYPE_MISMATCH", silent: why });
/** What Polars runs, and hardly anybody means. */
export const questionable = (why: string, step: Step, code = "TYPES_MIXED"): Mistake => ({
  step,
  code,
  silent: why,
  isWarning: true,
});

import type { SourcePlace } from "./source-place.ts";

/** How bad it is: an `error` is refused, a `warning` should be looked at, a `note` is worth knowing. */
export type Severity = "error" | "warning" | "note";

/** Something that was found out about a pipeline without running it: what `check` and other modes report. Plain data. */
export interface Finding {
  /** Stable; of Glacier's own, or with a plugin's prefix. */
  readonly code: string;
  readonly severity: Severity;
  /** One sentence with the user's own names in it. */
  readonly message: string;
  /** How to mend it. */
  readonly hint?: string;
  /** The step's name. */
  readonly step?: string;
  /** `bucket/path`. */
  readonly bucket?: string;
  readonly column?: string;
  /** Where in the user's code, where that can be told. */
  readonly place?: SourcePlace;
}

import type { RunEvent } from "@glacier/core";

/** Shows a run while it goes on. */
export interface Progress {
  /** Gets every event, in order. */
  readonly onEvent: (event: RunEvent) => void;
  /** Leaves the terminal as it should be. Called once, also after a failure. */
  readonly end: () => void;
}

/** Where a command writes: the process's own streams, or those of a test. */
export interface Terminal {
  /** Standard output: what was asked for. */
  readonly write: (text: string) => void;
  /** Standard error: progress and errors. */
  readonly error: (text: string) => void;
  /** The stream for a live picture, if standard error is a terminal. */
  readonly live: NodeJS.WriteStream | undefined;
  readonly isColoured: boolean;
  /** Columns. */
  readonly width: number;
  /** Calls back at the first Ctrl-C; returns what stops listening. */
  readonly onInterrupt: (callback: () => void) => () => void;
}

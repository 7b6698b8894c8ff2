/**
 * What the command ends with. Documented in `docs/cli.md` and `glacier --help`.
 */
export const exitCodes = {
  /** Everything asked for was done. */
  ok: 0,
  /** A step failed, or the pipeline is refused. */
  failed: 1,
  /** The command line is wrong. */
  usage: 2,
  /** The module can't be loaded, or has not the pipeline or step that was asked for. */
  module: 3,
  /** Cancelled by Ctrl-C: 128 and the number of the signal, as shells have it. */
  cancelled: 130,
} as const;

const moduleCodes: ReadonlySet<string> = new Set([
  "MODULE_NOT_FOUND",
  "MODULE_FAILED",
  "NO_PIPELINES",
  "PIPELINE_UNKNOWN",
  "STEP_UNKNOWN",
]);

export function exitCodeOf(code: string): number {
  if (code === "USAGE") return exitCodes.usage;
  if (code === "RUN_CANCELLED") return exitCodes.cancelled;
  return moduleCodes.has(code) ? exitCodes.module : exitCodes.failed;
}

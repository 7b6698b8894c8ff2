import type { GlacierError, GlacierErrorCode } from "@glacier/core";

/** Mistakes that the next attempt would meet again. Everything else may have been bad luck. */
const lasting: ReadonlySet<string> = new Set<GlacierErrorCode>([
  "ARGUMENT_INVALID",
  "COLUMN_NOT_FOUND",
  "CYCLE",
  "ENGINE_NOT_INSTALLED",
  "NULL_NOT_ALLOWED",
  "OPTION_INVALID",
  "OPTION_MISSING",
  "OPTION_UNKNOWN",
  "PATH_INVALID",
  "PATH_OUTSIDE_ROOT",
  "RUN_CANCELLED",
  "SCHEMA_MISMATCH",
  "SOURCES_MISMATCH",
  "STAGING_ON_OTHER_FILESYSTEM",
  "TARGET_NOT_REPLACEABLE",
  "TASK_RESULT_INVALID",
]);

export function canRetryHelp(error: GlacierError): boolean {
  return !lasting.has(error.code);
}

/** Milliseconds. */
const first = 500;
const longest = 30_000;

/**
 * Exponential, with full jitter: a random time up to a limit that doubles with each attempt.
 * https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 * @param attempt The attempt that failed; 1 for the first.
 * @param chance From 0 to 1.
 * @returns Milliseconds, 30,000 at most.
 */
export function backoff(attempt: number, chance: number): number {
  return chance * Math.min(longest, first * 2 ** (attempt - 1));
}

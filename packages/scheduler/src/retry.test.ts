import { errorCodes, GlacierError } from "@glacier/core";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { backoff, canRetryHelp } from "./retry.ts";

const anAttempt = fc.integer({ min: 1, max: 101 });

describe("the time until the next attempt", () => {
  it("is anything from 0 to a limit that doubles with each attempt, up to 30 seconds", () => {
    fc.assert(
      fc.property(anAttempt, fc.double({ min: 0, max: 1, noNaN: true }), (attempt, chance) => {
        const limit = backoff(attempt, 1);
        expect(limit).toBe(attempt > 6 ? 30_000 : 500 * 2 ** (attempt - 1));
        expect(backoff(attempt, 0)).toBe(0);
        expect(backoff(attempt, chance)).toBeCloseTo(chance * limit, 6);
      }),
    );
  });

  it("starts with half a second at most", () => {
    expect([1, 2, 3, 4, 5, 6, 7, 8].map((attempt) => backoff(attempt, 1))).toEqual([
      500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000,
    ]);
  });
});

describe("another attempt", () => {
  it("is made for what may have been bad luck", () => {
    for (const code of ["STORAGE_FAILED", "SOURCE_NOT_FOUND", "TASK_FAILED", "STEP_TIMEOUT", "QUERY_FAILED"])
      expect(canRetryHelp(new GlacierError(code, "Bad luck."))).toBe(true);
    expect(canRetryHelp(new GlacierError("ACME_QUOTA_EXCEEDED", "A plugin's own."))).toBe(true);
  });

  it("is not made for a mistake in the pipeline", () => {
    const mistakes = Object.keys(errorCodes).filter((code) => !canRetryHelp(new GlacierError(code, "A mistake.")));
    expect(mistakes.sort()).toEqual([
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
  });
});

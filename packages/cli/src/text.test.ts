import { describe, expect, test } from "vitest";
import { bytes, count, duration, harmless, plural } from "./text.ts";

describe("figures for people", () => {
  test("bytes are in powers of 1,000, with one digit after the point", () => {
    expect([0, 999, 1_000, 12_345, 999_499, 999_950, 4_100_000, 2.5e12].map(bytes)).toEqual([
      "0 B",
      "999 B",
      "1.0 kB",
      "12.3 kB",
      "999.5 kB",
      "1.0 MB",
      "4.1 MB",
      "2.5 TB",
    ]);
  });

  test("durations take the unit that fits", () => {
    expect([0, 12.4, 999.4, 999.6, 3_449, 59_960, 61_000, 3_600_000].map(duration)).toEqual([
      "0 ms",
      "12 ms",
      "999 ms",
      "1.0 s",
      "3.4 s",
      "1 min 00 s",
      "1 min 01 s",
      "60 min 00 s",
    ]);
  });

  test("counts have commas, and one is not many", () => {
    expect(count(1_234_567)).toBe("1,234,567");
    expect([plural(1, "step"), plural(2_000, "step")]).toEqual(["1 step", "2,000 steps"]);
  });

  test("control characters become visible, line breaks stay", () => {
    expect(harmless("a\u001b[31mb\nc\u0000")).toBe("a�[31mb\nc�");
  });
});

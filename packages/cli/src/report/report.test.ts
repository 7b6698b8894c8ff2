import { stripVTControlCharacters } from "node:util";
import { type Finding, GlacierError } from "@glacier/core";
import { describe, expect, test } from "vitest";
import { painter } from "../progress/line.ts";
import { flights, unreadable } from "../sample-traces.test-d.ts";
import { findingOf } from "./finding-of.ts";
import { reportJson } from "./json.ts";
import { isRefused, type Report, reportOf } from "./report.ts";
import { about, findings, hostile, nothing, report, root } from "./sample-reports.test-d.ts";
import { reportText } from "./text.ts";

const plain = painter(false);

describe("a report as text", () => {
  test("tells of the whole, of the sources, then of each step the worst first, and sums up", () => {
    expect(reportText(report, plain).replaceAll(root, "<root>")).toBe(`pipeline
  warning ENGINE_OLD  Polars is older than what was tested.

bucket flights/carriers.csv
  error SOURCE_NOT_FOUND  There is no file for \`flights/carriers.csv\`.
    <root>/jobs/etl.ts:4:30

step clean
  error TYPE_MISMATCH  Step \`clean\` takes the mean of text.
    <root>/jobs/etl.ts:12:3

step report
  error COLUMN_NOT_FOUND  Step \`report\` asks for column \`delya\`, which it has not got.
    Did you mean \`delay\`?
    <root>/jobs/etl.ts:31:9  bucket flights/named.parquet  column delya
  warning LITERAL_IS_COLUMN  Step \`report\` compares \`airline\` with the column "Swiss".
    Write \`pl.lit("Swiss")\`.
    <root>/jobs/etl.ts:30:5  column airline
  note STEP_OPAQUE  Step \`report\` hides a part of its plan.

3 errors, 2 warnings, 1 note in 4 steps, checked in 41 ms
`);
  });

  test("says plainly that nothing was found, and what was looked at", () => {
    expect(reportText(nothing, plain)).toBe(
      "Nothing found in 4 steps, and 20 columns of 6 buckets, checked in 41 ms\n",
    );
  });

  test("says of how many steps the plan can't be read, and how many findings were ignored", () => {
    const found = { ...unreadable, findings: [{ code: "A", severity: "error", message: "It is." } as const] };
    expect(reportText(reportOf(about, found, ["A"]), plain)).toBe(
      "Nothing found in 3 steps, and 7 columns of 4 buckets, checked in 41 ms; of 1 step the plan can't be read; 1 ignored\n",
    );
  });

  test("has the same words with colours, and lets no control characters of names through", () => {
    expect(stripVTControlCharacters(reportText(report, painter(true)))).toBe(reportText(report, plain));
    // oxlint-disable-next-line no-control-regex -- they are what is looked for
    expect(reportText(hostile, plain)).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/);
  });
});

describe("whether a report is refused", () => {
  test("is so with errors, with warnings only if that is asked for, never with notes", () => {
    const only = (severity: Finding["severity"]): Report =>
      reportOf(about, { ...flights, findings: [{ code: "A", severity, message: "It is." }] });
    const verdicts = [only("error"), only("warning"), only("note"), nothing].map((each) => [
      isRefused(each, false),
      isRefused(each, true),
    ]);
    expect(verdicts).toEqual([
      [true, true],
      [false, true],
      [false, false],
      [false, false],
    ]);
  });

  test("does not depend on what is ignored", () => {
    const codes = findings.filter(({ severity }) => severity === "error").map(({ code }) => code);
    expect(isRefused(reportOf(about, { ...flights, findings }, codes), false)).toBe(false);
    expect(isRefused(reportOf(about, { ...flights, findings }, codes.slice(1)), false)).toBe(true);
  });
});

describe("a report as JSON", () => {
  test("is one document with everything in it", () => {
    expect(JSON.parse(reportJson(report))).toEqual({
      file: "jobs/etl.ts",
      pipeline: "flights",
      findings: report.findings,
      summary: {
        errors: 3,
        warnings: 2,
        notes: 1,
        ignored: 0,
        steps: 4,
        opaque: 0,
        buckets: 6,
        columns: 20,
        duration: 41,
      },
    });
  });
});

describe("an error that ended a command", () => {
  test("becomes a finding with its hint, and the place and step that it tells of", () => {
    const error = new GlacierError("MODULE_FAILED", "It can't be loaded.", {
      hint: "Mend it.",
      details: { place: { file: "etl.ts", line: 2, column: 3 }, step: "clean", code: "CYCLE" },
    });
    expect(findingOf(error)).toEqual({
      code: "MODULE_FAILED",
      severity: "error",
      message: "It can't be loaded.",
      hint: "Mend it.",
      step: "clean",
      place: { file: "etl.ts", line: 2, column: 3 },
    });
    expect(findingOf(new GlacierError("CYCLE", "It goes round.", { details: { place: "here" } }))).toEqual({
      code: "CYCLE",
      severity: "error",
      message: "It goes round.",
    });
  });
});

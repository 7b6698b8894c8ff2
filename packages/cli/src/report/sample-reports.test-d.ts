/** Reports for the tests beside this file. The ending keeps it out of the package. */
import type { Finding } from "@glacier/core";
import { flights, hostileNames } from "../sample-traces.test-d.ts";
import { type Report, reportOf } from "./report.ts";

/** Where the repository is said to be. */
export const root = "/srv/repository";
export const place = (line: number, column: number) => ({ file: `${root}/jobs/etl.ts`, line, column });

export const findings: readonly Finding[] = [
  {
    code: "LITERAL_IS_COLUMN",
    severity: "warning",
    message: 'Step `report` compares `airline` with the column "Swiss".',
    hint: 'Write `pl.lit("Swiss")`.',
    step: "report",
    column: "airline",
    place: place(30, 5),
  },
  {
    code: "STEP_OPAQUE",
    severity: "note",
    message: "Step `report` hides a part of its plan.",
    step: "report",
  },
  {
    code: "COLUMN_NOT_FOUND",
    severity: "error",
    message: "Step `report` asks for column `delya`, which it has not got.",
    hint: "Did you mean `delay`?",
    step: "report",
    bucket: "flights/named.parquet",
    column: "delya",
    place: place(31, 9),
  },
  {
    code: "TYPE_MISMATCH",
    severity: "error",
    message: "Step `clean` takes the mean of text.",
    step: "clean",
    place: place(12, 3),
  },
  {
    code: "SOURCE_NOT_FOUND",
    severity: "error",
    message: "There is no file for `flights/carriers.csv`.",
    bucket: "flights/carriers.csv",
    place: place(4, 30),
  },
  { code: "ENGINE_OLD", severity: "warning", message: "Polars is older than what was tested." },
];

export const about = { file: "jobs/etl.ts", pipeline: "flights", duration: 41 };
export const report = reportOf(about, { ...flights, findings });
export const nothing = reportOf(about, flights);

export const hostile: Report = reportOf(about, {
  ...flights,
  findings: hostileNames.map((name, at) => ({
    code: "TASK_FAILED",
    severity: (["error", "warning", "note"] as const)[at % 3] ?? "error",
    message: name,
    hint: name,
    ...(at % 2 === 0 ? { step: name } : { bucket: name }),
    column: name,
    place: { file: `${root}/${name}`, line: 1, column: 1 },
  })),
});

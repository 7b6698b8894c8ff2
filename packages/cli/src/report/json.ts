import type { Report } from "./report.ts";

/** The report as one JSON document: `file`, `pipeline`, `summary`, `findings`. Ends with a line break. */
export const reportJson = (report: Report): string => `${JSON.stringify(report, null, 2)}\n`;

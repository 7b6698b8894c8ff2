import type { Severity } from "@glacier/core";

/** What Polars runs although nobody means it, why, and how it is found: mostly as if it were refused. */
export const silent: Readonly<Record<string, { readonly why: string; readonly severity: Severity }>> = {
  "date compared with a number": { why: "It counts days or microseconds since 1970.", severity: "error" },
  "boolean compared with a number": { why: "It takes the boolean for 0 or 1.", severity: "error" },
  "number or text": { why: "It makes texts of the numbers, which may be meant.", severity: "warning" },
  "mean of text in a group": { why: "It is null for every group.", severity: "error" },
  "join without keys": { why: "It gives no rows.", severity: "error" },
};

/** What Polars does not refuse, but dies of, and this process with it. */
export const endsProcess: Readonly<Record<string, string>> = {
  "Arrow IPC target for a length": "It panics where it writes a number as a text.",
  "unpivot of lists and numbers": "It panics where it looks for a type for both.",
};

export { formatAdapters } from "./formats/format.ts";
export type { FormatAdapter } from "./formats/format.ts";
export { loadPolars } from "./polars.ts";
export type { Polars } from "./polars.ts";
export { scanBucket } from "./scan.ts";
export { executeStep } from "./step.ts";

export { formatAdapters } from "./formats/format.ts";
export type { FormatAdapter } from "./formats/format.ts";
export { scanBucket } from "./scan.ts";
export { executeStep } from "./step.ts";
export { sourceSchema } from "./source-schema.ts";

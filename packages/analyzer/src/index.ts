export type { AnalysedBucket, AnalysedColumn, AnalysedStep, Analysis } from "./analysis.ts";
export { analyze } from "./analyze.ts";
export type { RowEstimate } from "./estimate/rows.ts";
export type { BucketSize, StepEstimate } from "./estimate/step.ts";
export { mode } from "./mode.ts";
export type { AnalyzeOptions } from "./mode.ts";
export { sourceSchema } from "@glacier/worker";

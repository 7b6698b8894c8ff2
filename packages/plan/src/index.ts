// Reading plans
export { trace } from "./trace.ts";
export type { SourceSchemas } from "./trace.ts";
export { explainStep } from "./pipeline/explain.ts";
export { BucketKeys } from "./pipeline/keys.ts";
export { planDag, traceDag } from "./pipeline/trace-dag.ts";
export type { PlannedDag, TraceDagOptions } from "./pipeline/trace-dag.ts";
export type { PlannedQuery } from "./planned-query.ts";
export type { Explanation } from "./model/explanation.ts";
export type { BucketTrace, PipelineTrace } from "./model/pipeline-trace.ts";
export type { Opaque, SourceRead, Trace } from "./model/trace.ts";

// Lineage
export { columnLineageFacet } from "./lineage/openlineage.ts";
export type { ColumnLineageFacet, Dataset, InputField, Transformation } from "./lineage/openlineage.ts";
export { affected, origins } from "./lineage/follow.ts";
export { pipelineLineage } from "./lineage/pipeline.ts";
export type { LineageOfStep, Parts } from "./lineage/pipeline.ts";
export type {
  ColumnLineage,
  DirectInfluence,
  IndirectInfluence,
  Influence,
  LineageInput,
  StepLineage,
} from "./model/lineage.ts";
export type { BucketColumn, BucketLineage, PipelineLineage } from "./model/pipeline-lineage.ts";

// Plans
export { inputsOf } from "./model/node.ts";
export type { GroupBy, Join, PlanNode } from "./model/node.ts";
export type { BinaryOperator, CastMode, Expression, Literal, NameChange, Selector } from "./model/expression.ts";

// Fingerprints
export { fingerprint } from "./fingerprint/fingerprint.ts";
export type { FingerprintContext } from "./fingerprint/fingerprint.ts";
export { formsOf } from "./fingerprint/forms.ts";
export type { SourceForm, StepForms, TargetForm } from "./fingerprint/forms.ts";

// Findings
export { findingCodes, findingSeverities } from "./findings/codes.ts";
export type { FindingCode } from "./findings/codes.ts";

// Types
export { sameType, typeText } from "./model/column-type.ts";
export type { Column, ColumnType, SimpleKind, TableSchema, TimeUnit } from "./model/column-type.ts";
export { declaredColumns, isDeclaredType, tableSchemaOf } from "./declared-schema.ts";

// Polars
export { callTask } from "./call-task.ts";
export { loadPolars } from "./polars/load.ts";
export type { Polars } from "./polars/load.ts";
export { withoutAddresses } from "./polars/addresses.ts";
export { changeScan } from "./polars/change-scan.ts";
export { schemaOf } from "./polars/frame-schema.ts";
export { readablePlan } from "./polars/plan-text.ts";
export { missingColumn, missingColumnHint } from "./polars/missing-column.ts";

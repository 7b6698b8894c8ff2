// Values that users hold
export { Bucket } from "./bucket.ts";
export type { BucketParts } from "./bucket.ts";
export { Dag } from "./dag.ts";
export type { DagOptions, DagStep } from "./dag.ts";
export { ExecutionResource } from "./executor.ts";
export type { BucketSchema, DeclaredColumn, SchemaColumns } from "./bucket-schema.ts";
export type { Location } from "./location.ts";
export { nullable } from "./nullable.ts";
export type { Nullable } from "./nullable.ts";
export { NamedPipeline, NamedTransform, Pipeline, PipelineStart } from "./pipeline.ts";
export type { FramesOf, SourceBuckets } from "./pipeline.ts";
export { Provider } from "./provider.ts";
export type { AnyProvider, BucketDefinition, BucketOptions, ExecutorMethods, ProviderOptions } from "./provider.ts";
export type { Step } from "./step.ts";
export { isTask } from "./task.ts";
export type { AnyTask, Task, TaskOptions } from "./task.ts";
export { isOpenTransform, OpenTransform, PendingTransform } from "./transform.ts";

// Frames
export { isFrame, isLazyFrame } from "./frame.ts";
export type { Frame, LazyFrame, SingleSource, Sources } from "./frame.ts";
export type { ColumnsMissing, Fits, FrameOf, FrameWith, PolarsColumns, RowOf } from "./typed-frame.ts";

// Findings
export type { Finding, Severity } from "./finding.ts";
export type { SourcePlace } from "./source-place.ts";

// Runs
export type {
  RunChecked,
  RunEvent,
  RunFinished,
  RunStarted,
  RunStatus,
  StepFinished,
  StepProgress,
  StepRetrying,
  StepStarted,
} from "./events.ts";
export type { Failed, Outcome, OutcomeColumn, Skipped, Succeeded } from "./outcome.ts";
export { RunError } from "./run.ts";
export type { RunOptions, RunResult, StepResult } from "./run.ts";

// Contracts for plugins and modes
export type { RunArguments, RunMode, RunModes } from "./mode.ts";
export type { Executor, ExecutorFace, ExecutorTable, ProviderPlugin, StepContext } from "./plugin.ts";
export { defaultRegistry, Registry } from "./registry.ts";
export type { RegistryOptions } from "./registry.ts";
export type { ScanAddress, Staging, StagingAttempt, StorageFace, StoredObject } from "./storage.ts";

// Checking what users give
export { aDuration, milliseconds } from "./duration.ts";
export type { Duration } from "./duration.ts";
export { errorCodes, GlacierError } from "./errors.ts";
export type { GlacierErrorCode, GlacierErrorOptions } from "./errors.ts";
export {
  aBoolean,
  aFunction,
  anObject,
  anyString,
  aNumberAbove,
  aString,
  aWholeNumber,
  checkOptions,
  either,
  oneOf,
  required,
  show,
} from "./options.ts";
export type { OptionRule, OptionTable } from "./options.ts";
export { didYouMean, quoted, suggest } from "./suggest.ts";

// Paths and globs
export { globToRegExp } from "./glob.ts";
export { hasWildcards, label } from "./location.ts";

// Drawing
export type { Graph, GraphBucket, GraphEdge, GraphStep, GraphStorage } from "./graph.ts";
export { mermaidText, mermaidTitle } from "./mermaid.ts";

// Formats
export { checkFormatOptions, formatOfPath, formats } from "./formats/format.ts";
export type { FormatName, FormatOfPath, ScanOptions, SinkOptions } from "./formats/format.ts";
export type { CheckedOptions, FormatFace, FormatSpec } from "./formats/format.ts";
export type { CsvScanOptions, CsvSinkOptions } from "./formats/csv.ts";
export type { IpcScanOptions, IpcSinkOptions } from "./formats/ipc.ts";
export type { NdjsonScanOptions, NdjsonSinkOptions } from "./formats/ndjson.ts";
export type {
  ParquetCastOptions,
  ParquetScanOptions,
  ParquetSinkOptions,
  ParquetStatistics,
} from "./formats/parquet.ts";
export type { FilePathOptions, RowOptions } from "./formats/rows.ts";
export type { PlainType, Schema } from "./formats/schema.ts";
export { csvNamesInFile } from "./formats/csv-names.ts";
export type { TextCompressionOptions } from "./formats/compression.ts";

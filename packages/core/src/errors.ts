/**
 * Every code that Glacier itself uses, with what it stands for. The list is closed and stable: a code is never
 * renamed or reused. `docs/errors.md` is generated from it. Plugins add codes of their own, prefixed with their name
 * (`ACME_QUOTA_EXCEEDED`).
 */
export const errorCodes = {
  // Values that a user gives
  OPTION_UNKNOWN: "An option was given that does not exist there; usually a misspelling.",
  OPTION_INVALID: "An option has a value that is not allowed for it.",
  OPTION_MISSING: "An option that is needed was not given.",
  ARGUMENT_INVALID: "A function was called with something that it does not take.",
  BUCKET_NAME_INVALID: "A bucket name is empty, or has characters that its storage does not allow.",
  PATH_INVALID:
    "A path in a bucket is empty, absolute, has `..` in it, or has characters that its storage does not allow.",
  FORMAT_UNKNOWN: "The format of a bucket was not given and does not follow from the ending of its path.",
  TASK_NAME_INVALID: "A task has no name, or one with control characters.",
  PIPELINE_NAME_INVALID: "A pipeline was given an empty name, or one with control characters.",

  // The chain and the graph
  BUCKET_HAS_NO_LINEAGE: "A bucket that no step produces was used as a pipeline.",
  TRANSFORM_WITHOUT_TARGET: "A transform was used as a pipeline before `.to(bucket)` said where its result goes.",
  TARGET_IS_PATTERN: "A bucket whose path is a glob was used as a target; a glob can only be read.",
  TARGET_TWICE: "Two steps write the same bucket.",
  TARGET_OVERLAPS: "A target lies inside another target, so one step would overwrite part of what the other wrote.",
  TASK_NAME_DUPLICATE: "Two different tasks of one pipeline have the same name.",
  CYCLE: "A step needs, directly or through others, what it writes itself.",
  SOURCES_MISMATCH: "A task and the sources it was given do not have the same names.",
  SOURCES_DIFFER: "One place is two sources of a task, read with different options; Polars would read both in one way.",
  STEP_UNKNOWN: "A step was asked for that the pipeline does not have.",

  // Providers, executors, modes
  PLUGIN_INVALID: "A plugin does not keep to its contract.",
  PROVIDER_UNKNOWN: "A provider was asked for that the registry does not hold.",
  PROVIDER_HAS_NO_STORAGE: "A bucket was asked of a provider that has no storage.",
  EXECUTOR_UNKNOWN: "A provider was asked for a kind of executor that it has not got.",
  MODE_UNKNOWN: "A run was asked for in a mode that nobody registered.",
  MODE_NOT_INSTALLED: "A run was asked for in a mode of Glacier's own whose package is not installed.",
  ALREADY_REGISTERED: "A mode or provider was registered under a name that is taken.",

  // Storage
  SOURCE_NOT_FOUND: "A source does not exist, or its pattern matches no file.",
  SOURCE_UNREADABLE: "A source exists and cannot be read in its format.",
  STORAGE_DENIED: "The storage refused to read or write: a permission is missing.",
  STORAGE_FULL: "The storage has no room left.",
  STORAGE_FAILED: "The storage failed in a way that is none of the others.",
  PATH_OUTSIDE_ROOT: "A path leaves the root of its provider through a symbolic link.",
  STAGING_ON_OTHER_FILESYSTEM:
    "A target is on another file system than the staging area, so it cannot be replaced atomically.",
  TARGET_NOT_REPLACEABLE: "A target cannot be replaced by a file: it is a directory, or something that is no file.",

  // A step
  ENGINE_NOT_INSTALLED: "Polars, or its binary for this machine, is not installed.",
  TASK_FAILED: "The task's own code threw.",
  TASK_RESULT_INVALID: "A task returned nothing, or something that is no frame.",
  COLUMN_NOT_FOUND: "A task asked for a column that its source has not got.",
  QUERY_FAILED: "Polars refused or failed to execute the query of a task.",
  SCHEMA_MISMATCH: "The data of a bucket do not have the columns or types that its `schema` declares.",
  NULL_NOT_ALLOWED: "A column that its bucket's `schema` does not declare as nullable has nulls.",
  STEP_TIMEOUT: "A step took longer than its timeout allows.",
  CHECK_FAILED: "A run was refused: the check before it found mistakes. They are in `details.findings`.",
  RUN_FAILED: "One or more steps of a run failed.",
  RUN_CANCELLED: "A run was cancelled before it was finished.",

  // The command line
  USAGE: "The command line could not be understood.",
  MODULE_NOT_FOUND: "The pipeline module does not exist.",
  MODULE_FAILED: "The pipeline module could not be loaded.",
  NO_PIPELINES: "The pipeline module exports no pipeline.",
  PIPELINE_UNKNOWN: "The pipeline module exports no pipeline of that name.",
  OUTPUT_FAILED: "A file that a command was to write could not be written.",
  UNEXPECTED: "Something failed that has no code: a mistake in Glacier or in a plugin.",
} as const;

/** A code of Glacier's own. */
export type GlacierErrorCode = keyof typeof errorCodes;

const brand = Symbol.for("glacier.error");

export interface GlacierErrorOptions {
  /** What to do next, in one or two sentences. */
  readonly hint?: string;
  /** The error underneath, if there is one. */
  readonly cause?: unknown;
  /** Facts for programs: names, values, findings. Plain data, never a secret. */
  readonly details?: Readonly<Record<string, unknown>>;
}

/**
 * The one error that users see. Whatever a user can cause ends in one of these: a stable `code`, one sentence with the
 * user's own names in it, and a `hint` that says what to do.
 *
 * Recognise it with {@link GlacierError.is}, which works by brand and so survives two installed copies of this package.
 */
export class GlacierError extends Error {
  override readonly name = "GlacierError";
  /** Stable; one of {@link errorCodes}, or a plugin's own. */
  readonly code: GlacierErrorCode | (string & {});
  /** What to do next. */
  readonly hint: string | undefined;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: GlacierErrorCode | (string & {}), message: string, options: GlacierErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.hint = options.hint;
    this.details = options.details ?? {};
    Object.defineProperty(this, brand, { value: true });
  }

  static is(value: unknown): value is GlacierError {
    return typeof value === "object" && value !== null && (value as { [brand]?: unknown })[brand] === true;
  }

  /** Plain data for logs and `--json`: code, message, hint, details; no stack, no cause. */
  toJSON(): { code: string; message: string; hint?: string; details?: Readonly<Record<string, unknown>> } {
    return {
      code: this.code,
      message: this.message,
      ...(this.hint === undefined ? {} : { hint: this.hint }),
      ...(Object.keys(this.details).length === 0 ? {} : { details: this.details }),
    };
  }
}

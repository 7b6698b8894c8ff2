import type { DataFrame } from "nodejs-polars";
import { isMarked, mark } from "./brand.ts";
import type { BucketSchema, SchemaColumns } from "./bucket-schema.ts";
import { Dag } from "./dag.ts";
import { GlacierError } from "./errors.ts";
import type { FormatName } from "./formats/format.ts";
import type { SingleSource } from "./frame.ts";
import { hasWildcards, label, type Location } from "./location.ts";
import type { RunArguments, RunModes } from "./mode.ts";
import { NamedPipeline } from "./pipeline.ts";
import { checkPipelineName } from "./pipeline-name.ts";
import { preview } from "./preview.ts";
import { printedAs } from "./printed.ts";
import type { AnyProvider } from "./provider.ts";
import type { Origin, SourcePlace } from "./source-place.ts";
import type { Step } from "./step.ts";
import type { StorageFace } from "./storage.ts";
import type { Task } from "./task.ts";
import { PendingTransform } from "./transform.ts";
import type { Fits, FrameWith } from "./typed-frame.ts";

/** What a bucket is made of. */
export interface BucketParts {
  readonly provider: AnyProvider;
  readonly storage: StorageFace;
  readonly location: Location;
  /** Options of the format when it is read, checked. */
  readonly scanOptions: Readonly<Record<string, unknown>>;
  /** Options of the format when it is written, checked. */
  readonly sinkOptions: Readonly<Record<string, unknown>>;
  /** What its data must have, checked. */
  readonly schema?: BucketSchema | undefined;
  /** Where in the user's code it was made. */
  readonly origin?: Origin | undefined;
  readonly step?: Step | undefined;
  readonly name?: string | undefined;
  readonly description?: string | undefined;
}

/**
 * A place in storage and, if a step produces it, that step: so the last bucket of a chain *is* the pipeline.
 *
 * A bucket is a value. It is never changed; `transform`, `to` and `withName` give new ones. Users make one with
 * `provider.bucket("lake", "raw/orders.parquet")`.
 *
 * `Columns` are those of its `schema`, for the compiler; of a bucket without one, any.
 */
// oxlint-disable-next-line typescript/no-explicit-any -- so that `Bucket` by itself is every bucket
export class Bucket<Columns extends SchemaColumns = any> {
  readonly #parts: BucketParts;
  #uri: string | undefined;

  constructor(parts: BucketParts) {
    this.#parts = parts;
    Object.freeze(this);
  }

  static is(value: unknown): value is Bucket {
    return isMarked(value, "bucket");
  }

  get provider(): AnyProvider {
    return this.#parts.provider;
  }
  get storage(): StorageFace {
    return this.#parts.storage;
  }
  get location(): Location {
    return this.#parts.location;
  }
  /** The name of the bucket within its provider. */
  get bucket(): string {
    return this.#parts.location.bucket;
  }
  get path(): string {
    return this.#parts.location.path;
  }
  get format(): FormatName {
    return this.#parts.location.format;
  }
  get scanOptions(): Readonly<Record<string, unknown>> {
    return this.#parts.scanOptions;
  }
  get sinkOptions(): Readonly<Record<string, unknown>> {
    return this.#parts.sinkOptions;
  }
  /** The columns that its data must have; `undefined` where none were declared. */
  get schema(): BucketSchema | undefined {
    return this.#parts.schema;
  }
  /** The step that produces it; `undefined` for a bucket that is only read. */
  get step(): Step | undefined {
    return this.#parts.step;
  }
  /** The pipeline's name, from `withName`. */
  get name(): string | undefined {
    return this.#parts.name;
  }
  get description(): string | undefined {
    return this.#parts.description;
  }
  /** Where in the user's code it was made, where that can be told. */
  get place(): SourcePlace | undefined {
    return this.#parts.origin?.place;
  }
  /** Whether the path is a glob, which can be read but not written. */
  get isPattern(): boolean {
    return this.location.glob && hasWildcards(this.path);
  }

  /** The whole address, and so the identity: two buckets with the same one are the same place. */
  get uri(): string {
    this.#uri ??= this.storage.uri(this.location);
    return this.#uri;
  }

  /**
   * Applies a task that reads this bucket. Complete it with `.to(target)`.
   * @throws ARGUMENT_INVALID, SOURCES_MISMATCH
   */
  transform<T extends Task<SingleSource>>(task: T & Fits<{ readonly df: FrameWith<Columns> }, T>): PendingTransform {
    return new PendingTransform({ df: this }, task);
  }

  /**
   * Runs the pipeline that produces this bucket, in mode `local` unless another is given.
   * @throws BUCKET_HAS_NO_LINEAGE, MODE_UNKNOWN, MODE_NOT_INSTALLED, what {@link toDag} throws, and what the mode throws
   */
  run<Mode extends keyof RunModes = "local">(options?: RunArguments<Mode>): Promise<RunModes[Mode]["result"]> {
    return this.provider.registry.run(() => this.#dagTo("run"), options);
  }

  /**
   * The data as it is in storage now, as a lazy frame. With a schema: its columns, after they were compared with those in
   * storage. Nulls are not looked for.
   * @throws SOURCE_NOT_FOUND, SOURCE_UNREADABLE, SCHEMA_MISMATCH, MODE_NOT_INSTALLED
   */
  scan(): Promise<FrameWith<Columns>> {
    return this.provider.registry.scan(this);
  }

  /**
   * The first `rows` rows of what is in storage now, in memory.
   * @param rows Default: 10.
   * @throws as {@link scan}, ARGUMENT_INVALID and QUERY_FAILED
   */
  preview(rows = 10): Promise<DataFrame> {
    return preview(() => this.scan(), rows, `Bucket \`${label(this)}\``);
  }

  /**
   * The same bucket with a name and a description for the pipeline that it is.
   * @throws PIPELINE_NAME_INVALID
   */
  withName(name: string, description?: string): Bucket<Columns> {
    const checked = checkPipelineName(name, description);
    return new Bucket({ ...this.#parts, name: checked.name, description: checked.description ?? this.description });
  }

  /** The steps that produce it, each once, in an order in which they can run. Empty for a bucket that is only read. */
  get lineage(): readonly Step[] {
    return this.step === undefined ? [] : Dag.of(this).steps.map((node) => node.step);
  }

  /**
   * The graph of the steps that produce it, checked.
   * @throws BUCKET_HAS_NO_LINEAGE, and as {@link Dag}
   */
  toDag(): Dag {
    return this.#dagTo("use");
  }

  /** The pipeline as an object with name, description and steps. @throws BUCKET_HAS_NO_LINEAGE */
  toPipeline(): NamedPipeline {
    const dag = this.toDag();
    return new NamedPipeline(this, { name: dag.name, description: this.description });
  }

  /** The pipeline as a Mermaid flowchart. @throws BUCKET_HAS_NO_LINEAGE */
  visualize(): string {
    return this.#dagTo("draw").toMermaid();
  }

  /** This place as the target of a step: the same bucket with that lineage. Used by `.to(bucket)`. */
  producedBy(step: Step): Bucket<Columns> {
    return new Bucket({ ...this.#parts, step });
  }

  toString(): string {
    return `Bucket(${label(this)})`;
  }

  /** Plain data: where it is, and by which step. */
  toJSON(): Location & { name?: string; step?: string } {
    return {
      ...this.location,
      ...(this.name === undefined ? {} : { name: this.name }),
      ...(this.step === undefined ? {} : { step: this.step.task.name }),
    };
  }

  #dagTo(purpose: "run" | "draw" | "use"): Dag {
    if (this.step !== undefined) return Dag.of(this);
    throw new GlacierError(
      "BUCKET_HAS_NO_LINEAGE",
      `Can't ${purpose} bucket \`${label(this)}\` as a pipeline: no step produces it.`,
      {
        hint: "It is a source. Chain `.transform(task).to(target)` on it, and use the bucket that this returns.",
        details: { bucket: label(this) },
      },
    );
  }
}

mark(Bucket.prototype, "bucket");
printedAs(Bucket, (bucket) => {
  const by = bucket.step === undefined ? "" : `, by ${bucket.step.task.name}`;
  return `Bucket(${bucket.location.provider}: ${label(bucket)}${by})`;
});

import { isMarked, mark } from "./brand.ts";
import type { Bucket } from "./bucket.ts";
import { Dag } from "./dag.ts";
import { GlacierError } from "./errors.ts";
import type { LazyFrame, SingleSource } from "./frame.ts";
import type { RunArguments, RunModes } from "./mode.ts";
import { checkPipelineName, type PipelineName } from "./pipeline-name.ts";
import { show } from "./options.ts";
import type { Step } from "./step.ts";
import type { AnyTask, Task } from "./task.ts";
import { OpenTransform, PendingTransform } from "./transform.ts";
import type { Fits, FrameOf } from "./typed-frame.ts";

/** Buckets by the names under which a task gets them. */
export type SourceBuckets = Readonly<Record<string, Bucket>>;

/** The frames that a task gets from those buckets, each typed by the bucket's `schema`. */
export type FramesOf<Buckets extends SourceBuckets> = { readonly [Name in keyof Buckets]: FrameOf<Buckets[Name]> };

/** Frames of those names, with any columns. */
type FramesNamed<Buckets extends SourceBuckets> = { readonly [Name in keyof Buckets]: LazyFrame };

/**
 * Several sources for one transform.
 *
 * ```ts
 * const joined = new Pipeline({ flights, airports }).transform(joinTask).to(out);
 * ```
 *
 * The names are those that the task takes; others, or missing ones, are a compile error and SOURCES_MISMATCH.
 */
export class Pipeline<Buckets extends SourceBuckets = SourceBuckets, Pending extends OpenTransform = PendingTransform> {
  readonly sources: Buckets;

  /** @throws ARGUMENT_INVALID */
  constructor(sources: Buckets) {
    this.sources = checkSources(sources);
    if (new.target === Pipeline) Object.freeze(this);
  }

  /** @throws SOURCES_MISMATCH, ARGUMENT_INVALID */
  transform<T extends Task<FramesNamed<Buckets>>>(task: T & Fits<FramesOf<Buckets>, T>): Pending {
    return this.opened(task) as Pending;
  }

  /** The transform that `transform` returns. */
  protected opened(task: AnyTask): OpenTransform {
    return new PendingTransform(this.sources, task);
  }

  /**
   * The builder: `Pipeline.named("etl").source(raw).transform(clean).to(tidy).build()`. It makes the same steps as the
   * chain of buckets.
   * @throws PIPELINE_NAME_INVALID
   */
  static named(name: string, description?: string): PipelineStart {
    return new PipelineStart(checkPipelineName(name, description));
  }

  static is(value: unknown): value is Pipeline {
    return isMarked(value, "pipeline");
  }
}

mark(Pipeline.prototype, "pipeline");

/** A named pipeline without sources. */
export class PipelineStart {
  readonly name: string;
  readonly description: string | undefined;

  constructor(named: PipelineName) {
    this.name = named.name;
    this.description = named.description;
    Object.freeze(this);
  }

  /** Reads one bucket. */
  source<Source extends Bucket>(
    bucket: Source,
  ): {
    transform<T extends Task<SingleSource>>(task: T & Fits<FramesOf<{ df: Source }>, T>): NamedTransform;
  } {
    const sources = checkSources({ df: bucket });
    return { transform: (task) => new NamedTransform(this, sources, task) };
  }

  /** Reads several buckets by name. */
  sources<Buckets extends SourceBuckets>(
    buckets: Buckets,
  ): { transform<T extends Task<FramesNamed<Buckets>>>(task: T & Fits<FramesOf<Buckets>, T>): NamedTransform } {
    const sources = checkSources(buckets);
    return { transform: (task) => new NamedTransform(this, sources, task) };
  }
}

/** A transform of a named pipeline that has no target yet. */
export class NamedTransform extends OpenTransform {
  readonly #pipeline: PipelineName;

  constructor(pipeline: PipelineName, sources: SourceBuckets, task: AnyTask) {
    super(sources, task);
    this.#pipeline = pipeline;
    Object.freeze(this);
  }

  /** Writes the result to `target`; the next transform reads it from there. */
  to(target: Bucket): NamedPipeline {
    return new NamedPipeline(this.completed(target), this.#pipeline);
  }

  /** Refused until `.to(bucket)`. */
  build(): never {
    throw this.withoutTarget("before `.build()`");
  }
}

/** A whole pipeline as an object: what `bucket.toPipeline()` and the builder give. */
export class NamedPipeline extends Pipeline<{ df: Bucket }, NamedTransform> {
  readonly name: string;
  readonly description: string | undefined;
  /** The final bucket, with the whole lineage. */
  readonly target: Bucket;

  constructor(target: Bucket, named: PipelineName) {
    super({ df: target });
    this.name = named.name;
    this.description = named.description;
    this.target = target.withName(named.name, named.description);
    Object.freeze(this);
  }

  protected override opened(task: AnyTask): NamedTransform {
    return new NamedTransform(this, this.sources, task);
  }

  /** Its steps, in an order in which they can run. */
  get steps(): readonly Step[] {
    return this.target.lineage;
  }

  /** The graph of its steps, checked. @throws as {@link Dag} */
  build(): Dag {
    return this.target.toDag();
  }

  toDag(): Dag {
    return this.build();
  }

  run<Mode extends keyof RunModes = "local">(options?: RunArguments<Mode>): Promise<RunModes[Mode]["result"]> {
    return this.target.run(options);
  }

  visualize(): string {
    return this.target.visualize();
  }
}

function checkSources<Buckets extends SourceBuckets>(sources: Buckets): Buckets {
  if (typeof sources !== "object" || sources === null || Array.isArray(sources) || isMarked(sources, "bucket")) {
    throw new GlacierError("ARGUMENT_INVALID", `A pipeline takes its buckets by name, not ${show(sources)}.`, {
      hint: "Write `new Pipeline({ sales, customers })`. For one source, chain the bucket itself: `raw.transform(…)`.",
    });
  }
  const entries = Object.entries(sources);
  if (entries.length === 0) {
    throw new GlacierError("ARGUMENT_INVALID", "A pipeline needs at least one source.", {
      hint: "Write `new Pipeline({ sales, customers })`.",
    });
  }
  for (const [name, bucket] of entries) {
    if (!isMarked(bucket, "bucket")) {
      throw new GlacierError(
        "ARGUMENT_INVALID",
        `Source \`${name}\` of a pipeline is no bucket, but ${show(bucket)}.`,
        {
          hint: "A transform becomes a bucket with `.to(bucket)`.",
        },
      );
    }
  }
  return Object.freeze({ ...sources });
}

import type { DataFrame } from "nodejs-polars";
import { isMarked, mark } from "./brand.ts";
import type { Bucket } from "./bucket.ts";
import type { SchemaColumns } from "./bucket-schema.ts";
import { GlacierError } from "./errors.ts";
import { isLazyFrame, type LazyFrame } from "./frame.ts";
import { label } from "./location.ts";
import { show } from "./options.ts";
import { preview } from "./preview.ts";
import type { Step } from "./step.ts";
import { type AnyTask, checkSourceNames, isTask } from "./task.ts";

/** What every transform without a target has: it can be looked at, with `run` and `preview`, which write nothing. */
export abstract class OpenTransform {
  readonly sources: Readonly<Record<string, Bucket>>;
  readonly task: AnyTask;

  constructor(sources: Readonly<Record<string, Bucket>>, task: AnyTask) {
    checkTask(task);
    checkSourceNames(task.name, task.sources, Object.keys(sources));
    checkSourcesAgree(task.name, sources);
    this.sources = Object.freeze({ ...sources });
    this.task = task;
  }

  /**
   * The result as a lazy frame; nothing is written. Sources are read as they are in storage now: a source that a step
   * produces must have been run before.
   * @throws SOURCE_NOT_FOUND, SOURCE_UNREADABLE, TASK_RESULT_INVALID, and what the task throws
   */
  async run(): Promise<LazyFrame> {
    const entries = Object.entries(this.sources);
    const frames = await Promise.all(entries.map(async ([name, bucket]) => [name, await bucket.scan()] as const));
    const result = await this.task(Object.fromEntries<LazyFrame>(frames));
    return isLazyFrame(result) ? result : result.lazy();
  }

  /**
   * The first `rows` rows of the result, in memory; nothing is written.
   * @param rows Default: 10.
   * @throws as {@link run}, ARGUMENT_INVALID and QUERY_FAILED
   */
  preview(rows = 10): Promise<DataFrame> {
    return preview(() => this.run(), rows, `The result of task \`${this.task.name}\``);
  }

  /** Refused: every transform writes to storage before the next one reads. */
  transform(task: AnyTask): never {
    checkTask(task);
    throw this.withoutTarget(`before \`.transform(${task.name})\``);
  }

  /** Refused until `.to(bucket)`. */
  withName(_name: string): never {
    throw this.withoutTarget("before `.withName(…)`");
  }

  /** Refused until `.to(bucket)`. */
  toDag(): never {
    throw this.withoutTarget("before it is used as a pipeline");
  }

  /** Refused until `.to(bucket)`. */
  visualize(): never {
    throw this.withoutTarget("before it is drawn");
  }

  /** The target with the step that this transform becomes. */
  protected completed<Columns extends SchemaColumns>(target: Bucket<Columns>): Bucket<Columns> {
    if (!isMarked(target, "bucket")) {
      throw new GlacierError(
        "ARGUMENT_INVALID",
        `\`.to(…)\` after task \`${this.task.name}\` takes a bucket, not ${show(target)}.`,
        {
          hint: 'Make one with `provider.bucket("reports", "out.parquet")`.',
        },
      );
    }
    if (target.step !== undefined) {
      throw new GlacierError(
        "TARGET_TWICE",
        `Step \`${this.task.name}\` would write \`${label(target)}\`, which step \`${target.step.task.name}\` already writes.`,
        {
          hint: "Give each step a bucket of its own.",
          details: { steps: [target.step.task.name, this.task.name], target: label(target) },
        },
      );
    }
    if (target.isPattern) {
      throw new GlacierError(
        "TARGET_IS_PATTERN",
        `Step \`${this.task.name}\` can't write to \`${label(target)}\`: a glob can only be read.`,
        {
          hint: "Write to one file. Where the characters are meant literally, make the bucket with `glob: false`.",
        },
      );
    }
    const step: Step = Object.freeze({ sources: this.sources, task: this.task, target });
    return target.producedBy(step);
  }

  protected withoutTarget(when: string): GlacierError {
    return new GlacierError(
      "TRANSFORM_WITHOUT_TARGET",
      `The transform \`${this.task.name}\` has no target: call \`.to(bucket)\` ${when}.`,
      {
        hint: "Steps share data only through storage, so every transform needs a bucket. To look at the result without writing it, use `.run()` or `.preview()`.",
        details: { task: this.task.name },
      },
    );
  }
}

mark(OpenTransform.prototype, "pending");

/**
 * A transform of one or more buckets that has no target yet. `.to(bucket)` completes it.
 */
export class PendingTransform extends OpenTransform {
  constructor(sources: Readonly<Record<string, Bucket>>, task: AnyTask) {
    super(sources, task);
    Object.freeze(this);
  }

  /**
   * Writes the result to `target`, when it is run. Returns that bucket with its lineage: the pipeline so far.
   * @throws ARGUMENT_INVALID, TARGET_TWICE, TARGET_IS_PATTERN
   */
  to<Columns extends SchemaColumns>(target: Bucket<Columns>): Bucket<Columns> {
    return this.completed(target);
  }
}

export function isOpenTransform(value: unknown): value is OpenTransform {
  return isMarked(value, "pending");
}

/**
 * Polars keeps what it knows of a file by its path, for a whole query: read twice with different options, one of them
 * would be applied to both, silently.
 */
function checkSourcesAgree(task: string, sources: Readonly<Record<string, Bucket>>): void {
  const seen = new Map<string, readonly [name: string, bucket: Bucket]>();
  for (const [name, bucket] of Object.entries(sources)) {
    const [other, same] = seen.get(bucket.uri) ?? [];
    if (other === undefined || same === undefined) {
      seen.set(bucket.uri, [name, bucket]);
    } else if (howItIsRead(bucket) !== howItIsRead(same)) {
      throw new GlacierError(
        "SOURCES_DIFFER",
        `Sources \`${other}\` and \`${name}\` of task \`${task}\` are both \`${label(bucket)}\`, read with different options.`,
        {
          hint: "Polars would read both in one way. Read it once with each set of options, in steps of their own.",
          details: { task, sources: [other, name] },
        },
      );
    }
  }
}

const howItIsRead = (bucket: Bucket): string =>
  JSON.stringify([
    bucket.format,
    bucket.location.glob,
    bucket.scanOptions,
    bucket.schema?.columns.map(({ name, type }) => [name, type]),
  ]);

function checkTask(task: unknown): asserts task is AnyTask {
  if (isTask(task)) return;
  throw new GlacierError("ARGUMENT_INVALID", `\`.transform(…)\` takes a task, not ${show(task)}.`, {
    hint: 'Make one with an executor: `const here = provider.local(); here.task("clean", (df) => …)`.',
  });
}

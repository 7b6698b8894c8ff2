import { isMarked, mark } from "./brand.ts";
import type { Bucket } from "./bucket.ts";
import { connect } from "./dag-edges.ts";
import { inOrder } from "./dag-order.ts";
import { GlacierError } from "./errors.ts";
import type { Graph } from "./graph.ts";
import { toGraph } from "./dag-graph.ts";
import { label } from "./location.ts";
import type { RunArguments, RunModes } from "./mode.ts";
import { toMermaid } from "./mermaid.ts";
import { show } from "./options.ts";
import type { Step } from "./step.ts";
import { didYouMean, quoted } from "./suggest.ts";

/** A step in its place in a {@link Dag}. */
export interface DagStep {
  /** Unique in its Dag: the task's name, and where a task is used more than once, `task@bucket/path` of its target. */
  readonly name: string;
  readonly step: Step;
  /** The steps whose targets it reads. */
  readonly dependencies: readonly DagStep[];
  /** The steps that read its target. */
  readonly dependents: readonly DagStep[];
  /** 0 for a step without dependencies, else one more than the highest of theirs. */
  readonly level: number;
}

export interface DagOptions {
  readonly name?: string | undefined;
  readonly description?: string | undefined;
}

/**
 * The steps of one or more pipelines, each once, checked and in order. Every mode works on it.
 *
 * A step depends on another if it reads what that one writes: the same address, a file in a directory or under a glob
 * that it reads. Building it takes time linear in steps and edges.
 */
export class Dag {
  /** In an order in which they can run; the same order every time. */
  readonly steps: readonly DagStep[];
  /** The name given, or that of the final bucket: its `withName`, else its path. */
  readonly name: string;
  readonly description: string | undefined;
  readonly #byName: ReadonlyMap<string, DagStep>;

  /**
   * @throws TARGET_TWICE, TARGET_OVERLAPS, TASK_NAME_DUPLICATE, CYCLE, ARGUMENT_INVALID
   */
  constructor(steps: Iterable<Step>, options: DagOptions = {}) {
    const ordered = inOrder(connect(steps));
    if (ordered.length === 0) {
      throw new GlacierError("ARGUMENT_INVALID", "A Dag needs at least one step.", {
        hint: "Chain `.transform(task).to(bucket)` on a bucket.",
      });
    }
    this.steps = Object.freeze(ordered);
    this.#byName = new Map(ordered.map((node) => [node.name, node]));
    const final = this.targets[0] as Bucket;
    this.name = options.name ?? final.name ?? final.path;
    this.description = options.description ?? final.description;
    Object.freeze(this);
  }

  /**
   * The graph of one bucket's lineage, or of several that are to run together.
   * @throws as the constructor
   */
  static of(buckets: Bucket | readonly Bucket[], options: DagOptions = {}): Dag {
    const list: readonly Bucket[] = Array.isArray(buckets) ? buckets : [buckets];
    const only = list.length === 1 ? list[0] : undefined;
    return new Dag(stepsBehind(list), {
      name: options.name ?? (only === undefined ? undefined : (only.name ?? only.path)),
      description: options.description ?? only?.description,
    });
  }

  /** The steps by level: all steps of one level can run at the same time. */
  get levels(): readonly (readonly DagStep[])[] {
    const levels: DagStep[][] = [];
    for (const node of this.steps) (levels[node.level] ??= []).push(node);
    return levels;
  }

  /** The buckets that a step writes and none reads: what the pipelines are for. Never empty. */
  get targets(): readonly Bucket[] {
    return this.steps.filter((node) => node.dependents.length === 0).map((node) => node.step.target);
  }

  /** The buckets that are read and that no step writes, each once. */
  get sources(): readonly Bucket[] {
    const written = new Set(this.steps.map((node) => node.step.target.uri));
    const read = new Map<string, Bucket>();
    for (const { step } of this.steps) {
      for (const bucket of Object.values(step.sources)) if (!written.has(bucket.uri)) read.set(bucket.uri, bucket);
    }
    return [...read.values()];
  }

  /**
   * A step by its name.
   * @throws STEP_UNKNOWN
   */
  step(name: string): DagStep {
    const found = this.#byName.get(name);
    if (found !== undefined) return found;
    const names = [...this.#byName.keys()];
    throw new GlacierError("STEP_UNKNOWN", `Pipeline \`${this.name}\` has no step \`${name}\`.`, {
      hint: `${didYouMean(name, names)}${names.length <= 20 ? `It has ${quoted(names)}.` : `It has ${names.length} steps.`}`,
      details: { step: name },
    });
  }

  /** Everything that must run before a step, in order. @throws STEP_UNKNOWN */
  upstream(step: DagStep | string): readonly DagStep[] {
    return this.#reach(step, (node) => node.dependencies);
  }

  /** Everything that needs a step, directly or through others, in order. @throws STEP_UNKNOWN */
  downstream(step: DagStep | string): readonly DagStep[] {
    return this.#reach(step, (node) => node.dependents);
  }

  /** As plain data, to be drawn. */
  toGraph(): Graph {
    return toGraph(this);
  }

  /** As a Mermaid flowchart. */
  toMermaid(): string {
    return toMermaid(this.toGraph());
  }

  /**
   * Runs its steps, in mode `local` unless another is given: what `bucket.run` does for one pipeline.
   * @throws MODE_UNKNOWN, MODE_NOT_INSTALLED, and what the mode throws
   */
  run<Mode extends keyof RunModes = "local">(options?: RunArguments<Mode>): Promise<RunModes[Mode]["result"]> {
    const [target] = this.targets as [Bucket];
    return target.provider.registry.run(() => this, options);
  }

  toString(): string {
    return `Dag(${this.name}, ${this.steps.length} steps)`;
  }

  #reach(step: DagStep | string, next: (node: DagStep) => readonly DagStep[]): readonly DagStep[] {
    const start = this.step(typeof step === "object" && step !== null ? step.name : step);
    const seen = new Set<DagStep>();
    const open = [...next(start)];
    for (let node = open.pop(); node !== undefined; node = open.pop()) {
      if (seen.has(node)) continue;
      seen.add(node);
      open.push(...next(node));
    }
    return this.steps.filter((node) => seen.has(node));
  }
}

mark(Dag.prototype, "dag");

/** Every step in the lineage of those buckets, each once, in no particular but always the same order. */
function stepsBehind(buckets: readonly Bucket[]): readonly Step[] {
  const steps = new Set<Step>();
  const open: Step[] = [];
  for (const bucket of buckets) {
    if (!isMarked(bucket, "bucket")) {
      throw new GlacierError("ARGUMENT_INVALID", `A Dag is made of buckets, not of ${show(bucket)}.`, {
        hint: "Use what `.to(bucket)` returns; of a pipeline object, its `target`.",
      });
    }
    if (bucket.step === undefined) {
      throw new GlacierError("BUCKET_HAS_NO_LINEAGE", `No step produces bucket \`${label(bucket)}\`.`, {
        hint: "It is a source. Chain `.transform(task).to(target)` on it, and use the bucket that this returns.",
      });
    }
    open.push(bucket.step);
  }
  for (let step = open.pop(); step !== undefined; step = open.pop()) {
    if (steps.has(step)) continue;
    steps.add(step);
    for (const source of Object.values(step.sources)) if (source.step !== undefined) open.push(source.step);
  }
  return [...steps];
}

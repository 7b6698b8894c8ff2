import { type Bucket, type Dag, type DagStep, type Finding, GlacierError, hasWildcards } from "@glacier/core";
import { declaredColumns } from "../declared-schema.ts";
import { pipelineLineage } from "../lineage/pipeline.ts";
import { sameType, type TableSchema } from "../model/column-type.ts";
import type { BucketTrace, PipelineTrace } from "../model/pipeline-trace.ts";
import type { Trace } from "../model/trace.ts";
import { PlannedQuery } from "../planned-query.ts";
import { type TracedStep, traceStep } from "../trace.ts";
import { checkContract } from "./contract.ts";
import { guessedColumns, softened } from "./guesses.ts";
import { BucketKeys } from "./keys.ts";
import { Places } from "./places.ts";
import { readBack } from "./read-back.ts";
import { certain, type ReadSchema } from "./read-schema.ts";

export interface TraceDagOptions {
  /**
   * The columns of a bucket as they are in storage, from metadata alone. Asked only for buckets that no step writes and
   * that declare no schema.
   * @throws SOURCE_NOT_FOUND, SOURCE_UNREADABLE, and what else a storage throws: each becomes a finding
   */
  readonly schemaOf: (bucket: Bucket) => Promise<TableSchema>;
}

/**
 * Reads all steps of a Dag without running them, each with the columns that the steps before it give. All that is wrong is
 * found at once; what follows from a mistake that is already reported is not reported again.
 * @throws ENGINE_NOT_INSTALLED
 */
export async function traceDag(dag: Dag, options: TraceDagOptions): Promise<PipelineTrace> {
  const { trace } = await planDag(dag, options);
  return trace;
}

/** A Dag that was read, and the queries of its steps, for who runs them next. */
export interface PlannedDag {
  readonly trace: PipelineTrace;
  /** By the step's name; none of a step that is opaque or has a mistake. */
  readonly queries: ReadonlyMap<string, PlannedQuery>;
}

/** As {@link traceDag}. @throws as that */
export async function planDag(dag: Dag, options: TraceDagOptions): Promise<PlannedDag> {
  const tracing = new DagTracing(dag);
  await tracing.readSources(options);
  const queries = new Map<string, PlannedQuery>();
  for (const node of dag.steps) {
    const { trace, query, leaves } = await tracing.traceStep(node);
    if (query !== undefined && trace.plan !== undefined) queries.set(node.name, new PlannedQuery(query, leaves));
  }
  return { trace: tracing.result(), queries };
}

/** What is known of a bucket. */
interface Known {
  readonly bucket: Bucket;
  readonly role: BucketTrace["role"];
  readonly knownFrom?: NonNullable<BucketTrace["knownFrom"]>;
  /** Of a source as it is read, of a target as it is written. */
  readonly columns?: ReadSchema;
}

/** The work of {@link traceDag}: sources first, then the steps in their order, as many as are wanted. */
export class DagTracing {
  readonly #dag: Dag;
  readonly #keys: BucketKeys;
  /** By address. */
  readonly #known = new Map<string, Known>();
  readonly #findings: Finding[] = [];
  readonly #places = new Places();
  readonly #traces: Trace[] = [];
  /** By the address of what they read. */
  readonly #readers = new Map<string, DagStep[]>();

  constructor(dag: Dag) {
    this.#dag = dag;
    this.#keys = new BucketKeys(dag);
    for (const node of dag.steps) {
      for (const { uri } of Object.values(node.step.sources)) {
        const readers = this.#readers.get(uri);
        if (readers === undefined) this.#readers.set(uri, [node]);
        else readers.push(node);
      }
    }
  }

  /** The buckets that no step writes, all at the same time. */
  async readSources({ schemaOf }: TraceDagOptions): Promise<void> {
    const read = this.#dag.sources.map(async (bucket): Promise<readonly [Known, Finding?]> => {
      const source = { bucket, role: "source" } as const;
      const declared = declaredColumns(bucket);
      if (declared !== undefined) return [{ ...source, knownFrom: "declaration", columns: certain(declared) }];
      // What a folder has in it now is not what a step will have put there.
      if (this.#partsOf(bucket).length > 0) return [source];
      try {
        return [{ ...source, knownFrom: "metadata", columns: certain(await schemaOf(bucket)) }];
      } catch (error) {
        return [source, sourceFinding(bucket, this.#keys.of(bucket), error)];
      }
    });
    for (const [known, finding] of await Promise.all(read)) {
      this.#known.set(known.bucket.uri, known);
      if (finding !== undefined) this.#findings.push(finding);
    }
  }

  async traceStep(node: DagStep): Promise<TracedStep> {
    const { target, sources } = node.step;
    const read = new Map(Object.entries(sources).map(([name, bucket]) => [name, this.#asRead(bucket)] as const));
    const schemas = Object.fromEntries([...read].map(([name, columns]) => [name, columns?.schema]));
    const step = await traceStep(node, schemas);
    const traced = step.trace;
    const guessed = guessedColumns(traced, read);
    const declared = declaredColumns(target);
    const contract = traced.schema === undefined ? [] : checkContract(node, traced.schema);
    const findings = softened([...traced.findings, ...contract], traced, read);
    const checked = { ...traced, findings: findings.map((each) => this.#places.placed(each, node.step.task)) };
    this.#traces.push(checked);
    const role = node.dependents.length > 0 ? "intermediate" : "target";
    const written = traced.schema === undefined ? undefined : { schema: traced.schema, guessed };
    if (declared !== undefined) {
      this.#known.set(target.uri, { bucket: target, role, knownFrom: "declaration", columns: certain(declared) });
    } else if (written !== undefined) {
      this.#known.set(target.uri, { bucket: target, role, knownFrom: "step", columns: written });
    } else {
      this.#known.set(target.uri, { bucket: target, role });
    }
    return { ...step, trace: checked };
  }

  result(): PipelineTrace {
    const steps = this.#traces;
    return {
      steps,
      buckets: [...this.#known.values()].map((known) => this.#bucketTrace(known)),
      lineage: pipelineLineage(
        this.#dag.steps.map(({ name, step }, at) => ({
          step: name,
          target: this.#keys.of(step.target),
          sources: Object.fromEntries(
            Object.entries(step.sources).map(([source, bucket]) => [source, this.#keys.of(bucket)]),
          ),
          lineage: (steps[at] as Trace).lineage,
        })),
        this.#parts(),
      ),
      findings: [...this.#findings, ...steps.flatMap(({ findings }) => findings)],
    };
  }

  /** By the key of a folder or pattern, the targets in it. */
  #parts(): ReadonlyMap<string, readonly string[]> {
    const parts = [...this.#known.values()]
      .filter(({ role }) => role === "source")
      .map(({ bucket }) => [this.#keys.of(bucket), this.#partsOf(bucket).map((part) => this.#keys.of(part))] as const);
    return new Map(parts.filter(([, keys]) => keys.length > 0));
  }

  #bucketTrace({ bucket, role, knownFrom, columns }: Known): BucketTrace {
    const read = role === "source" ? columns : this.#asRead(bucket);
    const guessed = [...(read?.guessed ?? [])];
    return {
      key: this.#keys.of(bucket),
      provider: bucket.provider.name,
      role,
      ...(read === undefined ? {} : { schema: read.schema }),
      ...(knownFrom === undefined || read === undefined ? {} : { knownFrom }),
      ...(guessed.length === 0 ? {} : { guessed }),
    };
  }

  /** The columns of a source as a step gets them. */
  #asRead(bucket: Bucket): ReadSchema | undefined {
    const declared = declaredColumns(bucket);
    if (declared !== undefined) return certain(declared);
    const known = this.#known.get(bucket.uri);
    if (known?.role === "source" && known.columns !== undefined) return known.columns;
    if (known !== undefined && known.role !== "source") {
      return known.columns === undefined ? undefined : readBack(bucket, known.columns);
    }
    // A folder or a pattern. Files of one kind have the same columns; folders named `key=value` would add some.
    const parts = this.#partsOf(bucket).map(({ uri }) => this.#known.get(uri)?.columns);
    const [first] = parts;
    if (first === undefined || bucket.path.includes("=")) return undefined;
    const same = parts.every((part) => part !== undefined && sameColumns(part.schema, first.schema));
    return same ? readBack(bucket, first) : undefined;
  }

  /** The targets of steps that lie in a folder or under a glob. */
  #partsOf(bucket: Bucket): readonly Bucket[] {
    const readers = this.#readers.get(bucket.uri) ?? [];
    const written = readers.flatMap(({ dependencies }) => dependencies.map(({ step }) => step.target));
    const isAround = (target: Bucket): boolean =>
      target.uri !== bucket.uri &&
      target.provider.name === bucket.provider.name &&
      (hasWildcards(bucket.path) || target.uri.startsWith(`${bucket.uri.replace(/\/$/, "")}/`));
    // Polars reads them in the order of their paths.
    const parts = new Map(written.filter(isAround).map((target) => [target.uri, target]));
    return [...parts.values()].toSorted((one, other) => (one.path < other.path ? -1 : 1));
  }
}

const sameColumns = (one: TableSchema, other: TableSchema): boolean =>
  one.length === other.length &&
  one.every(({ name, type }, at) => name === other[at]?.name && sameType(type, other[at].type));

function sourceFinding(bucket: Bucket, key: string, error: unknown): Finding {
  if (!GlacierError.is(error)) throw error;
  return {
    code: error.code,
    severity: "error",
    message: error.message,
    hint: `${error.hint === undefined ? "" : `${error.hint} `}With \`schema\` it can be checked without its data.`,
    bucket: key,
    ...(bucket.place === undefined ? {} : { place: bucket.place }),
  };
}

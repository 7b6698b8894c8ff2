import type { DagStep, Finding, LazyFrame, Sources } from "@glacier/core";
import { callOnEmpty, callOnLeaves } from "./call-on-leaves.ts";
import { columnsAgree } from "./columns/agree.ts";
import { makeTyping } from "./columns/typing.ts";
import { misstated } from "./findings/misstated.ts";
import { targetFindings } from "./findings/target.ts";
import { traps } from "./findings/traps.ts";
import { fingerprint } from "./fingerprint/fingerprint.ts";
import { formsOf } from "./fingerprint/forms.ts";
import { opaqueLineage } from "./lineage/opaque.ts";
import { stepLineage } from "./lineage/step.ts";
import type { TableSchema } from "./model/column-type.ts";
import type { Opaque, SourceRead, Trace } from "./model/trace.ts";
import { type Decoded, decodePlan } from "./polars/decode.ts";
import { type Leaf, makeLeaf } from "./polars/leaf.ts";
import { loadPolars, type Polars } from "./polars/load.ts";
import { whyOpaque } from "./polars/opaque.ts";
import { OwnRead } from "./polars/own-read.ts";
import { Unknown } from "./polars/unknown.ts";
import { planned } from "./probe/nodes.ts";
import { probe, probeOpaque } from "./probe/probe.ts";
import { noRows, oneRow } from "./probe/row.ts";
import { columnsRead } from "./reads/columns.ts";

/** The columns of a step's sources by their names; `undefined` for one that nobody knows. */
export type SourceSchemas = Readonly<Record<string, TableSchema | undefined>>;

/** A trace, and what it was read from. */
export interface TracedStep {
  readonly trace: Trace;
  /** The query that the task made over the leaves. */
  readonly query?: LazyFrame;
  readonly leaves: readonly Leaf[];
}

/**
 * Reads a step without running it. Its task is called once, with frames that have the columns of its sources and can't
 * be executed. Where that gives no plan to read, it is called again, over made-up frames of one row and of none.
 *
 * What a user can do wrong is not thrown, but found: `findings`.
 * @throws ENGINE_NOT_INSTALLED
 */
export async function trace(node: DagStep, sources: SourceSchemas): Promise<Trace> {
  const traced = await traceStep(node, sources);
  return traced.trace;
}

/** @throws as {@link trace} */
export async function traceStep(node: DagStep, sources: SourceSchemas): Promise<TracedStep> {
  const polars = await loadPolars();
  const unknown = Object.keys(sources).filter((name) => sources[name] === undefined);
  if (unknown.length > 0) {
    const names = unknown.map((name) => `\`${name}\``).join(", ");
    return { trace: opaqueTrace(node, sources, { reason: `The columns of ${names} are not known.` }), leaves: [] };
  }
  const leaves = Object.entries(sources).map(([name, schema]) => makeLeaf(polars, name, schema as TableSchema));
  const called = await callOnLeaves(node, leaves);
  if (called.kind === "failed") {
    const { finding } = called;
    return { trace: opaqueTrace(node, sources, { reason: finding.message }, { findings: [finding] }), leaves };
  }
  const step = new StepTracing(polars, node, sources, leaves);
  if (called.kind === "opaque") return { trace: await step.opaque(called.opaque), leaves };
  return { trace: await step.read(called.query), query: called.query, leaves };
}

class StepTracing {
  readonly #polars: Polars;
  readonly #node: DagStep;
  readonly #sources: SourceSchemas;
  readonly #leaves: readonly Leaf[];

  constructor(polars: Polars, node: DagStep, sources: SourceSchemas, leaves: readonly Leaf[]) {
    this.#polars = polars;
    this.#node = node;
    this.#sources = sources;
    this.#leaves = leaves;
  }

  async read(query: LazyFrame): Promise<Trace> {
    let decoded: Decoded;
    try {
      decoded = decodePlan(this.#polars, query);
    } catch (error) {
      return this.opaque(error instanceof Unknown ? unknownPlan(error) : whyOpaque(query, error), error);
    }
    const { name, step } = this.#node;
    const { plan } = decoded;
    const typing = makeTyping(this.#polars, decoded, this.#leaves);
    const probed = probe(this.#polars, name, { result: query, leaves: this.#leaves, decoded, typing });
    const findings = [...probed.findings, ...traps(name, plan, typing, step)];
    // What follows from a mistake can't be trusted.
    if (probed.schema === undefined) {
      return opaqueTrace(this.#node, this.#sources, { reason: `Step \`${name}\` has a mistake in it.` }, { findings });
    }
    try {
      const { schema } = probed;
      const names = schema.map((column) => column.name);
      if (!columnsAgree(typing, plan, names)) throw new Unknown("how the names of its columns come about");
      return {
        step: name,
        plan,
        schema,
        reads: columnsRead(plan, typing, new Map(this.#leaves.map((leaf) => [leaf.name, leaf.schema]))),
        lineage: stepLineage(plan, typing),
        fingerprint: fingerprint(plan, { polars: this.#polars.version ?? "unknown", ...formsOf(step) }),
        findings,
      };
    } catch (error) {
      if (!(error instanceof Unknown)) throw error;
      return opaqueTrace(this.#node, this.#sources, unknownPlan(error), { schema: probed.schema, findings });
    }
  }

  /** What can be known of a step all the same: its columns, from frames without rows. @param error Why it is opaque. */
  async opaque(opaque: Opaque, error?: unknown): Promise<Trace> {
    const { name } = this.#node;
    const isOwnRead = error instanceof OwnRead;
    const over = (make: typeof noRows): Promise<LazyFrame | undefined> => {
      const tables = this.#leaves.map((leaf) => [leaf.name, make(this.#polars, leaf.schema)]);
      return callOnEmpty(this.#node, Object.fromEntries(tables) as Sources);
    };
    const overRow = await over(oneRow);
    const executes = opaque.expression === "collect";
    const overNothing = await over(noRows);
    const probed = probeOpaque(name, { overNothing, overRow, readsItself: isOwnRead, executes });
    const given = probed.schema ?? [];
    const stated = overRow === undefined || executes ? undefined : planned(() => overRow).schema;
    const looked = { step: name, endpoints: this.#node.step };
    const findings = [
      isOwnRead ? ownRead(name, error) : opaqueFinding(name, opaque),
      ...probed.findings,
      ...targetFindings(looked, given),
      ...misstated(looked, stated ?? [], given),
    ];
    return opaqueTrace(this.#node, this.#sources, opaque, {
      ...(probed.schema === undefined ? {} : { schema: probed.schema }),
      findings,
    });
  }
}

const unknownPlan = ({ what }: Unknown): Opaque => ({ reason: `Glacier does not know ${what}.` });

function opaqueFinding(step: string, { reason, expression, substitute }: Opaque): Finding {
  return {
    code: "STEP_OPAQUE",
    severity: "note",
    message: `The plan of step \`${step}\` can't be read: ${lowerFirst(reason)}`,
    hint: `${substitute === undefined ? "" : `Use \`${substitute}\` of @glacier/expressions${expression === undefined ? "" : ` for \`${expression}\``}. `}Without its plan, a step has no fingerprint, and all columns that it reads count as origins of all that it writes.`,
    step,
  };
}

function ownRead(step: string, { file }: OwnRead): Finding {
  return {
    code: "SOURCE_UNDECLARED",
    severity: "warning",
    message: `Step \`${step}\` reads \`${file}\` by itself, which is none of its sources.`,
    hint: "Make a bucket of it, and give the task both: `new Pipeline({ … }).transform(task)`. Then it is checked, and part of the lineage.",
    step,
  };
}

const lowerFirst = (sentence: string): string =>
  /^(?:Its|The) /.test(sentence) ? sentence.charAt(0).toLowerCase() + sentence.slice(1) : sentence;

function opaqueTrace(
  { name }: DagStep,
  sources: SourceSchemas,
  opaque: Opaque,
  known: { readonly schema?: TableSchema; readonly findings?: readonly Finding[] } = {},
): Trace {
  const { schema, findings = [] } = known;
  const columns = Object.entries(sources).map(([source, read]): [string, SourceRead] => {
    const names = (read ?? []).map((column) => column.name);
    return [source, { columns: names, of: names.length }];
  });
  return {
    step: name,
    opaque,
    ...(schema === undefined ? {} : { schema }),
    reads: Object.fromEntries(columns),
    lineage: opaqueLineage(schema, new Map(Object.entries(sources)), opaque.reason),
    findings,
  };
}

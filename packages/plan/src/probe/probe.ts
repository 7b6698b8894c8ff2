import type { Finding, LazyFrame } from "@glacier/core";
import { missingColumns } from "../findings/missing-columns.ts";
import { typeMistakes } from "../findings/type-mistakes.ts";
import type { TableSchema } from "../model/column-type.ts";
import type { Typing } from "../model/typing.ts";
import type { Decoded } from "../polars/decode.ts";
import { type Leaf, withFrames } from "../polars/leaf.ts";
import type { Polars } from "../polars/load.ts";
import { Blaming } from "./blame.ts";
import { isCostly } from "./cost.ts";
import { describe, described } from "./describe.ts";
import { needsRow } from "./needs-row.ts";
import { NodeTrial, planned, type Tried, tryQuery } from "./nodes.ts";
import type { TriedOn } from "./refusal.ts";
import { noRows, sampleBytes } from "./row.ts";

/** A step whose plan could be read. */
export interface Probed {
  readonly result: LazyFrame;
  readonly leaves: readonly Leaf[];
  readonly decoded: Decoded;
  readonly typing: Typing;
}

export interface ProbeResult {
  /** The columns of the result; none where it has a mistake in it, or nothing can be said. */
  readonly schema: TableSchema | undefined;
  readonly findings: readonly Finding[];
}

/**
 * Looks whether a step can work with columns of these types, without its data:
 *
 * 1. The whole query runs over sources without rows. That is what Polars itself knows of names and types.
 * 2. Every node of it runs over a row that is made up, unless it is made of what needs none (see `needsRow`). Windows,
 *    `explode`, casts and much else look at types only then.
 * 3. Rules of our own find what Polars computes without a word and nobody means.
 *
 * No step that can work is refused: an error is only what Polars says of names and types, never what it says of values
 * or of the number of rows (see `refusalOf`). Whatever else goes wrong without data, a sample of nothing say, is let by.
 *
 * A query without an asynchronous part: where Polars panics, `collectSync` throws, and `collect` would end the process.
 */
export function probe(polars: Polars, step: string, { result, leaves, decoded, typing }: Probed): ProbeResult {
  const { plan } = decoded;
  const mistakes = typeMistakes(step, plan, typing);
  const overNothing = (query: LazyFrame): LazyFrame => {
    const tables = leaves.map((leaf) => [leaf.name, sampleBytes(noRows(polars, leaf.schema))] as const);
    return withFrames(polars, query, leaves, new Map(tables));
  };
  const all = (): LazyFrame => overNothing(result);
  const isRun = !isCostly(result, plan, leaves);
  const whole = isRun ? tryQuery("nothing", all) : planned(all);
  if (
    whole.schema !== undefined &&
    !hasNull(whole.schema) &&
    !needsRow(
      plan,
      leaves.map(({ schema }) => schema),
    )
  ) {
    return { schema: whole.schema, findings: mistakes };
  }
  const trial = new NodeTrial(polars, decoded, typing, { of: overNothing, works: isRun && whole.schema !== undefined });
  const blaming = new Blaming(polars, decoded, typing);
  const refused = trial.refused.flatMap((node) => blaming.of(node)).map((blame) => describe(step, blame));
  if (whole.refusal === undefined) {
    return {
      schema: trial.schemaOf(plan) ?? whole.schema ?? planned(all).schema,
      findings: together(refused, mistakes),
    };
  }
  const found = [...missingColumns(step, plan, typing), ...refused];
  const schema = trial.schemaOf(plan);
  // All columns are there, and every node works. In memory, Polars loses a column of a join that only a filter after it
  // uses; where it writes a file, it does not.
  if (found.length === 0 && schema !== undefined && whole.refusal.missing !== undefined) {
    return { schema, findings: mistakes };
  }
  return {
    schema: undefined,
    findings: together(found.length > 0 ? found : [described(step, whole.refusal, [])], mistakes),
  };
}

/** What a task whose plan can't be read makes of made-up tables. `undefined` where it can't be called with them. */
export interface ProbedOpaque {
  readonly overNothing: LazyFrame | undefined;
  readonly overRow: LazyFrame | undefined;
  /** Whether it reads files of its own. Of these nothing but the columns is read. */
  readonly readsItself: boolean;
  /** Whether it executes queries itself: then its result may have other columns for other rows. */
  readonly executes: boolean;
}

/** The same of a step whose plan can't be read. Here, only Polars itself can be asked, and only about the whole. */
export function probeOpaque(step: string, { overNothing, overRow, readsItself, executes }: ProbedOpaque): ProbeResult {
  const tried = (triedOn: TriedOn, result: LazyFrame | undefined): Tried => {
    if (result === undefined || writes(result)) return {};
    return tryQuery(triedOn, () => (readsItself ? result.limit(0) : result));
  };
  const nothing = tried("nothing", overNothing);
  const row = tried("row", overRow);
  if (executes) {
    const isSame = JSON.stringify(nothing.schema) === JSON.stringify(row.schema);
    return { schema: isSame ? nothing.schema : undefined, findings: [] };
  }
  const refusal = nothing.refusal ?? (row.refusal?.unlessLists === true ? undefined : row.refusal);
  return {
    schema: row.schema ?? nothing.schema,
    findings: refusal === undefined ? [] : [described(step, refusal, [])],
  };
}

/** Whether a query would write a file (`sinkParquet`). */
function writes(result: LazyFrame): boolean {
  try {
    return /^\s*SINK/m.test(result.describePlan());
  } catch {
    // What can't be described can't be executed either.
    return false;
  }
}

/** Of groups that are not there, Polars does not always know the types. */
const hasNull = (schema: TableSchema): boolean => schema.some(({ type }) => type.kind === "Null");

/** What Polars refuses comes first, and what our own rules say of the same column is left out. */
function together(refused: readonly Finding[], mistakes: readonly Finding[]): readonly Finding[] {
  const isNew = ({ code, column }: Finding): boolean =>
    column === undefined || !refused.some((other) => other.code === code && other.column === column);
  const all = [...refused, ...mistakes.filter(isNew)];
  return all.filter(({ message }, at) => all.findIndex((other) => other.message === message) === at);
}

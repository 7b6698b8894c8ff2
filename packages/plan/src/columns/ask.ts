import type { LazyFrame } from "@glacier/core";
import type { ColumnType, TableSchema } from "../model/column-type.ts";
import { schemaOf } from "../polars/frame-schema.ts";
import type { Polars } from "../polars/load.ts";
import { planJson, withInputs } from "./plan-json.ts";
import { emptySample, rowSample } from "./sample.ts";

type Names = readonly string[];
type Sample = (schema: TableSchema) => LazyFrame;

/**
 * What Polars says of plans and expressions in its own form, over tables of given columns. It executes them, but never
 * with a user's data: over no rows, and over one made-up row where that is not enough.
 */
export class Ask {
  readonly #polars: Polars;
  readonly #empty = new WeakMap<TableSchema, LazyFrame>();

  constructor(polars: Polars) {
    this.#polars = polars;
  }

  /** The columns of a node over inputs of these columns, if they have these names. */
  node(node: unknown, inputs: readonly TableSchema[], names: Names): TableSchema | undefined {
    return this.#ask(names, (sample) => {
      const frames = inputs.map((schema) => sample(schema).serialize("json").toString("utf8"));
      return this.#polars.LazyDataFrame.deserialize(Buffer.from(withInputs(node, frames)), "json");
    });
  }

  /** The columns that an expression gives over a table of these columns, if they have these names. */
  expression(expression: unknown, over: TableSchema, names: Names): TableSchema | undefined {
    return this.#ask(names, (sample) => sample(over).select(this.#expression(expression)));
  }

  /** The name of a series. */
  nameOfSeries(literal: unknown): string | undefined {
    return this.#polars
      .DataFrame({ row: [0] })
      .lazy()
      .select(this.#expression(literal)).columns[0];
  }

  /** Those of the names in which it finds a pattern. */
  matching(pattern: string, names: readonly string[]): readonly string[] {
    const type: ColumnType = { kind: "Null" };
    const table = emptySample(
      this.#polars,
      names.map((name) => ({ name, type })),
    );
    return table.select(this.#expression({ Selector: { Matches: pattern } })).columns;
  }

  #expression(expression: unknown): ReturnType<Polars["col"]> {
    return this.#polars.Expr.deserialize(Buffer.from(planJson(expression)), "json");
  }

  #ask(names: Names, query: (sample: Sample) => LazyFrame): TableSchema | undefined {
    const columns = resultOf(names, query, (schema) => this.#emptySample(schema));
    if (columns?.some(({ type }) => hasNull(type)) === false) return columns;
    // Of groups that are not there, Polars can't always tell what type a figure would have, nor all of its columns.
    return resultOf(names, query, (schema) => rowSample(this.#polars, schema));
  }

  #emptySample(schema: TableSchema): LazyFrame {
    let frame = this.#empty.get(schema);
    if (frame === undefined) this.#empty.set(schema, (frame = emptySample(this.#polars, schema)));
    return frame;
  }
}

function resultOf(names: Names, query: (sample: Sample) => LazyFrame, sample: Sample): TableSchema | undefined {
  try {
    const schema = schemaOf(query(sample).collectSync());
    const agrees = schema.length === names.length && schema.every(({ name }, index) => name === names[index]);
    return agrees ? schema : undefined;
  } catch {
    // Whatever Polars says against it, and types that can't be read back.
    return undefined;
  }
}

function hasNull(type: ColumnType): boolean {
  if (type.kind === "List" || type.kind === "Array") return hasNull(type.inner);
  return type.kind === "Struct" ? type.fields.some((field) => hasNull(field.type)) : type.kind === "Null";
}

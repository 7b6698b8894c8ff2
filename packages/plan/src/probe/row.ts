import type { LazyFrame } from "@glacier/core";
import { type ColumnType, isNumeric, type TableSchema } from "../model/column-type.ts";
import { emptyFrame, makeLeaf } from "../polars/leaf.ts";
import type { Polars } from "../polars/load.ts";
import { encodeType, type PolarsType } from "../polars/types.ts";

/** A table of these columns without rows. */
export const noRows = (polars: Polars, schema: TableSchema): LazyFrame =>
  remembered("none", schema, () => emptyFrame(makeLeaf(polars, "none", schema)));

/**
 * A table of these columns with one row: a zero of each type, and null where there is none. Structs are null. With a
 * value in one, mathematics that casts it (`exp`, `log`, `ewmMean`) ends the process, or never ends: Polars calls itself
 * for ever.
 */
export const oneRow = (polars: Polars, schema: TableSchema): LazyFrame =>
  remembered("one", schema, () => {
    const columns = schema.map(({ name, type }) => ({ Alias: [valueOf(type), name] }));
    return selected(polars, JSON.stringify(columns)).collectSync().lazy();
  });

/** In one plan, not as expressions: each of those costs nodejs-polars more than all the rest. */
function selected(polars: Polars, expressions: string): LazyFrame {
  const input = polars
    .DataFrame({ row: [0] })
    .lazy()
    .serialize("json")
    .toString("utf8");
  const options = '{"run_parallel":true,"duplicate_check":true,"should_broadcast":true}';
  const plan = `{"Select":{"expr":${expressions},"input":${input},"options":${options}}}`;
  return polars.LazyDataFrame.deserialize(Buffer.from(plan), "json");
}

/** The same columns come again at every step. */
const samples = new Map<string, LazyFrame>();
const mostSamples = 500;

function remembered(rows: "none" | "one", schema: TableSchema, make: () => LazyFrame): LazyFrame {
  const key = rows + JSON.stringify(schema);
  const known = samples.get(key);
  if (known !== undefined) return known;
  const frame = make();
  if (samples.size >= mostSamples) samples.clear();
  samples.set(key, frame);
  return frame;
}

const binaries = new WeakMap<LazyFrame, Buffer>();

/** A sample in Polars' binary form. */
export function sampleBytes(sample: LazyFrame): Buffer {
  const known = binaries.get(sample);
  if (known !== undefined) return known;
  const bytes = sample.serialize("bincode");
  binaries.set(sample, bytes);
  return bytes;
}

const texts = new WeakMap<LazyFrame, string>();

/** A sample as it stands in a plan. */
export function sampleJson(sample: LazyFrame): string {
  const known = texts.get(sample);
  if (known !== undefined) return known;
  const text = sample.serialize("json").toString("utf8");
  texts.set(sample, text);
  return text;
}

const zero = { Literal: { Dyn: { Int: 0 } } };
const nothing = { Literal: { Scalar: { Null: "Null" } } };

const cast = (expr: unknown, type: PolarsType): unknown => ({
  Cast: { expr, dtype: { Literal: type }, options: "NonStrict" },
});

const repeated = (value: unknown, times: number): unknown => ({
  Function: { input: [value, { Literal: { Dyn: { Int: times } } }], function: "RepeatBy" },
});
const isRepeatable = (type: ColumnType): boolean =>
  isNumeric(type) || type.kind === "Boolean" || type.kind === "String";

/** As an expression of Polars in JSON. */
function valueOf(type: ColumnType): unknown {
  const encoded = encodeType(type);
  switch (type.kind) {
    case "Null":
      return nothing;
    // What is to be true keeps the row.
    case "Boolean":
      return { Literal: { Scalar: { Boolean: true } } };
    case "Binary":
    case "Categorical":
      return cast(cast(zero, "String"), encoded);
    case "List":
      return cast({ Agg: { Implode: { input: valueOf(type.inner), maintain_order: true } } }, encoded);
    case "Array":
      return cast(isRepeatable(type.inner) ? repeated(valueOf(type.inner), type.size) : nothing, encoded);
    case "Struct":
    case "Enum":
      return cast(nothing, encoded);
    default:
      return cast(zero, encoded);
  }
}

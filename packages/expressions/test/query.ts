import pl from "nodejs-polars";

export interface Outcome {
  /** As Polars names it, with its parameters: `Int64`, `Decimal(38,2)`. */
  readonly type: string;
  /** As text: on the way to JavaScript, digits of large integers are lost. */
  readonly values: readonly (string | null)[];
}

/** What an expression gives over a frame. */
export function outcomeOf(frame: pl.DataFrame, expr: pl.Expr): Outcome {
  return collected(frame.lazy().select(expr.alias("outcome")));
}

/** The same, where the plan has been written down and read back first. Throws if that can't be done. */
export function outcomeOfPlan(frame: pl.DataFrame, expr: pl.Expr, format: "json" | "bincode"): Outcome {
  const plan = frame.lazy().select(expr.alias("outcome")).serialize(format);
  return collected(pl.LazyDataFrame.deserialize(plan, format));
}

function collected(frame: pl.LazyDataFrame): Outcome {
  const column = frame.collectSync().getColumn("outcome");
  return { type: typeOf(column), values: [...column.cast(pl.String).toArray()] as (string | null)[] };
}

/** The type of a series, without the wrapping: `Int64`, `Datetime(us,)`. */
export function typeOf(column: pl.Series): string {
  return String(column.dtype).replace(/^DataType\((.*)\)$/s, "$1");
}

/** Int64 values of any size: numbers and bigints in arrays lose digits or signs. */
export function int64(name: string, ...values: readonly bigint[]): pl.Series {
  return pl.Series(name, new BigInt64Array(values));
}

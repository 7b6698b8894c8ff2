import type { DataType } from "nodejs-polars";
import { isMarked, mark } from "./brand.ts";
import { GlacierError } from "./errors.ts";
import { show } from "./options.ts";

/** The type of a column that may have nulls. */
export interface Nullable<Type extends DataType = DataType> {
  readonly nullable: Type;
}

/**
 * In the `schema` of a bucket: a column that may have nulls. Without it, a column has none.
 * @throws ARGUMENT_INVALID
 * @example provider.bucket("sales", "orders.parquet", { schema: { id: pl.Int64, note: nullable(pl.String) } })
 */
export function nullable<Type extends DataType>(type: Type): Nullable<Type> {
  if (isNullable(type)) {
    throw new GlacierError("ARGUMENT_INVALID", "`nullable(nullable(…))`: the column is nullable already.", {
      hint: "Write `nullable(pl.String)`.",
    });
  }
  const variant: unknown = typeof type === "object" ? (type as { variant?: unknown } | null)?.variant : undefined;
  if (typeof variant !== "string") {
    throw new GlacierError("ARGUMENT_INVALID", `\`nullable(…)\` takes a Polars type, not ${show(type)}.`, {
      hint:
        typeof type === "function"
          ? 'Call it to get the type: `nullable(pl.Datetime("us"))`.'
          : "Write `nullable(pl.String)`.",
    });
  }
  const marked: Nullable<Type> = { nullable: type };
  mark(marked, "nullable");
  return Object.freeze(marked);
}

export function isNullable(value: unknown): value is Nullable {
  return isMarked(value, "nullable");
}

import type { Shape } from "./shape.ts";
import { choice, fields, flag, float, integer, integerText, irrelevant, list, nullable, oneOf, text } from "./shape.ts";

/** Shapes of what several functions and nodes of Polars are given. Names are those of Polars. */

export const timeUnit: Shape<"Milliseconds" | "Microseconds" | "Nanoseconds"> = oneOf(
  "Milliseconds",
  "Microseconds",
  "Nanoseconds",
);

export const timeZone: Shape<{ readonly inner: string }> = fields({ inner: text });

/** Of time, or of rows: `parsed_int`. */
export const duration: Shape<unknown> = fields({
  months: integer,
  weeks: integer,
  days: integer,
  nsecs: integerText,
  negative: flag,
  parsed_int: flag,
});

export const quantileMethod: Shape<string> = oneOf("Nearest", "Lower", "Higher", "Midpoint", "Linear", "Equiprobable");

const multithreaded: Shape<undefined> = irrelevant("Rows come out the same with one thread and with several.");

export interface SortOptions {
  readonly descending: boolean;
  readonly nulls_last: boolean;
  readonly maintain_order: boolean;
  readonly limit: number | null;
}

/** Of a sort by one thing. */
export const sortOptions: Shape<SortOptions> = fields({
  descending: flag,
  nulls_last: flag,
  multithreaded,
  maintain_order: flag,
  limit: nullable(integer),
});

export interface SortManyOptions {
  readonly descending: readonly boolean[];
  readonly nulls_last: readonly boolean[];
  readonly maintain_order: boolean;
  readonly limit: number | null;
}

/** Of a sort by several things. */
export const sortManyOptions: Shape<SortManyOptions> = fields({
  descending: list(flag),
  nulls_last: list(flag),
  multithreaded,
  maintain_order: flag,
  limit: nullable(integer),
});

export const explodeOptions: Shape<unknown> = fields({ empty_as_null: flag, keep_nulls: flag });

const rankMethod = oneOf("Average", "Min", "Max", "Dense", "Ordinal", "Random");

export const rankOptions: Shape<unknown> = fields({
  options: fields({ method: rankMethod, descending: flag }),
  seed: nullable(integerText),
});

export const rollingOptions: Shape<unknown> = fields({
  window_size: integer,
  min_periods: integer,
  weights: nullable(list(float)),
  center: flag,
  fn_params: nullable(
    choice({
      Quantile: fields({ prob: float, method: quantileMethod }),
      Var: fields({ ddof: integer }),
      Rank: fields({ method: rankMethod, seed: nullable(integerText) }),
      Skew: fields({ bias: flag }),
      Kurtosis: fields({ fisher: flag, bias: flag }),
    }),
  ),
});

export const ewmOptions: Shape<unknown> = fields({
  options: fields({ alpha: float, adjust: flag, bias: flag, min_periods: integer, ignore_nulls: flag }),
});

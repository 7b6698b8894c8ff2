import pl from "nodejs-polars";

/** A day as a literal of type Date. Without the cast it is a point in time, and columns are cast to compare with it. */
export function date(day: `${number}-${number}-${number}`): pl.Expr {
  return pl.lit(new Date(day)).cast(pl.Date);
}

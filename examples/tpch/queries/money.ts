import { decimal } from "@glacier/expressions";
import pl from "nodejs-polars";

// Polars rounds a product of decimals to as many places as the factor with more of them has. So that nothing is lost,
// one factor has to have as many places as the exact product.

/** A column with `places` digits after the point. */
export function withPlaces(column: string, places: number): pl.Expr {
  return pl.col(column).cast(pl.Decimal(38, places));
}

/** What a line of an order costs: its price less the discount. */
export const revenue: pl.Expr = pl.col("l_extendedprice").mul(decimal("1.0000").sub(pl.col("l_discount")));

import pl, { type DataType } from "nodejs-polars";
import { expectTypeOf, test } from "vitest";
import { decimal, type ExprOrColumn, int, strictCast, toDatetime, upper } from "./index.ts";

test("every function gives an expression", () => {
  expectTypeOf(int(1)).toEqualTypeOf<pl.Expr>();
  expectTypeOf(upper("name")).toEqualTypeOf<pl.Expr>();
  expectTypeOf(strictCast(pl.col("id"), pl.Int64)).toEqualTypeOf<pl.Expr>();
});

test("the compiler refuses what would be refused when it runs", () => {
  expectTypeOf<ExprOrColumn>().toEqualTypeOf<pl.Expr | string>();
  expectTypeOf(int).parameters.toEqualTypeOf<[value: number | bigint]>();
  expectTypeOf(decimal).parameters.toEqualTypeOf<[text: string]>();
  expectTypeOf(strictCast).parameters.toEqualTypeOf<[column: ExprOrColumn, dtype: DataType]>();
  expectTypeOf(toDatetime).parameter(2).toEqualTypeOf<"ms" | "us" | "ns" | undefined>();
});

import { describe, expect, it } from "vitest";
import type { ColumnType } from "../model/column-type.ts";
import { typeText } from "../model/column-type.ts";
import { loadPolars } from "../polars/load.ts";
import { encodeType } from "../polars/types.ts";
import { canLose } from "./can-lose.ts";

const pl = await loadPolars();
type Expr = ReturnType<typeof pl.col>;

function cast(input: Expr, type: ColumnType, options: "Strict" | "NonStrict"): Expr {
  const json = input.serialize("json").toString("utf8");
  const dtype = JSON.stringify({ Literal: encodeType(type) });
  return pl.Expr.deserialize(Buffer.from(`{"Cast":{"expr":${json},"dtype":${dtype},"options":"${options}"}}`), "json");
}

const text: ColumnType = { kind: "String" };
const int64: ColumnType = { kind: "Int64" };
const decimal = (precision: number, scale: number): ColumnType => ({ kind: "Decimal", precision, scale });

/** Types with their smallest and largest values, as texts from which they are made; of times, as their numbers. */
const extremes: readonly (readonly [type: ColumnType, values: readonly string[]])[] = [
  [{ kind: "Int8" }, ["-128", "127"]],
  [{ kind: "Int16" }, ["-32768", "32767"]],
  [{ kind: "Int32" }, ["-2147483648", "2147483647"]],
  [int64, ["-9223372036854775808", "9223372036854775807"]],
  [{ kind: "Int128" }, [`${-(2n ** 127n)}`, `${2n ** 127n - 1n}`]],
  [{ kind: "UInt8" }, ["0", "255"]],
  [{ kind: "UInt16" }, ["0", "65535"]],
  [{ kind: "UInt32" }, ["0", "4294967295"]],
  [{ kind: "UInt64" }, ["0", "18446744073709551615"]],
  [{ kind: "Float32" }, ["NaN", "inf", "1.5"]],
  [{ kind: "Float64" }, ["NaN", "inf", "1.5"]],
  [text, ["x", "9999-99-99", "-1"]],
  [decimal(5, 2), ["999.99", "-999.99"]],
  [decimal(22, 2), [`${"9".repeat(20)}.99`]],
  [decimal(38, 0), ["9".repeat(38)]],
  [{ kind: "Date" }, ["-100000", "100000"]],
  [{ kind: "Time" }, ["0", "86399999999999"]],
  [{ kind: "Datetime", unit: "ms", zone: undefined }, ["-9000000000000", "9000000000000"]],
  [{ kind: "Datetime", unit: "us", zone: "Europe/Vienna" }, ["-9000000000000000", "9000000000000000"]],
  [{ kind: "Duration", unit: "ms" }, ["-9000000000000", "9000000000000"]],
];

const isTime = ({ kind }: ColumnType): boolean => ["Date", "Time", "Datetime", "Duration"].includes(kind);

/** How many values of a type become null; `undefined` where Polars refuses the cast. */
function lostIn(from: ColumnType, values: readonly string[], to: ColumnType): number | undefined {
  const column = isTime(from) ? cast(pl.col("x"), int64, "Strict") : pl.col("x");
  const made = pl
    .DataFrame({ x: values })
    .lazy()
    .select(from.kind === "String" ? column : cast(column, from, "Strict"));
  try {
    return Number(
      made
        .select(cast(pl.col("x"), to, "NonStrict").nullCount())
        .collectSync()
        .row(0)[0],
    );
  } catch {
    return undefined;
  }
}

describe("what a cast can lose", () => {
  const pairs = extremes.flatMap(([from, values]) => extremes.map(([to]) => [from, values, to] as const));

  it("is what Polars makes null of, for every pair of types that it casts", () => {
    let casts = 0;
    let losing = 0;
    for (const [from, values, to] of pairs) {
      const lost = lostIn(from, values, to);
      if (lost === undefined) continue;
      casts += 1;
      if (lost > 0) losing += 1;
      expect(canLose(from, to), `${typeText(from)} to ${typeText(to)}`).toBe(lost > 0);
    }
    expect(casts).toBeGreaterThan(250);
    expect(losing).toBeGreaterThan(100);
  });

  it("is nothing where the type stays, or all is null", () => {
    for (const [type] of extremes) {
      expect(canLose(type, type)).toBe(false);
      expect(canLose({ kind: "Null" }, type)).toBe(false);
    }
  });

  it("is that of the values in lists", () => {
    const list = (inner: ColumnType): ColumnType => ({ kind: "List", inner });
    expect(canLose(list(text), list(int64))).toBe(true);
    expect(canLose(list({ kind: "Int8" }), list(int64))).toBe(false);
  });
});

import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Finding } from "@glacier/core";
import pl from "nodejs-polars";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { check, schemasOf } from "../../test/catalogue/check.ts";
import { makeTables, type Step } from "../../test/catalogue/tables.ts";

const { col, lit } = pl;
const schemas = schemasOf(makeTables());
const findingsOf = async (step: Step): Promise<readonly Finding[]> => (await check(step, schemas)).findings;
const errorsOf = async (step: Step): Promise<readonly Finding[]> =>
  (await findingsOf(step)).filter(({ severity }) => severity === "error");

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "glacier-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("what is found", () => {
  it("says what is asked for, what there is, and what may be meant", async () => {
    expect(await errorsOf(({ customers }) => customers.select(col("contry")))).toEqual([
      {
        code: "COLUMN_NOT_FOUND",
        severity: "error",
        message: "Step `step` asks for a column `contry`, which is not there.",
        hint: "Did you mean `country`? There are `customer`, `name`, `country`, `score`, `status`, `boss`, `key`, `since`.",
        step: "step",
        column: "contry",
      },
    ]);
  });

  it("is every missing column, not only the first", async () => {
    const errors = await errorsOf(({ orders, customers }) =>
      orders
        .filter(col("one").gt(1))
        .withColumns(col("amount").add(col("two")).alias("x"), col("three").alias("y"))
        .join(customers, { leftOn: "four", rightOn: "five" })
        .select("x", "y", "six")
        .sort("status")
        .drop("seven"),
    );
    expect(errors.map(({ code }) => code)).toEqual(Array.from({ length: 8 }, () => "COLUMN_NOT_FOUND"));
    expect(errors.map(({ column }) => column)).toEqual(
      expect.arrayContaining(["one", "two", "three", "four", "five", "six", "seven", "status"]),
    );
  });

  it("says which column is of which type, and how to mend it", async () => {
    expect(await errorsOf(({ orders }) => orders.withColumn(col("status").mul(2)))).toEqual([
      {
        code: "TYPE_MISMATCH",
        severity: "error",
        message: "Step `step` can't work: arithmetic on dtypes str and f64 is not allowed. `status` is String.",
        hint: "Cast the text to a number first: `.cast(pl.Float64)`.",
        step: "step",
        column: "status",
      },
    ]);
    const [keys] = await errorsOf(({ orders, customers }) =>
      orders.join(customers, { leftOn: "code", rightOn: "customer" }),
    );
    expect(keys?.message).toBe(
      "Step `step` joins on columns of different types: `code` is String, and `customer` is Int64.",
    );
    const [field] = await errorsOf(({ orders }) => orders.select(col("place").struct.field("ciy")));
    expect(field).toMatchObject({
      message: "Step `step` asks for a field `ciy`, which `place` has not.",
      hint: "Did you mean `city`? There are `city`, `zip`.",
    });
  });

  it("is every expression that can't work, also in several tables", async () => {
    const errors = await errorsOf(({ orders, customers }) =>
      orders
        .select(col("customer"), col("status").abs(), col("day").dt.hour(), col("amount"))
        .join(customers.withColumn(col("name").sum().alias("n")), { on: "customer" }),
    );
    expect(errors.map(({ column }) => column)).toEqual(["status", "day", "name"]);
  });

  it("is the part of an expression that is to blame", async () => {
    const step: Step = ({ orders }) =>
      orders.select(col("amount").add(col("quantity")).mul(col("status").str.slice(0, 2).abs()).alias("x"));
    expect((await errorsOf(step)).map(({ column }) => column)).toEqual(["status"]);
  });

  it("does not take the names of columns for what Polars says", async () => {
    const odd = "`sum` operation not supported for dtype `str`";
    const step: Step = ({ orders }) =>
      orders.select(col("status").alias(odd)).select(col(odd).cast(pl.Int64, true), col(odd).alias("b"));
    expect(await errorsOf(step)).toEqual([]);
  });
});

describe("nothing happens", () => {
  it("that costs more than a look: to large frames in memory", async () => {
    const rows = Array.from({ length: 300_000 }, (_, at) => at);
    const frame = pl.DataFrame({ a: rows, b: rows, c: rows }).lazy();
    const started = performance.now();
    const trace = await check(
      ({ orders }) => frame.join(frame, { how: "cross" }).join(orders, { leftOn: "a", rightOn: "amount" }),
      schemas,
    );
    expect(performance.now() - started).toBeLessThan(5_000);
    expect(trace.schema?.slice(0, 4).map(({ name }) => name)).toEqual(["a", "b", "c", "aright"]);
  });

  it("that costs more than a look: to small frames that are multiplied", async () => {
    const frame = pl.DataFrame({ a: Array.from({ length: 30_000 }, (_, at) => at) }).lazy();
    const started = performance.now();
    await check(() => frame.join(frame, { how: "cross" }).select(col("a").sum()), schemas);
    expect(performance.now() - started).toBeLessThan(5_000);
  });

  it("to the process, for mathematics with a struct, which ends it when it runs", async () => {
    for (const step of [
      ({ orders }) => orders.select(col("place").exp()),
      ({ orders }) => orders.select(col("place").ewmMean()),
      ({ orders }) => orders.select(col("place").log(2)),
    ] satisfies Step[]) {
      expect(await findingsOf(step)).toBeInstanceOf(Array);
    }
  });

  it("to files that a task would write", async () => {
    const path = join(folder, "out.parquet");
    await check(({ orders }) => orders.sinkParquet(path) as never, schemas);
    await check(({ orders }) => orders.select(col("status").str.toUpperCase()).sinkParquet(path) as never, schemas);
    expect(existsSync(path)).toBe(false);
  });

  it("to the rows of files that a task reads by itself", async () => {
    const path = join(folder, "own.parquet");
    pl.DataFrame({ text: ["no number"], customer: [1] }).writeParquet(path);
    const trace = await check(
      ({ orders }) =>
        orders.join(pl.scanParquet(path).select(col("text").cast(pl.Int8, true), col("customer").cast(pl.Int64)), {
          on: "customer",
        }),
      schemas,
    );
    expect(trace.findings.map(({ severity }) => severity)).not.toContain("error");
    expect(trace.schema?.at(-1)).toEqual({ name: "text", type: { kind: "Int8" } });
  });
});

describe("a step whose plan can't be read", () => {
  it("is looked at as a whole", async () => {
    const upper = col("status").str.toUpperCase();
    const right = await check(({ orders }) => orders.select(upper, col("day").dt.year().alias("year")), schemas);
    expect(right.schema).toEqual([
      { name: "status", type: { kind: "String" } },
      { name: "year", type: { kind: "Int32" } },
    ]);
    expect(await errorsOf(({ orders }) => orders.select(upper).filter(col("statu").isNull()))).toMatchObject([
      { code: "COLUMN_NOT_FOUND", column: "statu" },
    ]);
    expect(await errorsOf(({ orders }) => orders.select(upper).explode("status"))).toMatchObject([
      { code: "TYPE_MISMATCH" },
    ]);
  });

  it("is not refused for what depends on the data that it reads itself", async () => {
    const step: Step = ({ orders }) => {
      const kinds = orders.select("status").unique().collectSync().getColumn("status").toArray() as string[];
      return orders.select(kinds.map((kind) => col("status").eq(lit(kind)).alias(kind))).select("paid");
    };
    expect(await errorsOf(step)).toEqual([]);
  });

  it("has a schema where it does not depend on the rows", async () => {
    const eager: Step = ({ orders }) =>
      orders.collectSync().filter(col("amount").gt(1)).select("order", "amount").lazy();
    expect((await check(eager, schemas)).schema?.map(({ name }) => name)).toEqual(["order", "amount"]);
    const pivoted: Step = ({ orders }) => {
      const frame = orders.select("status", "order", "amount").collectSync();
      return frame.pivot("amount", { index: "order", on: "status" } as never).lazy();
    };
    expect((await check(pivoted, schemas)).schema).toBeUndefined();
  });
});

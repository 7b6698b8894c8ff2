import type { Finding } from "@glacier/core";
import pl from "nodejs-polars";
import { describe, expect, it } from "vitest";
import { check, schemasOf } from "../../test/catalogue/check.ts";
import { makeTables, type Step } from "../../test/catalogue/tables.ts";

const { col, lit } = pl;
const schemas = schemasOf(makeTables());
const found = async (step: Step): Promise<readonly Finding[]> => {
  const { findings } = await check(step, schemas);
  return findings.filter(({ code }) => code === "TYPE_MISMATCH" || code === "TYPES_MIXED");
};

describe("a figure that is null for every row", () => {
  it("is found in groups and in windows, by its column", async () => {
    const groups: Step = ({ orders }) =>
      orders.groupBy("customer").agg(col("status").mean().alias("m"), col("day").sum());
    expect((await found(groups)).map(({ message }) => message)).toEqual([
      "Step `step` takes the mean of `status`, which is String: that is null for every row.",
      "Step `step` takes the sum of `day`, which is Date: that is null for every row.",
    ]);
    const window: Step = ({ orders }) => orders.filter(col("kind").median().over("customer").isNull());
    expect(await found(window)).toMatchObject([{ code: "TYPE_MISMATCH", severity: "error", column: "kind" }]);
  });

  it.each<[string, Step]>([
    [
      "of numbers, dates and booleans",
      ({ orders }) =>
        orders
          .groupBy("customer")
          .agg(col("amount").mean(), col("day").mean().alias("d"), col("paid").mean().alias("p")),
    ],
    ["of a text that was cast", ({ orders }) => orders.groupBy("customer").agg(col("code").cast(pl.Int64).mean())],
    ["that pl.all() brings along", ({ orders }) => orders.groupBy("customer").agg(pl.all().mean())],
    ["of the values of lists", ({ orders }) => orders.select(col("scores").lst.eval(pl.element().mean()))],
    ["of extremes of texts", ({ orders }) => orders.groupBy("customer").agg(col("status").max())],
  ])("is not found %s", async (_, step) => {
    expect(await found(step)).toEqual([]);
  });
});

describe("a comparison with something of another kind", () => {
  it.each<[string, Step, string]>([
    ["a date and a year", ({ orders }) => orders.filter(col("day").gtEq(2024)), "error"],
    ["a year and a time", ({ orders }) => orders.filter(lit(2024).lt(col("at"))), "error"],
    ["a date and a date as a number", ({ orders }) => orders.filter(col("day").eq(20_240_131)), "error"],
    ["a date and a number of days", ({ orders }) => orders.filter(col("day").gt(19_800)), "warning"],
    ["a boolean and 2", ({ orders }) => orders.filter(col("paid").neq(2)), "error"],
    ["a boolean and a text", ({ orders }) => orders.filter(col("paid").eq(lit("yes"))), "error"],
  ])("is found: %s", async (_, step, severity) => {
    expect(await found(step)).toMatchObject([{ severity, message: expect.stringContaining("compares") as string }]);
  });

  it.each<[string, Step]>([
    ["a boolean and 1", ({ orders }) => orders.filter(col("paid").eq(1))],
    ["a boolean above 0", ({ orders }) => orders.filter(col("paid").gt(0))],
    ["a boolean and its text", ({ orders }) => orders.filter(col("paid").eq(lit("true")))],
    ["a time and microseconds that were counted", ({ orders }) => orders.filter(col("at").gt(1_704_067_200_000_000))],
    ["a date and a date", ({ orders }) => orders.filter(col("day").gt(lit(new Date(0))))],
    ["a part of a date and a year", ({ orders }) => orders.filter(col("day").dt.year().eq(2024))],
  ])("is not found: %s", async (_, step) => {
    expect(await found(step)).toEqual([]);
  });
});

describe("numbers and texts that become one column of texts", () => {
  it.each<[string, Step]>([
    ["by a condition", ({ orders }) => orders.select(pl.when(col("paid")).then(lit(1)).otherwise(lit("no")))],
    [
      "in the second of three cases",
      ({ orders }) =>
        orders.select(
          pl.when(col("paid")).then(lit("a")).when(col("amount").gt(1)).then(col("day")).otherwise(lit("b")),
        ),
    ],
    [
      "under each other",
      ({ orders }) => pl.concat([orders.select("status"), orders.select(col("cents").alias("status"))]),
    ],
  ])("are found: %s", async (_, step) => {
    expect(await found(step)).toMatchObject([{ code: "TYPES_MIXED", severity: "warning" }]);
  });

  it.each<[string, Step]>([
    ["a text or nothing", ({ orders }) => orders.select(pl.when(col("paid")).then(col("status")).otherwise(lit(null)))],
    ["two numbers", ({ orders }) => orders.select(pl.when(col("paid")).then(col("cents")).otherwise(col("amount")))],
    ["a category or a text", ({ orders }) => orders.select(pl.when(col("paid")).then(col("kind")).otherwise(lit("x")))],
    [
      "numbers under each other",
      ({ orders }) => pl.concat([orders.select("cents"), orders.select(col("amount").alias("cents"))]),
    ],
  ])("are not: %s", async (_, step) => {
    expect(await found(step)).toEqual([]);
  });
});

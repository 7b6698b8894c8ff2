import { type AnyTask, type Bucket, Dag, type DagStep, type Finding, Provider } from "@glacier/core";
import { local } from "@glacier/provider-local";
import pl from "nodejs-polars";
import { describe, expect, it } from "vitest";
import type { TableSchema } from "./model/column-type.ts";
import { trace } from "./trace.ts";

const provider = new Provider(local({ root: "/nowhere" }));
const here = provider.local();
const orders: TableSchema = [
  { name: "id", type: { kind: "Int64" } },
  { name: "state", type: { kind: "String" } },
];

async function found(task: AnyTask, to = "orders.parquet"): Promise<readonly Finding[]> {
  const target = provider.bucket("in", "orders.parquet").transform(task as never) as unknown as {
    to(bucket: Bucket): Bucket;
  };
  const [step] = Dag.of(target.to(provider.bucket("out", to))).steps;
  const { findings } = await trace(step as DagStep, { df: orders });
  return findings;
}

describe("tracing a step", () => {
  it.each<readonly [string, AnyTask]>([
    ["a text for a number", here.task("clean", (df) => df.head("four" as never))],
    ["keys of groups that are no list", here.task("clean", (df) => df.groupBy("id", "state" as never).agg(pl.len()))],
  ])("finds an argument that Polars' functions don't take: %s", async (_, task) => {
    expect(await found(task)).toMatchObject([{ code: "TASK_FAILED", severity: "error", step: "clean" }]);
  });

  it("lets by a column that only Polars' engine in memory loses", async () => {
    const both = here.task("both", (df) =>
      df
        .join(df.head(2), { how: "cross" })
        .filter(
          pl
            .col("stateright")
            .isNotNull()
            .or(pl.col("id").gt(pl.lit(2).cast(pl.Int64))),
        )
        .select("id"),
    );
    const errors = (await found(both)).filter(({ severity }) => severity === "error");
    expect(errors).toEqual([]);
  });

  it("finds what the target can't hold, where the plan can't be read as well", async () => {
    const words = here.task("words", (df) => df.select(pl.col("state").str.toUpperCase().str.split(" ")));
    expect(await found(words, "words.csv")).toMatchObject([
      { code: "STEP_OPAQUE", severity: "note" },
      { code: "TYPE_NOT_WRITABLE", severity: "error", column: "state" },
    ]);
    expect(await found(words, "words.parquet")).toMatchObject([{ code: "STEP_OPAQUE" }]);
  });

  it("finds types that Polars misstates, which it can't write", async () => {
    const lengths = pl.col("state").str.lengths();
    const wrong = here.task("wrong", (df) => df.select("id", lengths));
    for (const to of ["out.parquet", "out.ipc"]) {
      expect(await found(wrong, to)).toMatchObject([
        { code: "STEP_OPAQUE" },
        {
          code: "TYPE_NOT_WRITABLE",
          severity: "error",
          column: "state",
          message: "Step `wrong` can't write `state`: Polars takes it for String beforehand, and makes UInt32 of it.",
          hint: "Say which type it is: `.cast(pl.UInt32)`.",
        },
      ]);
    }
    expect(await found(wrong, "out.csv")).toMatchObject([{ code: "STEP_OPAQUE" }]);
    const right = here.task("right", (df) => df.select("id", lengths.cast(pl.UInt32)));
    expect(await found(right)).toMatchObject([{ code: "STEP_OPAQUE" }]);
  });
});

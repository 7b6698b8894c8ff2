// What the check says that a step will read from a bucket that another step is yet to write, against what it does read.
import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { type Bucket, Provider } from "@glacier/core";
import { traceDag, typeText } from "@glacier/plan";
import { local } from "@glacier/provider-local";
import { sourceSchema } from "@glacier/worker";
import pl, { type DataFrame } from "nodejs-polars";
import { describe, expect, test } from "vitest";
import { temporaryFolder } from "./folder.ts";

const text = pl.DataFrame({
  small: pl.Series("small", [1, -2, 3], pl.Int8),
  large: pl.Series("large", [1n, 2n, 3n], pl.UInt64),
  half: pl.Series("half", [0.5, 1, 2], pl.Float32),
  flag: [true, false, true],
  word: ["a", "b", "c"],
});
const typed = text.withColumns(
  pl.lit("2026-01-31").cast(pl.Date).alias("day"),
  pl.lit(new Date(86_400_000)).cast(pl.Datetime("us")).alias("at"),
  pl.lit(new Date(86_400_000)).cast(pl.Datetime("ms", "UTC")).alias("zoned"),
  pl.lit(new Date(0)).cast(pl.Datetime("us")).cast(pl.Time).alias("time"),
  pl.lit("12.50").cast(pl.Decimal(12, 2)).alias("money"),
  pl.lit("x").cast(pl.Categorical).alias("kind"),
);
const nested = typed.withColumns(
  pl.col("small").implode().alias("list"),
  pl.struct([pl.col("word"), pl.col("half")]).alias("both"),
);

const cases: readonly (readonly [name: string, path: string, options: object, data: DataFrame])[] = [
  ["Parquet", "t.parquet", {}, nested],
  ["Arrow IPC", "t.arrow", {}, nested],
  ["CSV", "t.csv", {}, typed],
  ["CSV with its dates read", "t.csv", { scan: { parseDates: true } }, typed],
  ["CSV as text", "t.csv", { scan: { inferSchemaLength: 0 } }, typed],
  ["CSV with some types given", "t.csv", { scan: { schemaOverrides: { small: pl.Int16, day: pl.Date } } }, typed],
  ["NDJSON", "t.ndjson", {}, typed],
  ["Parquet with numbers of rows", "t.parquet", { scan: { rowIndexName: "row" } }, text],
  ["CSV with numbers of rows and paths", "t.csv", { scan: { rowIndexName: "row", includeFilePaths: "from" } }, text],
];

describe("a bucket that is not written yet", () => {
  test.each(cases)("has the columns that it will have: %s", async (_, path, options, data) => {
    const provider = new Provider(local({ root: await temporaryFolder() }));
    const source = provider.bucket("in", "s.parquet");
    await write(source, data);
    const target = provider.bucket("out", path, options);
    const copy = source.transform(provider.local().task("copy", (df) => df)).to(target);
    const trace = await traceDag(copy.toDag(), { schemaOf: sourceSchema });
    const said = trace.buckets.find(({ key }) => key === `out/${path}`);
    await copy.run();
    const found = await sourceSchema(target);
    expect(said?.schema?.map(({ name }) => name)).toEqual(found.map(({ name }) => name));
    const guessed = new Set(said?.guessed);
    const certain = found.filter(({ name }) => !guessed.has(name));
    expect(certain.length + guessed.size).toBe(found.length);
    for (const { name, type } of certain) {
      const expected = said?.schema?.find((column) => column.name === name)?.type;
      expect([name, expected && typeText(expected)]).toEqual([name, typeText(type)]);
    }
    // The guesses are right too, for usual values.
    for (const { name, type } of found.filter((column) => guessed.has(column.name))) {
      if (path === "t.csv" && "scan" in options && name in { day: 1, at: 1, zoned: 1, time: 1 }) continue;
      const expected = said?.schema?.find((column) => column.name === name)?.type;
      expect([name, expected && typeText(expected)]).toEqual([name, typeText(type)]);
    }
  });
});

async function write(bucket: Bucket, data: DataFrame): Promise<void> {
  const { uri } = bucket.storage.scan(bucket.location);
  await mkdir(dirname(uri), { recursive: true });
  data.writeParquet(uri);
}

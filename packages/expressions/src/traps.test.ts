/**
 * What nodejs-polars does today that one would not expect, and the way out. `docs/polars-traps.md` tells users of it.
 * A test that fails after an upgrade of nodejs-polars may be good news: then the page, and perhaps a helper, can go.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pl from "nodejs-polars";
import { afterAll, describe, expect, test } from "vitest";
import { stderrOf } from "../test/polars-process.ts";
import { int64, outcomeOf, typeOf } from "../test/query.ts";
import { decimal, hash, int, lengthChars, reinterpret, strictCast, toDate, toDatetime, upper } from "./index.ts";

const directory = mkdtempSync(join(tmpdir(), "glacier-traps-"));
afterAll(() => rmSync(directory, { recursive: true }));

const beyondSafe = 2n ** 53n;
const ids = pl.DataFrame([int64("id", beyondSafe, beyondSafe + 1n, 5n)]);

describe("numbers and bigints in expressions", () => {
  test("a number makes floats of an integer column; int does not", () => {
    expect(outcomeOf(ids, pl.col("id").add(1)).type).toBe("Float64");
    expect(outcomeOf(ids, pl.col("id").add(int(1)))).toMatchObject({ type: "Int64" });
  });

  test("a bigint is a UInt64, and makes floats of an Int64 column; int does not", () => {
    expect(outcomeOf(ids, pl.lit(5n)).type).toBe("UInt64");
    expect(outcomeOf(ids, pl.col("id").add(1n)).type).toBe("Float64");
    expect(outcomeOf(ids, pl.col("id").add(int(1n))).type).toBe("Int64");
  });

  test("a bigint literal loses its sign, and what is beyond 64 bits; int keeps the one and refuses the other", () => {
    expect(outcomeOf(ids, pl.lit(-5n)).values).toEqual(["5"]);
    expect(outcomeOf(ids, int(-5n)).values).toEqual(["-5"]);
    expect(outcomeOf(ids, pl.lit(2n ** 64n + 3n)).values).toEqual(["3"]);
    expect(() => int(2n ** 64n + 3n)).toThrow("is not between");
  });

  test("numbers above 2^53 are compared as floats, bigints too; int compares them exactly", () => {
    const found = (value: pl.Expr | number | bigint) => ids.filter(pl.col("id").eq(value)).height;
    expect(found(Number(beyondSafe))).toBe(2);
    expect(found(beyondSafe)).toBe(2);
    expect(found(int(beyondSafe))).toBe(1);
  });

  test("isIn compares numbers as floats and drops the sign of bigints; a typed series does neither", () => {
    const found = (values: unknown) => outcomeOf(ids, pl.col("id").isIn(values)).values;
    expect(found([Number(beyondSafe)])).toEqual(["true", "true", "false"]);
    expect(found([-5n])).toEqual(["false", "false", "true"]);
    expect(found(pl.lit(int64("", beyondSafe, -5n)))).toEqual(["true", "false", "false"]);
    expect(found(pl.lit(pl.Series("", [5, 6], pl.Int64)))).toEqual(["false", "false", "true"]);
  });

  test("a number in a filter makes a scan read every row group; int and decimal skip those that can't match", () => {
    const path = join(directory, "numbers.parquet");
    const numbers = pl.DataFrame([
      pl.Series(
        "id",
        BigInt64Array.from({ length: 1_000 }, (_, at) => BigInt(at)),
      ),
    ]);
    const prices = numbers.withColumn(pl.col("id").cast(pl.Decimal(12, 2)).alias("price"));
    prices.lazy().sinkParquet(path, { rowGroupSize: 100 }).collectSync();
    const read = (filter: pl.Expr) => {
      const plan = pl.scanParquet(path).filter(filter).serialize("bincode");
      const said = stderrOf(`pl.LazyDataFrame.deserialize(input, "bincode").collectSync()`, plan);
      return /reading \d+ \/ \d+ row groups/.exec(said)?.[0];
    };
    expect(read(pl.col("id").gt(950))).toBe("reading 10 / 10 row groups");
    expect(read(pl.col("id").gt(int(950)))).toBe("reading 1 / 10 row groups");
    expect(read(pl.col("price").gt(950))).toBe("reading 10 / 10 row groups");
    expect(read(pl.col("price").gt(decimal("950.00")))).toBe("reading 1 / 10 row groups");
  });

  test("a number makes floats of a Decimal column; decimal does not", () => {
    const prices = pl.DataFrame({ price: ["0.10"] }).select(strictCast("price", pl.Decimal(12, 2)));
    expect(outcomeOf(prices, pl.col("price").mul(3))).toEqual({ type: "Float64", values: ["0.30000000000000004"] });
    expect(outcomeOf(prices, pl.col("price").mul(decimal("3")))).toEqual({ type: "Decimal(38,2)", values: ["0.30"] });
  });

  test("fillNull with a number changes the type of every column; int keeps integers, one column at a time keeps all", () => {
    const gaps = pl.DataFrame([
      pl.Series("count", [1, null], pl.Int64),
      pl.Series("flag", [true, null], pl.Bool),
      pl.Series("name", ["x", null], pl.String),
    ]);
    const filled = gaps.lazy().fillNull(0).collectSync();
    expect(filled.getColumns().map(typeOf)).toEqual(["Float64", "Float64", "String"]);
    expect(filled.row(1)).toEqual([0, 0, "0.0"]);
    const kept = gaps.withColumns(pl.col("count").fillNull(int(0)), pl.col("flag").fillNull(pl.lit(false)));
    expect(kept.getColumns().map(typeOf)).toEqual(["Int64", "Bool", "String"]);
    expect(kept.row(1)).toEqual([0, false, null]);
  });

  test("replaceStrict makes floats of integers; its fourth argument names the type", () => {
    const codes = pl.DataFrame([int64("code", 1n, 2n)]);
    expect(outcomeOf(codes, pl.col("code").replaceStrict([1, 2], [10, 20])).type).toBe("Float64");
    const typed = pl.col("code").replaceStrict([1, 2], [10, 20], pl.lit(null), pl.Int64);
    expect(outcomeOf(codes, typed)).toEqual({ type: "Int64", values: ["10", "20"] });
  });

  test("replaceStrict drops a default of 0, false or empty text; a literal is kept", () => {
    const codes = pl.DataFrame({ code: [1, 2, 3] });
    expect(() => outcomeOf(codes, pl.col("code").replaceStrict([1, 2], [10, 20], 0))).toThrow("incomplete mapping");
    expect(() => outcomeOf(codes, pl.col("code").replaceStrict([1, 2], ["a", "b"], ""))).toThrow("incomplete mapping");
    const kept = pl.col("code").replaceStrict([1, 2], [10, 20], pl.lit(0));
    expect(outcomeOf(codes, kept).values).toEqual(["10.0", "20.0", "0.0"]);
  });
});

describe("series", () => {
  test("whole numbers make a Float64 series unless a type is given", () => {
    expect(typeOf(pl.Series([1, 2]))).toBe("Float64");
    expect(
      pl
        .DataFrame({ n: [1, 2] })
        .getColumns()
        .map(typeOf),
    ).toEqual(["Float64"]);
    expect(typeOf(pl.Series("n", [1, 2], pl.Int64))).toBe("Int64");
    expect(
      pl
        .DataFrame({ n: [1, 2] }, { schema: { n: pl.Int64 } })
        .getColumns()
        .map(typeOf),
    ).toEqual(["Int64"]);
  });

  test("bigints make a UInt64 series and lose their sign; a BigInt64Array keeps it", () => {
    const series = pl.Series([-1n, 2n]);
    expect(typeOf(series)).toBe("UInt64");
    expect([...series.toArray()]).toEqual([1n, 2n]);
    expect([...pl.Series(new BigInt64Array([-1n, 2n])).toArray()]).toEqual([-1, 2]);
  });

  test.each([pl.Int8, pl.Int16, pl.Int32, pl.Int64, pl.UInt8, pl.UInt16, pl.UInt32, pl.Float64])(
    "bigints with a type that is not UInt64 are all null",
    (dtype) => {
      expect(pl.Series("n", [1n, 2n], dtype).nullCount()).toBe(2);
    },
  );

  test("bigints with the type Decimal lose their sign; texts with a cast keep it", () => {
    const prices = pl.DataFrame([pl.Series("price", [-150n], pl.Decimal(12, 2))]);
    expect(outcomeOf(prices, pl.col("price")).values).toEqual(["150.00"]);
    const texts = pl.DataFrame({ price: ["-150.00"] });
    expect(outcomeOf(texts, strictCast("price", pl.Decimal(12, 2))).values).toEqual(["-150.00"]);
  });

  test("numbers with the type UInt64 are all null; bigints are not", () => {
    expect(pl.Series("n", [1, 2], pl.UInt64).nullCount()).toBe(2);
    expect(pl.Series("n", [1n, 2n], pl.UInt64).nullCount()).toBe(0);
  });

  test("numbers that do not fit their type are cut, wrapped or null; a strict cast of floats refuses the last two", () => {
    expect([...pl.Series("n", [2.7], pl.Int64).toArray()]).toEqual([2]);
    expect([...pl.Series("n", [-1], pl.UInt32).toArray()]).toEqual([4294967295]);
    expect([...pl.Series("n", [300], pl.Int8).toArray()]).toEqual([null]);
    const numbers = pl.DataFrame({ n: [-1] });
    expect(() => outcomeOf(numbers, strictCast("n", pl.UInt32))).toThrow("conversion from `f64` to `u32` failed");
  });

  test("get cuts an Int64 to 32 bits; toArray does not", () => {
    const series = int64("n", 1994999950000n);
    expect(series.get(0)).toBe(2135124656);
    expect(series.toArray()[0]).toBe(1994999950000);
  });

  test("an Int64 above 2^53 is rounded on its way to JavaScript; a typed array and text are exact", () => {
    const frame = pl.DataFrame([int64("id", beyondSafe + 1n)]);
    const rounded = Number(beyondSafe);
    expect(frame.toRecords()).toEqual([{ id: rounded }]);
    expect(frame.rows()).toEqual([[rounded]]);
    expect([...frame.getColumn("id").toArray()]).toEqual([rounded]);
    expect(frame.getColumn("id").toTypedArray()).toEqual(new BigInt64Array([beyondSafe + 1n]));
    expect(frame.select(pl.col("id").cast(pl.String)).toRecords()).toEqual([{ id: String(beyondSafe + 1n) }]);
  });

  test("a Decimal does not reach JavaScript; its text does", () => {
    const prices = pl.DataFrame({ price: ["1.50"] }).select(strictCast("price", pl.Decimal(12, 2)));
    expect(() => prices.toRecords()).toThrow("Decimal is not supported");
    expect(prices.select(pl.col("price").cast(pl.String)).toRecords()).toEqual([{ price: "1.50" }]);
  });
});

describe("casts, dates and times", () => {
  test("a cast makes null of what it can't convert; a strict one fails", () => {
    const texts = pl.DataFrame({ amount: ["12.5", "12,5"] });
    expect(outcomeOf(texts, pl.col("amount").cast(pl.Float64)).values).toEqual(["12.5", null]);
    expect(() => outcomeOf(texts, strictCast("amount", pl.Float64))).toThrow('["12,5"]');
  });

  const texts = pl.DataFrame({ day: ["2024-02-03", "on 2024-02-03 it", "2024-02-30"] });

  test("strptime finds dates inside other text, and makes null of what is none; toDate fails on both", () => {
    const parsed = outcomeOf(texts, pl.col("day").str.strptime(pl.Date, "%Y-%m-%d"));
    expect(parsed.values).toEqual(["2024-02-03", "2024-02-03", null]);
    expect(() => outcomeOf(texts, toDate("day", "%Y-%m-%d"))).toThrow('["on 2024-02-03 it", "2024-02-30"]');
  });

  test("strptime takes Datetime in ms alone, and gives microseconds; toDatetime gives what is asked for", () => {
    const times = pl.DataFrame({ time: ["2024-02-03 01:02:03"] });
    const format = "%Y-%m-%d %H:%M:%S";
    const parsed = pl.col("time").str.strptime(pl.Datetime("ms"), format);
    expect(outcomeOf(times, parsed).type).toBe("Datetime(us,)");
    expect(() => pl.col("time").str.strptime(pl.Datetime("us"), format)).toThrow("only");
    expect(outcomeOf(times, toDatetime("time", format, "ms")).type).toBe("Datetime(ms,)");
  });

  const moment = pl.DataFrame({ at: [new Date("2024-03-01T02:00:00.123Z")] });

  test("timestamp gives milliseconds whatever it is asked for; casts give the unit", () => {
    const at = pl.col("at");
    for (const unit of ["ms", "us", "ns"] as const) {
      expect(outcomeOf(moment, (at.dt.timestamp as (unit: string) => pl.Expr)(unit)).values).toEqual(["1709258400123"]);
    }
    expect(outcomeOf(moment, at.cast(pl.Datetime("us")).cast(pl.Int64)).values).toEqual(["1709258400123000"]);
  });

  test("a zoned time becomes the date in UTC; without its zone it becomes the local one", () => {
    const local = pl.col("at").dt.replaceTimeZone("UTC").dt.convertTimeZone("America/New_York");
    expect(outcomeOf(moment, local.cast(pl.Date)).values).toEqual(["2024-03-01"]);
    const naive = pl.col("local").dt.replaceTimeZone(null as unknown as string);
    expect(outcomeOf(moment.select(local.alias("local")), naive.cast(pl.Date)).values).toEqual(["2024-02-29"]);
  });
});

describe("texts that are names, and names that are texts", () => {
  const orders = pl.DataFrame({ status: ["paid", "open"], paid: ["no", "open"] });

  test("a text in a comparison is a column; pl.lit makes a literal of it", () => {
    expect(orders.filter(pl.col("status").eq("paid")).toRecords()).toEqual([{ status: "open", paid: "open" }]);
    expect(orders.filter(pl.col("status").eq(pl.lit("paid"))).toRecords()).toEqual([{ status: "paid", paid: "no" }]);
    expect(() => orders.filter(pl.col("status").eq("sent"))).toThrow('unable to find column "sent"');
  });

  test.each(["add", "neq", "gt", "gtEq", "lt", "ltEq", "fillNull"] as const)(
    "%s takes a text for a column",
    (method) => {
      const expr = pl.col("status")[method]("paid");
      expect(expr.serialize("json").toString()).toContain(
        method === "fillNull" ? '"String":"paid"' : '{"Column":"paid"}',
      );
    },
  );

  test("isIn and the str methods take a text for a literal", () => {
    expect(orders.filter(pl.col("status").isIn(["paid"])).height).toBe(1);
    expect(orders.filter(pl.col("status").str.startsWith("paid")).height).toBe(1);
  });

  test("pl.struct and pl.maxHorizontal take names for literals; give them columns", () => {
    const numbers = pl.DataFrame({ a: [1, 5], b: [2, 3] });
    expect(outcomeOf(numbers, pl.maxHorizontal(["a", "b"]))).toEqual({ type: "String", values: ["b"] });
    expect(outcomeOf(numbers, pl.maxHorizontal([pl.col("a"), pl.col("b")])).values).toEqual(["2.0", "5.0"]);
    const struct = numbers.select(pl.struct([pl.col("a"), pl.col("b")]).alias("both"));
    expect(struct.toRecords()).toEqual([{ both: { a: 1, b: 2 } }, { both: { a: 5, b: 3 } }]);
    expect(numbers.select(pl.struct(["a"]).alias("one")).height).toBe(1);
  });

  test("then and otherwise refuse plain values; pl.lit and int make expressions of them", () => {
    const isPaid = pl.col("status").eq(pl.lit("paid"));
    expect(() => pl.when(isPaid).then("yes" as unknown as pl.Expr)).toThrow("JsExpr");
    const answer = pl.when(isPaid).then(pl.lit("yes")).otherwise(pl.lit("no"));
    expect(outcomeOf(orders, answer).values).toEqual(["yes", "no"]);
  });

  test("pl.col takes one name and drops the others; an array names several", () => {
    const two = (pl.col as (...names: string[]) => pl.Expr)("status", "paid");
    expect(orders.select(two).columns).toEqual(["status"]);
    expect(orders.select(pl.col(["status", "paid"])).columns).toEqual(["status", "paid"]);
  });
});

describe("joins and groups", () => {
  const left = pl.DataFrame({ key: [1, 2], value: [1, 2] });
  const right = pl.DataFrame({ key: [1, 2], value: [3, 4] });

  test("a lazy join adds `right` to a name, an eager join and joinAsof `_right`; a suffix of one's own is the same everywhere", () => {
    expect(left.lazy().join(right.lazy(), { on: "key" }).columns).toEqual(["key", "value", "valueright"]);
    expect(left.join(right, { on: "key" }).columns).toEqual(["key", "value", "value_right"]);
    const asof = left.lazy().sort("key").joinAsof(right.lazy().sort("key"), { on: "key" });
    expect(asof.columns).toEqual(["key", "value", "value_right"]);
    const suffix = "_new";
    expect(left.lazy().join(right.lazy(), { on: "key", suffix }).columns).toEqual(["key", "value", "value_new"]);
    expect(left.join(right, { on: "key", suffix }).columns).toEqual(["key", "value", "value_new"]);
  });

  test("a lazy join without keys gives no rows; a cross join says that it has none", () => {
    const none = left.lazy().join(right.lazy(), {} as unknown as { on: "key" });
    expect(none.collectSync().height).toBe(0);
    expect(left.lazy().join(right.lazy(), { how: "cross" }).collectSync().height).toBe(4);
  });

  test("groupBy keeps the order of the groups, which costs time, unless it is told not to", () => {
    const grouped = left.lazy().groupBy("key").agg(pl.col("value").sum());
    expect(grouped.describePlan()).toContain("maintain_order: true");
    const unordered = left.lazy().groupBy("key", false).agg(pl.col("value").sum());
    expect(unordered.describePlan()).toContain("maintain_order: false");
  });
});

describe("options", () => {
  const cloudOptionsOf = (cloudOptions: Record<string, string | number | boolean>): unknown =>
    JSON.parse(pl.scanParquet("s3://bucket/file.parquet", { cloudOptions }).serialize("json").toString()).Scan
      .unified_scan_args.cloud_options;

  test("one cloud option that is no text drops them all, though the types allow it; texts and retry numbers are kept", () => {
    const region = { aws_region: "eu-central-1" };
    expect(cloudOptionsOf({ ...region, aws_allow_http: true })).toBeNull();
    expect(cloudOptionsOf({ ...region, timeout: 30 })).toBeNull();
    expect(cloudOptionsOf({ ...region, aws_allow_http: "true" })).toMatchObject({ config: { Aws: expect.any(Array) } });
    expect(cloudOptionsOf({ ...region, max_retries: 2 })).toMatchObject({ retry_config: { max_retries: 2 } });
  });

  const csv = join(directory, "numbers.csv");
  writeFileSync(csv, "id,name\n1,x\n2,y\n");
  const typesOf = (options: object): string[] => pl.scanCSV(csv, options).collectSync().getColumns().map(typeOf);

  test("an unknown option is ignored: scanCSV has schema, not dtypes", () => {
    expect(typesOf({ dtypes: { id: pl.String } })).toEqual(["Int64", "String"]);
    expect(typesOf({ schema: { id: pl.String, name: pl.String } })).toEqual(["String", "String"]);
  });

  test("inferSchemaLength null makes texts of all columns, where the documentation says a full scan", () => {
    expect(typesOf({ inferSchemaLength: null })).toEqual(["String", "String"]);
    expect(typesOf({ inferSchemaLength: 1_000_000 })).toEqual(["Int64", "String"]);
  });

  test("sinks write their defaults into the options that they are given; a copy takes them", () => {
    const query = pl.DataFrame({ n: [1] }).lazy();
    const options: pl.SinkParquetOptions = {};
    query.sinkParquet(join(directory, "mutated.parquet"), options);
    expect(options).toMatchObject({ compression: "zstd", maintainOrder: true });
    const frozen = Object.freeze({});
    expect(() => query.sinkParquet(join(directory, "frozen.parquet"), frozen)).toThrow("not extensible");
    expect(() => query.sinkParquet(join(directory, "copied.parquet"), { ...frozen })).not.toThrow();
  });

  test("collect does not stream, with either option; collectSync with an engine does", () => {
    const streams = (call: string) =>
      stderrOf(`await pl.DataFrame({ k: [1, 2] }).lazy().groupBy("k").agg(pl.len()).${call}`).includes("polars-stream");
    expect(streams("collect({ streaming: true })")).toBe(false);
    expect(streams('collect({ engine: "streaming" })')).toBe(false);
    expect(streams('collectSync({ engine: "streaming" })')).toBe(true);
  });
});

describe("errors", () => {
  test("a bad SQL query does not throw; its frame holds an error instead", () => {
    const context = pl.SQLContext({ t: pl.DataFrame({ a: [1] }).lazy() });
    const broken = context.execute("SELECT missing FROM t");
    expect(broken.inner()).toBeInstanceOf(Error);
    expect((broken.inner() as Error).message).toContain("missing");
    expect(() => broken.collectSync()).toThrow("_ldf.collectSync is not a function");
    expect(context.execute("SELECT a FROM t").inner()).not.toBeInstanceOf(Error);
  });

  test("an index out of range panics inside Rust, which writes to stderr although JavaScript gets an error", () => {
    const said = stderrOf(`try { pl.Series([1]).get(9) } catch {}`);
    expect(said).toContain("panicked at");
  });
});

describe("plans", () => {
  const words = pl.DataFrame({ word: ["ab", "c"] });

  test.each([
    ["toUpperCase", pl.col("word").str.toUpperCase()],
    ["toLowerCase", pl.col("word").str.toLowerCase()],
    ["strip", pl.col("word").str.strip()],
    ["lstrip", pl.col("word").str.lstrip()],
    ["rstrip", pl.col("word").str.rstrip()],
    ["lengths", pl.col("word").str.lengths()],
    ["jsonPathMatch", pl.col("word").str.jsonPathMatch("$.a")],
    ["hash", pl.col("word").hash()],
    ["reinterpret", pl.col("word").reinterpret()],
    ["toPhysical", pl.col("word").toPhysical()],
    ["extendConstant", pl.col("word").extendConstant("x", 1)],
  ])("%s can't be serialised", (_name, expr) => {
    for (const format of ["json", "bincode"] as const) expect(() => expr.serialize(format)).toThrow("opaque");
    expect(() => words.lazy().select(expr).serialize("json")).toThrow("opaque");
  });

  test("the opaque methods state wrong types, so that computing with them fails; the helpers state the right ones", () => {
    expect(() => outcomeOf(words, pl.col("word").str.lengths().sum())).toThrow("not supported for dtype `str`");
    expect(outcomeOf(words, lengthChars("word").sum()).values).toEqual(["3"]);
    expect(() => outcomeOf(words, pl.col("word").hash().modulo(int(4)))).toThrow("arithmetic on dtypes str");
    expect(outcomeOf(words, hash("word").modulo(int(4))).type).toBe("UInt64");
    const large = pl.DataFrame([pl.Series("n", [2n ** 64n - 1n], pl.UInt64)]);
    expect(outcomeOf(large, pl.col("n").reinterpret(true).add(int(1))).type).toBe("Float64");
    expect(outcomeOf(large, reinterpret("n", true).add(int(1)))).toEqual({ type: "Int64", values: ["0"] });
  });

  test("JSON gets floats wrong in their last digit and can't hold NaN; bincode does both", () => {
    const value = 0.39157695217191724;
    const read = (format: "json" | "bincode", float: number) => {
      const plan = words.lazy().select(pl.lit(float).alias("float")).serialize(format);
      return pl.LazyDataFrame.deserialize(plan, format).collectSync().row(0)[0];
    };
    expect(read("json", value)).not.toBe(value);
    expect(read("json", value)).toBeCloseTo(value, 14);
    expect(read("bincode", value)).toBe(value);
    expect(() => read("json", Number.NaN)).toThrow("invalid type: null, expected f64");
    expect(read("bincode", Number.NaN)).toBeNaN();
  });

  test("JSON can't be read back beyond some 60 nested expressions; bincode can", () => {
    const sumOf = (terms: number): pl.Expr => {
      let sum = int(0);
      for (let at = 0; at < terms; at++) sum = sum.add(int(at));
      return sum;
    };
    const read = (expr: pl.Expr, format: "json" | "bincode") => pl.Expr.deserialize(expr.serialize(format), format);
    expect(read(sumOf(60), "json").toString()).toBe(sumOf(60).toString());
    expect(() => read(sumOf(70), "json")).toThrow("recursion limit exceeded");
    expect(read(sumOf(200), "bincode").toString()).toBe(sumOf(200).toString());
    expect(upper("word").serialize("json").toString()).toContain("Uppercase");
  });
});

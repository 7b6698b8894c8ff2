// A case for each function of the module `pl` and of what it holds.
import { executes, notAQuery, opaque, read } from "./kinds.mjs";

const type = notAQuery("A type.");
const readsAtOnce = executes("It reads at once. Give the data to the task as a source.");
const ownRead = (make) =>
  opaque(make, "Files that a task reads by itself are no source of its step. Make a bucket of them.");
const asCheck = notAQuery("Says whether something is one.");

export const module = {
  Expr: notAQuery("See above."),
  DataFrame: read(
    (_lf, pl) => pl.DataFrame({ a: [1] }).lazy(),
    "A frame in memory; its values become part of the plan with `.lazy()`.",
  ),
  LazyDataFrame: notAQuery("See above."),
  Series: read((_lf, pl) => pl.lit(pl.Series("s", [1, 2])), "Its values become part of the plan."),
  Config: notAQuery("How frames are printed."),
  Field: type,
  repeat: read((_lf, pl) => pl.lit(pl.repeat("x", 3)), "A Series."),
  concat: (lf, pl) => pl.concat([lf, lf], { how: "diagonal" }),
  scanCSV: ownRead((_lf, pl) => pl.scanCSV("own.csv")),
  scanJson: ownRead((_lf, pl) => pl.scanJson("own.ndjson")),
  scanIPC: ownRead((_lf, pl) => pl.scanIPC("own.arrow")),
  scanParquet: ownRead((_lf, pl) => pl.scanParquet("own.parquet")),
  readRecords: read((_lf, pl) => pl.readRecords([{ a: 1 }]).lazy(), "A frame in memory."),
  readCSV: readsAtOnce,
  readIPC: readsAtOnce,
  readIPCStream: readsAtOnce,
  readJSON: readsAtOnce,
  readParquet: readsAtOnce,
  readAvro: readsAtOnce,
  readCSVStream: readsAtOnce,
  readJSONStream: readsAtOnce,
  all: (_lf, pl) => pl.all(),
  col: (_lf, pl) => pl.col(["a", "^b.*$"]),
  nth: (_lf, pl) => pl.nth(-1),
  cols: (_lf, pl) => pl.cols("a", "b"),
  lit: (_lf, pl) => pl.lit("x"),
  intRange: (_lf, pl) => pl.intRange(0, pl.len()),
  intRanges: (_lf, pl) => pl.intRanges("a", "b"),
  argSortBy: (_lf, pl) => pl.argSortBy([pl.col("a"), pl.col("b")]),
  avg: (_lf, pl) => pl.avg("a"),
  concatList: (_lf, pl) => pl.concatList("a", "b"),
  concatString: (_lf, pl) => pl.concatString(["a", "b"], "-"),
  count: (_lf, pl) => pl.count("a"),
  cov: (_lf, pl) => pl.cov("a", "b"),
  exclude: (_lf, pl) => pl.exclude("a"),
  element: (_lf, pl) => pl.col("list").list.eval(pl.element()),
  first: (_lf, pl) => pl.first("a"),
  format: (_lf, pl) => pl.format("{}-{}", pl.col("a"), "b"),
  head: (_lf, pl) => pl.head("a", 2),
  last: (_lf, pl) => pl.last("a"),
  len: (_lf, pl) => pl.len(),
  mean: (_lf, pl) => pl.mean("a"),
  median: (_lf, pl) => pl.median("a"),
  nUnique: (_lf, pl) => pl.nUnique("a"),
  pearsonCorr: (_lf, pl) => pl.pearsonCorr("a", "b"),
  quantile: (_lf, pl) => pl.quantile("a", 0.5),
  select: executes("It makes a frame in memory at once."),
  struct: (_lf, pl) => pl.struct([pl.col("a"), pl.col("b")]),
  allHorizontal: (_lf, pl) => pl.allHorizontal([pl.col("a"), pl.col("b")]),
  anyHorizontal: (_lf, pl) => pl.anyHorizontal([pl.col("a"), pl.col("b")]),
  minHorizontal: (_lf, pl) => pl.minHorizontal([pl.col("a"), pl.col("b")]),
  maxHorizontal: (_lf, pl) => pl.maxHorizontal([pl.col("a"), pl.col("b")]),
  sumHorizontal: (_lf, pl) => pl.sumHorizontal([pl.col("a"), pl.col("b")]),
  spearmanRankCorr: (_lf, pl) => pl.spearmanRankCorr("a", "b"),
  tail: (_lf, pl) => pl.tail("a", 2),
  list: (_lf, pl) => pl.list("a"),
  when: (_lf, pl) => pl.when(pl.col("a").gt(1)).then(pl.col("b")).otherwise(pl.lit(0)),
  version: notAQuery("The version of nodejs-polars."),
  Categorical: type,
  Int8: type,
  Int16: type,
  Int32: type,
  Int64: type,
  UInt8: type,
  UInt16: type,
  UInt32: type,
  UInt64: type,
  Float32: type,
  Float64: type,
  Bool: type,
  Utf8: type,
  String: type,
  List: type,
  FixedSizeList: type,
  Date: type,
  Datetime: type,
  Duration: type,
  Time: type,
  Object: type,
  Null: type,
  Struct: type,
  Decimal: type,
  SQLContext: (lf, pl) => pl.SQLContext({ t: lf }).execute("SELECT text, SUM(a) AS n FROM t GROUP BY text"),
};

export const exprStatics = {
  isExpr: asCheck,
  deserialize: read(
    (_lf, pl) => pl.Expr.deserialize(Buffer.from('{"Column":"a"}'), "json"),
    "As far as what it makes is known.",
  ),
};

export const lazyDataFrameStatics = {
  deserialize: read(
    (lf, pl) => pl.LazyDataFrame.deserialize(lf.serialize("bincode"), "bincode"),
    "As far as what it makes is known.",
  ),
  fromExternal: notAQuery("nodejs-polars' own; not for users."),
  isLazyDataFrame: asCheck,
};

export const sqlContext = {
  execute: (lf, pl) =>
    pl.SQLContext({ t: lf, u: lf }).execute("SELECT t.a, u.b FROM t LEFT JOIN u USING (a) WHERE t.a > 1"),
  register: notAQuery("Gives a table its name in SQL."),
  registerMany: notAQuery("Gives tables their names in SQL."),
  unregister: notAQuery("Takes it back."),
  tables: notAQuery("The names of the tables."),
};

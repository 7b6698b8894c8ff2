import { describe, expect, it } from "vitest";
import { functionInfo, knownFunctions } from "./functions.ts";
import { loadPolars } from "./load.ts";

const polars = await loadPolars();

/** What Polars says that it would have taken in the place of a variant that it does not have. */
function variantsOf(json: object): readonly string[] {
  try {
    polars.Expr.deserialize(Buffer.from(JSON.stringify(json)), "json");
  } catch (error) {
    const [, expected] = /unknown variant `None of them`, expected (?:one of )?(.*) at line/.exec(String(error)) ?? [];
    if (expected !== undefined) return [...expected.matchAll(/`(\w+)`/g)].map(([, name]) => name as string);
  }
  return [];
}

const nobody = { "None of them": {} };
const inFunction = (given: object) => ({ Function: { input: [], function: given } });

/** As Polars and as Glacier call them. */
const groups = {
  ArrayExpr: "Array",
  BinaryExpr: "Binary",
  Boolean: "Boolean",
  Categorical: "Categorical",
  Diff: "Diff",
  FillNullWithStrategy: "FillNullWithStrategy",
  ListExpr: "List",
  Pow: "Pow",
  Range: "Range",
  StringExpr: "String",
  StructExpr: "Struct",
  TemporalExpr: "Temporal",
  Trigonometry: "Trigonometry",
};

/** Nobody can make them with nodejs-polars, in SQL, or with @glacier/expressions. Whoever does has a plan that isn't read. */
const unread: ReadonlySet<string> = new Set([
  "AsList",
  "Binary.Get",
  "Binary.Head",
  "Binary.Reinterpret",
  "Binary.Slice",
  "Binary.Tail",
  "Categorical.Physical",
  "Categorical.Slice",
  "Categorical.To",
  "ConcatExpr",
  "CumFoldHorizontal",
  "CumReduceHorizontal",
  "FoldHorizontal",
  "Range.DateRange",
  "Range.DateRanges",
  "Range.DatetimeRange",
  "Range.DatetimeRanges",
  "Range.LinearSpace",
  "Range.LinearSpaces",
  "Range.TimeRange",
  "Range.TimeRanges",
  "Rechunk",
  "ReduceHorizontal",
  "Rolling.CorrCov",
  "Rolling.Map",
  "RowDecode",
  "RowEncode",
  "SetSortedFlag",
  "Struct.Drop",
  "Struct.MapFieldNames",
]);

describe("the functions that Polars has", () => {
  const top = variantsOf(inFunction(nobody)).filter(
    (name) => !["RollingExpr", "Random", ...Object.keys(groups)].includes(name),
  );
  const grouped = Object.entries(groups).map(([theirs, ours]) =>
    variantsOf(inFunction({ [theirs]: nobody })).map((name) => `${ours}.${name}`),
  );
  const rolling = variantsOf(inFunction({ RollingExpr: { function: nobody } })).map((name) => `Rolling.${name}`);
  const random = variantsOf(inFunction({ Random: { method: nobody } })).map((name) => `Random.${name}`);
  const all = [...top, ...grouped.flat(), ...rolling, ...random];

  it("are told by Polars itself", () => {
    expect(top.length).toBeGreaterThan(60);
    expect(grouped.every((names) => names.length >= 2)).toBe(true);
    expect([rolling.length, random.length]).toEqual([12, 2]);
  });

  it("are all known, or known not to be made by anybody", () => {
    expect(all.filter((name) => functionInfo(name) === undefined).toSorted()).toEqual([...unread].toSorted());
  });

  it("are the only ones that are known", () => {
    expect(knownFunctions.filter((name) => !all.includes(name))).toEqual([]);
  });
});

it("knows nothing of what objects have by themselves", () => {
  expect(functionInfo("constructor")).toBeUndefined();
  expect(functionInfo("Abs")?.rows).toBe("elementwise");
});

const rows = polars.DataFrame({
  n: [3, 1, 2, null, 3],
  t: ["b", "a", null, "b", "c"],
  f: [1.5, Number.NaN, 2, null, 0],
});

describe("how rows of a result follow from those of the inputs", () => {
  const { col } = polars;
  const cases: Readonly<Record<string, ReturnType<typeof col>>> = {
    Abs: col("n").abs(),
    ArgMax: col("n").argMax(),
    ArgSort: col("n").argSort(),
    ArgUnique: col("n").argUnique(),
    "Boolean.All": col("n").gt(1).all(),
    "Boolean.IsDuplicated": col("n").isDuplicated(),
    "Boolean.IsFirstDistinct": col("n").isFirstDistinct(),
    "Boolean.IsNull": col("n").isNull(),
    "Boolean.IsUnique": col("n").isUnique(),
    CumSum: col("n").cumSum(),
    "Diff.Drop": col("n").diff(1, "drop"),
    "Diff.Ignore": col("n").diff(1, "ignore"),
    DropNulls: col("n").dropNulls(),
    Entropy: col("n").entropy(),
    EwmMean: col("n").ewmMean(0.5),
    "FillNullWithStrategy.Forward": col("n").fillNull("forward"),
    "FillNullWithStrategy.Mean": col("n").fillNull("mean"),
    "FillNullWithStrategy.Zero": col("n").fillNull("zero"),
    GatherEvery: col("n").gatherEvery(2),
    Interpolate: col("n").interpolate(),
    Kurtosis: col("n").kurtosis(),
    LowerBound: col("n").lowerBound(),
    Mode: col("n").mode(),
    NullCount: col("n").nullCount(),
    PctChange: col("n").pctChange(),
    PeakMax: col("n").peakMax(),
    Product: col("n").product(),
    Quantile: col("n").quantile(0.5),
    "Random.Sample": col("n").sample({ frac: 0.5, seed: 1 }),
    "Random.Shuffle": col("n").shuffle(3),
    Rank: col("n").rank(),
    RepeatBy: col("t").repeatBy(polars.lit(2)),
    Reverse: col("n").reverse(),
    "Rolling.Sum": col("n").rollingSum(2),
    Round: col("f").round(0),
    Shift: col("n").shift(1),
    Skew: col("n").skew(),
    "String.ConcatVertical": col("t").str.concat("-"),
    "String.Split": col("t").str.split(","),
    "String.ZFill": col("t").str.zFill(3),
    Unique: col("n").unique(true),
    UniqueCounts: col("n").uniqueCounts(),
    ValueCounts: col("n").valueCounts(),
  };
  /** The values of a one-column result, over some rows. */
  const valuesOver = (frame: typeof rows, expression: ReturnType<typeof col>): readonly unknown[] =>
    JSON.parse(frame.select(expression.alias("x")).writeJSON({ format: "json" }).toString()).map(
      ({ x }: { x: unknown }) => x,
    );

  it.each(Object.keys(cases))("%s is what the table says", (name) => {
    const expression = cases[name] as ReturnType<typeof col>;
    const whole = valuesOver(rows, expression);
    const alone = Array.from({ length: rows.height }, (_, row) => valuesOver(rows.slice(row, 1), expression));
    const isRowByRow =
      JSON.stringify(alone.flat()) === JSON.stringify(whole) && alone.every(({ length }) => length === 1);
    const isOne = [rows, rows.tail(4), rows.tail(3)].every((some) => valuesOver(some, expression).length === 1);
    const isAsLong = [rows, rows.tail(4), rows.tail(3)].every(
      (some) => valuesOver(some, expression).length === some.height,
    );
    const found = isRowByRow ? "elementwise" : isOne ? "aggregate" : isAsLong ? "rows" : "reshape";
    expect(found).toBe(functionInfo(name)?.rows);
    const plan = rows.lazy().select(expression).serialize("json").toString();
    expect(plan).toContain(name.split(".").at(-1) as string);
  });
});

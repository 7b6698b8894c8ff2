import { stripVTControlCharacters } from "node:util";
import type { Explanation } from "@glacier/plan";
import { describe, expect, test } from "vitest";
import { painter } from "../progress/line.ts";
import { hostileNames } from "../sample-traces.test-d.ts";
import { explanationJson } from "./json.ts";
import { explanationText } from "./text.ts";

const plain = painter(false);
const buckets = { sources: { flights: "lake/flights.csv", carriers: "lake/carriers.csv" }, target: "out/late.parquet" };

/** In Polars' own words, of version 0.26.1. */
const late: Explanation = {
  step: "late",
  before: `SELECT [col("name"), col("delay")]
  INNER JOIN:
  LEFT PLAN ON: [col("carrier")]
    FILTER col("delay") > 15
    FROM
      Parquet SCAN [/dev/null/glacier-source/flights]
      PROJECT */9 COLUMNS
  RIGHT PLAN ON: [col("carrier")]
    Parquet SCAN [/dev/null/glacier-source/carriers]
    PROJECT */2 COLUMNS
  END INNER JOIN`,
  after: `simple π 2/2 ["name", "delay"]
  INNER JOIN:
  LEFT PLAN ON: [col("carrier")]
    Parquet SCAN [/dev/null/glacier-source/flights]
    PROJECT 2/9 COLUMNS
    SELECTION: col("delay") > 15
  RIGHT PLAN ON: [col("carrier")]
    Parquet SCAN [/dev/null/glacier-source/carriers]
    PROJECT */2 COLUMNS
  END INNER JOIN`,
  reads: { flights: { columns: ["carrier", "delay"], of: 9 }, carriers: { columns: ["carrier", "name"], of: 2 } },
  predicates: { flights: ['col("delay") > 15'], carriers: [] },
  schema: [
    { name: "name", type: { kind: "String" } },
    { name: "delay", type: { kind: "Int64" } },
  ],
  fingerprint: "g1-abc",
  findings: [{ code: "ROWS_ARE_ARBITRARY", severity: "warning", message: "Any rows.", step: "late" }],
};

describe("the explanation of a step", () => {
  test("tells what it reads of how many columns, under which conditions, what it writes, and both plans", () => {
    expect(explanationText(late, buckets, plain)).toBe(`step late

reads
  flights = lake/flights.csv
    2 of 9 columns: carrier, delay
    only where col("delay") > 15
  carriers = lake/carriers.csv
    all 2 columns: carrier, name

writes out/late.parquet
  name   String
  delay  Int64

plan as it is written
  SELECT [col("name"), col("delay")]
    INNER JOIN:
    LEFT PLAN ON: [col("carrier")]
      FILTER col("delay") > 15
        READ flights: all 9 columns
    RIGHT PLAN ON: [col("carrier")]
      READ carriers: all 2 columns

plan as Polars executes it
  SELECT ["name", "delay"]
    INNER JOIN:
    LEFT PLAN ON: [col("carrier")]
      READ flights: 2 of 9 columns
        where col("delay") > 15
    RIGHT PLAN ON: [col("carrier")]
      READ carriers: all 2 columns

fingerprint
  g1-abc

step late
  warning ROWS_ARE_ARBITRARY  Any rows.
`);
  });

  test("shows a plan once that Polars changes nothing of", () => {
    const text = explanationText({ ...late, after: late.before }, buckets, plain);
    expect(text).toContain("plan, which Polars executes as it is written\n  SELECT");
    expect(text.match(/SELECT/g)).toHaveLength(1);
  });

  test("says why there is no plan, no columns and no fingerprint", () => {
    const { schema: _, fingerprint: __, ...rest } = late;
    const hidden = {
      ...rest,
      before: "",
      after: "",
      reads: {},
      predicates: {},
      findings: [],
      opaque: { reason: "It uses `hash`." },
    };
    const text = explanationText(hidden, buckets, plain);
    expect(text).toContain("  flights = lake/flights.csv\n    It is not known which columns.\n");
    expect(text).toContain("writes out/late.parquet\n  It is not known which columns.\n");
    expect(text).toContain("plan\n  It can't be read. It uses `hash`.\n");
    expect(text).toContain("fingerprint\n  None: the plan can't be read.\n");
  });

  test("tells of a source of which only the number of rows is needed", () => {
    const counted = { ...late, reads: { flights: { columns: [], of: 9 } } };
    expect(explanationText(counted, buckets, plain)).toContain("none of 9 columns, only how many rows there are");
  });

  test("is the same with colours, and lets no control characters of names through", () => {
    const hostile: Explanation = {
      ...late,
      step: hostileNames[4] ?? "",
      schema: hostileNames.map((name) => ({ name, type: { kind: "String" } })),
      reads: { flights: { columns: hostileNames, of: 40 } },
      before: hostileNames.join("\n"),
    };
    const text = explanationText(hostile, buckets, plain);
    expect(stripVTControlCharacters(explanationText(hostile, buckets, painter(true)))).toBe(text);
    // oxlint-disable-next-line no-control-regex -- they are what is looked for
    expect(text).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/);
  });

  test("is plain data as JSON, with types as they are written and no paths that are none", () => {
    const data = JSON.parse(JSON.stringify(explanationJson(late, buckets))) as Record<string, unknown>;
    expect(data).toMatchObject({
      step: "late",
      sources: buckets.sources,
      target: "out/late.parquet",
      reads: late.reads,
      predicates: late.predicates,
      schema: [
        { name: "name", type: "String" },
        { name: "delay", type: "Int64" },
      ],
      fingerprint: "g1-abc",
    });
    expect(data["before"]).toContain("READ flights: all 9 columns");
    expect(data["after"]).toContain("READ flights: 2 of 9 columns");
    expect(JSON.stringify(data)).not.toContain("/dev/null");
  });
});

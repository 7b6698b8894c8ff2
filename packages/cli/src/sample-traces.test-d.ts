/** Traces for the tests beside this file and below. The ending keeps it out of the package. */
import type { Finding } from "@glacier/core";
import type { BucketColumn, BucketLineage, ColumnType, Influence, PipelineTrace } from "@glacier/plan";

type Kind = "String" | "Int64" | "Float64" | "Boolean" | "Date";
type Input = readonly [influence: Influence, bucket: string, column: string];

interface StepOf {
  readonly name: string;
  readonly to: string;
  readonly columns: Readonly<Record<string, readonly [type: Kind, ...inputs: readonly Input[]]>>;
  /** What influences every row. */
  readonly dataset?: readonly Input[];
  readonly opaque?: string;
}

interface TraceOf {
  readonly sources: Readonly<Record<string, Readonly<Record<string, Kind>>>>;
  readonly steps: readonly StepOf[];
  readonly findings?: readonly Finding[];
}

/** A trace as the analysis would give it, from names and types. */
export function traceOf({ sources, steps, findings = [] }: TraceOf): PipelineTrace {
  const read = new Set(
    steps.flatMap(({ columns, dataset = [] }) =>
      [...Object.values(columns).flatMap(([, ...inputs]) => inputs), ...dataset].map(([, bucket]) => bucket),
    ),
  );
  const schemaOf = (columns: readonly (readonly [string, Kind])[]) =>
    columns.map(([name, kind]) => ({ name, type: { kind } as ColumnType }));
  const asInputs = (inputs: readonly Input[]): BucketColumn[] =>
    inputs.map(([influence, bucket, column]) => ({ bucket, column, influence }));
  return {
    steps: steps.map(({ name, columns, opaque }) => ({
      step: name,
      schema: schemaOf(Object.entries(columns).map(([column, [type]]) => [column, type])),
      reads: {},
      lineage: { columns: [], dataset: [] },
      ...(opaque === undefined ? { fingerprint: `fingerprint of ${name}` } : { opaque: { reason: opaque } }),
      findings: findings.filter(({ step }) => step === name),
    })),
    buckets: [
      ...Object.entries(sources).map(([key, columns]) => ({
        key,
        provider: "local",
        role: "source" as const,
        schema: schemaOf(Object.entries(columns)),
        knownFrom: "metadata" as const,
      })),
      ...steps.map(({ to, columns }) => ({
        key: to,
        provider: "local",
        role: read.has(to) ? ("intermediate" as const) : ("target" as const),
        schema: schemaOf(Object.entries(columns).map(([column, [type]]) => [column, type])),
        knownFrom: "step" as const,
      })),
    ],
    lineage: {
      buckets: steps.map(({ name, to, columns, dataset = [], opaque }): BucketLineage => ({
        bucket: to,
        step: name,
        columns: Object.entries(columns).map(([column, [, ...inputs]]) => ({ column, inputs: asInputs(inputs) })),
        dataset: asInputs(dataset),
        ...(opaque === undefined ? {} : { opaque }),
      })),
    },
    findings,
  };
}

const raw = "flights/raw.csv";
const clean = "flights/clean.parquet";
const carriers = "flights/carriers.csv";
const named = "flights/named.parquet";

/** A chain, a join, and two results. */
export const flights: PipelineTrace = traceOf({
  sources: {
    [raw]: { carrier: "String", day: "Date", delay: "Int64", cancelled: "Boolean", tail: "String" },
    [carriers]: { code: "String", name: "String" },
  },
  steps: [
    {
      name: "clean",
      to: clean,
      columns: {
        carrier: ["String", ["identity", raw, "carrier"]],
        day: ["Date", ["identity", raw, "day"]],
        delay: ["Float64", ["transformation", raw, "delay"]],
      },
      dataset: [["filter", raw, "cancelled"]],
    },
    {
      name: "named",
      to: named,
      columns: {
        carrier: ["String", ["identity", clean, "carrier"]],
        day: ["Date", ["identity", clean, "day"]],
        delay: ["Float64", ["identity", clean, "delay"]],
        airline: ["String", ["identity", carriers, "name"]],
        label: [
          "String",
          ["transformation", carriers, "name"],
          ["transformation", clean, "carrier"],
          ["conditional", clean, "delay"],
        ],
      },
      dataset: [
        ["join", clean, "carrier"],
        ["join", carriers, "code"],
      ],
    },
    {
      name: "report",
      to: "reports/by_day.csv",
      columns: {
        day: ["Date", ["identity", named, "day"]],
        airline: ["String", ["identity", named, "airline"]],
        mean_delay: ["Float64", ["aggregation", named, "delay"]],
      },
      dataset: [
        ["group-by", named, "day"],
        ["group-by", named, "airline"],
        ["sort", named, "day"],
      ],
    },
    {
      name: "worst",
      to: "reports/worst.csv",
      columns: {
        label: ["String", ["identity", named, "label"]],
        delay: ["Float64", ["identity", named, "delay"], ["window", named, "carrier"]],
      },
    },
  ],
});

/** One step whose plan can't be read, between two that can. */
export const unreadable: PipelineTrace = traceOf({
  sources: { "a/in.csv": { x: "Int64", y: "Int64" } },
  steps: [
    {
      name: "first",
      to: "a/first.parquet",
      columns: { x: ["Int64", ["identity", "a/in.csv", "x"]], y: ["Int64", ["identity", "a/in.csv", "y"]] },
    },
    {
      name: "secret",
      to: "a/secret.parquet",
      columns: {
        p: ["Int64", ["transformation", "a/first.parquet", "x"], ["transformation", "a/first.parquet", "y"]],
        q: ["Int64", ["transformation", "a/first.parquet", "x"], ["transformation", "a/first.parquet", "y"]],
      },
      opaque: "It uses `str.toUpperCase`.",
    },
    { name: "last", to: "a/out.csv", columns: { p: ["Int64", ["identity", "a/secret.parquet", "p"]] } },
  ],
});

/** Names that would break out of whatever they are written into, if they could. */
export const hostileNames: readonly string[] = [
  `quotes " ' \` and <b onclick="alert(1)">`,
  "</script><script>alert(1)</script>",
  "</style></title>]]><!-- & &amp; &#0; -->",
  `back\\slash \\n "\\"] ; } subgraph end`,
  "line\nfeed\r\ntab\tnull\u0000escape\u001b[31mred\u2028separator",
  "rocket 🚀 family 👨‍👩‍👧‍👦 e\u0301",
  "مرحبا שלום \u202Eoverride",
  "漢字かな交じり文のとても長い名前".repeat(12),
  "a".repeat(2_000),
  "lone \ud800 surrogate \ufffe",
  "%% [x](1) {0} {{1}} ::error file=a,line=1::b, __proto__",
];

export const hostile: PipelineTrace = traceOf({
  sources: { [`in/${hostileNames[0]}`]: Object.fromEntries(hostileNames.map((name) => [name, "String"])) },
  steps: hostileNames.map((name, at) => ({
    name,
    to: `out/${at} ${name}`,
    columns: Object.fromEntries(
      hostileNames.map((column) => [column, ["String", ["identity", `in/${hostileNames[0]}`, column]]] as const),
    ),
    dataset: [["filter", `in/${hostileNames[0]}`, name]],
    ...(at % 5 === 4 ? { opaque: name } : {}),
  })),
});

/** Steps in a row of pairs: each reads two of the nearest buckets; every fifth can't be read. */
export function largeTrace(steps: number, columns: number): PipelineTrace {
  const names = Array.from({ length: columns }, (_, at) => `column_${at}`);
  const buckets = ["lake/source_0.parquet", "lake/source_1.parquet"];
  const given = Array.from({ length: steps }, (_, at): StepOf => {
    const [left = "", right = ""] = [buckets[at], buckets[at + 1]];
    const to = `lake/table_${at}.parquet`;
    buckets.push(to);
    const isOpaque = at % 5 === 4;
    const all = names.flatMap((name): Input[] => [
      ["transformation", left, name],
      ["transformation", right, name],
    ]);
    const inputs = (at: number): readonly Input[] => [
      ["identity", left, `column_${at}`],
      ["transformation", right, `column_${(at + 1) % columns}`],
    ];
    return {
      name: `step_${at}`,
      to,
      columns: Object.fromEntries(
        names.map((name, at) => [name, ["Int64", ...(isOpaque ? all : inputs(at))]] as const),
      ),
      dataset: [["join", left, "column_0"]],
      ...(isOpaque ? { opaque: "It uses `hash`." } : {}),
    };
  });
  const schema = Object.fromEntries(names.map((name) => [name, "Int64" as const]));
  return traceOf({ sources: { "lake/source_0.parquet": schema, "lake/source_1.parquet": schema }, steps: given });
}

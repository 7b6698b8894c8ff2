/** Graphs for the tests beside this file. The ending keeps it out of the package. */
import type { Graph, GraphBucket, GraphEdge, GraphStep, GraphStorage } from "@glacier/core";

interface StepOf {
  readonly name: string;
  readonly executor?: string;
  /** Paths, or paths by the name under which the task gets them. */
  readonly from: readonly string[] | Readonly<Record<string, string>>;
  readonly to: string;
}

interface GraphOf {
  readonly name?: string;
  readonly description?: string;
  /** Labels. A path belongs to the storage whose label it starts with, and a colon; else to the first. */
  readonly storages?: readonly string[];
  readonly steps: readonly StepOf[];
}

/** A graph from paths and names, as a pipeline would give it: the steps in an order in which they can run. */
export function graphOf({ name, description, storages: labels = ["local"], steps: given }: GraphOf): Graph {
  const storages: GraphStorage[] = labels.map((label, index) => ({ id: `storage_${index}`, label }));
  const buckets = new Map<string, GraphBucket>();
  const levels = new Map<string, number>();
  const edges: GraphEdge[] = [];
  const steps: GraphStep[] = [];
  const bucketOf = (path: string): GraphBucket => {
    const known = buckets.get(path);
    if (known !== undefined) return known;
    const at = Math.max(
      0,
      labels.findIndex((label) => label !== "" && path.startsWith(`${label}:`)),
    );
    const prefix = `${labels[at]}:`;
    const bucket: GraphBucket = {
      id: `bucket_${buckets.size}`,
      label: path.startsWith(prefix) ? path.slice(prefix.length) : path,
      storage: storages[at]?.id ?? "",
      format: path.endsWith(".csv") ? "csv" : "parquet",
      role: "source",
    };
    buckets.set(path, bucket);
    return bucket;
  };
  for (const { name: label, executor = "local", from, to } of given) {
    const id = `step_${steps.length}`;
    const sources = Array.isArray(from) ? from.map((path: string) => ["", path] as const) : Object.entries(from);
    const level = Math.max(0, ...sources.map(([, path]) => levels.get(path) ?? 0));
    for (const [as, path] of sources) {
      const bucket = bucketOf(path);
      if (bucket.role === "target") buckets.set(path, { ...bucket, role: "intermediate" });
      edges.push({ from: bucket.id, to: id, ...(Array.isArray(from) ? {} : { label: as }) });
    }
    steps.push({ id, label, executor, level });
    buckets.set(to, { ...bucketOf(to), role: "target" });
    levels.set(to, level + 1);
    edges.push({ from: id, to: `${buckets.get(to)?.id}` });
  }
  return {
    ...(name === undefined ? {} : { name }),
    ...(description === undefined ? {} : { description }),
    storages,
    buckets: Array.from(buckets.values()),
    steps,
    edges,
  };
}

export const chain: Graph = graphOf({
  name: "flights",
  description: "Flights by airport and day",
  steps: [
    { name: "clean", from: ["flights/raw.csv"], to: "flights/clean.parquet" },
    { name: "aggregate", from: ["flights/clean.parquet"], to: "flights/by_day.parquet" },
  ],
});

/** One bucket read by two steps whose targets meet again in a join; three storages and executors. */
export const diamond: Graph = graphOf({
  name: "etl",
  description: "Orders in euros, with their customers",
  storages: ["local", "aws", "gcp"],
  steps: [
    { name: "clean_orders", executor: "serverless", from: ["aws:landing/orders.csv"], to: "aws:clean/orders.parquet" },
    { name: "rates", from: ["finance/rates.csv"], to: "finance/rates.parquet" },
    {
      name: "by_customer",
      executor: "serverless",
      from: ["aws:clean/orders.parquet"],
      to: "aws:mart/customers.parquet",
    },
    { name: "by_country", executor: "spark", from: ["aws:clean/orders.parquet"], to: "gcp:mart/countries.parquet" },
    {
      name: "join_report",
      executor: "spark",
      from: {
        customers: "aws:mart/customers.parquet",
        countries: "gcp:mart/countries.parquet",
        exchange_rates: "finance/rates.parquet",
      },
      to: "gcp:reports/revenue.parquet",
    },
    { name: "publish", from: ["gcp:reports/revenue.parquet"], to: "reports/revenue.csv" },
  ],
});

/** The same bucket under two names in one step, beside another. */
export const selfJoin: Graph = graphOf({
  steps: [
    {
      name: "managers",
      from: { staff: "hr/staff.parquet", manager: "hr/staff.parquet", office: "hr/offices.parquet" },
      to: "hr/managers.parquet",
    },
  ],
});

/** Labels that would break out of whatever they are written into, if they could. */
export const hostileLabels: readonly string[] = [
  `quotes " ' \` and <b onclick="alert(1)">`,
  "</script><script>alert(1)</script>",
  "</style></title>]]><!-- & &amp; &#0; -->",
  `back\\slash \\n "\\"] ; } digraph`,
  "line\nfeed\r\ntab\tnull\u0000escape\u001b[31mred\u2028separator",
  "rocket 🚀 family 👨‍👩‍👧‍👦 flag 🇳🇴 e\u0301",
  "مرحبا بالعالم שלום \u202Eoverride",
  "漢字かな交じり文のとても長い名前".repeat(12),
  "a".repeat(5_000),
  "https://example.com/x.js //example.com/y.css url(https://example.com/z.png)",
  "lone \ud800 surrogate \ufffe",
  "${injected} {{injected}} %s __proto__ constructor",
];

export const hostile: Graph = graphOf({
  name: `<name> & "more" </script>`,
  description: `<!-- description --> \u0007 ${"long ".repeat(80)}`,
  storages: ["", `<storage> & "quotes" </script>`],
  steps: hostileLabels.map((label, index) => ({
    name: label,
    executor: label,
    from:
      index % 2 === 0
        ? [`${index} ${label}`]
        : { [label]: `${index} ${label}`, [`${label}2`]: `${index - 1} ${label}` },
    to: `target ${index} ${label}`,
  })),
});

/** Steps that each read up to three of the nearest earlier buckets, as wide as a tenth of their number. */
export function largeGraph(steps: number): Graph {
  const width = Math.max(2, Math.ceil(steps / 10));
  let seed = 7;
  const random = (below: number): number => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((seed / 2_147_483_648) * below);
  };
  const paths = Array.from({ length: width }, (_, index) => `landing/source_${index}.csv`);
  const names = ["orders", "customers", "rates"];
  return graphOf({
    name: `large_${steps}`,
    storages: ["local", "aws"],
    steps: Array.from({ length: steps }, (_, index) => {
      const count = 1 + random(3);
      const picked = Array.from({ length: count }, () => paths[paths.length - 1 - random(width)] ?? "");
      const from =
        count === 1 ? picked : Object.fromEntries(picked.map((path, input) => [names[input] ?? "", path] as const));
      const to = `${index % 3 === 0 ? "aws:" : ""}warehouse/table_${index}.parquet`;
      paths.push(to);
      return { name: `transform_${index}`, executor: index % 3 === 0 ? "serverless" : "local", from, to };
    }),
  });
}

/** A pipeline that nothing is known about but that it exists. */
export const empty: Graph = { storages: [], buckets: [], steps: [], edges: [] };

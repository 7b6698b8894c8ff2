// The page docs/plan-coverage.md: what Glacier can read of the queries that nodejs-polars can make, found out by trying.
import pl from "nodejs-polars";
import { decodePlan } from "../packages/plan/dist/polars/decode.js";
import { makeLeaf } from "../packages/plan/dist/polars/leaf.js";
import { coverageOf, sqlCoverageOf } from "../packages/plan/test/methods/coverage.mjs";

const answers = { read: "yes", opaque: "no", executes: "–", "not a query": "–" };

export function planCoveragePage() {
  const sections = coverageOf(pl, { decodePlan, makeLeaf });
  const sql = sqlCoverageOf(pl, { decodePlan, makeLeaf });
  const methods = sections.flatMap((section) => section.methods);
  const count = (outcome) => methods.filter((method) => method.outcome === outcome).length;
  const unread = sql.filter(({ outcome }) => outcome !== "read");
  if (count("read") === 0 || sql.length === 0) throw new Error("Nothing was looked at.");
  if (unread.length > 0) throw new Error(`SQL that can't be read: ${unread.map((each) => each.sql).join("; ")}`);
  const table = ({ title, methods: rows }) => `## ${title}

| method | read | note |
| --- | --- | --- |
${rows.map(({ name, outcome, note = "" }) => `| \`${name}\` | ${answers[outcome]} | ${note} |`).join("\n")}
`;
  return `# What Glacier reads of a query

A task makes a query, and the query has a plan. Glacier reads that plan without executing it: which columns the result has
and of which types, which columns are read, where each one comes from, and whether the logic has changed since the last run.

This page says for everything in nodejs-polars ${pl.version} whether its plan can be read: ${count("read")} methods and functions can,
${count("opaque")} can't, and the others make no query. It is found out by trying, so it is true for that version. What Glacier does not
know for certain, it does not guess.

A step in whose query there is one thing that can't be read is **opaque**. It runs like any other. But it has no fingerprint, and all
columns that it reads count as origins of all columns that it writes. \`glacier check\` says which steps are opaque, and why.

What makes a step opaque:

- An expression that Polars can't write down. Most of them have a substitute in \`@glacier/expressions\`, which gives the same result.
- Data that a task reads by itself (\`pl.scanCSV\` and its like). Give them to the step as a source.
- \`collect\` and whatever else executes a query inside of the task, as the rest of the task may depend on the data.
- A plan that is nested more than 1,000 levels deep, and NaN or Infinity as a parameter of a function such as \`entropy\`. As
  values (\`pl.lit(NaN)\`) they are read.

Frames in memory and lists of values are part of the plan: a step changes when they do. Queries in SQL (\`pl.SQLContext\`) are read as well:
${sql.length} statements and functions are tried for this page, and all of them can be.

${sections.map(table).join("\n")}`;
}

// `pnpm write-docs`: writes the pages that follow from the code. With --check: fails where a page is not what it should be.
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { errorCodes, formats } from "@glacier/core";
import { findingCodes, findingSeverities } from "@glacier/plan";
import { documentedOptions } from "./documented-options.mjs";
import { planCoveragePage } from "./plan-coverage.mjs";

const isCheck = process.argv.includes("--check");
const banner = "<!-- Written by `pnpm write-docs` from the code. Change it there. -->\n\n";

function errorsPage() {
  const rows = Object.entries(errorCodes).map(([code, meaning]) => `| \`${code}\` | ${meaning} |`);
  return `${banner}# Errors

Whatever you can cause ends in a \`GlacierError\`: a stable \`code\`, one sentence with your own names in it, a \`hint\` that says
what to do, and the \`cause\` underneath. Recognise it with \`GlacierError.is(error)\`, which works across two installed copies of
the package. The command prints it without a stack trace; its exit codes are on the page of [the command](cli.md#exit-codes).

A run that does not succeed rejects with a \`RunError\` (\`RUN_FAILED\` or \`RUN_CANCELLED\`); its \`result\` says how each step ended.

Codes are never renamed or reused. Plugins add their own, prefixed with their name.

| code | meaning |
| --- | --- |
${rows.join("\n")}
`;
}

function findingsPage() {
  const example = (name) => readFileSync(new URL(`../test/findings/${name}.ts`, import.meta.url), "utf8");
  const nameOf = (code) => code.toLowerCase().replaceAll("_", "-");
  const rows = Object.entries(findingCodes).map(
    ([code, meaning]) => `| [\`${code}\`](#${code.toLowerCase()}) | ${findingSeverities[code]} | ${meaning} |`,
  );
  const sections = Object.entries(findingCodes).map(
    ([code, meaning]) => `## \`${code}\`\n\n${meaning}\n\n\`\`\`ts\n${example(nameOf(code))}\`\`\`\n`,
  );
  return `${banner}# Findings

What Glacier finds out about a step from its plan, without running it and without reading data. Each finding has a stable code, a
severity, one sentence with your own names in it, and a hint that says what to write instead.

- An \`error\` would stop the run, or give nothing.
- A \`warning\` gives values or names that are hardly meant. Polars says nothing of it.
- A \`note\` is worth knowing of code that may well be right.

A mistake that would stop a run with an [error](errors.md) is found with the code of that error: \`COLUMN_NOT_FOUND\`, say.
Codes are never renamed or reused. What Polars does in these cases is shown in [traps in nodejs-polars](polars-traps.md).

| code | severity | meaning |
| --- | --- | --- |
${rows.join("\n")}

Below, each is shown with code in which it is found, \`wrong\`, and code that means the same and in which nothing is found,
\`right\`. The buckets are these; what their columns are is declared, so that no file is needed to find out.

\`\`\`ts file=shop.ts
${example("shop")}\`\`\`

${sections.join("\n")}`;
}

function formatsPage() {
  const options = documentedOptions(fileURLToPath(new URL("..", import.meta.url)));
  const cell = (text) => text.replaceAll("|", "\\|");
  const table = (name) => {
    const rows = options.get(name);
    if (rows === undefined || rows.length === 0) throw new Error(`No options were found for ${name}.`);
    return `| option | type | meaning |\n| --- | --- | --- |\n${rows.map(({ name, type, text }) => `| \`${name}\` | \`${cell(type)}\` | ${cell(text)} |`).join("\n")}\n`;
  };
  const own = { parquet: "Parquet", csv: "Csv", ndjson: "Ndjson", ipc: "Ipc" };
  const sections = Object.values(formats).map(({ name, label, extensions, scan, sink }) => {
    const undocumented = [
      ...Object.keys(scan).filter(
        (option) => !options.get(`${own[name]}ScanOptions`).some((row) => row.name === option),
      ),
      ...Object.keys(sink).filter(
        (option) => !options.get(`${own[name]}SinkOptions`).some((row) => row.name === option),
      ),
    ];
    if (undocumented.length > 0)
      throw new Error(`${label} takes ${undocumented.join(", ")}, which no docstring tells of.`);
    const nested =
      name === "parquet"
        ? `\n### castOptions\n\n${table("ParquetCastOptions")}\n### statistics\n\n${table("ParquetStatistics")}`
        : "";
    return `## ${label}\n\n\`format: "${name}"\`, or a path that ends in ${extensions.map((ending) => `\`${ending}\``).join(", ")}.\n\n### scan: ${label}\n\n${table(`${own[name]}ScanOptions`)}\n### sink: ${label}\n\n${table(`${own[name]}SinkOptions`)}${nested}`;
  });
  return `${banner}# Formats and their options

\`scan\` says how a bucket is read, \`sink\` how it is written. Polars ignores what it does not know; here, an option that does not exist is
refused where the bucket is made, with a suggestion, and so is a value that Polars would refuse late, cut, or panic at. The names
are those of nodejs-polars, except that the separator of CSV is called \`separator\` on both sides.

\`\`\`ts
import { Provider } from "@glacier/core";
import { local } from "@glacier/provider-local";
import pl from "nodejs-polars";

const provider = new Provider(local({ root: "./data" }));
provider.bucket("shop", "orders.csv", { scan: { separator: ";", schemaOverrides: { zip: pl.String } } });
provider.bucket("shop", "orders.parquet", { sink: { compression: "lz4" } });
provider.bucket("shop", "log", { format: "ndjson" }); // a folder of files without an ending
\`\`\`

What all formats share when they are read:

- A folder is read with everything below it, hidden files too; all files must have one ending. Empty files in a folder or glob are left out.
- A glob knows \`*\`, \`?\`, \`[ab]\`, \`[a-z]\`, \`[!ab]\` within one folder, and \`**\` across folders; no braces. Folders that match are left out.
- Parquet and Arrow IPC files of one bucket must have the same columns. NDJSON drops fields that only later files have; CSV files must agree.
  With a [\`schema\`](guide.md#contracts) of the bucket, files may differ in what is not declared.
- The columns of folders such as \`year=2026\` are read from Parquet and Arrow IPC where a folder is read.

What the formats keep of the types: Parquet and Arrow IPC keep all. CSV and NDJSON keep none, and give what their text looks like: dates and
decimals come back as text or floats, small integers as Int64, a column of nulls as text. A step that writes such a column says so in its
outcome. With a [\`schema\`](guide.md#contracts) of the bucket, text is read with the types that it declares. CSV can't hold lists, structs, durations and binary; NDJSON no binary.

${sections.join("\n")}`;
}

const pages = {
  "docs/errors.md": errorsPage(),
  "docs/findings.md": findingsPage(),
  "docs/formats.md": formatsPage(),
  "docs/plan-coverage.md": banner + planCoveragePage(),
};
let wrong = 0;
for (const [page, text] of Object.entries(pages)) {
  const path = fileURLToPath(new URL(`../${page}`, import.meta.url));
  if (isCheck) {
    const now = readFileSync(path, "utf8");
    if (now !== text) {
      wrong += 1;
      console.error(`${page} is out of date: run \`pnpm docs\`.`);
    }
  } else writeFileSync(path, text);
}
console.log(`generated docs: ${Object.keys(pages).length} pages, ${wrong} problems`);
process.exitCode = wrong > 0 ? 1 : 0;

import { type SpawnSyncReturns, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../..", import.meta.url));

/** The built command, as users have it. */
export const command: string = join(root, "packages/cli/dist/main.js");

/** A folder like that of a user: modules and data, with Glacier and Polars installed. */
export function makeProject(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), "glacier-cli-"));
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  writeFileSync(join(folder, "package.json"), '{ "private": true, "type": "module" }\n');
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  return folder;
}

export function glacier(folder: string, ...args: readonly string[]): SpawnSyncReturns<string> {
  const env = { ...process.env, CI: "true", NODE_OPTIONS: "", NO_COLOR: "1" };
  return spawnSync(process.execPath, [command, ...args], { cwd: folder, encoding: "utf8", env, timeout: 60_000 });
}

/** The start of a module: a provider under `./data`, an executor, Polars. */
export const head = `
import { Pipeline, Provider } from "@glacier/core";
import { local } from "@glacier/provider-local";
import pl from "nodejs-polars";
const provider = new Provider(local({ root: "./data" }));
const here = provider.local();
const numbers = provider.bucket("in", "numbers.csv");
`;

export const numbers: Readonly<Record<string, string>> = { "data/in/numbers.csv": "n,word\n1,a\n2,b\n3,c\n4,d\n" };

export const twoSteps = `${head}
const even = here.task("even", (df) => df.filter(pl.col("n").modulo(pl.lit(2)).eq(pl.lit(0))));
const total = here.task("total", (df) => df.select(pl.col("n").sum()));
const evens = numbers.transform(even).to(provider.bucket("out", "even.parquet"));
export const etl = evens.transform(total).to(provider.bucket("out", "total.csv")).withName("etl", "A sum");
`;

const stepOf = (name: string, body: string): string =>
  `export const ${name} = numbers.transform(here.task("${name}", (df) => ${body})).to(provider.bucket("out", "${name}.parquet"));\n`;

/** Two steps with a mistake each, one with a warning, one with none. */
export const faulty: string = `${head}
${stepOf("first", 'df.select(pl.col("nn"))')}
${stepOf("second", 'df.select(pl.col("word").dt.year())')}
${stepOf("doubtful", 'df.withColumn(pl.col("n").mul(2).alias("twice"))')}
${stepOf("good", "df")}`;

/** A step with a warning. */
export const doubtful: string = `${head}\n${stepOf("doubtful", 'df.withColumn(pl.col("n").mul(2).alias("twice"))')}`;

import { writeFileSync } from "node:fs";
import pl from "nodejs-polars";
import { fileOf } from "./compile.ts";
import type { Column, Format, Pipeline, Source, Type } from "./program.ts";
import { Random } from "./random.ts";
import { elementOf, isList, polarsType } from "./types.ts";

const names: Readonly<Record<Type, readonly string[]>> = {
  Int64: ["customer", "amount", "points"],
  Int32: ["quantity", "size"],
  Float64: ["price", "weight", "rate"],
  String: ["state", "city", "note", "label"],
  Bool: ["paid", "active"],
  Date: ["day", "due"],
  "Datetime(us)": ["at", "seen"],
  "List(String)": ["tags", "words"],
  "List(Int64)": ["scores", "visits"],
  "Struct(x: Int64, y: String)": ["place", "origin"],
  "Decimal(10, 2)": ["cost", "fee"],
};

const nested: readonly Type[] = ["List(String)", "List(Int64)", "Struct(x: Int64, y: String)"];
const inText: readonly Type[] = ["Int64", "Float64", "String", "Bool"];

/** What a file of a format keeps, or can be read as by a schema. */
function typesOf(format: Format, isDeclared: boolean): readonly Type[] {
  const all = Object.keys(names);
  if (format === "parquet" || format === "ipc") return all;
  if (format === "csv") return isDeclared ? all.filter((type) => !nested.includes(type)) : inText;
  return isDeclared ? all.filter((type) => type !== "Decimal(10, 2)") : [...inText, ...nested];
}

export function makeSource(random: Random, at: number): Source {
  const format = random.pick<Format>(["parquet", "parquet", "ipc", "csv", "ndjson"]);
  const isDeclared = random.chance(0.4);
  const types = typesOf(format, isDeclared);
  const columns = new Map<string, Type>([["id", "Int64"]]);
  const count = 3 + random.below(6);
  while (columns.size < count) {
    const type = random.pick(types);
    const name = random.pick(names[type] as readonly string[]);
    columns.set(name, type);
  }
  const made = [...columns].map(([name, type]): Column => ({ name, type }));
  return { path: `in/${at}.${format}`, format, columns: made, schema: isDeclared ? made : undefined };
}

/** Writes the files that its sources are. */
export function writeSources({ seed, sources }: Pipeline, root: string): void {
  const random = new Random(seed + 1);
  for (const source of sources) if (source.isMissing !== true) writeSource(random, source, fileOf(root, source.path));
}

const rows = 6;
const firstDay = 19_723;

function writeSource(random: Random, { columns, format }: Source, file: string): void {
  if (format === "ndjson") {
    const lines = Array.from({ length: rows }, (_, row) =>
      JSON.stringify(Object.fromEntries(columns.map(({ name, type }) => [name, jsonValue(random, type, row)]))),
    );
    writeFileSync(file, `${lines.join("\n")}\n`);
    return;
  }
  const series = columns.map(({ name, type }) => seriesOf(random, name, type));
  const frame = pl.DataFrame(series);
  if (format === "parquet") frame.writeParquet(file);
  else if (format === "ipc") frame.writeIPC(file);
  else frame.writeCSV(file);
}

/** Text never looks like a number, and no column is all null. */
function plainValue(random: Random, type: Type, row: number): number | string | boolean {
  switch (type) {
    case "Int64":
    case "Int32":
      return row < 2 ? row + 1 : 1 + random.below(rows);
    case "Float64":
    case "Decimal(10, 2)":
      return random.below(10_000) / 100 + 0.25;
    case "String":
      return random.pick(["open", "paid", "a-b", "lost"]);
    case "Bool":
      return random.chance(0.7);
    case "Date":
      return firstDay + row;
    default:
      return (firstDay + row) * 86_400_000_000 + random.below(86_400) * 1_000_000;
  }
}

const isHole = (random: Random, name: string, row: number): boolean => name !== "id" && row > 0 && random.chance(1 / 8);

const listOf = (random: Random, type: Type): (number | string)[] =>
  Array.from({ length: 1 + random.below(3) }, (_, at) => plainValue(random, elementOf(type), at) as number);

function seriesOf(random: Random, name: string, type: Type): pl.Series {
  const values = (make: (row: number) => unknown): unknown[] =>
    Array.from({ length: rows }, (_, row) => (name === "id" ? row + 1 : isHole(random, name, row) ? null : make(row)));
  if (isList(type))
    return pl.Series(
      name,
      Array.from({ length: rows }, () => listOf(random, type)),
      polarsType(type),
    );
  if (type.startsWith("Struct")) {
    const parts = pl.DataFrame([seriesOf(random, "x", "Int64"), seriesOf(random, "y", "String")]);
    return parts.select(pl.struct([pl.col("x"), pl.col("y")]).alias(name)).getColumn(name);
  }
  const raw = { Date: pl.Int32, "Datetime(us)": pl.Int64, "Decimal(10, 2)": pl.Float64 }[type] ?? polarsType(type);
  return pl.Series(name, values((row) => plainValue(random, type, row)) as number[], raw).cast(polarsType(type));
}

function jsonValue(random: Random, type: Type, row: number): unknown {
  const day = new Date((firstDay + row) * 86_400_000).toISOString();
  if (isList(type)) return listOf(random, type);
  if (type.startsWith("Struct")) return { x: row, y: "somewhere" };
  if (type === "Date") return day.slice(0, 10);
  if (type === "Datetime(us)") return day.slice(0, 19);
  return plainValue(random, type, row);
}

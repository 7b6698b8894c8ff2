import type { LazyFrame } from "@glacier/core";
import { type Leaf, sourceOfPath } from "../polars/leaf.ts";

/** By the name of a source, what every row of it that is read fulfils, in Polars' words. */
export type Predicates = Readonly<Record<string, readonly string[]>>;

/**
 * The conditions of a query that Polars puts into the scans of its sources, where a Parquet file lets it leave out whole
 * parts. A source that is not there is one of which it can't be told, since Polars says it only in a text for people;
 * one that is scanned without a condition has none.
 * @param frame made from the frames of the leaves
 */
export function scanPredicates(frame: LazyFrame, leaves: readonly Leaf[]): Predicates {
  const text = optimizedPlan(frame);
  if (text === undefined) return {};
  const found = new Map<string, readonly string[]>();
  for (const { path, selection } of scansIn(text.split("\n"))) {
    const source = sourceOfPath(path);
    if (source === undefined) continue;
    const conditions = selection === undefined ? [] : conjuncts(selection);
    // Of a source that is scanned several times, what holds for all of its rows that are read.
    const before = found.get(source);
    found.set(source, before === undefined ? conditions : before.filter((each) => conditions.includes(each)));
  }
  const told = leaves.map(({ name }) => [name, found.get(name)] as const);
  return Object.fromEntries(told.filter(([, conditions]) => conditions !== undefined)) as Predicates;
}

/**
 * Polars' text, if it is one that can be read. Names of columns and texts stand in it as they are; as long as none of them
 * has a quote or a line break, quotes and lines mean what they seem to.
 */
function optimizedPlan(frame: LazyFrame): string | undefined {
  try {
    const escapes = frame.serialize("json").toString("utf8").replaceAll("\\\\", "");
    return escapes.includes("\\") ? undefined : frame.describeOptimizedPlan();
  } catch {
    return undefined;
  }
}

interface Scan {
  readonly path: string;
  readonly selection: string | undefined;
}

/** A scan is a line with its path, one with how many columns it reads, and one with its condition, if it has one. */
function* scansIn(lines: readonly string[]): Iterable<Scan> {
  for (const [at, line] of lines.entries()) {
    const [, indent = "", path] = /^( *)Parquet SCAN \[([^\]]*)\]$/.exec(line) ?? [];
    if (path === undefined || !/^PROJECT (\*|\d+)\/\d+ COLUMNS$/.test(within(indent, lines[at + 1]))) continue;
    const [, selection] = /^SELECTION: (.*)$/.exec(within(indent, lines[at + 2])) ?? [];
    yield { path, selection };
  }
}

const within = (indent: string, line = ""): string => (line.startsWith(indent) ? line.slice(indent.length) : "");

/** The parts of a condition that must all hold. */
function conjuncts(condition: string): readonly string[] {
  const parts = split(withoutParentheses(condition));
  if (parts.length > 1) return parts.flatMap(conjuncts);
  // Polars' own, for the first rows of a sort: what it is depends on the rows before.
  return parts.filter((part) => !part.includes(".dynamic_predicate()"));
}

/** At each `&` that is in no quotes, parentheses or brackets. */
function split(condition: string): readonly string[] {
  const parts: string[] = [];
  let start = 0;
  for (const { at, depth, isQuoted } of walk(condition)) {
    if (depth !== 0 || isQuoted || !condition.startsWith(" & ", at)) continue;
    parts.push(condition.slice(start, at));
    start = at + 3;
  }
  return [...parts, condition.slice(start)];
}

function withoutParentheses(condition: string): string {
  if (!condition.startsWith("(") || !condition.endsWith(")")) return condition;
  for (const { at, depth } of walk(condition)) if (depth === 0 && at < condition.length - 1) return condition;
  return withoutParentheses(condition.slice(1, -1));
}

/** Each character with how deep it is: a parenthesis that closes is outside again. */
function* walk(text: string): Iterable<{ readonly at: number; readonly depth: number; readonly isQuoted: boolean }> {
  let depth = 0;
  let isQuoted = false;
  for (let at = 0; at < text.length; at++) {
    const character = text[at] as string;
    if (character === '"') isQuoted = !isQuoted;
    else if (!isQuoted && "([".includes(character)) depth += 1;
    else if (!isQuoted && ")]".includes(character)) depth -= 1;
    yield { at, depth, isQuoted };
  }
}

import type { Finding } from "@glacier/core";
import { partsOf } from "../columns/parts.ts";
import { type ColumnType, typeText } from "../model/column-type.ts";
import type { Expression } from "../model/expression.ts";
import { canLose } from "./can-lose.ts";
import { allIn, expanded, found, listed, type Looked, named, type Placed, placedIn, type Rule } from "./look.ts";

type Cast = Expression & { readonly kind: "cast" };

/** CAST_LOSES_VALUES, CAST_MAY_OVERFLOW and DATE_IN_UTC: one finding of a node for all columns with the same types. */
export const casts: Rule = (node, looked) => {
  const groups = new Map<string, Group>();
  for (const placed of placedIn(node)) {
    const { expression, over } = placed;
    if (!allIn(expression).some(isCast)) continue;
    for (const one of withoutSelectors(placed, looked)) {
      for (const cast of castsIn(one)) {
        const from = looked.typing.typeOf(cast.input, over);
        if (from === undefined) continue;
        const problem = problemOf(from, cast);
        if (problem === undefined) continue;
        const key = `${problem} ${typeText(from)} ${typeText(cast.type)}`;
        const group = groups.get(key) ?? { problem, from, to: cast.type, columns: new Set() };
        groups.set(key, group);
        group.columns.add(columnOf(cast.input) ?? "");
      }
    }
  }
  return [...groups.values()].map((group) => findingOf(group, looked));
};

interface Group {
  readonly problem: Problem;
  readonly from: ColumnType;
  readonly to: ColumnType;
  /** An empty name for what is no single column. */
  readonly columns: Set<string>;
}

type Problem = "CAST_LOSES_VALUES" | "CAST_MAY_OVERFLOW" | "DATE_IN_UTC";

function problemOf(from: ColumnType, { mode, type }: Cast): Problem | undefined {
  if (from.kind === "Datetime" && type.kind === "Date") return isUtc(from.zone) ? undefined : "DATE_IN_UTC";
  if (mode !== "non-strict" || !canLose(from, type)) return undefined;
  return from.kind === "String" ? "CAST_LOSES_VALUES" : "CAST_MAY_OVERFLOW";
}

const isUtc = (zone: string | undefined): boolean => zone === undefined || /^(?:Etc\/)?(?:UTC|GMT)$/.test(zone);

function findingOf({ problem, from, to, columns }: Group, looked: Looked): Finding {
  const names = [...columns].filter((name) => name !== "");
  const what = names.length === 0 ? "a value" : listed(names.map(named));
  const example = names[0] === undefined ? "…" : JSON.stringify(names[0]);
  const type = `pl.${typeText(to)}`.replaceAll(/\((ms|us|ns)/g, '("$1"');
  const types = `from ${typeText(from)} to ${typeText(to)}`;
  if (problem === "DATE_IN_UTC") {
    return found(
      looked,
      problem,
      `casts ${what} ${types}, which gives the date in UTC.`,
      `For the date in ${(from as { zone?: string }).zone}, take the zone away first: \`.dt.replaceTimeZone(null)\`.`,
      names,
    );
  }
  const strict =
    from.kind === "String" && (to.kind === "Date" || to.kind === "Datetime")
      ? `${to.kind === "Date" ? "toDate" : "toDatetime"}(${example}, "%Y-%m-%d${to.kind === "Date" ? "" : " %H:%M:%S"}")\` of @glacier/expressions`
      : `strictCast(${example}, ${type})\` of @glacier/expressions, or \`.cast(${type}, true)\``;
  const hint = `Write \`${strict}: the run then fails, and says at which values.`;
  const lost = problem === "CAST_LOSES_VALUES" ? "what it can't read" : "what does not fit";
  return found(looked, problem, `casts ${what} ${types}, which makes null of ${lost}.`, hint, names);
}

const isCast = (expression: Expression): expression is Cast => expression.kind === "cast";

/** Those whose nulls nobody has looked at: a cast that is asked for its nulls, or has them filled, is meant so. */
export function unwatched(expression: Expression, isWanted: (part: Expression) => boolean): readonly Expression[] {
  const all: Expression[] = [];
  const open: Expression[] = [expression];
  for (let part = open.pop(); part !== undefined; part = open.pop()) {
    if (isWanted(part)) all.push(part);
    if (part.kind === "list-eval") open.push(part.each);
    const isWatched = part.kind === "function" && watching.has(part.name);
    open.push(
      ...(isWatched ? partsOf(part).flatMap((inner) => (isWanted(inner) ? partsOf(inner) : inner)) : partsOf(part)),
    );
  }
  return all;
}

const watching: ReadonlySet<string> = new Set([
  "Boolean.IsNull",
  "Boolean.IsNotNull",
  "FillNull",
  "Coalesce",
  "NullCount",
]);

/** A literal is seen where it is cast; nodejs-polars itself casts some. */
const castsIn = (expression: Expression): readonly Cast[] =>
  unwatched(expression, isCast).filter((part): part is Cast => isCast(part) && part.input.kind !== "literal");

export function withoutSelectors(placed: Placed, looked: Looked): readonly Expression[] {
  if (!allIn(placed.expression).some(({ kind }) => kind === "columns")) return [placed.expression];
  return expanded(placed, looked).map(({ expression }) => expression);
}

/** The only column in an expression. */
export function columnOf(expression: Expression): string | undefined {
  const names = new Set(allIn(expression).flatMap((part) => (part.kind === "column" ? [part.name] : [])));
  const [name] = names;
  return names.size === 1 ? name : undefined;
}

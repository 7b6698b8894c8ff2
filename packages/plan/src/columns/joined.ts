import type { Join } from "../model/node.ts";
import { Unknown } from "../polars/unknown.ts";
import { outputName } from "./output-name.ts";

/** A column of a join's result, and the column of the left or right table that it is; one of both in a full join. */
export interface JoinedColumn {
  readonly name: string;
  readonly left?: string;
  readonly right?: string;
}

/**
 * The columns of a join of tables with these columns, in order.
 * @throws Unknown
 */
export function joinedColumns(join: Join, left: readonly string[], right: readonly string[]): readonly JoinedColumn[] {
  if (join.how === "semi" || join.how === "anti") return left.map((name) => ({ name, left: name }));
  // Polars keeps both keys wherever one is not just a column.
  const coalesce = join.coalesce && [...join.leftOn, ...join.rightOn].every(({ kind }) => kind === "column");
  const columns =
    join.how === "right" && coalesce ? intoRight(join, left, right) : intoLeft(join, left, right, coalesce);
  const names = new Set(columns.map(({ name }) => name));
  if (names.size < columns.length) throw new Unknown("a join that gives two columns the same name");
  return columns;
}

/** The keys of the left table become those of the right one. */
function intoRight(join: Join, left: readonly string[], right: readonly string[]): readonly JoinedColumn[] {
  const keys = new Set(join.leftOn.map((key) => outputName(key)));
  const taken = new Set(left.filter((name) => !keys.has(name)));
  return [
    ...[...taken].map((name) => ({ name, left: name })),
    ...right.map((name) => ({ name: taken.has(name) ? name + join.suffix : name, right: name })),
  ];
}

function intoLeft(
  join: Join,
  left: readonly string[],
  right: readonly string[],
  coalesce: boolean,
): readonly JoinedColumn[] {
  const leftKeys = join.leftOn.map((key) => outputName(key));
  const rightKeys = coalesce ? [...new Set(join.rightOn.map((key) => outputName(key)))] : [];
  const by = new Set(join.asof?.rightBy);
  const taken = new Set(left);
  // By the name of the left column.
  const merged = new Map<string, string>();
  const added: JoinedColumn[] = [];
  for (const name of right) {
    if (by.has(name)) continue;
    const into = leftKeys[rightKeys.indexOf(name)];
    // The key of an as-of join may have another value on the right: only one of the same name is left out.
    if (into !== undefined && (join.how !== "asof" || into === name)) merged.set(into, name);
    else added.push({ name: taken.has(name) ? name + join.suffix : name, right: name });
  }
  const both = join.how === "full" ? merged : undefined;
  return [
    ...left.map((name) => {
      const right = both?.get(name);
      return right === undefined ? { name, left: name } : { name, left: name, right };
    }),
    ...added,
  ];
}

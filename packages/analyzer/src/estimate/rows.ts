import type { Expression, Join, PlanNode, Selector } from "@glacier/plan";
import { selectivityOf } from "./selectivity.ts";

/** How many rows a plan gives. */
export interface RowEstimate {
  /** The best guess. */
  readonly expected: number;
  /** It can't be more, if the sources have the rows that they are said to have. None where it could be any number. */
  readonly atMost?: number;
}

type Maybe = RowEstimate | undefined;

/**
 * Different values of a column of which nothing is known: as PostgreSQL assumes (`DEFAULT_NUM_DISTINCT` in
 * src/include/utils/selfuncs.h).
 */
const distinctValues = 200;

/** Values in a list of which nothing is known. */
const listLength = 4;

const oneRow: RowEstimate = { expected: 1, atMost: 1 };

/**
 * Estimates the rows of a plan's result from those of its sources.
 * @returns undefined where a source's rows are not known
 */
export function estimateRows(node: PlanNode, sources: ReadonlyMap<string, Maybe>): Maybe {
  const of = (input: PlanNode): Maybe => estimateRows(input, sources);
  switch (node.kind) {
    case "source":
      return sources.get(node.name);
    case "values":
      return undefined;
    case "filter":
      return scaled(of(node.input), selectivityOf(node.predicate));
    case "slice":
      return limited(of(node.input), node.length);
    case "sort":
      return limited(of(node.input), node.limit?.[1]);
    case "unique":
      return grouped(of(node.input), node.subset?.length ?? 3);
    case "group-by":
      return grouped(of(node.input), node.keys.length);
    case "summary":
      return oneRow;
    case "select":
      return node.expressions.every(isOneValue) ? oneRow : of(node.input);
    case "explode":
      return unbounded(of(node.input), listLength);
    case "unpivot":
      return times(of(node.input), namesIn(node.on));
    case "concat":
      return node.inputs.map(of).reduce((sum, rows) => both(sum, rows, (one, other) => one + other));
    case "concat-horizontal":
      return node.inputs.map(of).reduce((most, rows) => both(most, rows, Math.max));
    case "join":
      return joined(node.how, of(node.left), of(node.right));
    default:
      return of(node.input);
  }
}

const scaled = (rows: Maybe, share: number): Maybe => rows && { ...rows, expected: rows.expected * share };

const unbounded = (rows: Maybe, factor: number): Maybe => rows && { expected: rows.expected * factor };

function times(rows: Maybe, count: number | undefined): Maybe {
  if (rows === undefined || count === undefined) return undefined;
  return {
    expected: rows.expected * count,
    ...(rows.atMost === undefined ? {} : { atMost: rows.atMost * count }),
  };
}

function limited(rows: Maybe, most: number | undefined): Maybe {
  if (most === undefined) return rows;
  if (rows === undefined) return { expected: most, atMost: most };
  return { expected: Math.min(rows.expected, most), atMost: Math.min(rows.atMost ?? most, most) };
}

/** As many groups as there are values of the keys, but at most one for each row. */
const grouped = (rows: Maybe, keys: number): Maybe =>
  rows && { ...rows, expected: Math.min(rows.expected, distinctValues ** keys) };

function both(left: Maybe, right: Maybe, combine: (left: number, right: number) => number): Maybe {
  if (left === undefined || right === undefined) return undefined;
  return {
    expected: combine(left.expected, right.expected),
    ...(left.atMost === undefined || right.atMost === undefined ? {} : { atMost: combine(left.atMost, right.atMost) }),
  };
}

/** Joins are taken to go from a table to the one that its keys point to: each row of the larger meets one of the other. */
function joined(how: Join["how"], left: Maybe, right: Maybe): Maybe {
  const product = both(left, right, (one, other) => one * other);
  const most = product?.atMost === undefined ? {} : { atMost: product.atMost };
  switch (how) {
    case "cross":
      return product;
    case "semi":
      return scaled(left, 1 / 2);
    case "anti":
      return scaled(left, 1 / 2);
    case "asof":
      return left;
    case "left":
      return product && left && { ...most, expected: left.expected };
    case "right":
      return product && right && { ...most, expected: right.expected };
    default:
      return product && left && right && { ...most, expected: Math.max(left.expected, right.expected) };
  }
}

/** Whether an expression gives one value, however many rows there are. */
function isOneValue(expression: Expression): boolean {
  switch (expression.kind) {
    case "aggregate":
    case "row-count":
    case "literal":
      return true;
    case "alias":
    case "cast":
    case "rename":
    case "keep-name":
      return isOneValue(expression.input);
    case "binary":
      return isOneValue(expression.left) && isOneValue(expression.right);
    case "when":
      return [expression.condition, expression.then, expression.otherwise].every(isOneValue);
    default:
      return false;
  }
}

function namesIn(selector: Selector): number | undefined {
  if (selector.kind === "names") return selector.names.length;
  if (selector.kind === "union") {
    const [left, right] = [namesIn(selector.left), namesIn(selector.right)];
    return left === undefined || right === undefined ? undefined : left + right;
  }
  return selector.kind === "none" ? 0 : undefined;
}

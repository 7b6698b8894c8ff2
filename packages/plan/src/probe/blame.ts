import type { LazyFrame } from "@glacier/core";
import { chosenColumns } from "../columns/groups.ts";
import { partsOf } from "../columns/parts.ts";
import { planJson } from "../columns/plan-json.ts";
import { allIn, type Placed, placedIn } from "../findings/look.ts";
import { type Column, type ColumnType, sameType, type TableSchema } from "../model/column-type.ts";
import type { Expression } from "../model/expression.ts";
import type { Join, PlanNode } from "../model/node.ts";
import type { Typing } from "../model/typing.ts";
import type { Decoded } from "../polars/decode.ts";
import type { Polars } from "../polars/load.ts";
import { Unknown } from "../polars/unknown.ts";
import { type Refused, tryQuery } from "./nodes.ts";
import type { Refusal } from "./refusal.ts";
import { noRows, oneRow } from "./row.ts";

/** What is to blame that a node can't work. */
export interface Blame {
  readonly refusal: Refusal;
  /** The columns that it is about, as far as that can be told. */
  readonly columns: readonly Column[];
  /** The smallest expression that can't work by itself. */
  readonly expression?: Expression;
}

/** Looks for the expressions of a node that can't work, each by itself, and in them for the parts that can't. */
export class Blaming {
  readonly #polars: Polars;
  readonly #decoded: Decoded;
  readonly #typing: Typing;

  constructor(polars: Polars, decoded: Decoded, typing: Typing) {
    this.#polars = polars;
    this.#decoded = decoded;
    this.#typing = typing;
  }

  of({ node, inputs, refusal }: Refused): readonly Blame[] {
    const inExpressions = placedIn(node).flatMap((placed): readonly Blame[] => {
      const blame = this.#inExpression(placed, node, inputs);
      return blame === undefined ? [] : [blame];
    });
    const beside = { refusal, columns: this.#columnsBeside(node, inputs) };
    return (inExpressions.length > 0 ? inExpressions : [beside]).filter(isCertain);
  }

  #inExpression({ expression, over }: Placed, node: PlanNode, inputs: readonly TableSchema[]): Blame | undefined {
    const schema = inputs[node.kind === "join" && over === node.right ? 1 : 0] as TableSchema;
    const isAggregate = node.kind === "group-by" && node.aggregates.includes(expression);
    const refuse = (part: Expression): Refusal | undefined => this.#refuse(part, schema, isAggregate);
    let refusal = refuse(expression);
    if (refusal === undefined) return undefined;
    let smallest = expression;
    for (;;) {
      const part = partsOf(smallest).find((each) => refuse(each) !== undefined);
      if (part === undefined) break;
      smallest = part;
      refusal = refuse(part) ?? refusal;
    }
    const names = namesIn(smallest);
    return { refusal, columns: schema.filter(({ name }) => names.includes(name)), expression: smallest };
  }

  #refuse(expression: Expression, schema: TableSchema, isAggregate: boolean): Refusal | undefined {
    const raw = this.#decoded.rawExpression(expression);
    if (raw === undefined) return undefined;
    const query = (table: LazyFrame): LazyFrame => {
      const made = this.#polars.Expr.deserialize(Buffer.from(planJson(raw)), "json");
      return isAggregate ? table.groupBy(this.#polars.lit(0).alias(unused)).agg(made) : table.select(made);
    };
    return (
      tryQuery("nothing", () => query(noRows(this.#polars, schema))).refusal ??
      tryQuery("row", () => query(oneRow(this.#polars, schema))).refusal
    );
  }

  /** Those of a node that has no expressions, or none that is to blame. */
  #columnsBeside(node: PlanNode, inputs: readonly TableSchema[]): readonly Column[] {
    const [first = []] = inputs;
    const typed = (names: readonly string[], wanted: (type: ColumnType) => boolean): readonly Column[] =>
      first.filter(({ name, type }) => names.includes(name) && wanted(type));
    try {
      switch (node.kind) {
        case "explode":
          return typed(chosenColumns(node.columns, node.input, this.#typing), (type) => !isListed(type));
        case "unnest":
          return typed(chosenColumns(node.columns, node.input, this.#typing), ({ kind }) => kind !== "Struct");
        case "unpivot":
          return typed(chosenColumns(node.on, node.input, this.#typing), () => true);
        case "group-by":
          return node.window === undefined ? [] : typed([node.window.index], () => true);
        case "filter":
          return typed(namesIn(node.predicate), () => true);
        case "concat":
          return differing(inputs);
        case "join":
          return keys(node, inputs);
        default:
          return [];
      }
    } catch (error) {
      if (error instanceof Unknown) return [];
      throw error;
    }
  }
}

const namesIn = (expression: Expression): readonly string[] =>
  allIn(expression).flatMap((part) => (part.kind === "column" ? [part.name] : []));

/** Something that may work with empty lists is only to blame where there are no lists. */
const isCertain = ({ refusal, columns }: Blame): boolean =>
  refusal.unlessLists !== true || (columns.length > 0 && columns.every(({ type }) => !isListed(type)));

const unused = "glacier group";

const isListed = ({ kind }: ColumnType): boolean => kind === "List" || kind === "Array";

/** Columns of one name and of different types. */
function differing([first = [], ...others]: readonly TableSchema[]): readonly Column[] {
  return first.flatMap((column) => {
    const other = others.flat().find(({ name, type }) => name === column.name && !sameType(type, column.type));
    return other === undefined ? [] : [column, other];
  });
}

/** The columns of a join that are to be equal and have different types. */
function keys(node: Join, [left = [], right = []]: readonly TableSchema[]): readonly Column[] {
  const named = (expressions: readonly Expression[]): readonly (string | undefined)[] =>
    expressions.map((key) => (key.kind === "column" ? key.name : undefined));
  const rights = [...named(node.rightOn), ...(node.asof?.rightBy ?? [])];
  return [...named(node.leftOn), ...(node.asof?.leftBy ?? [])].flatMap((name, at) => {
    const one = left.find((column) => column.name === name);
    const other = right.find((column) => column.name === rights[at]);
    return one === undefined || other === undefined || sameType(one.type, other.type) ? [] : [one, other];
  });
}

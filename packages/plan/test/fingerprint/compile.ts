import type { LazyFrame } from "@glacier/core";
import type { Expr as PolarsExpr } from "nodejs-polars";
import type { Polars } from "../../src/polars/load.ts";
import type { Expr, Output, Program, Step } from "./program.ts";

/** How the code of a task is written; nothing of that changes what it does. */
export interface Style {
  /** Whether keys of objects come the other way round. */
  readonly reversed?: boolean;
  /** Whether the frame is asked for its columns after each step. */
  readonly asking?: boolean;
  /** Whether a column under its own name is written without that name. */
  readonly short?: boolean;
  /** Whether conditions of single rows that are joined by `and` are filters in a row. */
  readonly split?: boolean;
}

type Frames = Readonly<Record<string, LazyFrame>>;

/** The task that a program stands for, called. */
export function call(polars: Polars, program: Program, frames: Frames, style: Style = {}): LazyFrame {
  let frame = frames[program.source] as LazyFrame;
  for (const step of program.steps) {
    frame = new Compiler(polars, style).apply(step, frame, frames);
    if (style.asking === true) void frame.columns;
  }
  return frame;
}

class Compiler {
  readonly #pl: Polars;
  readonly #style: Style;

  constructor(polars: Polars, style: Style) {
    this.#pl = polars;
    this.#style = style;
  }

  #object<Value extends object>(value: Value): Value {
    return this.#style.reversed === true ? (Object.fromEntries(Object.entries(value).toReversed()) as Value) : value;
  }

  apply(step: Step, frame: LazyFrame, frames: Frames): LazyFrame {
    switch (step.do) {
      case "filter":
        return this.#conditions(step.predicate).reduce((rest, one) => rest.filter(this.#expr(one)), frame);
      case "withColumns":
        return frame.withColumns(...step.columns.map((column) => this.#output(column)));
      case "select":
        return frame.select(...step.columns.map((column) => this.#output(column)));
      case "rename":
        return frame.rename(this.#object(step.names));
      case "drop":
        return frame.drop([...step.names]);
      case "sort": {
        const by = step.by.map(({ name }) => name);
        const descending = step.by.map((one) => one.descending);
        return frame.sort(this.#object({ by, descending, nullsLast: step.nullsLast }));
      }
      case "groupBy":
        return frame.groupBy([...step.keys], step.stable).agg(...step.columns.map((column) => this.#output(column)));
      case "join": {
        const { source, on, how, suffix } = step;
        return frame.join(frames[source] as LazyFrame, this.#object({ on, how, suffix }));
      }
      case "unique": {
        const { subset, keep, stable } = step;
        return frame.unique(this.#object({ subset: [...subset], keep, maintainOrder: stable }));
      }
      case "slice":
        return frame.slice(this.#object({ offset: step.offset, length: step.length }));
      case "dropNulls":
        return frame.dropNulls([...step.names]);
      case "rowIndex":
        return frame.withRowIndex(step.name, step.offset);
      case "tail":
        return frame.tail(step.length);
    }
  }

  #conditions(predicate: Expr): readonly Expr[] {
    if (this.#style.split !== true) return [predicate];
    const all = conjuncts(predicate);
    return all.every(isOfOneRow) ? all : [predicate];
  }

  #output({ name, expr }: Output): PolarsExpr {
    const made = this.#expr(expr);
    return this.#style.short === true && expr.of === "column" && expr.name === name ? made : made.alias(name);
  }

  #expr(expr: Expr): PolarsExpr {
    const pl = this.#pl;
    switch (expr.of) {
      case "column":
        return pl.col(expr.name);
      case "number":
        return pl.lit(Number(expr.value));
      case "bigint":
        return pl.lit(BigInt(expr.value));
      case "int":
        return pl.Expr.deserialize(Buffer.from(`{"Literal":{"Dyn":{"Int":${expr.value}}}}`), "json");
      case "text":
      case "flag":
        return pl.lit(expr.value);
      case "day":
        return pl.lit(new Date(expr.value));
      case "null":
        return pl.lit(null);
      case "binary":
        return this.#expr(expr.left)[expr.method](this.#expr(expr.right));
      case "test":
        return this.#expr(expr.input)[expr.method]();
      case "cast":
        return this.#expr(expr.input).cast(pl[expr.type], expr.strict);
      case "fillNull":
        return this.#expr(expr.input).fillNull(this.#expr(expr.value));
      case "isIn":
        return this.#expr(expr.input).isIn([...expr.values]);
      case "round":
        return this.#expr(expr.input).round(expr.count);
      case "shift":
        return this.#expr(expr.input).shift(expr.count);
      case "contains":
      case "startsWith":
        return this.#expr(expr.input).str[expr.of](expr.text);
      case "when":
        return pl.when(this.#expr(expr.condition)).then(this.#expr(expr.value)).otherwise(this.#expr(expr.otherwise));
      case "aggregate":
        return this.#expr(expr.input)[expr.method]();
      case "over":
        return this.#expr(expr.input).over(...(expr.by as readonly [string, ...string[]]));
      case "rollingMean":
        return this.#expr(expr.input).rollingMean(
          this.#object({ windowSize: expr.windowSize, center: expr.center, minPeriods: 1 }),
        );
      case "dayPart":
        return this.#expr(expr.input).dt[expr.method]();
    }
  }
}

export const conjuncts = (expr: Expr): readonly Expr[] =>
  expr.of === "binary" && expr.method === "and" ? [...conjuncts(expr.left), ...conjuncts(expr.right)] : [expr];

/** What surely looks at one row: a comparison of a column with a literal, a test for null, or some of these. */
function isOfOneRow(expr: Expr): boolean {
  if (expr.of === "test") return expr.method !== "not" && expr.input.of === "column";
  if (expr.of !== "binary") return false;
  if (expr.method === "and" || expr.method === "or") return isOfOneRow(expr.left) && isOfOneRow(expr.right);
  return expr.left.of === "column" && !["column", "binary"].includes(expr.right.of);
}

import type { Expression, Selector } from "../model/expression.ts";
import { Unknown } from "../polars/unknown.ts";
import { choosesFields, fieldOf, takesAllColumns } from "./functions.ts";
import { partsOf, withParts } from "./parts.ts";

/** How selectors are written out. */
export interface Expansion {
  readonly choose: (selector: Selector) => readonly string[];
  readonly chooseFields: (selector: Selector, struct: Expression) => readonly string[];
  /** Told of all that is made of an expression with selectors. */
  readonly made: (expanded: Expressions, of: Expression) => void;
}

type Expressions = readonly Expression[];

/**
 * What Polars makes of an expression: one without selectors for each column that it gives. Where it has several
 * selectors, the first columns of all go together, then the second ones. One that has no selector is itself.
 * @throws Unknown
 */
export function expand(expression: Expression, by: Expansion): Expressions {
  if (!hasSelector(expression)) return [expression];
  const expanded = writeOut(expression, by);
  by.made(expanded, expression);
  return expanded;
}

function writeOut(expression: Expression, by: Expansion): Expressions {
  if (expression.kind === "columns") {
    return by.choose(expression.selector).map((name) => ({ kind: "column", name }));
  }
  if (expression.kind === "function" && choosesFields(expression)) {
    // The decoder lets nothing else through.
    const selector = expression.options as Selector;
    return expandAll(expression.inputs, by).flatMap((struct) =>
      by.chooseFields(selector, struct).map((field) => fieldOf(struct, field)),
    );
  }
  if (expression.kind === "function" && takesAllColumns(expression.name)) {
    return [{ ...expression, inputs: expandAll(expression.inputs, by) }];
  }
  if (expression.kind === "with-fields") {
    const fields = expandAll(expression.fields, by);
    return expand(expression.input, by).map((input) => ({ ...expression, input, fields }));
  }
  if (expression.kind === "list-eval" && hasSelector(expression.each)) {
    throw new Unknown("what a selector chooses from the values of a list");
  }
  return together(
    partsOf(expression).map((part) => expand(part, by)),
    (parts) => withParts(expression, parts),
  );
}

const expandAll = (expressions: Expressions, by: Expansion): Expressions =>
  expressions.flatMap((each) => expand(each, by));

/** What gives one column goes with each of the others. */
function together(parts: readonly Expressions[], rebuild: (parts: Expressions) => Expression): Expressions {
  const count = parts.find(({ length }) => length !== 1)?.length ?? 1;
  if (parts.some(({ length }) => length !== 1 && length !== count)) {
    throw new Unknown("how to combine selectors that choose different numbers of columns");
  }
  return Array.from({ length: count }, (_, index) =>
    rebuild(parts.map((part) => (part.length === 1 ? part[0] : part[index]) as Expression)),
  );
}

const known = new WeakMap<Expression, boolean>();

function hasSelector(expression: Expression): boolean {
  let has = known.get(expression);
  if (has === undefined) {
    has =
      expression.kind === "columns" ||
      choosesFields(expression) ||
      partsOf(expression).some(hasSelector) ||
      (expression.kind === "list-eval" && hasSelector(expression.each));
    known.set(expression, has);
  }
  return has;
}

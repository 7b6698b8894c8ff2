import { isInteger, sameType, typeText } from "../model/column-type.ts";
import type { Expression } from "../model/expression.ts";
import { expanded, found, listed, named, placedIn, type Rule } from "./look.ts";
import { plainNumber } from "./numbers.ts";

/** FILL_CHANGES_TYPE: above all `lf.fillNull(0)`, which fills every column. */
export const fillsChangeType: Rule = (node, looked) =>
  placedIn(node).flatMap((placed) => {
    const { expression, over, isColumn } = placed;
    const value = fillOf(expression)?.value;
    if (!isColumn || value === undefined || value.kind !== "literal" || value.value.kind === "null") return [];
    const number = plainNumber(value);
    const shown = number?.text ?? (value.value.kind === "text" ? JSON.stringify(value.value.value) : "a value");
    const changed: string[] = [];
    const columns: string[] = [];
    for (const { name, expression: one } of expanded(placed, looked)) {
      const fill = fillOf(one);
      const from = fill === undefined ? undefined : looked.typing.typeOf(fill.input, over);
      if (from === undefined || from.kind === "Null") continue;
      if (from.kind === "String") {
        if (number === undefined) continue;
        changed.push(`${named(name)} (to text, "${asText(number.text)}")`);
      } else {
        // A fraction is hardly meant to be an integer.
        if (isInteger(from) && number?.isWhole === false) continue;
        const to = looked.typing.typeOf(one, over);
        // A wider integer is an integer still.
        if (to === undefined || sameType(from, to) || (isInteger(from) && isInteger(to))) continue;
        changed.push(`${named(name)} (${typeText(from)} to ${typeText(to)})`);
      }
      columns.push(name);
    }
    if (columns.length === 0) return [];
    return [
      found(
        looked,
        "FILL_CHANGES_TYPE",
        `fills nulls with ${shown}, and that changes ${listed(changed)}.`,
        'Fill each column with a value of its own type: `int(0)` of @glacier/expressions for integers, `decimal("0")` for decimals, `pl.lit(false)`, `pl.lit("")`.',
        columns,
      ),
    ];
  });

const asText = (number: string): string => (/^-?\d+$/.test(number) ? `${number}.0` : number);

interface Fill {
  readonly input: Expression;
  readonly value: Expression;
}

/** Where nulls are filled, and nothing else is done. */
function fillOf(expression: Expression): Fill | undefined {
  let inner = expression;
  while (inner.kind === "alias" || inner.kind === "rename" || inner.kind === "keep-name") inner = inner.input;
  if (inner.kind !== "function" || inner.name !== "FillNull") return undefined;
  const [input, value] = inner.inputs;
  return input === undefined || value === undefined ? undefined : { input, value };
}

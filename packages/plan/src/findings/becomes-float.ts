import type { Finding } from "@glacier/core";
import type { Expression } from "../model/expression.ts";
import type { PlanNode } from "../model/node.ts";
import { type Exact, exactness } from "./exactness.ts";
import { allIn, expanded, found, type Looked, placedIn, type Rule } from "./look.ts";
import { asInt, plainNumber } from "./numbers.ts";

/**
 * INTEGER_BECOMES_FLOAT, DECIMAL_BECOMES_FLOAT: columns of the result that are Float64 only because of how a number is
 * written. What is divided, compared or cast afterwards is none; nor is an integer times 1.5.
 */
export const becomesFloat: Rule = (node, looked) =>
  placedIn(node)
    .filter(({ expression, isColumn }) => isColumn && allIn(expression).some((part) => plainNumber(part) !== undefined))
    .flatMap((placed) =>
      expanded(placed, looked).flatMap(({ name, expression }) => columnFindings(name, expression, placed.over, looked)),
    );

function columnFindings(column: string, expression: Expression, over: PlanNode, looked: Looked): readonly Finding[] {
  // Most numbers stand where they do no harm, whatever the types are: those are not asked for in vain.
  if (!isSuspicious(exactness(expression, () => "any"))) return [];
  const exactnessOf = (part: Expression) => exactness(part, (inner) => looked.typing.typeOf(inner, over));
  const exact = exactnessOf(expression);
  if (!isSuspicious(exact)) return [];
  // Filling nulls is a finding of its own, where it is the last that is done.
  const filled = filledIn(expression);
  const inner = filled === undefined ? exact : exactnessOf(filled);
  if (!isSuspicious(inner)) return [];
  return inner.blame.map(({ what, number }) =>
    exact.family === "decimal"
      ? found(
          looked,
          "DECIMAL_BECOMES_FLOAT",
          `${what}, so that \`${column}\` is Float64.`,
          `Write \`decimal("${number.text}")\` of @glacier/expressions for ${number.text}. Or cast the result: \`strictCast(…, pl.Decimal(12, 2))\`.`,
          [column],
        )
      : found(
          looked,
          "INTEGER_BECOMES_FLOAT",
          `${what}, so that \`${column}\` is Float64.`,
          `Write \`${asInt(number)}\` of @glacier/expressions for ${number.text}.`,
          [column],
        ),
  );
}

const isSuspicious = (exact: ReturnType<typeof exactness>): exact is Exact =>
  exact?.kind === "exact" && exact.blame.length > 0;

/** What nulls are filled in, where that is the last that is done. */
function filledIn(expression: Expression): Expression | undefined {
  let inner = expression;
  while (inner.kind === "alias" || inner.kind === "rename" || inner.kind === "keep-name") inner = inner.input;
  return inner.kind === "function" && inner.name === "FillNull" ? inner.inputs[0] : undefined;
}

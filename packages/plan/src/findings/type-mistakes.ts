import type { Finding } from "@glacier/core";
import type { PlanNode } from "../model/node.ts";
import type { Typing } from "../model/typing.ts";
import { Unknown } from "../polars/unknown.ts";
import { emptyFigures } from "./empty-figures.ts";
import { type Looked, nodesOf, type Rule } from "./look.ts";
import { mixedTypes } from "./mixed-types.ts";
import { oddComparisons } from "./odd-comparisons.ts";

const rules: readonly Rule[] = [emptyFigures, oddComparisons, mixedTypes];

/** Mistakes with types that Polars never refuses, not even with data. */
export function typeMistakes(step: string, plan: PlanNode, typing: Typing): readonly Finding[] {
  // None of these rules is about the step's buckets.
  const looked = { step, plan, typing } as Looked;
  return nodesOf(plan).flatMap((node) =>
    rules.flatMap((rule) => {
      try {
        return rule(node, looked);
      } catch (error) {
        if (error instanceof Unknown) return [];
        throw error;
      }
    }),
  );
}

import type { Finding } from "@glacier/core";
import type { PlanNode } from "../model/node.ts";
import type { Typing } from "../model/typing.ts";
import { Unknown } from "../polars/unknown.ts";
import { becomesFloat } from "./becomes-float.ts";
import { casts } from "./casts.ts";
import { comparisons } from "./comparisons.ts";
import { fillsChangeType } from "./fills.ts";
import { joins } from "./joins.ts";
import { type Endpoints, type Looked, nodesOf, type Rule } from "./look.ts";
import { nulls } from "./nulls.ts";
import { parsing } from "./parsing.ts";
import { arbitraryRows } from "./rows.ts";
import { targetFindings } from "./target.ts";
import { textsForColumns } from "./texts.ts";

const rules: readonly Rule[] = [
  becomesFloat,
  comparisons,
  fillsChangeType,
  casts,
  parsing,
  nulls,
  joins,
  textsForColumns,
  arbitraryRows,
];

/**
 * What a step does without an error, and hardly means to do: see `findingCodes`. Each is found once, in the order in
 * which the query is written.
 * @param endpoints the step's buckets; a `Step` has them
 */
export function traps(step: string, plan: PlanNode, typing: Typing, endpoints: Endpoints): readonly Finding[] {
  const looked: Looked = { step, plan, typing, endpoints };
  const all = [
    ...nodesOf(plan).flatMap((node) => rules.flatMap((rule) => whereKnown(() => rule(node, looked)))),
    ...whereKnown(() => targetFindings(looked, typing.schemaOf(plan) ?? [])),
  ];
  return [...new Map(all.map((finding) => [finding.message, finding])).values()];
}

/** Nothing is found in what can't be known. */
function whereKnown(find: () => readonly Finding[]): readonly Finding[] {
  try {
    return find();
  } catch (error) {
    // Or in what is nested deeper than JavaScript can call.
    if (error instanceof Unknown || error instanceof RangeError) return [];
    throw error;
  }
}

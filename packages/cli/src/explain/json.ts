import { type Explanation, readablePlan, typeText } from "@glacier/plan";
import type { StepBuckets } from "./text.ts";

/** A step's plan as plain data, with types as they are written and sources by their names. */
export function explanationJson(
  { step, before, after, schema, ...explanation }: Explanation,
  { sources, target }: StepBuckets,
): object {
  return {
    step,
    sources,
    target,
    ...explanation,
    ...(schema === undefined ? {} : { schema: schema.map(({ name, type }) => ({ name, type: typeText(type) })) }),
    before: readablePlan(before),
    after: readablePlan(after),
  };
}

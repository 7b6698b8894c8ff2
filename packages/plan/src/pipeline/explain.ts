import type { Dag } from "@glacier/core";
import type { Explanation } from "../model/explanation.ts";
import { scanPredicates } from "../reads/predicates.ts";
import { DagTracing, type TraceDagOptions } from "./trace-dag.ts";

/**
 * A step's plan for somebody to read, before and after Polars has optimised it.
 * @param step The step's name.
 * @throws STEP_UNKNOWN, ENGINE_NOT_INSTALLED
 */
export async function explainStep(dag: Dag, step: string, options: TraceDagOptions): Promise<Explanation> {
  const wanted = dag.step(step);
  const needed = new Set([wanted, ...dag.upstream(wanted)]);
  const tracing = new DagTracing(dag);
  await tracing.readSources(options);
  for (const node of dag.steps) if (needed.has(node) && node !== wanted) await tracing.traceStep(node);
  const { trace, query, leaves } = await tracing.traceStep(wanted);
  const { plan: _, lineage: __, ...known } = trace;
  const isSound = query !== undefined && trace.schema !== undefined;
  return {
    ...known,
    before: isSound ? query.describePlan() : "",
    after: isSound ? query.describeOptimizedPlan() : "",
    predicates: isSound ? scanPredicates(query, leaves) : {},
  };
}

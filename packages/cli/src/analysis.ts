import { sourceSchema } from "@glacier/analyzer";
import type { Dag } from "@glacier/core";
import { type Explanation, explainStep, type PipelineTrace, traceDag } from "@glacier/plan";

/** Reads all steps of a pipeline without running them. @throws ENGINE_NOT_INSTALLED */
export const analyse = (dag: Dag): Promise<PipelineTrace> => traceDag(dag, { schemaOf: sourceSchema });

/** The plan of one step, for somebody to read. @throws STEP_UNKNOWN, ENGINE_NOT_INSTALLED */
export const explain = (dag: Dag, step: string): Promise<Explanation> =>
  explainStep(dag, step, { schemaOf: sourceSchema });

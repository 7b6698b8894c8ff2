import { checkOptions, type Dag, type RunMode } from "@glacier/core";
import type { Analysis } from "./analysis.ts";
import { analyze } from "./analyze.ts";

/** Mode `analyze` takes no options. */
export type AnalyzeOptions = Readonly<Record<never, never>>;

declare module "@glacier/core" {
  interface RunModes {
    analyze: { options: AnalyzeOptions; result: Analysis };
  }
}

/** Mode `analyze`: what a pipeline does, before it runs. */
export const mode: RunMode & { run(dag: Dag, options?: AnalyzeOptions): Promise<Analysis> } = {
  name: "analyze",
  async run(dag, given = {}) {
    checkOptions<AnalyzeOptions>(given, {}, "Mode `analyze`");
    return analyze(dag);
  },
};

import { type Dag, GlacierError, quoted } from "@glacier/core";
import { BucketKeys } from "@glacier/plan";
import { explain } from "../analysis.ts";
import { explanationJson } from "../explain/json.ts";
import { explanationText, type StepBuckets } from "../explain/text.ts";
import { asDag, findPipelines, selectPipelines } from "../find-pipelines.ts";
import { loadModule } from "../load-module.ts";
import { painter } from "../progress/line.ts";
import type { Terminal } from "../terminal.ts";

interface Options {
  readonly pipeline: readonly string[];
  readonly step?: string;
  readonly format: "text" | "json";
}

/** `glacier explain`. */
export async function explainCommand(file: string, given: object, terminal: Terminal): Promise<void> {
  const { pipeline, step, format } = given as Options;
  const dag = asDag(selectPipelines(findPipelines(await loadModule(file), file), pipeline, file));
  const name = step ?? onlyStep(dag);
  const explanation = await explain(dag, name);
  const buckets = bucketsOf(dag, name);
  terminal.write(
    format === "json"
      ? `${JSON.stringify(explanationJson(explanation, buckets), null, 2)}\n`
      : explanationText(explanation, buckets, painter(terminal.isColoured)),
  );
}

function bucketsOf(dag: Dag, name: string): StepBuckets {
  const keys = new BucketKeys(dag);
  const { sources, target } = dag.step(name).step;
  const named = Object.entries(sources).map(([source, bucket]) => [source, keys.of(bucket)] as const);
  return { sources: Object.fromEntries(named), target: keys.of(target) };
}

function onlyStep({ steps }: Dag): string {
  const [first, ...others] = steps.map(({ name }) => name);
  if (first !== undefined && others.length === 0) return first;
  const names = [first ?? "", ...others];
  throw new GlacierError("USAGE", "It is not said which step is to be explained.", {
    hint: `Give \`--step\` with ${names.length <= 20 ? quoted(names, "or") : `one of ${names.length} steps: \`glacier list\` shows them`}.`,
  });
}

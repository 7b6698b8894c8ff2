import { Dag, label } from "@glacier/core";
import { findPipelines } from "../find-pipelines.ts";
import { loadModule } from "../load-module.ts";
import { painter } from "../progress/line.ts";
import type { Terminal } from "../terminal.ts";
import { harmless, plural } from "../text.ts";

interface Options {
  readonly json?: boolean;
}

/** `glacier list`. */
export async function listCommand(file: string, given: object, terminal: Terminal): Promise<void> {
  const options = given as Options;
  const pipelines = findPipelines(await loadModule(file), file).map(({ name, description, target }) => ({
    name,
    description,
    dag: Dag.of(target),
  }));
  if (options.json === true) {
    const data = pipelines.map(({ name, description, dag }) => ({
      name,
      ...(description === undefined ? {} : { description }),
      sources: dag.sources.map(label),
      targets: dag.targets.map(label),
      steps: dag.steps.map(({ name: step, step: { task, sources, target }, dependencies, level }) => ({
        name: step,
        executor: task.executor.kind,
        sources: Object.fromEntries(Object.entries(sources).map(([key, bucket]) => [key, label(bucket)])),
        target: label(target),
        needs: dependencies.map((dependency) => dependency.name),
        level,
      })),
    }));
    terminal.write(`${JSON.stringify(data, null, 2)}\n`);
    return;
  }
  const paint = painter(terminal.isColoured);
  for (const { name, description, dag } of pipelines) {
    terminal.write(
      `${paint("bold", harmless(name))}  ${plural(dag.steps.length, "step")}${description === undefined ? "" : `  ${paint("dim", harmless(description))}`}\n`,
    );
    for (const {
      name: step,
      step: { task, sources, target },
    } of dag.steps) {
      const from = Object.values(sources).map(label).join(" + ");
      terminal.write(`  ${harmless(step)} (${task.executor.kind}): ${harmless(from)} → ${harmless(label(target))}\n`);
    }
  }
}

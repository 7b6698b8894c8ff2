import {
  type DagStep,
  type LazyFrame,
  label,
  type Outcome,
  type Sources,
  type Staging,
  type StepContext,
} from "@glacier/core";
import { abortable, reasonOf } from "./abort.ts";
import { callTask } from "./call-task.ts";
import { engineError } from "./engine-error.ts";
import { formatAdapters } from "./formats/format.ts";
import { refuseOwnSource } from "./own-source.ts";
import { loadPolars, type Polars } from "@glacier/plan";
import { scanWithObjects } from "./scan.ts";
import { refuseUnwritable } from "./unwritable.ts";
import { describeWritten } from "./written.ts";

/**
 * Executes one attempt of a step with Polars, in this process: scan → task → stage → publish. Never throws. Unless the
 * outcome is `succeeded`, the target is what it was before.
 *
 * Polars can't be stopped. After a failure, a time-out or a cancellation it may go on for a while in the background, and
 * the process does not end before it has finished; what it writes then goes to a staging place that is gone.
 */
export async function executeStep(node: DagStep, context: StepContext): Promise<Outcome> {
  const { signal } = context;
  const { step } = node;
  let staging: Promise<Staging> | undefined;
  let staged: string | undefined;
  const enter = (phase: string): void => {
    if (signal.aborted) throw reasonOf(signal);
    const { run, attempt } = context;
    context.emit({ type: "step-progress", run, time: Date.now(), step: node.name, attempt, phase });
  };
  try {
    const polars = await loadPolars();
    enter("scan");
    const frames = await abortable(scanSources(node), signal);
    enter("task");
    const result = await callTask(node, frames, signal);
    refuseUnwritable(step.target, result);
    enter("write");
    const { storage, location, format, sinkOptions } = step.target;
    staging = storage.stage(location, { run: context.run, step: node.name, attempt: context.attempt });
    const place = await abortable(staging, signal);
    staged = place.uri;
    await abortable(formatAdapters[format].sink(result, place, sinkOptions).collect(), signal);
    const { notes, ...written } = await abortable(describeWritten(polars, step.target, result, place), signal);
    enter("publish");
    // From here on the place looks after itself.
    staging = undefined;
    await place.publish(signal);
    return { status: "succeeded", ...written, engine: engineName(polars), notes: [...cacheNotes(node), ...notes] };
  } catch (error) {
    await discard(staging, signal);
    if (signal.aborted) return { status: "failed", error: reasonOf(signal) };
    const buckets = [...Object.values(step.sources), step.target];
    return { status: "failed", error: engineError(error, node.name, buckets, staged) };
  }
}

async function scanSources(node: DagStep): Promise<Sources> {
  const scanned = await Promise.all(
    Object.entries(node.step.sources).map(async ([name, bucket]) => {
      const { frame, objects } = await scanWithObjects(bucket);
      return { name, bucket, frame, objects };
    }),
  );
  await refuseOwnSource(node, scanned);
  return Object.fromEntries<LazyFrame>(scanned.map(({ name, frame }) => [name, frame]));
}

/** A place that is still being made when the step is aborted is thrown away when it is there; nobody waits for it. */
async function discard(staging: Promise<Staging> | undefined, signal: AbortSignal): Promise<void> {
  const gone = staging?.then((place) => place.discard()).catch(() => {});
  if (!signal.aborted) await gone;
}

function cacheNotes(node: DagStep): readonly string[] {
  if (node.step.task.options.cache !== true) return [];
  return [
    `\`cache\` is on, but nothing tells yet whether task \`${node.step.task.name}\` has changed, so it ran. Its target \`${label(node.step.target)}\` was written again.`,
  ];
}

const engineName = (polars: Polars): string => `polars ${polars.version ?? "unknown"}`;

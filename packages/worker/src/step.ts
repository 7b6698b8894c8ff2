import {
  type Bucket,
  type DagStep,
  type LazyFrame,
  label,
  type Outcome,
  type Staging,
  type StepContext,
} from "@glacier/core";
import { abortable, reasonOf } from "./abort.ts";
import { refuseNulls } from "./contract/nulls.ts";
import { declaredReadFault } from "./contract/read-fault.ts";
import { engineError } from "./engine-error.ts";
import { formatAdapters } from "./formats/format.ts";
import { refuseOwnSource } from "./own-source.ts";
import { callTask, loadPolars, type PlannedQuery, type Polars } from "@glacier/plan";
import { type Scanned, scanWithObjects } from "./scan.ts";
import { refuseUnwritable } from "./unwritable.ts";
import { describeWritten } from "./written.ts";

/**
 * Executes one attempt of a step with Polars, in this process: scan → task → stage → publish. Never throws. Unless the
 * outcome is `succeeded`, the target is what it was before.
 *
 * Polars can't be stopped. After a failure, a time-out or a cancellation it may go on for a while in the background, and
 * the process does not end before it has finished; what it writes then goes to a staging place that is gone.
 * @param planned The query that the task has made before. It is used where the sources have the columns that it had then,
 * and the task is not called again.
 */
export async function executeStep(node: DagStep, context: StepContext, planned?: PlannedQuery): Promise<Outcome> {
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
    const scanned = await abortable(scanSources(node), signal);
    const frames = Object.fromEntries<LazyFrame>(scanned.map(({ name, frame }) => [name, frame]));
    enter("task");
    const columns = new Map(scanned.map((source) => [source.name, source.columns]));
    const query = planned?.fits(columns) === true ? planned.over(frames) : callTask(node, frames);
    const result = await abortable(query, signal);
    refuseUnwritable(step.target, result);
    enter("write");
    const { storage, location, format, sinkOptions } = step.target;
    staging = storage.stage(location, { run: context.run, step: node.name, attempt: context.attempt });
    const place = await abortable(staging, signal);
    staged = place.uri;
    const sink = formatAdapters[format].sink(result, place, sinkOptions);
    await abortable(Promise.all([sink.collect(), refuseNullsIn(polars, scanned)]), signal);
    const { notes, ...written } = await abortable(describeWritten(polars, node, result, place), signal);
    enter("publish");
    // From here on the place looks after itself.
    staging = undefined;
    await place.publish(signal);
    return { status: "succeeded", ...written, engine: engineName(polars), notes: [...cacheNotes(node), ...notes] };
  } catch (error) {
    await discard(staging, signal);
    if (signal.aborted) return { status: "failed", error: reasonOf(signal) };
    const sources = Object.values(step.sources);
    const fault = declaredReadFault(error, sources) ?? engineError(error, node.name, [...sources, step.target], staged);
    return { status: "failed", error: fault };
  }
}

interface ScannedSource extends Scanned {
  readonly name: string;
  readonly bucket: Bucket;
}

async function scanSources(node: DagStep): Promise<readonly ScannedSource[]> {
  const scanned = await Promise.all(
    Object.entries(node.step.sources).map(async ([name, bucket]) => ({
      name,
      bucket,
      ...(await scanWithObjects(bucket)),
    })),
  );
  await refuseOwnSource(node, scanned);
  return scanned;
}

/** What a step has written was looked at then. One after the other, so that they leave threads to others. */
async function refuseNullsIn(polars: Polars, scanned: readonly ScannedSource[]): Promise<void> {
  for (const { bucket, again } of scanned) {
    if (bucket.schema === undefined || bucket.step !== undefined) continue;
    const subject = `\`${label(bucket)}\``;
    await refuseNulls(polars, { frame: again(), bucket, columns: bucket.schema.columns, subject });
  }
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

import { type DagStep, type Frame, GlacierError, isLazyFrame, type LazyFrame, show, type Sources } from "@glacier/core";

/**
 * The query that the step's task makes of its frames.
 * @throws TASK_FAILED, TASK_RESULT_INVALID, SOURCES_MISMATCH, and errors of Polars as they are
 */
export async function callTask(node: DagStep, frames: Sources): Promise<LazyFrame> {
  let result: Frame;
  try {
    result = await node.step.task(frames);
  } catch (error) {
    if (GlacierError.is(error) || isEngineFault(error)) throw error;
    throw taskFailed(node, frames, error);
  }
  const frame = isLazyFrame(result) ? result : result.lazy();
  // A query in SQL that Polars refuses is not thrown: it becomes a frame with the error in it.
  const inner = (frame as unknown as Record<string, unknown>)["_ldf"];
  if (inner instanceof Error) throw inner;
  return frame;
}

/** nodejs-polars gives all its errors this code. */
const isEngineFault = (error: unknown): boolean =>
  error instanceof Error && (error as NodeJS.ErrnoException).code === "GenericFailure";

function taskFailed(node: DagStep, frames: Sources, cause: unknown): GlacierError {
  const what = cause instanceof Error ? `${cause.name}: ${cause.message}` : show(cause);
  return new GlacierError("TASK_FAILED", `Task \`${node.step.task.name}\` threw: ${what}`, {
    hint: hintFor(cause, frames),
    cause,
    details: { step: node.name },
  });
}

function hintFor(cause: unknown, frames: Sources): string {
  const message = cause instanceof TypeError ? cause.message : "";
  const names = Object.keys(frames);
  const only = names.length === 1 ? frames["df"] : undefined;
  // `({ flights }) => flights.filter(…)`: there is no `flights` in a frame.
  const method = /^Cannot read properties of undefined \(reading '(\w+)'\)/.exec(message)?.[1];
  if (only !== undefined && method !== undefined && method in only) {
    return "A task with one source gets the frame itself, `(df) => …`; only a task with several gets them by name.";
  }
  if (/_ldf\.\w+ is not a function/.test(message)) {
    return "Polars refused a query in SQL that this frame comes from, and did not say so. Check that query.";
  }
  return "The error is in the task's own code. Call the task directly in a test: `await task({ df })`.";
}

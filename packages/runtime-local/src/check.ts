import { type Dag, GlacierError, type RunEvent, type RunOptions } from "@glacier/core";
import { type PlannedQuery, planDag } from "@glacier/plan";
import { sourceSchema } from "@glacier/worker";

/**
 * Reads the whole pipeline before any of it runs. Where the run is cancelled meanwhile, it says nothing: the run itself
 * tells what was not done.
 * @returns the queries that its tasks have made, by the names of the steps
 * @throws CHECK_FAILED
 */
export async function checkBefore(
  dag: Dag,
  run: string,
  { signal, onEvent }: RunOptions,
): Promise<ReadonlyMap<string, PlannedQuery>> {
  const started = performance.now();
  const planned = await Promise.race([planDag(dag, { schemaOf: sourceSchema }), aborted(signal)]);
  if (planned === undefined) return new Map();
  const { findings } = planned.trace;
  const duration = performance.now() - started;
  tell(onEvent, { type: "run-checked", run, time: Date.now(), findings, duration });
  const [first, ...others] = findings.filter(({ severity }) => severity === "error");
  if (first === undefined) return planned.queries;
  const more = others.length === 1 ? " There is another mistake." : ` There are ${others.length} other mistakes.`;
  throw new GlacierError(
    "CHECK_FAILED",
    `Pipeline \`${dag.name}\` is not run: ${first.message}${others.length === 0 ? "" : more}`,
    {
      hint: `${first.hint === undefined ? "" : `${first.hint} `}\`check: false\` runs it all the same.`,
      details: { findings },
    },
  );
}

/** Nothing, once the signal is aborted. */
function aborted(signal: AbortSignal | undefined): Promise<undefined> {
  return new Promise((resolve) => {
    if (signal?.aborted === true) resolve(undefined);
    signal?.addEventListener("abort", () => resolve(undefined), { once: true });
  });
}

/** Who listens does not touch the run, whether it throws or rejects. */
function tell(onEvent: RunOptions["onEvent"], event: RunEvent): void {
  try {
    const returned = onEvent?.(event) as unknown;
    if (returned !== undefined) Promise.resolve(returned).catch(() => {});
  } catch {
    // As above.
  }
}

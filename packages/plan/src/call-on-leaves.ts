import { type DagStep, type Finding, GlacierError, type LazyFrame, type Sources } from "@glacier/core";
import { callTask } from "./call-task.ts";
import type { Opaque } from "./model/trace.ts";
import { withoutAddresses } from "./polars/addresses.ts";
import { isLeafRead, type Leaf } from "./polars/leaf.ts";
import { described } from "./probe/describe.ts";
import { refusalOf } from "./probe/refusal.ts";
import { loadPolars } from "./polars/load.ts";
import { noteOpaqueCalls } from "./polars/opaque-calls.ts";

/** What came of calling a task: its query, a reason why there is none to read, or a mistake in it. */
export type Called =
  | { readonly kind: "query"; readonly query: LazyFrame }
  | { readonly kind: "opaque"; readonly opaque: Opaque }
  | { readonly kind: "failed"; readonly finding: Finding };

/** A task only writes down what is to be done. One that takes longer waits for something else. */
const longest = 5_000;

/** Calls the task once, with frames that can't be executed. */
export async function callOnLeaves(node: DagStep, leaves: readonly Leaf[]): Promise<Called> {
  const polars = await loadPolars();
  try {
    const frames = Object.fromEntries(leaves.map((leaf) => [leaf.name, leaf.frame]));
    return { kind: "query", query: await inTime(noteOpaqueCalls(polars, () => callTask(node, frames))) };
  } catch (error) {
    if (error instanceof TooLong) {
      return opaque(`Its task did not return within ${longest / 1_000} seconds, so it waits for more than its frames.`);
    }
    // Before what speaks of files: where Polars refuses a query, it shows the plan, and in it the frames.
    const refusal = refusalOf(error instanceof Error ? error.message : String(error), "nothing");
    if (refusal !== undefined) return { kind: "failed", finding: described(node.name, refusal, []) };
    if (isLeafRead(error) || (GlacierError.is(error) && isLeafRead(error.cause))) {
      return opaque("Its task executes a query itself (`collect`), so what comes after depends on data.", "collect");
    }
    return { kind: "failed", finding: findingOf(node, error) };
  }
}

/**
 * Calls it again with frames that have no rows, for what can't be known otherwise. `undefined` where that fails, as it
 * may in a task that is right: it can't be used to without rows.
 */
export async function callOnEmpty(node: DagStep, frames: Sources): Promise<LazyFrame | undefined> {
  return inTime(callTask(node, frames)).catch(() => undefined);
}

const opaque = (reason: string, expression?: string): Called => ({
  kind: "opaque",
  opaque: expression === undefined ? { reason } : { reason, expression },
});

class TooLong extends Error {}

async function inTime<Value>(work: Promise<Value>): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TooLong()), longest);
  });
  try {
    return await Promise.race([work, limit]);
  } finally {
    clearTimeout(timer);
  }
}

/** What can't be mended by trying again, or by data that are there later. */
const mistakes: readonly unknown[] = [TypeError, ReferenceError, RangeError, SyntaxError];

/** How Polars' functions say that an argument is of the wrong kind: a text for a number, say. */
const isWrongArgument = (error: unknown): boolean =>
  error instanceof Error && /^(?:InvalidArg|\w+Expected)$/.test(String((error as NodeJS.ErrnoException).code));

const isMistake = (error: unknown): boolean =>
  isWrongArgument(error) || mistakes.some((kind) => error instanceof (kind as typeof TypeError));

/** Something that the task reads by itself, which may be there when it runs. */
const isOwnRead = (error: unknown): boolean => error instanceof Error && /\(os error \d+\)/.test(error.message);

function findingOf(node: DagStep, error: unknown): Finding {
  if (GlacierError.is(error)) {
    const { code, message, hint, cause } = error;
    const isCertain = code !== "TASK_FAILED" || isMistake(cause);
    return {
      code,
      severity: isCertain ? "error" : "warning",
      message,
      ...(isCertain ? (hint === undefined ? {} : { hint }) : { hint: `${hint ?? ""} ${notCertain}`.trim() }),
      step: node.name,
    };
  }
  const [message = ""] = (error instanceof Error ? error.message : String(error)).split("\n");
  return {
    code: "QUERY_FAILED",
    severity: isOwnRead(error) ? "warning" : "error",
    message: `Step \`${node.name}\` makes a query that Polars refuses: ${withoutAddresses(message)}`,
    hint: isOwnRead(error) ? notCertain : "Check what the task gives to Polars' functions.",
    step: node.name,
  };
}

const notCertain = "It was called before any step has run, to read its plan; then, it may not throw.";

import { type DagStep, type Failed, GlacierError, show, type Succeeded } from "@glacier/core";

/** How one attempt can end. Skipping is not for executors: which steps run is decided before. */
export type Executed = Succeeded | Failed;

/** What an executor returned, or the failure that it is when it is no outcome. */
export function checkOutcome(value: unknown, node: DagStep): Executed {
  if (isSucceeded(value) || isFailed(value)) return value;
  return fault(node, `returned ${described(value)} instead of an outcome`, value);
}

/** What an executor threw, as the outcome that it should have returned. */
export function thrown(error: unknown, node: DagStep): Failed {
  if (GlacierError.is(error)) return { status: "failed", error };
  return fault(node, `threw ${described(error)}`, error);
}

function fault(node: DagStep, what: string, cause: unknown): Failed {
  return {
    status: "failed",
    error: new GlacierError("PLUGIN_INVALID", `The executor of step \`${node.name}\` ${what}.`, {
      hint: "This is a fault of the executor, not of the pipeline: report it to whoever made the executor.",
      cause,
      details: { step: node.name },
    }),
  };
}

function isSucceeded(value: unknown): value is Succeeded {
  if (typeof value !== "object" || value === null) return false;
  const { status, rows, bytes, columns, engine, notes } = value as Partial<Succeeded>;
  return (
    status === "succeeded" &&
    typeof rows === "number" &&
    typeof bytes === "number" &&
    Array.isArray(columns) &&
    typeof engine === "string" &&
    Array.isArray(notes)
  );
}

function isFailed(value: unknown): value is Failed {
  if (typeof value !== "object" || value === null) return false;
  const { status, error } = value as Partial<Failed>;
  return status === "failed" && GlacierError.is(error);
}

function described(value: unknown): string {
  if (value instanceof Error) return `"${value.message}"`;
  if (typeof value !== "object" || value === null) return show(value);
  const { status, error } = value as { readonly status?: unknown; readonly error?: unknown };
  if (status === "succeeded") return "a success without its rows, bytes, columns, engine or notes";
  if (status === "failed") return `a failure with ${described(error)} for its error`;
  return status === undefined ? show(value) : `the status ${show(status)}`;
}

import type { DataFrame } from "nodejs-polars";
import { GlacierError } from "./errors.ts";
import type { LazyFrame } from "./frame.ts";
import { show } from "./options.ts";

/**
 * The first rows of a frame, in memory.
 * @param subject What it is the preview of, as the start of a sentence.
 * @throws ARGUMENT_INVALID, QUERY_FAILED, and what `frameOf` throws
 */
export async function preview(frameOf: () => Promise<LazyFrame>, rows: number, subject: string): Promise<DataFrame> {
  if (!Number.isSafeInteger(rows) || rows < 0) {
    throw new GlacierError("ARGUMENT_INVALID", `\`preview\` takes a number of rows, not ${show(rows)}.`, {
      hint: "Leave it out for 10 rows.",
    });
  }
  const frame = await frameOf();
  try {
    return await frame.limit(rows).collect();
  } catch (cause) {
    // What follows the first line is Polars' plan.
    const [message] = (cause instanceof Error ? cause.message : String(cause)).split("\n");
    throw new GlacierError("QUERY_FAILED", `${subject} can't be shown: ${message}`, {
      hint: "Polars refused the query. Check the columns that it uses, and their types.",
      cause,
    });
  }
}

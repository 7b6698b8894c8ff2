import { styleText } from "node:util";
import type { GlacierError, Outcome } from "@glacier/core";
import { bytes, count, duration, harmless } from "../text.ts";

/** Colours a text, or leaves it. */
export type Paint = (style: Parameters<typeof styleText>[0], text: string) => string;

export const painter = (isColoured: boolean): Paint =>
  isColoured ? (style, text) => styleText(style, text, { validateStream: false }) : (_, text) => text;

/** How a step ended, on one line. */
export function outcomeLine(
  name: string,
  width: number,
  outcome: Outcome,
  took: number,
  attempts: number,
  paint: Paint,
): string {
  const title = harmless(name).padEnd(width);
  const again = attempts > 1 ? paint("dim", `  ${attempts} attempts`) : "";
  switch (outcome.status) {
    case "succeeded":
      return `${paint("green", "✔")} ${title}  ${`${count(outcome.rows)} rows`.padStart(16)}  ${bytes(outcome.bytes).padStart(9)}  ${duration(took).padStart(8)}${again}`;
    case "failed":
      return `${paint("red", "✖")} ${title}  ${paint("red", harmless(outcome.error.message))}${again}`;
    case "skipped":
      return `${paint("yellow", "–")} ${title}  ${paint("dim", `skipped: ${harmless(outcome.reason)}`)}`;
  }
}

/** An error as the user reads it: what happened, then what to do. */
export function errorLines(error: GlacierError, paint: Paint): string {
  const hint = error.hint === undefined ? "" : `\n  ${harmless(error.hint)}`;
  return `${paint("red", "error")} ${paint("dim", error.code)}  ${harmless(error.message)}${hint}\n`;
}

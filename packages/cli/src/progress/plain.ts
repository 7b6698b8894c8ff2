import type { RunEvent } from "@glacier/core";
import { duration, harmless } from "../text.ts";
import { outcomeLine, type Paint } from "./line.ts";
import type { Progress } from "./progress.ts";

/** One line for each thing that happens: for logs, and wherever there is no terminal. */
export function plainProgress(write: (text: string) => void, paint: Paint): Progress {
  let width = 0;
  const onEvent = (event: RunEvent): void => {
    switch (event.type) {
      case "run-started":
        width = Math.min(40, Math.max(...event.steps.map((step) => step.length)));
        break;
      case "step-started":
        if (event.attempt === 1) write(`${paint("cyan", "▸")} ${harmless(event.step)}\n`);
        break;
      case "step-retrying":
        write(
          `${paint("yellow", "↻")} ${harmless(event.step.padEnd(width))}  ${harmless(event.error.message)} Again in ${duration(event.delay)}.\n`,
        );
        break;
      case "step-finished":
        write(`${outcomeLine(event.step, width, event.outcome, event.duration, event.attempt, paint)}\n`);
        break;
      case "run-checked":
      case "step-progress":
      case "run-finished":
        break;
    }
  };
  return { onEvent, end: () => {} };
}

import type { Outcome, RunEvent } from "@glacier/core";
import { duration, harmless, plural } from "../text.ts";
import { outcomeLine, type Paint } from "./line.ts";

interface Row {
  readonly name: string;
  state: "waiting" | "running" | "retrying" | "done";
  phase: string;
  attempt: number;
  startedAt: number;
  took: number;
  outcome: Outcome | undefined;
}

const spinner = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];

/** The state of all steps of a run, as lines that fit on a screen, however many steps there are. */
export class Board {
  readonly #rows = new Map<string, Row>();
  readonly #paint: Paint;
  #width = 0;

  constructor(paint: Paint) {
    this.#paint = paint;
  }

  take(event: RunEvent): void {
    if (event.type === "run-started") {
      for (const name of event.steps) {
        this.#rows.set(name, {
          name,
          state: "waiting",
          phase: "",
          attempt: 0,
          startedAt: 0,
          took: 0,
          outcome: undefined,
        });
        this.#width = Math.min(40, Math.max(this.#width, name.length));
      }
      return;
    }
    if (event.type === "run-checked" || event.type === "run-finished") return;
    const row = this.#rows.get(event.step);
    if (row === undefined) return;
    row.attempt = event.attempt;
    if (event.type === "step-started") {
      row.startedAt = event.attempt === 1 ? event.time : row.startedAt;
      row.state = "running";
    } else if (event.type === "step-progress") {
      row.phase = event.phase;
    } else if (event.type === "step-retrying") {
      row.state = "retrying";
    } else {
      row.state = "done";
      row.outcome = event.outcome;
      row.took = event.duration;
    }
  }

  /** All lines, once the run is over. */
  final(): string {
    return [...this.#rows.values()].map((row) => `${this.#line(row, 0)}\n`).join("");
  }

  /** @param height How many lines there is room for. */
  render(now: number, height: number): string {
    const rows = [...this.#rows.values()];
    if (rows.length <= height) return rows.map((row) => this.#line(row, now)).join("\n");
    // Too many: those under way and those that failed, the last that were done, and how many there are of the rest.
    const notable = rows.filter(
      (row) => row.state === "running" || row.state === "retrying" || row.outcome?.status === "failed",
    );
    const done = rows.filter((row) => row.outcome?.status === "succeeded");
    const room = Math.max(0, height - 1 - notable.length);
    const shown = new Set([...notable.slice(0, height - 1), ...(room === 0 ? [] : done.slice(-room))]);
    const lines = rows.filter((row) => shown.has(row)).map((row) => this.#line(row, now));
    const waiting = rows.filter((row) => row.state === "waiting").length;
    lines.push(this.#paint("dim", `  ${plural(done.length, "step")} of ${rows.length} done, ${waiting} waiting`));
    return lines.join("\n");
  }

  #line(row: Row, now: number): string {
    if (row.outcome !== undefined)
      return outcomeLine(row.name, this.#width, row.outcome, row.took, row.attempt, this.#paint);
    const title = harmless(row.name).padEnd(this.#width);
    if (row.state === "waiting") return this.#paint("dim", `· ${title}`);
    const elapsed = now - row.startedAt;
    const frame = spinner[Math.floor(elapsed / 100) % spinner.length] as string;
    const attempt = row.attempt > 1 ? `, attempt ${row.attempt}` : "";
    const what = row.state === "retrying" ? "waits before it tries again" : `${row.phase}${attempt}`;
    return `${this.#paint("cyan", frame)} ${title}  ${what.padStart(16)}  ${"".padStart(9)}  ${duration(elapsed).padStart(8)}`;
  }
}

import { stripVTControlCharacters } from "node:util";
import { GlacierError, type Outcome, type RunEvent } from "@glacier/core";
import { describe, expect, test } from "vitest";
import { Board } from "./board.ts";
import { painter } from "./line.ts";

const plain = painter(false);
const done: Outcome = { status: "succeeded", rows: 1_234, bytes: 56_000, columns: [], engine: "polars", notes: [] };
const failed: Outcome = { status: "failed", error: new GlacierError("QUERY_FAILED", "It broke.") };

const started = (...steps: string[]): RunEvent => ({ type: "run-started", run: "r", time: 0, steps, concurrency: 2 });
const begins = (step: string, attempt = 1): RunEvent => ({
  type: "step-started",
  run: "r",
  time: 1_000,
  step,
  attempt,
});
const phase = (step: string, name: string): RunEvent => ({
  type: "step-progress",
  run: "r",
  time: 1_001,
  step,
  attempt: 1,
  phase: name,
});
const ends = (step: string, outcome: Outcome): RunEvent => ({
  type: "step-finished",
  run: "r",
  time: 2_000,
  step,
  attempt: 1,
  outcome,
  duration: 1_000,
});

function board(...events: readonly RunEvent[]): Board {
  const made = new Board(plain);
  for (const event of events) made.take(event);
  return made;
}

describe("the live picture of a run", () => {
  test("shows what waits, runs, is done and has failed, one line each", () => {
    const lines = board(
      started("a", "b", "c", "d"),
      begins("a"),
      begins("b"),
      phase("b", "write"),
      ends("a", done),
      begins("c"),
      ends("c", failed),
    )
      .render(3_500, 20)
      .split("\n");
    expect(lines).toHaveLength(4);
    expect(lines[0]).toMatch(/^✔ a\s+1,234 rows\s+56\.0 kB\s+1\.0 s$/);
    expect(lines[1]).toMatch(/^\S b\s+write\s+2\.5 s$/);
    expect(lines[2]).toBe("✖ c  It broke.");
    expect(lines[3]).toBe("· d");
  });

  test("begins with the run, not with the check before it", () => {
    const checked: RunEvent = { type: "run-checked", run: "r", time: 0, findings: [], duration: 1 };
    expect(board(checked).render(1, 10)).toBe("");
    expect(board(checked, started("a")).render(1, 10)).toBe("· a");
  });

  test("says that a step waits before it tries again, and which attempt it is", () => {
    const retrying: RunEvent = {
      type: "step-retrying",
      run: "r",
      time: 1_500,
      step: "a",
      attempt: 1,
      error: new GlacierError("QUERY_FAILED", "It broke."),
      delay: 500,
    };
    expect(board(started("a"), begins("a"), retrying).render(2_000, 10)).toContain("waits before it tries again");
    expect(board(started("a"), begins("a"), retrying, begins("a", 2)).render(2_000, 10)).toContain("attempt 2");
  });

  test("fits on the screen with 500 steps, and keeps those under way and those that failed in sight", () => {
    const names = Array.from({ length: 500 }, (_, at) => `step_${at}`);
    const events = [started(...names), begins("step_7"), ends("step_7", failed)];
    for (let at = 100; at < 300; at++) events.push(begins(`step_${at}`), ends(`step_${at}`, done));
    events.push(begins("step_400"), begins("step_401"));
    const lines = board(...events)
      .render(3_000, 12)
      .split("\n");
    expect(lines).toHaveLength(12);
    const text = lines.join("\n");
    for (const name of ["step_7 ", "step_400", "step_401", "step_299"]) expect(text).toContain(name);
    expect(lines.at(-1)).toContain("200 steps of 500 done, 297 waiting");
  });

  test("ends with a line for every step", () => {
    const names = Array.from({ length: 60 }, (_, at) => `step_${at}`);
    expect(
      board(started(...names), ...names.map((name) => ends(name, done)))
        .final()
        .trim()
        .split("\n"),
    ).toHaveLength(60);
  });

  test("lets no control characters of names through to the terminal", () => {
    const text = board(started("a\u001b[2Jb"), begins("a\u001b[2Jb")).render(2_000, 5);
    expect(stripVTControlCharacters(text)).toBe(text);
  });
});

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Finding } from "@glacier/core";
import { afterAll, describe, expect, it } from "vitest";
import { check, differences, isKnownGap, missed, remove, run, writtenOtherwise } from "./checked.ts";
import { endsProcess, faultKinds, silent, spoil, type Spoilt } from "./faults/index.ts";
import { makePipeline } from "./pipelines.ts";
import { print } from "./print.ts";

/** `GLACIER_CHECK_SEED=7 GLACIER_CHECK_COUNT=2000 npx vitest run test/check` looks at others, and at more. */
const firstSeed = Number(process.env["GLACIER_CHECK_SEED"] ?? 1) * 1_000_000;
const count = Number(process.env["GLACIER_CHECK_COUNT"] ?? 200);
const timeout = 60_000 + count * 600;

const folder = mkdtempSync(join(tmpdir(), "glacier-check-"));
afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));

/** A few are enough to see what it is. */
const none = (failures: readonly string[]): void => expect(failures.length, failures.slice(0, 3).join("\n\n")).toBe(0);

describe("the check before anything runs", () => {
  it("refuses no pipeline that is right, and knows its columns", { timeout }, async () => {
    const failures: string[] = [];
    let [looked, steps, milliseconds, ran] = [0, 0, 0, 0];
    for (let seed = firstSeed; seed < firstSeed + count; seed++) {
      const guesses = seed % 3 === 0;
      const checked = await check(makePipeline(seed, { guesses }), folder);
      looked += 1;
      steps += checked.pipeline.steps.length;
      milliseconds += checked.milliseconds;
      const wrong = [...checked.errors.map(({ message }) => message), ...differences(checked)];
      if (seed % 3 === 1 && wrong.length === 0) {
        const error = await run(checked);
        if (error === undefined) wrong.push(...writtenOtherwise(checked));
        else wrong.push(`It does not run: ${error.message}`);
        ran += 1;
      }
      if (wrong.length > 0) failures.push([print(checked.pipeline), ...wrong].join("\n"));
      remove(checked);
    }
    none(failures);
    expect(looked).toBe(count);
    expect(ran).toBeGreaterThanOrEqual(Math.floor(count / 3));
    const each = (milliseconds / looked).toFixed(1);
    console.log(`${looked} correct pipelines of ${steps} steps, ${ran} of them run; a check takes ${each} ms`);
  });

  it.each(Object.entries(faultKinds))(
    "finds every fault in %s, which fails when it runs",
    { timeout },
    async (group, kinds) => {
      const failures: string[] = [];
      const perKind = Math.max(3, Math.ceil(count / Object.values(faultKinds).flat().length));
      let [found, ran, gaps] = [0, 0, 0];
      for (const kind of kinds) {
        const planted = plant(kind, perKind);
        expect(planted.length, `places for: ${kind}`).toBe(perKind);
        let isRun = kind in silent || kind in endsProcess;
        for (const { pipeline, expected } of planted) {
          const checked = await check(pipeline, folder);
          const why = missed(checked, expected, silent[kind]?.severity ?? "error");
          if (why === undefined) found += 1;
          else if (isKnownGap(checked, expected, kind)) gaps += 1;
          else failures.push([print(pipeline), `${kind} ${why}`, ...checked.trace.findings.map(line)].join("\n"));
          if (!isRun && expected.mayHaveNoRows !== true) {
            isRun = true;
            ran += 1;
            if ((await run(checked)) === undefined) failures.push(`${print(pipeline)}\n${kind} runs all the same`);
          }
          remove(checked);
        }
      }
      none(failures);
      console.log(`${group}: ${found} faults of ${kinds.length} kinds, ${ran} of them run, ${gaps} in a known gap`);
      expect(found + gaps).toBe(kinds.length * perKind);
      expect(gaps).toBeLessThanOrEqual(found / 50);
      expect(ran).toBeGreaterThan(kinds.length / 2);
    },
  );

  it("was asked for enough faults, of kinds that exist", () => {
    const kinds = Object.values(faultKinds).flat();
    expect(new Set(kinds).size).toBe(kinds.length);
    expect(kinds.length * 3).toBeGreaterThan(200);
    for (const kind of [...Object.keys(silent), ...Object.keys(endsProcess)]) expect(kinds).toContain(kind);
  });
});

const line = ({ severity, code, message }: Finding): string => `${severity} ${code}: ${message}`;

/** Not every pipeline has a place for every fault. */
function plant(kind: string, wanted: number): readonly Spoilt[] {
  const planted: Spoilt[] = [];
  const most = wanted * 60;
  for (let seed = firstSeed + 500_000; planted.length < wanted && seed < firstSeed + 500_000 + most; seed++) {
    const spoilt = spoil(makePipeline(seed, { guesses: false }), kind);
    if (spoilt !== undefined) planted.push(spoilt);
  }
  return planted;
}

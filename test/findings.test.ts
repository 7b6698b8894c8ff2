import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { type AnyProvider, type Bucket, Dag, Pipeline, type Sources, type Task } from "@glacier/core";
import { type FindingCode, findingCodes, type PipelineTrace, traceDag } from "@glacier/plan";
import { sourceSchema } from "@glacier/worker";
import pl from "nodejs-polars";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { blocksOf } from "./docs/page.ts";
import { delaysByPlace, routes } from "../examples/flights/pipeline.ts";

const root = fileURLToPath(new URL("..", import.meta.url));

interface GuideTasks {
  readonly provider: AnyProvider;
  readonly paid: Task;
  readonly perDay: Task;
  readonly fetched: Task;
  readonly withCustomers: Task<Sources<"orders" | "customers">>;
}

/** How code that is found looks, and how it is meant: the page `docs/findings.md` shows them. */
interface Example {
  readonly wrong: Bucket;
  readonly right: Bucket;
}

const tracesOf = (...targets: readonly Bucket[]): Promise<PipelineTrace> =>
  traceDag(Dag.of(targets), { schemaOf: sourceSchema });

const nameOf = (code: string): string => code.toLowerCase().replaceAll("_", "-");
const codes = Object.keys(findingCodes) as FindingCode[];

describe("the example of", () => {
  const folder = mkdtempSync(join(tmpdir(), "glacier-findings-"));
  const before = process.cwd();

  // One of them reads a file by itself.
  beforeAll(() => {
    mkdirSync(join(folder, "data/shop"), { recursive: true });
    pl.DataFrame({ customer: pl.Series("customer", [1], pl.Int64), name: ["Ada"] }).writeParquet(
      join(folder, "data/shop/customers.parquet"),
    );
    process.chdir(folder);
  });
  afterAll(() => {
    process.chdir(before);
    rmSync(folder, { recursive: true });
  });

  test("each code is there, and no other", () => {
    const files = readdirSync(new URL("findings", import.meta.url)).filter((name) => name !== "shop.ts");
    expect(files.sort()).toEqual(codes.map((code) => `${nameOf(code)}.ts`).sort());
    expect(files.length).toBeGreaterThan(15);
  });

  test.each(codes)("%s is found where it is wrong, and nothing is where it is right", async (code) => {
    const { wrong, right } = (await import(`./findings/${nameOf(code)}.ts`)) as Example;
    const found = await tracesOf(wrong);
    expect(found.findings.map((finding) => finding.code)).toEqual([code]);
    const [finding] = found.findings;
    expect(finding?.message).toMatch(/^Step `|^The plan of step `/);
    expect(finding?.hint).toBeDefined();
    expect((await tracesOf(right)).findings).toEqual([]);
  });
});

describe("nothing is found", () => {
  test("in the flights example", async () => {
    const { steps, findings } = await tracesOf(delaysByPlace, routes);
    expect(steps.length).toBe(6);
    for (const { step, opaque, fingerprint } of steps) {
      expect(opaque, step).toBeUndefined();
      expect(fingerprint).toMatch(/^g1-/);
    }
    expect(findings).toEqual([]);
  });

  test("in the tasks of the guide", async () => {
    const folder = mkdtempSync(join(tmpdir(), "glacier-guide-"));
    symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
    const files = blocksOf(join(root, "docs/guide.md")).filter(({ info }) => info["file"] !== undefined);
    for (const { info, text } of files) {
      const file = join(folder, info["file"] as string);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
    const before = process.cwd();
    process.chdir(folder);
    try {
      const tasks = (await import(/* @vite-ignore */ join(folder, "tasks.ts"))) as GuideTasks;
      const { provider, paid, perDay, fetched, withCustomers } = tasks;
      const [orders, customers] = [provider.bucket("shop", "orders.csv"), provider.bucket("shop", "customers.csv")];
      const at = (name: string): Bucket => provider.bucket("out", `${name}.parquet`);
      const { steps, findings } = await tracesOf(
        orders.transform(paid).to(at("paid")).transform(perDay).to(at("per_day")),
        orders.transform(fetched).to(at("fetched")),
        new Pipeline({ orders, customers }).transform(withCustomers).to(at("known")),
      );
      expect(steps.map(({ opaque }) => opaque)).toEqual([undefined, undefined, undefined, undefined]);
      expect(findings).toEqual([]);
    } finally {
      process.chdir(before);
      rmSync(folder, { recursive: true });
    }
  });
});

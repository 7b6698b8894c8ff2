import { createHash } from "node:crypto";
import type { PipelineTrace } from "@glacier/plan";
import { describe, expect, test } from "vitest";
import { flights, hostile, largeTrace, unreadable } from "../sample-traces.test-d.ts";
import { ColumnGraph } from "./column-graph.ts";
import { lineageHtml } from "./html.ts";

const samples: Readonly<Record<string, PipelineTrace>> = { flights, unreadable, hostile };
const pageOf = (trace: PipelineTrace, selected?: { bucket: string; column: string }): Promise<string> =>
  lineageHtml(new ColumnGraph(trace), { title: "etl </title>", description: "What <b>it</b> is", selected });

describe.each(Object.entries(samples))("the lineage page of %s", (_, trace) => {
  test("is the same text every time", async () => {
    expect(await pageOf(structuredClone(trace))).toBe(await pageOf(trace));
  });

  test("allows its one style sheet and its one script, and nothing else", async () => {
    const page = await pageOf(trace);
    const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1];
    const hashOf = (element: string): string => {
      const found = [...page.matchAll(new RegExp(`<${element}>([^]*?)</${element}>`, "g"))];
      expect(found).toHaveLength(1);
      const hash = createHash("sha256").update(found[0]?.[1] ?? "");
      return `'sha256-${hash.digest("base64")}'`;
    };
    expect(policy?.split("; ").toSorted()).toEqual([
      "base-uri 'none'",
      "default-src 'none'",
      "form-action 'none'",
      `script-src ${hashOf("script")}`,
      `style-src ${hashOf("style")}`,
    ]);
    expect(page.match(/<\/?script/g)).toHaveLength(4);
  });

  test("has every bucket and every column once", async () => {
    const page = await pageOf(trace);
    const columns = [...new ColumnGraph(trace).buckets.values()].flatMap(({ columns: inside }) => [...inside]);
    expect(columns.length).toBeGreaterThan(3);
    expect(page.match(/<g id="c\d+" class="glacier-column"/g)).toHaveLength(columns.length);
    expect(page.match(/<g id="t\d+" class="glacier-node/g)).toHaveLength(trace.buckets.length);
  });
});

test("what has too many columns to be shown at ease is refused, with what to do instead", async () => {
  const trace = largeTrace(2, 10);
  const wide = { name: "c", type: { kind: "Int64" as const } };
  const schema = Array.from({ length: 41_000 }, (_, at) => ({ ...wide, name: `c${at}` }));
  const huge = { ...trace, buckets: [{ ...trace.buckets[0], key: "a/b.csv", schema } as never, ...trace.buckets] };
  await expect(pageOf(huge)).rejects.toMatchObject({
    code: "OUTPUT_FAILED",
    hint: expect.stringContaining("--format json"),
  });
});

import { expect, test } from "vitest";
import { runGraphviz } from "./graphviz.ts";
import { diamond, graphOf } from "./sample-graphs.test-d.ts";
import { writeDot } from "./dot.ts";

test("a graph in Graphviz's language comes back with places", async () => {
  const { objects, edges } = JSON.parse(await runGraphviz(writeDot(diamond).source)) as {
    readonly objects: readonly { readonly name: string; readonly pos: string }[];
    readonly edges: readonly { readonly id: string; readonly pos: string }[];
  };
  expect(objects.map(({ name }) => name)).toContain("n0");
  expect(edges).toHaveLength(diamond.edges.length);
  for (const { pos } of [...objects, ...edges]) expect(pos).toMatch(/^(e,)?[\d.]+,[\d.]+/);
});

test("what Graphviz does not understand is an error of ours, with what to do instead", async () => {
  await expect(runGraphviz("digraph {")).rejects.toMatchObject({
    code: "OUTPUT_FAILED",
    hint: expect.stringContaining(".mmd"),
    cause: expect.objectContaining({ message: expect.stringContaining("syntax error") }),
  });
});

test("a layout that takes too long is given up", async () => {
  const started = performance.now();
  await expect(runGraphviz(writeDot(diamond).source, 1)).rejects.toMatchObject({
    code: "OUTPUT_FAILED",
    cause: expect.objectContaining({ message: "The layout took longer than 1 ms." }),
  });
  expect(performance.now() - started).toBeLessThan(5_000);
});

test("a chain of 3,000 steps does not exhaust the stack", async () => {
  const steps = Array.from({ length: 3_000 }, (_, index) => ({
    name: `step_${index}`,
    from: [`a/${index}.csv`, ...(index === 0 ? [] : [`a/${index - 1}.csv`])],
    to: `a/${index + 1}.csv`,
  }));
  await expect(runGraphviz(writeDot(graphOf({ steps })).source)).resolves.toContain('"n6000"');
});

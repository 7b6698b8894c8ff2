import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Bucket } from "./bucket.ts";
import { Dag } from "./dag.ts";
import { GlacierError } from "./errors.ts";
import { fakeProvider } from "./fake-storage.test-d.ts";
import { globToRegExp } from "./glob.ts";
import { Pipeline } from "./pipeline.ts";
import type { Step } from "./step.ts";
import type { AnyTask } from "./task.ts";

const provider = fakeProvider();
const here = provider.local();
const at = (path: string): Bucket => provider.bucket("lake", path, { format: "parquet" });

/** What a step reads: what step n writes, a source n, all of folder n, or what matches a glob in it. */
type Read = readonly ["target" | "source" | "folder" | "glob", number];
interface Model {
  readonly reads: readonly Read[];
}

const folders = 3;
const pathOf = ([kind, number]: Read): string => {
  if (kind === "target") return `f${number % folders}/t${number}.parquet`;
  if (kind === "source") return `source/${number}.parquet`;
  return kind === "folder" ? `f${number % folders}` : `f${number % folders}/t*[02468].parquet`;
};
const targetOf = (step: number): string => pathOf(["target", step]);

/** `forward` lets a step read only what steps before it write, so that there is no cycle. */
const models = (forward: boolean): fc.Arbitrary<readonly Model[]> =>
  fc.integer({ min: 1, max: 12 }).chain((size) =>
    fc.tuple(
      ...Array.from({ length: size }, (_, step) => {
        const before = forward ? step : size;
        const kinds = [
          "source",
          ...(before > 0 ? ["target" as const] : []),
          ...(forward ? [] : (["folder", "glob"] as const)),
        ];
        const read = fc
          .tuple(fc.constantFrom(...(kinds as Read[0][])), fc.nat(Math.max(0, before - 1)))
          .map((pair): Read => pair);
        return fc.record({ reads: fc.array(read, { minLength: 1, maxLength: 4 }) });
      }),
    ),
  );

function stepsOf(model: readonly Model[], taskOf: (step: number) => AnyTask): Step[] {
  return model.map(({ reads }, index) => {
    const sources = Object.fromEntries(reads.map((read, at_) => [`s${at_}`, at(pathOf(read))]));
    return new Pipeline(sources).transform(taskOf(index)).to(at(targetOf(index))).step as Step;
  });
}

/** Which steps each reads from, by trying every pair. */
function naiveDependencies(model: readonly Model[]): boolean[][] {
  const feeds = (target: string, read: Read): boolean => {
    const path = pathOf(read);
    if (read[0] === "glob") return globToRegExp(path).test(target);
    return path === target || target.startsWith(`${path}/`);
  };
  return model.map(({ reads }) => model.map((_, writer) => reads.some((read) => feeds(targetOf(writer), read))));
}

/** Warshall's closure. */
function closure(edges: readonly (readonly boolean[])[]): boolean[][] {
  const reach = edges.map((row) => [...row]);
  for (const via of reach.keys()) {
    for (const from of reach.keys()) {
      if (reach[from]?.[via] !== true) continue;
      for (const to of reach.keys()) if (reach[via]?.[to] === true) reach[from][to] = true;
    }
  }
  return reach;
}

const named = (step: number): AnyTask => here.task(`step_${step}`, (df) => df);
const numberOf = (name: string): number => Number(/\d+$/.exec(name)?.[0]);

describe("any graph", () => {
  test("has a cycle exactly when some step reaches itself, and the one that is named is real", () => {
    let cycles = 0;
    fc.assert(
      fc.property(models(false), (model) => {
        const edges = naiveDependencies(model);
        const reach = closure(edges);
        const isCyclic = reach.some((row, step) => row[step]);
        let error: unknown;
        try {
          // oxlint-disable-next-line no-new -- only whether it throws matters
          new Dag(stepsOf(model, named));
        } catch (thrown) {
          error = thrown;
        }
        expect(GlacierError.is(error) ? error.code : error).toBe(isCyclic ? "CYCLE" : undefined);
        if (!GlacierError.is(error)) return;
        cycles += 1;
        const circle = (error.details["steps"] as string[]).map(numberOf);
        for (const [place, writer] of circle.entries()) {
          expect(edges[circle[(place + 1) % circle.length] as number]?.[writer]).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
    expect(cycles).toBeGreaterThan(20);
  });

  test("has just the dependencies that trying every pair finds", () => {
    let found = 0;
    fc.assert(
      fc.property(models(false), (model) => {
        const edges = naiveDependencies(model);
        fc.pre(!closure(edges).some((row, step) => row[step]));
        const dag = new Dag(stepsOf(model, named));
        for (const node of dag.steps) {
          const expected = [...edges.keys()].filter((writer) => edges[numberOf(node.name)]?.[writer]);
          expect(node.dependencies.map((other) => numberOf(other.name)).toSorted((a, b) => a - b)).toEqual(expected);
          for (const other of node.dependencies) expect(other.dependents).toContain(node);
          found += expected.length;
        }
      }),
      { numRuns: 200 },
    );
    expect(found).toBeGreaterThan(50);
  });
});

describe("any graph without a cycle", () => {
  test("is in an order that respects every edge, with levels one above the highest that is needed", () => {
    fc.assert(
      fc.property(models(true), (model) => {
        const dag = new Dag(stepsOf(model, named));
        expect(dag.steps).toHaveLength(model.length);
        const placeOf = new Map(dag.steps.map((node, place) => [node, place]));
        for (const [place, node] of dag.steps.entries()) {
          for (const other of node.dependencies) expect(placeOf.get(other)).toBeLessThan(place);
          expect(node.level).toBe(Math.max(-1, ...node.dependencies.map((other) => other.level)) + 1);
        }
        expect(dag.levels.flat()).toEqual(dag.steps);
        for (const [level, nodes] of dag.levels.entries()) for (const node of nodes) expect(node.level).toBe(level);
      }),
      { numRuns: 200 },
    );
  });

  test("is in the same order, however its steps are given", () => {
    const shuffled = models(true).chain((model) =>
      fc.tuple(fc.constant(model), fc.shuffledSubarray([...model.keys()], { minLength: model.length })),
    );
    fc.assert(
      fc.property(shuffled, ([model, order]) => {
        const steps = stepsOf(model, named);
        const inOrder = new Dag(steps);
        const inAnother = new Dag(order.map((index) => steps[index] as Step));
        expect(inAnother.steps.map((node) => node.name)).toEqual(inOrder.steps.map((node) => node.name));
        expect(inAnother.toMermaid().split("\n").toSorted()).toEqual(inOrder.toMermaid().split("\n").toSorted());
      }),
      { numRuns: 100 },
    );
  });

  test("has for upstream and downstream the transitive closures", () => {
    fc.assert(
      fc.property(models(true), (model) => {
        const reach = closure(naiveDependencies(model));
        const dag = new Dag(stepsOf(model, named));
        const inOrderOfDag = (isIn: (step: number) => boolean | undefined): readonly string[] =>
          dag.steps.map((node) => node.name).filter((name) => isIn(numberOf(name)) === true);
        for (const node of dag.steps) {
          const self = numberOf(node.name);
          expect(dag.upstream(node).map((other) => other.name)).toEqual(inOrderOfDag((step) => reach[self]?.[step]));
          expect(dag.downstream(node.name).map((other) => other.name)).toEqual(
            inOrderOfDag((step) => reach[step]?.[self]),
          );
        }
      }),
      { numRuns: 100 },
    );
  });

  test("has unique names where its steps share tasks", () => {
    const shared = [here.task("one", (df) => df), here.task("two", (df) => df)] as AnyTask[];
    fc.assert(
      fc.property(models(true), (model) => {
        const dag = new Dag(stepsOf(model, (step) => shared[step % 2] as AnyTask));
        const names = dag.steps.map((node) => node.name);
        expect(new Set(names).size).toBe(model.length);
        for (const node of dag.steps) expect(dag.step(node.name)).toBe(node);
      }),
      { numRuns: 50 },
    );
  });
});

test("ids of a picture are unique and safe, whatever the names", () => {
  const name = fc
    .string({ unit: "grapheme", minLength: 1, maxLength: 20 })
    // oxlint-disable-next-line no-control-regex -- what a task can't be called
    .filter((text) => text.trim() !== "" && !/[\u0000-\u001f\u007f]/.test(text));
  fc.assert(
    fc.property(fc.uniqueArray(name, { minLength: 1, maxLength: 12 }), (names) => {
      const dag = Dag.of(
        names.map((text, index) =>
          at(`raw/${index}`)
            .transform(here.task(text, (df) => df))
            .to(at(`out/${index}`)),
        ),
      );
      const graph = dag.toGraph();
      const ids = [...graph.storages, ...graph.buckets, ...graph.steps].map((part) => part.id);
      expect(new Set(ids).size).toBe(ids.length);
      expect(ids.length).toBe(1 + 3 * names.length);
      for (const id of ids) expect(id).toMatch(/^[a-z][a-z0-9_]*$/);
      for (const line of dag.toMermaid().split("\n").slice(3)) expect(line).not.toMatch(/%%|`/);
    }),
    { numRuns: 100 },
  );
});

import { describe, expect, it } from "vitest";
import { decodePlan } from "../../src/polars/decode.ts";
import { makeLeaf } from "../../src/polars/leaf.ts";
import { isLeafRead } from "../../src/polars/leaf.ts";
import { loadPolars } from "../../src/polars/load.ts";
import { opaqueMethods } from "../../src/polars/opaque-methods.ts";
import { Unknown } from "../../src/polars/unknown.ts";
import { coverageOf, sqlCoverageOf } from "./coverage.mjs";

const pl = await loadPolars();
const sections = coverageOf(pl, { decodePlan, makeLeaf });

describe.each(sections)("$title", ({ missing, gone, methods }) => {
  it("has a case for each method that there is, and for no other", () => {
    expect({ missing, gone }).toEqual({ missing: [], gone: [] });
    expect(methods.length).toBeGreaterThan(1);
  });

  it("is read where it is said to be, and only there", () => {
    const wrong = methods.filter(({ kind, outcome }) => kind !== outcome);
    expect(wrong.map(({ name, error }) => `${name}: ${String(error)}`)).toEqual([]);
  });

  it("can't be read for a reason", () => {
    for (const { name, outcome, note, error } of methods) {
      if (outcome !== "read") expect(note, name).toMatch(/\.$/);
      if (outcome !== "opaque") continue;
      const isOpaque = error instanceof Unknown || String(error).includes("'opaque' function");
      expect(isOpaque, `${name}: ${String(error)}`).toBe(true);
    }
  });
});

it("looks at everything", () => {
  const count = (kind: string) =>
    sections.flatMap(({ methods }) => methods).filter(({ outcome }) => outcome === kind).length;
  expect(count("read")).toBeGreaterThan(300);
  expect(count("not a query")).toBeGreaterThan(30);
});

it("knows the methods whose expressions Polars can't write down", () => {
  const opaque = sections.flatMap(({ title, methods }) =>
    methods.flatMap(({ name, error }) =>
      String(error).includes("'opaque' function")
        ? [title.includes(":") ? `${title.slice("Expr: ".length)}.${name}` : name]
        : [],
    ),
  );
  const known = Object.values(opaqueMethods).map(({ expression }) => expression);
  expect(opaque.toSorted()).toEqual([...new Set(known)].toSorted());
});

it("says of those which execute a query at once that they do", async () => {
  const { frame } = makeLeaf(pl, "t", [{ name: "a", type: { kind: "Int64" } }]);
  const caught: unknown[] = [];
  for (const execute of [() => frame.collectSync(), () => frame.first(), () => frame.collect()]) {
    try {
      await execute();
    } catch (error) {
      caught.push(error);
    }
  }
  expect(caught.map(isLeafRead)).toEqual([true, true, true]);
});

it("reads all SQL that Polars takes", () => {
  const sql = sqlCoverageOf(pl, { decodePlan, makeLeaf });
  expect(sql.length).toBeGreaterThan(250);
  expect(
    sql.flatMap(({ sql: text, error }) => (error === undefined ? [] : `${text}: ${(error as Error).message}`)),
  ).toEqual([]);
});

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { LazyFrame } from "@glacier/core";
import { describe, expect, it } from "vitest";
import { type Golden, goldenText, readGolden } from "../../test/golden/golden-file.ts";
import { goldenPlans } from "../../test/golden/plans.ts";
import { decodePlan } from "./decode.ts";
import { loadPolars } from "./load.ts";
import { Unknown } from "./unknown.ts";

const polars = await loadPolars();
const plans = goldenPlans(polars);
const folder = fileURLToPath(new URL(`../../golden/nodejs-polars-${polars.version}/`, import.meta.url));
const pathOf = (name: string): string => `${folder}${name}.json`;

const asText = (plan: unknown): string => JSON.stringify(plan);

describe("golden files", () => {
  it("are there for the nodejs-polars that is installed, and for each of its plans", () => {
    expect(existsSync(folder)).toBe(true);
    expect(readdirSync(folder).toSorted()).toEqual(
      Object.keys(plans)
        .map((name) => `${name}.json`)
        .toSorted(),
    );
  });

  it.each(Object.entries(plans))("%s", async (name, frame) => {
    const polarsJson = frame.serialize("json").toString();
    const golden: Golden = { polars: polarsJson, plan: asText(decodePlan(polars, frame).plan) };
    await expect(goldenText(golden)).toMatchFileSnapshot(pathOf(name));
  });
});

/** In the place of a query that Polars would have to write down, what is to be read. Only the decoder gets it. */
const writtenAs = (json: string, binary?: Buffer): LazyFrame =>
  ({
    serialize: (format: string) => (format === "json" ? Buffer.from(json) : binary),
    columns: [],
  }) as unknown as LazyFrame;

const files = readdirSync(folder).filter((file) => file !== "literals-not-finite.json");
const written = files.map((file) => [file, readGolden(readFileSync(folder + file, "utf8"))] as const);

describe("a plan as Polars writes it", () => {
  it("is enough to be read", () => {
    expect(written.length).toBeGreaterThan(40);
    for (const [, { polars: json, plan }] of written) {
      expect(decodePlan(polars, writtenAs(json)).plan).toEqual(JSON.parse(plan));
    }
  });

  it.each(written)("%s: is unknown with something more in it", (_file, { polars: json }) => {
    const outcomes = afterEach(json, (object, name) => {
      if (name !== Object.keys(object)[0]) return false;
      object["glacier"] = true;
      return true;
    });
    expect(outcomes.length).toBeGreaterThan(1);
    expect(outcomes.filter((outcome) => outcome !== "unknown")).toEqual([]);
  });

  it.each(written)("%s: is unknown with another name in it", (_file, { polars: json }) => {
    const outcomes = afterEach(json, (object, name) => {
      object[`${name}Glacier`] = object[name];
      delete object[name];
      return true;
    });
    expect(outcomes.length).toBeGreaterThan(1);
    expect(outcomes.filter((outcome) => outcome !== "unknown")).toEqual([]);
  });

  it.each(written)("%s: is unknown with something else in the place of a value", (_file, { polars: json }) => {
    const outcomes = afterEach(json, (object, name) => {
      if (irrelevant.has(name)) return false;
      object[name] = { glacier: [true] };
      return true;
    });
    expect(outcomes.length).toBeGreaterThan(1);
    expect(outcomes.filter((outcome) => outcome !== "unknown")).toEqual([]);
  });
});

describe("two plans", () => {
  // A frame has no values beside its bytes.
  it.each(written.filter(([file]) => file !== "values.json"))(
    "%s: are never read as the same, if one value differs",
    (_file, { polars: json, plan }) => {
      const outcomes = afterEach(
        json,
        (object, name) => {
          const other = otherThan(object[name]);
          if (irrelevant.has(name) || other === undefined) return false;
          object[name] = other;
          return true;
        },
        containersOf,
      );
      expect(outcomes.length).toBeGreaterThan(0);
      const before = JSON.stringify(JSON.parse(plan));
      expect(outcomes.filter((outcome) => (outcome as { plan?: string }).plan === before)).toEqual([]);
      expect(outcomes.filter((outcome) => outcome instanceof Error)).toEqual([]);
    },
  );
});

function otherThan(value: unknown): unknown {
  if (typeof value === "number") return value * 2 + (value < 0 ? 0 : 1);
  if (typeof value === "boolean") return !value;
  return typeof value === "string" ? `${value}x` : undefined;
}

/** What changes nothing of a result. */
const irrelevant: ReadonlySet<string> = new Set([
  "allow_parallel",
  "build_side",
  "cache",
  "duplicate_check",
  "force_parallel",
  "id",
  "multithreaded",
  "parallel",
  "rechunk",
  "run_parallel",
  "schema",
  "version",
]);

/** What comes of reading the plan after a change, made once for each name in each of its objects. */
function afterEach(
  json: string,
  change: (object: Record<string, unknown>, name: string) => boolean,
  partsOf = objectsOf,
): unknown[] {
  const outcomes: unknown[] = [];
  for (const [index, object] of partsOf(JSON.parse(json)).entries()) {
    for (const name of Object.keys(object)) {
      const plan: unknown = JSON.parse(json);
      if (change(partsOf(plan)[index] as Record<string, unknown>, name)) outcomes.push(outcomeOf(JSON.stringify(plan)));
    }
  }
  return outcomes;
}

/**
 * All objects in a plan but the lists of columns of its sources and frames: these are known from elsewhere. How sources
 * are scanned is the same everywhere, so that it is looked at in one plan.
 */
function objectsOf(plan: unknown): Record<string, unknown>[] {
  return containersOf(plan).filter((value) => !Array.isArray(value));
}

/** The same with lists, but for those of bytes. */
function containersOf(value: unknown, key?: string): Record<string, unknown>[] {
  if (typeof value !== "object" || value === null || (key === "schema" && "fields" in value)) return [];
  if ((key === "input" && "Scan" in value) || (Array.isArray(value) && value.length > 20)) return [];
  const inside = Object.entries(value).flatMap(([name, each]) => containersOf(each, name));
  return [value as Record<string, unknown>, ...inside];
}

function outcomeOf(json: string): unknown {
  try {
    return { read: json, plan: asText(decodePlan(polars, writtenAs(json)).plan) };
  } catch (error) {
    return error instanceof Unknown ? "unknown" : error;
  }
}

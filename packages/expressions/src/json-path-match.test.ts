import pl from "nodejs-polars";
import { expect, test } from "vitest";
import { outcomeOf, outcomeOfPlan } from "../test/query.ts";
import { jsonPathMatch } from "./index.ts";

const bodies = pl.DataFrame({
  body: ['{"order":{"id":7}}', '{"order":{"id":"ü\\"x"}}', '{"items":[1,2]}', '{"order":null}', "no json", "", null],
});

test.each(["$.order.id", "$.order", "$.items[0]", "$.items[*]", "$.none"])(
  "%s gives what Polars' method gives, and its plan can be serialised",
  (path) => {
    const wanted = outcomeOf(bodies, pl.col("body").str.jsonPathMatch(path));
    expect(wanted.type).toBe("String");
    expect(outcomeOf(bodies, jsonPathMatch("body", path))).toEqual(wanted);
    expect(outcomeOfPlan(bodies, jsonPathMatch("body", path), "json")).toEqual(wanted);
    expect(outcomeOfPlan(bodies, jsonPathMatch(pl.col("body"), path), "bincode")).toEqual(wanted);
  },
);

test("the first match comes as text, and null where there is none", () => {
  const wanted = ["7", 'ü"x', null, null, null, null, null];
  expect(outcomeOf(bodies, jsonPathMatch("body", "$.order.id")).values).toEqual(wanted);
  const opaque = pl.col("body").str.strip();
  expect(outcomeOf(bodies, jsonPathMatch(opaque, "$.order.id")).values).toEqual(wanted);
});

test("a path with quotes and backslashes reaches Polars as it is", () => {
  const frame = pl.DataFrame({ body: [JSON.stringify({ 'a"b': 1 })] });
  expect(outcomeOf(frame, jsonPathMatch("body", `$['a"b']`)).values).toEqual(["1"]);
});

test("a path that is none fails the query", () => {
  expect(() => outcomeOf(bodies, jsonPathMatch("body", "$.["))).toThrow("JSON path");
});

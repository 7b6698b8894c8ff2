import * as fc from "fast-check";
import pl from "nodejs-polars";
import { describe, expect, test } from "vitest";
import { outcomeOf, outcomeOfPlan } from "../test/query.ts";
import { toDate, toDatetime } from "./index.ts";

const days = pl.DataFrame({ day: ["2024-02-29", null, "1969-12-31"] });
const times = pl.DataFrame({ time: ["2024-02-03 01:02:03.123456", null] });
const isoDay = "%Y-%m-%d";
const isoTime = "%Y-%m-%d %H:%M:%S%.f";

test("dates and times are read, and nulls stay null", () => {
  expect(outcomeOf(days, toDate("day", isoDay))).toEqual({ type: "Date", values: ["2024-02-29", null, "1969-12-31"] });
  const time = outcomeOf(times, toDatetime("time", isoTime));
  expect(time).toEqual({ type: "Datetime(us,)", values: ["2024-02-03 01:02:03.123456", null] });
});

test("the unit is the one that was asked for", () => {
  const typeOf = (unit: "ms" | "us" | "ns") => outcomeOf(times, toDatetime("time", isoTime, unit)).type;
  expect([typeOf("ms"), typeOf("us"), typeOf("ns")]).toEqual(["Datetime(ms,)", "Datetime(us,)", "Datetime(ns,)"]);
});

test("a time zone in the format gives UTC", () => {
  const zoned = pl.DataFrame({ time: ["2024-02-03T01:02:03+02:00"] });
  const wanted = { type: "Datetime(us,UTC)", values: ["2024-02-02 23:02:03.000000+00:00"] };
  expect(outcomeOf(zoned, toDatetime("time", "%Y-%m-%dT%H:%M:%S%z"))).toEqual(wanted);
  const opaque = pl.col("time").str.strip();
  expect(outcomeOf(zoned, toDatetime(opaque, "%Y-%m-%dT%H:%M:%S%z"))).toEqual(wanted);
});

describe.each(["serialisable", "opaque"])("with an input that is %s", (kind) => {
  const column = kind === "opaque" ? pl.col("text").str.rstrip() : pl.col("text");

  test.each(["on 2024-02-03 it", "2024-02-30", "2024-2", "yesterday", ""])("%j fails the query", (text) => {
    const frame = pl.DataFrame({ text: ["2024-01-01", text] });
    expect(() => outcomeOf(frame, toDate(column, isoDay))).toThrow(/conversion from `str` to `date` failed/);
    expect(() => outcomeOf(frame, toDatetime(column, "%Y-%m-%d %H:%M"))).toThrow(/conversion from `str` to `datetime/);
  });

  test("every day is read", () => {
    const day = fc.date({ min: new Date("0001-01-01"), max: new Date("9999-12-31"), noInvalidDate: true });
    fc.assert(
      fc.property(day, (date) => {
        const text = date.toISOString().slice(0, 10);
        expect(outcomeOf(pl.DataFrame({ text: [text] }), toDate(column, isoDay)).values).toEqual([text]);
      }),
      { numRuns: 30 },
    );
  });
});

test("the plan stays strict when it is written and read back", () => {
  const bad = pl.DataFrame({ day: ["on 2024-02-03 it"] });
  for (const format of ["json", "bincode"] as const) {
    expect(outcomeOfPlan(days, toDate("day", isoDay), format)).toEqual(outcomeOf(days, toDate("day", isoDay)));
    expect(outcomeOfPlan(times, toDatetime("time", isoTime, "ns"), format).type).toBe("Datetime(ns,)");
    expect(() => outcomeOfPlan(bad, toDate("day", isoDay), format)).toThrow("failed in column 'day'");
  }
});

test("a missing format and an unknown unit are refused, as Polars would guess the one and ignore the other", () => {
  const refused = expect.objectContaining({ code: "ARGUMENT_INVALID" });
  expect(() => toDate("day", undefined as unknown as string)).toThrow(refused);
  expect(() => toDatetime("time", "")).toThrow(refused);
  expect(() => toDatetime("time", isoTime, "s" as "ms")).toThrow(refused);
});

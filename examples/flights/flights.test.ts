import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { DuckDBInstance } from "@duckdb/node-api";
import { Dag, type RunResult } from "@glacier/core";
import { mode } from "@glacier/runtime-local";
import { beforeAll, describe, expect, test } from "vitest";
import { delaysByPlace, routes } from "./pipeline.ts";

/**
 * The same numbers by another engine, written from what the example says it does: DuckDB knows nothing of Polars, and
 * reads the original files and what the pipeline wrote.
 */
const vega = join(dirname(dirname(createRequire(import.meta.url).resolve("vega-datasets"))), "data");
const reports = fileURLToPath(new URL("./data/reports", import.meta.url));
const lake = fileURLToPath(new URL("./data/lake", import.meta.url));

let result: RunResult;
let query: (sql: string) => Promise<Record<string, unknown>[]>;

beforeAll(async () => {
  result = await mode.run(Dag.of([delaysByPlace, routes]));
  const connection = await (await DuckDBInstance.create(":memory:")).connect();
  query = async (sql) => (await connection.runAndReadAll(sql)).getRowObjectsJson();
  await connection.run(`
    CREATE TABLE flights AS
      SELECT DISTINCT *, hour(date) AS hour FROM '${vega}/flights-3m.parquet' WHERE delay BETWEEN -60 AND 1440;
    CREATE TABLE located AS
      SELECT f.*, a.city, a.state FROM flights f JOIN read_csv('${vega}/airports.csv', header = true) a ON f.origin = a.iata;
  `);
});

/** Rows that are in one of two queries and not in the other. */
async function difference(ours: string, theirs: string): Promise<Record<string, unknown>[]> {
  return query(`(${ours} EXCEPT ALL ${theirs}) UNION ALL (${theirs} EXCEPT ALL ${ours})`);
}

describe("the flights example", () => {
  test("runs six steps, the shared one once", () => {
    expect(result.status).toBe("succeeded");
    expect(result.steps.map(({ name }) => name)).toEqual([
      "clean",
      "locate",
      "per_hour",
      "per_route",
      "per_state",
      "worst",
    ]);
  });

  test("cleans three million rows to as many as DuckDB counts", async () => {
    const [{ n }] = (await query("SELECT count(*)::INT AS n FROM flights")) as [{ n: number }];
    const outcome = result.step("clean").outcome;
    expect(n).toBeGreaterThan(2_900_000);
    expect(outcome).toMatchObject({ status: "succeeded", rows: n });
    const [{ sum }] = (await query(`SELECT sum(delay)::BIGINT::VARCHAR AS sum FROM '${lake}/flights.parquet'`)) as [
      { sum: string },
    ];
    const [{ expected }] = (await query("SELECT sum(delay)::BIGINT::VARCHAR AS expected FROM flights")) as [
      { expected: string },
    ];
    expect(sum).toBe(expected);
  });

  test("joins every flight with the airport that it leaves from", async () => {
    const columns = "date, delay, distance, origin, destination, hour, city, state";
    const sum = (from: string): string => `SELECT count(*) AS n, sum(hash(${columns})) AS rows FROM ${from}`;
    expect(await query(sum(`(SELECT * REPLACE (hour::BIGINT AS hour) FROM '${lake}/located.parquet')`))).toEqual(
      await query(sum("located")),
    );
  });

  // Means are rounded to two places, half away from zero in both; a mean on the edge may fall to either side by its last bit.
  const near = (a: unknown, b: unknown, places: number): void =>
    expect(Math.abs(Number(a) - Number(b))).toBeLessThanOrEqual(1.001 * 10 ** -places);

  test("delays by state, by hour and by route are those of DuckDB", async () => {
    const late = "avg((delay > 15)::INT) AS late_share";
    const comparisons: [file: string, sql: string, keys: string[], exact: string[], rows: number][] = [
      [
        `read_csv('${reports}/by_state.csv')`,
        `SELECT state, count(*) AS flights, avg(delay) AS mean_delay, ${late}, count(DISTINCT origin) AS airports FROM located GROUP BY state`,
        ["state"],
        ["flights", "airports"],
        52,
      ],
      [
        `read_csv('${reports}/by_hour.csv')`,
        `SELECT hour, count(*) AS flights, avg(delay) AS mean_delay, ${late} FROM flights GROUP BY hour`,
        ["hour"],
        ["flights"],
        24,
      ],
      [
        `read_ndjson('${reports}/by_route.ndjson')`,
        "SELECT origin, destination, count(*) AS flights, avg(delay) AS mean_delay, any_value(distance) AS distance FROM flights GROUP BY ALL",
        ["origin", "destination"],
        ["flights"],
        3_399,
      ],
    ];
    for (const [file, sql, keys, exact, count] of comparisons) {
      const names = [...keys, ...exact].join(", ");
      expect(await difference(`SELECT ${names} FROM ${file}`, `SELECT ${names} FROM (${sql})`)).toEqual([]);
      const ours = await query(`SELECT * FROM ${file} ORDER BY ${keys.join(", ")}`);
      const theirs = await query(`SELECT * FROM (${sql}) ORDER BY ${keys.join(", ")}`);
      expect(ours.length).toBe(count);
      for (const [at, row] of ours.entries()) {
        near(row["mean_delay"], theirs[at]?.["mean_delay"], 2);
        if ("late_share" in row) near(row["late_share"], theirs[at]?.["late_share"], 4);
      }
    }
  });

  test("every route has one distance, or one of those that DuckDB finds", async () => {
    const strange = await query(`
      SELECT r.* FROM read_ndjson('${reports}/by_route.ndjson') r
      WHERE r.distance NOT IN (SELECT distance FROM flights f WHERE f.origin = r.origin AND f.destination = r.destination)`);
    expect(strange).toEqual([]);
  });

  test("the overview names the worst state and hour among those with 10,000 flights", async () => {
    const worst = (what: string, from: string): string =>
      `SELECT ${what} FROM (SELECT ${what}, avg(delay) AS mean FROM ${from} GROUP BY ${what} HAVING count(*) >= 10000) ORDER BY mean DESC LIMIT 1`;
    const [state] = await query(worst("state", "located"));
    const [hour] = await query(worst("hour", "flights"));
    const [ours] = await query(`SELECT worst_state AS state, worst_hour AS hour FROM '${reports}/overview.parquet'`);
    expect(ours).toEqual({ ...state, ...hour });
  });

  test("the frame of the final bucket and of another are at hand", async () => {
    expect((await (await result.frame(routes)).collect()).height).toBe(3_399);
    expect((await (await result.frame(delaysByPlace)).collect()).height).toBe(1);
  });
});

import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { Bucket, Dag, type LazyFrame, type RunResult, type Step } from "@glacier/core";
import { schemaOf, traceDag } from "@glacier/plan";
import { mode } from "@glacier/runtime-local";
import pl from "nodejs-polars";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { frameOf } from "./frame.ts";
import { generate } from "./generate.ts";
import type { TableName } from "./schema.ts";

const root = mkdtempSync(join(tmpdir(), "glacier-tpch-"));
vi.stubEnv("TPCH_ROOT", root);
const pipelines: Readonly<Record<string, Bucket>> = await import("./pipeline.ts");

/** The columns of each answer, by the specification. */
const columns: Readonly<Record<string, string>> = {
  q01: "l_returnflag l_linestatus sum_qty sum_base_price sum_disc_price sum_charge avg_qty avg_price avg_disc count_order",
  q02: "s_acctbal s_name n_name p_partkey p_mfgr s_address s_phone s_comment",
  q03: "l_orderkey revenue o_orderdate o_shippriority",
  q04: "o_orderpriority order_count",
  q05: "n_name revenue",
  q06: "revenue",
  q07: "supp_nation cust_nation l_year revenue",
  q08: "o_year mkt_share",
  q09: "nation o_year sum_profit",
  q10: "c_custkey c_name revenue c_acctbal n_name c_address c_phone c_comment",
  q11: "ps_partkey value",
  q12: "l_shipmode high_line_count low_line_count",
  q13: "c_count custdist",
  q14: "promo_revenue",
  q15: "s_suppkey s_name s_address s_phone total_revenue",
  q16: "p_brand p_type p_size supplier_cnt",
  q17: "avg_yearly",
  q18: "c_name c_custkey o_orderkey o_orderdate o_totalprice sum_quantity",
  q19: "revenue",
  q20: "s_name s_address",
  q21: "s_name numwait",
  q22: "cntrycode numcust totacctbal",
};
const queries = Object.keys(columns);

const stepOf = (query: string): Step => pipelines[query]?.step as Step;

/** What a query gives over tables that have no rows yet. */
async function overNothing(query: string): Promise<LazyFrame> {
  const { sources, task } = stepOf(query);
  const frames = Object.keys(sources).map((name) => [name, frameOf(name as TableName, []).lazy()] as const);
  return (await task(Object.fromEntries(frames))) as LazyFrame;
}

describe("the TPC-H example", () => {
  test("has 22 pipelines, named as they are exported", () => {
    expect(Object.keys(pipelines).sort()).toEqual(queries);
    expect(queries.length).toBe(22);
    for (const query of queries) expect(pipelines[query]?.name).toBe(query);
  });

  test.each(queries)("%s can be planned without data, and its plan can be serialised", async (query) => {
    const plan = await overNothing(query);
    expect((await plan.collect()).columns).toEqual(columns[query]?.split(" "));
    for (const format of ["json", "bincode"] as const) {
      const copy = pl.LazyDataFrame.deserialize(plan.serialize(format), format);
      expect(copy.columns).toEqual(columns[query]?.split(" "));
    }
  });
});

describe("with a small set of data", () => {
  let result: RunResult;
  let connection: DuckDBConnection;

  beforeAll(async () => {
    mkdirSync(join(root, "tpch"));
    connection = await (await DuckDBInstance.create(":memory:")).connect();
    for (const [table, frame] of Object.entries(generate())) {
      const path = join(root, "tpch", `${table}.parquet`);
      frame.writeParquet(path);
      await connection.run(`CREATE VIEW ${table} AS FROM '${path}'`);
    }
    result = await mode.run(Dag.of(Object.values(pipelines)));
  });
  afterAll(() => {
    connection.closeSync();
    rmSync(root, { recursive: true, force: true });
    vi.unstubAllEnvs();
  });

  type Rows = Record<string, unknown>[];
  const rowsOf = async (sql: string): Promise<Rows> => (await connection.runAndReadAll(sql)).getRowObjectsJson();

  test("all 22 queries run", () => {
    expect(result.status).toBe("succeeded");
    expect(result.steps.length).toBe(22);
  });

  test.each(queries)("%s gives what DuckDB gives for the query of the specification", async (query) => {
    const expected = await rowsOf(readFileSync(new URL(`queries/${query}.sql`, import.meta.url), "utf8"));
    const actual = await rowsOf(`FROM '${join(root, "answers", `${query}.parquet`)}'`);
    expect(expected.length).toBeGreaterThan(0);
    expect(actual.length).toBe(expected.length);
    for (const [at, row] of expected.entries()) {
      const ours = actual[at] as Rows[number];
      expect(Object.keys(ours)).toEqual(Object.keys(row));
      for (const [column, value] of Object.entries(row)) {
        expect(value, `${column} of row ${at}`).not.toBe(null);
        expectSame(ours[column], value, `${column} of row ${at}`);
      }
    }
  });

  test("the types that are read from the plans are those of the answers", async () => {
    const dag = Dag.of(Object.values(pipelines));
    const { steps } = await traceDag(dag, { schemaOf: () => Promise.reject(new Error("The schemas are declared.")) });
    expect(steps.length).toBe(22);
    for (const { step, schema } of steps) {
      expect(schema, step).toEqual(schemaOf(pl.readParquet(join(root, "answers", `${step}.parquet`))));
    }
  });
});

/** Decimals (as texts) and texts exactly; where one of both is a number, to nine digits. */
function expectSame(actual: unknown, expected: unknown, where: string): void {
  if (typeof actual !== "number" && typeof expected !== "number") {
    expect(actual, where).toBe(expected);
    return;
  }
  const [one, other] = [Number(actual), Number(expected)];
  expect(Math.abs(one - other), where).toBeLessThanOrEqual(1e-9 * Math.max(Math.abs(one), Math.abs(other)));
}

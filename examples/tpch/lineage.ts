import { schema, type TableName } from "./schema.ts";

// Written by hand, from the SQL of the queries: which columns the answers are made of, and what else decides about
// them. Names of columns are unique in TPC-H, so the table is left out here, and put before them below.

interface Written {
  /** For each column of the answer, what it is made of or depends on by itself. */
  readonly columns: Readonly<Record<string, readonly string[]>>;
  /** What decides about all rows: which columns, by how they do. */
  readonly dataset: Readonly<Record<string, string>>;
}

/** Columns that are in the answer as they are. */
const same = (...columns: readonly string[]): Record<string, readonly string[]> =>
  Object.fromEntries(columns.map((column) => [column, [`${column} identity`]]));

const revenue = ["l_extendedprice aggregation", "l_discount aggregation"];

const written: Readonly<Record<string, Written>> = {
  q01: {
    columns: {
      ...same("l_returnflag", "l_linestatus"),
      sum_qty: ["l_quantity aggregation"],
      sum_base_price: ["l_extendedprice aggregation"],
      sum_disc_price: revenue,
      sum_charge: [...revenue, "l_tax aggregation"],
      avg_qty: ["l_quantity aggregation"],
      avg_price: ["l_extendedprice aggregation"],
      avg_disc: ["l_discount aggregation"],
      count_order: [],
    },
    dataset: {
      filter: "l_shipdate",
      "group-by": "l_returnflag l_linestatus",
      sort: "l_returnflag l_linestatus",
    },
  },
  q02: {
    columns: same("s_acctbal", "s_name", "n_name", "p_partkey", "p_mfgr", "s_address", "s_phone", "s_comment"),
    dataset: {
      // The least cost of each part is looked for: so the part decides too.
      filter: "p_size p_type r_name ps_supplycost p_partkey",
      join: "p_partkey ps_partkey ps_suppkey s_suppkey s_nationkey n_nationkey n_regionkey r_regionkey",
      sort: "s_acctbal n_name s_name p_partkey",
    },
  },
  q03: {
    columns: { ...same("l_orderkey"), revenue, ...same("o_orderdate", "o_shippriority") },
    dataset: {
      filter: "c_mktsegment o_orderdate l_shipdate",
      join: "c_custkey o_custkey l_orderkey o_orderkey",
      "group-by": "l_orderkey o_orderdate o_shippriority",
      sort: "l_extendedprice l_discount o_orderdate",
    },
  },
  q04: {
    columns: { ...same("o_orderpriority"), order_count: [] },
    dataset: {
      filter: "o_orderdate l_commitdate l_receiptdate",
      join: "o_orderkey l_orderkey",
      "group-by": "o_orderpriority",
      sort: "o_orderpriority",
    },
  },
  q05: {
    columns: { ...same("n_name"), revenue },
    dataset: {
      filter: "o_orderdate r_name",
      join:
        "c_custkey o_custkey l_orderkey o_orderkey l_suppkey s_suppkey c_nationkey s_nationkey n_nationkey " +
        "n_regionkey r_regionkey",
      "group-by": "n_name",
      sort: "l_extendedprice l_discount",
    },
  },
  q06: {
    columns: { revenue },
    dataset: { filter: "l_shipdate l_discount l_quantity" },
  },
  q07: {
    columns: {
      supp_nation: ["n_name identity"],
      cust_nation: ["n_name identity"],
      l_year: ["l_shipdate transformation"],
      revenue,
    },
    dataset: {
      filter: "n_name l_shipdate",
      join: "s_suppkey l_suppkey o_orderkey l_orderkey c_custkey o_custkey s_nationkey c_nationkey n_nationkey",
      "group-by": "n_name l_shipdate",
      sort: "n_name l_shipdate",
    },
  },
  q08: {
    columns: { o_year: ["o_orderdate transformation"], mkt_share: [...revenue, "n_name conditional"] },
    dataset: {
      filter: "p_type o_orderdate r_name",
      join:
        "p_partkey l_partkey s_suppkey l_suppkey l_orderkey o_orderkey o_custkey c_custkey c_nationkey s_nationkey " +
        "n_nationkey n_regionkey r_regionkey",
      "group-by": "o_orderdate",
      sort: "o_orderdate",
    },
  },
  q09: {
    columns: {
      nation: ["n_name identity"],
      o_year: ["o_orderdate transformation"],
      sum_profit: [...revenue, "ps_supplycost aggregation", "l_quantity aggregation"],
    },
    dataset: {
      filter: "p_name",
      join: "s_suppkey l_suppkey ps_suppkey ps_partkey l_partkey p_partkey o_orderkey l_orderkey s_nationkey n_nationkey",
      "group-by": "n_name o_orderdate",
      sort: "n_name o_orderdate",
    },
  },
  q10: {
    columns: {
      ...same("c_custkey", "c_name"),
      revenue,
      ...same("c_acctbal", "n_name", "c_address", "c_phone", "c_comment"),
    },
    dataset: {
      filter: "o_orderdate l_returnflag",
      join: "c_custkey o_custkey l_orderkey o_orderkey c_nationkey n_nationkey",
      "group-by": "c_custkey c_name c_acctbal c_phone n_name c_address c_comment",
      sort: "l_extendedprice l_discount",
    },
  },
  q11: {
    columns: { ...same("ps_partkey"), value: ["ps_supplycost aggregation", "ps_availqty aggregation"] },
    dataset: {
      filter: "n_name ps_supplycost ps_availqty",
      join: "ps_suppkey s_suppkey s_nationkey n_nationkey",
      "group-by": "ps_partkey",
      sort: "ps_supplycost ps_availqty",
    },
  },
  q12: {
    columns: {
      ...same("l_shipmode"),
      high_line_count: ["o_orderpriority conditional"],
      low_line_count: ["o_orderpriority conditional"],
    },
    dataset: {
      filter: "l_shipmode l_commitdate l_receiptdate l_shipdate",
      join: "o_orderkey l_orderkey",
      "group-by": "l_shipmode",
      sort: "l_shipmode",
    },
  },
  q13: {
    columns: { c_count: ["o_orderkey aggregation"], custdist: [] },
    dataset: {
      filter: "o_comment",
      join: "c_custkey o_custkey",
      "group-by": "c_custkey o_orderkey",
      sort: "o_orderkey",
    },
  },
  q14: {
    columns: { promo_revenue: [...revenue, "p_type conditional"] },
    dataset: { filter: "l_shipdate", join: "l_partkey p_partkey" },
  },
  q15: {
    columns: { ...same("s_suppkey", "s_name", "s_address", "s_phone"), total_revenue: revenue },
    dataset: {
      filter: "l_shipdate l_extendedprice l_discount",
      join: "s_suppkey l_suppkey",
      "group-by": "l_suppkey",
      sort: "s_suppkey",
    },
  },
  q16: {
    columns: { ...same("p_brand", "p_type", "p_size"), supplier_cnt: ["ps_suppkey aggregation"] },
    dataset: {
      filter: "p_brand p_type p_size s_comment",
      join: "p_partkey ps_partkey ps_suppkey s_suppkey",
      "group-by": "p_brand p_type p_size",
      sort: "ps_suppkey p_brand p_type p_size",
    },
  },
  q17: {
    columns: { avg_yearly: ["l_extendedprice aggregation"] },
    // The average is that of a part: so the part decides too.
    dataset: { filter: "p_brand p_container l_quantity l_partkey", join: "p_partkey l_partkey" },
  },
  q18: {
    columns: {
      ...same("c_name", "c_custkey", "o_orderkey", "o_orderdate", "o_totalprice"),
      sum_quantity: ["l_quantity aggregation"],
    },
    dataset: {
      filter: "l_quantity",
      join: "c_custkey o_custkey o_orderkey l_orderkey",
      "group-by": "l_orderkey c_name c_custkey o_orderkey o_orderdate o_totalprice",
      sort: "o_totalprice o_orderdate",
    },
  },
  q19: {
    columns: { revenue },
    dataset: {
      filter: "p_brand p_container l_quantity p_size l_shipmode l_shipinstruct",
      join: "p_partkey l_partkey",
    },
  },
  q20: {
    columns: same("s_name", "s_address"),
    dataset: {
      filter: "p_name ps_availqty l_quantity l_shipdate n_name",
      join: "s_suppkey ps_suppkey ps_partkey p_partkey l_partkey l_suppkey s_nationkey n_nationkey",
      "group-by": "l_partkey l_suppkey",
      sort: "s_name",
    },
  },
  q21: {
    columns: { ...same("s_name"), numwait: [] },
    dataset: {
      filter: "o_orderstatus l_receiptdate l_commitdate l_suppkey n_name",
      join: "s_suppkey l_suppkey o_orderkey l_orderkey s_nationkey n_nationkey",
      "group-by": "l_orderkey s_name",
      sort: "s_name",
    },
  },
  q22: {
    columns: {
      cntrycode: ["c_phone transformation"],
      numcust: [],
      totacctbal: ["c_acctbal aggregation"],
    },
    dataset: { filter: "c_phone c_acctbal", join: "c_custkey o_custkey", "group-by": "c_phone", sort: "c_phone" },
  },
};

/** Each input as `lineitem.l_discount aggregation`, in the order of the alphabet. */
export interface ExpectedLineage {
  readonly columns: Readonly<Record<string, readonly string[]>>;
  readonly dataset: readonly string[];
}

/** By the name of the query. */
export const expectedLineage: Readonly<Record<string, ExpectedLineage>> = Object.fromEntries(
  Object.entries(written).map(([query, { columns, dataset }]) => [
    query,
    {
      columns: Object.fromEntries(Object.entries(columns).map(([column, inputs]) => [column, inputs.map(full).sort()])),
      dataset: Object.entries(dataset)
        .flatMap(([kind, names]) => names.split(" ").map((name) => full(`${name} ${kind}`)))
        .sort(),
    },
  ]),
);

/** With the table before the column. */
function full(input: string): string {
  const [column = ""] = input.split(" ");
  const table = (Object.keys(schema) as TableName[]).find((name) => Object.hasOwn(schema[name], column));
  if (table === undefined) throw new Error(`No table has a column ${column}.`);
  return `${table}.${input}`;
}

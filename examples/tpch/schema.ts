import pl from "nodejs-polars";

const key = pl.Int64;
const integer = pl.Int32;
const text = pl.String;
const date = pl.Date;
/** Money, quantities and rates. Sums of it are exact, as those of floats are not. */
const decimal = pl.Decimal(15, 2);

/** The eight tables of TPC-H, as the specification has them in its section 1.4. */
export const schema = {
  region: { r_regionkey: key, r_name: text, r_comment: text },
  nation: { n_nationkey: key, n_name: text, n_regionkey: key, n_comment: text },
  supplier: {
    s_suppkey: key,
    s_name: text,
    s_address: text,
    s_nationkey: key,
    s_phone: text,
    s_acctbal: decimal,
    s_comment: text,
  },
  part: {
    p_partkey: key,
    p_name: text,
    p_mfgr: text,
    p_brand: text,
    p_type: text,
    p_size: integer,
    p_container: text,
    p_retailprice: decimal,
    p_comment: text,
  },
  partsupp: { ps_partkey: key, ps_suppkey: key, ps_availqty: integer, ps_supplycost: decimal, ps_comment: text },
  customer: {
    c_custkey: key,
    c_name: text,
    c_address: text,
    c_nationkey: key,
    c_phone: text,
    c_acctbal: decimal,
    c_mktsegment: text,
    c_comment: text,
  },
  orders: {
    o_orderkey: key,
    o_custkey: key,
    o_orderstatus: text,
    o_totalprice: decimal,
    o_orderdate: date,
    o_orderpriority: text,
    o_clerk: text,
    o_shippriority: integer,
    o_comment: text,
  },
  lineitem: {
    l_orderkey: key,
    l_partkey: key,
    l_suppkey: key,
    l_linenumber: integer,
    l_quantity: decimal,
    l_extendedprice: decimal,
    l_discount: decimal,
    l_tax: decimal,
    l_returnflag: text,
    l_linestatus: text,
    l_shipdate: date,
    l_commitdate: date,
    l_receiptdate: date,
    l_shipinstruct: text,
    l_shipmode: text,
    l_comment: text,
  },
} as const;

export type TableName = keyof typeof schema;

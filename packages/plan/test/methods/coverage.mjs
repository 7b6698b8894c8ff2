// What Glacier can read of everything that nodejs-polars has, found out by trying. Both the test that nothing is missing
// and the page docs/plan-coverage.md are made from it.
import { expr, whenThen } from "./expressions.mjs";
import { lazyDataFrame, lazyGroupBy } from "./frames.mjs";
import { exprStatics, lazyDataFrameStatics, module, sqlContext } from "./functions.mjs";
import { sqlExpressions, sqlQueries } from "./sql.mjs";
import { dt, list, str, struct } from "./namespaces.mjs";

const type = (kind) => ({ kind });

const schema = [
  { name: "a", type: type("Int64") },
  { name: "b", type: type("Float64") },
  { name: "text", type: type("String") },
  { name: "time", type: { kind: "Datetime", unit: "ms", zone: undefined } },
  { name: "list", type: { kind: "List", inner: type("String") } },
  { name: "struct", type: { kind: "Struct", fields: [{ name: "x", type: type("Int64") }] } },
];

/** The names of what an object offers. */
const namesOf = (...objects) => {
  const names = objects.flatMap((object) => Object.getOwnPropertyNames(object));
  return [...new Set(names)].filter((name) => !["length", "name", "constructor", "prototype"].includes(name));
};

function sectionsOf(pl, lf) {
  const column = (name) => pl.col(name);
  const [a, b, text, time] = ["a", "b", "text", "time"].map(column);
  const when = pl.when(a);
  const then = when.then(b);
  const again = then.when(a);
  const inExpression = (make) => make(a, b, pl);
  const lists = (of) => (make) => make(of(column("list")), pl);
  return [
    { title: "LazyDataFrame", names: namesOf(lf), cases: lazyDataFrame, call: (make) => make(lf, pl) },
    { title: "LazyGroupBy", names: namesOf(lf.groupBy("a")), cases: lazyGroupBy, call: (make) => make(lf, pl) },
    { title: "Expr", names: namesOf(a), cases: expr, call: inExpression },
    { title: "Expr: str", names: namesOf(a.str), cases: str, call: (make) => make(text, pl) },
    { title: "Expr: list", names: namesOf(a.list), cases: list, call: lists((of) => of.list) },
    { title: "Expr: lst", names: namesOf(a.lst), cases: list, call: lists((of) => of.lst) },
    { title: "Expr: dt", names: namesOf(a.dt), cases: dt, call: (make) => make(time, pl) },
    { title: "Expr: struct", names: namesOf(a.struct), cases: struct, call: (make) => make(column("struct"), pl) },
    {
      title: "pl.when",
      names: namesOf(when, then, again, again.then(b)),
      cases: whenThen,
      call: inExpression,
    },
    { title: "pl", names: namesOf(pl.default ?? pl), cases: module, call: (make) => make(lf, pl) },
    { title: "pl.Expr", names: namesOf(pl.Expr), cases: exprStatics, call: (make) => make(lf, pl) },
    {
      title: "pl.LazyDataFrame",
      names: namesOf(pl.LazyDataFrame),
      cases: lazyDataFrameStatics,
      call: (make) => make(lf, pl),
    },
    {
      title: "pl.SQLContext",
      names: namesOf(Object.getPrototypeOf(pl.SQLContext())),
      cases: sqlContext,
      call: (make) => make(lf, pl),
    },
  ];
}

/** The SQL whose plans can be read, and that whose plans can't. */
export function sqlCoverageOf(pl, { decodePlan, makeLeaf }) {
  const lf = makeLeaf(pl, "table", schema).frame;
  const texts = [...sqlQueries, ...sqlExpressions.map((expression) => `SELECT ${expression} AS x FROM t`)];
  return texts.map((sql) => {
    try {
      decodePlan(pl, pl.SQLContext({ t: lf, u: lf }).execute(sql));
      return { sql, outcome: "read" };
    } catch (error) {
      return { sql, outcome: "opaque", error };
    }
  });
}

/**
 * @param pl nodejs-polars.
 * @param plan The functions `decodePlan` and `makeLeaf` of @glacier/plan.
 */
export function coverageOf(pl, { decodePlan, makeLeaf }) {
  const lf = makeLeaf(pl, "table", schema).frame;
  const outcomeOf = (make, call) => {
    const made = call(make);
    const query = pl.Expr.isExpr(made) ? lf.select(made) : made;
    try {
      decodePlan(pl, query);
      return { outcome: "read" };
    } catch (error) {
      return { outcome: "opaque", error };
    }
  };
  return sectionsOf(pl, lf).map(({ title, names, cases, call }) => ({
    title,
    missing: names.filter((name) => !Object.hasOwn(cases, name)),
    gone: Object.keys(cases).filter((name) => !names.includes(name)),
    methods: Object.entries(cases).map(([name, given]) => {
      const { kind, make, note } = typeof given === "function" ? { kind: "read", make: given } : given;
      return { name, kind, note, ...(make === undefined ? { outcome: kind } : outcomeOf(make, call)) };
    }),
  }));
}

import { Expressions } from "./expressions.ts";
import type { Typed } from "./methods.ts";
import { alias, array, type Chain, type Code, col, type Column, fn, name, object, type Op, value } from "./program.ts";
import type { Random } from "./random.ts";
import * as is from "./types.ts";

/** What an operation is made with. */
export interface Making {
  readonly random: Random;
  readonly columns: readonly Column[];
  /** A name that no column has. */
  readonly fresh: (stem: string) => string;
  readonly chain: Chain;
  /** The other frames of the step. */
  readonly others: readonly { readonly alias: string; readonly columns: readonly Column[] }[];
}

/** `undefined`: these columns don't allow it. */
export type Operation = (making: Making) => Op | undefined;

export const op = (
  before: readonly Column[],
  after: readonly Column[],
  method: string,
  ...args: readonly Code[]
): Op => ({ calls: [{ method, args: [...args] }], before, after });

const filter: Operation = ({ random, columns }) =>
  op(columns, columns, "filter", new Expressions(random, columns).condition());

/** Some get a new name, some take the place of a column. */
const withColumns: Operation = ({ random, columns, fresh }) => {
  const made = new Map<string, Typed>();
  for (let count = 1 + random.below(3); count > 0; count--) {
    const as = random.chance(0.25) ? random.pick(columns).name : fresh("made");
    made.set(as, new Expressions(random, columns).any());
  }
  const news = new Map([...made].map(([as, { type }]) => [as, { name: as, type }]));
  const kept = columns.map((column) => news.get(column.name) ?? column);
  const added = [...news.values()].filter((column) => !kept.includes(column));
  const args = [...made].map(([as, { code }]) => alias(code, as));
  return op(columns, [...kept, ...added], "withColumns", ...args);
};

const select: Operation = ({ random, columns, fresh }) => {
  const chosen = random.exactly(columns, Math.max(2, columns.length - random.below(3)));
  if (random.chance(0.6)) return op(columns, chosen, "select", ...chosen.map((column) => name(column.name)));
  const made = new Expressions(random, columns).any();
  const as = fresh("chosen");
  const args = [...chosen.map((column) => col(column.name)), alias(made.code, as)];
  return op(columns, [...chosen, { name: as, type: made.type }], "select", ...args);
};

const drop: Operation = ({ random, columns }) => {
  if (columns.length < 4) return undefined;
  const gone = random.some(columns, 2);
  const after = columns.filter((column) => !gone.includes(column));
  return op(columns, after, "drop", ...gone.map((column) => name(column.name)));
};

const rename: Operation = ({ random, columns, fresh }) => {
  const renamed = new Map(random.some(columns, 2).map((column) => [column, fresh(column.name)]));
  const after = columns.map((column) => {
    const to = renamed.get(column);
    return to === undefined ? column : { name: to, type: column.type };
  });
  const entries = [...renamed].map(([column, to]) => ({ from: column.name, to }));
  return op(columns, after, "rename", { kind: "names", entries });
};

const groupBy: Operation = ({ random, columns, fresh }) => {
  const plain = columns.filter((column) => is.isPlain(column.type));
  if (plain.length === 0 || columns.length < 3) return undefined;
  const keys = random.some(plain, Math.min(2, columns.length - 1));
  const keyCodes = keys.map((column) => (random.chance(0.5) ? name(column.name) : col(column.name)));
  const rest = columns.filter((column) => !keys.includes(column));
  const expressions = new Expressions(random, columns);
  const made: (Typed & { readonly as: string })[] = [{ code: fn("len"), type: "UInt32", as: fresh("rows") }];
  for (let count = 1 + random.below(4); count > 0; count--) {
    const as = fresh("figure");
    made.push({ ...expressions.aggregate(rest), as });
  }
  const after = [...keys, ...made.map(({ as, type }) => ({ name: as, type }))];
  return {
    calls: [
      { method: "groupBy", args: keyCodes.length === 1 ? keyCodes : [array(keyCodes)] },
      { method: "agg", args: made.map(({ code, as }) => alias(code, as)) },
    ],
    before: columns,
    after,
  };
};

const groupByDynamic: Operation = ({ random, columns, fresh }) => {
  const times = columns.filter((column) => is.isDay(column.type) || is.isTime(column.type));
  if (times.length === 0 || columns.length < 2) return undefined;
  const time = random.pick(times);
  const rest = columns.filter((column) => column !== time);
  const as = fresh("figure");
  const { code, type } = new Expressions(random, columns).aggregate(rest, false);
  const every = object({ indexColumn: name(time.name), every: value("1mo") });
  return {
    calls: [
      { method: "filter", args: [{ kind: "call", on: col(time.name), method: "isNotNull", args: [] }] },
      { method: "sort", args: [name(time.name)] },
      { method: "groupByDynamic", args: [every] },
      { method: "agg", args: [alias(code, as)] },
    ],
    before: columns,
    after: [time, { name: as, type }],
  };
};

const sort: Operation = ({ random, columns }) => {
  const plain = columns.filter((column) => is.isPlain(column.type));
  if (plain.length === 0) return undefined;
  const by = random.some(plain, 2).map((column) => name(column.name));
  const [only] = by;
  if (by.length === 1 && only !== undefined && random.chance(0.7)) return op(columns, columns, "sort", only);
  return op(columns, columns, "sort", array(by));
};

const unique: Operation = ({ random, columns }) => {
  const plain = columns.filter((column) => is.isPlain(column.type));
  if (plain.length === 0) return undefined;
  const subset = array(random.some(plain, 2).map((column) => name(column.name)));
  return op(columns, columns, "unique", object({ subset, keep: value(random.pick(["first", "any"])) }));
};

/** No `tail`: over an NDJSON file without rows, Polars ends the process. */
const head: Operation = ({ random, columns }) => op(columns, columns, random.pick(["head", "limit"]), value(4));

const dropNulls: Operation = ({ random, columns }) =>
  op(columns, columns, "dropNulls", ...random.some(columns, 2).map((column) => name(column.name)));

const explode: Operation = ({ random, columns }) => {
  const lists = columns.filter((column) => is.isList(column.type));
  if (lists.length === 0) return undefined;
  const list = random.pick(lists);
  const after = columns.map((column) =>
    column === list ? { name: column.name, type: is.elementOf(column.type) } : column,
  );
  return op(columns, after, "explode", random.chance(0.5) ? name(list.name) : col(list.name));
};

const unnest: Operation = ({ random, columns }) => {
  const structs = columns.filter((column) => is.isStruct(column.type));
  if (structs.length === 0) return undefined;
  const struct = random.pick(structs);
  const fields = is.fieldsOf(struct.type);
  if (fields.some((field) => columns.some((column) => column.name === field.name))) return undefined;
  const after = columns.flatMap((column) => (column === struct ? fields : [column]));
  return op(columns, after, "unnest", name(struct.name));
};

const unpivot: Operation = ({ random, columns, fresh }) => {
  const type = random.pick(columns).type;
  const alike = columns.filter((column) => column.type === type);
  const rest = columns.filter((column) => !alike.includes(column) && is.isPlain(column.type));
  if (alike.length < 2 || rest.length === 0 || is.isList(type) || is.isStruct(type)) return undefined;
  const ids = random.some(rest, 3);
  const [variable, values] = [fresh("what"), fresh("worth")];
  const of = (them: readonly Column[]): Code => array(them.map((column) => name(column.name)));
  const options = object({ variableName: value(variable), valueName: value(values) });
  const after = [...ids, { name: variable, type: "String" }, { name: values, type }];
  return op(columns, after, "unpivot", of(ids), of(alike), options);
};

/** Under the frame, what it was at first, or what another frame has of the same columns. */
const concat: Operation = ({ random, columns, chain }) => {
  if (chain.ops.length > 3) return undefined;
  const twin: Chain = structuredClone({ from: chain.from, ops: chain.ops });
  const kept = op(columns, columns, "filter", new Expressions(random, columns).condition());
  return op(columns, columns, "concat", { kind: "chain", chain: { from: twin.from, ops: [...twin.ops, kept] } });
};

export const operations: readonly Operation[] = [
  filter,
  filter,
  withColumns,
  withColumns,
  withColumns,
  select,
  drop,
  rename,
  groupBy,
  groupBy,
  groupByDynamic,
  sort,
  unique,
  head,
  dropNulls,
  explode,
  explode,
  unnest,
  unpivot,
  concat,
];

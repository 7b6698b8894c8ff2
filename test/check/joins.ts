import { type Making, op, type Operation } from "./operations.ts";
import { array, type Chain, type Code, type Column, name, object, type Op, value } from "./program.ts";
import * as is from "./types.ts";

type Pair = readonly [left: Column, right: Column];

/** Columns of both frames by which they can be joined. */
function pairs(left: readonly Column[], right: readonly Column[], fits: (type: string) => boolean): readonly Pair[] {
  const all = left.flatMap((one) => right.map((other): Pair => [one, other]));
  const fitting = all.filter(([one, other]) => one.type === other.type && fits(one.type));
  const same = fitting.filter(([one, other]) => one.name === other.name);
  return same.length > 0 ? same : fitting;
}

/** The columns after a join; `undefined` where two would have one name. */
function joined(left: readonly Column[], right: readonly Column[], suffix: string): readonly Column[] | undefined {
  const names = new Set(left.map((column) => column.name));
  const added = right.map((column) =>
    names.has(column.name) ? { name: column.name + suffix, type: column.type } : column,
  );
  const all = [...left, ...added];
  return new Set(all.map((column) => column.name)).size === all.length ? all : undefined;
}

const keysOf = ([left, right]: Pair): Readonly<Record<string, Code>> =>
  left.name === right.name ? { on: name(left.name) } : { leftOn: name(left.name), rightOn: name(right.name) };

/** Few rows for a key, so that frames stay small. */
function rightChain({ random }: Making, from: string, columns: readonly Column[], key: Column): Chain {
  const few = random.chance(0.7)
    ? op(columns, columns, "unique", object({ subset: array([name(key.name)]) }))
    : op(columns, columns, "head", value(3));
  return { from, ops: [few] };
}

const join: Operation = (making) => {
  const { random, columns, others } = making;
  const other = random.pick(others);
  const [pair] = random.exactly(pairs(columns, other.columns, is.isPlain), 1);
  if (pair === undefined) return undefined;
  const how = random.pick(["inner", "inner", "left", "left", "semi", "anti", "full"]);
  const suffix = random.chance(0.3) ? "_other" : undefined;
  const right = rightChain(making, other.alias, other.columns, pair[1]);
  const options = object({
    ...keysOf(pair),
    ...(how === "inner" && random.chance(0.5) ? {} : { how: value(how) }),
    ...(suffix === undefined ? {} : { suffix: value(suffix) }),
  });
  const added = how === "full" ? other.columns : other.columns.filter((column) => column !== pair[1]);
  const after = how === "semi" || how === "anti" ? columns : joined(columns, added, suffix ?? "right");
  return after === undefined ? undefined : op(columns, after, "join", { kind: "chain", chain: right }, options);
};

const cross: Operation = ({ random, columns, others }) => {
  const other = random.pick(others);
  const after = joined(columns, other.columns, "right");
  if (after === undefined) return undefined;
  const right: Chain = { from: other.alias, ops: [op(other.columns, other.columns, "head", value(2))] };
  return op(columns, after, "join", { kind: "chain", chain: right }, object({ how: value("cross") }));
};

const joinAsof: Operation = ({ random, columns, others }) => {
  const other = random.pick(others);
  const ordered = (type: string): boolean => is.isInteger(type) || is.isDay(type) || is.isTime(type);
  const [pair] = random.exactly(pairs(columns, other.columns, ordered), 1);
  if (pair === undefined) return undefined;
  const [left, right] = pair;
  const added = other.columns.filter((column) => column !== right || left.name !== right.name);
  const after = joined(columns, added, "_right");
  if (after === undefined) return undefined;
  const sorted: Op = op(other.columns, other.columns, "sort", name(right.name));
  const options = object({ ...keysOf(pair), strategy: value("backward") });
  const chain: Chain = { from: other.alias, ops: [sorted] };
  return {
    calls: [
      { method: "sort", args: [name(left.name)] },
      { method: "joinAsof", args: [{ kind: "chain", chain }, options] },
    ],
    before: columns,
    after,
  };
};

/** Another frame's rows below. */
const concat: Operation = ({ random, columns, others }) => {
  const other = random.pick(others);
  const shared = columns.filter((one) =>
    other.columns.some(({ name: as, type }) => as === one.name && type === one.type),
  );
  if (shared.length < 2) return undefined;
  const names = shared.map((column) => name(column.name));
  const chain: Chain = { from: other.alias, ops: [op(other.columns, shared, "select", ...names)] };
  return {
    calls: [
      { method: "select", args: names.map((each) => ({ ...each })) },
      { method: "concat", args: [{ kind: "chain", chain }] },
    ],
    before: columns,
    after: shared,
  };
};

/** Those for steps with several frames. */
export const joins: readonly Operation[] = [join, join, join, join, cross, joinAsof, concat];

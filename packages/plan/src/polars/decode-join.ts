import type { Join, PlanNode } from "../model/node.ts";
import { decodeScalar } from "./decode-literals.ts";
import type { DecodeContext } from "./decode-context.ts";
import { fields, flag, irrelevant, list, nullable, oneOf, only, raw, text, variant } from "./shape.ts";
import type { Steps } from "./steps.ts";
import { Unknown } from "./unknown.ts";

const parallel = irrelevant("Rows come out the same with one thread and with several.");

const shape = fields({
  input_left: raw,
  input_right: raw,
  left_on: list(raw),
  right_on: list(raw),
  predicates: list(raw),
  options: fields({
    allow_parallel: parallel,
    force_parallel: parallel,
    args: fields({
      how: raw,
      validation: oneOf("ManyToMany", "ManyToOne", "OneToMany", "OneToOne"),
      suffix: nullable(text),
      slice: only(null),
      nulls_equal: flag,
      coalesce: oneOf("JoinSpecific", "CoalesceColumns", "KeepColumns"),
      maintain_order: oneOf("None", "Left", "Right", "LeftRight", "RightLeft"),
      build_side: irrelevant(
        "It only says which table is kept in memory; the order of rows is that of `maintain_order`.",
      ),
    }),
  }),
});

const asofShape = fields({
  strategy: oneOf("Backward", "Forward", "Nearest"),
  tolerance: nullable(raw),
  tolerance_str: nullable(text),
  left_by: nullable(list(text)),
  right_by: nullable(list(text)),
  allow_eq: flag,
  check_sortedness: flag,
});

const kinds: Readonly<Record<string, Join["how"]>> = {
  Inner: "inner",
  Left: "left",
  Right: "right",
  Full: "full",
  Semi: "semi",
  Anti: "anti",
  Cross: "cross",
  AsOf: "asof",
};

/** Those of which Polars makes one column of two keys if it is not told. */
const oneKey: ReadonlySet<Join["how"]> = new Set(["inner", "left", "right", "asof"]);
/** Those in which there are keys of both. */
const canCoalesce: ReadonlySet<Join["how"]> = new Set([...oneKey, "full"]);

/** @throws Unknown */
export function* decodeJoin(value: unknown, context: DecodeContext): Steps<PlanNode> {
  const join = shape(value, "a join");
  const { args } = join.options;
  const [name, asof] = variant(args.how, "the kind of a join");
  const how = Object.hasOwn(kinds, name) ? kinds[name] : undefined;
  if (how === undefined) throw new Unknown(`the join \`${name}\``);
  if (how !== "asof" && asof !== undefined) throw new Unknown(`what belongs to the join \`${name}\``);
  if (join.predicates.length > 0) return yield* context.node(asFilter(value, join, how));
  const keys = sortedKeys(join.left_on, join.right_on, how);
  const decoded: Join = {
    kind: "join",
    left: yield* context.node(join.input_left),
    right: yield* context.node(join.input_right),
    how,
    leftOn: yield* context.expressions(keys.left),
    rightOn: yield* context.expressions(keys.right),
    suffix: args.suffix ?? "_right",
    coalesce:
      canCoalesce.has(how) &&
      (args.coalesce === "JoinSpecific" ? oneKey.has(how) : args.coalesce === "CoalesceColumns"),
    nullsEqual: args.nulls_equal,
    options: { validation: args.validation, maintain_order: args.maintain_order },
  };
  return how === "asof" ? { ...decoded, asof: asofOf(asof, context) } : decoded;
}

/** SQL's NATURAL JOIN has its keys in another order each time. It says nothing: all of them must be equal. */
function sortedKeys(
  left: readonly unknown[],
  right: readonly unknown[],
  how: Join["how"],
): { readonly left: readonly unknown[]; readonly right: readonly unknown[] } {
  const nameOf = (key: unknown) => (key as { readonly Column?: unknown } | null)?.Column;
  const isColumn = (key: unknown) => typeof nameOf(key) === "string";
  if (how === "asof" || left.length !== right.length || ![...left, ...right].every(isColumn)) return { left, right };
  const pairs = left.map((key, index) => ({ key, other: right[index], text: JSON.stringify([key, right[index]]) }));
  pairs.sort((one, other) => (one.text < other.text ? -1 : 1));
  return { left: pairs.map(({ key }) => key), right: pairs.map(({ other }) => other) };
}

function asofOf(value: unknown, context: DecodeContext): NonNullable<Join["asof"]> {
  const { left_by, right_by, tolerance, ...options } = asofShape(value, "an as-of join");
  return {
    leftBy: left_by ?? [],
    rightBy: right_by ?? [],
    options: { ...options, tolerance: tolerance === null ? null : decodeScalar(tolerance, context) },
  };
}

/** A join by conditions that are no keys: the pairs of rows for which they hold. */
function asFilter(value: unknown, join: ReturnType<typeof shape>, how: Join["how"]): unknown {
  const { args } = join.options;
  if (how !== "inner" || join.left_on.length > 0 || join.right_on.length > 0 || args.validation !== "ManyToMany") {
    throw new Unknown("a join by keys and by conditions");
  }
  const given = value as { readonly options: { readonly args: object } };
  const options = { ...given.options, args: { ...given.options.args, how: "Cross" } };
  let plan: unknown = { Join: { ...given, predicates: [], options } };
  for (const predicate of join.predicates) plan = { Filter: { input: plan, predicate } };
  return plan;
}

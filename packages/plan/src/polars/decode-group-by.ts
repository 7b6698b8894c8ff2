import type { GroupBy, PlanNode } from "../model/node.ts";
import type { DecodeContext } from "./decode-context.ts";
import { duration } from "./option-shapes.ts";
import { fields, flag, list, nullable, oneOf, only, raw, text } from "./shape.ts";
import type { Steps } from "./steps.ts";
import { Unknown } from "./unknown.ts";

const closed = oneOf("Left", "Right", "Both", "None");

const shape = fields({
  input: raw,
  keys: raw,
  predicates: list(raw),
  aggs: list(raw),
  maintain_order: flag,
  options: fields({
    dynamic: nullable(
      fields({
        index_column: text,
        every: duration,
        period: duration,
        offset: duration,
        label: oneOf("Left", "Right", "DataPoint"),
        include_boundaries: flag,
        closed_window: closed,
        start_by: oneOf(
          "WindowBound",
          "DataPoint",
          "Monday",
          "Tuesday",
          "Wednesday",
          "Thursday",
          "Friday",
          "Saturday",
          "Sunday",
        ),
      }),
    ),
    rolling: nullable(fields({ index_column: text, period: duration, offset: duration, closed_window: closed })),
    slice: only(null),
  }),
  apply: only(null),
});

/** @throws Unknown */
export function* decodeGroupBy(value: unknown, context: DecodeContext): Steps<PlanNode> {
  const group = shape(value, "a group-by");
  if (group.predicates.length > 0) return yield* context.node(withoutPredicates(value, group));
  const { dynamic, rolling } = group.options;
  if (dynamic !== null && rolling !== null) throw new Unknown("a group-by with two windows");
  const decoded: GroupBy = {
    kind: "group-by",
    input: yield* context.node(group.input),
    keys: yield* context.expressions(group.keys),
    aggregates: yield* context.expressions(group.aggs),
    stable: group.maintain_order,
  };
  if (dynamic !== null) return { ...decoded, window: windowOf("dynamic", dynamic) };
  if (rolling !== null) return { ...decoded, window: windowOf("rolling", rolling) };
  return decoded;
}

function windowOf(
  kind: "dynamic" | "rolling",
  { index_column, ...options }: { readonly index_column: string },
): NonNullable<GroupBy["window"]> {
  return { kind, index: index_column, options };
}

/** SQL's HAVING: the groups for which it holds. Said with columns that are made, looked at and taken away again. */
function withoutPredicates(value: unknown, { predicates, aggs }: ReturnType<typeof shape>): unknown {
  const names = predicates.map((_predicate, index) => `glacier having ${index}`);
  const made = predicates.map((predicate, index) => ({ Alias: [predicate, names[index]] }));
  let plan: unknown = { GroupBy: { ...(value as object), predicates: [], aggs: [...aggs, ...made] } };
  for (const name of names) plan = { Filter: { input: plan, predicate: { Column: name } } };
  const rest = { Difference: ["Wildcard", { ByName: { names, strict: true } }] };
  return {
    Select: {
      expr: [{ Selector: rest }],
      input: plan,
      options: { run_parallel: true, duplicate_check: true, should_broadcast: true },
    },
  };
}

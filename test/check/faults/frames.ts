import { op } from "../operations.ts";
import {
  alias,
  call,
  type Chain,
  type Code,
  col,
  type Column,
  fn,
  lit,
  name,
  object,
  type Op,
  type Pipeline,
  type Step,
  value,
} from "../program.ts";
import type { Random } from "../random.ts";
import * as is from "../types.ts";
import type { Expected, Plant } from "./fault.ts";
import { chainOf, columnsAt, downstreamOf, rightOf } from "./sites.ts";

const named = (columns: readonly Column[]): readonly string[] => columns.map((column) => column.name);

/** All places that fit, one of them chosen. */
const atOne =
  <Place>(
    places: (step: Step, each: Op, at: number) => readonly Place[],
    spoil: (place: Place, step: Step, at: number, random: Random) => Omit<Expected, "steps"> | undefined,
  ): Plant =>
  (pipeline: Pipeline, random) => {
    const fitting = pipeline.steps.flatMap((step) =>
      step.body.ops.flatMap((each, at) => places(step, each, at).map((place) => ({ place, step, at }))),
    );
    if (fitting.length === 0) return undefined;
    const { place, step, at } = random.pick(fitting);
    const expected = spoil(place, step, at, random);
    return expected === undefined ? undefined : { ...expected, steps: [step.name] };
  };

const callOf = (each: Op, method: string): { method: string; readonly args: Code[] } | undefined =>
  each.calls.find((one) => one.method === method);

type Entries = (readonly [key: string, value: Code])[];

const optionsOf = (each: Op): Entries | undefined => {
  const options = (callOf(each, "join") ?? callOf(each, "joinAsof"))?.args[1];
  return options?.kind === "object" ? options.entries : undefined;
};

const keyed = (_: Step, each: Op): readonly { readonly options: Entries; readonly each: Op }[] => {
  const options = optionsOf(each);
  return options === undefined ||
    options.some(([key, of]) => key === "how" && of.kind === "value" && of.value === "cross")
    ? []
    : [{ options, each }];
};

/** Keys of two types that have nothing in common. */
const keyOfOtherType = atOne(keyed, ({ options, each }, _step, _at, random) => {
  const pairs = each.before.flatMap((left) =>
    rightOf(each)
      .filter(
        (right) => is.isText(left.type) !== is.isText(right.type) && is.isPlain(left.type) && is.isPlain(right.type),
      )
      .map((right) => [left.name, right.name] as const),
  );
  if (pairs.length === 0) return undefined;
  const [left, right] = random.pick(pairs);
  const kept = options.filter(([key]) => !/on$/i.test(key));
  options.splice(0, options.length, ["leftOn", name(left)], ["rightOn", name(right)], ...kept);
  return { columns: [...named(each.before), ...named(rightOf(each))] };
});

const keyMissing = atOne(keyed, ({ options, each }, _step, _at, random) => {
  const lonely = each.before.filter(({ name: of }) => !named(rightOf(each)).includes(of));
  if (lonely.length === 0) return undefined;
  const { name: of } = random.pick(lonely);
  options.splice(0, options.length, ["on", name(of)], ...options.filter(([key]) => !/on$/i.test(key)));
  return { columns: [of], namesColumn: true };
});

const withoutKeys: Plant = (pipeline, random) => {
  const joins = (step: Step, each: Op): ReturnType<typeof keyed> =>
    callOf(each, "join") === undefined ? [] : keyed(step, each);
  return withOthers(
    pipeline,
    atOne(joins, ({ options }) => {
      options.splice(0, options.length, ...options.filter(([key]) => !/on$/i.test(key)));
      return {};
    })(pipeline, random),
  );
};

/** The steps after it get other columns. */
function withOthers(pipeline: Pipeline, planted: Expected | undefined): Expected | undefined {
  const step = pipeline.steps.find(({ name: of }) => planted?.steps.includes(of));
  if (planted === undefined || step === undefined) return undefined;
  return { ...planted, others: downstreamOf(pipeline, step.target.path).map(({ name: of }) => of) };
}

const concats = (_: Step, each: Op): readonly Chain[] => {
  const chain = chainOf(each);
  return callOf(each, "concat") === undefined || chain === undefined ? [] : [chain];
};

const concatWithMore = atOne(concats, (chain) => {
  const columns = chain.ops.at(-1)?.after ?? [];
  chain.ops.push(op(columns, [...columns, { name: "extra", type: "Int64" }], "withColumns", alias(lit(1), "extra")));
  return { columns: ["extra"] };
});

const concatOfOtherNames = atOne(concats, (chain, _step, _at, random) => {
  const columns = chain.ops.at(-1)?.after ?? [];
  const { name: from } = random.pick(columns);
  chain.ops.push(op(columns, columns, "rename", { kind: "names", entries: [{ from, to: "another" }] }));
  return { columns: [from, "another"] };
});

const everyPlace = (step: Step, _each: Op, at: number): readonly (readonly Column[])[] => [columnsAt(step, at)];

const inserting = (insert: (columns: readonly Column[], random: Random) => Op["calls"] | undefined): Plant =>
  atOne(everyPlace, (columns, step, at, random) => {
    const calls = insert(columns, random);
    if (calls === undefined) return undefined;
    step.body.ops.splice(at, 0, { calls, before: columns, after: columns });
    return { columns: named(columns) };
  });

const two = (columns: readonly Column[], random: Random): readonly [string, string] | undefined => {
  const [one, other] = random.exactly(columns, 2);
  return one === undefined || other === undefined ? undefined : [one.name, other.name];
};

/** One figure more in a group-by. The steps after it get a column more. */
const aggregating =
  (fits: (type: string) => boolean, make: (of: Code) => Code): Plant =>
  (pipeline, random) => {
    const groups = (_: Step, each: Op): readonly { readonly each: Op; readonly of: Column }[] =>
      callOf(each, "agg") === undefined ? [] : each.before.filter(({ type }) => fits(type)).map((of) => ({ each, of }));
    const planted = atOne(groups, ({ each, of }) => {
      callOf(each, "agg")?.args.push(alias(make(col(of.name)), "wrong"));
      return { columns: [of.name], mayHaveNoRows: true };
    });
    return withOthers(pipeline, planted(pipeline, random));
  };

const windowsOver = (fits: (type: string) => boolean): Plant =>
  inserting((columns, random) => {
    const fitting = columns.filter(({ type }) => fits(type));
    if (fitting.length === 0) return undefined;
    const options = object({ indexColumn: name(random.pick(fitting).name), every: value("1d") });
    return [
      { method: "groupByDynamic", args: [options] },
      { method: "agg", args: [fn("len")] },
    ];
  });

export const frameFaults: Readonly<Record<string, Plant>> = {
  "join keys of other types": keyOfOtherType,
  "join key that only the left has": keyMissing,
  "join without keys": withoutKeys,
  "concat with a column more": concatWithMore,
  "concat of other names": concatOfOtherNames,
  "two columns of one name": inserting((columns, random) => {
    const names = two(columns, random);
    return names && [{ method: "select", args: [col(names[0]), alias(col(names[1]), names[0])] }];
  }),
  "renamed to a name that is there": inserting((columns, random) => {
    const names = two(columns, random);
    return names && [{ method: "rename", args: [{ kind: "names", entries: [{ from: names[0], to: names[1] }] }] }];
  }),
  "keys of groups apart": inserting((columns, random) => {
    const names = two(columns, random);
    return names && [{ method: "groupBy", args: [name(names[0]), name(names[1])] }];
  }),
  "text for a number of rows": inserting(() => [{ method: "head", args: [value("four")] }]),
  "mean of text in a group": aggregating(is.isText, (of) => call(of, "mean")),
  "sum of text in a group": aggregating(is.isText, (of) => call(of, "sum")),
  "product of text in a group": aggregating(is.isText, (of) => call(call(of, "mul", value(2)), "sum")),
  "year of text in a group": aggregating(is.isText, (of) => call(call(of, "dt.year"), "max")),
  "windows of time over text": windowsOver(is.isText),
};

import { alias, call, col, type Column, fn, lit, name, type Pipeline, value } from "../program.ts";
import { op } from "../operations.ts";
import * as is from "../types.ts";
import type { Expected, Plant } from "./fault.ts";
import { chainOf, columnsAt, downstreamOf, readersOf, rightOf, type Site, sites } from "./sites.ts";

interface Passed {
  readonly site: Site;
  readonly column: Column;
  readonly writer: Pipeline["steps"][number];
}

/** Where a step uses a column as another step has written it. */
function passed(pipeline: Pipeline, fits: (column: Column) => boolean = () => true): readonly Passed[] {
  return [...sites(pipeline)].flatMap((site): readonly Passed[] => {
    const column = site.columns.find((each) => each.name === site.name);
    const input = site.step.inputs.find(({ columns }) => column !== undefined && columns.includes(column));
    const writer = pipeline.steps.find(({ target }) => target.path === input?.path);
    if (column === undefined || writer === undefined || writer.target.schema !== undefined || !fits(column)) return [];
    // Else another frame may bring it in.
    const isElsewhere = site.step.inputs.some(
      (each) => each !== input && each.columns.some(({ name: of }) => of === column.name),
    );
    return isElsewhere || columnsAt(writer, writer.body.ops.length).length < 2 ? [] : [{ site, column, writer }];
  });
}

/** Something at the end of the step that writes a column takes it away. */
const takenAway =
  (take: (column: Column, columns: readonly Column[]) => readonly ReturnType<typeof op>[]): Plant =>
  (pipeline, random) => {
    const fitting = passed(pipeline);
    if (fitting.length === 0) return undefined;
    const { column, writer } = random.pick(fitting);
    const columns = columnsAt(writer, writer.body.ops.length);
    const added = take(column, columns);
    if (added.length === 0) return undefined;
    writer.body.ops.push(...added);
    const left = added.at(-1)?.after ?? [];
    const gone = columns.filter((each) => !left.includes(each)).map((each) => each.name);
    const steps = readersOf(pipeline, writer.target.path).map((step) => step.name);
    const others = downstreamOf(pipeline, writer.target.path).map((step) => step.name);
    return { steps, columns: gone, namesColumn: true, others };
  };

const dropped = takenAway((column, columns) => {
  const after = columns.filter((each) => each !== column);
  return [op(columns, after, "drop", name(column.name))];
});

const notSelected = takenAway((column, columns) => {
  const after = columns.filter((each) => each !== column);
  return [op(columns, after, "select", ...after.map((each) => name(each.name)))];
});

const renamed = takenAway((column, columns) => {
  const to = `new_${column.name}`;
  const after = columns.map((each) => (each === column ? { name: to, type: each.type } : each));
  return [op(columns, after, "rename", { kind: "names", entries: [{ from: column.name, to }] })];
});

const grouped = takenAway((column, columns) => {
  const key = columns.find((each) => each !== column && is.isPlain(each.type));
  if (key === undefined) return [];
  const after = [key, { name: "how_many", type: "UInt32" }];
  const calls = [
    { method: "groupBy", args: [name(key.name)] },
    { method: "agg", args: [alias(fn("len"), "how_many")] },
  ];
  return [{ calls, before: columns, after }];
});

/** Uses a column in a step by a name that it has not got at that place. */
function used(pipeline: Pipeline, at: { readonly step: number; readonly op: number }, wrong: string): Expected {
  const step = pipeline.steps[at.step] as Pipeline["steps"][number];
  const columns = columnsAt(step, at.op);
  step.body.ops.splice(at.op, 0, op(columns, columns, "filter", call(col(wrong), "isNotNull")));
  return { steps: [step.name], columns: [wrong], namesColumn: true };
}

/** After an operation that has made something of its columns. */
const afterOp =
  (wrongIn: (op: Pipeline["steps"][number]["body"]["ops"][number]) => readonly string[]): Plant =>
  (pipeline, random) => {
    const fitting = pipeline.steps.flatMap((step, at) =>
      step.body.ops.flatMap((each, place) => {
        const names = new Set(each.after.map((column) => column.name));
        return wrongIn(each)
          .filter((wrong) => !names.has(wrong))
          .map((wrong) => ({ step: at, op: place + 1, wrong }));
      }),
    );
    if (fitting.length === 0) return undefined;
    const { wrong, ...at } = random.pick(fitting);
    return used(pipeline, at, wrong);
  };

const names = (columns: readonly Column[]): readonly string[] => columns.map((column) => column.name);
const methodsOf = (each: { readonly calls: readonly { readonly method: string }[] }): readonly string[] =>
  each.calls.map(({ method }) => method);

const afterMethod = (...methods: readonly string[]): Plant =>
  afterOp((each) => (methodsOf(each).some((method) => methods.includes(method)) ? names(each.before) : []));

const isJoin = (each: Parameters<typeof methodsOf>[0]): boolean => methodsOf(each).includes("join");

/** `x_right` or `x`, for a column that is called `xright` after the join. */
const wrongSuffix = afterOp((each) => {
  if (!isJoin(each)) return [];
  const both = names(rightOf(each)).filter((shared) => names(each.before).includes(shared));
  return both.flatMap((shared) =>
    names(each.after).some((after) => after === `${shared}right` || after === `${shared}_other`)
      ? [`${shared}_right`, `right.${shared}`]
      : [],
  );
});

const ofTheRight = afterOp((each) => (isJoin(each) ? names(rightOf(each)) : []));

const beforeJoin: Plant = (pipeline, random) => {
  const fitting = pipeline.steps.flatMap((step, at) =>
    step.body.ops.flatMap((each, place) => {
      const own = names(each.before);
      const others = chainOf(each) === undefined || !isJoin(each) ? [] : names(rightOf(each));
      return others.filter((other) => !own.includes(other)).map((wrong) => ({ step: at, op: place, wrong }));
    }),
  );
  if (fitting.length === 0) return undefined;
  const { wrong, ...at } = random.pick(fitting);
  return used(pipeline, at, wrong);
};

/** `eq("paid")` compares with a column. */
const textForColumn: Plant = (pipeline, random) => {
  const step = random.pick(pipeline.steps);
  const at = random.below(step.body.ops.length + 1);
  const columns = columnsAt(step, at);
  const texts = columns.filter((column) => is.isText(column.type));
  if (texts.length === 0) return undefined;
  step.body.ops.splice(
    at,
    0,
    op(columns, columns, "filter", call(col(random.pick(texts).name), "eq", value("shipped"))),
  );
  return { steps: [step.name], columns: ["shipped"], namesColumn: true };
};

const sameWithColumns: Plant = (pipeline, random) => {
  const step = random.pick(pipeline.steps);
  const at = random.below(step.body.ops.length + 1);
  const columns = columnsAt(step, at);
  const made = [alias(lit(1), "one_of_them"), alias(call(col("one_of_them"), "add", value(1)), "two_of_them")];
  step.body.ops.splice(at, 0, op(columns, columns, "withColumns", ...made));
  return { steps: [step.name], columns: ["one_of_them"], namesColumn: true };
};

export const nameFaults: Readonly<Record<string, Plant>> = {
  "dropped in an earlier step": dropped,
  "not selected in an earlier step": notSelected,
  "renamed in an earlier step": renamed,
  "lost in a group-by of an earlier step": grouped,
  "used after drop": afterMethod("drop"),
  "used after select": afterMethod("select"),
  "used by its old name": afterMethod("rename"),
  "used after a group-by": afterMethod("agg"),
  "used after unpivot": afterMethod("unpivot"),
  "used after unnest": afterMethod("unnest"),
  "wrong suffix after a join": wrongSuffix,
  "column of the right that the join left out": ofTheRight,
  "column of the right before the join": beforeJoin,
  "text that is taken for a column": textForColumn,
  "made in the same withColumns": sameWithColumns,
};

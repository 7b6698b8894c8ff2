import { op } from "../operations.ts";
import {
  call,
  codeIn,
  col,
  type Code,
  type Column,
  type Format,
  type Pipeline,
  type Source,
  type Step,
} from "../program.ts";
import type { Random } from "../random.ts";
import * as is from "../types.ts";
import type { Expected, Plant } from "./fault.ts";
import { misspelt } from "./misspelt.ts";
import { addStep, chainOf, columnsAt, downstreamOf, readersOf, sites } from "./sites.ts";
import { calculateFirst } from "./types.ts";

const written = (step: Step): readonly Column[] => columnsAt(step, step.body.ops.length);

const contract =
  (
    spoil: (
      columns: readonly Column[],
      random: Random,
    ) => { readonly schema: readonly Column[]; readonly column: string } | undefined,
    strict: boolean,
  ): Plant =>
  (pipeline, random) => {
    const step = random.pick(pipeline.steps);
    if (step.target.format !== "parquet" && step.target.format !== "ipc") return undefined;
    const spoilt = spoil(written(step), random);
    if (spoilt === undefined) return undefined;
    step.target = { ...step.target, schema: spoilt.schema, strict };
    const others = downstreamOf(pipeline, step.target.path).map(({ name }) => name);
    return { steps: [step.name], columns: [spoilt.column], namesColumn: true, others };
  };

const declaresMore = contract(
  (columns) => ({ schema: [...columns, { name: "absent", type: "Int64" }], column: "absent" }),
  false,
);

const declaresOther = contract((columns, random) => {
  const wrong = random.pick(columns);
  const type = is.isText(wrong.type) ? "Int64" : "String";
  return { schema: columns.map((each) => (each === wrong ? { name: each.name, type } : each)), column: wrong.name };
}, false);

const declaresFewer = contract((columns, random) => {
  if (columns.length < 2) return undefined;
  const gone = random.pick(columns);
  return { schema: columns.filter((each) => each !== gone), column: gone.name };
}, true);

const sourceMissing: Plant = ({ sources }, random) => {
  const bare = sources.filter(({ schema }) => schema === undefined);
  if (bare.length === 0) return undefined;
  const source = random.pick(bare);
  source.isMissing = true;
  return { steps: [], bucket: `lake/${source.path}` };
};

/** The schema of a source leaves out what a step uses. */
const declaredWithout: Plant = (pipeline, random) => {
  const fitting = [...sites(pipeline)].flatMap((site) => {
    const column = site.columns.find(({ name }) => name === site.name);
    const source = pipeline.sources.find(({ columns }) => column !== undefined && columns.includes(column));
    const { inputs } = site.step;
    const isRead = inputs.some(({ path }) => path === source?.path);
    // Else another frame may bring it in.
    const isElsewhere = inputs.some(
      (input) => input.path !== source?.path && input.columns.some(({ name }) => name === site.name),
    );
    return column === undefined || source === undefined || !isRead || isElsewhere ? [] : [{ column, source }];
  });
  if (fitting.length === 0) return undefined;
  const { column, source } = random.pick(fitting);
  // The columns of CSV with a schema go by place.
  if (source.format === "csv" || source.columns.length < 2) return undefined;
  source.schema = source.columns.filter((each) => each !== column);
  return { ...readers(pipeline, source), columns: [column.name], namesColumn: true };
};

function readers(pipeline: Pipeline, { path }: Source): Pick<Expected, "steps" | "others"> {
  return {
    steps: readersOf(pipeline, path).map(({ name }) => name),
    others: downstreamOf(pipeline, path).map(({ name }) => name),
  };
}

/** The schema of a source has text, where a step calculates. */
const declaredAsText: Plant = (pipeline, random) => {
  const fitting = pipeline.steps.flatMap((step) => {
    const input = step.inputs.find(({ alias }) => alias === step.body.from);
    const source = pipeline.sources.find(({ path }) => path === input?.path);
    return source === undefined
      ? []
      : source.columns.filter(({ type }) => is.isNumber(type)).map((column) => ({ step, source, column }));
  });
  if (fitting.length === 0) return undefined;
  const { step, source, column } = random.pick(fitting);
  source.schema = source.columns.map((each) => (each === column ? { name: each.name, type: "String" } : each));
  calculateFirst(step, column);
  return { ...readers(pipeline, source), columns: source.columns.map(({ name }) => name) };
};

const returning =
  (returns: NonNullable<Step["returns"]>): Plant =>
  ({ steps }, random) => {
    const step = random.pick(steps);
    step.returns = returns;
    return { steps: [step.name] };
  };

/** `({ lfet, right }) => lfet.join(…)`. */
const misspeltSource: Plant = ({ steps }, random) => {
  const several = steps.filter(({ inputs }) => inputs.length > 1);
  if (several.length === 0) return undefined;
  const step = random.pick(several);
  const joined = step.body.ops.map(chainOf).find((chain) => chain !== undefined);
  const chain = joined !== undefined && random.chance(0.5) ? joined : step.body;
  chain.from = misspelt(
    random,
    chain.from,
    step.inputs.map(({ alias }) => alias),
  );
  return { steps: [step.name] };
};

const misspeltMethod: Plant = ({ steps }, random) => {
  const step = random.pick(steps);
  const calls: { method: string }[] = step.body.ops.flatMap((each) =>
    each.calls.filter(({ method }) => method !== "concat"),
  );
  if (calls.length === 0) return undefined;
  const one = random.pick(calls);
  one.method = misspelt(random, one.method, ["sorts"]);
  return { steps: [step.name] };
};

const misspeltFunction: Plant = ({ steps }, random) => {
  const step = random.pick(steps);
  const codes = step.body.ops.flatMap(({ calls }) =>
    calls.flatMap(({ args }) => args.flatMap((arg) => [...codeIn(arg)])),
  );
  const calls = codes.filter(
    (code): code is Code & { kind: "call" } => code.kind === "call" && code.method !== "alias",
  );
  if (calls.length === 0) return undefined;
  const one = random.pick(calls);
  one.method = one.method.replace(/\w+$/, (last) => `${last}_of`);
  return { steps: [step.name] };
};

const formatWithout =
  (format: Format, fits: (type: string) => boolean): Plant =>
  (pipeline, random) => {
    const fitting = pipeline.steps.filter(
      (step) => step.target.schema === undefined && written(step).some(({ type }) => fits(type)),
    );
    if (fitting.length === 0) return undefined;
    const step = random.pick(fitting);
    const { path } = step.target;
    const to = path.replace(/\w+$/, format);
    const readBy = readersOf(pipeline, path);
    const others = downstreamOf(pipeline, path).map(({ name }) => name);
    for (const { inputs } of readBy) for (const input of inputs) if (input.path === path) input.path = to;
    step.target = { ...step.target, path: to, format };
    return {
      steps: [step.name],
      columns: written(step)
        .filter(({ type }) => fits(type))
        .map(({ name }) => name),
      others,
    };
  };

/** The length of a text is a number that Polars takes for a text when it writes. */
const misstated =
  (format: Format): Plant =>
  (pipeline, random) => {
    const bare = pipeline.sources.filter(({ columns }) => columns.some(({ type }) => is.isText(type)));
    if (bare.length === 0) return undefined;
    const step = addStep(pipeline, random.pick(bare));
    const columns = columnsAt(step, 0);
    const { name: column } = columns.find(({ type }) => is.isText(type)) as Column;
    step.body.ops.push(op(columns, columns, "withColumns", call(col(column), "str.lengths")));
    step.target = { ...step.target, path: step.target.path.replace(/\w+$/, format), format };
    return { steps: [step.name], columns: [column], namesColumn: true };
  };

export const placeFaults: Readonly<Record<string, Plant>> = {
  "target declares a column that is not there": declaresMore,
  "target declares another type": declaresOther,
  "strict target does not declare a column": declaresFewer,
  "source is not there": sourceMissing,
  "schema of a source without a column": declaredWithout,
  "schema of a source with another type": declaredAsText,
  "task returns nothing": returning("nothing"),
  "task returns a number": returning("number"),
  "task returns a text": returning("text"),
  "misspelt source of a task": misspeltSource,
  "misspelt method": misspeltMethod,
  "misspelt function of a column": misspeltFunction,
  "CSV target for a list": formatWithout("csv", is.isList),
  "Parquet target for a length": misstated("parquet"),
  "Arrow IPC target for a length": misstated("ipc"),
  "CSV target for a struct": formatWithout("csv", is.isStruct),
};

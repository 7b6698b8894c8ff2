import { op } from "../operations.ts";
import {
  alias,
  array,
  call,
  type Code,
  col,
  type Column,
  fn,
  lit,
  name,
  type Op,
  type Step,
  type,
  value,
  whole,
} from "../program.ts";
import * as is from "../types.ts";
import type { Plant } from "./fault.ts";
import { addStep, columnsAt, downstreamOf, readersOf } from "./sites.ts";

/** The name of a field that no struct has. */
const noField = "zip";

type Fits = (type: string) => boolean;
type Wrong = (of: Code, column: Column, columns: readonly Column[]) => Code | undefined;

/** An operation that does something with a column that its type has not got. */
const inserted =
  (fits: Fits, insert: (column: Column, columns: readonly Column[]) => Op["calls"] | undefined): Plant =>
  (pipeline, random) => {
    const bare = pipeline.sources.filter(({ columns }) => columns.some((column) => fits(column.type)));
    const isCertain = bare.length > 0 && random.chance(0.5);
    const steps = isCertain ? [addStep(pipeline, random.pick(bare))] : pipeline.steps;
    const places = steps.flatMap((step) =>
      Array.from({ length: step.body.ops.length + 1 }, (_, at) =>
        columnsAt(step, at)
          .filter((column) => fits(column.type))
          .map((column) => ({ step, at, column })),
      ).flat(),
    );
    if (places.length === 0) return undefined;
    const { step, at, column } = random.pick(places);
    const columns = columnsAt(step, at);
    const calls = insert(column, columns);
    if (calls === undefined) return undefined;
    step.body.ops.splice(at, 0, { calls, before: columns, after: columns });
    return { steps: [step.name], columns: [...columns.map((each) => each.name), noField], mayHaveNoRows: !isCertain };
  };

/** In a filter: what no later operation needs is not computed. */
const computed = (fits: Fits, wrong: Wrong): Plant =>
  inserted(fits, (column, columns) => {
    const code = wrong(col(column.name), column, columns);
    return code === undefined ? undefined : [{ method: "filter", args: [call(code, "isNotNull")] }];
  });

const filtered = (fits: Fits, wrong: Wrong): Plant =>
  inserted(fits, (column, columns) => {
    const code = wrong(col(column.name), column, columns);
    return code === undefined ? undefined : [{ method: "filter", args: [code] }];
  });

const isScalar: Fits = (of) => !is.isList(of) && !is.isStruct(of);
const isTemporal: Fits = (of) => is.isDay(of) || is.isTime(of);

const other = (columns: readonly Column[], fits: Fits): Code | undefined => {
  const found = columns.find((column) => fits(column.type));
  return found === undefined ? undefined : col(found.name);
};

/** In the step that writes it, at the end, a number becomes text; the next calculates with it. */
const changedBefore: Plant = (pipeline, random) => {
  const places = pipeline.steps.flatMap((writer) => {
    const readers = readersOf(pipeline, writer.target.path);
    const numbers = columnsAt(writer, writer.body.ops.length).filter((column) => is.isNumber(column.type));
    const isBare = writer.target.schema === undefined && readers.length > 0;
    return isBare ? numbers.flatMap((column) => readers.map((reader) => ({ writer, column, reader }))) : [];
  });
  const fitting = places.filter(({ writer, reader }) => inputOf(reader, writer.target.path));
  if (fitting.length === 0) return undefined;
  const { writer, column, reader } = random.pick(fitting);
  const columns = columnsAt(writer, writer.body.ops.length);
  const after = columns.map((each) => (each === column ? { name: each.name, type: "String" } : each));
  writer.body.ops.push(op(columns, after, "withColumns", castText(column.name)));
  calculateFirst(reader, column);
  const steps = readersOf(pipeline, writer.target.path).map((step) => step.name);
  const others = downstreamOf(pipeline, writer.target.path).map((step) => step.name);
  return { steps, columns: columns.map((each) => each.name), others };
};

const inputOf = ({ inputs, body }: Step, path: string): boolean =>
  inputs.some((input) => input.path === path && input.alias === body.from);

export function calculateFirst(step: Step, column: Column): void {
  const columns = columnsAt(step, 0);
  step.body.ops.unshift(op(columns, columns, "filter", doubled(column.name)));
}

const castText = (column: string): Code => alias(call(col(column), "cast", type("String")), column);

const doubled = (column: string): Code => call(call(col(column), "mul", value(2)), "gt", value(1));

const changedInStep = inserted(is.isNumber, (column) => [
  { method: "withColumns", args: [castText(column.name)] },
  { method: "filter", args: [doubled(column.name)] },
]);

export const typeFaults: Readonly<Record<string, Plant>> = {
  "text method on a number": computed(is.isNumber, (of) => call(of, "str.contains", value("a"))),
  "text method on a date": computed(isTemporal, (of) => call(of, "str.slice", value(0), value(4))),
  "text method on a list": computed(is.isList, (of) => call(of, "str.split", value("-"))),
  "date method on text": computed(is.isText, (of) => call(of, "dt.year")),
  "date method on a number": computed(is.isNumber, (of) => call(of, "dt.month")),
  "hour of a date": computed(is.isDay, (of) => call(of, "dt.hour")),
  "list method on a scalar": computed(isScalar, (of) => call(of, "lst.lengths")),
  "sum of a text's list": computed(
    (of) => of === "List(String)",
    (of) => call(of, "lst.sum"),
  ),
  "arithmetic on text": computed(is.isText, (of) => call(of, "mul", value(2))),
  "text less a number": computed(is.isText, (of, _, columns) => {
    const number = other(columns, is.isNumber);
    return number === undefined ? undefined : call(of, "sub", number);
  }),
  "date times a number": computed(is.isDay, (of) => call(of, "mul", whole(2, "Int64"))),
  "sum of text": computed(is.isText, (of) => call(of, "sum")),
  "sum of text over a window": computed(is.isText, (of, column) => call(call(of, "sum"), "over", name(column.name))),
  "absolute value of text": computed(is.isText, (of) => call(of, "abs")),
  "rounding of text": computed(is.isText, (of) => call(of, "round", value(1))),
  "cumulative sum of text": computed(is.isText, (of) => call(of, "cumSum")),
  "boolean operation on text": filtered(is.isText, (of, _, columns) =>
    call(of, "and", other(columns, is.isFlag) ?? lit(true)),
  ),
  "not of a text": filtered(is.isText, (of) => call(of, "not")),
  "filter by a number": filtered(is.isNumber, (of) => of),
  "filter by a text": filtered(is.isText, (of) => of),
  "filter by a date": filtered(isTemporal, (of) => of),
  "condition that is a text": filtered(is.isText, (of) =>
    call(call(fn("when", of), "then", lit(true)), "otherwise", lit(false)),
  ),
  "number compared with text": filtered(is.isNumber, (of) => call(of, "gt", lit("many"))),
  "text compared with a number": filtered(is.isText, (of) => call(of, "gt", value(5))),
  "date compared with text": filtered(isTemporal, (of) => call(of, "eq", lit("2024-01-01"))),
  "date compared with a number": filtered(isTemporal, (of) => call(of, "gt", value(2024))),
  "boolean compared with a number": filtered(is.isFlag, (of) => call(of, "eq", value(5))),
  "list compared with a number": filtered(is.isList, (of) => call(of, "gt", value(5))),
  "isIn of other types": filtered(is.isText, (of) => call(of, "isIn", array([value(1), value(2)]))),
  "number or text": computed(is.isNumber, (of) =>
    call(call(fn("when", call(of, "isNull")), "then", lit("none")), "otherwise", of),
  ),
  "field of a scalar": computed(isScalar, (of) => call(of, "struct.field", value("x"))),
  "misspelt field": computed(is.isStruct, (of) => call(of, "struct.field", value(noField))),
  "cast of a list to a number": computed(is.isList, (of) => call(of, "cast", type("Int64"), value(true))),
  "date part of a cast text": computed(is.isNumber, (of) => call(call(of, "cast", type("String")), "dt.year")),
  "text method after a cast": computed(is.isNumber, (of) =>
    call(call(of, "cast", type("Float64")), "str.startsWith", value("1")),
  ),
  "explode of a scalar": inserted(isScalar, ({ name: of }) => [{ method: "explode", args: [name(of)] }]),
  "unnest of a scalar": inserted(isScalar, ({ name: of }) => [{ method: "unnest", args: [name(of)] }]),
  "unpivot of lists and numbers": inserted(is.isList, (column, columns) => {
    const number = columns.find((each) => is.isStruct(each.type) || is.isDay(each.type));
    const on = number === undefined ? [] : [name(column.name), name(number.name)];
    return on.length === 0 ? undefined : [{ method: "unpivot", args: [array([]), array(on)] }];
  }),
  "type changed before, in the step": changedInStep,
  "type changed in an earlier step": changedBefore,
};

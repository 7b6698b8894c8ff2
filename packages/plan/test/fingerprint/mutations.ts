import { conjuncts } from "./compile.ts";
import {
  aggregates,
  calculations,
  castTypes,
  comparisons,
  connectives,
  type Expr,
  type Output,
  type Program,
  type Step,
} from "./program.ts";

/** Another program, and what is different. */
export interface Mutation {
  readonly what: string;
  readonly program: Program;
}

/** A program with one thing changed, in every way there is; none of them does the same. */
export function mutationsOf(program: Program): readonly Mutation[] {
  const { source, steps } = program;
  const all: Mutation[] = [
    { what: "another source", program: { source: source === "orders" ? "archive" : "orders", steps } },
  ];
  for (const [at, step] of steps.entries()) {
    const put = (what: string, ...others: readonly Step[]): void => {
      all.push({ what, program: { source, steps: steps.toSpliced(at, 1, ...others) } });
    };
    put(`without ${step.do}`);
    for (const [what, other] of stepMutations(step)) put(`${step.do}: ${what}`, other);
    const next = steps[at + 1];
    if (next !== undefined)
      all.push({
        what: `${step.do} and ${next.do} swapped`,
        program: { source, steps: steps.toSpliced(at, 2, next, step) },
      });
  }
  const before = logic(program);
  return all.filter((mutation) => logic(mutation.program) !== before);
}

/** Two programs of the same text are the same: filters in a row are one. */
function logic({ source, steps }: Program): string {
  const plain: unknown[] = [source];
  for (const step of steps) {
    if (step.do === "filter") plain.push(...conjuncts(step.predicate));
    else if (step.do === "rename")
      plain.push({ ...step, names: Object.entries(step.names).sort(([one], [other]) => (one < other ? -1 : 1)) });
    else plain.push(step);
  }
  return JSON.stringify(plain);
}

type Change<Value> = readonly [what: string, value: Value];

const others = <Value>(values: readonly Value[], value: Value): readonly Value[] =>
  values.filter((other) => other !== value);

const anywhere = <Value>(
  values: readonly Value[],
  change: (value: Value) => readonly Change<Value>[],
): readonly Change<readonly Value[]>[] =>
  values.flatMap((value, at) => change(value).map(([what, other]) => [what, values.toSpliced(at, 1, other)] as const));

const otherName = (name: string): readonly Change<string>[] => [[`another name than ${name}`, `${name}_x`]];

const inOtherOrder = <Value>(values: readonly Value[]): readonly Change<readonly Value[]>[] =>
  values.length < 2 ? [] : [["another order", values.toReversed()]];

const outputMutations = ({ name, expr }: Output): readonly Change<Output>[] => [
  ["another name", { name: `${name}_x`, expr }],
  ...exprMutations(expr).map(([what, other]): Change<Output> => [what, { name, expr: other }]),
];

function stepMutations(step: Step): readonly Change<Step>[] {
  const changed = (key: string, changes: readonly Change<unknown>[]): readonly Change<Step>[] =>
    changes.map(([what, value]) => [what, { ...step, [key]: value }]);
  switch (step.do) {
    case "filter":
      return changed("predicate", exprMutations(step.predicate));
    case "withColumns":
    case "select":
      return [
        ...changed("columns", anywhere(step.columns, outputMutations)),
        ...changed("columns", inOtherOrder(step.columns)),
        ["select for withColumns", { ...step, do: step.do === "select" ? "withColumns" : "select" }],
      ];
    case "rename":
      return [
        ...Object.keys(step.names).map((name): Change<Step> => {
          const { [name]: to, ...rest } = step.names;
          return ["another column", { ...step, names: { ...rest, [`${name}_x`]: to as string } }];
        }),
        ...Object.entries(step.names).map(([from, to]): Change<Step> => [
          "another name",
          { ...step, names: { ...step.names, [from]: `${to}_x` } },
        ]),
      ];
    case "drop":
    case "dropNulls":
      return [
        ...changed("names", anywhere(step.names, otherName)),
        ["drop for dropNulls", { ...step, do: step.do === "drop" ? "dropNulls" : "drop" }],
      ];
    case "sort":
      return [
        ["nulls elsewhere", { ...step, nullsLast: !step.nullsLast }],
        ...changed(
          "by",
          anywhere(step.by, ({ name, descending }) => [
            ["another direction", { name, descending: !descending }],
            ["another column", { name: `${name}_x`, descending }],
          ]),
        ),
        ...changed("by", inOtherOrder(step.by)),
      ];
    case "groupBy":
      return [
        ["another order of groups", { ...step, stable: !step.stable }],
        ...changed("keys", anywhere(step.keys, otherName)),
        ...changed("keys", inOtherOrder(step.keys)),
        ...changed("columns", anywhere(step.columns, outputMutations)),
        ...changed("columns", inOtherOrder(step.columns)),
      ];
    case "join":
      return [
        ["another source", { ...step, source: step.source === "customers" ? "contacts" : "customers" }],
        ["another suffix", { ...step, suffix: `${step.suffix}_x` }],
        ["another key", { ...step, on: "id_x" }],
        ...others(["inner", "left", "semi", "anti", "full"] as const, step.how).map((how): Change<Step> => [
          how,
          { ...step, how },
        ]),
      ];
    case "unique":
      return [
        ["another order", { ...step, stable: !step.stable }],
        ...others(["first", "last", "any", "none"] as const, step.keep).map((keep): Change<Step> => [
          keep,
          { ...step, keep },
        ]),
        ...changed("subset", anywhere(step.subset, otherName)),
      ];
    case "slice":
      return [
        ["another offset", { ...step, offset: step.offset + 1 }],
        ["another length", { ...step, length: step.length + 1 }],
      ];
    case "rowIndex":
      return [
        ["another offset", { ...step, offset: step.offset + 1 }],
        ["another name", { ...step, name: `${step.name}_x` }],
      ];
    case "tail":
      return [["another length", { ...step, length: step.length + 1 }]];
  }
}

const literals: readonly Expr[] = [
  { of: "number", value: 1 },
  { of: "number", value: 0 },
  { of: "number", value: "-0" },
  { of: "number", value: "NaN" },
  { of: "number", value: "Infinity" },
  { of: "number", value: "-Infinity" },
  { of: "number", value: 9007199254740991 },
  { of: "bigint", value: "1" },
  { of: "bigint", value: "9007199254740993" },
  { of: "bigint", value: "9007199254740992" },
  { of: "int", value: "1" },
  { of: "int", value: "9007199254740993" },
  { of: "int", value: "9007199254740992" },
  { of: "text", value: "1" },
  { of: "text", value: "" },
  { of: "flag", value: true },
  { of: "flag", value: false },
  { of: "day", value: "1970-01-01" },
  { of: "null" },
];

function exprMutations(expr: Expr): readonly Change<Expr>[] {
  const inside = (key: string, inner: Expr): readonly Change<Expr>[] =>
    exprMutations(inner).map(([what, other]) => [what, { ...expr, [key]: other }]);
  const methods = <Method extends string>(all: readonly Method[], method: Method): readonly Change<Expr>[] =>
    others(all, method).map((other) => [`${other} for ${method}`, { ...expr, method: other } as unknown as Expr]);
  switch (expr.of) {
    case "column":
      return [
        ["another column", { of: "column", name: `${expr.name}_x` }],
        ["a text for a column", { of: "text", value: expr.name }],
      ];
    case "number":
    case "bigint":
    case "int":
    case "text":
    case "flag":
    case "day":
    case "null":
      return literals.map((other) => [`${JSON.stringify(other)} for ${JSON.stringify(expr)}`, other]);
    case "binary": {
      const family = [calculations, comparisons, connectives].find((all) =>
        (all as readonly string[]).includes(expr.method),
      ) as readonly string[];
      return [
        ...methods(family, expr.method as string),
        ["operands swapped", { ...expr, left: expr.right, right: expr.left }],
        ["one operand alone", expr.left],
        ...inside("left", expr.left),
        ...inside("right", expr.right),
      ];
    }
    case "test":
      return [...methods(["isNull", "isNotNull", "not"] as const, expr.method), ...inside("input", expr.input)];
    case "cast":
      return [
        ["another strictness", { ...expr, strict: !expr.strict }],
        ...others(castTypes, expr.type).map((type): Change<Expr> => [type, { ...expr, type }]),
        ["no cast", expr.input],
        ...inside("input", expr.input),
      ];
    case "fillNull":
      return [...inside("input", expr.input), ...inside("value", expr.value)];
    case "isIn":
      return [
        ["another value", { ...expr, values: [...expr.values, "x"] }],
        ["other values", { ...expr, values: expr.values.map((value) => `${value}x`) }],
        ...inside("input", expr.input),
      ];
    case "round":
      return [["another count", { ...expr, count: expr.count + 1 }], ...inside("input", expr.input)];
    case "shift":
      return [
        ["another count", { ...expr, count: expr.count + 1 }],
        ["the other way", { ...expr, count: -expr.count }],
        ...inside("input", expr.input),
      ];
    case "contains":
    case "startsWith":
      return [
        ["another text", { ...expr, text: `${expr.text}x` }],
        ["another function", { ...expr, of: expr.of === "contains" ? "startsWith" : "contains" }],
        ...inside("input", expr.input),
      ];
    case "when":
      return [
        ["branches swapped", { ...expr, value: expr.otherwise, otherwise: expr.value }],
        ...inside("condition", expr.condition),
        ...inside("value", expr.value),
        ...inside("otherwise", expr.otherwise),
      ];
    case "aggregate":
      return [...methods(aggregates, expr.method), ...inside("input", expr.input)];
    case "over":
      return [
        ...anywhere(expr.by, otherName).map(([what, by]): Change<Expr> => [what, { ...expr, by }]),
        ["no window", expr.input],
        ...inside("input", expr.input),
      ];
    case "rollingMean":
      return [
        ["another window", { ...expr, windowSize: expr.windowSize + 1 }],
        ["not centered", { ...expr, center: !expr.center }],
        ...inside("input", expr.input),
      ];
    case "dayPart":
      return [...methods(["year", "month", "day"] as const, expr.method), ...inside("input", expr.input)];
  }
}

import {
  type Chain,
  type Code,
  codeIn,
  type Column,
  type Op,
  type Pipeline,
  type Source,
  type Step,
} from "../program.ts";

/** A place in a step where a column is called by its name. */
export interface Site {
  readonly step: Step;
  readonly op: Op;
  /** What the name is there for: `filter`, `agg`, `over`, `join key`. */
  readonly use: string;
  readonly name: string;
  /** What can be called by name there. */
  readonly columns: readonly Column[];
  readonly set: (name: string) => void;
}

export function* sites({ steps }: Pipeline): Generator<Site> {
  for (const step of steps) yield* inChain(step, step.body);
}

function* inChain(step: Step, chain: Chain): Generator<Site> {
  for (const op of chain.ops) {
    for (const { method, args } of op.calls) {
      for (const arg of args) yield* inCode(step, op, method, arg);
    }
  }
}

function* inCode(step: Step, op: Op, use: string, code: Code): Generator<Site> {
  const site = (at: { name: string }, columns = op.before): Site => ({
    step,
    op,
    use,
    name: at.name,
    columns,
    set: (to) => {
      at.name = to;
    },
  });
  switch (code.kind) {
    case "column":
    case "name":
      yield site(code);
      return;
    case "names":
      for (const entry of code.entries) {
        yield { step, op, use, name: entry.from, columns: op.before, set: (to) => void (entry.from = to) };
      }
      return;
    case "chain":
      yield* inChain(step, code.chain);
      return;
    case "array":
      for (const item of code.items) yield* inCode(step, op, use, item);
      return;
    case "object":
      for (const [key, inner] of code.entries) yield* inEntry(step, op, use, key, inner);
      return;
    case "call":
      if (code.on !== undefined) yield* inCode(step, op, use, code.on);
      for (const arg of code.args) yield* inCode(step, op, code.method === "over" ? "over" : use, arg);
      return;
    case "value":
    case "type":
  }
}

function* inEntry(step: Step, op: Op, use: string, key: string, code: Code): Generator<Site> {
  const isKey = /^(?:on|leftOn|rightOn)$/.test(key);
  if (!isKey || code.kind !== "name") {
    yield* inCode(step, op, use, code);
    return;
  }
  const right = rightOf(op);
  const of = { on: [...op.before, ...right], leftOn: op.before, rightOn: right }[key] as readonly Column[];
  yield { step, op, use: "join key", name: code.name, columns: of, set: (to) => void (code.name = to) };
}

export const chainOf = (op: Op): Chain | undefined =>
  op.calls
    .flatMap(({ args }) => args)
    .flatMap((arg) => [...codeIn(arg)])
    .find((code) => code.kind === "chain")?.chain;

/** The columns of the other frame of a join. */
export const rightOf = (op: Op): readonly Column[] => chainOf(op)?.ops.at(-1)?.after ?? [];

/** The columns at a place in a step's chain. */
export const columnsAt = ({ body, inputs }: Step, at: number): readonly Column[] =>
  body.ops[at]?.before ?? body.ops.at(-1)?.after ?? (inputs[0]?.columns as readonly Column[]);

/** Adds a step that does nothing yet, over a source: all its rows get there. */
export function addStep({ steps }: Pipeline, { path, columns }: Source): Step {
  const at = steps.length + 1;
  const step: Step = {
    name: `step_${at}`,
    inputs: [{ alias: "df", path, columns }],
    body: { from: "df", ops: [] },
    target: { path: `out/${at}.parquet`, format: "parquet", schema: undefined, strict: false },
  };
  steps.push(step);
  return step;
}

/** The steps that read what a step writes. */
export const readersOf = ({ steps }: Pipeline, path: string): readonly Step[] =>
  steps.filter(({ inputs }) => inputs.some((input) => input.path === path));

/** Those, and those that read what these write. */
export function downstreamOf(pipeline: Pipeline, path: string): readonly Step[] {
  const direct = readersOf(pipeline, path);
  return [...new Set(direct.flatMap((step) => [step, ...downstreamOf(pipeline, step.target.path)]))];
}

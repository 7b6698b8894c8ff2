import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { type AnyTask, type Bucket, Dag, type LazyFrame, nullable, Pipeline as Sources, Provider } from "@glacier/core";
import { local } from "@glacier/provider-local";
import pl from "nodejs-polars";
import type { Chain, Code, Column, Op, Pipeline, Step } from "./program.ts";
import { polarsType } from "./types.ts";

/** The bucket of all that a pipeline reads and writes. */
const bucketName = "lake";

export interface Compiled {
  readonly dag: Dag;
  readonly buckets: ReadonlyMap<string, Bucket>;
}

/** A pipeline over files of a folder. */
export function compile({ sources, steps }: Pipeline, root: string): Compiled {
  const provider = new Provider(local({ root }));
  const here = provider.local();
  const buckets = new Map<string, Bucket>();
  for (const { path, format, schema } of sources) {
    buckets.set(path, provider.bucket(bucketName, path, { format, ...contract(schema, undefined) }));
  }
  for (const step of steps) {
    const { format, schema, strict, path } = step.target;
    const target = provider.bucket(bucketName, path, { format, ...contract(schema, strict) });
    buckets.set(path, read(step, buckets).transform(taskOf(here, step)).to(target));
  }
  return { dag: Dag.of(steps.map(({ target }) => buckets.get(target.path) as Bucket)), buckets };
}

const contract = (schema: readonly Column[] | undefined, strict: boolean | undefined): object =>
  schema === undefined
    ? {}
    : {
        schema: Object.fromEntries(schema.map(({ name, type }) => [name, nullable(polarsType(type) as never)])),
        ...(strict === undefined ? {} : { strict }),
      };

/** The types of a pipeline that is data are known to nobody. */
interface Readable {
  transform(task: AnyTask): { to(target: Bucket): Bucket };
}

function read({ inputs }: Step, buckets: ReadonlyMap<string, Bucket>): Readable {
  const named = inputs.map(({ alias, path }) => [alias, buckets.get(path) as Bucket] as const);
  const [only] = named;
  const isAlone = named.length === 1 && only?.[0] === "df";
  return (isAlone ? only?.[1] : new Sources(Object.fromEntries(named))) as Readable;
}

function taskOf(here: ReturnType<Provider["local"]>, step: Step): AnyTask {
  const { name, inputs, body, returns } = step;
  const result = (frames: Frames): unknown => {
    const frame = chain(body, frames);
    if (returns === undefined) return frame;
    return returns === "nothing" ? undefined : returns === "number" ? 3 : "done";
  };
  if (inputs.length === 1 && inputs[0]?.alias === "df") return here.task(name, (df) => result({ df }) as LazyFrame);
  const sources = inputs.map(({ alias }) => alias);
  return here.task({ name, sources }, (frames) => result(frames as unknown as Frames) as LazyFrame) as AnyTask;
}

type Frames = Readonly<Record<string, LazyFrame>>;

const chain = ({ from, ops }: Chain, frames: Frames): LazyFrame =>
  ops.reduce((frame, op) => operate(op, frame, frames), frames[from] as LazyFrame);

function operate({ calls }: Op, frame: LazyFrame, frames: Frames): LazyFrame {
  let result: unknown = frame;
  for (const { method, args } of calls) {
    const given = args.map((arg) => evaluate(arg, frames));
    result =
      method === "concat" ? pl.concat([result as LazyFrame, ...(given as LazyFrame[])]) : invoke(result, method, given);
  }
  return result as LazyFrame;
}

/** `str.contains` of an expression, `lit` of Polars. */
function invoke(on: unknown, method: string, args: readonly unknown[]): unknown {
  const path = method.split(".");
  const last = path.pop() as string;
  const owner = path.reduce((from, part) => (from as Readonly<Record<string, unknown>>)[part], on);
  return (owner as Readonly<Record<string, (...given: readonly unknown[]) => unknown>>)[last]!(...args);
}

function evaluate(code: Code, frames: Frames): unknown {
  switch (code.kind) {
    case "column":
      return pl.col(code.name);
    case "name":
      return code.name;
    case "value":
      return code.value;
    case "type":
      return polarsType(code.type);
    case "call": {
      const on = code.on === undefined ? pl : evaluate(code.on, frames);
      return invoke(
        on,
        code.method,
        code.args.map((arg) => evaluate(arg, frames)),
      );
    }
    case "array":
      return code.items.map((item) => evaluate(item, frames));
    case "object":
      return Object.fromEntries(code.entries.map(([key, inner]) => [key, evaluate(inner, frames)]));
    case "names":
      return Object.fromEntries(code.entries.map(({ from, to }) => [from, to]));
    case "chain":
      return chain(code.chain, frames);
  }
}

export const fileOf = (root: string, path: string): string => {
  const file = join(root, bucketName, path);
  mkdirSync(dirname(file), { recursive: true });
  return file;
};

import type { Chain, Code, Column, Op, Pipeline, Source, Step } from "./program.ts";
import { typeCode } from "./types.ts";

/** A pipeline as a user would write it. */
export function print({ seed, sources, steps }: Pipeline): string {
  return [`// seed ${seed}`, ...sources.map(printSource), ...steps.map(printStep)].join("\n");
}

const quoted = (text: string): string => JSON.stringify(text);

const printSchema = (columns: readonly Column[]): string =>
  `{ ${columns.map(({ name, type }) => `${quoted(name)}: nullable(${typeCode(type)})`).join(", ")} }`;

function printSource({ path, schema, columns, isMissing }: Source): string {
  if (schema !== undefined) return `bucket(${quoted(path)}, { schema: ${printSchema(schema)} })`;
  const known = columns.map(({ name, type }) => `${name}: ${type}`).join(", ");
  return `bucket(${quoted(path)}) // ${isMissing === true ? "not there" : known}`;
}

function printStep({ name, inputs, body, target, returns }: Step): string {
  const { path, schema, strict } = target;
  const options = schema === undefined ? "" : `, { schema: ${printSchema(schema)}, strict: ${strict} }`;
  const read = inputs.map(({ alias, path: from }) => `${alias}: ${quoted(from)}`).join(", ");
  const result = returns === undefined ? printChain(body) : `${printChain(body)}; // returns ${returns}`;
  return `${name}: { ${read} } =>\n  ${result}\n  .to(${quoted(path)}${options})`;
}

export function printChain({ from, ops }: Chain): string {
  let text = from;
  for (const op of ops) text = printOp(op, text);
  return text;
}

function printOp({ calls }: Op, frame: string): string {
  let text = frame;
  for (const { method, args } of calls) {
    if (method === "concat") text = `pl.concat([${[text, ...args.map(printCode)].join(", ")}])`;
    else text = `${text}\n    .${method}(${args.map(printCode).join(", ")})`;
  }
  return text;
}

function printCode(code: Code): string {
  switch (code.kind) {
    case "column":
      return `pl.col(${quoted(code.name)})`;
    case "name":
      return quoted(code.name);
    case "value":
      return code.value instanceof Date ? `new Date(${quoted(code.value.toISOString())})` : JSON.stringify(code.value);
    case "type":
      return typeCode(code.type);
    case "call":
      return `${code.on === undefined ? "pl" : printCode(code.on)}.${code.method}(${code.args.map(printCode).join(", ")})`;
    case "array":
      return `[${code.items.map(printCode).join(", ")}]`;
    case "object":
      return `{ ${code.entries.map(([key, inner]) => `${key}: ${printCode(inner)}`).join(", ")} }`;
    case "names":
      return `{ ${code.entries.map(({ from, to }) => `${quoted(from)}: ${quoted(to)}`).join(", ")} }`;
    case "chain":
      return printChain(code.chain).replaceAll("\n", "");
  }
}

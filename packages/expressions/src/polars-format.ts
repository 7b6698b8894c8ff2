/**
 * The one place that knows how Polars writes expressions down. The names are Polars' own and not part of its public
 * interface, so `polars-format.test.ts` pins each of them: an upgrade that renames one fails there.
 */
import pl from "nodejs-polars";

/** An integer literal in Polars' JSON. Its digits go in as text, as JSON.stringify knows no bigint. */
export function integerLiteral(value: bigint): string {
  return `{"Literal":{"Dyn":{"Int":${value}}}}`;
}

/** A function of Polars in its JSON, with the arguments that follow the input. */
export interface FunctionCall {
  readonly function: string;
  readonly arguments: readonly string[];
}

const call = (name: string, ...args: readonly string[]): FunctionCall => ({ function: name, arguments: args });
const textLiteral = (value: string): string => JSON.stringify({ Literal: { Scalar: { String: value } } });

export const uppercase: FunctionCall = call('{"StringExpr":"Uppercase"}');
export const lowercase: FunctionCall = call('{"StringExpr":"Lowercase"}');
export const lengthInChars: FunctionCall = call('{"StringExpr":"LenChars"}');
export const lengthInBytes: FunctionCall = call('{"StringExpr":"LenBytes"}');

export function jsonPathMatching(path: string): FunctionCall {
  return call('{"StringExpr":"JsonPathMatch"}', textLiteral(path));
}

export function hashing(seeds: readonly [bigint, bigint, bigint, bigint]): FunctionCall {
  return call(`{"Hash":[${seeds.join(",")}]}`);
}

export function reinterpreting(signed: boolean): FunctionCall {
  return call(`{"Reinterpret":[${signed},null]}`);
}

/** The type of a parsed date or time. */
export type ParsedType =
  | "Date"
  | { readonly Datetime: readonly ["Milliseconds" | "Microseconds" | "Nanoseconds", null] };

/** The literal says what to do about local times that occur twice; only types with a time zone ask. */
export function strictParsing(type: ParsedType, format: string): FunctionCall {
  const options = { format, strict: true, exact: true, cache: true };
  return call(JSON.stringify({ StringExpr: { Strptime: [{ Literal: type }, options] } }), textLiteral("raise"));
}

/** Throws what Polars throws, if it does not know the names. */
export function fromJson(json: string): pl.Expr {
  return pl.Expr.deserialize(Buffer.from(json), "json");
}

/** Stands for the input while a call is written down. Any name would do that is not also an argument. */
const placeholder = "@glacier/expressions:input";

interface Template {
  readonly before: Buffer;
  readonly after: Buffer;
}

const templates = new Map<string, Template>();
const mostTemplates = 500;

function templateOf({ function: name, arguments: args }: FunctionCall): Template {
  const inputs = [JSON.stringify({ Column: placeholder }), ...args].join(",");
  const json = `{"Function":{"input":[${inputs}],"function":${name}}}`;
  const known = templates.get(json);
  if (known !== undefined) return known;

  const bytes = fromJson(json).serialize("bincode");
  const hole = pl.col(placeholder).serialize("bincode");
  const start = bytes.indexOf(hole);
  if (start === -1) throw new Error("the input is not where it was expected");
  const template = { before: bytes.subarray(0, start), after: bytes.subarray(start + hole.length) };
  if (templates.size >= mostTemplates) templates.clear();
  templates.set(json, template);
  return template;
}

/**
 * The call on an input; `undefined` where it can't be made: the input is opaque (it can't be written down), is nested
 * too deep, or this version of Polars has other names.
 *
 * The input goes in as bytes, not as JSON: Polars' JSON is refused beyond some 60 nested expressions, has no NaN or
 * infinity, and is read back with the last digit of a float wrong at times.
 */
export function callOn(input: pl.Expr, functionCall: FunctionCall): pl.Expr | undefined {
  try {
    const inner = input.serialize("bincode");
    if (inner.length > alwaysShallow && depthOf(input.serialize("json")) > deepest) return undefined;
    const { before, after } = templateOf(functionCall);
    const bytes = Buffer.concat([before, inner, after]);
    const made = pl.Expr.deserialize(bytes, "bincode");
    return made.serialize("bincode").equals(bytes) ? made : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Reading an expression of some 2,500 nested functions overflows the stack of a worker thread, which ends the process.
 * So inputs stop far below: 1,000 brackets are 330 to 500 nested expressions. Fewer bytes than `alwaysShallow` can't
 * hold as many.
 */
const deepest = 1_000;
const alwaysShallow = 1_000;

const [quote, backslash] = [0x22, 0x5c];
const opening = new Set([0x5b, 0x7b]);
const closing = new Set([0x5d, 0x7d]);

/** How deep the brackets of a JSON text are nested. */
function depthOf(json: Buffer): number {
  let depth = 0;
  let most = 0;
  let inText = false;
  for (let at = 0; at < json.length; at++) {
    const byte = json[at] ?? 0;
    if (inText) {
      if (byte === backslash) at++;
      else if (byte === quote) inText = false;
    } else if (byte === quote) inText = true;
    else if (opening.has(byte)) most = Math.max(most, ++depth);
    else if (closing.has(byte)) depth--;
  }
  return most;
}

/** Where `callOn` can't: the native method, which takes (format, strict, exact, cache) and has no public name. */
export function nativeStrictDate(input: pl.Expr, format: string): pl.Expr {
  return fromNative((input.inner() as NativeExpr).strToDate(format, true, true, true));
}

/** Likewise; its arguments are (format, unit, zone, strict, exact, cache, ambiguous). */
export function nativeStrictDatetime(input: pl.Expr, format: string, unit: "ms" | "us" | "ns"): pl.Expr {
  return fromNative((input.inner() as NativeExpr).strToDatetime(format, unit, undefined, true, true, true, undefined));
}

interface NativeExpr {
  strToDate(...args: unknown[]): NativeExpr;
  strToDatetime(...args: unknown[]): NativeExpr;
}

const fromNative = pl.Expr as unknown as (native: NativeExpr) => pl.Expr;

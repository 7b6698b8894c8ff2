/** A pipeline as data: it can be compiled, printed, and spoilt. */
export interface Pipeline {
  readonly seed: number;
  readonly sources: Source[];
  readonly steps: Step[];
}

/** A type as Glacier prints it: `Int64`, `List(String)`, `Struct(x: Int64, y: String)`. */
export type Type = string;

/** The same object for as long as it is the same column: a new value or a new name makes another one. */
export interface Column {
  readonly name: string;
  readonly type: Type;
}

export type Format = "parquet" | "ipc" | "csv" | "ndjson";

export interface Source {
  readonly path: string;
  readonly format: Format;
  readonly columns: readonly Column[];
  /** What its bucket declares, if it does. */
  schema: readonly Column[] | undefined;
  /** Whether its file is left out. */
  isMissing?: boolean;
}

export interface Step {
  readonly name: string;
  /** The path of a bucket for each name that the task has for it. */
  readonly inputs: { alias: string; path: string; readonly columns: readonly Column[] }[];
  readonly body: Chain;
  target: Target;
  /** What the task gives instead of its frame. */
  returns?: "nothing" | "number" | "text";
}

export interface Target {
  path: string;
  format: Format;
  schema: readonly Column[] | undefined;
  strict: boolean;
}

/** A frame, and what is done with it, one after the other. */
export interface Chain {
  from: string;
  readonly ops: Op[];
}

export interface Op {
  /** Mostly one; two for a group-by. */
  readonly calls: { method: string; readonly args: Code[] }[];
  readonly before: readonly Column[];
  readonly after: readonly Column[];
}

export type Code =
  | { readonly kind: "column"; name: string }
  /** A name that stands for a column, as text. */
  | { readonly kind: "name"; name: string }
  | { readonly kind: "value"; readonly value: string | number | boolean | Date | null }
  | { readonly kind: "type"; readonly type: Type }
  | { readonly kind: "call"; readonly on?: Code; method: string; readonly args: readonly Code[] }
  | { readonly kind: "array"; readonly items: readonly Code[] }
  | { readonly kind: "object"; readonly entries: (readonly [key: string, value: Code])[] }
  /** `{ from: "to" }` with names of columns. */
  | { readonly kind: "names"; readonly entries: { from: string; to: string }[] }
  | { readonly kind: "chain"; readonly chain: Chain };

export const col = (name: string): Code => ({ kind: "column", name });
export const name = (text: string): Code => ({ kind: "name", name: text });
export const value = (of: string | number | boolean | Date | null): Code => ({ kind: "value", value: of });
export const type = (of: Type): Code => ({ kind: "type", type: of });
export const call = (on: Code, method: string, ...args: readonly Code[]): Code => ({ kind: "call", on, method, args });
export const fn = (method: string, ...args: readonly Code[]): Code => ({ kind: "call", method, args });
export const array = (items: readonly Code[]): Code => ({ kind: "array", items });
export const object = (entries: Readonly<Record<string, Code>>): Code => ({
  kind: "object",
  entries: Object.entries(entries),
});
export const lit = (of: string | number | boolean | Date | null): Code => fn("lit", value(of));
export const alias = (code: Code, as: string): Code => call(code, "alias", value(as));
export const whole = (of: number, as: Type): Code => call(lit(of), "cast", type(as));

/** All code inside of some code, itself included; with frames of other chains, if wanted. */
export function* codeIn(code: Code): Generator<Code> {
  yield code;
  if (code.kind === "call") {
    if (code.on !== undefined) yield* codeIn(code.on);
    for (const arg of code.args) yield* codeIn(arg);
  } else if (code.kind === "array") {
    for (const item of code.items) yield* codeIn(item);
  } else if (code.kind === "object") {
    for (const [, inner] of code.entries) yield* codeIn(inner);
  }
}

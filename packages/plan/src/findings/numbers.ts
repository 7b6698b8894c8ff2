import type { Expression } from "../model/expression.ts";

/** A number as code has it that nodejs-polars gives a type of its own: Float64 for `1`, UInt64 for `1n`. */
export interface PlainNumber {
  readonly kind: "number" | "bigint";
  /** As it is written. */
  readonly text: string;
  readonly isWhole: boolean;
  /** Whether floats have it, and no other integer is taken for it. */
  readonly isSafe: boolean;
}

export function plainNumber(expression: Expression): PlainNumber | undefined {
  if (expression.kind !== "literal") return undefined;
  const { value } = expression;
  if (value.kind === "float" && value.type.kind === "Float64") {
    const number = Number(value.value);
    const isSafe = Number.isSafeInteger(number);
    return { kind: "number", text: value.value, isWhole: Number.isInteger(number), isSafe };
  }
  if (value.kind === "integer" && value.type.kind === "UInt64") {
    return {
      kind: "bigint",
      text: `${value.value}n`,
      isWhole: true,
      isSafe: Number.isSafeInteger(Number(value.value)),
    };
  }
  return undefined;
}

/** `int(1)` for 1 and for 1n. Beyond what a number is exact for, a bigint. */
export function asInt({ text, kind, isSafe }: PlainNumber): string {
  if (kind === "bigint") return `int(${isSafe ? text.slice(0, -1) : text})`;
  return `int(${isSafe ? text : `${BigInt(Number(text))}n`})`;
}

export const isNull = (expression: Expression): boolean =>
  expression.kind === "literal" && expression.value.kind === "null";

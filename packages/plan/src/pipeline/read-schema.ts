import type { TableSchema } from "../model/column-type.ts";

/** The columns of a bucket as a step gets them. */
export interface ReadSchema {
  readonly schema: TableSchema;
  /** Columns whose type is a guess. None of what was read from files, or declared. */
  readonly guessed: ReadonlySet<string>;
}

const none: ReadonlySet<string> = new Set();

export const certain = (schema: TableSchema): ReadSchema => ({ schema, guessed: none });

import type { Finding } from "@glacier/core";
import { type TableSchema, typeText } from "../model/column-type.ts";
import { found, type Looked, named } from "./look.ts";

/**
 * TYPE_NOT_WRITABLE: columns that Polars states another type of than they get, as it does of `str.lengths`. Parquet and
 * Arrow IPC are written with the types that it states: the one fails, and at the other Polars ends the process.
 */
export function misstated(
  looked: Pick<Looked, "step" | "endpoints">,
  stated: TableSchema,
  given: TableSchema,
): readonly Finding[] {
  const { format } = looked.endpoints.target;
  if (format !== "parquet" && format !== "ipc") return [];
  const types = new Map(stated.map(({ name, type }) => [name, type]));
  return given.flatMap(({ name, type }): readonly Finding[] => {
    const of = types.get(name);
    // The precision of a decimal may be another one.
    if (of === undefined || of.kind === type.kind) return [];
    const what = `can't write ${named(name)}: Polars takes it for ${typeText(of)} beforehand, and makes ${typeText(type)} of it.`;
    return [found(looked, "TYPE_NOT_WRITABLE", what, `Say which type it is: \`.cast(pl.${typeText(type)})\`.`, [name])];
  });
}

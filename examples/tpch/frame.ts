import { strictCast, toDate } from "@glacier/expressions";
import pl from "nodejs-polars";
import { schema, type TableName } from "./schema.ts";

/** A row, in the order of the table's columns. Numbers with decimals and dates are texts. */
export type Row = readonly (string | number)[];

/** Rows of a table, with the types of the schema. */
export function frameOf(table: TableName, rows: readonly Row[]): pl.DataFrame {
  const columns = Object.entries(schema[table]);
  // Polars makes no series of decimals or of dates from texts, but it casts texts to both.
  const texts = columns.map(([name], at) =>
    pl.Series(
      name,
      rows.map((row) => String(row[at])),
      pl.String,
    ),
  );
  const typed = columns.map(([name, type]) => (type === pl.Date ? toDate(name, "%Y-%m-%d") : strictCast(name, type)));
  return pl.DataFrame(texts).select(...typed);
}

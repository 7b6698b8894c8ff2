import type { LazyFrame, OutcomeColumn } from "@glacier/core";
import { type ColumnType, schemaOf, typeText } from "@glacier/plan";
import type { DataFrame } from "nodejs-polars";

export interface FoundColumn {
  readonly name: string;
  /** `undefined` for a type that Glacier does not know. */
  readonly type: ColumnType | undefined;
}

/** The columns of a frame and their types. */
export function foundIn(frame: DataFrame): readonly FoundColumn[] {
  try {
    return schemaOf(frame);
  } catch {
    return frame.columns.map((name) => ({ name, type: typeOf(frame, name) }));
  }
}

function typeOf(frame: DataFrame, column: string): ColumnType | undefined {
  try {
    return schemaOf(frame.select(column))[0]?.type;
  } catch {
    return undefined;
  }
}

/** The columns that a query will give, without running it; `undefined` where Polars can't tell or refuses the query. */
export function planned(frame: LazyFrame): readonly FoundColumn[] | undefined {
  try {
    // Not async: there, a panic in Polars ends the process.
    return foundIn(frame.limit(0).collectSync());
  } catch {
    return undefined;
  }
}

/** With types as they are written with Polars. */
export function named(columns: readonly FoundColumn[]): OutcomeColumn[] {
  return columns.map(({ name, type }) => ({ name, type: type === undefined ? "unknown" : typeText(type) }));
}

export const columnsOf = (frame: DataFrame): OutcomeColumn[] => named(foundIn(frame));

export function plannedColumns(frame: LazyFrame): OutcomeColumn[] | undefined {
  const columns = planned(frame);
  return columns === undefined ? undefined : named(columns);
}

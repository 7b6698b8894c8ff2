import type { Severity } from "@glacier/core";

/**
 * Every code of what is found out about a step without running it, with what it stands for. The list is closed and
 * stable: a code is never renamed or reused. `docs/findings.md` is generated from it. A mistake that would stop the run
 * has the code of that error, `COLUMN_NOT_FOUND` say; see `errorCodes` of @glacier/core.
 */
export const findingCodes = {
  // Types
  TYPE_MISMATCH: "Something is done with a column that its type does not allow, whatever its values are.",
  TYPES_MIXED:
    "Columns or values of types that hardly go together are compared, or become one column: texts and numbers, say.",

  // Numbers
  INTEGER_BECOMES_FLOAT:
    "A plain number or a bigint meets an integer column in a calculation, and makes Float64 of it.",
  DECIMAL_BECOMES_FLOAT: "A plain number meets a decimal column in a calculation, and makes Float64 of it.",
  LARGE_NUMBER_COMPARED:
    "An integer column is compared with a plain number or a bigint above 2^53: as floats, so that neighbours count as equal.",
  FILTER_READS_ALL:
    "A filter compares an integer column of a Parquet file with a plain number. Polars then casts the column, and can't skip the parts of the file that don't match.",

  // Values that become null
  CAST_LOSES_VALUES: "A cast of texts makes null of what it can't read, and goes on.",
  CAST_MAY_OVERFLOW: "A cast of numbers makes null of those that the new type has not got, and goes on.",
  PARSE_LOSES_VALUES: "Texts are read as dates or times with `strptime`, which makes null of those that are none.",
  FILL_CHANGES_TYPE: "Nulls are filled with a value of another type, which becomes the type of the whole column.",
  NULL_OPERAND: "Something is compared or calculated with null, which gives null for every row.",
  EXPRESSION_MISSING: "An expression is null or undefined: it stands for a column of nulls, or a filter without rows.",

  // Names
  JOIN_COLUMN_SUFFIXED: "Both tables of a join have a column of one name; that of the right table gets another one.",
  TEXTS_FOR_COLUMNS:
    "Names of columns were given to a function that takes texts for values: `pl.struct` or `pl.maxHorizontal` and its like.",

  // Rows
  JOIN_WITHOUT_KEYS: "A join has no keys and is no cross join, so it gives no rows.",
  ROWS_ARE_ARBITRARY: "The first or last rows are taken of a table whose order may be another one in each run.",
  DATE_IN_UTC: "A time with a zone is cast to a date: that in UTC, not that of the zone.",

  // The plan
  STEP_OPAQUE: "The plan of a step can't be read, so it has no fingerprint and no exact lineage.",
  SOURCE_UNDECLARED: "A task reads data beside its sources, which Glacier knows nothing of.",

  // The target
  TYPE_NOT_WRITABLE: "The format of a target can't hold the type of a column.",
  TYPE_NOT_KEPT: "The format of a target keeps no types, and some columns come back as text or as floats.",
} as const;

/** Stable; see {@link findingCodes}. */
export type FindingCode = keyof typeof findingCodes;

/**
 * An error would stop the run, or give nothing. A warning gives values or names that are hardly meant. A note says what
 * is worth knowing of code that may well be right.
 */
export const findingSeverities: Readonly<Record<FindingCode, Severity>> = {
  TYPE_MISMATCH: "error",
  TYPES_MIXED: "warning",
  INTEGER_BECOMES_FLOAT: "warning",
  DECIMAL_BECOMES_FLOAT: "warning",
  LARGE_NUMBER_COMPARED: "warning",
  FILTER_READS_ALL: "note",
  CAST_LOSES_VALUES: "warning",
  CAST_MAY_OVERFLOW: "note",
  PARSE_LOSES_VALUES: "warning",
  FILL_CHANGES_TYPE: "warning",
  NULL_OPERAND: "warning",
  EXPRESSION_MISSING: "warning",
  JOIN_COLUMN_SUFFIXED: "warning",
  TEXTS_FOR_COLUMNS: "warning",
  JOIN_WITHOUT_KEYS: "error",
  ROWS_ARE_ARBITRARY: "note",
  DATE_IN_UTC: "warning",
  STEP_OPAQUE: "note",
  SOURCE_UNDECLARED: "warning",
  TYPE_NOT_WRITABLE: "error",
  TYPE_NOT_KEPT: "note",
};

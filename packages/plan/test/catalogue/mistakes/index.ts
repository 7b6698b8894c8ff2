import { nested, texts, times } from "./methods.ts";
import type { Mistake } from "./mistake.ts";
import { names } from "./names.ts";
import { silentOnes } from "./silent.ts";
import { casts, joins, sql, wholeTables } from "./tables.ts";
import { calculations, comparisons } from "./types.ts";

/** Steps that are wrong, by topic and name. */
export const mistakes: Readonly<Record<string, Readonly<Record<string, Mistake>>>> = {
  names,
  calculations,
  comparisons,
  texts,
  times,
  nested,
  joins,
  "whole tables": wholeTables,
  casts,
  sql,
  silent: silentOnes,
};

import type { Step } from "../tables.ts";
import { grouping } from "./grouping.ts";
import { joins } from "./joins.ts";
import { nested } from "./nested.ts";
import { numbers } from "./numbers.ts";
import { sql } from "./sql.ts";
import { particular, wholeTables } from "./tables.ts";
import { texts } from "./texts.ts";
import { times } from "./times.ts";

/** Steps that are right, by topic and name. */
export const correct: Readonly<Record<string, Readonly<Record<string, Step>>>> = {
  numbers,
  texts,
  times,
  nested,
  grouping,
  joins,
  "whole tables": wholeTables,
  particular,
  sql,
};

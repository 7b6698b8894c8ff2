import type { Finding } from "@glacier/core";
import { missingColumn } from "../findings/missing-columns.ts";
import { type Column, typeText } from "../model/column-type.ts";
import { missingColumnHint } from "../polars/missing-column.ts";
import type { Blame } from "./blame.ts";
import type { Refusal } from "./refusal.ts";

/** What to do about it, by what Polars says. The first that fits. */
const hints: readonly (readonly [RegExp, string])[] = [
  [
    /^cannot compare 'date/,
    'Compare with a date: `pl.lit(new Date("2024-01-01"))`. A text becomes one with `str.strptime`.',
  ],
  [/^cannot compare|comparison between series/, "Cast one of them to the type of the other first, with `.cast(…)`."],
  [/^'[\w.]+' cannot check/, "Give values of the type that the column has."],
  [/^filter predicate|expected `Boolean`|expected boolean/, 'A condition is needed here: `pl.col("n").gt(0)`, say.'],
  [/join keys|'by' parameter/, "Cast one of them to the type of the other first, with `.cast(…)`."],
  [/not allowed on (?:date|datetime)/, "To move a date or time, add a duration to it."],
  [/not allowed on duration/, "Cast it to `pl.Int64` first, and back to a duration after that."],
  [/^`explode`/, "Only lists can be exploded; `str.split` makes one of a text."],
  [
    /^`(?:year|month|day|hour|minute|second|week|weekday|ordinal_day|to_string|round|truncate)`.* `str`|Datetime, got str/,
    'Make a date of the text first: `str.strptime(pl.Date, "%Y-%m-%d")`.',
  ],
  [/^casting from|annot cast/, "No value of this type can become one of the other, so go another way."],
  [/supertype|^a struct meets/, "Give them the same type first, with `.cast(…)`."],
  [/expected String|expected `String`/, "The methods of `str` are for texts."],
  [/expected List|^list\.|non-list/, "The methods of `lst` are for lists; `str.split` and `pl.concatList` make them."],
  [/'Struct'|`Struct`|^struct\.|no field/, "Only a struct has fields; `pl.struct` makes one."],
  [/for temporal\/index column/, "Windows are over dates, times or whole numbers."],
  [/\bstr\b/, "Cast the text to a number first: `.cast(pl.Float64)`."],
  [/^activate/, "nodejs-polars is built without this. Calculate in the lists with `lst.eval`, or explode them first."],
  [/^duplicate/, "Give each column a name of its own: `.alias(…)`, or a `suffix` in a join."],
  [
    /^schema (?:lengths|names) differ/,
    'Select the same columns in the same order first, or write `pl.concat(frames, { how: "diagonal" })`.',
  ],
  [
    /^relation|^sql parser|^unsupported function/,
    "Check the query in SQL, and the names under which it gets its tables.",
  ],
];

export function describe(step: string, { refusal, columns, expression }: Blame): Finding {
  const { missing } = refusal;
  const [input] = expression?.kind === "function" && expression.name === "Struct.FieldByName" ? expression.inputs : [];
  if (missing === undefined || input?.kind !== "column") return described(step, refusal, columns);
  const struct = columns.find(({ name }) => name === input.name);
  if (struct?.type.kind !== "Struct") {
    return described(step, { code: "TYPE_MISMATCH", words: `there is no field \`${missing.column}\`` }, columns);
  }
  const fields = struct.type.fields.map(({ name }) => name);
  return {
    ...missingColumn(step, missing),
    message: `Step \`${step}\` asks for a field \`${missing.column}\`, which \`${struct.name}\` has not.`,
    hint: missingColumnHint({ column: missing.column, columns: fields }),
  };
}

/** What Polars refuses of a step, in the words of its user. */
export function described(step: string, refusal: Refusal, columns: readonly Column[]): Finding {
  const { code, words, missing } = refusal;
  if (missing !== undefined) return missingColumn(step, missing);
  const other = code === "TYPE_MISMATCH" ? "Cast it first, with `.cast(…)`." : "Check what the task gives to Polars.";
  const types = code === "TYPE_MISMATCH" ? typesOf(columns) : undefined;
  const [column, ...others] = columns;
  return {
    code,
    severity: "error",
    message: `Step \`${step}\` ${said(words, types)}.`,
    hint: hints.find(([pattern]) => pattern.test(words))?.[1] ?? other,
    step,
    ...(column === undefined || others.length > 0 ? {} : { column: column.name }),
  };
}

function said(words: string, types: string | undefined): string {
  if (types === undefined) return `can't work: ${words}`;
  if (words.startsWith("datatypes of join keys")) return `joins on columns of different types: ${types}`;
  return `can't work: ${words.replace(/ for (?:series with name `.*`|'.*')$/, "")}. ${types}`;
}

/** `a` is Int64, and `b` is String. */
function typesOf(columns: readonly Column[]): string | undefined {
  const most = 4;
  if (columns.length === 0 || columns.length > most) return undefined;
  const types = new Map<string, string[]>();
  for (const { name, type } of columns) types.set(name, [...(types.get(name) ?? []), typeText(type)]);
  const texts = [...types].map(
    ([name, each]) => `\`${name}\` is ${each.join(" in one table and ")}${each.length > 1 ? " in another" : ""}`,
  );
  return texts.length === 1 ? texts[0] : `${texts.slice(0, -1).join(", ")}, and ${texts.at(-1)}`;
}

import { columnOf, unwatched, withoutSelectors } from "./casts.ts";
import { allIn, found, listed, named, placedIn, type Rule } from "./look.ts";
import type { Expression } from "../model/expression.ts";

/** PARSE_LOSES_VALUES: nodejs-polars has no strict `strptime`. */
export const parsing: Rule = (node, looked) => {
  const columns = new Set<string>();
  let isDate = true;
  let format = "";
  let count = 0;
  for (const placed of placedIn(node)) {
    if (!allIn(placed.expression).some(isLooseParsing)) continue;
    for (const one of withoutSelectors(placed, looked)) {
      for (const part of unwatched(one, isLooseParsing)) {
        count += 1;
        columns.add(columnOf(part) ?? "");
        const text = JSON.stringify((part as Parsing).options);
        isDate &&= text.includes('"Date"');
        format = /"format":("(?:[^"\\]|\\.)*")/.exec(text)?.[1] ?? format;
      }
    }
  }
  if (count === 0) return [];
  const names = [...columns].filter((name) => name !== "");
  const what = names.length === 0 ? "texts" : listed(names.map(named));
  const call = `${isDate ? "toDate" : "toDatetime"}(${names[0] === undefined ? "…" : JSON.stringify(names[0])}, ${format === "" ? "…" : format})`;
  return [
    found(
      looked,
      "PARSE_LOSES_VALUES",
      `reads ${what} with \`strptime\`, which finds a date anywhere in a text, and makes null of a text without one.`,
      `Write \`${call}\` of @glacier/expressions: it wants the format and nothing else, and the run fails where it is not met.`,
      names,
    ),
  ];
};

type Parsing = Expression & { readonly kind: "function" };

const isLooseParsing = (part: Expression): boolean =>
  part.kind === "function" &&
  part.name === "String.Strptime" &&
  JSON.stringify(part.options ?? "").includes('"strict":false');

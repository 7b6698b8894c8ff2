import type { Expression, Literal } from "../model/expression.ts";
import { allIn, found, listed, named, placedIn, type Rule } from "./look.ts";

/** TEXTS_FOR_COLUMNS: texts alone, and each the name of a column. */
export const textsForColumns: Rule = (node, looked) =>
  placedIn(node).flatMap(({ expression, over }) =>
    allIn(expression).flatMap((part) => {
      const method = part.kind === "function" ? methods[part.name] : undefined;
      if (part.kind !== "function" || method === undefined) return [];
      const texts = part.inputs.map(textOf);
      if (texts.length === 0 || texts.includes(undefined)) return [];
      const names = [...new Set(texts as string[])];
      const columns = new Set(looked.typing.columnsOf(over));
      if (!names.every((name) => columns.has(name))) return [];
      return [
        found(
          looked,
          "TEXTS_FOR_COLUMNS",
          `gives \`${method}\` the texts ${listed(names.map((name) => JSON.stringify(name)))}, and not the columns of these names.`,
          `Write \`${method}([${names.map((name) => `pl.col(${JSON.stringify(name)})`).join(", ")}])\`.`,
          names,
        ),
      ];
    }),
  );

const methods: Readonly<Record<string, string>> = {
  AsStruct: "pl.struct",
  MaxHorizontal: "pl.maxHorizontal",
  MinHorizontal: "pl.minHorizontal",
  SumHorizontal: "pl.sumHorizontal",
  "Boolean.AnyHorizontal": "pl.anyHorizontal",
  "Boolean.AllHorizontal": "pl.allHorizontal",
};

function textOf(expression: Expression): string | undefined {
  const value: Literal | undefined = expression.kind === "literal" ? expression.value : undefined;
  return value?.kind === "text" ? value.value : undefined;
}

/**
 * What to say of a column that is not there, where it may have been meant as a text: `pl.col("status").eq("paid")` compares
 * with a column `paid`.
 * @param expression that the column stands in
 */
export function hintForMissingColumn(missing: string, expression: Expression): string | undefined {
  const isMeant = allIn(expression).some(
    (part) => part.kind === "binary" && part.right.kind === "column" && part.right.name === missing,
  );
  if (!isMeant) return undefined;
  return `A text in a comparison is the name of a column. If ${named(missing)} is a text, write \`pl.lit(${JSON.stringify(missing)})\`.`;
}

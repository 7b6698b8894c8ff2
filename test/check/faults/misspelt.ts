import type { Random } from "../random.ts";
import type { Plant } from "./fault.ts";
import { sites } from "./sites.ts";

/** As fingers slip. */
export function misspelt(random: Random, text: string, taken: readonly string[]): string {
  const at = random.below(text.length - 1);
  const forms = [
    text.slice(0, at) + (text[at + 1] as string) + (text[at] as string) + text.slice(at + 2),
    text.slice(0, at) + text.slice(at + 1),
    text.slice(0, at) + (text[at] as string) + text.slice(at),
    `${text}s`,
    text.toUpperCase(),
  ];
  const fitting = forms.filter((form) => form !== text && form !== "" && !taken.includes(form));
  return random.pick(fitting);
}

const misspeltIn =
  (use: string): Plant =>
  (pipeline, random) => {
    const fitting = [...sites(pipeline)].filter((site) => site.use === use);
    if (fitting.length === 0) return undefined;
    const site = random.pick(fitting);
    const wrong = misspelt(
      random,
      site.name,
      site.columns.map((column) => column.name),
    );
    site.set(wrong);
    return { steps: [site.step.name], columns: [wrong], namesColumn: true };
  };

const uses = [
  "filter",
  "withColumns",
  "select",
  "drop",
  "rename",
  "groupBy",
  "agg",
  "groupByDynamic",
  "sort",
  "unique",
  "dropNulls",
  "explode",
  "unnest",
  "unpivot",
  "over",
  "join key",
];

export const misspeltNames: Readonly<Record<string, Plant>> = Object.fromEntries(
  uses.map((use) => [`misspelt: ${use}`, misspeltIn(use)]),
);

import { sameType, type TableSchema } from "../model/column-type.ts";
import type { Selector } from "../model/expression.ts";
import { Unknown } from "../polars/unknown.ts";

/** What columns are chosen from. */
export interface Choice {
  /** In order. */
  readonly names: readonly string[];
  /** Asked only for a selector of types. */
  readonly schema: () => TableSchema | undefined;
  /** Those of the names in which Polars finds the pattern. */
  readonly matching: (pattern: string, names: readonly string[]) => readonly string[];
  /** Columns that are only chosen by name or position: in a group-by, its keys. */
  readonly except: ReadonlySet<string>;
}

/**
 * The columns that a selector stands for: those of `names` and `indices` in the order given, all others in the order of
 * the table.
 * @throws Unknown
 */
export function choose(selector: Selector, from: Choice): readonly string[] {
  switch (selector.kind) {
    case "all":
      return open(from);
    case "none":
      return [];
    case "names":
      return byName(selector.names, selector.strict, from);
    case "indices":
      return byIndex(selector.indices, selector.strict, from);
    case "matches":
      return from.matching(selector.pattern, open(from));
    case "types": {
      const schema = from.schema();
      if (schema === undefined) throw new Unknown("the types of columns that are chosen by type");
      const fits = schema.filter(({ type }) => selector.types.some((wanted) => sameType(wanted, type)));
      return fits.map(({ name }) => name).filter((name) => !from.except.has(name));
    }
    case "union":
    case "difference":
    case "intersection":
    case "xor":
      return combined(selector.kind, choose(selector.left, from), choose(selector.right, from), from);
  }
}

const open = ({ names, except }: Choice): readonly string[] =>
  except.size === 0 ? names : names.filter((name) => !except.has(name));

function byName(wanted: readonly string[], strict: boolean, { names }: Choice): readonly string[] {
  const there = new Set(names);
  const missing = wanted.find((name) => !there.has(name));
  if (strict && missing !== undefined) throw new Unknown(`the column ${JSON.stringify(missing)}`);
  return [...new Set(wanted)].filter((name) => there.has(name));
}

function byIndex(indices: readonly number[], strict: boolean, { names }: Choice): readonly string[] {
  return indices.flatMap((index) => {
    const name = names.at(index);
    if (name === undefined && strict) throw new Unknown(`the column number ${index}`);
    return name === undefined ? [] : [name];
  });
}

function combined(
  kind: "union" | "difference" | "intersection" | "xor",
  left: readonly string[],
  right: readonly string[],
  { names }: Choice,
): readonly string[] {
  const [inLeft, inRight] = [new Set(left), new Set(right)];
  return names.filter((name) => {
    const [one, other] = [inLeft.has(name), inRight.has(name)];
    if (kind === "union") return one || other;
    if (kind === "intersection") return one && other;
    return kind === "difference" ? one && !other : one !== other;
  });
}

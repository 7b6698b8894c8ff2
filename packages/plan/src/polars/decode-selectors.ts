import type { Selector } from "../model/expression.ts";
import { columnType, fields, flag, integer, list, raw, text, tuple, variant } from "./shape.ts";
import { part, type Steps } from "./steps.ts";
import { Unknown } from "./unknown.ts";

const byName = fields({ names: list(text), strict: flag });
const byIndex = fields({ indices: list(integer), strict: flag });

const operators: Readonly<Record<string, "union" | "difference" | "intersection" | "xor">> = {
  Union: "union",
  Difference: "difference",
  Intersect: "intersection",
  ExclusiveOr: "xor",
};

/** @throws Unknown */
export function* decodeSelector(given: unknown): Steps<Selector> {
  const [name, value] = variant(given, "a selector");
  const kind = operators[name];
  if (kind !== undefined) {
    const [left, right] = tuple(raw, raw)(value, "a selector");
    return { kind, left: yield* part(decodeSelector(left)), right: yield* part(decodeSelector(right)) };
  }
  switch (name) {
    case "Wildcard":
      return { kind: "all" };
    case "Empty":
      return { kind: "none" };
    case "ByName": {
      const { names, strict } = byName(value, "a selector");
      return { kind: "names", names, strict };
    }
    case "ByIndex": {
      const { indices, strict } = byIndex(value, "a selector");
      return { kind: "indices", indices, strict };
    }
    case "Matches":
      return { kind: "matches", pattern: text(value, "a selector") };
    case "ByDType": {
      const [by, types] = variant(value, "a selector");
      if (by !== "AnyOf") throw new Unknown(`the selector of types \`${by}\``);
      return { kind: "types", types: list(columnType)(types, "a selector") };
    }
    default:
      throw new Unknown(`the selector \`${name}\``);
  }
}

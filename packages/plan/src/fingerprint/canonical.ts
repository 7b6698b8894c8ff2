import { Unknown } from "../polars/unknown.ts";

type PlainObject = Readonly<Record<string, unknown>>;

/** An object with something else in its place, or the same. */
export type Rewrite = (object: PlainObject) => PlainObject;

/** Text that stands as it is. */
class Text {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

const [comma, endOfList, endOfObject] = [new Text(","), new Text("]"), new Text("}")];

/**
 * Plain data as text. It is the same for the same data, and different for different ones: keys come in order, what is
 * `undefined` is left out of objects, and unlike in JSON, `NaN`, the infinities, `-0` and bigints are themselves.
 * @param rewrite what is written for an object; it is asked once for each
 * @throws Unknown for what is no plain data
 */
export function canonicalText(value: unknown, rewrite: Rewrite = (object) => object): string {
  let text = "";
  // Plans may be nested deeper than JavaScript can call.
  const open: unknown[] = [value];
  while (open.length > 0) {
    const next = open.pop();
    if (next instanceof Text) text += next.text;
    else if (typeof next !== "object" || next === null) text += simpleText(next);
    else if (Array.isArray(next)) {
      text += "[";
      open.push(endOfList);
      for (let at = next.length - 1; at >= 0; at--) {
        open.push(next[at]);
        if (at > 0) open.push(comma);
      }
    } else {
      text += "{";
      open.push(endOfObject, ...entries(rewrite(plain(next))));
    }
  }
  return text;
}

function simpleText(value: unknown): string {
  switch (typeof value) {
    case "string":
      return JSON.stringify(value);
    case "number":
      return Object.is(value, -0) ? "-0" : String(value);
    case "bigint":
      return `${value}n`;
    case "boolean":
      return String(value);
    case "undefined":
      return "undefined";
    case "object":
      if (value === null) return "null";
      break;
    default:
  }
  throw notPlain(value);
}

/** Backwards, with what stands between them. */
function entries(object: PlainObject): unknown[] {
  // By code units: the same on every machine, whatever its language.
  const keys = Object.keys(object)
    .filter((key) => object[key] !== undefined)
    .sort();
  return keys.flatMap((key, at) => [new Text(`${at > 0 ? "," : ""}${JSON.stringify(key)}:`), object[key]]).toReversed();
}

function plain(value: object): PlainObject {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === Object.prototype || prototype === null) return value as PlainObject;
  throw notPlain(value);
}

const notPlain = (value: unknown): Unknown => new Unknown(`how to write down ${Object.prototype.toString.call(value)}`);

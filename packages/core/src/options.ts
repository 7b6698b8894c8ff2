import { GlacierError } from "./errors.ts";
import { didYouMean, quoted } from "./suggest.ts";

/**
 * What one option takes. `undefined` from `check` means the value is fine; a string says what is expected, as the end of
 * the sentence "… must be".
 */
export interface OptionRule {
  readonly check: (value: unknown) => string | undefined;
  readonly required?: boolean;
}

/** The options of one function: name → rule. Whatever is not in the table is refused. */
export type OptionTable<Options extends object = Record<string, unknown>> = {
  readonly [Name in keyof Options]-?: OptionRule;
};

const rule = (expected: string, accepts: (value: unknown) => boolean): OptionRule => ({
  check: (value) => (accepts(value) ? undefined : expected),
});

export const aString: OptionRule = rule("a text that is not empty", (v) => typeof v === "string" && v.length > 0);
export const anyString: OptionRule = rule("a text", (v) => typeof v === "string");
export const aBoolean: OptionRule = rule("true or false", (v) => typeof v === "boolean");
export const aFunction: OptionRule = rule("a function", (v) => typeof v === "function");
export const anObject: OptionRule = rule("an object", (v) => typeof v === "object" && v !== null && !Array.isArray(v));

/** A whole number from `min` to `max`. */
export const aWholeNumber = (min = 0, max: number = Number.MAX_SAFE_INTEGER): OptionRule =>
  rule(
    max === Number.MAX_SAFE_INTEGER ? `a whole number of at least ${min}` : `a whole number from ${min} to ${max}`,
    (v) => typeof v === "number" && Number.isInteger(v) && v >= min && v <= max,
  );

/** A finite number above `above`. */
export const aNumberAbove = (above: number): OptionRule =>
  rule(`a number above ${above}`, (v) => typeof v === "number" && Number.isFinite(v) && v > above);

/** One of a closed list. */
export const oneOf = (...values: readonly string[]): OptionRule =>
  rule(`one of ${quoted(values, "or")}`, (v) => typeof v === "string" && values.includes(v));

/** Whatever one of the rules takes. */
export const either = (...rules: readonly OptionRule[]): OptionRule => ({
  check: (value) => {
    const expected = rules.map((r) => r.check(value));
    return expected.includes(undefined) ? undefined : expected.join(", or ");
  },
});

export const required = (inner: OptionRule): OptionRule => ({ ...inner, required: true });

/**
 * Checks `given` against `table` and returns a frozen copy without the options that are `undefined`. Polars and most
 * SDKs ignore what they do not know, so a misspelt option would silently do nothing: here it is refused.
 *
 * @param subject What the options belong to, as the start of a sentence: ``task `clean` ``.
 * @throws OPTION_UNKNOWN (with a suggestion), OPTION_INVALID, OPTION_MISSING, ARGUMENT_INVALID
 */
export function checkOptions<Options extends object>(
  given: unknown,
  table: OptionTable<Options>,
  subject: string,
): Readonly<Options> {
  if (typeof given !== "object" || given === null || Array.isArray(given)) {
    throw new GlacierError("ARGUMENT_INVALID", `${subject} takes an object with options, not ${show(given)}.`);
  }
  const rules: Readonly<Record<string, OptionRule>> = table;
  const checked: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(given)) {
    const known = Object.hasOwn(rules, name) ? rules[name] : undefined;
    if (known === undefined) {
      const names = Object.keys(rules);
      throw new GlacierError("OPTION_UNKNOWN", `${subject} has no option \`${name}\`.`, {
        hint: `${didYouMean(name, names)}${names.length === 0 ? "It takes no options." : `It takes ${quoted(names)}.`}`,
        details: { option: name, known: names },
      });
    }
    if (value === undefined) continue;
    const expected = known.check(value);
    if (expected !== undefined) {
      throw new GlacierError(
        "OPTION_INVALID",
        `${subject}: option \`${name}\` must be ${expected}, not ${show(value)}.`,
        {
          details: { option: name },
        },
      );
    }
    checked[name] = value;
  }
  for (const name in rules) {
    if (rules[name]?.required === true && !Object.hasOwn(checked, name)) {
      throw new GlacierError("OPTION_MISSING", `${subject} needs the option \`${name}\`.`, {
        details: { option: name },
      });
    }
  }
  return Object.freeze(checked) as Readonly<Options>;
}

/** A value as it stands in an error: short, on one line, and never the content of an object. */
export function show(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value.length > 60 ? `${value.slice(0, 57)}...` : value);
  if (typeof value === "function") return "a function";
  if (Array.isArray(value)) return "an array";
  if (typeof value === "object" && value !== null) return "an object";
  return String(value);
}

import { inspect } from "node:util";

/** Makes `console.log` and the REPL show values of a class by a short text rather than by their fields. */
export function printedAs<Value extends object>(
  type: { readonly prototype: Value },
  text: (value: Value) => string,
): void {
  Object.defineProperty(type.prototype, inspect.custom, {
    value(this: Value): string {
      return text(this);
    },
  });
}

import { GlacierError } from "./errors.ts";
import type { Sources } from "./frame.ts";
import { didYouMean, quoted } from "./suggest.ts";

/**
 * The object of frames that a task with several sources gets. JavaScript would give `undefined` for a name that is not
 * there, and the task would fail somewhere later; this object refuses the name and says which there are.
 */
export function refuseUnknownNames(task: string, frames: Sources): Sources {
  return new Proxy(Object.freeze({ ...frames }), {
    get(target, name, receiver): unknown {
      // `then` is looked up by `await`, symbols by printing.
      if (typeof name === "symbol" || name in target || name === "then" || name === "toJSON") {
        return Reflect.get(target, name, receiver);
      }
      const names = Object.keys(target);
      throw new GlacierError(
        "SOURCES_MISMATCH",
        `Task \`${task}\` asked for a source \`${name}\`, which it is not given.`,
        {
          hint: `${didYouMean(name, names)}It is given ${quoted(names)}.`,
          details: { task, asked: name, given: names },
        },
      );
    },
  });
}

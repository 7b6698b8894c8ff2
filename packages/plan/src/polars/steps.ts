import { Unknown } from "./unknown.ts";

/**
 * Work on something nested that yields the work on its parts instead of calling it: so plans may be deeper than
 * JavaScript's stack.
 */
export type Steps<Result> = Generator<Steps<unknown>, Result, unknown>;

/** Does the work on a part: `yield* part(work)`. */
export function* part<Result>(work: Steps<Result>): Steps<Result> {
  return (yield work) as Result;
}

export function* parts<Result>(works: Iterable<Steps<Result>>): Steps<readonly Result[]> {
  const results: Result[] = [];
  for (const work of works) results.push(yield* part(work));
  return results;
}

/**
 * How deep a plan may be nested: its steps and the expressions in one of them, counted together. To read a plan back
 * from its binary form, as is done to look into it, Polars itself calls as deep as the plan is. That ends the process
 * at 1,200 to 1,500 steps in a worker thread and at 2,400 to 2,600 in the main one (nodejs-polars 0.26.1, Linux).
 */
const deepest = 1_000;

/** Does the work. @throws Unknown where it is nested too deep */
export function finish<Result>(work: Steps<Result>): Result {
  const stack: Steps<unknown>[] = [work];
  let result: unknown;
  for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
    const step = top.next(result);
    if (step.done === true) {
      stack.pop();
      result = step.value;
    } else {
      if (stack.length >= deepest) throw new Unknown(`how to read a plan that is nested deeper than ${deepest} levels`);
      stack.push(step.value);
      result = undefined;
    }
  }
  return result as Result;
}

import type { Pipeline } from "../program.ts";
import { Random } from "../random.ts";
import type { Expected, Plant } from "./fault.ts";
import { frameFaults } from "./frames.ts";
import { misspeltNames } from "./misspelt.ts";
import { nameFaults } from "./names.ts";
import { placeFaults } from "./places.ts";
import { typeFaults } from "./types.ts";

export type { Expected } from "./fault.ts";
export { endsProcess, silent } from "./silent.ts";

const plants: Readonly<Record<string, Plant>> = {
  ...misspeltNames,
  ...nameFaults,
  ...typeFaults,
  ...frameFaults,
  ...placeFaults,
};

/** The kinds of faults, by what they are called, in groups. */
export const faultKinds: Readonly<Record<string, readonly string[]>> = {
  names: [...Object.keys(misspeltNames), ...Object.keys(nameFaults)],
  types: Object.keys(typeFaults),
  frames: Object.keys(frameFaults),
  places: Object.keys(placeFaults),
};

export interface Spoilt {
  readonly pipeline: Pipeline;
  readonly expected: Expected;
}

/** The pipeline with one fault in it; `undefined` where it has no place for that kind. */
export function spoil(correct: Pipeline, kind: string): Spoilt | undefined {
  const pipeline = structuredClone(correct);
  const expected = (plants[kind] as Plant)(pipeline, new Random(correct.seed + 2));
  return expected === undefined ? undefined : { pipeline, expected };
}

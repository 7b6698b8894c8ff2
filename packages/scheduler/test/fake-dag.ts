import { type Bucket, Dag, type Duration, Provider, type ProviderPlugin, type Step } from "@glacier/core";

/** A storage with addresses and nothing in it: enough to build a Dag, which is all that is needed to schedule one. */
const nowhere: ProviderPlugin<Record<never, never>> = {
  name: "nowhere",
  storage: {
    check: () => {},
    uri: ({ bucket, path }) => `nowhere://${bucket}/${path}`,
    scan: ({ path }) => ({ uri: path, glob: false }),
    list: () => Promise.resolve([]),
    stage: () => Promise.reject(new Error("Nothing is written here.")),
  },
};

export interface FakeStep {
  /** The steps that it needs, by their numbers. */
  readonly needs: readonly number[];
  readonly retries?: number | undefined;
  readonly timeout?: Duration | undefined;
}

/** The name of the step of that number. Sorts by number. */
export const nameOf = (index: number): string => `s${String(index).padStart(6, "0")}`;

export const indexOf = (name: string): number => Number(name.slice(1));

/** A real Dag of those steps, numbered from 0. */
export function fakeDag(steps: readonly FakeStep[]): Dag {
  const provider = new Provider(nowhere);
  const here = provider.local();
  const bucketOf = (name: string): Bucket => provider.bucket("lake", `${name}.parquet`);
  const raw = bucketOf("raw");
  return new Dag(
    steps.map(({ needs, retries, timeout }, index): Step => {
      const sources = needs.map((need) => [nameOf(need), bucketOf(nameOf(need))] as const);
      const options = {
        name: nameOf(index),
        ...(retries === undefined ? {} : { retries }),
        ...(timeout === undefined ? {} : { timeout }),
      };
      return {
        sources: sources.length === 0 ? { df: raw } : Object.fromEntries(sources),
        task: here.task(options, (df) => df),
        target: bucketOf(nameOf(index)),
      };
    }),
  );
}

/** Each step needs the one before. */
export const chain = (length: number): readonly FakeStep[] =>
  Array.from({ length }, (_, index) => ({ needs: index === 0 ? [] : [index - 1] }));

/** One step, then `width` steps that need it, then one that needs all of those. */
export const fan = (width: number): readonly FakeStep[] => [
  { needs: [] },
  ...Array.from({ length: width }, () => ({ needs: [0] })),
  { needs: Array.from({ length: width }, (_, index) => index + 1) },
];

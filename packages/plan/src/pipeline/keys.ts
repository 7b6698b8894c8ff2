import { type Bucket, type Dag, label } from "@glacier/core";

/**
 * What buckets are called in traces: `bucket/path`, and where two places have the same, with the provider's name before
 * it. Where even that is the same, with a number after it.
 */
export class BucketKeys {
  readonly #byUri = new Map<string, string>();

  constructor(dag: Dag) {
    const buckets = new Map<string, Bucket>();
    const uses = new Map<string, number>();
    for (const { step } of dag.steps) {
      for (const bucket of [...Object.values(step.sources), step.target]) {
        if (buckets.has(bucket.uri)) continue;
        buckets.set(bucket.uri, bucket);
        uses.set(label(bucket), (uses.get(label(bucket)) ?? 0) + 1);
      }
    }
    const taken = new Map<string, number>();
    for (const bucket of buckets.values()) {
      const text = label(bucket);
      const key = uses.get(text) === 1 ? text : `${bucket.provider.name}:${text}`;
      const count = (taken.get(key) ?? 0) + 1;
      taken.set(key, count);
      this.#byUri.set(bucket.uri, count === 1 ? key : `${key}#${count}`);
    }
  }

  /** Of a bucket of the Dag. */
  of(bucket: Bucket): string {
    return this.#byUri.get(bucket.uri) ?? label(bucket);
  }
}

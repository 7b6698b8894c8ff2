import { type Bucket, type DagStep, GlacierError, label, type StoredObject } from "@glacier/core";

/**
 * Refuses a step whose target is one of the files that it reads, by another path: a Dag compares addresses and can't
 * see where links lead. The data would not be damaged, but the source would be gone.
 * @throws CYCLE
 */
export async function refuseOwnSource(
  node: DagStep,
  scanned: readonly { readonly bucket: Bucket; readonly objects: readonly StoredObject[] }[],
): Promise<void> {
  const { target } = node.step;
  const sources = new Map<string, string>();
  for (const { bucket, objects } of scanned) {
    for (const { path, identity } of objects) {
      if (identity !== undefined) sources.set(identity, label({ bucket: bucket.bucket, path }));
    }
  }
  if (sources.size === 0) return;
  // A target that can't be listed can't be staged either, and that says why.
  const existing = await target.storage.list({ ...target.location, glob: false }).catch(() => []);
  for (const { identity } of existing) {
    const source = identity === undefined ? undefined : sources.get(identity);
    if (source === undefined) continue;
    throw new GlacierError(
      "CYCLE",
      `Step \`${node.name}\` reads what it writes: \`${source}\` and its target \`${label(target)}\` are one file.`,
      {
        hint: "A symbolic link leads from one to the other. Write to another file.",
        details: { step: node.name, source, target: label(target) },
      },
    );
  }
}

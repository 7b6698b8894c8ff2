import type { Bucket } from "./bucket.ts";
import type { Dag } from "./dag.ts";
import type { Graph, GraphBucket, GraphEdge, GraphStep, GraphStorage } from "./graph.ts";
import { IdMaker } from "./id.ts";
import { label } from "./location.ts";

/** A Dag as plain data. */
export function toGraph(dag: Dag): Graph {
  const ids = new IdMaker();
  const storages = new Map<string, GraphStorage>();
  const buckets = new Map<string, { bucket: Bucket; id: string; storage: string; read: boolean; written: boolean }>();

  const storageOf = (provider: string): string => {
    const known = storages.get(provider);
    if (known !== undefined) return known.id;
    const storage = { id: ids.make("storage", provider), label: provider };
    storages.set(provider, storage);
    return storage.id;
  };
  const enter = (bucket: Bucket): { id: string; read: boolean; written: boolean } => {
    const known = buckets.get(bucket.uri);
    if (known !== undefined) return known;
    const storage = storageOf(bucket.location.provider);
    const id = ids.make("bucket", `${bucket.location.provider}/${label(bucket)}`);
    const entry = { bucket, id, storage, read: false, written: false };
    buckets.set(bucket.uri, entry);
    return entry;
  };

  const steps: GraphStep[] = [];
  const edges: GraphEdge[] = [];
  for (const node of dag.steps) {
    const { step } = node;
    const id = ids.make("step", node.name);
    steps.push({ id, label: node.name, executor: step.task.executor.kind, level: node.level });
    const sources = Object.entries(step.sources);
    for (const [name, bucket] of sources) {
      const source = enter(bucket);
      source.read = true;
      edges.push({ from: source.id, to: id, ...(sources.length > 1 ? { label: name } : {}) });
    }
    // What lies in a folder that it reads, or under a glob.
    const named = new Set(sources.map(([, bucket]) => bucket.uri));
    for (const dependency of node.dependencies) {
      if (named.has(dependency.step.target.uri)) continue;
      const part = enter(dependency.step.target);
      part.read = true;
      edges.push({ from: part.id, to: id });
    }
    const target = enter(step.target);
    target.written = true;
    edges.push({ from: id, to: target.id });
  }
  return {
    name: dag.name,
    ...(dag.description === undefined ? {} : { description: dag.description }),
    storages: [...storages.values()],
    buckets: [...buckets.values()].map(({ bucket, id, storage, read, written }): GraphBucket => ({
      id,
      label: label(bucket),
      storage,
      format: bucket.format,
      role: !written ? "source" : read ? "intermediate" : "target",
    })),
    steps,
    edges,
  };
}

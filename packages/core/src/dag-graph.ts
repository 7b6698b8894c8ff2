import type { Bucket } from "./bucket.ts";
import type { Dag } from "./dag.ts";
import type { Graph, GraphBucket, GraphEdge, GraphStep, GraphStorage } from "./graph.ts";
import { IdMaker } from "./id.ts";
import { label } from "./location.ts";

/** A bucket while the graph is being made. */
interface Entry extends Omit<GraphBucket, "role"> {
  read: boolean;
  written: boolean;
}

/** A Dag as plain data. */
export function toGraph(dag: Dag): Graph {
  const ids = new IdMaker();
  const storages = new Map<string, GraphStorage>();
  const buckets = new Map<string, Entry>();

  const storageOf = (provider: string): string => {
    const known = storages.get(provider);
    if (known !== undefined) return known.id;
    const storage = { id: ids.make("storage", provider), label: provider };
    storages.set(provider, storage);
    return storage.id;
  };
  const enter = (bucket: Bucket): Entry => {
    const known = buckets.get(bucket.uri);
    if (known !== undefined) return known;
    const { provider, format } = bucket.location;
    const text = label(bucket);
    const id = ids.make("bucket", `${provider}/${text}`);
    const entry = { id, label: text, storage: storageOf(provider), format, read: false, written: false };
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
      edges.push(sources.length > 1 ? { from: source.id, to: id, label: name } : { from: source.id, to: id });
    }
    // What lies in a folder that it reads, or under a glob.
    const named = node.dependencies.length === 0 ? undefined : new Set(sources.map(([, bucket]) => bucket.uri));
    for (const dependency of node.dependencies) {
      if (named?.has(dependency.step.target.uri) === true) continue;
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
    buckets: [...buckets.values()].map(({ id, label, storage, format, read, written }): GraphBucket => ({
      id,
      label,
      storage,
      format,
      role: !written ? "source" : read ? "intermediate" : "target",
    })),
    steps,
    edges,
  };
}

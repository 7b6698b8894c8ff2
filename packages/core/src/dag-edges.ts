import { isDeepStrictEqual } from "node:util";
import type { Bucket } from "./bucket.ts";
import type { DagStep } from "./dag.ts";
import { GlacierError } from "./errors.ts";
import { folderOfGlob, GlobIndex } from "./glob-index.ts";
import { label } from "./location.ts";
import type { Step } from "./step.ts";

/** A {@link DagStep} while it is being put together. */
export interface Node extends DagStep {
  name: string;
  level: number;
  readonly dependencies: Node[];
  readonly dependents: Node[];
}

/**
 * Finds which steps are the same, gives each its name, and connects those that read what others write.
 * @throws TARGET_TWICE, TARGET_OVERLAPS, TASK_NAME_DUPLICATE
 */
export function connect(steps: Iterable<Step>): Node[] {
  const byTarget = new Map<string, Node>();
  for (const step of steps) {
    const uri = step.target.uri;
    const known = byTarget.get(uri);
    if (known === undefined)
      byTarget.set(uri, { name: step.task.name, step, dependencies: [], dependents: [], level: 0 });
    else if (!isSameStep(known.step, step)) throw writtenTwice(known.step, step);
  }
  const nodes = [...byTarget.values()];
  nameSteps(nodes);
  refuseNestedTargets(byTarget);

  // Who reads an address (or the folder there), who reads what matches a glob, who reads a file in a target.
  const readers = new Map<string, Node[]>();
  const patterns = new GlobIndex<Node>();
  const inside = new Map<Node, Node[]>();
  const shortestTarget = shortest(byTarget.keys());
  for (const node of nodes) {
    for (const source of distinct(Object.values(node.step.sources))) {
      if (source.isPattern) patterns.add(source, node);
      else append(readers, source.uri, node);
      const address = source.isPattern ? `${folderOfGlob(source)}/` : source.uri;
      if (address.lastIndexOf("/") < shortestTarget) continue;
      for (const folder of foldersOf(address, shortestTarget)) {
        const writer = byTarget.get(folder);
        if (writer !== undefined) append(inside, writer, node);
      }
    }
  }
  const shortestRead = shortest(readers.keys());
  for (const [uri, writer] of byTarget) {
    const found = new Set(readers.get(uri));
    // Rare, and so not paid for by every step: what is read or written is a folder, or is read by a glob.
    if (inside.size > 0 || patterns.size > 0 || uri.lastIndexOf("/") >= shortestRead) {
      for (const reader of [...(inside.get(writer) ?? []), ...patterns.match(uri)]) found.add(reader);
      for (const folder of foldersOf(uri, shortestRead))
        for (const reader of readers.get(folder) ?? []) found.add(reader);
    }
    for (const reader of found) {
      reader.dependencies.push(writer);
      writer.dependents.push(reader);
    }
  }
  return nodes;
}

/** The same task from the same sources to the same target: two references to one step. */
function isSameStep(a: Step, b: Step): boolean {
  if (a === b) return true;
  if (a.task !== b.task) return false;
  const names = Object.keys(a.sources);
  return (
    names.length === Object.keys(b.sources).length &&
    isSameUse(a.target, b.target, "sinkOptions") &&
    names.every((name) => isSameUse(a.sources[name], b.sources[name], "scanOptions"))
  );
}

/** One address, read or written in one way. */
function isSameUse(a: Bucket | undefined, b: Bucket | undefined, options: "scanOptions" | "sinkOptions"): boolean {
  if (a === b) return true;
  return (
    a?.uri === b?.uri &&
    a?.format === b?.format &&
    a?.isPattern === b?.isPattern &&
    isDeepStrictEqual(a?.[options], b?.[options])
  );
}

function writtenTwice(...steps: readonly [Step, Step]): GlacierError {
  const [a, b] = [...steps].sort((one, other) => (one.task.name < other.task.name ? -1 : 1)) as [Step, Step];
  const who = a.task.name === b.task.name ? `\`${a.task.name}\` twice` : `\`${a.task.name}\` and \`${b.task.name}\``;
  return new GlacierError("TARGET_TWICE", `The bucket \`${label(a.target)}\` is written by two steps: ${who}.`, {
    hint:
      a.task === b.task
        ? "The two differ in their sources, or in the options of a bucket. Make each bucket once and use it in both."
        : "Give each step a bucket of its own.",
    details: { target: label(a.target), steps: [a.task.name, b.task.name] },
  });
}

function nameSteps(nodes: readonly Node[]): void {
  const byName = new Map<string, Node[]>();
  for (const node of nodes) append(byName, node.name, node);
  for (const [name, same] of byName) {
    const first = same[0] as Node;
    const other = same.find((node) => node.step.task !== first.step.task);
    if (other !== undefined) {
      throw new GlacierError(
        "TASK_NAME_DUPLICATE",
        `Two different tasks are called \`${name}\`: one writes \`${label(first.step.target)}\`, one \`${label(other.step.target)}\`.`,
        {
          hint: "Rename one. To use one task twice, make it once and chain that.",
          details: { task: name, targets: [label(first.step.target), label(other.step.target)] },
        },
      );
    }
    if (same.length > 1) for (const node of same) node.name = `${name}@${label(node.step.target)}`;
  }
  // One path in two providers: the label no longer tells the steps apart.
  const taken = new Set<string>();
  for (const node of nodes) {
    if (taken.has(node.name)) node.name = `${node.name} (${node.step.target.location.provider})`;
    for (let count = 2; taken.has(node.name); count++) node.name = `${node.name.replace(/ #\d+$/, "")} #${count}`;
    taken.add(node.name);
  }
}

function refuseNestedTargets(byTarget: ReadonlyMap<string, Node>): void {
  const least = shortest(byTarget.keys());
  for (const [uri, inner] of byTarget) {
    if (uri.lastIndexOf("/") < least) continue;
    for (const folder of foldersOf(uri, least)) {
      const outer = byTarget.get(folder);
      if (outer === undefined) continue;
      throw new GlacierError(
        "TARGET_OVERLAPS",
        `Step \`${inner.name}\` writes \`${label(inner.step.target)}\`, which lies inside \`${label(outer.step.target)}\`, the target of step \`${outer.name}\`.`,
        { hint: "Give each step a place of its own.", details: { steps: [outer.name, inner.name] } },
      );
    }
  }
}

/** The folders that an address is in, innermost first, as long as they have that many characters. */
function* foldersOf(uri: string, least: number): Generator<string> {
  for (let end = uri.lastIndexOf("/"); end >= least && end > 0; end = uri.lastIndexOf("/", end - 1)) {
    yield uri.slice(0, end);
  }
}

function shortest(addresses: Iterable<string>): number {
  let least = Number.POSITIVE_INFINITY;
  for (const address of addresses) least = Math.min(least, address.length);
  return least;
}

function distinct(buckets: readonly Bucket[]): readonly Bucket[] {
  if (buckets.length === 1) return buckets;
  const seen = new Set<string>();
  return buckets.filter(({ uri }) => !seen.has(uri) && seen.add(uri));
}

function append<Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}

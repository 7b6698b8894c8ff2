import type { Node } from "./dag-edges.ts";
import { GlacierError } from "./errors.ts";
import { label } from "./location.ts";

/**
 * Sorts nodes so that each comes after those it depends on, level by level, and sets the levels. Within a level the
 * order is by name, so that it does not depend on how the graph was put together.
 * @throws CYCLE
 */
export function inOrder(nodes: readonly Node[]): Node[] {
  const waiting = new Map(nodes.map((node) => [node, node.dependencies.length]));
  const ordered: Node[] = [];
  let ready = nodes.filter((node) => node.dependencies.length === 0);
  for (let level = 0; ready.length > 0; level++) {
    const next: Node[] = [];
    for (const node of ready.sort(byName)) {
      node.level = level;
      ordered.push(node);
      for (const dependent of node.dependents) {
        const left = (waiting.get(dependent) as number) - 1;
        waiting.set(dependent, left);
        if (left === 0) next.push(dependent);
      }
    }
    ready = next;
  }
  if (ordered.length < nodes.length) throw cycle(nodes.filter((node) => (waiting.get(node) as number) > 0));
  return ordered;
}

const byName = (a: Node, b: Node): number => (a.name < b.name ? -1 : 1);

/** Every node that is left over has a dependency that is left over too: following them ends in a circle. */
function cycle(left: readonly Node[]): GlacierError {
  const open = new Set(left);
  const path: Node[] = [];
  const seen = new Map<Node, number>();
  let node = left[0] as Node;
  while (!seen.has(node)) {
    seen.set(node, path.length);
    path.push(node);
    node = node.dependencies.find((dependency) => open.has(dependency)) as Node;
  }
  // Along the flow of data: from writer to reader.
  const circle = path.slice(seen.get(node)).reverse();
  const names = circle.map((step) => step.name);
  const only = circle.length === 1 ? circle[0] : undefined;
  const message =
    only === undefined
      ? `The steps ${inShort([...names, names[0]].map((name) => `\`${name}\``)).join(" → ")} need each other.`
      : `Step \`${only.name}\` writes \`${label(only.step.target)}\`, which is among what it reads.`;
  return new GlacierError("CYCLE", message, {
    hint:
      only === undefined
        ? `They write ${inShort(circle.map((step) => `\`${label(step.step.target)}\``)).join(", ")}. Let one of them write to a bucket of its own.`
        : "Write to another bucket; a step can't replace what it is reading.",
    details: { steps: names },
  });
}

/** A circle may have thousands of steps; a few of its beginning and end tell where it is. */
function inShort(texts: readonly string[]): readonly string[] {
  return texts.length <= 12 ? texts : [...texts.slice(0, 6), `… (${texts.length - 9} more) …`, ...texts.slice(-3)];
}

import { basename, extname } from "node:path";
import { Bucket, Dag, didYouMean, GlacierError, isOpenTransform, Pipeline, quoted } from "@glacier/core";

/** A pipeline of a module. */
export interface FoundPipeline {
  /** From `withName`, else the name of its export. */
  readonly name: string;
  readonly description: string | undefined;
  /** The final bucket. */
  readonly target: Bucket;
}

/**
 * The pipelines that a module exports: buckets with lineage and pipeline objects, by themselves or in arrays and plain
 * objects.
 * @throws NO_PIPELINES, TRANSFORM_WITHOUT_TARGET, MODULE_FAILED
 */
export function findPipelines(exports: Readonly<Record<string, unknown>>, file: string): readonly FoundPipeline[] {
  const found = new Map<Bucket, FoundPipeline>();
  const seen = { sources: 0 };
  for (const [name, value] of Object.entries(exports)) {
    collect(name === "default" ? basename(file, extname(file)) : name, value, found, seen);
  }
  const pipelines = [...found.values()];
  if (pipelines.length === 0) {
    throw new GlacierError("NO_PIPELINES", `\`${file}\` exports no pipeline.`, {
      hint:
        seen.sources > 0
          ? "It exports buckets, but no step produces them. Export what `.to(bucket)` returns."
          : "Export the bucket at the end of a chain: `export const etl = raw.transform(clean).to(tidy);`.",
    });
  }
  refuseSameNames(pipelines, file);
  return pipelines;
}

/**
 * The pipelines of those names; all, if none is named.
 * @throws PIPELINE_UNKNOWN
 */
export function selectPipelines(
  pipelines: readonly FoundPipeline[],
  names: readonly string[],
  file: string,
): readonly FoundPipeline[] {
  if (names.length === 0) return pipelines;
  return names.map((name) => {
    const match = pipelines.find((pipeline) => pipeline.name === name);
    if (match !== undefined) return match;
    const known = pipelines.map((pipeline) => pipeline.name);
    throw new GlacierError("PIPELINE_UNKNOWN", `\`${file}\` exports no pipeline \`${name}\`.`, {
      hint: `${didYouMean(name, known)}It exports ${quoted(known)}.`,
    });
  });
}

/** All of them as one graph: steps that they share are in it once. */
export function asDag(pipelines: readonly FoundPipeline[]): Dag {
  return Dag.of(
    pipelines.map((pipeline) => pipeline.target),
    {
      name: pipelines.map((pipeline) => pipeline.name).join(", "),
      description: pipelines.length === 1 ? pipelines[0]?.description : undefined,
    },
  );
}

function collect(
  name: string,
  value: unknown,
  found: Map<Bucket, FoundPipeline>,
  seen: { sources: number },
  depth = 0,
): void {
  if (typeof value !== "object" || value === null) return;
  if (isOpenTransform(value)) {
    throw new GlacierError(
      "TRANSFORM_WITHOUT_TARGET",
      `The export \`${name}\` is the transform \`${value.task.name}\` without a target.`,
      {
        hint: "Complete it with `.to(bucket)`, or don't export it.",
      },
    );
  }
  const target = Bucket.is(value)
    ? value
    : Pipeline.is(value) && "target" in value && Bucket.is(value.target)
      ? value.target
      : undefined;
  if (target !== undefined) {
    if (target.step === undefined) seen.sources += 1;
    else if (!found.has(target))
      found.set(target, { name: target.name ?? name, description: target.description, target });
  } else if (depth < 2 && (Array.isArray(value) || isPlain(value))) {
    for (const [key, inner] of Object.entries(value)) {
      collect(Array.isArray(value) ? `${name}[${key}]` : `${name}.${key}`, inner, found, seen, depth + 1);
    }
  }
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype || Object.getPrototypeOf(prototype) === null;
}

function refuseSameNames(pipelines: readonly FoundPipeline[], file: string): void {
  const names = new Set<string>();
  for (const { name } of pipelines) {
    if (names.has(name)) {
      throw new GlacierError("MODULE_FAILED", `\`${file}\` exports two pipelines named \`${name}\`.`, {
        hint: "Give each its own name with `.withName(…)`.",
      });
    }
    names.add(name);
  }
}

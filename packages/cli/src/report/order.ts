import type { Finding, Severity } from "@glacier/core";
import type { PipelineTrace } from "@glacier/plan";
import { groupBy } from "../group-by.ts";

/** The findings about one thing. */
export interface Group {
  readonly kind: "step" | "bucket" | "pipeline";
  /** Of the step or bucket; empty for the pipeline. */
  readonly name: string;
  readonly findings: readonly Finding[];
}

const severities: readonly Severity[] = ["error", "warning", "note"];

/**
 * Sorts findings as one reads a pipeline: those about the whole, those about its sources and other buckets, then those
 * about its steps, in their order. Of one step or bucket the worst come first, then those that stand first in the file.
 */
export function inReadingOrder(findings: readonly Finding[], { buckets, steps }: PipelineTrace): readonly Finding[] {
  const places = new Map<string, number>();
  for (const key of ["pipeline ", ...buckets.map(bucketId), ...steps.map(stepId)]) places.set(key, places.size);
  const placeOf = (finding: Finding): number => places.get(idOf(finding)) ?? places.size;
  return findings.toSorted(
    (one, other) =>
      placeOf(one) - placeOf(other) ||
      compare(idOf(one), idOf(other)) ||
      severities.indexOf(one.severity) - severities.indexOf(other.severity) ||
      compare(one.place?.file ?? "", other.place?.file ?? "") ||
      (one.place?.line ?? 0) - (other.place?.line ?? 0) ||
      (one.place?.column ?? 0) - (other.place?.column ?? 0) ||
      compare(one.code, other.code),
  );
}

const bucketId = ({ key }: { readonly key: string }): string => `bucket ${key}`;
const stepId = ({ step }: { readonly step: string }): string => `step ${step}`;
const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

function idOf({ step, bucket }: Finding): string {
  if (step !== undefined) return stepId({ step });
  return bucket === undefined ? "pipeline " : bucketId({ key: bucket });
}

/** Findings in reading order, by what they are about. */
export function grouped(findings: readonly Finding[]): readonly Group[] {
  return Array.from(groupBy(findings, idOf).values(), (group): Group => {
    const { step, bucket } = group[0] as Finding;
    if (step !== undefined) return { kind: "step", name: step, findings: group };
    return bucket === undefined
      ? { kind: "pipeline", name: "", findings: group }
      : { kind: "bucket", name: bucket, findings: group };
  });
}

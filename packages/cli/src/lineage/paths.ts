import type { Influence } from "@glacier/plan";
import { groupBy } from "../group-by.ts";
import { type BucketNode, type ColumnGraph, type ColumnName, isDirect } from "./column-graph.ts";

/** A way that values take: from these columns, or to them. */
export interface Branch {
  /** The bucket's key. */
  readonly bucket: string;
  /** One; several where a step can't be read and it may be any of them. */
  readonly columns: readonly string[];
  readonly influences: readonly Influence[];
  /** The step that uses the values in this way. */
  readonly step: string;
  readonly branches: readonly Branch[];
  /** The rest of the way is already told by another branch. */
  readonly isRepeated: boolean;
}

/** Columns that decide about rows or values, without being in them. */
export interface Decision {
  readonly step: string;
  /** The bucket's key. */
  readonly bucket: string;
  /** None: every row of the bucket. */
  readonly column?: string;
  readonly influences: readonly Influence[];
}

export interface Paths {
  readonly branches: readonly Branch[];
  /** What decides along the way; downstream, about what is decided. */
  readonly decisions: readonly Decision[];
}

interface Link {
  readonly bucket: string;
  readonly column?: string | undefined;
  readonly influence: Influence;
  /** The bucket that is written with it. */
  readonly written: BucketNode | undefined;
}

/** Where the values of a column come from, through all steps, and what decides about them. */
export function upstream(graph: ColumnGraph, column: ColumnName): Paths {
  return follow(column, (name) => {
    const written = graph.buckets.get(name.bucket);
    return [...graph.inputsOf(name), ...graph.datasetOf(name.bucket)].map((input) => ({ ...input, written }));
  });
}

/** Where the values of a column go, through all steps, and what they decide about. */
export function downstream(graph: ColumnGraph, column: ColumnName): Paths {
  return follow(column, (name) =>
    graph.usesOf(name).map((use) => ({ ...use, written: graph.buckets.get(use.bucket) })),
  );
}

function follow(start: ColumnName, linksOf: (name: ColumnName) => readonly Link[]): Paths {
  const seen = new Set<string>();
  const decisions: Decision[] = [];
  const visit = (bucket: string, columns: readonly string[]): readonly Branch[] => {
    const links = columns.flatMap((column) => linksOf({ bucket, column }));
    for (const link of links) if (!isDirect(link)) decisions.push(asDecision(link));
    const isExact = columns.length === 1;
    const direct = groupBy(
      links.filter((link) => isDirect(link)),
      (link) => JSON.stringify([link.bucket, isExact && link.written?.opaque === undefined ? link.column : undefined]),
    );
    return Array.from(direct.values(), (group): Branch => {
      const [first] = group as [Link];
      const next = [...new Set(group.flatMap(({ column }) => (column === undefined ? [] : [column])))];
      const place = JSON.stringify([first.bucket, next.toSorted()]);
      const isKnown = seen.has(place);
      seen.add(place);
      return {
        bucket: first.bucket,
        columns: next,
        influences: [...new Set(group.map(({ influence }) => influence))],
        step: first.written?.step ?? "",
        branches: isKnown ? [] : visit(first.bucket, next),
        isRepeated: isKnown && next.some((column) => linksOf({ bucket: first.bucket, column }).some(isDirect)),
      };
    });
  };
  return { branches: visit(start.bucket, [start.column]), decisions: merged(decisions) };
}

const asDecision = ({ bucket, column, influence, written }: Link): Decision => ({
  step: written?.step ?? "",
  bucket,
  ...(column === undefined ? {} : { column }),
  influences: [influence],
});

/** Each column once for each step, with all that it decides there. */
function merged(decisions: readonly Decision[]): readonly Decision[] {
  const same = groupBy(decisions, ({ step, bucket, column }) => JSON.stringify([step, bucket, column]));
  return Array.from(same.values(), (group) => ({
    ...(group[0] as Decision),
    influences: [...new Set(group.flatMap(({ influences }) => influences))],
  }));
}

import type { PlanNode } from "../model/node.ts";
import type { DecodeContext } from "./decode-context.ts";
import { sourceOfPath } from "./leaf.ts";
import { OwnRead } from "./own-read.ts";
import { fields, integer, irrelevant, list, nullable, raw, text, variant } from "./shape.ts";
import { Unknown } from "./unknown.ts";

const sameAsLeaf = irrelevant("It is compared with the scan of a leaf.");

const shape = fields({ sources: variant, unified_scan_args: raw, scan_type: sameAsLeaf });
const paths = list(fields({ inner: text }));
const rowIndex = nullable(fields({ name: text, offset: integer }));

/** @throws OwnRead, Unknown */
export function decodeScan(value: unknown, context: DecodeContext): PlanNode {
  const { sources, unified_scan_args: args } = shape(value, "a scan");
  const [kind, given] = sources;
  if (kind !== "Paths") throw new OwnRead("bytes in memory");
  const [path, ...more] = paths(given, "what is scanned");
  const name = path === undefined || more.length > 0 ? undefined : sourceOfPath(path.inner);
  if (name === undefined) throw new OwnRead(path?.inner ?? "no file");
  if (withoutOwn(value) !== withoutOwn(context.scanOfLeaf())) throw new Unknown("how a source is scanned");
  const source: PlanNode = { kind: "source", name };
  const index = rowIndex((args as { readonly row_index?: unknown }).row_index, "a row index");
  if (index === null) return source;
  // Polars counts the rows of a scan while it scans. Said as two steps:
  const scan = { Scan: { ...(value as object), unified_scan_args: { ...(args as object), row_index: null } } };
  const counted: PlanNode = { kind: "row-index", input: source, ...index };
  context.remember(source, scan);
  context.remember(counted, { MapFunction: { input: scan, function: { RowIndex: index } } });
  return counted;
}

interface Scan {
  readonly unified_scan_args?: object;
  readonly scan_type?: { readonly Parquet?: { readonly options?: object } };
}

/** The scan as text, without what each scan of a leaf has of its own. */
function withoutOwn(scan: unknown): string {
  const { unified_scan_args: args, scan_type: type, ...rest } = scan as Scan;
  const own = { ...type, Parquet: { ...type?.Parquet, options: { ...type?.Parquet?.options, schema: null } } };
  return JSON.stringify({ ...rest, sources: null, args: { ...args, row_index: null }, type: own });
}

import type { makeLeaf } from "../../src/polars/leaf.ts";
import type { decodePlan } from "../../src/polars/decode.ts";
import type { Polars } from "../../src/polars/load.ts";

export type Kind = "read" | "opaque" | "executes" | "not a query";

export interface Section {
  readonly title: string;
  /** What there is and has no case. */
  readonly missing: readonly string[];
  /** What has a case and is not there. */
  readonly gone: readonly string[];
  readonly methods: readonly Method[];
}

export interface Method {
  readonly name: string;
  /** What it is said to be. */
  readonly kind: Kind;
  readonly note?: string;
  /** What it turned out to be. */
  readonly outcome: Kind;
  readonly error?: unknown;
}

interface Plan {
  readonly decodePlan: typeof decodePlan;
  readonly makeLeaf: typeof makeLeaf;
}

export function coverageOf(pl: Polars, plan: Plan): readonly Section[];

export function sqlCoverageOf(
  pl: Polars,
  plan: Plan,
): readonly { readonly sql: string; readonly outcome: "read" | "opaque"; readonly error?: unknown }[];

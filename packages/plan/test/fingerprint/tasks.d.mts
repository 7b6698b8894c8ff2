import type { LazyFrame } from "@glacier/core";
import type { Polars } from "../../src/polars/load.ts";

type Frames = Readonly<Record<"orders" | "archive" | "customers", LazyFrame>>;

export const tasks: Readonly<Record<string, (pl: Polars, frames: Frames) => LazyFrame>>;

// Polars
export { loadPolars } from "./polars/load.ts";
export type { Polars } from "./polars/load.ts";
export { changeScan } from "./polars/change-scan.ts";

// Types
export { typeText } from "./model/column-type.ts";
export type { Column, ColumnType, SimpleKind, TableSchema, TimeUnit } from "./model/column-type.ts";

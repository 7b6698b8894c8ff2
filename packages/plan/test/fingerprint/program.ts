/**
 * A task as plain data: what it does, without how its code is written. So one program can be written in several ways, and
 * changed in one place.
 */
export interface Program {
  readonly source: "orders" | "archive";
  readonly steps: readonly Step[];
}

export type Step =
  | { readonly do: "filter"; readonly predicate: Expr }
  | { readonly do: "withColumns" | "select"; readonly columns: readonly Output[] }
  | { readonly do: "rename"; readonly names: Readonly<Record<string, string>> }
  | { readonly do: "drop"; readonly names: readonly string[] }
  | { readonly do: "sort"; readonly by: readonly Order[]; readonly nullsLast: boolean }
  | {
      readonly do: "groupBy";
      readonly keys: readonly string[];
      readonly columns: readonly Output[];
      readonly stable: boolean;
    }
  | {
      readonly do: "join";
      readonly source: "customers" | "contacts";
      readonly on: string;
      readonly how: "inner" | "left" | "semi" | "anti" | "full";
      readonly suffix: string;
    }
  | {
      readonly do: "unique";
      readonly subset: readonly string[];
      readonly keep: "first" | "last" | "any" | "none";
      readonly stable: boolean;
    }
  | { readonly do: "slice"; readonly offset: number; readonly length: number }
  | { readonly do: "dropNulls"; readonly names: readonly string[] }
  | { readonly do: "rowIndex"; readonly name: string; readonly offset: number }
  | { readonly do: "tail"; readonly length: number };

/** A column of a result. */
export interface Output {
  readonly name: string;
  readonly expr: Expr;
}

export interface Order {
  readonly name: string;
  readonly descending: boolean;
}

/** Numbers that JSON has not got are texts here. */
export type Expr =
  | { readonly of: "column"; readonly name: string }
  | { readonly of: "number"; readonly value: number | "NaN" | "Infinity" | "-Infinity" | "-0" }
  | { readonly of: "bigint" | "int"; readonly value: string }
  | { readonly of: "text"; readonly value: string }
  | { readonly of: "flag"; readonly value: boolean }
  | { readonly of: "day"; readonly value: string }
  | { readonly of: "null" }
  | { readonly of: "binary"; readonly method: BinaryMethod; readonly left: Expr; readonly right: Expr }
  | { readonly of: "test"; readonly method: "isNull" | "isNotNull" | "not"; readonly input: Expr }
  | { readonly of: "cast"; readonly input: Expr; readonly type: CastType; readonly strict: boolean }
  | { readonly of: "fillNull"; readonly input: Expr; readonly value: Expr }
  | { readonly of: "isIn"; readonly input: Expr; readonly values: readonly (string | number)[] }
  | { readonly of: "round" | "shift"; readonly input: Expr; readonly count: number }
  | { readonly of: "contains" | "startsWith"; readonly input: Expr; readonly text: string }
  | { readonly of: "when"; readonly condition: Expr; readonly value: Expr; readonly otherwise: Expr }
  | { readonly of: "aggregate"; readonly method: AggregateMethod; readonly input: Expr }
  | { readonly of: "over"; readonly input: Expr; readonly by: readonly string[] }
  | { readonly of: "rollingMean"; readonly input: Expr; readonly windowSize: number; readonly center: boolean }
  | { readonly of: "dayPart"; readonly method: "year" | "month" | "day"; readonly input: Expr };

export const calculations = ["add", "sub", "mul", "div", "modulo"] as const;
export const comparisons = ["eq", "neq", "gt", "gtEq", "lt", "ltEq"] as const;
export const connectives = ["and", "or"] as const;
export type BinaryMethod = (typeof calculations | typeof comparisons | typeof connectives)[number];

export const castTypes = ["Int32", "Int64", "Float64", "String"] as const;
export type CastType = (typeof castTypes)[number];

export const aggregates = ["sum", "mean", "min", "max", "first", "last", "count", "nUnique"] as const;
export type AggregateMethod = (typeof aggregates)[number];

export type Kind = "number" | "text" | "flag" | "day";
export type Scope = ReadonlyMap<string, Kind>;

export const scopes: Readonly<Record<Program["source"] | "customers" | "contacts", Scope>> = {
  orders: new Map([
    ["id", "number"],
    ["customer", "number"],
    ["amount", "number"],
    ["status", "text"],
    ["note", "text"],
    ["paid", "flag"],
    ["at", "day"],
  ]),
  archive: new Map([
    ["id", "number"],
    ["customer", "number"],
    ["amount", "number"],
    ["status", "text"],
    ["note", "text"],
    ["paid", "flag"],
    ["at", "day"],
  ]),
  customers: new Map([
    ["customer", "number"],
    ["status", "text"],
    ["name", "text"],
  ]),
  contacts: new Map([
    ["customer", "number"],
    ["status", "text"],
    ["name", "text"],
  ]),
};

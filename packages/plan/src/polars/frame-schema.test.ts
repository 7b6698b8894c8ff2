import pl from "nodejs-polars";
import { expect, it } from "vitest";
import { type TableSchema, typeText } from "../model/column-type.ts";
import { schemaOf } from "./frame-schema.ts";
import { emptyFrame, makeLeaf } from "./leaf.ts";

const plain: TableSchema = [
  ...(["Int8", "Int16", "Int32", "Int64", "UInt8", "UInt16", "UInt32", "UInt64", "Float32", "Float64"] as const).map(
    (kind) => ({ name: kind, type: { kind } }) as const,
  ),
  ...(["Boolean", "String", "Date", "Time", "Null"] as const).map((kind) => ({ name: kind, type: { kind } }) as const),
  ...(["ms", "us", "ns"] as const).map(
    (unit) => ({ name: `at ${unit}`, type: { kind: "Datetime", unit, zone: undefined } }) as const,
  ),
  { name: "7", type: { kind: "Datetime", unit: "us", zone: "Europe/Vienna" } },
];
const others: TableSchema = [
  { name: "bytes", type: { kind: "Binary" } },
  { name: "took", type: { kind: "Duration", unit: "ms" } },
  { name: "list", type: { kind: "List", inner: { kind: "Duration", unit: "ns" } } },
  { name: "money", type: { kind: "Decimal", precision: 12, scale: 2 } },
];

it.each([
  ["that nodejs-polars has objects for", plain],
  ["with others among them", [...plain, ...others]],
  ["with others alone", others],
])("columns %s have the types that Polars gives them, in order", (_, schema) => {
  const frame = emptyFrame(makeLeaf(pl, "df", schema)).collectSync();
  expect(schemaOf(frame)).toEqual(schema);
  expect(schemaOf(frame).map(({ type }) => typeText(type))).toEqual(schema.map(({ type }) => typeText(type)));
});

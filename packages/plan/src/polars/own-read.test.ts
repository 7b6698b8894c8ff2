import { expect, it } from "vitest";
import { OwnRead } from "./own-read.ts";
import { Unknown } from "./unknown.ts";

it.each([
  ["/home/somebody/orders.csv", "orders.csv"],
  ["C:\\Users\\somebody\\orders.csv", "orders.csv"],
  ["data/2024/", "2024"],
  ["data/*.parquet", "*.parquet"],
  ["s3://bucket/raw/orders.parquet", "orders.parquet"],
  ["s3://bucket", "bucket"],
  ["https://user:secret@example.org/orders.csv?token=secret", "orders.csv"],
  ["https://user:secret@example.org?token=a/secret", "example.org"],
  ["https://user:secret@example.org/#secret", "example.org"],
  ["/", "/"],
])("of %s it tells %s", (path, file) => {
  const error = new OwnRead(path);
  expect(error.file).toBe(file);
  expect(error).toBeInstanceOf(Unknown);
  expect(error.message).toBe(`Glacier does not know what is in \`${file}\`, which the task reads by itself`);
});

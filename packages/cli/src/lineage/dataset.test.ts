import { expect, test } from "vitest";
import { datasetOf } from "./dataset.ts";

test.each([
  ["file:///home/ada/data/in/a b.csv", "file", "/home/ada/data/in/a b.csv"],
  ["s3://lake/raw/orders.parquet", "s3://lake", "raw/orders.parquet"],
  ["gs://lake/orders/*.csv", "gs://lake", "orders/*.csv"],
  ["somewhere", "glacier", "/somewhere"],
])("%s is what OpenLineage calls %s and %s", (uri, namespace, name) => {
  expect(datasetOf(uri)).toEqual({ namespace, name });
});

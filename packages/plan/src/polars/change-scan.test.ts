import pl from "nodejs-polars";
import { expect, it } from "vitest";
import { changeScan } from "./change-scan.ts";

const settings = (frame: {
  serialize(format: "json"): Buffer;
}): { glob: boolean; hive_options: { enabled: boolean } } =>
  JSON.parse(frame.serialize("json").toString()).Scan.unified_scan_args;

it("changes what it is told, and nothing else", () => {
  const schema = {
    a: pl.Categorical,
    t: pl.Datetime("us", "UTC"),
    l: pl.List(pl.String),
    s: pl.Struct({ z: pl.Int8 }),
  };
  const before = pl.scanJson("/nowhere/[x].ndjson", { nRows: 5, rowIndexName: "i", includeFilePaths: "p", schema });
  const after = changeScan(pl, before, { glob: false });
  expect(settings(before).glob).toBe(true);
  expect(settings(after)).toEqual({ ...settings(before), glob: false });
  const [one, other] = [before, after].map((frame) => frame.serialize("json").toString());
  expect(other?.replace('"glob":false', '"glob":true')).toBe(one);
});

it("turns off the columns of folders", () => {
  const before = pl.scanIPC("/nowhere/n=1/x.arrow");
  expect(settings(before).hive_options.enabled).toBe(true);
  expect(settings(changeScan(pl, before, { hivePartitioning: false })).hive_options.enabled).toBe(false);
});

it("refuses a plan that it does not know", () => {
  const other = pl.DataFrame({ a: [1] }).lazy();
  expect(() => changeScan(pl, other, { glob: false })).toThrow(expect.objectContaining({ code: "QUERY_FAILED" }));
});

import { describe, expect, it } from "vitest";
import { fakeProvider } from "./fake-storage.test-d.ts";

const provider = fakeProvider();

describe("where something was written", () => {
  it("is told of a task", () => {
    const task = provider.local().task("clean", (df) => df);
    expect(task.place).toEqual({
      file: "packages/core/src/source-place.test.ts",
      line: 8,
      column: expect.any(Number) as number,
    });
  });

  it("is told of a bucket, and stays with it through the chain", () => {
    const raw = provider.bucket("lake", "raw.parquet");
    const out = provider.bucket("lake", "out.parquet");
    const task = provider.local().task("clean", (df) => df);
    expect(raw.place?.line).toBe(17);
    expect(raw.transform(task).to(out).withName("etl").place?.line).toBe(18);
  });

  it("does not show in what is printed", () => {
    expect(JSON.stringify(provider.bucket("lake", "raw.parquet"))).not.toContain("source-place");
  });
});

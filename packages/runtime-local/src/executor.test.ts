import { aWholeNumber, type ExecutorFace, Provider } from "@glacier/core";
import { describe, expect, it } from "vitest";
import { makeLake } from "../test/lake.ts";

describe("a step whose executor is of another kind", () => {
  it("runs here in mode `local`, and its executor is not started", async () => {
    const { plugin, numbers, read, staged } = await makeLake();
    let starts = 0;
    const serverless: ExecutorFace<{ readonly memory?: number }> = {
      options: { memory: aWholeNumber(128) },
      start: () => {
        starts += 1;
        return Promise.reject(new Error("There is no cloud here."));
      },
    };
    const provider = new Provider({ ...plugin, name: "acme", executors: { serverless } });
    await numbers("raw.parquet", [1, 2, 3]);
    const far = provider.serverless({ memory: 512 });
    const copied = provider
      .bucket("lake", "raw.parquet")
      .transform(far.task("far", (df) => df))
      .to(provider.bucket("lake", "far.parquet"))
      .transform(provider.local().task("near", (df) => df))
      .to(provider.bucket("lake", "near.parquet"));
    const result = await copied.run();
    expect(result.steps.map(({ name, outcome }) => `${name} ${outcome.status}`)).toEqual([
      "far succeeded",
      "near succeeded",
    ]);
    expect(copied.toDag().step("far").step.task.executor.kind).toBe("serverless");
    expect(starts).toBe(0);
    expect(await read(copied)).toEqual([1, 2, 3]);
    expect(await staged()).toEqual([]);
  });
});

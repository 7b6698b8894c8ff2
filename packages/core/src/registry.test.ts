import { describe, expect, test } from "vitest";
import { fakePlugin, fakeProvider, rejectionOf, thrownBy } from "./fake-storage.test-d.ts";
import type { RunMode } from "./mode.ts";
import { Provider } from "./provider.ts";
import { defaultRegistry, Registry } from "./registry.ts";

const audit: RunMode = { name: "audit", run: async (dag, options) => ({ steps: dag.steps.length, options }) };

const etlIn = (registry?: Registry) => {
  const provider = new Provider(fakePlugin(), registry === undefined ? {} : { registry });
  const clean = provider.local().task("clean", (df) => df);
  return provider.bucket("lake", "a.csv").transform(clean).to(provider.bucket("lake", "b.csv"));
};

describe("modes", () => {
  test("that are registered can be run", async () => {
    const etl = etlIn(new Registry({ modes: [audit] }));
    expect(await etl.run({ mode: "audit", deep: true } as never)).toEqual({ steps: 1, options: { deep: true } });
  });

  test("of one registry are not in another", async () => {
    expect(await rejectionOf(etlIn(new Registry()).run({ mode: "audit" } as never))).toMatchObject({
      code: "MODE_UNKNOWN",
    });
    expect(await rejectionOf(etlIn().run({ mode: "audit" } as never))).toMatchObject({ code: "MODE_UNKNOWN" });
    expect(defaultRegistry.modes).toEqual(["local", "analyze"]);
  });

  test("that nobody registered are refused with a suggestion", async () => {
    const error = await rejectionOf(etlIn(new Registry({ modes: [audit] })).run({ mode: "adit" } as never));
    expect(error).toMatchObject({
      code: "MODE_UNKNOWN",
      message: 'There is no mode "adit".',
      hint: "Did you mean `audit`? There are `audit`, `local` and `analyze`. A package's own mode is registered with `registry.addMode(…)`.",
      details: { mode: "adit", known: ["audit", "local", "analyze"] },
    });
  });

  test("can't be registered twice", () => {
    const registry = new Registry().addMode(audit);
    expect(thrownBy(() => registry.addMode({ ...audit }))).toMatchObject({
      code: "ALREADY_REGISTERED",
      message: "A mode named `audit` is registered already.",
      hint: expect.stringContaining("Registry"),
    });
    expect(registry.modes).toEqual(["audit", "local", "analyze"]);
  });

  test("may replace one of Glacier's own", async () => {
    const own: RunMode = { name: "local", run: async () => "mine" };
    const registry = new Registry().addMode(own);
    expect(await registry.mode("local")).toBe(own);
    expect(await etlIn(registry).run()).toBe("mine");
    expect(thrownBy(() => registry.addMode(own))).toMatchObject({ code: "ALREADY_REGISTERED" });
  });

  test.each([null, undefined, {}, "local", { name: "" }, { name: "x" }, { name: "x", run: true }, { run: () => {} }])(
    "are not made of %j",
    (mode) => {
      expect(thrownBy(() => new Registry().addMode(mode as never))).toMatchObject({
        code: "PLUGIN_INVALID",
        message: expect.stringContaining("`run(dag, options)`"),
      });
    },
  );

  test("get the graph only when it is whole", async () => {
    let called = 0;
    const registry = new Registry({ modes: [{ name: "local", run: async () => (called += 1) }] });
    const provider = new Provider(fakePlugin(), { registry });
    const bucket = provider.bucket("lake", "a.csv");
    const circle = bucket.transform(provider.local().task("clean", (df) => df)).to(bucket);
    expect(await rejectionOf(circle.run())).toMatchObject({ code: "CYCLE" });
    expect(called).toBe(0);
  });
});

describe("providers", () => {
  const lake = fakeProvider("lake");
  const registry = new Registry({ providers: [lake] });

  test("are found by their names", () => {
    expect(registry.provider("lake")).toBe(lake);
    expect(registry.providers).toEqual([lake]);
  });

  test("that are not there are refused", () => {
    expect(thrownBy(() => registry.provider("lak"))).toMatchObject({
      code: "PROVIDER_UNKNOWN",
      message: 'No provider is registered as "lak".',
      hint: "Did you mean `lake`? There are `lake`.",
    });
    expect(thrownBy(() => new Registry().provider("lake"))).toMatchObject({
      hint: expect.stringContaining("addProvider"),
    });
    expect(thrownBy(() => registry.provider(null as never))).toMatchObject({ code: "PROVIDER_UNKNOWN" });
  });

  test("can't be registered twice", () => {
    expect(thrownBy(() => registry.addProvider(fakeProvider("lake")))).toMatchObject({
      code: "ALREADY_REGISTERED",
      message: "A provider named `lake` is registered already.",
    });
  });

  test.each([null, undefined, {}, "lake", fakePlugin()])("are not %s", (provider) => {
    expect(thrownBy(() => new Registry().addProvider(provider as never))).toMatchObject({
      code: "ARGUMENT_INVALID",
      hint: expect.stringContaining("new Provider(plugin"),
    });
  });
});

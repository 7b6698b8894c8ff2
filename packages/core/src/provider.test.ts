import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { GlacierError } from "./errors.ts";
import { ExecutionResource } from "./executor.ts";
import { fakePlugin, fakeProvider, fakeStorage, thrownBy } from "./fake-storage.test-d.ts";
import { aString, aWholeNumber, required } from "./options.ts";
import type { ExecutorFace, ProviderPlugin } from "./plugin.ts";
import { Provider } from "./provider.ts";
import { defaultRegistry, Registry } from "./registry.ts";

const serverless: ExecutorFace<{ memory?: number; region: string }> = {
  options: { memory: aWholeNumber(128, 10_240), region: required(aString) },
};
const cloud = new Provider({ name: "cloud", storage: fakeStorage(), executors: { serverless } });

describe("a provider", () => {
  test("is called as its plugin, unless it is named", () => {
    expect(new Provider(fakePlugin()).name).toBe("fake");
    expect(new Provider(fakePlugin(), { name: "lake-2.eu_west" }).name).toBe("lake-2.eu_west");
    expect(new Provider(fakePlugin()).registry).toBe(defaultRegistry);
  });

  test("is frozen, and known by its mark", () => {
    expect(Object.isFrozen(cloud)).toBe(true);
    expect(Provider.is(cloud)).toBe(true);
    for (const other of [null, undefined, 5, {}, fakePlugin(), cloud.bucket("b", "x.csv")]) {
      expect(Provider.is(other)).toBe(false);
    }
  });

  test("never shows its plugin, which may hold credentials", () => {
    const secret = new Provider({ ...fakePlugin(), password: "s3cret" } as ProviderPlugin);
    const bucket = secret.bucket("lake", "x.csv");
    for (const text of [
      JSON.stringify(secret),
      JSON.stringify({
        bucket,
        step: bucket.transform(secret.local().task("t", (df) => df)).to(secret.bucket("b", "y.csv")),
      }),
      inspect(secret),
      inspect(bucket, { depth: 10 }),
      String(secret),
      String(bucket),
    ]) {
      expect(text).not.toContain("s3cret");
    }
    expect(JSON.stringify(secret)).toBe('{"name":"fake","plugin":"fake"}');
  });

  test.each([
    ["nothing", undefined, "A provider needs a plugin, not undefined."],
    ["null", null, "A provider needs a plugin, not null."],
    ["the function that makes the plugin", fakePlugin, "A provider needs a plugin, not a function."],
    ["a text", "local", 'A provider needs a plugin, not "local".'],
    ["no name", {}, "A plugin's name must be lower-case letters"],
    ["an empty name", { name: "" }, "A plugin's name must be lower-case letters"],
    ["a name in capitals", { name: "AWS" }, 'not "AWS".'],
    ["a storage that can do nothing", { name: "x", storage: {} }, "The storage of plugin `x` has no `check` function."],
    [
      "a storage that can't list",
      { name: "x", storage: { ...fakeStorage(), list: undefined } },
      "The storage of plugin `x` has no `list` function.",
    ],
    [
      "an executor without options",
      { name: "x", executors: { queue: {} } },
      "The executor `queue` of plugin `x` has no table",
    ],
    [
      "an executor whose options are null",
      { name: "x", executors: { queue: { options: null } } },
      "has no table of options",
    ],
    ["null for an executor", { name: "x", executors: { queue: null } }, "has no table of options"],
    [
      "an executor with an odd kind",
      { name: "x", executors: { "big-queue": serverless } },
      'calls an executor "big-queue"',
    ],
    [
      "an executor called as a method",
      { name: "x", executors: { bucket: serverless } },
      "can't call an executor `bucket`",
    ],
    ["an executor called `name`", { name: "x", executors: { name: serverless } }, "can't call an executor `name`"],
    [
      "an executor called `toString`",
      { name: "x", executors: { toString: serverless } },
      "can't call an executor `toString`",
    ],
  ])("is not made of %s", (_, plugin, message) => {
    expect(thrownBy(() => new Provider(plugin as never))).toMatchObject({
      code: "PLUGIN_INVALID",
      message: expect.stringContaining(message),
    });
  });

  test("whose plugin was not called says how to call it", () => {
    expect(thrownBy(() => new Provider(fakePlugin as never))).toMatchObject({
      hint: expect.stringContaining('new Provider(local({ root: "./data" }))'),
    });
  });

  test.each([
    [{ nmae: "lake" }, "OPTION_UNKNOWN"],
    [{ name: "" }, "OPTION_INVALID"],
    [{ name: "a b" }, "OPTION_INVALID"],
    [{ name: 5 }, "OPTION_INVALID"],
    [{ registry: {} }, "OPTION_INVALID"],
    [{ registry: Registry }, "OPTION_INVALID"],
    ["lake", "ARGUMENT_INVALID"],
    [null, "ARGUMENT_INVALID"],
  ])("refuses the options %j", (options, code) => {
    expect(thrownBy(() => new Provider(fakePlugin(), options as never))).toMatchObject({
      code,
      message: expect.stringContaining("Provider `fake`"),
    });
  });
});

describe("executors", () => {
  test("are those of the plugin, and `local`", () => {
    expect(cloud.executors).toEqual(["local", "serverless"]);
    expect(cloud.local()).toBeInstanceOf(ExecutionResource);
    const resource = cloud.serverless({ region: "eu", memory: 512 });
    expect(resource).toMatchObject({ kind: "serverless", provider: cloud, options: { region: "eu", memory: 512 } });
    expect(Object.isFrozen(resource)).toBe(true);
    expect(Object.isFrozen(resource.options)).toBe(true);
    expect(cloud.executor("serverless", { region: "eu" }).kind).toBe("serverless");
  });

  test("that the provider has not got are refused with those that it has", () => {
    for (const ask of [() => cloud.executor("spark"), () => (cloud as unknown as { spark(): unknown }).spark()]) {
      expect(thrownBy(ask)).toMatchObject({
        code: "EXECUTOR_UNKNOWN",
        message: "Provider `cloud` has no executor `spark`.",
        hint: "It has `local` and `serverless`.",
        details: { provider: "cloud", kind: "spark", known: ["local", "serverless"] },
      });
    }
    expect(thrownBy(() => cloud.executor("serverles"))).toMatchObject({
      hint: expect.stringContaining("Did you mean `serverless`?"),
    });
  });

  test.each(["toString", "__proto__", "constructor", "", null, undefined, 5])("%s is none", (kind) => {
    expect(thrownBy(() => cloud.executor(kind as string))).toMatchObject({ code: "EXECUTOR_UNKNOWN" });
  });

  test.each([
    [{ region: "eu", memmory: 512 }, "OPTION_UNKNOWN", "has no option `memmory`"],
    [{ region: "eu", memory: 1 }, "OPTION_INVALID", "`memory` must be a whole number from 128 to 10240, not 1"],
    [{ memory: 512 }, "OPTION_MISSING", "needs the option `region`"],
    [null, "ARGUMENT_INVALID", "takes an object with options, not null"],
    ["eu", "ARGUMENT_INVALID", 'not "eu"'],
  ])("refuse the options %j", (options, code, message) => {
    expect(thrownBy(() => cloud.serverless(options as never))).toMatchObject({
      code,
      message: expect.stringMatching(/^The executor `serverless` of provider `cloud`/),
    });
    expect((thrownBy(() => cloud.serverless(options as never)) as GlacierError).message).toContain(message);
  });

  test("may replace `local`", () => {
    const own = new Provider({ name: "own", executors: { local: { options: { threads: aWholeNumber(1) } } } });
    expect(own.local({ threads: 4 }).options).toEqual({ threads: 4 });
    expect(own.executors).toEqual(["local"]);
    expect(thrownBy(() => (fakeProvider().local as (options: object) => unknown)({ threads: 4 }))).toMatchObject({
      code: "OPTION_UNKNOWN",
      hint: "It takes no options.",
    });
  });
});

describe("a bucket", () => {
  const provider = fakeProvider();

  test("can be made in two ways", () => {
    const one = provider.bucket("lake", "x.csv", { scan: { separator: ";" }, glob: false });
    const two = provider.bucket({ bucket: "lake", path: "x.csv", scan: { separator: ";" }, glob: false });
    expect(two.location).toEqual(one.location);
    expect(two.scanOptions).toEqual(one.scanOptions);
  });

  test("has the format of its path, or the one that is given", () => {
    expect(provider.bucket("lake", "x.csv").format).toBe("csv");
    expect(provider.bucket("lake", "X.CSV").format).toBe("csv");
    expect(provider.bucket("lake", "x.txt", { format: "csv" }).format).toBe("csv");
    expect(provider.bucket("lake", "x.csv", { format: "parquet" }).format).toBe("parquet");
    expect(provider.bucket("lake", "raw/*.ndjson").format).toBe("ndjson");
  });

  test.each(["x", "x.txt", "raw/", "x.csv.bak", "x.parquets", ".csv/x"])(
    "of unknown format, %s, is asked for it",
    (path) => {
      expect(thrownBy(() => provider.bucket("lake", path))).toMatchObject({
        code: "FORMAT_UNKNOWN",
        message: expect.stringContaining(`\`lake/${path.replace(/\/$/, "")}\``),
        hint: expect.stringContaining('{ format: "parquet" }'),
      });
    },
  );

  test.each([
    [{ fromat: "csv" }, "OPTION_UNKNOWN"],
    [{ format: "xlsx" }, "OPTION_INVALID"],
    [{ format: null }, "OPTION_INVALID"],
    [{ scan: ";" }, "OPTION_INVALID"],
    [{ sink: [] }, "OPTION_INVALID"],
    [{ glob: "yes" }, "OPTION_INVALID"],
    [{ scan: { seperator: ";" } }, "OPTION_UNKNOWN"],
    [{ sink: { compresion: "zstd" } }, "OPTION_UNKNOWN"],
    ["csv", "ARGUMENT_INVALID"],
    [null, "ARGUMENT_INVALID"],
  ])("refuses the options %j", (options, code) => {
    expect(thrownBy(() => provider.bucket("lake", "x.csv", options as never))).toMatchObject({ code });
  });

  test.each([
    [{}, "OPTION_MISSING"],
    [{ bucket: "lake" }, "OPTION_MISSING"],
    [{ bucket: "lake", path: 5 }, "OPTION_INVALID"],
    [{ bucket: "lake", path: "../x.csv" }, "PATH_INVALID"],
    [{ bucket: "", path: "x.csv" }, "BUCKET_NAME_INVALID"],
    [{ bucket: "lake", path: "x.csv", key: "x" }, "OPTION_UNKNOWN"],
    [["lake", "x.csv"], "ARGUMENT_INVALID"],
  ])("refuses the definition %j", (definition, code) => {
    expect(thrownBy(() => provider.bucket(definition as never))).toMatchObject({ code });
  });

  test("takes nothing beside a definition, which would be ignored", () => {
    const make = provider.bucket.bind(provider) as (...values: unknown[]) => unknown;
    expect(thrownBy(() => make({ bucket: "lake", path: "x.csv" }, { glob: false }))).toMatchObject({
      code: "ARGUMENT_INVALID",
      hint: expect.stringContaining("Put everything into it"),
    });
  });

  test("is not to be had of a provider without storage", () => {
    const compute = new Provider({ name: "compute", executors: { serverless } });
    expect(thrownBy(() => compute.bucket("lake", "x.csv"))).toMatchObject({
      code: "PROVIDER_HAS_NO_STORAGE",
      message: "Provider `compute` has no storage, so it has no buckets.",
      hint: expect.any(String),
    });
  });

  test("is checked by the storage too", () => {
    const strict = new Provider({
      name: "strict",
      storage: {
        ...fakeStorage(),
        check: ({ bucket }) => {
          if (bucket !== bucket.toLowerCase()) throw new GlacierError("BUCKET_NAME_INVALID", `No capitals: ${bucket}.`);
        },
      },
    });
    expect(strict.bucket("lake", "x.csv").bucket).toBe("lake");
    expect(thrownBy(() => strict.bucket("Lake", "x.csv"))).toMatchObject({ message: "No capitals: Lake." });
  });
});

describe("an ending that stands for no format", () => {
  test.each([
    ["a.tsv", 'separator: "\\t"'],
    ["a.json", 'format: "ndjson"'],
    ["a.xlsx", "save the sheet as CSV"],
    ["a.dat", '{ format: "parquet" }'],
  ])("%s is refused with what to do: %s", (path, hint) => {
    const provider = new Provider({ name: "fake", storage: fakeStorage() });
    expect(() => provider.bucket("b", path)).toThrow(
      expect.objectContaining({ code: "FORMAT_UNKNOWN", hint: expect.stringContaining(hint) }),
    );
  });
});

import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import * as core from "./index.ts";

const folder = fileURLToPath(new URL("..", import.meta.url));
const tsc = fileURLToPath(new URL("../../../node_modules/typescript/bin/tsc", import.meta.url));

/** Runs a module in a process of its own, without the conditions of the tests, and gives what it prints as JSON. */
function inFreshProcess(script: string): unknown {
  // pnpm sets NODE_PATH for what it starts, so that everything would be found.
  const { NODE_OPTIONS: _options, NODE_PATH: _path, ...env } = process.env;
  const printed = execFileSync(process.execPath, ["--input-type=module", "--eval", script], {
    cwd: folder,
    encoding: "utf8",
    env,
  });
  return JSON.parse(printed);
}

/** Every file that an import loads, seen by hooks of Node.js' own loaders, and how long it takes. */
const loadedBy = (specifier: string): { files: string[]; milliseconds: number; exports: string[] } =>
  inFreshProcess(`
    import { register, Module } from "node:module";
    import { MessageChannel } from "node:worker_threads";
    const { port1, port2 } = new MessageChannel();
    const files = [];
    port1.on("message", (url) => files.push(url));
    port1.unref();
    register("data:text/javascript," + encodeURIComponent(\`
      let port;
      export const initialize = (data) => { port = data; };
      export async function load(url, context, next) { port.postMessage(url); return next(url, context); }
    \`), { data: port2, transferList: [port2] });
    const resolve = Module._load;
    Module._load = function (name, ...rest) { files.push("require:" + name); return resolve.call(this, name, ...rest); };
    const started = performance.now();
    const loaded = await import(${JSON.stringify(specifier)});
    const milliseconds = performance.now() - started;
    await new Promise((done) => setTimeout(done, 20));
    process.stdout.write(JSON.stringify({ files, milliseconds, exports: Object.keys(loaded) }));
  `) as never;

describe("import of the built package", () => {
  beforeAll(() => {
    execFileSync(process.execPath, [tsc, "-b", folder], { stdio: "inherit" });
  });

  test("loads its own files, one small package, and nothing of Polars or an SDK", async ({ annotate }) => {
    const { files, milliseconds } = loadedBy("@glacier/core");
    // Said, not asserted: the machine may be busy, and the hooks take time too.
    await annotate(`${milliseconds.toFixed(1)} ms`);
    const own = files.filter((file) => file.includes("/packages/core/dist/"));
    expect(own.length).toBeGreaterThan(20);
    const others = files.filter((file) => !own.includes(file));
    expect(others.some((file) => file.includes("leven"))).toBe(true);
    const foreign = others.filter((file) => !/^(?:require:)?node:|leven/.test(file));
    expect(foreign).toEqual([]);
  });

  test("would be seen to load Polars, if it did", () => {
    expect(loadedBy("nodejs-polars").files.some((file) => file.includes("polars"))).toBe(true);
  });

  test("loads no addon", () => {
    const addons = inFreshProcess(`
      await import("@glacier/core");
      const { sharedObjects } = process.report.getReport();
      process.stdout.write(JSON.stringify(sharedObjects.filter((file) => file.endsWith(".node"))));
    `);
    expect(addons).toEqual([]);
  });

  test("gives the same names as the sources", () => {
    expect(loadedBy("@glacier/core").exports.toSorted()).toEqual(Object.keys(core).toSorted());
  });
});

test("no source imports Polars, a provider or a runtime but for its types", () => {
  const sources = readdirSync(new URL(".", import.meta.url), { recursive: true, encoding: "utf8" }).filter(
    (path) => path.endsWith(".ts") && !/\.test(-d)?\.ts$/.test(path),
  );
  expect(sources.length).toBeGreaterThan(30);
  const imports = sources.flatMap((path) =>
    [
      ...readFileSync(new URL(path, import.meta.url), "utf8").matchAll(
        /^(?:import|export) (?!type )[^;]*?from "([^"]+)"/gm,
      ),
    ].map((match) => [path, match[1] as string] as const),
  );
  expect(imports.length).toBeGreaterThan(80);
  const allowed = /^(?:\.\.?\/|node:(?:util|module|path|url)$|leven$)/;
  expect(imports.filter(([, from]) => !allowed.test(from))).toEqual([]);
});

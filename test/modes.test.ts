// How Glacier's own modes are found: from the application's packages, when first used.
import { execFileSync } from "node:child_process";
import { cp, mkdir, symlink } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import { Provider, Registry, type RunMode } from "@glacier/core";
import { local } from "@glacier/provider-local";
import { mode } from "@glacier/runtime-local";
import { put, temporaryFolder } from "./folder.ts";

const repository = fileURLToPath(new URL("..", import.meta.url));
const tsc = join(repository, "node_modules/typescript/bin/tsc");

beforeAll(() => {
  execFileSync(process.execPath, [tsc, "-b", join(repository, "packages/runtime-local")], { stdio: "inherit" });
});

/** An application in a folder of its own, with core copied into it and links to the other packages that it is to have. */
async function application(packages: readonly string[]): Promise<string> {
  const folder = await temporaryFolder();
  const modules = join(folder, "node_modules");
  await put(folder, { "package.json": '{ "type": "module" }', "data/in/x.csv": "n\n1\n2\n" });
  await mkdir(join(modules, "@glacier/core"), { recursive: true });
  for (const part of ["dist", "package.json"]) {
    await cp(join(repository, "packages/core", part), join(modules, "@glacier/core", part), { recursive: true });
  }
  await cp(join(repository, "packages/core/node_modules/leven"), join(modules, "leven"), {
    recursive: true,
    dereference: true,
  });
  for (const name of packages) await symlink(join(repository, "packages", name), join(modules, "@glacier", name));
  return folder;
}

/** Runs a module of that application as a user would, without the conditions of the tests. */
function run(folder: string, file: string, cwd = folder): unknown {
  // pnpm sets NODE_PATH for what it starts, so that everything would be found.
  const { NODE_OPTIONS: _options, NODE_PATH: _path, ...env } = process.env;
  return JSON.parse(execFileSync(process.execPath, [join(folder, file)], { cwd, encoding: "utf8", env }));
}

const etl = `
  import { Provider } from "@glacier/core";
  import { local } from "@glacier/provider-local";
  const provider = new Provider(local({ root: new URL("./data", import.meta.url) }));
  const same = provider.local().task("same", (df) => df);
  const etl = provider.bucket("in", "x.csv").transform(same).to(provider.bucket("out", "x.parquet"));
  const result = await etl.run().then(
    ({ status }) => ({ status }),
    (error) => ({ name: error.name, ...error.toJSON() }),
  );
  process.stdout.write(JSON.stringify(result));
`;

describe("mode local", () => {
  test("is found in the application of the program, wherever that is started", async () => {
    const folder = await application(["provider-local", "runtime-local"]);
    await put(folder, { "etl.js": etl });
    expect(run(folder, "etl.js")).toEqual({ status: "succeeded" });
    expect(run(folder, "etl.js", "/")).toEqual({ status: "succeeded" });
  });

  test("that is not installed is said to be missing, with what to install", async () => {
    const folder = await application(["provider-local"]);
    await put(folder, { "etl.js": etl });
    expect(run(folder, "etl.js")).toEqual({
      name: "GlacierError",
      code: "MODE_NOT_INSTALLED",
      message: "Mode `local` is in the package `@glacier/runtime-local`, which is not installed.",
      hint: expect.stringContaining("npm install @glacier/runtime-local"),
      details: { mode: "local", package: "@glacier/runtime-local" },
    });
  });

  test("whose package is another one than is meant is refused", async () => {
    const folder = await application(["provider-local"]);
    await put(folder, {
      "etl.js": etl,
      "node_modules/@glacier/runtime-local/package.json": '{ "type": "module", "exports": "./index.js" }',
      "node_modules/@glacier/runtime-local/index.js": "export const runs = 0;",
    });
    expect(run(folder, "etl.js")).toMatchObject({
      code: "PLUGIN_INVALID",
      message: expect.stringContaining("`@glacier/runtime-local` exports no `mode`"),
    });
  });

  test("is loaded once, and can be replaced also after that", async () => {
    const registry = new Registry();
    expect(registry.modes).toEqual(["local", "analyze"]);
    const loaded = await registry.mode("local");
    expect(loaded).toBe(mode);
    expect(await registry.mode("local")).toBe(loaded);
    const own: RunMode = { name: "local", run: async () => "mine" };
    registry.addMode(own);
    expect(await registry.mode("local")).toBe(own);
    expect(registry.modes).toEqual(["local", "analyze"]);
    expect(() => registry.addMode(own)).toThrow(expect.objectContaining({ code: "ALREADY_REGISTERED" }));
  });

  test("can be registered by a program that is in one file", async () => {
    const root = await temporaryFolder();
    await put(root, { "in/x.csv": "n\n1\n" });
    const provider = new Provider(local({ root }), { registry: new Registry({ modes: [mode] }) });
    const same = provider.local().task("same", (df) => df);
    const result = await provider.bucket("in", "x.csv").transform(same).to(provider.bucket("out", "x.csv")).run();
    expect(result.status).toBe("succeeded");
  });
});

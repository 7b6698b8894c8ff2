import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { GlacierError } from "./errors.ts";
import type { RunMode } from "./mode.ts";

/** The modes of Glacier's own, and the package that each is in. It exports the mode as `mode`. */
export const firstPartyModes: ReadonlyMap<string, string> = new Map([
  ["local", "@glacier/runtime-local"],
  ["analyze", "@glacier/analyzer"],
]);

/**
 * Loads a package of the application. Core itself does not depend on it, and with a strict package manager can't see
 * it; so it is looked for from the program that runs and from the current folder, and only then from here.
 * @throws MODE_NOT_INSTALLED, PLUGIN_INVALID
 */
export async function loadFirstPartyMode(mode: string, packageName: string): Promise<RunMode> {
  const found = [process.argv[1], join(process.cwd(), "package.json"), import.meta.filename]
    .filter((from) => from !== undefined)
    .map((from) => resolveFrom(from, packageName))
    .find((path) => path !== undefined);
  if (found === undefined) {
    throw new GlacierError(
      "MODE_NOT_INSTALLED",
      `Mode \`${mode}\` is in the package \`${packageName}\`, which is not installed.`,
      {
        hint: `Install it in your application: \`npm install ${packageName}\`. Where it can't be found by name (a bundle, for example), import its \`mode\` and register it with \`registry.addMode(mode)\`.`,
        details: { mode, package: packageName },
      },
    );
  }
  const loaded = (await import(pathToFileURL(found).href)) as { readonly mode?: RunMode };
  if (typeof loaded.mode?.run === "function") return loaded.mode;
  throw new GlacierError(
    "PLUGIN_INVALID",
    `The installed package \`${packageName}\` exports no \`mode\`, so mode \`${mode}\` can't be used.`,
    { hint: `Install the version of \`${packageName}\` that belongs to this \`@glacier/core\`.` },
  );
}

function resolveFrom(file: string, packageName: string): string | undefined {
  try {
    return createRequire(file).resolve(packageName);
  } catch {
    return undefined;
  }
}

import type { ProviderPlugin } from "@glacier/core";
import { type LocalOptions, rootOf } from "./options.ts";
import { localStorage } from "./storage.ts";

/**
 * Files on this machine: `new Provider(local({ root: "./data" }))`. A bucket is a folder under the root.
 * @throws OPTION_MISSING, OPTION_INVALID, OPTION_UNKNOWN
 */
export function local(options: LocalOptions): ProviderPlugin<Record<never, never>> {
  return { name: "local", storage: localStorage(rootOf(options)) };
}

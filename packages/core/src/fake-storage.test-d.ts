/**
 * A storage for the tests beside this file; the ending keeps it out of the package. Core does no I/O: of a storage it
 * only needs the addresses, so this one has no data and refuses to be read. Real storages are tested in their packages
 * and in the top-level folder `test`.
 */
import type { LazyFrame } from "./frame.ts";
import type { RunMode } from "./mode.ts";
import type { ProviderPlugin } from "./plugin.ts";
import { Provider } from "./provider.ts";
import { Registry } from "./registry.ts";
import type { StorageFace } from "./storage.ts";

const noData = (): never => {
  throw new Error("core does no I/O");
};

export function fakeStorage(root = "fake://store"): StorageFace {
  return {
    check: () => {},
    uri: (location) => `${root}/${location.bucket}/${location.path}`,
    scan: noData,
    list: noData,
    stage: noData,
  };
}

export function fakePlugin(root?: string): ProviderPlugin<Record<never, never>> {
  return { name: "fake", storage: fakeStorage(root) };
}

export function fakeProvider(name = "fake", root?: string): Provider<ProviderPlugin<Record<never, never>>> {
  return new Provider(fakePlugin(root), { name });
}

/** A provider whose buckets all hold the same frame, for what looks at data. */
export function fakeProviderOf(frame: () => LazyFrame): Provider<ProviderPlugin<Record<never, never>>> {
  const mode: RunMode = { name: "local", run: async (dag) => dag, scan: async () => frame() };
  return new Provider(fakePlugin(), { registry: new Registry({ modes: [mode] }) });
}

/** What a function throws; a test that expects an error fails where there is none. */
export function thrownBy(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  throw new Error("nothing was thrown");
}

/** What a promise rejects with. */
export async function rejectionOf(work: Promise<unknown>): Promise<unknown> {
  let value: unknown;
  try {
    value = await work;
  } catch (error) {
    return error;
  }
  throw new Error(`nothing was thrown, but ${String(value)} returned`);
}

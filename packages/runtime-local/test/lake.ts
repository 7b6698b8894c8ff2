import { mkdir, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type Bucket, type ExecutionResource, Provider, type ProviderPlugin } from "@glacier/core";
import { local } from "@glacier/provider-local";
import pl, { type DataFrame } from "nodejs-polars";
import { onTestFinished } from "vitest";

/** A folder of its own for one test, with a provider on it. */
export interface Lake {
  readonly plugin: ProviderPlugin<Record<never, never>>;
  readonly provider: Provider<ProviderPlugin<Record<never, never>>>;
  readonly here: ExecutionResource;
  readonly bucket: (path: string) => Bucket;
  /** A Parquet file with one column `n`. */
  readonly numbers: (path: string, numbers: readonly number[]) => Promise<Bucket>;
  /** What is in the column `n` of a bucket. */
  readonly read: (bucket: Bucket) => Promise<readonly number[]>;
  readonly bytes: (bucket: Bucket) => Promise<Buffer>;
  /** The files in its bucket. */
  readonly written: () => Promise<readonly string[]>;
  /** What is left in the staging area. */
  readonly staged: () => Promise<readonly string[]>;
}

export async function makeLake(): Promise<Lake> {
  const root = await mkdtemp(join(tmpdir(), "glacier-run-"));
  onTestFinished(() => rm(root, { recursive: true, force: true, maxRetries: 3 }));
  const plugin = local({ root });
  const provider = new Provider(plugin);
  const bucket = (path: string): Bucket => provider.bucket("lake", path);
  const fileOf = (of: Bucket): string => join(root, of.bucket, of.path);
  return {
    plugin,
    provider,
    here: provider.local(),
    bucket,
    async numbers(path, numbers) {
      const file = join(root, "lake", path);
      await mkdir(dirname(file), { recursive: true });
      pl.DataFrame({ n: [...numbers] }).writeParquet(file);
      return bucket(path);
    },
    read: async (of) => numbersIn(await (await of.scan()).collect()),
    bytes: (of) => readFile(fileOf(of)),
    written: async () => (await readdir(join(root, "lake"))).toSorted(),
    staged: () => readdir(join(root, ".glacier", "staging")).catch(() => []),
  };
}

export const numbersIn = (frame: DataFrame): readonly number[] => frame.getColumn("n").toArray().map(Number);

/** A promise that is resolved from outside. */
export interface Gate {
  readonly opened: Promise<void>;
  readonly open: () => void;
}

export function makeGate(): Gate {
  let open = (): void => {};
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open: () => open() };
}

/** Is never resolved. */
export const never = (): Promise<never> => new Promise(() => {});

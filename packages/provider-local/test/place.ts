import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type Bucket, GlacierError, Provider, type Staging, type StoredObject } from "@glacier/core";
import { expect } from "vitest";
import { local } from "../src/local.ts";

/** A folder of its own, with a provider whose root is in it. */
export interface Place {
  /** What no message may have in it. */
  readonly above: string;
  readonly root: string;
  readonly provider: Provider;
  /** An absolute path under the root. */
  path(name: string): string;
  put(name: string, content?: string): void;
  link(name: string, to: string): void;
  /** A file's content; `undefined` where there is none. */
  content(name: string): string | undefined;
  bucket(path: string, options?: { bucket?: string; glob?: boolean }): Bucket;
  list(path: string, options?: { bucket?: string; glob?: boolean }): Promise<readonly StoredObject[]>;
  /** The paths that {@link list} gives. */
  paths(path: string, options?: { bucket?: string; glob?: boolean }): Promise<string[]>;
  stage(path: string, content?: string): Promise<Staging>;
  /** What is in the staging area. */
  staged(): string[];
  remove(): void;
}

export function makePlace(name = "root"): Place {
  const above = realpathSync(mkdtempSync(join(tmpdir(), "glacier-")));
  const root = join(above, name);
  const provider = new Provider(local({ root }));
  const path = (file: string): string => join(root, file);
  const made = (file: string): string => {
    mkdirSync(dirname(path(file)), { recursive: true });
    return path(file);
  };
  const bucket: Place["bucket"] = (file, { bucket = "b", glob = true } = {}) =>
    provider.bucket(bucket, file, { format: "parquet", glob });
  const list: Place["list"] = async (file, options) => {
    const { storage, location } = bucket(file, options);
    return storage.list(location);
  };
  return {
    above,
    root,
    provider,
    path,
    put: (file, content = "x") => writeFileSync(made(file), content),
    link: (file, to) => symlinkSync(to, made(file)),
    content: (file) => (existsSync(path(file)) ? readFileSync(path(file), "utf8") : undefined),
    bucket,
    list,
    paths: async (file, options) => (await list(file, options)).map((object) => object.path),
    stage: async (file, content = "new") => {
      const { storage, location } = bucket(file, { glob: false });
      const staging = await storage.stage(location, { run: "run", step: "step", attempt: 1 });
      writeFileSync(staging.uri, content);
      return staging;
    },
    staged: () => (existsSync(path(".glacier/staging")) ? readdirSync(path(".glacier/staging")) : []),
    remove: () => rmSync(above, { recursive: true, force: true }),
  };
}

/** The error that some work ends with, after a look whether it tells where on this machine the root is. */
export async function refusal(place: Place, work: Promise<unknown>): Promise<GlacierError> {
  const error = await work.then(
    () => expect.unreachable("It was not refused."),
    (refused: unknown) => refused,
  );
  if (!GlacierError.is(error)) throw error;
  expect(JSON.stringify(error)).not.toContain(place.above);
  expect(error.message).not.toContain(place.above);
  expect(error.hint).toBeTypeOf("string");
  return error;
}

import type { Bucket } from "./bucket.ts";
import { globToRegExp } from "./glob.ts";
import { hasWildcards } from "./location.ts";

interface Folder<Value> {
  /** By the letters before the first wildcard. */
  readonly globs: Map<string, { readonly pattern: RegExp; readonly value: Value }[]>;
  /** How many letters that can be. */
  readonly lengths: Set<number>;
}

/**
 * Finds the globs that match an address, without trying them all: they are kept by the folder before their first
 * wildcard, and by the letters between that folder and the wildcard.
 */
export class GlobIndex<Value> {
  readonly #folders = new Map<string, Folder<Value>>();

  /** In how many folders there are globs. */
  get size(): number {
    return this.#folders.size;
  }

  add(bucket: Bucket, value: Value): void {
    const glob = bucket.path.split("/").slice(fixedParts(bucket).length).join("/");
    const start = /^[^*?[]*/.exec(glob)?.[0] ?? "";
    const address = folderOfGlob(bucket);
    const folder: Folder<Value> = this.#folders.get(address) ?? { globs: new Map(), lengths: new Set() };
    this.#folders.set(address, folder);
    folder.lengths.add(start.length);
    const globs = folder.globs.get(start) ?? [];
    folder.globs.set(start, globs);
    globs.push({ pattern: globToRegExp(glob), value });
  }

  *match(uri: string): Generator<Value> {
    if (this.#folders.size === 0) return;
    for (let end = uri.lastIndexOf("/"); end > 0; end = uri.lastIndexOf("/", end - 1)) {
      const folder = this.#folders.get(uri.slice(0, end));
      if (folder === undefined) continue;
      const rest = uri.slice(end + 1);
      for (const length of folder.lengths) {
        for (const { pattern, value } of folder.globs.get(rest.slice(0, length)) ?? []) {
          if (pattern.test(rest)) yield value;
        }
      }
    }
  }
}

/** The address of the folder before the first wildcard. */
export function folderOfGlob(bucket: Bucket): string {
  // Asked for by something in it, since the bucket itself has no path.
  const inside = bucket.storage.uri({ ...bucket.location, path: [...fixedParts(bucket), "_"].join("/") });
  return inside.slice(0, inside.lastIndexOf("/"));
}

function fixedParts(bucket: Bucket): readonly string[] {
  const parts = bucket.path.split("/");
  return parts.slice(0, parts.findIndex(hasWildcards));
}

import type { Dirent, Stats } from "node:fs";
import { readdir, readlink, realpath, stat } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { globToRegExp, hasWildcards, type Location, type StoredObject } from "@glacier/core";
import { danglingLink, isLoop, isMissing, linkLoop, outsideRoot, reachesOwnFolder, storageError } from "./errors.ts";
import { stagedExample } from "./staging-area.ts";
import { isInside, isOwnFolder, isPattern } from "./uri.ts";

/**
 * All files that Polars would read: one, those of a folder, or those that match a glob; by path. Where Polars would read
 * what it must not, or fail without saying why, it is refused here.
 */
export async function listFiles(root: string, location: Location): Promise<readonly StoredObject[]> {
  try {
    const found: StoredObject[] = [];
    for await (const object of new Listing(await realpath(root), location).files(root)) found.push(object);
    return inPolarsOrder(found);
  } catch (error) {
    if (isMissing(error)) return [];
    throw storageError(error, "read", location);
  }
}

export function storedObject(path: string, stats: Stats, realPath: string): StoredObject {
  return {
    path,
    size: stats.size,
    modified: stats.mtimeMs,
    version: `${stats.ino}-${stats.mtimeMs}-${stats.size}`,
    identity: `file://${realPath}`,
  };
}

/** By the bytes of their paths. JavaScript compares halves of characters, which is another order beyond U+FFFF. */
function inPolarsOrder(objects: readonly StoredObject[]): readonly StoredObject[] {
  const keyed = objects.map((object) => ({ object, key: Buffer.from(object.path) }));
  return keyed.sort((a, b) => Buffer.compare(a.key, b.key)).map(({ object }) => object);
}

interface Folder {
  /** Its real path. */
  readonly path: string;
  /** The path in its bucket. */
  readonly name: string;
  /** The real paths of the folders that led here, from the first that was read. */
  readonly above: readonly string[];
}

/** One walk through the folders of a location, as Polars does it: hidden ones too, and through symbolic links. */
class Listing {
  readonly #root: string;
  readonly #location: Location;
  readonly #fixed: readonly string[];
  readonly #levels: readonly (RegExp | undefined)[];
  readonly #whole: RegExp | undefined;

  constructor(realRoot: string, location: Location) {
    this.#root = realRoot;
    this.#location = location;
    const parts = location.path.split("/");
    const first = isPattern(location) ? parts.findIndex(hasWildcards) : parts.length;
    const wild = parts.slice(first);
    const anyDepth = wild.indexOf("**");
    this.#fixed = parts.slice(0, first);
    this.#levels = (anyDepth === -1 ? wild : wild.slice(0, anyDepth)).map((part) => globToRegExp(part));
    this.#whole = wild.length === 0 ? undefined : globToRegExp(location.path);
    if (anyDepth !== -1 || wild.length === 0) this.#levels = [...this.#levels, undefined];
  }

  async *files(root: string): AsyncGenerator<StoredObject> {
    const path = await this.#allowed(join(root, this.#location.bucket, ...this.#fixed));
    const stats = await stat(path);
    const name = this.#fixed.join("/");
    if (stats.isFile() && this.#whole === undefined) yield this.#checked(name, stats, path);
    if (!stats.isDirectory()) return;
    this.#refuseStaging(name, path);
    yield* this.#filesIn({ path, name, above: [] });
  }

  async *#filesIn(folder: Folder): AsyncGenerator<StoredObject> {
    for (const entry of await readdir(folder.path, { withFileTypes: true })) {
      const name = folder.name === "" ? entry.name : `${folder.name}/${entry.name}`;
      if (!this.#mayLeadOn(entry.name, folder.above.length)) continue;
      const path = await this.#follow(folder, entry, name);
      if (path === undefined) continue;
      const stats = await stat(path).catch(ignoreMissing);
      if (stats === undefined) continue;
      // Polars leaves out empty files where it reads more than one.
      if (stats.isFile() && stats.size > 0 && this.#isWanted(name)) yield this.#checked(name, stats, path);
      if (!stats.isDirectory() || !this.#goesDeeper(folder.above.length)) continue;
      const above = [...folder.above, folder.path];
      if (this.#isEndless(folder.above.length) && [...above, path].indexOf(path) < above.length) {
        throw linkLoop(this.#location);
      }
      this.#refuseStaging(name, path);
      yield* this.#filesIn({ path, name, above });
    }
  }

  /** The pattern of a level; `undefined` where everything below is looked at. */
  #level(depth: number): RegExp | undefined {
    return this.#levels[Math.min(depth, this.#levels.length - 1)];
  }

  #isEndless(depth: number): boolean {
    return this.#level(depth) === undefined;
  }

  #mayLeadOn(entry: string, depth: number): boolean {
    return this.#level(depth)?.test(entry) ?? true;
  }

  #goesDeeper(depth: number): boolean {
    return this.#isEndless(depth) || depth < this.#levels.length - 1;
  }

  #isWanted(name: string): boolean {
    return this.#whole?.test(name) ?? true;
  }

  /** The real path behind an entry. */
  async #follow(folder: Folder, entry: Dirent, name: string): Promise<string | undefined> {
    const path = join(folder.path, entry.name);
    if (!entry.isSymbolicLink()) return path;
    try {
      const real = await realpath(path);
      // What is not read may lead anywhere.
      const isRead = (await stat(real)).isDirectory() || this.#isWanted(name);
      return isRead ? await this.#allowed(path) : undefined;
    } catch (error) {
      if (isLoop(error) && !this.#isWanted(name)) return undefined;
      if (!isMissing(error)) throw error;
      const isStillThere = (await readlink(path).catch(ignoreMissing)) !== undefined;
      if (isStillThere && this.#isWanted(name)) throw danglingLink(this.#location, name);
      return undefined;
    }
  }

  /** The real path, where it stays in the root. */
  async #allowed(path: string): Promise<string> {
    const real = await realpath(path);
    if (!isInside(this.#root, real)) throw outsideRoot(this.#location);
    return real;
  }

  #checked(name: string, stats: Stats, path: string): StoredObject {
    if (this.#partsInOwnFolder(path) !== undefined) throw reachesOwnFolder(this.#location);
    return storedObject(name, stats, path);
  }

  /**
   * Refuses a folder in which targets are staged, if what is staged there would be read. Even when nothing is staged
   * just now: whether something can be read should not depend on the moment.
   */
  #refuseStaging(name: string, path: string): void {
    const inside = this.#partsInOwnFolder(path);
    if (inside === undefined) return;
    const staged = [name, ...stagedExample.slice(inside)].join("/");
    if (this.#isWanted(staged)) throw reachesOwnFolder(this.#location);
  }

  /** How many parts of a real path come after Glacier's own folder; `undefined` where it is not in one. */
  #partsInOwnFolder(path: string): number | undefined {
    const parts = relative(this.#root, path).split(sep);
    const at = parts.findIndex(isOwnFolder);
    return at === -1 ? undefined : parts.length - at - 1;
  }
}

function ignoreMissing(error: unknown): undefined {
  if (isMissing(error)) return undefined;
  throw error;
}

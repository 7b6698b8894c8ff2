import { close, openSync, renameSync, rmSync } from "node:fs";
import { chmod, chown, mkdir, open, realpath, stat } from "node:fs/promises";
import { dirname } from "node:path";
import type { Location, ScanAddress, Staging, StagingAttempt, StoredObject } from "@glacier/core";
import { otherFilesystem, outsideRoot, rootUnusable, storageError } from "./errors.ts";
import { storedObject } from "./list.ts";
import { makePlace, type StagingPlace } from "./staging-area.ts";
import { findTarget, type TargetFile } from "./target-file.ts";
import { isInside } from "./uri.ts";

/** Makes a place for a new version of the target, on the file system of the root. */
export async function stageFile(root: string, target: Location, attempt: StagingAttempt): Promise<Staging> {
  try {
    await makeRoot(root, target);
    const realRoot = await realpath(root);
    const { device } = await findTarget(realRoot, target);
    const place = await makePlace(realRoot, target, attempt);
    const staging = new LocalStaging(realRoot, target, place);
    if ((await stat(place.folder)).dev === device) return staging;
    await staging.discard();
    throw otherFilesystem(target);
  } catch (error) {
    throw storageError(error, "write", target);
  }
}

async function makeRoot(root: string, target: Location): Promise<void> {
  try {
    await mkdir(root, { recursive: true });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== "EEXIST" && code !== "ENOTDIR") throw error;
    throw rootUnusable(
      target,
      "there is a file in place of the root",
      "Remove the file, or choose another root.",
      error,
    );
  }
}

class LocalStaging implements Staging {
  readonly uri: string;
  readonly #root: string;
  readonly #target: Location;
  readonly #folder: string;
  /** What was staged, on its way to the disk. */
  #synced: Promise<void> | undefined;

  constructor(realRoot: string, target: Location, place: StagingPlace) {
    this.uri = place.file;
    this.#root = realRoot;
    this.#target = target;
    this.#folder = place.folder;
  }

  scan(): ScanAddress {
    return { uri: this.uri, glob: false };
  }

  /** It is asked when everything has been written: from then on it goes to the disk, while the worker looks at it. */
  async size(): Promise<number> {
    this.#synced = sync(this.uri);
    this.#synced.catch(() => {}); // `publish` waits for it, or nobody does.
    try {
      return (await stat(this.uri)).size;
    } catch (error) {
      throw storageError(error, "write", this.#target);
    }
  }

  async publish(signal?: AbortSignal): Promise<StoredObject> {
    try {
      // Again: what is there, or a folder on the way, may have become something else since the step began.
      const target = await findTarget(this.#root, this.#target);
      const folders = await makeFolders(dirname(target.path));
      if (!isInside(this.#root, await realpath(dirname(target.path)))) throw outsideRoot(this.#target);
      await this.#synced;
      if ((await this.#resemble(target)) || this.#synced === undefined) await sync(this.uri);
      const stats = await stat(this.uri);
      const old = await open(target.path).catch(() => undefined);
      try {
        signal?.throwIfAborted();
        // Without a wait between the question and the move, nothing is published after an abort.
        renameSync(this.uri, target.path);
      } finally {
        // Its blocks are freed here, on a thread: for a large file that takes longer than all the rest.
        await old?.close().catch(() => {});
      }
      for (const folder of folders) await sync(folder).catch(() => {});
      return storedObject(this.#target.path, stats, target.path);
    } catch (error) {
      if (signal?.aborted === true && error === signal.reason) throw error;
      throw storageError(error, "write", this.#target);
    } finally {
      await this.discard();
    }
  }

  /**
   * At once rather than on one of the few threads that Node.js has for files: Polars may keep all of them busy. What it
   * still writes goes to a file without a name, or fails for want of the folder. Only its blocks are freed on a thread.
   */
  discard(): Promise<void> {
    let file: number | undefined;
    try {
      file = openSync(this.uri, "r");
    } catch {
      // Nothing was staged, or it has been published.
    }
    try {
      rmSync(this.#folder, { recursive: true, force: true });
    } catch {
      // The next run tries again.
    }
    if (file !== undefined) close(file, () => {});
    return Promise.resolve();
  }

  /** Who may read the target stays as it was. @returns Whether something had to be changed. */
  async #resemble({ old }: TargetFile): Promise<boolean> {
    if (old === undefined) return false;
    const mine = await stat(this.uri);
    const hasOtherOwner = mine.uid !== old.uid || mine.gid !== old.gid;
    if (hasOtherOwner) await chown(this.uri, old.uid, old.gid).catch(() => {});
    if (mine.mode !== old.mode) await chmod(this.uri, old.mode & 0o7777);
    return hasOtherOwner || mine.mode !== old.mode;
  }
}

/** Makes a folder and those above it. Gives those in which a name is new once a file comes into it. */
async function makeFolders(folder: string): Promise<readonly string[]> {
  const first = await mkdir(folder, { recursive: true });
  const top = first === undefined ? folder : dirname(first);
  const changed = [folder];
  for (let path = folder; path !== top && path !== dirname(path);) {
    path = dirname(path);
    changed.push(path);
  }
  return changed;
}

/** To the disk, not only to the kernel: otherwise a power cut after the rename can leave an empty target. */
async function sync(path: string): Promise<void> {
  const handle = await open(path, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

import { constants, type Stats } from "node:fs";
import { access, lstat, realpath, stat } from "node:fs/promises";
import { dirname } from "node:path";
import type { Location } from "@glacier/core";
import { isLoop, isMissing, notReplaceable, outsideRoot } from "./errors.ts";
import { isInside, pathOf } from "./uri.ts";

/** The file that a publish replaces or makes. */
export interface TargetFile {
  /** The target's path, or where it leads if it is a link. */
  readonly path: string;
  /** What is there now. */
  readonly old: Stats | undefined;
  /** The device of the folder that it is or will be in. */
  readonly device: number;
}

/**
 * Finds the file behind a target, and refuses what can't be replaced.
 * @throws TARGET_NOT_REPLACEABLE, PATH_OUTSIDE_ROOT, and what the file system says
 */
export async function findTarget(realRoot: string, target: Location): Promise<TargetFile> {
  const path = pathOf(realRoot, target);
  const old = await existing(path, target);
  if (old?.isDirectory() === true) {
    throw notReplaceable(target, "is a folder, so no file can take its place", "Remove it, or write to another path.");
  }
  if (old !== undefined && !old.isFile()) {
    throw notReplaceable(target, "is neither a file nor a folder", "Remove it, or write to another path.");
  }
  const file = old === undefined ? path : await realpath(path);
  const folder = await nearestFolder(dirname(file), target);
  const real = await realpath(folder);
  if (!isInside(realRoot, real)) throw outsideRoot(target);
  // Known now rather than when everything has been computed.
  await access(real, constants.W_OK | constants.X_OK);
  return { path: file, old, device: (await stat(real)).dev };
}

async function existing(path: string, target: Location): Promise<Stats | undefined> {
  try {
    return await stat(path);
  } catch (error) {
    if (isLoop(error)) throw notALinkToAFile(target);
    if (!isMissing(error)) throw error;
    const link = await lstat(path).catch(() => undefined);
    if (link === undefined) return undefined;
    if (link.isSymbolicLink()) throw notALinkToAFile(target);
    // Another step has made it since.
    return existing(path, target);
  }
}

function notALinkToAFile(target: Location): Error {
  return notReplaceable(
    target,
    "is, or is behind, a symbolic link that leads nowhere",
    "Remove the link, or write to another path.",
  );
}

/** The innermost folder on the way to a path that exists already. */
async function nearestFolder(path: string, target: Location): Promise<string> {
  for (let folder = path; ; folder = dirname(folder)) {
    const found = await existing(folder, target);
    if (found?.isDirectory() === true) return folder;
    if (found !== undefined) {
      throw notReplaceable(
        target,
        "can't be written: there is a file where one of its folders would be",
        "Remove that file, or write to another path.",
      );
    }
  }
}

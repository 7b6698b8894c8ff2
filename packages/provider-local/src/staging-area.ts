import { randomBytes } from "node:crypto";
import { lstat, mkdir, readdir, rm, stat } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import type { Location, StagingAttempt } from "@glacier/core";
import { isMissing, rootUnusable } from "./errors.ts";
import { ownFolder } from "./uri.ts";

const stagingFolder = "staging";

/** The name of what is staged. It has no ending, so that a pattern that ends as files of a format do never matches it. */
const stagedFile = "data";

/** What is staged, from {@link ownFolder} on, as a pattern might match it. */
export const stagedExample: readonly string[] = [stagingFolder, "host.1.run-1-0", stagedFile];

const host = nameOf(hostname());

/** When this process began, in milliseconds since 1970. */
const began = Date.now() - process.uptime() * 1000;

/**
 * What nobody has written to for so long is left over, whoever's it is: seven days. Another machine or container that
 * shares the root can't be asked whether its process is still there.
 */
const longAgo = 7 * 24 * 60 * 60 * 1000;

/** Where one attempt stages: a folder that no other attempt uses, and the file in it. */
export interface StagingPlace {
  readonly folder: string;
  readonly file: string;
}

/**
 * Makes a place under `<root>/.glacier/staging`, which no bucket of this root reaches, and removes what dead writers left
 * behind. Nobody else may look into it: a target can be more private than a new file is.
 */
export async function makePlace(realRoot: string, target: Location, attempt: StagingAttempt): Promise<StagingPlace> {
  const own = join(realRoot, ownFolder);
  const area = join(own, stagingFolder);
  for (const folder of [own, area]) await makeRealFolder(folder, target);
  await removeDead(area);
  const name = `${host}.${process.pid}.${nameOf(attempt.run)}-${attempt.attempt}-${randomBytes(6).toString("hex")}`;
  const folder = join(area, name);
  await mkdir(folder, { mode: 0o700 });
  return { folder, file: join(folder, stagedFile) };
}

/** A link there would lead what is staged out of the root. */
async function makeRealFolder(path: string, target: Location): Promise<void> {
  try {
    await mkdir(path);
  } catch (error) {
    const found = await lstat(path).catch(() => undefined);
    if (found === undefined) throw error;
    if (found.isDirectory()) return;
    const what = found.isSymbolicLink() ? "a symbolic link" : "a file";
    throw rootUnusable(
      target,
      `\`${ownFolder}\`, where targets are staged, is or has in it ${what} instead of a folder, under the root`,
      `Remove \`${ownFolder}\` from the root. It is made again.`,
      error,
    );
  }
}

/** So that it can stand between dots in the name of a folder. */
function nameOf(text: string): string {
  return text.replaceAll(/[^a-zA-Z0-9_-]/g, "-").slice(0, 64);
}

async function removeDead(area: string): Promise<void> {
  for (const name of await readdir(area)) {
    const folder = join(area, name);
    try {
      if (await isDead(name, folder)) await rm(folder, { recursive: true, force: true });
    } catch {
      // Somebody else's, or gone already. It is no reason to fail.
    }
  }
}

async function isDead(name: string, folder: string): Promise<boolean> {
  const [ofHost, pid] = name.split(".");
  const isOurs = ofHost === host;
  if (isOurs && Number(pid) !== process.pid && !isAlive(Number(pid))) return true;
  const modified = await lastModified(folder);
  // An earlier process had the same number, as the first one of a container has it every time.
  if (isOurs && Number(pid) === process.pid) return modified < began;
  return modified < Date.now() - longAgo;
}

async function lastModified(folder: string): Promise<number> {
  const { mtimeMs } = await lstat(folder);
  const file = await stat(join(folder, stagedFile)).catch((error: unknown) => {
    if (isMissing(error)) return undefined;
    throw error;
  });
  return Math.max(mtimeMs, file?.mtimeMs ?? 0);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== "ESRCH";
  }
}

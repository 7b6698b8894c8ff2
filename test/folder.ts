/** A folder of its own for every test, with what the tests put there and look at. */
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";

export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "glacier-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

export async function put(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
}

/** Every file and folder under a folder, with size and time of change: equal only if nothing was touched. */
export async function everythingIn(folder: string): Promise<Readonly<Record<string, string>>> {
  const found: Record<string, string> = {};
  for (const path of (await readdir(folder, { recursive: true })).toSorted()) {
    const { size, mtimeMs, ino } = await stat(join(folder, path));
    found[path] = `${size} bytes, ${mtimeMs}, ${ino}`;
  }
  return found;
}

export const textOf = (folder: string, path: string): Promise<string> => readFile(join(folder, path), "utf8");

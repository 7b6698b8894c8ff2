import { join, sep } from "node:path";
import { GlacierError, hasWildcards, type Location } from "@glacier/core";

/** The file, folder or glob of a location. */
export function pathOf(root: string, location: Location): string {
  return join(root, location.bucket, location.path);
}

/** `file://` and the path with `/` between its parts; not percent-encoded. */
export function uriOf(root: string, location: Location): string {
  const path = pathOf(root, location).split(sep).join("/");
  return `file://${path.startsWith("/") ? "" : "/"}${path}`;
}

/** Whether the path of a location is one with wildcards that count. */
export function isPattern(location: Location): boolean {
  return location.glob && hasWildcards(location.path);
}

/** A pattern as Polars takes it. Wildcards of the path count; those that happen to be in the root or in the bucket's name do not. */
export function globOf(root: string, location: Location): string {
  return join(join(root, location.bucket).replaceAll(/[*?[]/g, "[$&]"), location.path);
}

/** Whether a real path is the root or under it. */
export function isInside(root: string, path: string): boolean {
  return path === root || path.startsWith(root.endsWith(sep) ? root : root + sep);
}

/** The folder that belongs to Glacier itself: one under each root, and maybe others where one root lies in another. */
export const ownFolder = ".glacier";

/** Whether a part of a path is Glacier's own folder, on file systems that tell letters apart and on others. */
export function isOwnFolder(part: string): boolean {
  return part.toLowerCase() === ownFolder;
}

/**
 * The longest name of a file or folder, in bytes: NAME_MAX of Linux and macOS (limits.h), and in characters of NTFS.
 */
const longestName = 255;

/** @throws BUCKET_NAME_INVALID, PATH_INVALID */
export function checkLocation(location: Location): void {
  const { bucket, path } = location;
  if (bucket.startsWith(".")) {
    throw new GlacierError("BUCKET_NAME_INVALID", `The bucket name "${bucket}" starts with a dot.`, {
      hint: `Such folders are hidden, and \`${ownFolder}\` is Glacier's own. Choose another name.`,
    });
  }
  const parts = path.split("/");
  if (parts.some(isOwnFolder)) {
    throw new GlacierError("PATH_INVALID", `The path "${path}" in bucket \`${bucket}\` has \`${ownFolder}\` in it.`, {
      hint: "That folder is Glacier's own. Choose another name.",
    });
  }
  for (const [code, name] of [
    ["BUCKET_NAME_INVALID", bucket],
    ...parts.map((part) => ["PATH_INVALID", part] as const),
  ] as const) {
    if (Buffer.byteLength(name) <= longestName) continue;
    throw new GlacierError(
      code,
      `"${name.slice(0, 40)}…" in bucket \`${bucket.slice(0, 40)}\` is longer than ${longestName} bytes.`,
      { hint: "No file system allows that. Shorten the name." },
    );
  }
}

import { getSystemErrorMap } from "node:util";
import { GlacierError, label, type Location } from "@glacier/core";
import { ownFolder } from "./uri.ts";

/** What Node.js says of a failed file operation: https://nodejs.org/api/errors.html#common-system-errors */
const codeOf = (error: unknown): string | undefined =>
  error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;

/** Without the path that is in the error's message. */
function reasonOf(error: unknown): string {
  const { errno } = error as NodeJS.ErrnoException;
  return (errno === undefined ? undefined : getSystemErrorMap().get(errno)?.[1]) ?? "the file system fails";
}

export function isMissing(error: unknown): boolean {
  const code = codeOf(error);
  return code === "ENOENT" || code === "ENOTDIR";
}

export function isLoop(error: unknown): boolean {
  return codeOf(error) === "ELOOP";
}

const detailsOf = ({ provider, bucket, path }: Location): Readonly<Record<string, unknown>> => ({
  provider,
  bucket,
  path,
});

/** An error of the file system in the user's words: bucket and path, never the folders above the root. */
export function storageError(error: unknown, doing: "read" | "write", location: Location): GlacierError {
  if (GlacierError.is(error)) return error;
  const what = `\`${label(location)}\``;
  const details = detailsOf(location);
  const code = codeOf(error) ?? "unknown";
  switch (code) {
    case "EACCES":
    case "EPERM":
    case "EROFS":
      return new GlacierError(
        "STORAGE_DENIED",
        `Can't ${doing} ${what}: the file system does not allow it (${code}).`,
        {
          hint: "Check the permissions of the file and of the folders that it is in.",
          cause: error,
          details,
        },
      );
    case "ENOSPC":
    case "EDQUOT":
      return new GlacierError("STORAGE_FULL", `Can't write ${what}: the disk is full (${code}).`, {
        hint: "Free some room and run again. The target is what it was before.",
        cause: error,
        details,
      });
    case "EXDEV":
      return otherFilesystem(location, error);
    case "ELOOP":
      return linkLoop(location, error);
    default:
      return new GlacierError("STORAGE_FAILED", `Can't ${doing} ${what}: ${reasonOf(error)} (${code}).`, {
        hint: "These are the system's own words. Check the file, and the disk that it is on.",
        cause: error,
        details,
      });
  }
}

export function otherFilesystem(location: Location, cause?: unknown): GlacierError {
  return new GlacierError(
    "STAGING_ON_OTHER_FILESYSTEM",
    `\`${label(location)}\` is on another file system than the root of provider \`${location.provider}\`, so it can't be replaced in one move.`,
    {
      hint: "Make a provider of its own whose root is on that file system.",
      cause,
      details: detailsOf(location),
    },
  );
}

export function outsideRoot(location: Location): GlacierError {
  return new GlacierError(
    "PATH_OUTSIDE_ROOT",
    `\`${label(location)}\` leaves the root of provider \`${location.provider}\` through a symbolic link.`,
    {
      hint: "Put the data under the root, or make a provider whose root is where the link leads.",
      details: detailsOf(location),
    },
  );
}

/** A link that leads back to itself, or to a folder that it is in: Polars would read its files again and again. */
export function linkLoop(location: Location, cause?: unknown): GlacierError {
  return new GlacierError(
    "STORAGE_FAILED",
    `\`${label(location)}\` can't be reached or read: a symbolic link there goes round in a circle.`,
    { hint: "Remove the link.", cause, details: detailsOf(location) },
  );
}

export function danglingLink(location: Location, path: string): GlacierError {
  return new GlacierError("SOURCE_NOT_FOUND", `\`${location.bucket}/${path}\` is a symbolic link that leads nowhere.`, {
    hint: "Remove the link, or bring back what it led to.",
    details: detailsOf(location),
  });
}

/** A folder or a pattern that reaches the place where this provider or another one stages its targets. */
export function reachesOwnFolder(location: Location): GlacierError {
  return new GlacierError(
    "PATH_INVALID",
    `\`${label(location)}\` reaches into a folder \`${ownFolder}\`, where targets are staged that are not finished.`,
    {
      hint: "Read a pattern that ends as its files do, such as `**/*.parquet`, or a folder that has no root of another provider in it.",
      details: detailsOf(location),
    },
  );
}

/** The folder that the root is to be is something else. */
export function rootUnusable(location: Location, why: string, hint: string, cause?: unknown): GlacierError {
  return new GlacierError(
    "STORAGE_FAILED",
    `Can't write \`${label(location)}\`: ${why} of provider \`${location.provider}\`.`,
    {
      hint,
      cause,
      details: detailsOf(location),
    },
  );
}

export function notReplaceable(location: Location, why: string, hint: string): GlacierError {
  return new GlacierError("TARGET_NOT_REPLACEABLE", `\`${label(location)}\` ${why}.`, {
    hint,
    details: detailsOf(location),
  });
}

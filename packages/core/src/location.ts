import { GlacierError } from "./errors.ts";
import type { FormatName } from "./formats/format.ts";
import { globFault } from "./glob.ts";
import { show } from "./options.ts";

/** Where data is: plain data, without the objects that can reach it. */
export interface Location {
  /** The name of the provider. */
  readonly provider: string;
  readonly bucket: string;
  /** Within the bucket, with `/` between its parts. A file, a directory, or a glob. */
  readonly path: string;
  readonly format: FormatName;
  /** Whether `*`, `?` and `[…]` in the path stand for other characters. */
  readonly glob: boolean;
}

// oxlint-disable-next-line no-control-regex -- control characters are just what is looked for
const controls = /[\u0000-\u001f\u007f]/;
/** Lone surrogates: storages replace them, so that different texts would be one place. */
const broken = /\p{Surrogate}/u;
const wildcards = /[*?[]/;

/** Whether a path has one of the characters `*`, `?` or `[`, which stand for others when it is read. */
export function hasWildcards(path: string): boolean {
  return wildcards.test(path);
}

/**
 * Checks what every storage refuses; a provider adds its own rules.
 * @throws BUCKET_NAME_INVALID
 */
export function checkBucketName(bucket: unknown): string {
  const refuse = (why: string, hint?: string): never => {
    throw new GlacierError(
      "BUCKET_NAME_INVALID",
      `The bucket name ${show(bucket)} ${why}.`,
      hint === undefined ? {} : { hint },
    );
  };
  if (typeof bucket !== "string") return refuse("is no text");
  if (bucket.trim() === "") return refuse("is empty");
  if (controls.test(bucket)) return refuse("has control characters in it");
  if (broken.test(bucket)) return refuse("has half a character in it");
  if (bucket.includes("/") || bucket.includes("\\")) {
    return refuse("has a slash in it", 'Put folders into the path: `provider.bucket("lake", "raw/orders.parquet")`.');
  }
  if (bucket === "." || bucket === "..") return refuse("would leave the root of the storage");
  return bucket;
}

/**
 * The path without a slash at its end.
 * @throws PATH_INVALID for what is empty, absolute, or leaves the bucket
 */
export function checkPath(path: unknown, bucket: string): string {
  const refuse = (why: string, hint: string): never => {
    throw new GlacierError("PATH_INVALID", `The path ${show(path)} in bucket \`${bucket}\` ${why}.`, { hint });
  };
  if (typeof path !== "string") return refuse("is no text", 'Give a path such as "raw/orders.parquet".');
  if (path.trim() === "") return refuse("is empty", 'Give a path such as "raw/orders.parquet".');
  if (controls.test(path)) return refuse("has control characters in it", "Take them out.");
  if (broken.test(path)) return refuse("has half a character in it", "Cut texts between characters, not within one.");
  if (path.includes("\\")) return refuse("has a backslash in it", "Use `/` between folders, on every system.");
  if (path.startsWith("/") || /^[a-zA-Z]:/.test(path) || /^[a-z][a-z0-9+.-]*:\/\//i.test(path)) {
    return refuse("is absolute", "Paths are relative to the bucket; the provider knows where that is.");
  }
  const trimmed = path.replace(/\/$/, "");
  for (const part of trimmed.split("/")) {
    if (part === "..")
      return refuse(
        "has `..` in it",
        "A path stays in its bucket; use another bucket or provider for what is elsewhere.",
      );
    if (part === "." || part === "")
      return refuse("has an empty part", "Write each folder once, with one `/` between them.");
  }
  return trimmed;
}

/** @throws PATH_INVALID for a glob that can't be read */
export function checkGlob(path: string, bucket: string): void {
  const fault = globFault(path);
  if (fault === undefined) return;
  throw new GlacierError("PATH_INVALID", `The path ${show(path)} in bucket \`${bucket}\` ${fault}.`, {
    hint: "A glob has `*`, `?`, `[ab]` and, as a whole part before others, `**`; names that begin with a dot are `[.]*`. Where the characters are meant literally, make the bucket with `glob: false`.",
  });
}

/** `bucket/path`: how a location is called in messages, labels and logs. */
export function label(location: { readonly bucket: string; readonly path: string }): string {
  return `${location.bucket}/${location.path}`;
}

import { relative, resolve, sep } from "node:path";
import { pathToFileURL } from "node:url";

/** Where a file is: below a root that others have too, or, where it is not, on this machine. */
export type PlacedFile = { readonly below: string } | { readonly outside: string };

/**
 * A file as those name it that look at the whole repository.
 * @param file From the current folder, or absolute.
 * @param root Absolute.
 */
export function placeBelow(root: string, file: string): PlacedFile {
  const path = resolve(file);
  const below = relative(root, path);
  const isOutside = below === ".." || below.startsWith(`..${sep}`) || resolve(below) === below;
  return isOutside ? { outside: path } : { below: below.replaceAll(sep, "/") };
}

/** The folder that paths in reports for other programs begin at: that of the repository where GitHub says so, else this one. */
export const reportRoot = (): string => process.env["GITHUB_WORKSPACE"] ?? process.cwd();

/** A path as a relative reference of a URI. Half a character, which some file systems allow, is none of a URI. */
export const asUri = (path: string): string =>
  path
    .replaceAll(/\p{Cs}/gu, "�")
    .split("/")
    .map(encodeURIComponent)
    .join("/");

export const asFileUri = (path: string): string => pathToFileURL(path).href;

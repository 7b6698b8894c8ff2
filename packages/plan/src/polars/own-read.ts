import { Unknown } from "./unknown.ts";

/** Data that a task reads beside its sources: files of its own, or a URL. */
export class OwnRead extends Unknown {
  /** The last part of the path. The whole one may hold names of machines and people, and secrets. */
  readonly file: string;

  constructor(path: string) {
    const file = lastPart(path);
    super(`what is in \`${file}\`, which the task reads by itself`);
    this.file = file;
  }
}

function lastPart(path: string): string {
  const scheme = /^[a-z][a-z0-9+.-]*:\/\//i.exec(path)?.[0];
  if (scheme === undefined) return path.split(/[/\\]/).findLast(Boolean) ?? "/";
  const [address = ""] = path.slice(scheme.length).split(/[?#]/);
  const [authority = "", ...parts] = address.split("/");
  return parts.findLast(Boolean) ?? authority.split("@").at(-1) ?? "";
}

import { spawnSync } from "node:child_process";

/** Runs a program of the system. Gives what it says when it fails, and nothing when it does not. */
export function system(program: string, ...parameters: readonly string[]): string | undefined {
  const { status, stderr, error } = spawnSync(program, parameters, { encoding: "utf8" });
  return status === 0 ? undefined : `\`${program}\` does not work here: ${error?.message ?? stderr.trim()}`;
}

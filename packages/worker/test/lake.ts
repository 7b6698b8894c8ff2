import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type Bucket, Dag, type ExecutionResource, type Outcome, Provider, type RunEvent } from "@glacier/core";
import { local } from "@glacier/provider-local";
import { executeStep } from "../src/step.ts";

/** A folder of its own with a provider over it. */
export interface Lake {
  readonly root: string;
  readonly provider: Provider;
  readonly here: ExecutionResource<"local">;
  /** The absolute path of a file in bucket `b`; its folder is made. */
  path(name: string): string;
  /** Writes a file into bucket `b`. */
  put(name: string, content: string | Buffer): void;
  /** The content of a file in bucket `b`; `undefined` where there is none. */
  bytes(name: string): Buffer | undefined;
  /** What is in the staging area. */
  staged(): string[];
  remove(): void;
}

export function makeLake(name = "lake"): Lake {
  const root = join(realpathSync(mkdtempSync(join(tmpdir(), "glacier-"))), name);
  const provider = new Provider(local({ root }));
  const path = (file: string): string => {
    mkdirSync(dirname(join(root, "b", file)), { recursive: true });
    return join(root, "b", file);
  };
  return {
    root,
    provider,
    here: provider.local(),
    path,
    put: (file, content) => writeFileSync(path(file), content),
    bytes: (file) => (existsSync(join(root, "b", file)) ? readFileSync(join(root, "b", file)) : undefined),
    staged: () => stagedIn(root),
    remove: () => rmSync(dirname(root), { recursive: true, force: true }),
  };
}

export function stagedIn(root: string): string[] {
  const area = join(root, ".glacier", "staging");
  return existsSync(area) ? readdirSync(area) : [];
}

export interface Submitted {
  readonly outcome: Outcome;
  readonly events: readonly RunEvent[];
}

/** Executes the steps behind a bucket, one after the other, up to the first that does not succeed. */
export async function submit(bucket: Bucket, signal: AbortSignal = new AbortController().signal): Promise<Submitted> {
  const events: RunEvent[] = [];
  let outcome: Outcome | undefined;
  for (const node of Dag.of(bucket).steps) {
    outcome = await executeStep(node, { run: "run", attempt: 1, signal, emit: (event) => events.push(event) });
    if (outcome.status !== "succeeded") break;
  }
  return { outcome: outcome as Outcome, events };
}

/** The outcome of {@link submit}, which must be a success. */
export async function succeed(bucket: Bucket): Promise<Extract<Outcome, { status: "succeeded" }>> {
  const { outcome } = await submit(bucket);
  if (outcome.status === "succeeded") return outcome;
  throw outcome.status === "failed" ? outcome.error : new Error(outcome.reason);
}

/** The error of {@link submit}, which must be a failure. */
export async function fail(
  bucket: Bucket,
  signal?: AbortSignal,
): Promise<Extract<Outcome, { status: "failed" }>["error"]> {
  const { outcome } = await submit(bucket, signal);
  if (outcome.status === "failed") return outcome.error;
  throw new Error(`The step was expected to fail, but it ${outcome.status}.`);
}

export const wait = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });

import type { DagStep } from "./dag.ts";
import { GlacierError } from "./errors.ts";
import type { StepProgress } from "./events.ts";
import type { OptionTable } from "./options.ts";
import { show } from "./options.ts";
import type { Outcome } from "./outcome.ts";
import type { StorageFace } from "./storage.ts";

/**
 * What a provider is made of: a plain object that a function returns (`local({ root })`, `aws({ region })`). Every face
 * but the name is optional; a plugin offers what it has. New faces will be added as further optional properties.
 */
export interface ProviderPlugin<Executors extends ExecutorTable = ExecutorTable> {
  /** Lower-case letters, digits and `-`: `local`, `aws`, `acme-lake`. */
  readonly name: string;
  /** Where its buckets are. Without it, the provider has no buckets. */
  readonly storage?: StorageFace;
  /**
   * Its executors by kind. Each becomes a method of the provider: `{ serverless: … }` gives `provider.serverless(…)`.
   * A table rather than methods: a new kind breaks no plugin.
   */
  readonly executors?: Executors;
}

// oxlint-disable-next-line typescript/no-explicit-any -- each kind has options of its own, and a face is invariant in them
export type ExecutorTable = { readonly [Kind in string]: ExecutorFace<any> };

/** One kind of executor. */
export interface ExecutorFace<Options extends object = Record<string, never>> {
  /** The options of `provider.kind(options)`. Whatever is not in the table is refused. */
  readonly options: OptionTable<Options>;
  /** Makes what executes, the first time that a mode needs it. Load SDKs here, not before. */
  start?(options: Readonly<Options>): Promise<Executor>;
}

/** Executes steps. Modes call it; it knows neither the order of steps nor their retries. */
export interface Executor {
  /**
   * Executes one attempt of one step and says how it ended: `succeeded` or `failed`; only the scheduler skips. It does
   * not throw: what goes wrong is an {@link Outcome} with a `GlacierError` in it, never an SDK's raw error. Unless the
   * outcome is `succeeded`, the target is what it was.
   *
   * Once `context.signal` is aborted it has 5 seconds to end. An attempt that has not is given up, and not tried again,
   * since it may still be at work.
   */
  submit(step: DagStep, context: StepContext): Promise<Outcome>;
  /** Lets go of connections and processes. */
  close?(): Promise<void>;
}

/** What an executor is told beside the step. */
export interface StepContext {
  /** The id of the run. */
  readonly run: string;
  /** 1 for the first. */
  readonly attempt: number;
  /** Aborted when the run is cancelled or the step's time is up. Nothing may be published after that. */
  readonly signal: AbortSignal;
  /** Says how far the step has come. What is said after the attempt has ended is ignored. */
  readonly emit: (event: StepProgress) => void;
}

const pluginName = /^[a-z][a-z0-9-]*$/;
const kindName = /^[a-z][a-zA-Z0-9]*$/;

/**
 * Refuses what is no plugin, before anything is built on it.
 * @throws PLUGIN_INVALID
 */
export function checkPlugin(plugin: unknown): void {
  const refuse = (message: string, hint?: string): never => {
    throw new GlacierError("PLUGIN_INVALID", message, hint === undefined ? {} : { hint });
  };
  if (typeof plugin !== "object" || plugin === null) {
    return refuse(
      `A provider needs a plugin, not ${show(plugin)}.`,
      'Call the plugin\'s function: `new Provider(local({ root: "./data" }))`.',
    );
  }
  const { name, storage, executors } = plugin as Partial<ProviderPlugin>;
  if (typeof name !== "string" || !pluginName.test(name)) {
    return refuse(`A plugin's name must be lower-case letters, digits and \`-\`, not ${show(name)}.`);
  }
  if (storage !== undefined) {
    const missing = storageMethods.filter((method) => typeof storage[method] !== "function");
    if (missing.length > 0) return refuse(`The storage of plugin \`${name}\` has no \`${missing[0]}\` function.`);
  }
  for (const [kind, face] of Object.entries(executors ?? {})) {
    if (!kindName.test(kind))
      return refuse(`Plugin \`${name}\` calls an executor ${show(kind)}; a kind is a name such as \`serverless\`.`);
    if (typeof face?.options !== "object" || face.options === null)
      return refuse(`The executor \`${kind}\` of plugin \`${name}\` has no table of options.`);
  }
}

const storageMethods: readonly (keyof StorageFace)[] = ["check", "uri", "scan", "list", "stage"];

import { isMarked, mark } from "./brand.ts";
import type { Bucket } from "./bucket.ts";
import type { Dag } from "./dag.ts";
import { GlacierError } from "./errors.ts";
import type { LazyFrame } from "./frame.ts";
import { firstPartyModes, loadFirstPartyMode } from "./first-party-modes.ts";
import type { RunArguments, RunMode, RunModes } from "./mode.ts";
import { show } from "./options.ts";
import type { AnyProvider } from "./provider.ts";
import { didYouMean, quoted } from "./suggest.ts";

export interface RegistryOptions {
  readonly modes?: readonly RunMode[];
  readonly providers?: readonly AnyProvider[];
}

/**
 * The modes that `run` can use, and providers by name. A value: a provider may be given one of its own
 * (`new Provider(plugin, { registry })`), so that a team's modes and providers stay its own; all others share
 * {@link defaultRegistry}.
 *
 * Glacier's own modes need no registration: they are loaded by name, from the application's packages, when first used.
 */
export class Registry {
  readonly #modes = new Map<string, RunMode>();
  /** Glacier's own, once they were needed. */
  readonly #loaded = new Map<string, RunMode>();
  readonly #providers = new Map<string, AnyProvider>();

  /** @throws ALREADY_REGISTERED, PLUGIN_INVALID */
  constructor(options: RegistryOptions = {}) {
    for (const mode of options.modes ?? []) this.addMode(mode);
    for (const provider of options.providers ?? []) this.addProvider(provider);
  }

  /**
   * Makes `run({ mode: mode.name })` use it. It may replace one of Glacier's own modes, but not one that was added.
   * @throws ALREADY_REGISTERED, PLUGIN_INVALID
   */
  addMode(mode: RunMode): this {
    if (typeof mode?.name !== "string" || mode.name === "" || typeof mode.run !== "function") {
      throw new GlacierError("PLUGIN_INVALID", "A mode needs a `name` and a function `run(dag, options)`.");
    }
    return this.#add(this.#modes, "mode", mode);
  }

  /**
   * Keeps a provider under its name, for code that gets it from here rather than making one.
   * @throws ALREADY_REGISTERED, ARGUMENT_INVALID
   */
  addProvider(provider: AnyProvider): this {
    if (!isMarked(provider, "provider")) {
      throw new GlacierError("ARGUMENT_INVALID", `A registry keeps providers, not ${show(provider)}.`, {
        hint: 'Make one with `new Provider(plugin, { name: "lake" })`.',
      });
    }
    return this.#add(this.#providers, "provider", provider);
  }

  /** Names of the modes that were added, and of Glacier's own. */
  get modes(): readonly string[] {
    return [...new Set([...this.#modes.keys(), ...firstPartyModes.keys()])];
  }

  get providers(): readonly AnyProvider[] {
    return [...this.#providers.values()];
  }

  /**
   * The provider of that name.
   * @throws PROVIDER_UNKNOWN
   */
  provider(name: string): AnyProvider {
    const known = this.#providers.get(name);
    if (known !== undefined) return known;
    const names = [...this.#providers.keys()];
    throw new GlacierError("PROVIDER_UNKNOWN", `No provider is registered as ${show(name)}.`, {
      hint:
        names.length === 0
          ? "None is registered at all: use `registry.addProvider(…)`."
          : `${didYouMean(name, names)}There are ${quoted(names)}.`,
    });
  }

  /**
   * The mode of that name; Glacier's own are loaded on first use.
   * @throws MODE_UNKNOWN, MODE_NOT_INSTALLED
   */
  async mode(name: string): Promise<RunMode> {
    const known = this.#modes.get(name) ?? this.#loaded.get(name);
    if (known !== undefined) return known;
    const packageName = firstPartyModes.get(name);
    if (packageName === undefined) {
      throw new GlacierError("MODE_UNKNOWN", `There is no mode ${show(name)}.`, {
        hint: `${didYouMean(name, this.modes)}There are ${quoted(this.modes)}. A package's own mode is registered with \`registry.addMode(…)\`.`,
        details: { mode: name, known: this.modes },
      });
    }
    const loaded = await loadFirstPartyMode(name, packageName);
    this.#loaded.set(name, loaded);
    return loaded;
  }

  /**
   * What `bucket.run` does.
   * @throws MODE_UNKNOWN, MODE_NOT_INSTALLED, what making the graph throws, and what the mode throws
   */
  async run<Mode extends keyof RunModes>(
    makeDag: () => Dag,
    given: RunArguments<Mode> | undefined,
  ): Promise<RunModes[Mode]["result"]> {
    if (given !== undefined && (typeof given !== "object" || given === null || Array.isArray(given))) {
      throw new GlacierError("ARGUMENT_INVALID", `\`run\` takes an object with options, not ${show(given)}.`, {
        hint: 'Write `run({ mode: "local" })`.',
      });
    }
    const { mode = "local", ...options } = given ?? {};
    const dag = makeDag();
    return (await this.mode(mode)).run(dag, options) as Promise<RunModes[Mode]["result"]>;
  }

  /** What `bucket.scan` does. @throws MODE_NOT_INSTALLED, SOURCE_NOT_FOUND, SOURCE_UNREADABLE */
  async scan(bucket: Bucket): Promise<LazyFrame> {
    const local = await this.mode("local");
    if (local.scan === undefined) {
      throw new GlacierError(
        "PLUGIN_INVALID",
        "The mode registered as `local` can't show data: it has no function `scan(bucket)`.",
      );
    }
    return local.scan(bucket);
  }

  #add<Value extends { readonly name: string }>(table: Map<string, Value>, what: string, value: Value): this {
    if (table.has(value.name)) {
      throw new GlacierError("ALREADY_REGISTERED", `A ${what} named \`${value.name}\` is registered already.`, {
        hint: `Give this one another name, or use a \`Registry\` of its own.`,
      });
    }
    table.set(value.name, value);
    return this;
  }
}

mark(Registry.prototype, "registry");

/** The registry of every provider that was not given another. */
export const defaultRegistry: Registry = new Registry();

import { isMarked, mark } from "./brand.ts";
import { Bucket } from "./bucket.ts";
import { checkBucketSchema, type SchemaColumns } from "./bucket-schema.ts";
import { GlacierError } from "./errors.ts";
import { ExecutionResource } from "./executor.ts";
import {
  checkFormatOptions,
  type FormatName,
  type FormatOfPath,
  formatOfPath,
  formats,
  type ScanOptions,
  type SinkOptions,
} from "./formats/format.ts";
import { unknownEndingHint } from "./formats/unknown-ending.ts";
import { checkBucketName, checkGlob, checkPath, type Location } from "./location.ts";
import {
  aBoolean,
  anObject,
  checkOptions,
  oneOf,
  type OptionRule,
  type OptionTable,
  required,
  show,
} from "./options.ts";
import { checkPlugin, type ExecutorFace, type ExecutorTable, type ProviderPlugin } from "./plugin.ts";
import { printedAs } from "./printed.ts";
import { defaultRegistry, type Registry } from "./registry.ts";
import { Origin } from "./source-place.ts";
import { didYouMean, quoted } from "./suggest.ts";

export interface ProviderOptions {
  /** What it is called in pictures and messages. Default: the plugin's name. */
  readonly name?: string;
  /** Whose modes its buckets run in. Default: {@link defaultRegistry}. */
  readonly registry?: Registry;
}

/** How a bucket is read and written. */
export interface BucketOptions<Format extends FormatName = FormatName, Columns extends SchemaColumns = SchemaColumns> {
  /** Default: by the ending of the path. */
  readonly format?: Format;
  /** Options of the format when the bucket is read. */
  readonly scan?: ScanOptions<Format>;
  /** Options of the format when the bucket is written. */
  readonly sink?: SinkOptions<Format>;
  /** Whether `*`, `?` and `[…]` in the path stand for other characters. Default: true. */
  readonly glob?: boolean;
  /**
   * The columns that its data must have, and their types; those that may have nulls as `nullable(pl.String)`. Whoever reads
   * the bucket gets these columns, in this order. Text formats are read with these types.
   */
  readonly schema?: Columns;
  /** Whether columns that are not in `schema` are an error; else they are left out when the bucket is read. Default: false. */
  readonly strict?: boolean;
}

export interface BucketDefinition<
  Path extends string = string,
  Format extends FormatName = FormatName,
  Columns extends SchemaColumns = SchemaColumns,
> extends BucketOptions<Format, Columns> {
  readonly bucket: string;
  readonly path: Path;
}

type OptionsOf<Face> = Face extends ExecutorFace<infer Options> ? Options : never;
type OptionArguments<Options extends object> =
  Record<never, never> extends Options ? [options?: Options] : [options: Options];
type LocalFace = ExecutorFace<Record<string, never>>;
type TableOf<Plugin> = Plugin extends ProviderPlugin<infer Executors> ? Executors : never;
/** Of a plugin that is known as no more than a `ProviderPlugin`, none: they are asked for by name. */
type KindOf<Plugin> = string extends keyof TableOf<Plugin> ? never : keyof TableOf<Plugin> & string;
type FaceOf<Plugin, Kind> = Kind extends KindOf<Plugin> ? TableOf<Plugin>[Kind] : LocalFace;

/** One method a kind: what makes `provider.serverless({ memory: 1024 })` compile, or not. */
export type ExecutorMethods<Plugin extends ProviderPlugin> = {
  readonly [Kind in KindOf<Plugin> | "local"]: (
    ...options: OptionArguments<OptionsOf<FaceOf<Plugin, Kind>>>
  ) => ExecutionResource<Kind>;
};

/** Every provider has it: the work is done by whoever runs the pipeline. */
const localFace: LocalFace = { options: {} };

/** Kinds that several providers have. They are methods of every provider, so that the one that is missing can say so. */
const commonKinds = ["serverless", "spark"] as const;

const optionTable: OptionTable<ProviderOptions> = {
  name: {
    check: (value) =>
      typeof value === "string" && /^[\w.-]+$/.test(value) ? undefined : "letters, digits, `-`, `_` and `.`",
  },
  registry: { check: (value) => (isMarked(value, "registry") ? undefined : "a `Registry`") },
};

const aText: OptionRule = { check: (value) => (typeof value === "string" ? undefined : "a text") };

const bucketTable: OptionTable<BucketOptions> = {
  format: oneOf(...Object.keys(formats)),
  scan: anObject,
  sink: anObject,
  glob: aBoolean,
  schema: anObject,
  strict: aBoolean,
};

const definitionTable: OptionTable<BucketDefinition> = {
  ...bucketTable,
  bucket: required(aText),
  path: required(aText),
};

class ProviderBase {
  readonly plugin: ProviderPlugin;
  readonly name: string;
  readonly registry: Registry;

  constructor(plugin: ProviderPlugin, options: ProviderOptions = {}) {
    checkPlugin(plugin);
    const checked = checkOptions(options, optionTable, `Provider \`${plugin.name}\``);
    this.plugin = plugin;
    this.name = checked.name ?? plugin.name;
    this.registry = checked.registry ?? defaultRegistry;
    const kinds = new Set([...commonKinds, ...Object.keys(this.#faces())]);
    for (const kind of kinds) {
      if (kind in this)
        throw new GlacierError(
          "PLUGIN_INVALID",
          `Plugin \`${plugin.name}\` can't call an executor \`${kind}\`: every provider has something else of that name.`,
        );
      Object.defineProperty(this, kind, { value: (given?: object) => this.executor(kind, given) });
    }
    Object.freeze(this);
  }

  static is(value: unknown): value is AnyProvider {
    return isMarked(value, "provider");
  }

  /** The kinds of executors that it has. */
  get executors(): readonly string[] {
    return Object.keys(this.#faces());
  }

  /**
   * An execution resource by its kind; `provider.serverless(options)` is short for `provider.executor("serverless", options)`.
   * @throws EXECUTOR_UNKNOWN, OPTION_UNKNOWN, OPTION_INVALID, OPTION_MISSING
   */
  executor(kind: string, options: object = {}): ExecutionResource {
    const face = Object.hasOwn(this.#faces(), kind) ? this.#faces()[kind] : undefined;
    if (face === undefined) {
      throw new GlacierError("EXECUTOR_UNKNOWN", `Provider \`${this.name}\` has no executor \`${kind}\`.`, {
        hint: `${didYouMean(kind, this.executors)}It has ${quoted(this.executors)}.`,
        details: { provider: this.name, kind, known: this.executors },
      });
    }
    const checked = checkOptions(options, face.options, `The executor \`${kind}\` of provider \`${this.name}\``);
    return new ExecutionResource(kind, this, checked as Readonly<Record<string, unknown>>);
  }

  /**
   * A place in the provider's storage. Nothing is read or created.
   *
   * @param bucket The bucket's name; for files on this machine, a folder under the root.
   * @param path A file, a directory or a glob (`*`, `?`, `[ab]`, `**`), with `/` between its parts.
   * @throws BUCKET_NAME_INVALID, PATH_INVALID, FORMAT_UNKNOWN, OPTION_UNKNOWN, OPTION_INVALID, PROVIDER_HAS_NO_STORAGE
   * @example provider.bucket("lake", "raw/orders.csv", { scan: { separator: ";" } })
   */
  bucket<
    const Path extends string,
    Format extends FormatName = FormatOfPath<Path>,
    // oxlint-disable-next-line typescript/no-explicit-any -- without a schema
    Columns extends SchemaColumns = any,
  >(bucket: string, path: Path, options?: BucketOptions<Format, Columns>): Bucket<Columns>;
  /** The same, in one object. */
  bucket<
    const Path extends string,
    Format extends FormatName = FormatOfPath<Path>,
    // oxlint-disable-next-line typescript/no-explicit-any -- without a schema
    Columns extends SchemaColumns = any,
  >(definition: BucketDefinition<Path, Format, Columns>): Bucket<Columns>;
  bucket(first: unknown, path?: unknown, options: unknown = {}): Bucket {
    const isDefinition = typeof first === "object" && first !== null;
    if (isDefinition && path !== undefined) {
      throw new GlacierError("ARGUMENT_INVALID", `\`bucket({ … })\` takes one object, and nothing after it.`, {
        hint: 'Put everything into it: `provider.bucket({ bucket: "lake", path: "orders.parquet", format: "parquet" })`.',
      });
    }
    const definition = isDefinition
      ? checkOptions(first, definitionTable, "A bucket")
      : { ...checkOptions<BucketOptions>(options, bucketTable, `Bucket ${show(first)}`), bucket: first, path };
    const storage = this.plugin.storage;
    if (storage === undefined) {
      throw new GlacierError(
        "PROVIDER_HAS_NO_STORAGE",
        `Provider \`${this.name}\` has no storage, so it has no buckets.`,
        {
          hint: "Take the bucket from a provider that has storage; steps may use executors of other providers.",
        },
      );
    }
    const bucket = checkBucketName(definition.bucket);
    const checkedPath = checkPath(definition.path, bucket);
    if (definition.glob !== false) checkGlob(checkedPath, bucket);
    const format = definition.format ?? formatOfPath(checkedPath);
    const subject = `Bucket \`${bucket}/${checkedPath}\``;
    if (format === undefined) {
      throw new GlacierError("FORMAT_UNKNOWN", `${subject} has no known ending, so its format is not known.`, {
        hint: unknownEndingHint(checkedPath),
        details: { bucket, path: checkedPath },
      });
    }
    const location: Location = Object.freeze({
      provider: this.name,
      bucket,
      path: checkedPath,
      format,
      glob: definition.glob ?? true,
    });
    storage.check(location);
    const scan = checkFormatOptions(format, "scan", definition.scan ?? {}, subject);
    const sink = checkFormatOptions(format, "sink", definition.sink ?? {}, subject, checkedPath);
    return new Bucket({
      provider: this,
      storage,
      location,
      origin: new Origin(),
      scanOptions: scan,
      sinkOptions: sink,
      schema: checkBucketSchema(definition, { format, scan, sink, subject }),
    });
  }

  toString(): string {
    return `Provider(${this.name})`;
  }

  /** Only the name: a plugin may hold credentials. */
  toJSON(): { name: string; plugin: string } {
    return { name: this.name, plugin: this.plugin.name };
  }

  #faces(): ExecutorTable {
    return { local: localFace, ...this.plugin.executors };
  }
}

mark(ProviderBase.prototype, "provider");
// Only the name: a plugin may hold credentials.
printedAs(ProviderBase, (provider) => provider.toString());

/** A provider, whatever it offers. */
export type AnyProvider = ProviderBase;

/** What is in every provider, with the kinds of executors that its plugin has. */
export type Provider<Plugin extends ProviderPlugin = ProviderPlugin> = AnyProvider & ExecutorMethods<Plugin>;

/**
 * Where data is and where work is done: the one Provider class, whatever the plugin. Its methods for executors follow
 * from the plugin: asking for a kind that the plugin has not got is a compile error, and EXECUTOR_UNKNOWN at run time.
 *
 * ```ts
 * const provider = new Provider(local({ root: "./data" }));
 * const raw = provider.bucket("flights", "raw.parquet");
 * const here = provider.local();
 * ```
 */
export const Provider: {
  /** @throws PLUGIN_INVALID, OPTION_UNKNOWN, OPTION_INVALID */
  new <Plugin extends ProviderPlugin>(plugin: Plugin, options?: ProviderOptions): Provider<Plugin>;
  is(value: unknown): value is AnyProvider;
} = ProviderBase as never;

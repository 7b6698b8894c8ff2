import { GlacierError } from "./errors.ts";
import type { Frame, LazyFrame, Sources } from "./frame.ts";
import type { Executor } from "./plugin.ts";
import type { AnyProvider } from "./provider.ts";
import { type Task, type TaskOptions, createTask } from "./task.ts";

/** Sources that a function names in its own argument, rather than in the task's options. Only `{ df }` is not allowed: a task with one source gets the frame itself. */
type NamedSources<In extends Sources> = keyof In extends "df" ? never : In;

/**
 * Where tasks run: made by a provider (`provider.local()`, `provider.serverless({ memory: 1024 })`), and the maker of
 * tasks. It holds no connection and does no work; a mode reads it.
 */
export class ExecutionResource<Kind extends string = string> {
  /** `local`, `serverless`, `spark`, … or a kind of a plugin's own. */
  readonly kind: Kind;
  readonly provider: AnyProvider;
  /** As given, checked by the provider's plugin. */
  readonly options: Readonly<Record<string, unknown>>;

  constructor(kind: Kind, provider: AnyProvider, options: Readonly<Record<string, unknown>>) {
    this.kind = kind;
    this.provider = provider;
    this.options = options;
    Object.freeze(this);
  }

  /**
   * A task that takes one frame.
   * @throws TASK_NAME_INVALID, ARGUMENT_INVALID, OPTION_UNKNOWN, OPTION_INVALID
   * @example here.task("clean", (df) => df.filter(pl.col("delay").isNotNull()))
   */
  task<Out extends Frame, In extends LazyFrame = LazyFrame>(
    name: string,
    fn: (df: In) => Out | Promise<Out>,
  ): Task<{ readonly df: In }, Out>;
  /** A task that takes several frames, named in the function's own argument. */
  task<In extends Sources, Out extends Frame>(
    name: string,
    fn: (sources: NamedSources<In>) => Out | Promise<Out>,
  ): Task<In, Out>;
  /** A task called as its function is. */
  task<Out extends Frame, In extends LazyFrame = LazyFrame>(
    fn: (df: In) => Out | Promise<Out>,
  ): Task<{ readonly df: In }, Out>;
  task<In extends Sources, Out extends Frame>(fn: (sources: NamedSources<In>) => Out | Promise<Out>): Task<In, Out>;
  /**
   * A task that takes several frames, named in its options.
   * @example here.task({ name: "join", sources: ["flights", "airports"] }, ({ flights, airports }) => …)
   */
  task<
    const Names extends readonly string[],
    Out extends Frame,
    In extends Sources<Names[number]> = Sources<Names[number]>,
  >(options: TaskOptions<Names> & { readonly sources: Names }, fn: (sources: In) => Out | Promise<Out>): Task<In, Out>;
  /** A task with options. */
  task<Out extends Frame, In extends LazyFrame = LazyFrame>(
    options: TaskOptions & { readonly sources?: never },
    fn: (df: In) => Out | Promise<Out>,
  ): Task<{ readonly df: In }, Out>;
  task<In extends Sources, Out extends Frame>(
    options: TaskOptions & { readonly sources?: never },
    fn: (sources: NamedSources<In>) => Out | Promise<Out>,
  ): Task<In, Out>;
  task(first: unknown, second?: unknown): unknown {
    // `const { task } = provider.local()` leaves the executor behind.
    if (!(this instanceof ExecutionResource)) {
      throw new GlacierError("ARGUMENT_INVALID", "`task` was called without its executor.", {
        hint: "Call it as a method: `const here = provider.local(); here.task(…)`.",
      });
    }
    return createTask(this, first, second);
  }

  /**
   * What executes steps of this kind, connected: for modes that give each step to its own executor. Close it after use.
   * @throws EXECUTOR_UNKNOWN where the plugin only describes this kind, and what the plugin throws
   */
  async start(): Promise<Executor> {
    const face = this.provider.plugin.executors?.[this.kind];
    if (face?.start === undefined) {
      throw new GlacierError(
        "EXECUTOR_UNKNOWN",
        `Nothing executes steps on \`${this.kind}\` of provider \`${this.provider.name}\`.`,
        {
          hint: "Run the pipeline in mode `local`, which executes every step here.",
          details: { provider: this.provider.name, kind: this.kind },
        },
      );
    }
    return face.start(this.options);
  }
}

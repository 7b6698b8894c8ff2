import { isMarked, mark } from "./brand.ts";
import { aDuration, type Duration } from "./duration.ts";
import { GlacierError } from "./errors.ts";
import type { ExecutionResource } from "./executor.ts";
import { type Frame, isFrame, type SingleSource, type Sources } from "./frame.ts";
import { aBoolean, anyString, aWholeNumber, checkOptions, type OptionTable, show } from "./options.ts";
import { Origin, type SourcePlace } from "./source-place.ts";
import { refuseUnknownNames } from "./sources.ts";
import { quoted } from "./suggest.ts";

export interface TaskOptions<Names extends readonly string[] = readonly string[]> {
  /** Unique among the tasks of a pipeline. Default: the function's own name. */
  readonly name?: string;
  /** How long one attempt may take: seconds, or a text with a unit such as `"5m"`. Default: no limit. */
  readonly timeout?: Duration;
  /** How often a failed attempt is followed by another. Default: 0. Mistakes that no retry can mend are not retried. */
  readonly retries?: number;
  /** Whether the step may be skipped when nothing that it depends on has changed. Default: false. */
  readonly cache?: boolean;
  /** The names of its sources, for a task with several. They type its argument and are checked when it is chained. */
  readonly sources?: Names;
}

declare const inputs: unique symbol;

/**
 * A reusable piece of work: a function over lazy frames, bound to an executor. Call it directly in tests:
 * `await clean({ df })`.
 *
 * `In` are its sources by name (`{ df }` for a task with one); `Out` is what it returns.
 */
export interface Task<In extends Sources = SingleSource, Out extends Frame = Frame> {
  /**
   * Calls the function, outside of any pipeline.
   * @throws TASK_RESULT_INVALID, SOURCES_MISMATCH, and whatever the function itself throws
   */
  (sources: In): Promise<Out>;
  readonly name: string;
  readonly executor: ExecutionResource;
  /** As given, checked. */
  readonly options: Readonly<Omit<TaskOptions, "name" | "sources">>;
  /** The names of its sources, where they were declared. */
  readonly sources: readonly string[] | undefined;
  /** Where in the user's code it was made, where that can be told. */
  readonly place: SourcePlace | undefined;
  /** Only for the compiler: makes tasks with other sources another type, in both directions. */
  readonly [inputs]?: In;
}

/** A task whatever its sources: what the graph and the executors work with. */
// oxlint-disable-next-line typescript/no-explicit-any -- `In` is invariant, so no other argument accepts every task
export type AnyTask = Task<any, Frame>;

export function isTask(value: unknown): value is AnyTask {
  return isMarked(value, "task");
}

// oxlint-disable-next-line no-control-regex -- control characters are just what is looked for
const nameless = /^\s*$|[\u0000-\u001f\u007f]/;

const aListOfNames = {
  check: (value: unknown): string | undefined =>
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((name) => typeof name === "string" && name !== "") &&
    new Set(value).size === value.length
      ? undefined
      : "a list of different names, at least one",
};

const table: OptionTable<TaskOptions> = {
  name: anyString,
  timeout: aDuration,
  retries: aWholeNumber(0, 100),
  cache: aBoolean,
  sources: aListOfNames,
};

/**
 * Makes a task. Users call `executor.task(…)`.
 * @throws TASK_NAME_INVALID, ARGUMENT_INVALID, OPTION_UNKNOWN, OPTION_INVALID
 */
export function createTask(executor: ExecutionResource, first: unknown, second: unknown): AnyTask {
  const [given, fn] = typeof first === "function" ? [second, first] : [first, second];
  const options = typeof given === "string" ? { name: given } : (given ?? {});
  const subject =
    typeof (options as TaskOptions).name === "string" ? `Task \`${(options as TaskOptions).name}\`` : "A task";
  if (typeof fn !== "function") {
    throw new GlacierError("ARGUMENT_INVALID", `${subject} needs a function over frames, not ${show(fn)}.`, {
      hint: 'Write it as `executor.task("clean", (df) => df.filter(…))`.',
    });
  }
  const { name = fn.name, sources, ...rest } = checkOptions<TaskOptions>(options, table, subject);
  if (nameless.test(name)) {
    throw new GlacierError("TASK_NAME_INVALID", `A task on executor \`${executor.kind}\` has no name.`, {
      hint: 'Give it one: `executor.task("clean", (df) => …)`, or pass a named function.',
    });
  }
  const work = fn as (input: unknown) => Frame | Promise<Frame>;
  const task = async (given: Sources): Promise<Frame> => {
    const frames = checkSources(name, sources, given);
    // A task with one source takes the frame itself, all others take the object.
    const result: unknown = await work(isSingle(frames, sources) ? frames["df"] : refuseUnknownNames(name, frames));
    return checkResult(name, result);
  };
  const origin = new Origin();
  Object.defineProperty(task, "name", { value: name });
  Object.defineProperty(task, "place", { get: () => origin.place });
  mark(task, "task");
  return Object.freeze(
    Object.assign(task, {
      executor,
      options: Object.freeze(rest),
      sources: sources === undefined ? undefined : Object.freeze([...sources]),
    }),
  ) as AnyTask;
}

function isSingle(frames: Sources, declared: readonly string[] | undefined): boolean {
  const names = Object.keys(frames);
  return declared === undefined && names.length === 1 && names[0] === "df";
}

function checkSources(task: string, declared: readonly string[] | undefined, given: unknown): Sources {
  if (typeof given !== "object" || given === null || isFrame(given)) {
    throw new GlacierError(
      "ARGUMENT_INVALID",
      `Task \`${task}\` is called with its frames by name, not with ${isFrame(given) ? "a frame" : show(given)}.`,
      {
        hint:
          declared === undefined
            ? `Call it as \`${task}({ df })\`.`
            : `Call it as \`${task}({ ${declared.join(", ")} })\`.`,
      },
    );
  }
  const frames = given as Record<string, unknown>;
  checkSourceNames(task, declared, Object.keys(frames));
  for (const [name, frame] of Object.entries(frames)) {
    if (!isFrame(frame)) {
      throw new GlacierError(
        "ARGUMENT_INVALID",
        `Source \`${name}\` of task \`${task}\` is no frame, but ${show(frame)}.`,
      );
    }
  }
  return frames as Sources;
}

/**
 * Refuses a task whose declared sources are not those it is given. Without a declaration there is nothing to compare:
 * then the object that the task gets refuses names that are not in it.
 * @throws SOURCES_MISMATCH
 */
export function checkSourceNames(
  task: string,
  declared: readonly string[] | undefined,
  given: readonly string[],
): void {
  if (declared === undefined) return;
  const missing = declared.filter((name) => !given.includes(name));
  const extra = given.filter((name) => !declared.includes(name));
  if (missing.length === 0 && extra.length === 0) return;
  const complaints = [
    ...(missing.length > 0 ? [`it is not given ${quoted(missing)}`] : []),
    ...(extra.length > 0 ? [`it does not take ${quoted(extra)}`] : []),
  ];
  throw new GlacierError(
    "SOURCES_MISMATCH",
    `Task \`${task}\` takes ${quoted(declared)}: ${complaints.join(", and ")}.`,
    {
      hint: `Use \`new Pipeline({ ${declared.join(", ")} }).transform(${task})\`.`,
      details: { task, declared, given },
    },
  );
}

function checkResult(task: string, result: unknown): Frame {
  if (isFrame(result)) return result;
  const isNothing = result === undefined || result === null;
  throw new GlacierError(
    "TASK_RESULT_INVALID",
    isNothing ? `Task \`${task}\` returned nothing.` : `Task \`${task}\` returned ${show(result)}, which is no frame.`,
    {
      hint: isNothing
        ? "Return the frame; an arrow function with braces needs a `return`."
        : "Return a lazy frame (or one in memory). A group-by needs `.agg(…)` to become a frame again.",
    },
  );
}

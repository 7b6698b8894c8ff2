import {
  type Dag,
  type DagStep,
  type Failed,
  GlacierError,
  type Outcome,
  type RunEvent,
  type RunStatus,
  show,
  type StepContext,
  type StepResult,
} from "@glacier/core";
import { cancelled, runAttempt } from "./attempt.ts";
import { type Clock, realClock, type Timer } from "./clock.ts";
import { Queue } from "./queue.ts";
import { backoff, canRetryHelp } from "./retry.ts";

export interface ScheduleOptions {
  /** The id of the run; in every event. */
  readonly run: string;
  /** How many steps may run at once; at least 1. A step that waits for its next attempt leaves its place to others. */
  readonly concurrency: number;
  /**
   * Executes one attempt of a step. It should not throw, and should end soon after its signal is aborted. If it throws,
   * or returns no outcome, the attempt has failed (PLUGIN_INVALID). If it has not ended 5 seconds after the abort, it is
   * given up: the step has failed, is not tried again, and what the executor says later is ignored.
   */
  readonly submit: (step: DagStep, context: StepContext) => Promise<Outcome>;
  /** After a failure, start nothing more, no further attempt either. Default: what does not depend on it goes on. */
  readonly failFast?: boolean;
  /** Stops the run. Steps under way get an aborted signal and are waited for. */
  readonly signal?: AbortSignal;
  /** Gets every event, in order. What it throws or rejects with is ignored: watching a run can't break it. */
  readonly onEvent?: (event: RunEvent) => void;
  /** Time and chance; for tests. */
  readonly clock?: Clock;
}

export interface ScheduleResult {
  /** `cancelled` only if a step was stopped or skipped for it: a signal that comes too late changes nothing. */
  readonly status: RunStatus;
  /** One for each step, in the order of the Dag. */
  readonly steps: readonly StepResult[];
  /** Milliseconds. */
  readonly duration: number;
}

/**
 * Runs the steps of a Dag, each when all that it depends on have succeeded, up to `concurrency` at once; with the time-outs and
 * retries of their tasks. Knows no storage and no executor. What goes wrong in a step is in the result.
 *
 * Each step has one result: it `succeeded`; it `failed` with its own error, STEP_TIMEOUT or RUN_CANCELLED; or it was
 * `skipped`, because of the step that failed (directly, however far upstream), or because the run was cancelled.
 * @throws OPTION_INVALID for a `concurrency` that is no whole number of at least 1; nothing else
 */
export async function schedule(dag: Dag, options: ScheduleOptions): Promise<ScheduleResult> {
  const { concurrency } = options;
  if (!Number.isInteger(concurrency) || concurrency < 1) {
    throw new GlacierError(
      "OPTION_INVALID",
      `A schedule's \`concurrency\` must be a whole number of at least 1, not ${show(concurrency)}.`,
    );
  }
  return new Schedule(dag, options).run();
}

/** A step that has been started. */
interface Execution {
  readonly node: DagStep;
  readonly started: number;
  attempts: number;
}

class Schedule {
  readonly #dag: Dag;
  readonly #options: ScheduleOptions;
  readonly #clock: Clock;
  /** How many dependencies of each step have not succeeded yet. */
  readonly #waitsFor: Map<DagStep, number>;
  /** Steps without such, in the order in which they may start. */
  readonly #ready: Queue<DagStep>;
  /** Steps whose next attempt is due. They go first. */
  readonly #due = new Queue<Execution>();
  /** Steps between two attempts, those that are due among them. */
  readonly #pausing = new Map<Execution, { readonly timer: Timer; readonly last: Failed }>();
  readonly #running = new Map<Execution, AbortController>();
  readonly #results = new Map<DagStep, StepResult>();
  #failed: DagStep | undefined;
  #done: () => void = () => {};

  constructor(dag: Dag, options: ScheduleOptions) {
    this.#dag = dag;
    this.#options = options;
    this.#clock = options.clock ?? realClock;
    this.#waitsFor = new Map(dag.steps.map((node) => [node, node.dependencies.length]));
    this.#ready = new Queue(dag.steps.filter((node) => node.dependencies.length === 0));
  }

  async run(): Promise<ScheduleResult> {
    const { run, concurrency, signal } = this.#options;
    const started = this.#clock.now();
    const names = this.#dag.steps.map((node) => node.name);
    this.#emit({ type: "run-started", run, time: started, steps: names, concurrency });
    const finished = new Promise<void>((resolve) => (this.#done = resolve));
    const cancel = (): void => this.#cancel();
    // One listener for the whole run: Node.js warns of a leak when a signal has more than ten.
    signal?.addEventListener("abort", cancel, { once: true });
    this.#advance();
    await finished;
    signal?.removeEventListener("abort", cancel);
    const steps = this.#dag.steps.map((node) => this.#results.get(node) as StepResult);
    const status = this.#statusOf(steps);
    const duration = this.#since(started);
    this.#emit({ type: "run-finished", run, time: this.#clock.now(), status, duration });
    return { status, steps, duration };
  }

  get #isCancelled(): boolean {
    return this.#options.signal?.aborted === true;
  }

  get #isStopped(): boolean {
    return this.#isCancelled || (this.#options.failFast === true && this.#failed !== undefined);
  }

  /** Starts what can be started. When nothing is under way and nothing can start, the run is over. */
  #advance(): void {
    while (!this.#isStopped && this.#running.size < this.#options.concurrency) {
      const next = this.#due.shift() ?? this.#new(this.#ready.shift());
      if (next === undefined) break;
      void this.#execute(next);
    }
    if (this.#isStopped) this.#endPauses();
    if (this.#running.size > 0) return;
    if (this.#isStopped) this.#skipTheRest();
    if (this.#results.size === this.#dag.steps.length) this.#done();
  }

  #new(node: DagStep | undefined): Execution | undefined {
    return node === undefined ? undefined : { node, started: this.#clock.now(), attempts: 0 };
  }

  async #execute(step: Execution): Promise<void> {
    const { run, submit } = this.#options;
    const control = new AbortController();
    this.#running.set(step, control);
    this.#pausing.delete(step);
    step.attempts += 1;
    const about = { run, step: step.node.name, attempt: step.attempts };
    this.#emit({ type: "step-started", ...about, time: this.#clock.now() });
    const { outcome, hasStopped } = await runAttempt(step.node, {
      submit,
      run,
      attempt: step.attempts,
      clock: this.#clock,
      control,
      onPhase: (phase) => this.#emit({ type: "step-progress", ...about, time: this.#clock.now(), phase }),
    });
    this.#running.delete(step);
    if (outcome.status === "succeeded") this.#succeed(step, outcome);
    else if (hasStopped && this.#mayTryAgain(step, outcome)) this.#pause(step, outcome);
    else this.#fail(step, outcome);
    this.#advance();
  }

  #mayTryAgain(step: Execution, { error }: Failed): boolean {
    return step.attempts <= (step.node.step.task.options.retries ?? 0) && !this.#isStopped && canRetryHelp(error);
  }

  #pause(step: Execution, last: Failed): void {
    const delay = backoff(step.attempts, this.#clock.random());
    const timer = this.#clock.after(delay, () => {
      this.#due.push(step);
      this.#advance();
    });
    this.#pausing.set(step, { timer, last });
    const { run } = this.#options;
    const { error } = last;
    const time = this.#clock.now();
    this.#emit({ type: "step-retrying", run, time, step: step.node.name, attempt: step.attempts, error, delay });
  }

  #succeed(step: Execution, outcome: Outcome): void {
    this.#finish(step, outcome);
    for (const dependent of step.node.dependents) {
      const left = (this.#waitsFor.get(dependent) as number) - 1;
      this.#waitsFor.set(dependent, left);
      if (left === 0) this.#ready.push(dependent);
    }
  }

  /** Everything downstream of a step that failed is skipped, and says of which. */
  #fail(step: Execution, outcome: Failed): void {
    this.#finish(step, outcome);
    // What needs it is skipped like all the rest: because the run was cancelled, not because of this step.
    if (this.#isCancelled && isCancellation(outcome)) return;
    const { node } = step;
    this.#failed ??= node;
    const open = new Queue(node.dependents);
    for (let next = open.shift(); next !== undefined; next = open.shift()) {
      if (this.#results.has(next)) continue;
      this.#skip(next, `It needs step \`${node.name}\`, which failed.`, node.name);
      for (const dependent of next.dependents) open.push(dependent);
    }
  }

  #cancel(): void {
    const cause: unknown = this.#options.signal?.reason;
    for (const [step, control] of this.#running) control.abort(cancelled(step.node, cause));
    this.#advance();
  }

  /** There will be no next attempt. */
  #endPauses(): void {
    for (const [step, { timer, last }] of this.#pausing) {
      this.#pausing.delete(step);
      timer.cancel();
      this.#fail(step, this.#isCancelled ? { status: "failed", error: cancelled(step.node, last.error) } : last);
    }
  }

  #skipTheRest(): void {
    const failed = this.#failed?.name;
    for (const node of this.#dag.steps) {
      if (this.#results.has(node)) continue;
      if (this.#isCancelled) this.#skip(node, "The run was cancelled before it started.");
      else this.#skip(node, `Step \`${failed}\` failed, and the run stops at the first failure.`, failed);
    }
  }

  #skip(node: DagStep, reason: string, because?: string): void {
    const outcome: Outcome = { status: "skipped", reason, ...(because === undefined ? {} : { because }) };
    this.#finish({ node, started: this.#clock.now(), attempts: 0 }, outcome);
  }

  #finish({ node, started, attempts }: Execution, outcome: Outcome): void {
    const duration = this.#since(started);
    this.#results.set(node, { name: node.name, outcome, attempts, duration });
    const { run } = this.#options;
    const time = this.#clock.now();
    this.#emit({ type: "step-finished", run, time, step: node.name, attempt: attempts, outcome, duration });
  }

  #statusOf(steps: readonly StepResult[]): RunStatus {
    if (steps.every(({ outcome }) => outcome.status === "succeeded")) return "succeeded";
    return this.#isCancelled && steps.some(({ outcome }) => isCancellation(outcome)) ? "cancelled" : "failed";
  }

  /** Not below 0: a machine's clock can be set back. */
  #since(time: number): number {
    return Math.max(0, this.#clock.now() - time);
  }

  #emit(event: RunEvent): void {
    try {
      // A function that returns a promise fits the type too, and then its rejection would end the process.
      const returned = this.#options.onEvent?.(event) as unknown;
      if (returned !== undefined) Promise.resolve(returned).catch(() => {});
    } catch {
      // Watching a run can't break it.
    }
  }
}

/** Stopped or skipped because the run was cancelled, and not because of a step. */
function isCancellation(outcome: Outcome): boolean {
  if (outcome.status === "failed") return outcome.error.code === "RUN_CANCELLED";
  return outcome.status === "skipped" && outcome.because === undefined;
}

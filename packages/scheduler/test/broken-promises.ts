import type { RunEvent, StepFinished, StepResult } from "@glacier/core";
import { indexOf } from "./fake-dag.ts";
import type { Simulated } from "./simulation.ts";

type Broken = Generator<string>;

/** What a run did against the rules, in words. Empty for a run that kept them all. */
export function brokenPromises(simulated: Simulated): readonly string[] {
  return [
    ...inItsFrame(simulated),
    ...inItsResults(simulated),
    ...simulated.result.steps.flatMap((step) => [...inAttempts(simulated, step), ...inRetries(simulated, step)]),
    ...inSubmits(simulated),
    ...inOrder(simulated),
    ...simulated.result.steps.flatMap((step) => [...inSkip(simulated, step)]),
    ...afterStop(simulated),
    ...(simulated.timersLeft === 0 ? [] : [`${simulated.timersLeft} timers are left`]),
  ];
}

/** The run starts first and finishes last, once; every event is of this run, and time goes forward. */
function* inItsFrame({ dag, events, result, simulation }: Simulated): Broken {
  const [first, last] = [events[0], events.at(-1)];
  const names = dag.steps.map(({ name }) => name).join();
  if (first?.type !== "run-started") yield "the run does not start first";
  else if (first.steps.join() !== names || first.concurrency !== simulation.concurrency) yield "run-started is wrong";
  if (last?.type !== "run-finished") yield "the run does not finish last";
  else if (last.status !== result.status || last.duration !== result.duration) yield "run-finished is wrong";
  if (events.filter(({ type }) => type.startsWith("run-")).length !== 2) yield "the run starts or finishes twice";
  for (const [index, event] of events.entries()) {
    if (event.run !== "run-1") yield `${event.type} is of another run`;
    if (event.time < (events[index - 1]?.time ?? 0)) yield `${event.type} goes back in time`;
  }
}

/** Every step has one result, in the order of the Dag, and it is what its last event says. */
function* inItsResults({ dag, events, result }: Simulated): Broken {
  if (result.steps.map(({ name }) => name).join() !== dag.steps.map(({ name }) => name).join())
    yield "the results are not those of the steps";
  const finished = finishes(events);
  if (finished.length !== dag.steps.length) yield `${finished.length} of ${dag.steps.length} steps finish`;
  const byName = new Map(finished.map((event) => [event.step, event]));
  for (const { name, outcome, attempts, duration } of result.steps) {
    const event = byName.get(name);
    if (event?.outcome !== outcome || event.attempt !== attempts || event.duration !== duration)
      yield `${name} has another result than its event`;
  }
  if (result.steps.every(({ outcome }) => outcome.status === "succeeded") !== (result.status === "succeeded"))
    yield `the run ${result.status}, unlike its steps`;
  if (result.steps.some(isCancellation) !== (result.status === "cancelled"))
    yield `the run ${result.status}, and its steps say otherwise about a cancellation`;
}

/** Started, retrying, started, … finished; numbered from 1; with nothing after the end. */
function* inAttempts({ events, simulation }: Simulated, { name, attempts, outcome }: StepResult): Broken {
  const own = eventsOf(events, name);
  const shape = own.filter(({ type }) => type !== "step-progress").map(({ type, attempt }) => `${type} ${attempt}`);
  const expected: string[] = [];
  for (let attempt = 1; attempt <= attempts; attempt++) {
    expected.push(`step-started ${attempt}`, `step-retrying ${attempt}`);
  }
  // After the last attempt there is none, unless the run was stopped while the step waited for it.
  const wasWaiting = shape.at(-2) === `step-retrying ${attempts}`;
  if (!wasWaiting) expected.pop();
  else if (outcome.status !== "failed") yield `${name} is ${outcome.status} while it waits for its next attempt`;
  expected.push(`step-finished ${attempts}`);
  if (shape.join() !== expected.join()) yield `${name} has attempts out of order: ${shape.join()}`;
  if (own.at(-1)?.type !== "step-finished") yield `${name} goes on after it has finished`;
  const allowed = (simulation.steps[indexOf(name)]?.retries ?? 0) + 1;
  if (attempts > allowed) yield `${name} has ${attempts} attempts, where ${allowed} are allowed`;
}

/** Phases are of the attempt under way, and the time until the next attempt is within the limits. */
function* inRetries({ events }: Simulated, { name }: StepResult): Broken {
  let underWay: number | undefined;
  for (const event of eventsOf(events, name)) {
    if (event.type === "step-started") underWay = event.attempt;
    if (event.type === "step-progress" && event.attempt !== underWay) yield `${name} has a phase outside an attempt`;
    if (event.type !== "step-retrying") continue;
    underWay = undefined;
    const limit = Math.min(30_000, 500 * 2 ** (event.attempt - 1));
    if (!(event.delay >= 0 && event.delay <= limit)) yield `${name} waits ${event.delay} ms, ${limit} at most`;
  }
}

/** What is said to start is what the executor gets, once each. */
function* inSubmits({ events, executor, simulation }: Simulated): Broken {
  const started = events.flatMap((event) => (event.type === "step-started" ? [`${event.step}#${event.attempt}`] : []));
  const submitted = new Set(executor.submitted);
  if (submitted.size !== executor.submitted.length) yield "an attempt is submitted twice";
  if (executor.submitted.some((attempt) => !started.includes(attempt))) yield "an attempt is submitted without a word";
  if (executor.submittedInVain > 0) yield "an attempt is submitted that is cancelled already";
  // A run that is cancelled in the very event that announces an attempt does not make it.
  const allowed = simulation.cancellation.when === "event" ? 1 : 0;
  if (started.length - submitted.size > allowed) yield "an attempt is announced and not made";
}

/** No step before all that it needs have succeeded, and never more at once than allowed. */
function* inOrder({ dag, events, simulation }: Simulated): Broken {
  const done = new Set<string>();
  const open = new Set<string>();
  for (const event of events) {
    if (event.type === "step-started") {
      open.add(event.step);
      const missing = dag.step(event.step).dependencies.find((node) => !done.has(node.name));
      if (missing !== undefined) yield `${event.step} starts before ${missing.name} has succeeded`;
    }
    if (event.type === "step-retrying" || event.type === "step-finished") open.delete(event.step);
    if (event.type === "step-finished" && event.outcome.status === "succeeded") done.add(event.step);
    if (open.size > simulation.concurrency) yield `${open.size} steps run at once`;
  }
  if (open.size > 0) yield "a step runs on after the run";
}

/** A skipped step names a step that failed by itself: upstream of it, or the first one if the run stops there. */
function* inSkip({ dag, events, result, simulation }: Simulated, { name, outcome, attempts }: StepResult): Broken {
  if (outcome.status !== "skipped") return;
  if (attempts !== 0) yield `${name} is skipped after ${attempts} attempts`;
  const statusOf = (step: string): string | undefined =>
    result.steps.find((other) => other.name === step)?.outcome.status;
  if (outcome.because === undefined) {
    if (result.status !== "cancelled") yield `${name} is skipped without a cause`;
    if (!outcome.reason.includes("cancelled")) yield `${name} is skipped for a cancellation that it does not name`;
    return;
  }
  if (statusOf(outcome.because) !== "failed")
    yield `${name} is skipped because of ${outcome.because}, which did not fail`;
  if (!outcome.reason.includes(`\`${outcome.because}\``)) yield `${name} does not say why it is skipped`;
  const isUpstream = dag.upstream(name).some((node) => node.name === outcome.because);
  const firstFailure = finishes(events).find((event) => event.outcome.status === "failed")?.step;
  if (!isUpstream && !(simulation.failFast && firstFailure === outcome.because))
    yield `${name} is skipped because of ${outcome.because}, which it does not need`;
}

/** Nothing starts, or is to be tried again, after the run was cancelled, or after the first failure if it is to stop there. */
function* afterStop({ events, cancelledAfter, result, simulation }: Simulated): Broken {
  const goesOnAfter = (count: number): boolean =>
    events.slice(count).some(({ type }) => type === "step-started" || type === "step-retrying");
  if (cancelledAfter === undefined && result.status === "cancelled") yield "the run is cancelled by nobody";
  if (cancelledAfter !== undefined && goesOnAfter(cancelledAfter)) yield "a step goes on after the run was cancelled";
  const failure = events.findIndex((event) => event.type === "step-finished" && event.outcome.status === "failed");
  if (simulation.failFast && failure >= 0 && goesOnAfter(failure)) yield "a step goes on after the first failure";
}

const isCancellation = ({ outcome }: StepResult): boolean =>
  (outcome.status === "failed" && outcome.error.code === "RUN_CANCELLED") ||
  (outcome.status === "skipped" && outcome.because === undefined);

const finishes = (events: readonly RunEvent[]): readonly StepFinished[] =>
  events.filter((event) => event.type === "step-finished");

const eventsOf = (events: readonly RunEvent[], step: string): readonly Extract<RunEvent, { step: string }>[] =>
  events.filter((event) => "step" in event).filter((event) => event.step === step);

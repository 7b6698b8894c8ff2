// A provider with an executor of its own kind, and a mode that uses it, as somebody else would write them: with what the
// packages export, and nothing more.
import { describe, expect, expectTypeOf, test } from "vitest";
import {
  aBoolean,
  aFunction,
  aString,
  aWholeNumber,
  checkOptions,
  type Dag,
  type DagStep,
  type Executor,
  type ExecutorFace,
  GlacierError,
  oneOf,
  Pipeline,
  Provider,
  type ProviderPlugin,
  Registry,
  required,
  type RunEvent,
  type RunMode,
  type StepContext,
  type StepResult,
} from "@glacier/core";
import { local } from "@glacier/provider-local";
import { schedule } from "@glacier/scheduler";
import { executeStep } from "@glacier/worker";
import pl from "nodejs-polars";
import { put, temporaryFolder, textOf } from "./folder.ts";

// The plugin

interface QueueOptions {
  readonly name: string;
  readonly workers?: number;
  readonly priority?: "low" | "high";
}

/** What happened to the queue, for the tests. */
type Log = string[];

function acme(log: Log): ProviderPlugin<{ queue: ExecutorFace<QueueOptions> }> {
  return {
    name: "acme",
    executors: {
      queue: {
        options: { name: required(aString), workers: aWholeNumber(1, 64), priority: oneOf("low", "high") },
        async start(options) {
          log.push(`start ${options.name} with ${options.workers ?? 1}`);
          return {
            async submit(step: DagStep, context: StepContext) {
              log.push(`${options.name} gets ${step.name}, attempt ${context.attempt}`);
              context.emit({
                type: "step-progress",
                run: context.run,
                time: Date.now(),
                step: step.name,
                attempt: context.attempt,
                phase: "queued",
              });
              if (options.name === "broken") {
                return {
                  status: "failed",
                  error: new GlacierError("ACME_NO_WORKERS", `No worker took \`${step.name}\`.`),
                };
              }
              return executeStep(step, context);
            },
            async close() {
              log.push(`close ${options.name}`);
            },
          };
        },
      },
    },
  };
}

// The mode

interface FleetOptions {
  readonly concurrency?: number;
  readonly dryRun?: boolean;
  readonly onEvent?: (event: RunEvent) => void;
}

interface FleetReport {
  readonly status: string;
  readonly steps: readonly StepResult[];
  readonly executors: readonly string[];
}

declare module "@glacier/core" {
  interface RunModes {
    fleet: { options: FleetOptions; result: FleetReport };
  }
}

const fleet: RunMode & { run(dag: Dag, options: object): Promise<FleetReport> } = {
  name: "fleet",
  async run(dag, given) {
    const {
      concurrency = 4,
      dryRun,
      onEvent,
    } = checkOptions<FleetOptions>(
      given,
      { concurrency: aWholeNumber(1), dryRun: aBoolean, onEvent: aFunction },
      "Mode `fleet`",
    );
    const executors = new Map<object, Promise<Executor>>();
    const executorOf = ({ step }: DagStep): Promise<Executor> => {
      const { executor } = step.task;
      const known = executors.get(executor) ?? executor.start();
      executors.set(executor, known);
      return known;
    };
    const names = dag.steps.map((node) => node.step.task.executor.kind);
    if (dryRun === true) return { status: "planned", steps: [], executors: names };
    try {
      const { status, steps } = await schedule(dag, {
        run: "fleet-1",
        concurrency,
        submit: async (node, context) => (await executorOf(node)).submit(node, context),
        ...(onEvent === undefined ? {} : { onEvent }),
      });
      return { status, steps, executors: names };
    } finally {
      for (const executor of executors.values()) await (await executor.catch(() => undefined))?.close?.();
    }
  },
};

// A user

async function setUp() {
  const root = await temporaryFolder();
  await put(root, {
    "shop/orders.csv": "customer,amount\n1,5\n2,7\n1,1\n",
    "shop/customers.csv": "customer,name\n1,Ada\n2,Bob\n",
  });
  const log: Log = [];
  const registry = new Registry({ modes: [fleet] });
  const lake = new Provider(local({ root }), { registry });
  const company = new Provider(acme(log), { registry });
  const small = company.queue({ name: "small" });
  const large = company.queue({ name: "large", workers: 8, priority: "high" });
  const perCustomer = small.task("per_customer", (df) =>
    df.groupBy("customer").agg(pl.col("amount").sum()).sort("customer"),
  );
  const named = large.task({ name: "named", sources: ["sums", "customers"] }, ({ sums, customers }) =>
    sums.join(customers, { on: "customer" }).select("name", "amount").sort("name"),
  );
  const sums = lake.bucket("shop", "orders.csv").transform(perCustomer).to(lake.bucket("shop", "sums.parquet"));
  const report = new Pipeline({ sums, customers: lake.bucket("shop", "customers.csv") })
    .transform(named)
    .to(lake.bucket("out", "report.csv"));
  return { root, log, lake, company, small, report };
}

describe("a provider and a mode of somebody else", () => {
  test("run a pipeline: every step goes to its own executor, which is started once and closed", async () => {
    const { root, log, report } = await setUp();
    const events: RunEvent[] = [];
    const result = await report.run({ mode: "fleet", concurrency: 2, onEvent: (event) => events.push(event) });
    expect(result.status).toBe("succeeded");
    expect(result.steps.map(({ name, attempts }) => [name, attempts])).toEqual([
      ["per_customer", 1],
      ["named", 1],
    ]);
    expect(await textOf(root, "out/report.csv")).toBe("name,amount\nAda,6\nBob,7\n");
    expect(log).toEqual([
      "start small with 1",
      "small gets per_customer, attempt 1",
      "start large with 8",
      "large gets named, attempt 1",
      "close small",
      "close large",
    ]);
    expect(events.filter((event) => event.type === "step-progress" && event.phase === "queued")).toHaveLength(2);
    expect(events.at(-1)).toMatchObject({ type: "run-finished", status: "succeeded" });
  });

  test("the same pipeline runs in mode local too, whatever its executors", async () => {
    const { root, log, report } = await setUp();
    expect((await report.run()).status).toBe("succeeded");
    expect(await textOf(root, "out/report.csv")).toContain("Ada,6");
    expect(log).toEqual([]);
  });

  test("are in the picture by their kind", async () => {
    const { report } = await setUp();
    expect(report.visualize()).toContain("named<br/>(queue)");
    expect(
      report
        .toDag()
        .toGraph()
        .steps.map(({ executor }) => executor),
    ).toEqual(["queue", "queue"]);
  });

  test("a failure of the executor is the step's, with its own code, after the retries of the task", async () => {
    const { log, lake, company } = await setUp();
    const task = company.queue({ name: "broken" }).task({ name: "stuck", retries: 1 }, (df) => df);
    const stuck = lake.bucket("shop", "orders.csv").transform(task).to(lake.bucket("out", "x.csv"));
    const after = stuck
      .transform(company.queue({ name: "small" }).task("after", (df) => df))
      .to(lake.bucket("out", "y.csv"));
    const result = await after.run({ mode: "fleet" });
    expect(result.status).toBe("failed");
    expect(result.steps[0]).toMatchObject({
      attempts: 2,
      outcome: { status: "failed", error: { code: "ACME_NO_WORKERS" } },
    });
    expect(result.steps[1]).toMatchObject({ outcome: { status: "skipped", because: "stuck" } });
    expect(log).toContain("broken gets stuck, attempt 2");
  });

  test("a step on an executor that the mode can't use fails by name", async () => {
    const { lake } = await setUp();
    const task = lake.local().task("here", (df) => df);
    const result = await lake
      .bucket("shop", "orders.csv")
      .transform(task)
      .to(lake.bucket("out", "x.csv"))
      .run({ mode: "fleet" });
    expect(result.steps[0]).toMatchObject({
      outcome: { status: "failed", error: { code: "EXECUTOR_UNKNOWN", message: expect.stringContaining("`local`") } },
    });
  });
});

describe("their types reach the user", () => {
  test("for the mode: options and result", async () => {
    const { report } = await setUp();
    const planned = await report.run({ mode: "fleet", dryRun: true });
    expectTypeOf(planned).toEqualTypeOf<FleetReport>();
    expect(planned).toEqual({ status: "planned", steps: [], executors: ["queue", "queue"] });
    expectTypeOf(await report.toPipeline().run({ mode: "fleet", dryRun: true })).toEqualTypeOf<FleetReport>();
    // @ts-expect-error -- `dryrun` is misspelt
    await expect(report.run({ mode: "fleet", dryrun: true })).rejects.toMatchObject({
      code: "OPTION_UNKNOWN",
      message: "Mode `fleet` has no option `dryrun`.",
      hint: expect.stringContaining("Did you mean `dryRun`?"),
    });
    // @ts-expect-error -- mode local has no dry run
    await expect(report.run({ mode: "local", dryRun: true })).rejects.toMatchObject({ code: "OPTION_UNKNOWN" });
  });

  test("for the executor: its kind and options", async () => {
    const { company } = await setUp();
    expectTypeOf(company.queue({ name: "a" }).kind).toEqualTypeOf<"queue">();
    const refused = (code: string) => expect.objectContaining({ code, message: expect.stringContaining("`queue`") });
    // @ts-expect-error -- the name is needed
    expect(() => company.queue({})).toThrow(refused("OPTION_MISSING"));
    // @ts-expect-error -- there are two priorities
    expect(() => company.queue({ name: "a", priority: "urgent" })).toThrow(refused("OPTION_INVALID"));
    // @ts-expect-error -- `worker` is misspelt
    expect(() => company.queue({ name: "a", worker: 2 })).toThrow(refused("OPTION_UNKNOWN"));
    // @ts-expect-error -- it has no Spark
    expect(() => company.spark()).toThrow(expect.objectContaining({ code: "EXECUTOR_UNKNOWN" }));
    // @ts-expect-error -- nor storage for its own buckets, which no type says
    expect(() => company.bucket()).toThrow(expect.objectContaining({ code: "PROVIDER_HAS_NO_STORAGE" }));
  });

  test("a user without the mode is told so", async () => {
    const root = await temporaryFolder();
    const provider = new Provider(local({ root }));
    const etl = provider
      .bucket("a", "x.csv")
      .transform(provider.local().task("t", (df) => df))
      .to(provider.bucket("a", "y.csv"));
    await expect(etl.run({ mode: "fleet" })).rejects.toMatchObject({
      code: "MODE_UNKNOWN",
      hint: expect.stringContaining("registry.addMode("),
    });
  });
});

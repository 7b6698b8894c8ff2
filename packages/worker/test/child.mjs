// One step in a process of its own, for what a process does not survive. Usage: node child.mjs <root> <scenario>
import { Dag, Provider } from "@glacier/core";
import { local } from "@glacier/provider-local";
import { executeStep } from "@glacier/worker";
import pl from "nodejs-polars";

const [root, scenario, target] = process.argv.slice(2);
const provider = new Provider(local({ root }));
const here = provider.local();
const say = (message) => process.stdout.write(`${JSON.stringify(message)}\n`);
process.on("unhandledRejection", (error) => say({ unhandled: String(error) }));

const tasks = {
  copy: (df) => df,
  // Dates have no text beyond the year 262142: Polars panics.
  panic: (df) => df.select(pl.lit(2_000_000_000).cast(pl.Int32).cast(pl.Date).cast(pl.String).alias("s")),
  long: (df) => pl.concat(Array.from({ length: 60 }, () => df)),
  late: (df) =>
    pl
      .concat([...Array.from({ length: 10 }, () => df), df.select(pl.lit("bad").alias("s"), "n")])
      .select(pl.col("s").cast(pl.Int64, true)),
};

const name = scenario === "abort" ? "long" : scenario;
const bucket = provider
  .bucket("b", "source.parquet")
  .transform(here.task(name, tasks[name]))
  .to(provider.bucket("b", target));
const controller = new AbortController();
if (scenario === "abort") setTimeout(() => controller.abort(), 300);
const started = performance.now();
const outcome = await executeStep(Dag.of(bucket).steps[0], {
  run: "run",
  attempt: 1,
  signal: controller.signal,
  emit: ({ phase }) => say({ phase }),
});
say({ status: outcome.status, code: outcome.error?.code, milliseconds: Math.round(performance.now() - started) });

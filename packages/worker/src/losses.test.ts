import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import {
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Bucket, type FormatName, GlacierError, type LazyFrame, Provider } from "@glacier/core";
import { local } from "@glacier/provider-local";
import pl from "nodejs-polars";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { fail, type Lake, makeLake, stagedIn, submit, succeed, wait } from "../test/lake.ts";
import { system } from "../test/system.ts";
import { scanBucket } from "./scan.ts";

/** What Polars does to files by itself when something goes wrong, and what a target of a step looks like then. */

const formats: readonly FormatName[] = ["parquet", "csv", "ndjson", "ipc"];
const ending = { parquet: "parquet", csv: "csv", ndjson: "ndjson", ipc: "arrow" } as const;
const targets = formats.map((format) => `out.${ending[format]}`);
const old = "what was there before";

/** Long enough for everything that Polars has under way after an error. */
const settled = (): Promise<void> => wait(1_200);

let lake: Lake;
let big: Buffer;
let late: Buffer;

beforeAll(() => {
  const maker = makeLake();
  const rows = pl
    .DataFrame({ n: Array.from({ length: 1_000_000 }, (_, at) => at) })
    .lazy()
    .select(pl.col("n").cast(pl.Int64).cast(pl.String).alias("s"), pl.col("n"));
  const written = (frame: LazyFrame): Buffer => {
    frame.sinkParquet(maker.path("made.parquet"), { rowGroupSize: 50_000 }).collectSync();
    return readFileSync(maker.path("made.parquet"));
  };
  big = written(rows);
  late = written(pl.concat([rows, pl.DataFrame({ s: ["bad"], n: [0] }).lazy()]));
  maker.remove();
});

beforeEach(() => {
  lake = makeLake();
  return () => lake.remove();
});

const strictly = (df: LazyFrame): LazyFrame => df.withColumn(pl.col("s").cast(pl.Int64, true));

describe("an error late in a query", () => {
  it("lets Polars finish the file by itself, after it has reported the error, in every format", async () => {
    lake.put("late.parquet", late);
    const frame = strictly(pl.scanParquet(lake.path("late.parquet")));
    const options = { checkExtension: false };
    const sinks = {
      parquet: frame.sinkParquet(lake.path("parquet")),
      csv: frame.sinkCSV(lake.path("csv"), options),
      ndjson: frame.sinkNdJson(lake.path("ndjson"), options),
      ipc: frame.sinkIpc(lake.path("ipc")),
    };
    for (const sink of Object.values(sinks)) {
      await expect(sink.collect()).rejects.toThrow("conversion from `str` to `i64` failed");
    }
    await settled();
    const scans = { parquet: pl.scanParquet, csv: pl.scanCSV, ndjson: pl.scanJson, ipc: pl.scanIPC };
    for (const format of formats) {
      const rows = scans[format](lake.path(format)).select(pl.len()).collectSync().row(0)[0];
      expect(rows).toBeGreaterThan(0);
      expect(rows).toBeLessThan(1_000_001);
    }
  });

  const run = (target: string): Promise<GlacierError> =>
    fail(
      lake.provider
        .bucket("b", "late.parquet")
        .transform(lake.here.task("strictly", strictly))
        .to(lake.provider.bucket("b", target)),
    );

  it("leaves an old target as it was, then and later, in every format", async () => {
    lake.put("late.parquet", late);
    for (const target of targets) lake.put(target, old);
    const before = targets.map((target) => statSync(lake.path(target)));
    for (const target of targets) {
      expect((await run(target)).code).toBe("QUERY_FAILED");
      expect(lake.staged()).toEqual([]);
    }
    await settled();
    for (const [at, target] of targets.entries()) {
      expect(lake.bytes(target)?.toString()).toBe(old);
      expect(statSync(lake.path(target))).toMatchObject({ ino: before[at]?.ino, mtimeMs: before[at]?.mtimeMs });
    }
    expect(lake.staged()).toEqual([]);
  });

  it("makes no target where there was none, in any format", async () => {
    lake.put("late.parquet", late);
    for (const target of targets) await run(target);
    await settled();
    expect(readdirSync(lake.path("."))).toEqual(["late.parquet"]);
    expect(lake.staged()).toEqual([]);
  });
});

describe("a time-out or a cancellation", () => {
  const repeated = (times: number, target: string): Bucket =>
    lake.provider
      .bucket("b", "big.parquet")
      .transform(lake.here.task("repeat", (df) => pl.concat(Array.from({ length: times }, () => df))))
      .to(lake.provider.bucket("b", target));

  it("ends a step at once, though Polars goes on, and nothing comes of that in any format", async () => {
    lake.put("big.parquet", big);
    for (const target of targets) {
      lake.put(target, old);
      const controller = new AbortController();
      const work = submit(repeated(10, target), controller.signal);
      await stagedBytes(lake.root, 1_000);
      const reason = new GlacierError("STEP_TIMEOUT", "Too slow.");
      const aborted = performance.now();
      controller.abort(reason);
      expect((await work).outcome).toEqual({ status: "failed", error: reason });
      expect(performance.now() - aborted).toBeLessThan(1_000);
      expect(lake.staged()).toEqual([]);
    }
    await wait(3_000);
    for (const target of targets) expect(lake.bytes(target)?.toString()).toBe(old);
    expect(lake.staged()).toEqual([]);
  });

  it("is noticed before anything is done, and while a task waits", async () => {
    lake.put("big.parquet", big);
    const controller = new AbortController();
    const pipeline = lake.provider
      .bucket("b", "big.parquet")
      .transform(
        lake.here.task("wait", (df) => new Promise<LazyFrame>((resolve) => void wait(3_000).then(() => resolve(df)))),
      )
      .to(lake.provider.bucket("b", "out.parquet"));
    const work = submit(pipeline, controller.signal);
    await wait(100);
    controller.abort();
    expect(await work).toMatchObject({ outcome: { status: "failed", error: { code: "RUN_CANCELLED" } } });
    const { outcome, events } = await submit(pipeline, AbortSignal.abort());
    expect(outcome).toMatchObject({ status: "failed", error: { code: "RUN_CANCELLED" } });
    expect(events).toEqual([]);
    expect(readdirSync(lake.path("."))).toEqual(["big.parquet"]);
  });

  it("does not wait for a thread, when queries keep all of those that Node.js has for files", async () => {
    lake.put("big.parquet", big);
    const controller = new AbortController();
    const steps = Array.from({ length: 6 }, (_, at) => submit(repeated(5, `out-${at}.parquet`), controller.signal));
    await wait(400);
    const aborted = performance.now();
    controller.abort();
    const ends = await Promise.all(steps);
    expect(performance.now() - aborted).toBeLessThan(1_000);
    expect(ends.map(({ outcome }) => outcome.status)).toEqual(Array.from({ length: 6 }, () => "failed"));
    await wait(3_000);
    expect(readdirSync(lake.path("."))).toEqual(["big.parquet"]);
    expect(lake.staged()).toEqual([]);
  });
});

describe("a target that is one of the sources", () => {
  const double = (df: LazyFrame): LazyFrame => df.withColumn(pl.col("n").mul(2).alias("n"));
  const content = (): Buffer => {
    pl.DataFrame({ n: [1, 2, 3] }).writeParquet(lake.path("real.parquet"));
    return readFileSync(lake.path("real.parquet"));
  };
  const step = (source: string, target: string, provider: Provider = lake.provider): Promise<GlacierError> =>
    fail(
      lake.provider.bucket("b", source).transform(lake.here.task("double", double)).to(provider.bucket("b", target)),
    );

  it("is refused by the Dag: the same file, one of a folder, one that matches a glob", async () => {
    const before = content();
    lake.put("folder/part.parquet", before);
    await expect(step("real.parquet", "real.parquet")).rejects.toMatchObject({ code: "CYCLE" });
    const folder = lake.provider.bucket("b", "folder", { format: "parquet" });
    const within = folder
      .transform(lake.here.task("double", double))
      .to(lake.provider.bucket("b", "folder/new.parquet"));
    await expect(submit(within)).rejects.toMatchObject({ code: "CYCLE" });
    await expect(step("*.parquet", "new.parquet")).rejects.toMatchObject({ code: "CYCLE" });
    expect(lake.bytes("real.parquet")).toEqual(before);
    expect(readdirSync(lake.path("folder"))).toEqual(["part.parquet"]);
  });

  it("is refused by the step where a symbolic link hides it: of a file, of a folder, of a root", async () => {
    const before = content();
    symlinkSync("real.parquet", lake.path("link.parquet"));
    symlinkSync(".", lake.path("here"));
    symlinkSync(lake.root, `${lake.root}-link`);
    const elsewhere = new Provider(local({ root: `${lake.root}-link` }), { name: "elsewhere" });
    for (const [source, target, provider] of [
      ["link.parquet", "real.parquet", lake.provider],
      ["real.parquet", "link.parquet", lake.provider],
      ["here/real.parquet", "real.parquet", lake.provider],
      ["here/r*.parquet", "real.parquet", lake.provider],
      ["real.parquet", "real.parquet", elsewhere],
    ] as const) {
      const error = await step(source, target, provider);
      expect(error.code).toBe("CYCLE");
      expect(error.message).toContain("are one file");
    }
    expect(lake.bytes("real.parquet")).toEqual(before);
    expect(lake.staged()).toEqual([]);
  });

  it("is written rightly where it is a hard link, and the source keeps its data", async () => {
    const before = content();
    linkSync(lake.path("real.parquet"), lake.path("hard.parquet"));
    await succeed(
      lake.provider
        .bucket("b", "real.parquet")
        .transform(lake.here.task("double", double))
        .to(lake.provider.bucket("b", "hard.parquet")),
    );
    expect(lake.bytes("real.parquet")).toEqual(before);
    expect(pl.readParquet(lake.path("hard.parquet")).getColumn("n").toArray()).toEqual([2, 4, 6]);
  });
});

describe("what is staged", () => {
  const rows = async (provider: Provider, bucket: string, path: string): Promise<number> => {
    const frame = await scanBucket(provider.bucket(bucket, path, { format: "parquet" }));
    return (await frame.collect()).height;
  };

  beforeEach(async () => {
    pl.DataFrame({ n: [1, 2, 3] }).writeParquet(lake.path("folder/real.parquet"));
    const target = lake.provider.bucket("b", "folder/new.parquet");
    const staging = await target.storage.stage(target.location, { run: "run", step: "step", attempt: 1 });
    pl.DataFrame({ n: [4, 5] }).writeParquet(staging.uri);
    return () => staging.discard();
  });

  it("is seen by no scan of its own root", async () => {
    for (const path of ["*/*", "**/*", "*/**/*", "folder", "folder/*", "*/*.parquet", "**/*.parquet", "f*/[!x]*"]) {
      expect(await rows(lake.provider, "b", path)).toBe(3);
    }
  });

  it("is seen by no scan of a root that lies above: what would reach it is refused", async () => {
    const above = new Provider(local({ root: dirname(lake.root) }), { name: "above" });
    for (const path of ["**/*.parquet", "b/**/*", "b/folder", "*/*/*", "*/*/*.parquet", "[!.]*/**/*"]) {
      expect(await rows(above, "lake", path)).toBe(3);
    }
    const top = new Provider(local({ root: dirname(dirname(lake.root)) }), { name: "top" });
    const folder = basename(dirname(lake.root));
    for (const [provider, bucket, path] of [
      [above, "lake", "**/*"],
      [above, "lake", "*/*/*/*"],
      [above, "lake", ".*/**/data"],
      [top, folder, "lake"],
      [top, folder, "l*/**/*"],
    ] as const) {
      await expect(rows(provider, bucket, path)).rejects.toMatchObject({ code: "PATH_INVALID" });
    }
  });

  it("is reached by no link", async () => {
    symlinkSync(join(lake.root, ".glacier"), lake.path("folder/link"));
    expect(await rows(lake.provider, "b", "folder/*")).toBe(3);
    expect(await rows(lake.provider, "b", "**/*.parquet")).toBe(3);
    for (const path of ["folder", "**/*", "folder/link/staging", "folder/link/staging/*/data"]) {
      await expect(rows(lake.provider, "b", path)).rejects.toMatchObject({ code: "PATH_INVALID" });
    }
  });
});

describe("a full disk", () => {
  it("leaves the target as it was, in every format", async ({ skip }) => {
    lake.put("big.parquet", big);
    const root = join(lake.root, "small");
    mkdirSync(root);
    const problem = system("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", root);
    skip(problem !== undefined, problem);
    try {
      const small = new Provider(local({ root }), { name: "small" });
      mkdirSync(join(root, "b"));
      for (const target of targets) {
        writeFileSync(join(root, "b", target), old);
        const error = await fail(
          lake.provider
            .bucket("b", "big.parquet")
            .transform(lake.here.task("copy", (df) => df))
            .to(small.bucket("b", target, target.endsWith("parquet") ? { sink: { compression: "uncompressed" } } : {})),
        );
        expect(error.code).toBe("STORAGE_FULL");
        expect(error.message).not.toContain(lake.root);
        expect(stagedIn(root)).toEqual([]);
        await settled();
        expect(readFileSync(join(root, "b", target), "utf8")).toBe(old);
        expect(stagedIn(root)).toEqual([]);
      }
    } finally {
      system("umount", root);
    }
  });
});

describe("a process that dies", () => {
  beforeAll(() => {
    const repository = fileURLToPath(new URL("../../..", import.meta.url));
    const compiler = join(repository, "node_modules", "typescript", "bin", "tsc");
    execFileSync(process.execPath, [compiler, "-b", "packages/provider-local", "packages/worker"], { cwd: repository });
  }, 120_000);

  it("of a panic in Polars leaves the target, and the next run removes what it had staged", async () => {
    lake.put("source.parquet", big);
    lake.put("out.parquet", old);
    const { code, signal, said } = await inChild("panic", "out.parquet").ended;
    expect([code, signal]).toEqual([null, "SIGABRT"]);
    expect(said.at(-1)).toEqual({ phase: "write" });
    expect(lake.bytes("out.parquet")?.toString()).toBe(old);
    expect(lake.staged()).toHaveLength(1);
    expect((await inChild("copy", "other.parquet").ended).said.at(-1)).toMatchObject({ status: "succeeded" });
    expect(lake.staged()).toEqual([]);
    expect(lake.bytes("out.parquet")?.toString()).toBe(old);
  });

  it.each(["parquet", "csv"])(
    "of kill -9 while it writes %s leaves the target, and the next run removes what it had staged",
    async (format) => {
      lake.put("source.parquet", big);
      lake.put(`out.${format}`, old);
      const { child, ended } = inChild("long", `out.${format}`);
      await stagedBytes(lake.root, 1_000_000);
      child.kill("SIGKILL");
      expect((await ended).signal).toBe("SIGKILL");
      expect(lake.bytes(`out.${format}`)?.toString()).toBe(old);
      expect(lake.staged()).toHaveLength(1);
      await succeed(
        lake.provider
          .bucket("b", "source.parquet")
          .transform(lake.here.task("few", (df) => df.limit(3)))
          .to(lake.provider.bucket("b", `out.${format}`)),
      );
      expect(lake.staged()).toEqual([]);
      expect(lake.bytes(`out.${format}`)?.toString()).not.toBe(old);
    },
  );

  it("takes only the time of the query to end after an abort, and reports no rejection that nobody handles", async () => {
    lake.put("source.parquet", big);
    const { code, said } = await inChild("abort", "out.parquet").ended;
    expect(code).toBe(0);
    const end = said.at(-1) as { milliseconds: number };
    expect(end).toMatchObject({ status: "failed", code: "RUN_CANCELLED" });
    expect(end.milliseconds).toBeLessThan(1_500);
    expect(said.filter((line) => "unhandled" in line)).toEqual([]);
    expect(readdirSync(lake.path("."))).toEqual(["source.parquet"]);
    expect(lake.staged()).toEqual([]);
  });

  it("after an error late in a query has no rejection that nobody handles either", async () => {
    lake.put("source.parquet", big);
    const { code, said } = await inChild("late", "out.parquet").ended;
    expect(code).toBe(0);
    expect(said.at(-1)).toMatchObject({ status: "failed", code: "QUERY_FAILED" });
    expect(said.filter((line) => "unhandled" in line)).toEqual([]);
    expect(readdirSync(lake.path("."))).toEqual(["source.parquet"]);
  });
});

interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** What it printed, line by line. */
  readonly said: readonly Readonly<Record<string, unknown>>[];
}

function inChild(scenario: string, target: string): { child: ChildProcess; ended: Promise<Ended> } {
  const script = fileURLToPath(new URL("../test/child.mjs", import.meta.url));
  const child = spawn(process.execPath, [script, lake.root, scenario, target], {
    // Where a crash may leave a core file.
    cwd: lake.root,
    stdio: ["ignore", "pipe", "ignore"],
    env: { ...process.env, NODE_OPTIONS: "" },
  });
  let out = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (out += text));
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code, signal) => {
      const lines = out.split("\n").filter((line) => line !== "");
      resolve({ code, signal, said: lines.map((line) => JSON.parse(line) as Ended["said"][number]) });
    });
  });
  return { child, ended };
}

/** Waits until Polars has staged that many bytes. */
async function stagedBytes(root: string, bytes: number): Promise<void> {
  for (let tries = 0; tries < 1_000; tries++) {
    for (const folder of stagedIn(root)) {
      const file = join(root, ".glacier", "staging", folder, "data");
      if (existsSync(file) && statSync(file).size >= bytes) return;
    }
    await wait(10);
  }
  throw new Error("Nothing was staged.");
}

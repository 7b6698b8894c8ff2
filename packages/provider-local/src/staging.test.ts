import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  readSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { hostname } from "node:os";
import { dirname, join } from "node:path";
import { GlacierError, Provider } from "@glacier/core";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { makePlace, type Place, refusal } from "../test/place.ts";
import { system } from "../test/system.ts";
import { local } from "./local.ts";

let place: Place;
beforeEach(() => {
  place = makePlace();
});
afterEach(() => place.remove());

describe("publishing", () => {
  it("makes the target, the folders that it is in, and the root", async () => {
    const staging = await place.stage("d/e/x");
    expect(existsSync(place.path("b"))).toBe(false);
    const published = await staging.publish();
    expect(place.content("b/d/e/x")).toBe("new");
    expect([published]).toEqual(await place.list("d/e/x"));
    expect(place.staged()).toEqual([]);
  });

  it("replaces the target, and who has the old one open goes on reading that", async () => {
    place.put("b/x", "old data");
    const reader = openSync(place.path("b/x"), "r");
    const staging = await place.stage("x");
    expect(place.content("b/x")).toBe("old data");
    await staging.publish();
    expect(place.content("b/x")).toBe("new");
    const buffer = Buffer.alloc(8);
    readSync(reader, buffer);
    closeSync(reader);
    expect(buffer.toString()).toBe("old data");
  });

  it("makes folders that other steps are making at the same moment", async () => {
    for (let round = 0; round < 20; round++) {
      const paths = Array.from({ length: 12 }, (_, at) => `r${round}/a/b/x${at}`);
      const all = paths.map(async (path) => (await place.stage(path)).publish());
      expect(await Promise.all(all)).toHaveLength(12);
      for (const path of paths) expect(place.content(`b/${path}`)).toBe("new");
    }
  });

  it("keeps the mode of the old file", async () => {
    place.put("b/x");
    chmodSync(place.path("b/x"), 0o640);
    await (await place.stage("x")).publish();
    expect(statSync(place.path("b/x")).mode & 0o7777).toBe(0o640);
  });

  it.skipIf(process.getuid?.() !== 0)(
    "keeps the owner of the old file (skipped where the user is not root, who alone gives files away)",
    async () => {
      place.put("b/x");
      system("chown", "65534:65534", place.path("b/x"));
      await (await place.stage("x")).publish();
      expect(statSync(place.path("b/x"))).toMatchObject({ uid: 65_534, gid: 65_534 });
    },
  );

  it("lets nobody else look at what is staged", async () => {
    const staging = await place.stage("x");
    expect(statSync(dirname(staging.uri)).mode & 0o777).toBe(0o700);
    await staging.discard();
  });

  it("puts the file and the folder on the disk, not only into the kernel", async () => {
    await (await place.stage("y")).publish();
    const handle = await open(place.path("b/y"));
    const prototype = Object.getPrototypeOf(handle) as FileHandle;
    await handle.close();
    const sync = vi.spyOn(prototype, "sync");
    await (await place.stage("x")).publish();
    expect(sync).toHaveBeenCalledTimes(2);
    await (await place.stage("new/folder/x")).publish();
    expect(sync).toHaveBeenCalledTimes(2 + 1 + 3);
    sync.mockRestore();
  });

  it("of many at once gives each target one whole version", async () => {
    const stagings = await Promise.all(
      Array.from({ length: 40 }, (_, at) => place.stage(`d/${at % 4}`, `${at}`.repeat(10_000))),
    );
    expect(new Set(stagings.map(({ uri }) => uri)).size).toBe(40);
    await Promise.all(stagings.map((staging, at) => (at % 5 === 4 ? staging.discard() : staging.publish())));
    for (let target = 0; target < 4; target++) {
      const content = place.content(`b/d/${target}`) as string;
      const [version] = /^\d\d?(?=(\d\d?)\1)/.exec(content) ?? [content[0] as string];
      expect(content.replaceAll(version, "")).toBe("");
    }
    expect(place.staged()).toEqual([]);
  });

  it("does nothing after an abort, whatever it was doing", async () => {
    place.put("b/x", "old");
    const reason = new GlacierError("STEP_TIMEOUT", "Too slow.");
    await expect((await place.stage("x")).publish(AbortSignal.abort(reason))).rejects.toBe(reason);
    const controller = new AbortController();
    const publishing = (await place.stage("x")).publish(controller.signal);
    controller.abort(reason);
    await expect(publishing).rejects.toBe(reason);
    expect(place.content("b/x")).toBe("old");
    expect(place.staged()).toEqual([]);
  });

  it("of something that is no longer there fails, and leaves the target as it was", async () => {
    place.put("b/x", "old");
    const staging = await place.stage("x");
    rmSync(staging.uri);
    expect(await refusal(place, staging.size())).toMatchObject({ code: "STORAGE_FAILED" });
    expect(await refusal(place, staging.publish())).toMatchObject({ code: "STORAGE_FAILED" });
    expect(place.content("b/x")).toBe("old");
  });
});

describe("discarding", () => {
  it("leaves nothing, and what writes late finds no place", async () => {
    const staging = await place.stage("x");
    const late = openSync(staging.uri, "a");
    await staging.discard();
    writeFileSync(late, "late");
    closeSync(late);
    expect(() => writeFileSync(staging.uri, "later")).toThrow("ENOENT");
    expect(place.staged()).toEqual([]);
    expect(existsSync(place.path("b"))).toBe(false);
    await staging.discard();
  });
});

describe("a target that can't be replaced", () => {
  const refused = async (path: string): Promise<GlacierError> => {
    const error = await refusal(place, place.stage(path));
    expect(place.staged()).toEqual([]);
    return error;
  };

  it("is refused before anything is staged: a folder, a pipe, a file in place of a folder", async () => {
    place.put("b/folder/x");
    place.put("b/file");
    system("mkfifo", place.path("b/pipe"));
    expect(await refused("folder")).toMatchObject({
      code: "TARGET_NOT_REPLACEABLE",
      message: "`b/folder` is a folder, so no file can take its place.",
    });
    expect(await refused("pipe")).toMatchObject({ code: "TARGET_NOT_REPLACEABLE" });
    expect(await refused("file/x")).toMatchObject({ code: "TARGET_NOT_REPLACEABLE" });
    expect(await refused("file/d/x")).toMatchObject({ code: "TARGET_NOT_REPLACEABLE" });
  });

  it("is refused when it became a folder in the meantime, and left as it is", async () => {
    const staging = await place.stage("x");
    place.put("b/x/y");
    expect(await refusal(place, staging.publish())).toMatchObject({ code: "TARGET_NOT_REPLACEABLE" });
    expect(place.content("b/x/y")).toBe("x");
    expect(place.staged()).toEqual([]);
  });

  it("has a clear reason when the root is a file, or is in one", async () => {
    place.put(".", "x");
    expect(await refusal(place, place.stage("x"))).toMatchObject({
      code: "STORAGE_FAILED",
      message: expect.stringContaining("there is a file in place of the root of provider `local`") as string,
    });
    const inside = new Provider(local({ root: place.path("deeper") })).bucket("b", "x.csv");
    const work = inside.storage.stage(inside.location, { run: "run", step: "step", attempt: 1 });
    expect(await refusal(place, work)).toMatchObject({ code: "STORAGE_FAILED" });
  });
});

describe("a target behind a symbolic link", () => {
  it("is replaced where the link leads, and the link stays", async () => {
    place.put("b/real/x", "old");
    place.link("b/link", "real/x");
    place.link("b/folder", "real");
    await (await place.stage("link", "through the file")).publish();
    expect(place.content("b/real/x")).toBe("through the file");
    expect(readlinkSync(place.path("b/link"))).toBe("real/x");
    await (await place.stage("folder/x", "through the folder")).publish();
    expect(place.content("b/real/x")).toBe("through the folder");
    await (await place.stage("folder/new/y")).publish();
    expect(place.content("b/real/new/y")).toBe("new");
  });

  it("is refused outside of the root, and nothing is made there", async () => {
    const other = makePlace();
    other.put("x/there", "theirs");
    place.link("b/file", other.path("x/there"));
    place.link("b/folder", other.path("x"));
    place.link("c", other.root);
    for (const [path, bucket] of [
      ["file", "b"],
      ["folder/there", "b"],
      ["folder/new", "b"],
      ["folder/d/e/new", "b"],
      ["x/new", "c"],
    ] as const) {
      const { storage, location } = place.bucket(path, { bucket });
      const work = storage.stage(location, { run: "run", step: "step", attempt: 1 });
      expect(await refusal(place, work)).toMatchObject({ code: "PATH_OUTSIDE_ROOT" });
    }
    expect(readdirSync(other.path("x"))).toEqual(["there"]);
    expect(other.content("x/there")).toBe("theirs");
    expect(place.staged()).toEqual([]);
    other.remove();
  });

  it("is refused when a folder on the way became a link out of the root in the meantime", async () => {
    const other = makePlace();
    other.put("x/there", "theirs");
    const staging = await place.stage("d/e/there");
    place.link("b/d", other.root);
    symlinkSync("x", other.path("e"));
    expect(await refusal(place, staging.publish())).toMatchObject({ code: "PATH_OUTSIDE_ROOT" });
    expect(other.content("x/there")).toBe("theirs");
    other.remove();
  });

  it("is refused where the link leads nowhere or round in a circle", async () => {
    place.link("b/dangling", "nowhere");
    place.link("b/loop", "loop");
    for (const path of ["dangling", "loop", "dangling/x", "loop/x"]) {
      expect(await refusal(place, place.stage(path))).toMatchObject({ code: "TARGET_NOT_REPLACEABLE" });
    }
    expect(readlinkSync(place.path("b/dangling"))).toBe("nowhere");
  });
});

describe("the staging area", () => {
  it("is refused as a link or a file, and nothing is made where the link leads", async () => {
    const other = makePlace();
    mkdirSync(other.root);
    mkdirSync(place.root);
    for (const make of [
      () => symlinkSync(other.root, place.path(".glacier")),
      () => writeFileSync(place.path(".glacier"), "x"),
      () => place.link(".glacier/staging", other.root),
      () => place.link(".glacier/staging", "nowhere"),
    ]) {
      make();
      expect(await refusal(place, place.stage("x"))).toMatchObject({
        code: "STORAGE_FAILED",
        message: expect.stringContaining("`.glacier`") as string,
      });
      expect(readdirSync(other.root)).toEqual([]);
      rmSync(place.path(".glacier"), { recursive: true });
    }
    other.remove();
  });

  it("is in the real root, where the root is a link", async () => {
    mkdirSync(place.path("real"), { recursive: true });
    place.link("link", "real");
    const bucket = new Provider(local({ root: place.path("link") })).bucket("b", "x.csv");
    const staging = await bucket.storage.stage(bucket.location, { run: "run", step: "step", attempt: 1 });
    expect(dirname(dirname(staging.uri))).toBe(place.path("real/.glacier/staging"));
    writeFileSync(staging.uri, "new");
    await staging.publish();
    expect(place.content("real/b/x.csv")).toBe("new");
  });

  it("takes any name of a run", async () => {
    const { storage, location } = place.bucket("x");
    const staging = await storage.stage(location, { run: `../../${"é/".repeat(200)}`, step: "step", attempt: 1 });
    expect(dirname(dirname(staging.uri))).toBe(place.path(".glacier/staging"));
    await staging.discard();
  });
});

describe("what a dead process left behind", () => {
  const host = hostname()
    .replaceAll(/[^a-zA-Z0-9_-]/g, "-")
    .slice(0, 64);
  const leave = (name: string, age = 0): void => {
    place.put(`.glacier/staging/${name}/data`);
    const time = Date.now() / 1000 - age;
    for (const path of [`.glacier/staging/${name}/data`, `.glacier/staging/${name}`])
      utimesSync(place.path(path), time, time);
  };
  const afterNext = async (): Promise<string[]> => {
    await (await place.stage("x")).publish();
    return place.staged();
  };
  const day = 24 * 60 * 60;

  it("is removed, and what belongs to a living process is not", async () => {
    const dead = spawnSync(process.execPath, ["--version"]);
    const living = spawn(process.execPath, ["-e", "setTimeout(() => {}, 60000)"]);
    await once(living, "spawn");
    leave(`${host}.${dead.pid}.run-1-abc`);
    leave(`${host}.${living.pid}.run-1-abc`);
    leave(`${host}.1.run-1-abc`);
    expect((await afterNext()).sort()).toEqual([`${host}.1.run-1-abc`, `${host}.${living.pid}.run-1-abc`].sort());
    living.kill();
    await once(living, "exit");
    // Every time, not only once: workers die while their parent lives.
    expect(await afterNext()).toEqual([`${host}.1.run-1-abc`]);
  });

  it("is removed where it had the number of this process, and what another copy of this module stages is not", async () => {
    leave(`${host}.${process.pid}.before-1-abc`, process.uptime() + 10);
    leave(`${host}.${process.pid}.now-1-abc`);
    expect(await afterNext()).toEqual([`${host}.${process.pid}.now-1-abc`]);
  });

  it("is removed after a week, whoever's it is: another machine's, or of a name that means nothing", async () => {
    leave("elsewhere.7.run-1-abc", 6 * day);
    leave("elsewhere.8.run-1-abc", 8 * day);
    leave("something", 8 * day);
    leave("recent");
    leave("written-lately", 8 * day);
    utimesSync(place.path(".glacier/staging/written-lately/data"), Date.now() / 1000, Date.now() / 1000);
    expect((await afterNext()).sort()).toEqual(["elsewhere.7.run-1-abc", "recent", "written-lately"]);
  });

  it("does not stop a step when it can't be removed", async ({ skip }) => {
    leave("something", 8 * day);
    const path = place.path(".glacier/staging/something");
    const problem = system("chattr", "+i", path);
    skip(problem !== undefined, problem);
    try {
      expect(await afterNext()).toEqual(["something"]);
    } finally {
      system("chattr", "-i", path);
    }
  });
});

describe("a file system that does not allow it", () => {
  it("is reported where a folder can't be changed, and the target is what it was", async ({ skip }) => {
    place.put("b/x", "old");
    const path = place.path("b");
    const staging = await place.stage("x");
    const problem = system("chattr", "+i", path);
    skip(problem !== undefined, problem);
    try {
      expect(await refusal(place, staging.publish())).toMatchObject({ code: "STORAGE_DENIED" });
    } finally {
      system("chattr", "-i", path);
    }
    expect(place.content("b/x")).toBe("old");
    expect(place.staged()).toEqual([]);
  });

  const mounted = (path: string, options: string): string | undefined => {
    mkdirSync(path, { recursive: true });
    return system("mount", "-t", "tmpfs", "-o", options, "tmpfs", path);
  };

  it("is reported where it is read-only", async ({ skip }) => {
    const problem = mounted(place.root, "size=1m");
    skip(problem !== undefined, problem);
    try {
      place.put("b/x", "old");
      system("mount", "-o", "remount,ro", place.root);
      expect(await refusal(place, place.stage("x"))).toMatchObject({ code: "STORAGE_DENIED" });
      expect(place.content("b/x")).toBe("old");
    } finally {
      system("umount", place.root);
    }
  });

  it("is reported where the target is on another one than the root", async ({ skip }) => {
    const problem = mounted(place.path("b/mounted"), "size=1m");
    skip(problem !== undefined, problem);
    try {
      place.put("b/mounted/x", "old");
      for (const path of ["mounted/x", "mounted/d/new"]) {
        expect(await refusal(place, place.stage(path))).toMatchObject({ code: "STAGING_ON_OTHER_FILESYSTEM" });
      }
      expect(place.content("b/mounted/x")).toBe("old");
      expect(place.staged()).toEqual([]);
    } finally {
      system("umount", place.path("b/mounted"));
    }
  });

  it("is reported where it is the same one, mounted twice", async ({ skip }) => {
    place.put("elsewhere/x", "old");
    mkdirSync(place.path("b"));
    mkdirSync(place.path("b/bound"));
    const problem = system("mount", "--bind", place.path("elsewhere"), place.path("b/bound"));
    skip(problem !== undefined, problem);
    try {
      const staging = await place.stage("bound/x");
      expect(await refusal(place, staging.publish())).toMatchObject({ code: "STAGING_ON_OTHER_FILESYSTEM" });
      expect(readFileSync(join(place.root, "elsewhere/x"), "utf8")).toBe("old");
      expect(place.staged()).toEqual([]);
    } finally {
      system("umount", place.path("b/bound"));
    }
  });

  it("is reported when it is full", async ({ skip }) => {
    const problem = mounted(place.root, "size=64k,nr_inodes=4");
    skip(problem !== undefined, problem);
    try {
      const { storage, location } = place.bucket("x");
      const twice = async (): Promise<void> => {
        for (let attempt = 1; attempt <= 2; attempt++)
          await storage.stage(location, { run: "run", step: "step", attempt });
      };
      expect(await refusal(place, twice())).toMatchObject({ code: "STORAGE_FULL" });
    } finally {
      system("umount", place.root);
    }
  });
});

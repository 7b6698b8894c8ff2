import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

const setting = "POLARS_HOT_TABLE_SIZE";

beforeEach(() => {
  vi.resetModules();
});
afterEach(() => {
  vi.doUnmock("nodejs-polars");
  delete process.env[setting];
});

describe("loading Polars", () => {
  it("sets the size of its group-by tables, unless the user has", async () => {
    const { loadPolars } = await import("./load.ts");
    await loadPolars();
    expect(process.env[setting]).toBe("65536");
    process.env[setting] = "1024";
    await loadPolars();
    expect(process.env[setting]).toBe("1024");
  });

  it("gives the same module every time", async () => {
    const { loadPolars } = await import("./load.ts");
    expect(await loadPolars()).toBe(await loadPolars());
  });

  it("says what to install where it is missing, and tries again the next time", async () => {
    vi.doMock("nodejs-polars", () => {
      throw new Error("Cannot find module");
    });
    const { loadPolars } = await import("./load.ts");
    for (let times = 0; times < 2; times++) {
      await expect(loadPolars()).rejects.toMatchObject({
        code: "ENGINE_NOT_INSTALLED",
        hint: expect.stringContaining("Node.js 20") as string,
      });
    }
  });
});

import { describe, expect, test } from "vitest";
import { GlacierError } from "./errors.ts";
import type { ExecutorFace, ProviderPlugin } from "./plugin.ts";
import { Provider } from "./provider.ts";

const plugin: ProviderPlugin<{ queue: ExecutorFace<{ readonly size?: number }>; drawn: ExecutorFace }> = {
  name: "acme",
  executors: {
    queue: {
      options: { size: { check: () => undefined } },
      start: async ({ size }) => ({
        submit: async () => ({ status: "failed", error: new GlacierError("ACME_SIZE", `size ${size}`) }),
      }),
    },
    drawn: { options: {} },
  },
};

describe("an execution resource", () => {
  test("starts what its plugin has for its kind, with the options that it was made with", async () => {
    const executor = await new Provider(plugin).queue({ size: 3 }).start();
    const outcome = await executor.submit(undefined as never, undefined as never);
    expect(outcome).toMatchObject({ status: "failed", error: { message: "size 3" } });
  });

  test.each(["drawn", "local"] as const)(
    "says that nothing executes steps where the plugin only describes `%s`",
    async (kind) => {
      await expect(new Provider(plugin)[kind]().start()).rejects.toMatchObject({
        code: "EXECUTOR_UNKNOWN",
        message: expect.stringContaining(`\`${kind}\``),
        hint: expect.stringContaining("mode `local`"),
      });
    },
  );

  test("says that `task` was taken from it, rather than failing later", () => {
    // oxlint-disable-next-line typescript/unbound-method -- the mistake that is tested
    const { task } = new Provider(plugin).local();
    expect(() => task("lost", (df) => df)).toThrow(
      expect.objectContaining({ code: "ARGUMENT_INVALID", hint: expect.stringContaining("here.task") }),
    );
  });
});

import { describe, expect, expectTypeOf, it } from "vitest";
import { checkFormatOptions } from "./format.ts";
import type { IpcScanOptions, IpcSinkOptions } from "./ipc.ts";

const sink = (options: object) => checkFormatOptions("ipc", "sink", options, "Bucket `lake/x.arrow`");

describe("options of Arrow IPC", () => {
  it("are taken as they are when all is well", () => {
    const scan: IpcScanOptions = { nRows: 1, rowIndexName: "i", rowIndexOffset: 2 };
    expect(checkFormatOptions("ipc", "scan", scan, "x")).toEqual(scan);
    const options: IpcSinkOptions = { compression: "lz4", compatLevel: "oldest", maintainOrder: false };
    expect(sink(options)).toEqual(options);
  });

  it("have no codec that Polars would write without compression", () => {
    for (const compression of ["gzip", "x"]) {
      expect(() => sink({ compression })).toThrow(
        expect.objectContaining({
          code: "OPTION_INVALID",
          message: `Bucket \`lake/x.arrow\` (sink): option \`compression\` must be one of \`uncompressed\`, \`lz4\` or \`zstd\`, not "${compression}".`,
        }),
      );
    }
    expect(() => sink({ compressionLevel: 3 })).toThrow(expect.objectContaining({ code: "OPTION_UNKNOWN" }));
    expect(() => sink({ compatLevel: "older" })).toThrow(expect.objectContaining({ code: "OPTION_INVALID" }));
  });

  it("have no file paths, which Polars ignores here", () => {
    expect(() => checkFormatOptions("ipc", "scan", { includeFilePaths: "p" }, "x")).toThrow(
      expect.objectContaining({ code: "OPTION_UNKNOWN" }),
    );
    expectTypeOf<{ includeFilePaths: "p" }>().not.toExtend<IpcScanOptions>();
    expectTypeOf<{ compression: "gzip" }>().not.toExtend<IpcSinkOptions>();
  });
});
